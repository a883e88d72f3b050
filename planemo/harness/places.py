"""Where things stand in the checkout."""

import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
TOOLS = CHECKOUT / "galaxy-tools"
TEST_DATA = CHECKOUT / "test-data"
TRACKS = TEST_DATA / "tracks"
OPEN_CHROMATIN = TEST_DATA / "open_chromatin"
EPIGENOME = TEST_DATA / "epigenome"
# What is timed is what ships; all else runs the same code, built in less time.
PROFILE = "release" if Path(sys.argv[0]).name.startswith("bench_") else "checked"
BINARIES = CHECKOUT / "target" / PROFILE
SCRIPTS = CHECKOUT / "planemo"
SERVED_TESTS = SCRIPTS / "wrapper_tests"
HELPER_TOOLS = SCRIPTS / "tools"
DATATYPES = SCRIPTS / "datatypes"
WORKFLOWS = SCRIPTS / "workflows"
CELL_TYPES = TOOLS / "workflows" / "cell_types_of_variants.gxwf.yml"
HUB_TO_TRACKS = TOOLS / "workflows" / "hub_to_tracks.gxwf.yml"
READERS = SCRIPTS / "readers"
BROWSER = SCRIPTS / "browser"
DEMO_OUTPUT = SCRIPTS / "demo-output"

# Everything installed or written while Galaxy runs; git ignores it, and removing it undoes the installation.
STATE = CHECKOUT / ".galaxy"


def relative(path: Path) -> Path:
    """The path as a person in the checkout would type it."""
    return path.relative_to(CHECKOUT) if path.is_relative_to(CHECKOUT) else path

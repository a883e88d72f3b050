"""The server's OpenAPI document against the server, by schemathesis."""

import re
import sys

from .environment import SCHEMATHESIS
from .outcome import Outcome, Skipped
from .places import SCRIPTS, TEST_DATA, TRACKS
from .processes import clean_environment
from .processes import run as run_program
from .run import Run
from .serving import Serving

NEWEST_REFUSED = (3, 10)
SETTINGS = SCRIPTS / "harness" / "schemathesis.toml"
# Made-up requests for each route and each phase, the same ones in each run.
EXAMPLES = "60"
SEED = "1"


def schemathesis_installed(_run: Run) -> None:
    if sys.version_info[:2] <= NEWEST_REFUSED:
        raise Skipped("schemathesis needs Python 3.11 or newer")
    SCHEMATHESIS.install()


def schemathesis(run: Run) -> Outcome:
    """No made-up request brings about a fault of the server, and every answer is as the document says."""
    log, folder = run.log("schemathesis"), run.folder / "schemathesis"
    folder.mkdir()
    hubs = ("--hub", f"Example/Blood={TEST_DATA / 'blood.fairtracks.json'}", "--hub", f"Example/H1={TEST_DATA / 'h1_h3k4me3.fairtracks.json'}")
    with Serving(run.log("schemathesis-server"), (*hubs, "--files", TRACKS)) as serving:
        asked = ("run", f"{serving.address}/openapi.json", "--max-examples", EXAMPLES, "--seed", SEED, "--no-shrink")
        options = ("--continue-on-failure", "--report", "junit", "--report-dir", folder)
        command = (SCHEMATHESIS.programs / "schemathesis", "--no-color", "--config-file", SETTINGS, *asked, *options)
        # Examples that failed are remembered in the working folder; each run makes its own.
        status = run_program(command, log, clean_environment(HYPOTHESIS_STORAGE_DIRECTORY=str(folder)))
        lives = serving.program.runs()
    said = log.read_text(errors="replace")
    failures = re.findall(r"^(?:_{3,} (.+?) _{3,})$", said, re.MULTILINE)
    generated = re.search(r"(\d+) generated", said)
    failures += [] if lives else ["the server ended"]
    unexplained = [f"schemathesis ended with status {status}"] if status and not failures else []
    return Outcome(int(generated[1]) if generated else 0, failures or unexplained, (log,))

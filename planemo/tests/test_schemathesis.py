"""The server's OpenAPI document against the server, by schemathesis."""

import sys
from pathlib import Path

import pytest
from harness.environment import SCHEMATHESIS
from harness.places import TRACKS
from harness.processes import Program
from harness.serving import Serving
from harness.trackfind_server import hub_options

SETTINGS = Path(__file__).with_name("schemathesis.toml")
# Made-up requests for each route and each phase, the same ones in each run.
EXAMPLES, SEED = "60", "1"


@pytest.mark.skipif(sys.version_info < (3, 11), reason="schemathesis needs Python 3.11 or newer")
def test_openapi(run, build, junit, tmp_path):
    """No made-up request causes a fault of the server, and every answer is as the document says."""
    SCHEMATHESIS.install()
    log = run.log("schemathesis")
    with Serving(run.log("schemathesis-server"), (*hub_options(), "--files", TRACKS)) as serving:
        asked = ("run", f"{serving.address}/openapi.json", "--max-examples", EXAMPLES, "--seed", SEED, "--no-shrink")
        options = ("--continue-on-failure", "--report", "junit", "--report-dir", tmp_path)
        command = (SCHEMATHESIS.programs / "schemathesis", "--no-color", "--config-file", SETTINGS, *asked, *options)
        # It stores failures in the working folder.
        program = Program(command, log, tmp_path)
        try:
            status = program.process.wait()
        finally:
            program.stop()
        assert serving.program.runs(), "the server ended"
    assert [junit(file) for file in tmp_path.glob("*.xml")] > [0], log
    assert status == 0, log

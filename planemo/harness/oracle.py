"""`fairtracks_check` against the rules written once more in Python."""

import re

from .environment import ORACLE
from .outcome import Outcome
from .places import BINARIES, SCRIPTS
from .processes import run as run_program
from .run import Run

CHANGES = 500


def oracle_installed(_run: Run) -> None:
    ORACLE.install()


def oracle(run: Run) -> Outcome:
    """Its verdicts are those of a JSON Schema, on all small documents and on seeded changes of them."""
    log, folder = run.log("oracle"), run.folder / "oracle"
    folder.mkdir()
    script = SCRIPTS / "oracle_compare.py"
    status = run_program((ORACLE.programs / "python", script, BINARIES / "fairtracks_check", folder, str(CHANGES)), log)
    said = log.read_text(errors="replace")
    agreed = re.search(r"^(\d+) of \d+ verdicts agree", said, re.MULTILINE)
    failures = [line for line in said.splitlines() if ": the oracle found" in line]
    unexplained = [f"the oracle ended with status {status}"] if status and not failures else []
    return Outcome(int(agreed[1]) if agreed else 0, failures or unexplained, (log,))

"""The verdicts of `fairtracks_check` are those of a JSON Schema in Python, on all small documents and on seeded changes of them."""

from harness.environment import ORACLE
from harness.places import BINARIES, SCRIPTS
from harness.processes import run as run_program

CHANGES = 500


def test_verdicts(run, build, tmp_path, record_property):
    ORACLE.install()
    log = run.log("oracle")
    script = SCRIPTS / "oracle_compare.py"
    status = run_program((ORACLE.programs / "python", script, BINARIES / "fairtracks_check", tmp_path, str(CHANGES)), log)
    lines = log.read_text(errors="replace").splitlines()
    record_property("note", "".join(f"  {line}" for line in lines if "verdicts agree" in line))
    assert [line for line in lines if ": the oracle found" in line] == []
    assert status == 0, log

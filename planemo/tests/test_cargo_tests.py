"""The tests of library and binaries."""

import re

from harness.processes import run as run_program


def test_cargo(run, cargo, record_property):
    cargo()
    log = run.log("cargo-test")
    status = run_program(("cargo", "test", "--locked", "--no-fail-fast"), log)
    output = log.read_text(errors="replace")
    passed = sum(int(count) for count in re.findall(r"^test result: \w+\. (\d+) passed", output, re.MULTILINE))
    record_property("note", f"cargo test: {passed} passed")
    assert re.findall(r"^test (.+) \.\.\. FAILED$", output, re.MULTILINE) == [], log
    assert status == 0, log

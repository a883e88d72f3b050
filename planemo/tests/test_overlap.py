"""Overlaps are those of bedtools, and tables over candidate positions those of LOLA."""

import shutil

import pytest
from harness.environment import GTARS
from harness.places import SCRIPTS
from harness.processes import clean_environment, must_run
from harness.processes import run as run_program

SETS = 50


def cargo_test(name, log, **environment) -> int:
    return run_program(("cargo", "test", "--locked", "--test", "main", name, "--", "--nocapture"), log, clean_environment(**environment))


def test_bedtools(run, cargo):
    cargo()
    if not shutil.which("bedtools"):
        pytest.skip("there is no bedtools on the PATH: install it (Debian: apt-get install bedtools)")
    log = run.log("overlap-bedtools")
    assert cargo_test("overlap::bedtools", log, BEDTOOLS_REQUIRED="1") == 0, log


def test_lola(run, cargo, tmp_path):
    cargo()
    GTARS.install()
    log = run.log("overlap-lola")
    must_run((GTARS.programs / "python", SCRIPTS / "lola_tables.py", tmp_path, str(SETS)), log, "gtars has failed")
    assert cargo_test("overlap::lola", log, LOLA_TABLES=str(tmp_path)) == 0, log

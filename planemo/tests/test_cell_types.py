"""The workflow that ranks cell types by their overlap with variants keeps planemo's rules and passes its tests."""

import json

from harness.environment import PLANEMO
from harness.places import CELL_TYPES
from harness.processes import clean_environment
from harness.processes import run as run_program


def test_lint(run, tmp_path):
    log = run.log("workflow-lint")
    options = ("--directory", tmp_path / "planemo", "workflow_lint", "--fail_level", "warn")
    assert run_program((PLANEMO.programs / "planemo", *options, CELL_TYPES), log) == 0, log.read_text(errors="replace")


def test_workflow(run, galaxy, tmp_path):
    results, log = tmp_path / "results.json", run.log("cell-types")
    configuration = galaxy.configuration
    keys = ("--galaxy_user_key", galaxy.client.key, "--galaxy_admin_key", configuration.bootstrap_key)
    server = ("--engine", "external_galaxy", "--galaxy_url", configuration.address, *keys)
    reports = ("--test_output", tmp_path / "results.html", "--test_output_json", results)
    command = (PLANEMO.programs / "planemo", "--directory", tmp_path / "planemo", "test", *server, *reports, CELL_TYPES)
    status = run_program(command, log, clean_environment(TMPDIR=str(run.folder)))
    tests = json.loads(results.read_text())["tests"] if results.exists() else []
    assert [(test["id"], test["data"].get("output_problems") or test["data"].get("execution_problem")) for test in tests if test["data"]["status"] != "success"] == []
    assert tests, log
    assert status == 0, log

"""Every test in our wrappers, in our Galaxy, by each runner of jobs."""

import json

import pytest
from harness import toolbox
from harness.environment import PLANEMO
from harness.processes import clean_environment
from harness.processes import run as run_program

# Seconds that one test may take, how many run together, and characters of a failure that are shown.
LONGEST_TEST = "120"
TESTS_AT_A_TIME = "4"
LONGEST_PROBLEM = 300


@pytest.fixture(scope="module")
def user(galaxy, runner):
    """The user whose jobs the runner has."""
    return galaxy.pulsar_client if runner == "pulsar" else galaxy.client


@pytest.mark.parametrize("tool", [toolbox.tool_id(wrapper) for wrapper in toolbox.wrappers()])
def test_wrapper(run, galaxy, runner, user, tool, subtests, tmp_path):
    results = tmp_path / "results.json"
    server = ("--galaxy-url", galaxy.configuration.address, "--key", user.key, "--admin-key", galaxy.configuration.bootstrap_key)
    options = ("--with-reference-data", "--output-json", results, "--tool-id", tool)
    environment = clean_environment(GALAXY_TEST_DEFAULT_WAIT=LONGEST_TEST, TMPDIR=str(run.folder))
    log = run.log(f"{tool}-{runner}")
    command = (PLANEMO.programs / "galaxy-tool-test", *server, *options)
    # Tests that run together share the list of uploaded files, and one may find that of another: what did not succeed runs once more alone.
    for more in (("--parallel-tests", TESTS_AT_A_TIME), ("--append", "--skip-previously-successful")):
        if (status := run_program((*command, *more), log, environment)) == 0:
            break
    tests = [test["data"] for test in json.loads(results.read_text())["tests"]] if results.exists() else []
    # The last outcome of each.
    for test in {test["test_index"]: test for test in tests}.values():
        with subtests.test(f"test {test['test_index'] + 1}"):
            assert test["status"] == "success", problem(test)
    assert tests, log
    assert status == 0, log


def test_jobs_ran_there(galaxy, runner, user):
    email = user.users.get_current_user()["email"]
    jobs = [job for job in galaxy.client.make_get_request(f"{user.url}/jobs", params={"view": "admin_job_list", "limit": 10000}).json()]
    tools = {toolbox.tool_id(wrapper) for wrapper in toolbox.wrappers()}
    own = [job for job in jobs if job["user_email"] == email and job["tool_id"] in tools]
    assert {job["job_runner_name"] for job in own} == {runner}


def problem(test: dict) -> str:
    """Why a test failed, in Galaxy's words, on one line; the end of a long text."""
    said = test.get("output_problems") or [test.get("execution_problem") or test.get("problem_log") or test["status"]]
    return " ".join("; ".join(map(str, said)).split())[-LONGEST_PROBLEM:]

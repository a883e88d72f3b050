"""Workflows with their tests, as planemo has them, run by Galaxy's API: several at a time and in one history."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import yaml

from .client import PATIENCE, POLLING, Client, dataset
from .environment import PLANEMO
from .places import relative
from .processes import clean_environment
from .processes import run as run_program
from .steps import Failure

if TYPE_CHECKING:
    from .galaxy import Galaxy
    from .run import Run

JOBS_UNDER_WAY = {"new", "queued", "running", "waiting", "upload", "resubmitted"}


def lint(workflow: Path, run: "Run", folder: Path) -> None:
    """Has planemo lint a workflow."""
    log = run.log(f"{workflow.name}-lint")
    options = ("--directory", folder / "planemo", "workflow_lint", "--fail_level", "warn")
    assert run_program((PLANEMO.programs / "planemo", *options, workflow), log) == 0, log.read_text(errors="replace")


def planemo_test(workflow: Path, run: "Run", galaxy: "Galaxy", folder: Path) -> None:
    """Has planemo run the tests of a workflow in a Galaxy that is there."""
    results, log = folder / "results.json", run.log(workflow.name)
    configuration = galaxy.configuration
    keys = ("--galaxy_user_key", galaxy.client.key, "--galaxy_admin_key", configuration.bootstrap_key)
    server = ("--engine", "external_galaxy", "--galaxy_url", configuration.address, *keys)
    reports = ("--test_output", folder / "results.html", "--test_output_json", results)
    command = (PLANEMO.programs / "planemo", "--directory", folder / "planemo", "test", *server, *reports, workflow)
    status = run_program(command, log, clean_environment(TMPDIR=str(run.folder)))
    tests = json.loads(results.read_text())["tests"] if results.exists() else []
    problems = [test["data"].get("output_problems") or test["data"].get("execution_problem") for test in tests if test["data"]["status"] != "success"]
    assert problems == [], log
    assert tests, log
    assert status == 0, log


@dataclass(frozen=True)
class Workflow:
    """One file NAME.gxwf.yml beside its NAME.gxwf-tests.yml, of which the first test counts."""

    file: Path

    @property
    def name(self) -> str:
        return self.file.name.split(".")[0].replace("_", " ")

    @cached_property
    def test(self) -> dict:
        return yaml.safe_load(self.file.with_name(self.file.name.replace(".gxwf.", ".gxwf-tests.")).read_text())[0]

    def start(self, client: Client, history: str, instead: Mapping[str, Path] = MappingProxyType({})) -> str:
        """Uploads the inputs of the test, or the files that are given instead, starts the workflow, and returns the invocation."""
        imported = client.workflows.import_workflow_dict({"class": "GalaxyWorkflow", "yaml_content": self.file.read_text()})
        inputs = {}
        for label, given in self.test["job"].items():
            if isinstance(given, dict):
                file = instead.get(label, self.file.parent / given["path"])
                given = dataset(client.upload_file(history, file, given["filetype"]))
            inputs[label] = given
        options = {"history_id": history, "inputs_by": "name", "allow_tool_state_corrections": True}
        return client.workflows.invoke_workflow(imported["id"], inputs, **options)["id"]

    def finish(self, client: Client, invocation: str) -> dict[str, dict[str, str]]:
        """Waits until all jobs have succeeded, and returns the outputs by their labels."""
        deadline = time.monotonic() + PATIENCE
        state = client.invocations.wait_for_invocation(invocation, PATIENCE, POLLING)
        while JOBS_UNDER_WAY & set(jobs := client.invocations.get_invocation_summary(invocation)["states"]):
            if time.monotonic() > deadline:
                raise Failure(f"{relative(self.file)} is still under way after {PATIENCE:.0f} s: {jobs}")
            time.sleep(POLLING)
        if set(jobs) != {"ok"} or state["messages"]:
            raise Failure(f"{relative(self.file)} ended as {state['state']}, its jobs as {jobs}: {state['messages']}")
        return state["outputs"] | state["output_collections"]

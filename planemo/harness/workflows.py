"""Workflows with their tests, as planemo has them, run by Galaxy's interface: several at a time and in one history."""

import json
import subprocess
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .client import POLLING, Client
from .environment import PLANEMO
from .places import relative
from .steps import Failure

PATIENCE = 180.0
UNDER_WAY = {"new", "ready", "scheduling"}
JOBS_UNDER_WAY = {"new", "queued", "running", "waiting", "upload", "resubmitted"}

# planemo's Python reads YAML, ours may not.
READ = "import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1], encoding='utf-8')), sys.stdout)"


@dataclass(frozen=True)
class Workflow:
    """One file NAME.gxwf.yml beside its NAME.gxwf-tests.yml, of which the first test counts."""

    file: Path

    @cached_property
    def test(self) -> dict:
        file = self.file.with_name(self.file.name.replace(".gxwf.", ".gxwf-tests."))
        command = (PLANEMO.programs / "python", "-c", READ, file)
        return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)[0]

    def start(self, client: Client, history: str) -> str:
        """Uploads what the test gives to the workflow, starts it, and returns the invocation."""
        content = {"workflow": {"class": "GalaxyWorkflow", "yaml_content": self.file.read_text()}}
        workflow = client.post("/api/workflows", content)["id"]
        inputs = {label: self.upload(client, history, given) for label, given in self.test["job"].items()}
        asked = {"history_id": history, "inputs": inputs, "inputs_by": "name", "allow_tool_state_corrections": True}
        return client.post(f"/api/workflows/{workflow}/invocations", asked)["id"]

    def upload(self, client: Client, history: str, given: dict) -> dict[str, str]:
        file = self.file.parent / given["path"]
        return {"src": "hda", "id": client.upload(history, file.name, file.read_bytes(), given["filetype"])}

    def finish(self, client: Client, invocation: str) -> dict[str, dict[str, str]]:
        """Waits until all jobs have ended well, and returns the outputs by their labels."""
        deadline = time.monotonic() + PATIENCE
        while True:
            state = client.get(f"/api/invocations/{invocation}")
            jobs = client.get(f"/api/invocations/{invocation}/jobs_summary")["states"]
            if state["state"] not in UNDER_WAY and not JOBS_UNDER_WAY & set(jobs):
                break
            if time.monotonic() > deadline:
                raise Failure(f"{relative(self.file)} is still under way after {PATIENCE:.0f} s: {state['state']}, {jobs}")
            time.sleep(POLLING)
        if set(jobs) != {"ok"} or state["messages"]:
            raise Failure(f"{relative(self.file)} ended as {state['state']}, its jobs as {jobs}: {state['messages']}", client.log)
        return state["outputs"] | state["output_collections"]

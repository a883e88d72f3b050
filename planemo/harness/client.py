"""Galaxy's HTTP interface, as a user's program sees it."""

import json
import time
import urllib.error
import urllib.request
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from .steps import Failure

POLLING = 0.25
JOB_PATIENCE = 300.0
FINAL_STATES = ("ok", "error", "deleted", "discarded", "failed", "failed_metadata", "paused", "stopped")

# A loopback server is never behind a proxy, whatever the environment says.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Outputs:
    """What a tool made, by the names of its outputs: datasets, and collections; and its jobs."""

    datasets: dict[str, str]
    collections: dict[str, str]
    jobs: Sequence[dict] = ()


@dataclass(frozen=True)
class Client:
    """Speaks with one server in the name of one key's owner; `log` is where the server tells of its own faults."""

    address: str
    key: str
    log: Path | None = None

    def request(self, method: str, path: str, body: bytes | None = None, content_type: str = "application/json") -> bytes:
        """One exchange; whatever status is no success is a failure that quotes the answer."""
        headers = {"x-api-key": self.key, "content-type": content_type}
        request = urllib.request.Request(self.address + path, data=body, headers=headers, method=method)
        try:
            with OPENER.open(request, timeout=120) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            said = error.read(2000).decode(errors="replace")
            log = self.log if error.code >= 500 else None
            raise Failure(f"Galaxy answered {method} {path} with status {error.code}: {said}", log) from error

    def get(self, path: str, **query: str) -> dict:
        return json.loads(self.request("GET", path + ("?" + urlencode(query) if query else "")))

    def post(self, path: str, content: object = None) -> dict:
        return json.loads(self.request("POST", path, json.dumps(content).encode()))

    def put(self, path: str, content: object) -> None:
        self.request("PUT", path, json.dumps(content).encode())

    def answers(self) -> bool:
        """Whether the server is reachable at all."""
        try:
            with OPENER.open(self.address + "/api/version", timeout=5):
                return True
        except OSError:
            return False

    def create_user(self, email: str, name: str, password: str) -> "Client":
        """Makes a user and returns a client that speaks for that user."""
        user = self.post("/api/users", {"email": email, "username": name, "password": password})
        key = self.post(f"/api/users/{user['id']}/api_key")
        return Client(self.address, str(key), self.log)

    def create_history(self, name: str) -> str:
        return self.post("/api/histories", {"name": name})["id"]

    def delete_history(self, history: str) -> None:
        self.request("DELETE", f"/api/histories/{history}?purge=true")

    def upload(self, history: str, name: str, content: bytes, extension: str) -> str:
        """Uploads a file into a history and returns its dataset when it is ready."""
        element = {"src": "files", "name": name, "ext": extension}
        target = {"destination": {"type": "hdas"}, "elements": [element]}
        boundary = uuid.uuid4().hex
        fields = {"history_id": history, "targets": json.dumps([target])}
        body = multipart(boundary, fields, file_name=name, content=content)
        answer = self.request("POST", "/api/tools/fetch", body, f"multipart/form-data; boundary={boundary}")
        started = json.loads(answer)
        self.wait_for_jobs(started["jobs"])
        dataset = started["outputs"][0]["id"]
        self.wait_for_dataset(dataset)
        return dataset

    def run_tool(self, history: str, tool: str, inputs: dict[str, object]) -> Outputs:
        """Runs a tool to its end."""
        outputs = self.start_tool(history, tool, inputs)
        self.wait_for_jobs(outputs.jobs)
        for dataset in outputs.datasets.values():
            self.wait_for_dataset(dataset)
        return outputs

    def start_tool(self, history: str, tool: str, inputs: dict[str, object]) -> Outputs:
        """Starts a tool, once or for each element of a collection; its outputs are not there yet."""
        started = self.post("/api/tools", {"history_id": history, "tool_id": tool, "inputs": inputs})
        collections = (*started["output_collections"], *started["implicit_collections"])
        datasets, collections = ({each["output_name"]: each["id"] for each in outputs} for outputs in (started["outputs"], collections))
        return Outputs(datasets, collections, started["jobs"])

    def runners(self) -> Counter[str]:
        """How many jobs of this user each runner has had, those that Galaxy keeps for itself left out; for administrators."""
        me = self.get("/api/users/current")["email"]
        jobs = [job for job in self.get("/api/jobs", view="admin_job_list", limit="10000") if job["user_email"] == me]
        return Counter(job["job_runner_name"] for job in jobs if not job["tool_id"].startswith("__"))

    def wait_for_jobs(self, jobs: Sequence[dict]) -> None:
        """Waits until every job has ended well; a job that has not is quoted."""
        for job in jobs:
            state = self.wait_for_state(f"/api/jobs/{job['id']}")
            if state != "ok":
                details = self.get(f"/api/jobs/{job['id']}", full="true")
                said = (details.get("tool_stderr") or details.get("stderr") or "it said nothing").strip()
                raise Failure(f"The job of {details['tool_id']} ended as {state!r}: {said}")

    def wait_for_dataset(self, dataset: str) -> None:
        state = self.wait_for_state(f"/api/datasets/{dataset}")
        if state != "ok":
            raise Failure(f"A dataset ended as {state!r} instead of 'ok': look at {self.address}/datasets/{dataset}/error")

    def wait_for_state(self, path: str) -> str:
        """Waits for a final state."""
        deadline = time.monotonic() + JOB_PATIENCE
        while (state := self.get(path)["state"]) not in FINAL_STATES:
            if time.monotonic() > deadline:
                raise Failure(f"{path} is still {state!r} after {JOB_PATIENCE:.0f} s: look at Galaxy's log")
            time.sleep(POLLING)
        return state

    def content(self, dataset: str) -> bytes:
        return self.request("GET", f"/api/datasets/{dataset}/display?raw=true")

    def download(self, dataset: str, file: Path) -> None:
        file.write_bytes(self.content(dataset))

    def collection(self, collection: str) -> dict:
        """A collection with its elements."""
        return self.get(f"/api/dataset_collections/{collection}", instance_type="history")

    def collection_named(self, history: str, name: str) -> dict:
        """The newest collection of this name in a history."""
        contents = self.get(f"/api/histories/{history}/contents", v="dev")
        named = [each["id"] for each in contents if each["history_content_type"] == "dataset_collection" and each["name"] == name]
        if not named:
            raise Failure(f"The history has no collection {name!r}: {[each['name'] for each in contents]}")
        return self.collection(named[-1])

    def download_collection(self, collection: str, file: Path) -> None:
        """A zip of all elements."""
        file.write_bytes(self.request("GET", f"/api/dataset_collections/{collection}/download"))


def multipart(boundary: str, fields: dict[str, str], file_name: str, content: bytes) -> bytes:
    """The body of a form with one file, as browsers send it."""
    parts = [f'--{boundary}\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    head = f'--{boundary}\r\ncontent-disposition: form-data; name="files_0|file_data"; filename="{file_name}"\r\n\r\n'
    return "".join(parts).encode() + head.encode() + content + f"\r\n--{boundary}--\r\n".encode()

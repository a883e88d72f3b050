"""bioblend's client of Galaxy, with what each test does: upload, run a tool to its end, read what it made."""

import logging
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import requests
from bioblend.galaxy import GalaxyInstance

from .steps import Failure

# It logs each request while it waits.
logging.getLogger("bioblend").setLevel(logging.WARNING)

POLLING = 0.25
PATIENCE = 300.0

# An input as Galaxy's API takes it: {"src": "hda", "id": …}.
Given = dict[str, str]


@dataclass(frozen=True)
class Outputs:
    """The ids of a tool's output datasets and collections by output name, and the ids of its jobs."""

    datasets: dict[str, str]
    collections: dict[str, str]
    jobs: list[str]


class Client(GalaxyInstance):
    """The API of one server, as one user."""

    def __init__(self, address: str, key: str):
        super().__init__(address, key)
        # urllib3 2.8 does not decode what Galaxy compresses with zstd, and the loopback needs no compression.
        self.json_headers["Accept-Encoding"] = "identity"

    def answers(self) -> bool:
        """Whether the server accepts requests."""
        with suppress(requests.ConnectionError):
            return self.make_get_request(f"{self.url}/version").ok
        return False

    def create_user(self, email: str, name: str, password: str) -> "Client":
        """Creates a user and returns a client with the user's key."""
        user = self.users.create_local_user(name, email, password)
        return Client(self.base_url, self.users.create_user_apikey(user["id"]))

    def create_history(self, name: str) -> str:
        return self.histories.create_history(name)["id"]

    def upload(self, history: str, name: str, content: bytes, extension: str) -> str:
        """Uploads a file byte for byte and returns its dataset once it is ready."""
        with tempfile.NamedTemporaryFile() as file:
            file.write(content)
            file.flush()
            started = self.tools.upload_file(file.name, history, file_name=name, file_type=extension, to_posix_lines=False)
        self.wait_for_jobs([job["id"] for job in started["jobs"]])
        return started["outputs"][0]["id"]

    def upload_file(self, history: str, file: Path, extension: str) -> str:
        return self.upload(history, file.name, file.read_bytes(), extension)

    def run_tool(self, history: str, tool: str, inputs: dict[str, object]) -> Outputs:
        """Runs a tool to its end."""
        outputs = self.start_tool(history, tool, inputs)
        self.wait_for_jobs(outputs.jobs)
        for dataset in outputs.datasets.values():
            self.datasets.wait_for_dataset(dataset, PATIENCE, POLLING)
        return outputs

    def start_tool(self, history: str, tool: str, inputs: dict[str, object]) -> Outputs:
        """Starts a tool, or one job for each element of a mapped collection."""
        started = self.tools.run_tool(history, tool, inputs)
        datasets = {each["output_name"]: each["id"] for each in started["outputs"]}
        collections = {each["output_name"]: each["id"] for each in started["output_collections"] + started["implicit_collections"]}
        return Outputs(datasets, collections, [job["id"] for job in started["jobs"]])

    def wait_for_job(self, job: str) -> str:
        """The state that a job ends in."""
        return self.jobs.wait_for_job(job, PATIENCE, POLLING, check=False)["state"]

    def wait_for_jobs(self, jobs: list[str]) -> None:
        """Waits until all jobs have succeeded; a failure quotes the standard error of the tool."""
        for job in jobs:
            if (state := self.wait_for_job(job)) != "ok":
                details = self.jobs.show_job(job, full_details=True)
                stderr = details.get("tool_stderr") or details.get("stderr") or "no output"
                raise Failure(f"job of {details['tool_id']} ended in state {state!r}: {stderr.strip()}")

    def content(self, dataset: str) -> bytes:
        """The bytes of a dataset as they are stored; bioblend downloads a report as a zipped page."""
        answer = self.make_get_request(f"{self.url}/datasets/{dataset}/display", params={"raw": "true"})
        answer.raise_for_status()
        return answer.content

    def collection(self, collection: str) -> dict:
        """A collection with its elements."""
        return self.dataset_collections.show_dataset_collection(collection)

    def elements(self, collection: str) -> dict[str, str]:
        """The datasets of a list by element identifier."""
        return {each["element_identifier"]: each["object"]["id"] for each in self.collection(collection)["elements"]}

    def collection_named(self, history: str, name: re.Pattern[str]) -> dict:
        """The newest collection with such a name in a history."""
        contents = self.histories.show_history(history, contents=True, types=["dataset_collection"])
        return self.collection([each["id"] for each in contents if name.fullmatch(each["name"])][-1])


def dataset(identifier: str) -> Given:
    return {"src": "hda", "id": identifier}


def collection(identifier: str) -> Given:
    return {"src": "hdca", "id": identifier}

"""FAIRtracks follow in our Galaxy: its inputs as its form takes them, and exports of histories for it."""

import time
from collections.abc import Sequence

from .client import POLLING, Client, Outputs
from .steps import Failure

FOLLOW = "fairtracks_follow"
EXPORT_PATIENCE = 120.0

Given = dict[str, str]


def dataset(identifier: str) -> Given:
    return {"src": "hda", "id": identifier}


def collection(identifier: str) -> Given:
    return {"src": "hdca", "id": identifier}


def each_of(identifier: str) -> dict[str, object]:
    """A collection over which a tool is mapped."""
    return {"batch": True, "values": [collection(identifier)]}


def form(results: Sequence[Given], crates: Sequence[Given]) -> dict[str, object]:
    """The form of follow: both are repeats, in which each item is a collection or datasets."""
    inputs: dict[str, object] = {}
    for name, several in (("results", results), ("crates", crates)):
        for number, given in enumerate(several):
            kind = "collection" if given["src"] == "hdca" else "datasets"
            inputs |= {f"{name}_{number}|from|kind": kind, f"{name}_{number}|from|{kind}": given}
    return inputs


def follow(client: Client, history: str, results: Sequence[Given], crates: Sequence[Given], **more: object) -> Outputs:
    """Follows the results, and gives the outputs of a job that ended well."""
    more = {name.replace("__", "|"): value for name, value in more.items()}
    return client.run_tool(history, FOLLOW, form(results, crates) | more)


def copy(client: Client, of: str, history: str) -> str:
    """Copies a dataset to another history."""
    return client.post(f"/api/histories/{history}/contents", {"source": "hda", "content": of})["id"]


def rename(client: Client, history: str, of: str, name: str) -> None:
    """Names a dataset by hand, and takes its tags away."""
    client.put(f"/api/histories/{history}/contents/{of}", {"name": name, "tags": []})


def export(client: Client, history: str) -> str:
    """Exports a history as a person would, uploads the file into the same history, and gives that dataset."""
    asked = {"model_store_format": "tgz", "include_files": True, "include_hidden": True, "include_deleted": False}
    stored = client.post(f"/api/histories/{history}/prepare_store_download", asked)["storage_request_id"]
    deadline = time.monotonic() + EXPORT_PATIENCE
    while not client.get(f"/api/short_term_storage/{stored}/ready"):
        if time.monotonic() > deadline:
            raise Failure(f"The export of a history is not ready after {EXPORT_PATIENCE:.0f} s", client.log)
        time.sleep(POLLING)
    return client.upload(history, "export.tar.gz", client.request("GET", f"/api/short_term_storage/{stored}"), "tgz")

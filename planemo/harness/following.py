"""Tracks imported into our Galaxy, FAIRtracks follow with its inputs as its form takes them, and exports of histories for it."""

import time
from collections.abc import Sequence

from .client import PATIENCE, POLLING, Client, Given, Outputs, dataset
from .places import TEST_DATA
from .steps import Failure

DOCUMENT = TEST_DATA / "tracks.fairtracks.json"
FIRST, SECOND, THIRD = "example:cells_dnase", "example:cells_h3k4me3", "example:cells_h3k27me3"


def three_tracks(client: Client, history: str) -> tuple[str, str]:
    """Imports three tracks with name tags, and returns the collections of tracks and crates."""
    document = client.upload_file(history, DOCUMENT, "json")
    chosen = client.upload(history, "three", "\n".join((FIRST, SECOND, THIRD, "")).encode(), "tabular")
    inputs = {"sources": dataset(document), "choice|mode": "table", "choice|table": dataset(chosen)}
    inputs |= {"way|mode": "import", "way|tags": "true"}
    made = client.run_tool(history, "fairtracks_import", inputs).collections
    return made["output_tracks"], made["output_crates"]


def form(results: Sequence[Given], crates: Sequence[Given]) -> dict[str, object]:
    """The form of follow: both are repeats, in which each item is a collection or datasets."""
    inputs: dict[str, object] = {}
    for name, several in (("results", results), ("crates", crates)):
        for number, given in enumerate(several):
            kind = "collection" if given["src"] == "hdca" else "datasets"
            inputs |= {f"{name}_{number}|from|kind": kind, f"{name}_{number}|from|{kind}": given}
    return inputs


def follow(client: Client, history: str, results: Sequence[Given], crates: Sequence[Given], **more: object) -> Outputs:
    """Follows the results, and returns the outputs of a job that succeeded."""
    more = {name.replace("__", "|"): value for name, value in more.items()}
    return client.run_tool(history, "fairtracks_follow", form(results, crates) | more)


def copy(client: Client, of: str, history: str) -> str:
    """Copies a dataset to another history."""
    return client.histories.copy_dataset(history, of)["id"]


def rename(client: Client, history: str, of: str, name: str) -> None:
    """Renames a dataset by hand, and removes its tags."""
    client.histories.update_dataset(history, of, name=name, tags=[])


def export(client: Client, history: str) -> str:
    """Exports a history as a person would, uploads the file into the same history, and returns that dataset."""
    asked = {"model_store_format": "tgz", "include_files": True, "include_hidden": True, "include_deleted": False}
    stored = client.make_post_request(f"{client.url}/histories/{history}/prepare_store_download", asked)["storage_request_id"]
    storage = f"{client.url}/short_term_storage/{stored}"
    deadline = time.monotonic() + PATIENCE
    while not client.make_get_request(f"{storage}/ready").json():
        if time.monotonic() > deadline:
            raise Failure(f"the export of a history is not ready after {PATIENCE:.0f} s")
        time.sleep(POLLING)
    return client.upload(history, "export.tar.gz", client.make_get_request(storage).content, "tgz")


def rows(table: bytes) -> list[dict[str, str]]:
    """The lines of a table with titles."""
    titles, *lines = (line.split("\t") for line in table.decode().splitlines())
    return [dict(zip((title.lstrip("#") for title in titles), line)) for line in lines]

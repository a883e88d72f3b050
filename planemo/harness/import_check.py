"""What tests of a wrapper cannot see of an import: hashes, sources, the columns of a sample sheet, datasets that come later."""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .client import Client
from .outcome import Outcome
from .places import TEST_DATA, TRACKS
from .run import Run
from .steps import Failure

DOCUMENT = TEST_DATA / "tracks.fairtracks.json"
SHEET, REGISTERED = "FAIRtracks sample sheet", "FAIRtracks registered tracks"
# A file that is stored as it was served, and one that is unpacked.
AS_SERVED, UNPACKED = "cells_dnase.bed", "cells_h3k4me3.narrowPeak.gz"


class Checks:
    """Expectations that hold or not, each with a sentence."""

    def __init__(self) -> None:
        self.passed = 0
        self.failures: list[str] = []

    def equal(self, what: str, found: object, expected: object) -> None:
        if found == expected:
            self.passed += 1
        else:
            self.failures.append(f"{what}: found {found!r}, expected {expected!r}")

    @contextmanager
    def trying(self, what: str) -> Iterator[None]:
        """A failure on the way to an expectation counts as one that does not hold."""
        try:
            yield
        except (Failure, KeyError, IndexError, StopIteration) as failure:
            self.failures.append(f"{what}: {failure!r}")


def imports(run: Run) -> Outcome:
    """Imports, registers and uses tracks in our Galaxy, and looks at what it knows of them."""
    galaxy = run.warm_galaxy()
    client, checks = galaxy.client, Checks()
    history = client.create_history("imports")
    document = client.upload(history, DOCUMENT.name, DOCUMENT.read_bytes(), "json")
    for what, check in (("imported tracks", imported), ("registered tracks", registered)):
        with checks.trying(what):
            check(client, history, document, checks)
    with checks.trying("a registered track that a tool uses"):
        used(client, history, run.providers.http.address, checks)
    client.delete_history(history)
    return Outcome(checks.passed, checks.failures, (client.log,))


def imported(client: Client, history: str, document: str, checks: Checks) -> None:
    inputs = {"sources": {"src": "hda", "id": document}, "way|mode": "import", "way|sample_sheet": "true"}
    tracks = client.collection(client.run_tool(history, "fairtracks_import", inputs).collections["output_tracks"])
    for name in (AS_SERVED, UNPACKED):
        identifier = f"example:{name.split('.')[0]}"
        served = (TRACKS / name).read_bytes()
        stored = gzip.decompress(served) if name == UNPACKED else served
        dataset = client.get(f"/api/datasets/{element(tracks, identifier)['object']['id']}")
        sha256 = hashlib.sha256(stored).hexdigest()
        hashes = {each["hash_function"]: each["hash_value"] for each in dataset["hashes"]}
        checks.equal(f"SHA-256 of {name}", hashes.get("SHA-256"), sha256)
        checks.equal(f"source of {name}", [each["source_uri"] for each in dataset["sources"]], [f"https://tracks.example.org/cells/{name}"])
        checks.equal(f"name of the file of {name}", dataset["created_from_basename"], name.removesuffix(".gz"))
        checks.equal(f"tags of {name}", dataset["tags"], [f"name:ft-{sha256[:10]}"])
        checks.equal(f"bytes of {name}", client.content(dataset["id"]), stored)
    sheet = client.collection_named(history, SHEET)
    checks.equal("type of the sample sheet", sheet["collection_type"], "sample_sheet")
    titles = [column["name"] for column in sheet["column_definitions"]]
    row = dict(zip(titles, element(sheet, "example:cells_dnase")["columns"]))
    wanted = {"cell_or_tissue": "K562", "assay": "DNase I hypersensitive sites sequencing assay", "assembly": "hg38", "species": "Homo sapiens"}
    checks.equal("row of the sample sheet", {title: row.get(title) for title in wanted}, wanted)
    checks.equal("tracks in the sample sheet", len(sheet["elements"]), len(tracks["elements"]))


def registered(client: Client, history: str, document: str, checks: Checks) -> None:
    inputs = {"sources": {"src": "hda", "id": document}, "way|mode": "register"}
    client.run_tool(history, "fairtracks_import", inputs)
    tracks = client.collection_named(history, REGISTERED)
    checks.equal("registered tracks", len(tracks["elements"]), 5)
    dataset = client.get(f"/api/datasets/{element(tracks, 'example:cells_signal')['object']['id']}")
    sha256 = hashlib.sha256((TRACKS / "cells_signal.bigWig").read_bytes()).hexdigest()
    checks.equal("state of a registered track", dataset["state"], "deferred")
    checks.equal("datatype of a registered track", (dataset["extension"], dataset["genome_build"]), ("bigwig", "hg38"))
    checks.equal("checksum of a registered track", [each["hash_value"] for each in dataset["hashes"]], [sha256])
    checks.equal("source of a registered track", [each["source_uri"] for each in dataset["sources"]], ["https://tracks.example.org/cells/cells_signal.bigWig"])


def used(client: Client, history: str, address: str, checks: Checks) -> None:
    """Galaxy fetches by itself what is registered, so the track is described where Galaxy finds it."""
    content = json.loads(DOCUMENT.read_text())
    content["tracks"] = [track | {"file_url": address + AS_SERVED} for track in content["tracks"] if track["file_name"] == AS_SERVED]
    document = client.upload(history, "one.fairtracks.json", json.dumps(content).encode(), "json")
    client.run_tool(history, "fairtracks_import", {"sources": {"src": "hda", "id": document}, "way|mode": "register"})
    track = element(client.collection_named(history, REGISTERED), "example:cells_dnase")["object"]["id"]
    counted = client.run_tool(history, "wc_gnu", {"input1": {"src": "hda", "id": track}, "include_header": "false", "options": "lines"})
    lines = client.content(next(iter(counted.datasets.values()))).decode().split()
    checks.equal("lines of a registered track, counted by a tool", lines[-1:], ["3"])


def element(collection: dict, identifier: str) -> dict:
    is_it: Callable[[dict], bool] = lambda each: each["element_identifier"] == identifier
    return next(filter(is_it, collection["elements"]))

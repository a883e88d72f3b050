"""What tests of a wrapper cannot see of an import: hashes, sources, the columns of a sample sheet, datasets that come later."""

import gzip
import hashlib
import json
import re

import pytest
from harness.client import collection, dataset
from harness.following import DOCUMENT, follow
from harness.places import TEST_DATA, TRACKS, WORKFLOWS
from harness.workflows import Workflow

REGISTERED = re.compile(r"\d+( of \d+)? tracks? registered")
GIVEN_NAMES = WORKFLOWS / "names" / "given_names.gxwf.yml"
# A file that is stored as it was served, and one that is unpacked.
AS_SERVED, UNPACKED = "cells_dnase.bed", "cells_h3k4me3.narrowPeak.gz"


@pytest.fixture(scope="module")
def document(client, history):
    return client.upload_file(history, DOCUMENT, "json")


def test_imported_tracks(client, history, document):
    inputs = {"sources": dataset(document), "way|mode": "import", "way|sample_sheet": "true", "way|tags": "true"}
    tracks = client.elements(client.run_tool(history, "fairtracks_import", inputs).collections["output_tracks"])
    for name in (AS_SERVED, UNPACKED):
        served = (TRACKS / name).read_bytes()
        stored = gzip.decompress(served) if name == UNPACKED else served
        found = client.datasets.show_dataset(tracks[f"example:{name.split('.')[0]}"])
        sha256 = hashlib.sha256(stored).hexdigest()
        assert {each["hash_function"]: each["hash_value"] for each in found["hashes"]}["SHA-256"] == sha256
        assert [each["source_uri"] for each in found["sources"]] == [f"https://tracks.example.org/cells/{name}"]
        assert found["created_from_basename"] == name.removesuffix(".gz")
        assert found["tags"] == [f"name:{name.split('.')[0]}"]
        assert client.content(found["id"]) == stored
    sheet = client.collection_named(history, re.compile("9 tracks imported: sample sheet"))
    assert sheet["collection_type"] == "sample_sheet"
    titles = [column["name"] for column in sheet["column_definitions"]]
    (row,) = [dict(zip(titles, each["columns"])) for each in sheet["elements"] if each["element_identifier"] == "example:cells_dnase"]
    expected = {"cell_or_tissue": "K562", "assay": "DNase I hypersensitive sites sequencing assay", "assembly": "hg38", "species": "Homo sapiens"}
    assert {title: row.get(title) for title in expected} == expected
    assert len(sheet["elements"]) == len(tracks)


def test_names_of_a_workflow(client, history):
    """A name that a workflow gives an output of search, import or package is kept; any other says what the output contains."""
    workflow = Workflow(GIVEN_NAMES)
    outputs = workflow.finish(client, workflow.start(client, history))
    names = {label: client.datasets.show_dataset(output["id"])["name"] for label, output in outputs.items()}
    hits = names.pop("document of hits")
    assert hits.startswith("1 track: ") and hits.endswith(" – document of hits"), hits
    assert names == {
        "hits": "My hits",
        "outcomes": "My outcomes",
        "import report": "1 track imported: report",
        "crate": "For the archive",
        "crate report": "Named tracks: report",
    }


def test_pages(client, history, document):
    """Galaxy shows the page of a tool that its administrator allows; that of another tool is plain text."""
    imported = client.run_tool(history, "fairtracks_import", {"sources": dataset(document), "page": "true"})
    tracks, crates = (imported.collections[name] for name in ("output_tracks", "output_crates"))
    followed = follow(client, history, [collection(tracks)], [collection(crates)], page="true")
    made = [each.datasets["output_page"] for each in (imported, followed)]
    pages = [client.make_get_request(f"{client.base_url}/datasets/{page}/display", params={"preview": "true"}) for page in made]
    assert [page.headers["content-type"].split(";")[0] for page in pages] == ["text/html", "text/plain"]
    for page in pages:
        assert "<svg" in page.text
        assert "example:cells_dnase" in page.text
        assert "<script" not in page.text


def test_collection_of_documents(client, history, document):
    """A list of documents is imported whole, in one job; report and table name the element that describes each track."""
    other = client.upload_file(history, TEST_DATA / "h1_h3k4me3.fairtracks.json", "json")
    elements = [dataset(identifier) | {"name": name} for name, identifier in (("cells & more", document), ("H1", other))]
    description = {"collection_type": "list", "element_identifiers": elements, "name": "documents"}
    documents = client.histories.create_dataset_collection(history, description)["id"]
    inputs = {"sources": collection(documents), "way|mode": "register"}
    outputs = client.run_tool(history, "fairtracks_import", inputs)
    assert len(outputs.jobs) == 1
    report = client.content(outputs.datasets["output_report"]).decode()
    assert "`cells & more` (9 tracks): `example:cells_dnase`, " in report
    assert "`H1` (4 tracks): `encode:" in report
    header, *rows = client.content(outputs.datasets["output_table"]).decode().splitlines()
    assert header.endswith("\tdescribed_in")
    assert sorted(row.rpartition("\t")[2] for row in rows) == ["H1"] * 4 + ["cells & more"] * 9


def test_registered_tracks(client, history, document):
    tracks = registered(client, history, document)
    assert len(tracks) == 5
    found = client.datasets.show_dataset(tracks["example:cells_signal"])
    sha256 = hashlib.sha256((TRACKS / "cells_signal.bigWig").read_bytes()).hexdigest()
    assert (found["state"], found["extension"], found["genome_build"]) == ("deferred", "bigwig", "hg38")
    assert [each["hash_value"] for each in found["hashes"]] == [sha256]
    assert [each["source_uri"] for each in found["sources"]] == ["https://tracks.example.org/cells/cells_signal.bigWig"]


def test_a_registered_track_that_a_tool_uses(run, client, history):
    """Galaxy fetches by itself what is registered, so the track is described where Galaxy finds it."""
    content = json.loads(DOCUMENT.read_text())
    address = run.providers.tracks.http + AS_SERVED
    content["tracks"] = [track | {"file_url": address} for track in content["tracks"] if track["file_name"] == AS_SERVED]
    document = client.upload(history, "one.fairtracks.json", json.dumps(content).encode(), "json")
    track = registered(client, history, document)["example:cells_dnase"]
    counted = client.run_tool(history, "wc_gnu", {"input1": dataset(track), "include_header": "false", "options": "lines"})
    assert client.content(next(iter(counted.datasets.values()))).split()[-1:] == [b"3"]


def registered(client, history, document):
    """Registers the tracks of a document without a download, and returns the elements of their collection."""
    client.run_tool(history, "fairtracks_import", {"sources": dataset(document), "way|mode": "register"})
    elements = client.collection_named(history, REGISTERED)["elements"]
    return {each["element_identifier"]: each["object"]["id"] for each in elements}

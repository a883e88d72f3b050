"""The datatypes of `planemo/datatypes/` in Galaxy: what is sniffed at upload, its preview, and that tools take it as what it refines."""

import io
import json
import sys
import zipfile
from xml.etree import ElementTree

import pytest
from harness.client import dataset
from harness.configuration import galaxys_datatypes
from harness.places import DATATYPES, TEST_DATA
from harness.processes import run as run_program

CRATE = TEST_DATA / "crates" / "blood_three_tracks.full.crate.zip"
# File: datatype, metadata, and lines of the preview.
SNIFFED = {
    "epigenome.fairtracks.json": (
        "fairtracks.json",
        {"tracks": 12, "experiments": 11, "samples": 6, "studies": 1},
        ("12 tracks, 11 experiments, 6 samples, 1 study", "hg38 (10), hg19 (1), mm10 (1)"),
    ),
    "h1_h3k4me3.fairtracks.json": ("fairtracks.json", {"tracks": 4, "cells": "H1-hESC (1)"}, ("4 tracks, ",)),
    "valid/with_byte_order_mark.json": ("fairtracks.json", {"tracks": 1}, ("1 track, ",)),
    "valid/document_of_hits.json": ("hits.fairtracks.json", {"tracks": 1}, ("1 track, ", "tracks.content->'file_format'")),
    "invalid/tracks_not_an_array.json": ("fairtracks.json", {"tracks": 0}, ("0 tracks, ",)),
    "catalog.tabular": ("fairtracks.tabular", {"columns": 10}, ("1.repository", "CD14-positive monocyte (8 tracks)")),
    CRATE.relative_to(TEST_DATA).as_posix(): ("rocrate.zip", {"files": 4}, ("Three tracks of CD14-positive monocytes", "4 data files", "licence: https://spdx.org/licenses/CC0-1.0")),
}
# Files that are something else, and what Galaxy takes them for.
OTHERS = {
    "invalid/not_a_fairtracks_document.json": "geojson",
    "blood_three_tracks.hits.tsv": "tabular",
    "tracks/cells_dnase.bed": "bed",
}


def test_the_patch_is_that_of_the_module(galaxy, tmp_path):
    """It applies to Galaxy's own files, and says what the files beside it say."""
    stored, made = DATATYPES / "galaxy-26.1.patch", tmp_path / "made.patch"
    sample = galaxys_datatypes()
    assert run_program((sys.executable, DATATYPES / "make_patch.py", sample.parents[2]), made) == 0
    assert made.read_text() == stored.read_text(), "run make_patch.py"
    copy = tmp_path / "lib/galaxy/config/sample" / sample.name
    copy.parent.mkdir(parents=True)
    copy.write_bytes(sample.read_bytes())
    assert run_program(("git", "apply", "--unsafe-paths", f"--directory={tmp_path}", stored), tmp_path / "apply.log") == 0
    registered = {each.get("extension"): each.get("type") for each in ElementTree.parse(copy).iter("datatype")}
    assert registered["rocrate.zip"] == "galaxy.datatypes.fairtracks:RoCrateZip"
    assert "class RoCrateZip" in (tmp_path / "lib/galaxy/datatypes/fairtracks.py").read_text()


@pytest.fixture(scope="module")
def upload(client, history):
    def uploaded(name, content):
        return client.datasets.show_dataset(client.upload(history, name, content, "auto"))

    return uploaded


def test_files_are_sniffed_and_have_a_preview(upload, subtests):
    for name, (datatype, metadata, lines) in SNIFFED.items():
        with subtests.test(name):
            found = upload(name.rpartition("/")[2], (TEST_DATA / name).read_bytes())
            assert (found["state"], found["extension"]) == ("ok", datatype)
            assert {key: found[f"metadata_{key}"] for key in metadata} == metadata
            peek = found["peek"].replace("&gt;", ">").replace("&#39;", "'")
            assert [line for line in lines if line not in peek] == []


def test_other_files_stay_what_they_are(upload, subtests):
    for name, datatype in OTHERS.items():
        with subtests.test(name):
            assert upload(name.rpartition("/")[2], (TEST_DATA / name).read_bytes())["extension"] == datatype
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as plain:
        plain.writestr("folder/ro-crate-metadata.json", "{}")
        plain.writestr("other/file.txt", "text")
    with subtests.test("a zip without a crate at its top"):
        assert upload("plain.zip", archive.getvalue())["extension"] == "zip"


def test_text_of_others_is_no_markup(upload):
    document = json.loads((TEST_DATA / "epigenome.fairtracks.json").read_text())
    document["collection_info"]["long_name"] = "<img src=x onerror=alert(1)>"
    found = upload("hostile.json", json.dumps(document).encode())
    assert "<img" not in found["peek"]
    assert "&lt;img src=x" in found["peek"]


def test_tools_take_them_as_what_they_refine(client, history, upload):
    document = upload("epigenome.json", (TEST_DATA / "epigenome.fairtracks.json").read_bytes())
    search = {"source|from": "document", "source|document": dataset(document["id"]), "query|mode": "find", "query|find": "monocyte"}
    hits = client.run_tool(history, "fairtracks_search", search).datasets["output_document"]
    assert len(json.loads(client.content(hits))["tracks"]) == 3
    crate = upload("crate.zip", CRATE.read_bytes())
    report = client.run_tool(history, "fairtracks_check", {"documents": [dataset(document["id"]), dataset(crate["id"])]}).datasets["output_report"]
    assert client.content(report)


def test_crates_have_the_datatype_that_the_site_sets(run, client, history, upload):
    """One key in the settings of the site; without it, crates are zip files, which the tests of the wrappers show."""
    document = upload("epigenome.json", (TEST_DATA / "epigenome.fairtracks.json").read_bytes())
    settings = run.providers.settings
    before = settings.read_text()
    settings.write_text('crate_datatype = "rocrate.zip"\n' + before)
    try:
        crates = client.run_tool(history, "fairtracks_import", {"sources": dataset(document["id"]), "way|mode": "import"}).collections["output_crates"]
    finally:
        settings.write_text(before)
    found = [client.datasets.show_dataset(identifier) for identifier in client.elements(crates).values()]
    assert {each["extension"] for each in found} == {"rocrate.zip"}
    assert all(each["metadata_files"] and "data file" in each["peek"] for each in found)
    inputs = {"documents": [dataset(each["id"]) for each in found]}
    assert client.content(client.run_tool(history, "fairtracks_check", inputs).datasets["output_report"])

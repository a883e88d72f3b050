"""A sample sheet that follow gives back keeps its columns through tools, copies and exports, and goes into a workflow's input."""

import io
import json
import re
import tarfile

import pytest
from harness.client import PATIENCE, POLLING, collection
from harness.following import FIRST, export, follow

SORT = {"column": "1", "style": "alpha", "order": "ASC"}
SHEET = re.compile("3 results: sample sheet")


@pytest.fixture(scope="module")
def sheet(client, history, imported):
    """The sorted tracks, given back under names of a template."""
    tracks, crates = imported
    results = mapped_sort(client, history, tracks)
    follow(client, history, [collection(results)], [collection(crates)], sheet__wanted="yes", sheet__label="{cell_or_tissue} {target} {identifier}")
    return client.collection_named(history, SHEET)


def mapped_sort(client, history, of):
    made = client.run_tool(history, "sort1", {"input": {"batch": True, "values": [collection(of)]}} | SORT)
    return made.collections["out_file1"]


def rows(sheet):
    return [each["columns"] for each in sheet["elements"]]


def test_columns(client, sheet):
    titles = [column["name"] for column in sheet["column_definitions"]]
    assert titles[:4] == ["local_id", "label", "cell_or_tissue", "assay"] and len(titles) == 14
    (first,) = [each for each in sheet["elements"] if each["element_identifier"].endswith(FIRST)]
    assert first["element_identifier"].startswith("K562 ")
    row = dict(zip(titles, first["columns"]))
    expected = {"local_id": FIRST.replace(":", "_"), "cell_or_tissue": "K562", "assembly": "hg38"}
    assert {title: row[title] for title in expected} == expected
    copy = client.datasets.show_dataset(first["object"]["id"])
    assert (copy["genome_build"], copy["tags"]) == ("hg38", [f"name:{FIRST.split(':')[1]}"])


def test_a_mapped_tool_keeps_them(client, history, sheet):
    made = client.collection(mapped_sort(client, history, sheet["id"]))
    assert (made["collection_type"], rows(made)) == ("sample_sheet", rows(sheet))
    assert made["column_definitions"] == sheet["column_definitions"]


def test_a_copy_keeps_them(client, sheet):
    there = client.create_history("sample sheets, the other side")
    given = {"type": "dataset_collection", "source": "hdca", "content": sheet["id"], "copy_elements": True}
    made = client.make_post_request(f"{client.url}/histories/{there}/contents", given)
    copy = client.collection(made["id"])
    assert (copy["column_definitions"], rows(copy)) == (sheet["column_definitions"], rows(sheet))
    client.histories.delete_history(there, purge=True)


def test_an_export_keeps_them(client, history, sheet):
    with tarfile.open(fileobj=io.BytesIO(client.content(export(client, history)))) as archive:
        exported = json.load(archive.extractfile("collections_attrs.txt"))
    assert all(row in list(columns(exported)) for row in rows(sheet))


def columns(value):
    """The columns of all elements in an export."""
    if isinstance(value, dict):
        if value.get("columns"):
            yield value["columns"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from columns(each)


def test_a_workflow_takes_it(client, history, sheet):
    wanted = [{key: each[key] for key in ("name", "type", "optional")} for each in sheet["column_definitions"]]
    workflow = {
        "class": "GalaxyWorkflow",
        "label": "Takes a sample sheet",
        "inputs": {"sheet": {"type": "collection", "collection_type": "sample_sheet", "column_definitions": wanted}},
        "steps": {"sort": {"tool_id": "sort1", "in": {"input": "sheet"}, "state": SORT}},
        "outputs": {"sorted": {"outputSource": "sort/out_file1"}},
    }
    imported = client.workflows.import_workflow_dict({"class": "GalaxyWorkflow", "yaml_content": json.dumps(workflow)})
    options = {"history_id": history, "inputs_by": "name", "allow_tool_state_corrections": True}
    invocation = client.workflows.invoke_workflow(imported["id"], {"sheet": collection(sheet["id"])}, **options)["id"]
    client.invocations.wait_for_invocation(invocation, PATIENCE, POLLING)
    made = client.invocations.show_invocation(invocation)["output_collections"]["sorted"]
    client.wait_for_jobs([job["id"] for job in client.jobs.get_jobs(invocation_id=invocation)])
    assert rows(client.collection(made["id"])) == rows(sheet)

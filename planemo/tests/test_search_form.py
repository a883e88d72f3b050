"""What the form of FAIRtracks search offers: lists of a server that answers and of one that does not, and those of a catalog.

And what is found by it: the same tracks in a document and on a server, by values picked and by the expression that they become.
"""

import json

import pytest
from harness.client import collection, dataset
from harness.places import TEST_DATA, WORKFLOWS
from harness.trackfind_server import REPOSITORY
from harness.workflows import Workflow

TOOL = "fairtracks_search"
DOCUMENT = TEST_DATA / "blood.fairtracks.json"
CATALOG = TEST_DATA / "catalog.tabular"
PICKED_VALUES = WORKFLOWS / "searches" / "picked_values.gxwf.yml"
SERVER = "https://trackfind.example.org"
HUBS = [["Example / Blood (62 tracks)", "Example/Blood", False], ["Example / H1 (4 tracks)", "Example/H1", False]]
LISTED = {"source|from": "server", "source|hub|from": "listed", "query|mode": "expression", "query|expression": "true"}


@pytest.fixture(scope="module")
def document(client, history):
    return client.upload_file(history, DOCUMENT, "json")


@pytest.fixture(scope="module")
def build_form(client, history, document):
    """Builds the form, as a browser does after each change."""
    return lambda inputs: client.tools.build(TOOL, inputs, history_id=history)


@pytest.fixture(scope="module")
def search(client, history):
    return lambda inputs: json.loads(client.content(client.run_tool(history, TOOL, inputs).datasets["output_document"]))


def test_the_list_of_a_server(build_form):
    form = lists_server(build_form)
    assert field(form, "source|hub|repository")["options"] == HUBS
    assert form["errors"] == {}


def test_the_list_of_a_server_that_is_down(build_form, stopped_server):
    form = lists_server(build_form)
    assert field(form, "source|hub|repository")["options"] == []
    assert set(form["errors"]) == {"source|hub|repository"}
    assert build_form({"query|mode": "conditions"})["errors"] == {}, "the form that needs no server"


def lists_server(build_form):
    form = build_form(LISTED)
    assert field(form, "source|server|url")["options"] == [["Example TrackFind", SERVER, False]]
    return form


def test_the_lists_of_a_catalog(client, history, build_form):
    """The lines of the catalog are the options, each value as it is there, and the line of titles is none."""
    lines = [line.split("\t") for line in CATALOG.read_text().splitlines()[1:]]
    catalog = client.upload_file(history, CATALOG, "tabular")
    hub, attribute = f"{REPOSITORY} / Blood", "tracks->label_long"
    asked = {"query|mode": "catalog", "query|catalog": dataset(catalog), "query|hub": hub}
    form = build_form(asked | {"query|conditions_0|attribute": attribute})
    assert values(field(form, "query|hub")) == list(dict.fromkeys(line[6] for line in lines))
    attributes = dict.fromkeys((line[8], line[7]) for line in lines if line[6] == hub)
    assert [tuple(option[:2]) for option in field(form, "query|conditions_0|attribute")["options"]] == list(attributes)
    offered = field(form, "query|conditions_0|values")["options"]
    assert [option[:2] for option in offered] == [[line[9], line[4]] for line in lines if line[6:8] == [hub, attribute]]
    other = client.upload_file(history, TEST_DATA / "blood_three_tracks.hits.tsv", "tabular")
    form = build_form(asked | {"query|catalog": dataset(other)})
    assert values(field(form, "query|hub")) == [], "hubs of a table that is no catalog"


def test_values_picked_from_a_catalog(client, history, document, build_form, search):
    """Lists a hub of the server and searches it by the first values that the form offers, and the document likewise."""
    server = {"source|from": "server", "source|server|from": "known", "source|server|url": SERVER}
    hub = {"source|repository": REPOSITORY, "source|hub": "Blood", "source|count": "true"}
    made = client.run_tool(history, "fairtracks_catalog", server | hub).datasets["output_form_table"]
    query = {"query|mode": "catalog", "query|catalog": dataset(made)}
    query["query|hub"] = values(field(build_form(query), "query|hub"))[0]
    for number, attribute in enumerate(values(field(build_form(query), "query|conditions_0|attribute"))[:2]):
        query[f"query|conditions_{number}|attribute"] = attribute
        query[f"query|conditions_{number}|values"] = values(field(build_form(query), f"query|conditions_{number}|values"))[:3]
    named = {"source|hub|repository": REPOSITORY, "source|hub|name": "Blood"}
    found = []
    for source, fields in ((server, named), ({"source|document": dataset(document)}, {})):
        hits = search(source | query)
        expression = {"query|mode": "expression", "query|expression": hits["subset_of"]["search"]["query"]}
        assert tracks(search(source | fields | expression)) == tracks(hits)
        found.append(tracks(hits))
    assert found[0], "nothing was found"
    assert found[0] == found[1], "the server and the document differ"


def test_values_chosen_in_a_workflow(client, history):
    """They are chosen before there is a catalog."""
    workflow = Workflow(PICKED_VALUES)
    hits = workflow.finish(client, workflow.start(client, history))["hits"]
    assert str(json.loads(client.content(hits["id"]))["subset_of"]["hits"]) == workflow.test["outputs"]["hits"]["asserts"][0]["value"]


def tracks(document):
    return [track["local_id"] for track in document["tracks"]]


def field(form, name):
    """A field of a form by its full name; in a conditional, of the case that is chosen."""
    inputs, (*places, last) = form["inputs"], name.split("|")
    for place in places:
        title, _, number = place.rpartition("_")
        group = next(each for each in inputs if each["name"] in (place, title))
        if group["type"] == "repeat":
            inputs = group["cache"][int(number)]
        else:
            chosen = group["test_param"]["value"]
            inputs = next(case["inputs"] for case in group["cases"] if case["value"] == chosen)
    return next(each for each in inputs if each["name"] == last)


def values(parameter):
    return [value for _, value, _ in parameter["options"]]


def test_a_collection_of_documents(client, history, document):
    """A list of documents is searched in one job: one table with the element of each hit, and a document of hits for each element."""
    other = client.upload_file(history, TEST_DATA / "h1_h3k4me3.fairtracks.json", "json")
    elements = [dataset(identifier) | {"name": name} for name, identifier in (("Blood's", document), ('One "experiment"', other))]
    description = {"collection_type": "list", "element_identifiers": elements, "name": "documents"}
    documents = client.histories.create_dataset_collection(history, description)["id"]
    inputs = {"source|from": "documents", "source|documents": {"values": [collection(documents)]}, "query|find": "H3K4me3 monocyte or H1-hESC"}
    outputs = client.run_tool(history, TOOL, inputs)
    header, *rows = client.content(outputs.datasets["output_table"]).decode().splitlines()
    assert header.endswith("\tdocument")
    assert {row.rpartition("\t")[2] for row in rows} == {"Blood's", 'One "experiment"'}
    assert len(client.elements(outputs.collections["output_documents"])) == 2

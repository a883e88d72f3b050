"""What Galaxy offers to every user: documents whose tracks can be imported, and the lists of the search form before the first search."""

import json

import pytest
from harness.client import dataset
from harness.environment import PLANEMO
from harness.places import TEST_DATA
from harness.processes import clean_environment
from harness.processes import run as run_program
from harness.ready_catalogs import DATA_MANAGER, make_ready, rows
from harness.steps import Failure
from harness.trackfind_server import HUBS

SEARCH = "fairtracks_search"
DOCUMENT, BLOOD, SERVER = "epigenome", "blood", "https://trackfind.example.org"
HUB = "synthetic / Small epigenome"
# The part of the form that is the same in all tests.
IN_OFFERED = {"source|from": "shared", "source|shared": DOCUMENT, "query|mode": "ready"}
CELL = "samples->sample_type->summary"


@pytest.fixture(scope="module", autouse=True)
def ready(client):
    """The lists of all sources; again at the end, for other tests."""
    make_ready(client)
    yield
    make_ready(client)


@pytest.fixture
def build_form(client, history):
    """Builds the form as a browser does after each change, and returns the lists by the names of their parameters."""

    def build(choices):
        inputs = IN_OFFERED | {f"query|{name}": value for name, value in choices.items()}
        form = client.tools.build(SEARCH, inputs, history_id=history)
        query = next(field for field in form["inputs"] if field["name"] == "query")
        fields = next(case for case in query["cases"] if case["value"] == "ready")
        (condition,) = next(field for field in fields["inputs"] if field["name"] == "conditions")["cache"]
        assert form["errors"] == {}
        return {field["name"]: [option[:2] for option in field["options"]] for field in (*fields["inputs"], *condition) if "options" in field}

    return build


def test_every_source_has_its_lists(client):
    assert {row[1] for row in rows(client)} == {DOCUMENT, BLOOD, SERVER}
    assert {row[3] for row in rows(client) if row[1] == SERVER} == {f"Example / {hub}" for hub in HUBS}
    assert len({row[0] for row in rows(client)}) == len(rows(client)), "rows with one identifier"


def test_the_first_form_has_lists_with_counts(build_form):
    lists = build_form({})
    assert lists["catalog"] == [["Small epigenome (synthetic)", DOCUMENT], ["Blood cells", BLOOD], ["Example TrackFind", SERVER]]
    assert lists["hub"] == [[HUB, HUB]]
    assert lists["attribute"][0] == ["Cell or tissue type (6 values)", CELL]
    # Usual names may follow.
    labels = {value: label for label, value in lists["values"]}
    assert labels["CD14-positive monocyte"].startswith("CD14-positive monocyte (3 tracks)")


def test_the_lists_depend_on_what_is_picked(build_form):
    picked = {"catalog": BLOOD, "hub": "example / Blood for tests", "conditions_0|attribute": "tracks->assembly_name"}
    lists = build_form(picked)
    assert lists["hub"] == [["example / Blood for tests"] * 2]
    assert [value for _, value in lists["values"]] == ["hg38", "mm10", "hg19"]


def test_picked_values_find_the_tracks_that_were_counted(client, history):
    inputs = IN_OFFERED | {
        "query|catalog": DOCUMENT,
        "query|hub": HUB,
        "query|conditions_0|attribute": CELL,
        "query|conditions_0|values": ["CD14-positive monocyte", "CD4-positive, alpha-beta T cell"],
    }
    found = json.loads(client.content(client.run_tool(history, SEARCH, inputs).datasets["output_document"]))
    assert [track["local_id"] for track in found["tracks"]] == [f"synthetic:EPI00{number}" for number in (1, 2, 3, 6, 7)]


def test_a_new_run_replaces_the_table(client, ready):
    before = rows(client)
    make_ready(client)
    assert rows(client) == before
    make_ready(client, {"documents": [DOCUMENT]})
    assert rows(client) == [row for row in before if row[1] == DOCUMENT]


def test_a_server_that_does_not_answer_leaves_the_table_as_it_is(client, ready, stopped_server):
    before = rows(client)
    with pytest.raises(Failure, match="trackfind.example.org"):
        make_ready(client)
    assert rows(client) == before


def test_the_data_managers_own_test(run, galaxy, ready, tmp_path):
    """It replaces the table, so it is not among the tests of the wrappers."""
    results, log = tmp_path / "results.json", run.log(DATA_MANAGER)
    keys = ("--key", galaxy.client.key, "--admin-key", galaxy.configuration.bootstrap_key)
    options = ("--galaxy-url", galaxy.configuration.address, *keys, "--with-reference-data", "--tool-id", DATA_MANAGER, "--output-json", results)
    assert run_program((PLANEMO.programs / "galaxy-tool-test", *options), log, clean_environment(TMPDIR=str(run.folder))) == 0, log.read_text()
    assert [test["data"]["status"] for test in json.loads(results.read_text())["tests"]] == ["success"]


def test_a_search_of_the_offered_document_can_be_imported(client, history):
    """The first steps of a new user: nothing is uploaded, and every track found has its file."""
    search = {"source|from": "shared", "source|shared": DOCUMENT, "query|mode": "find", "query|find": "DNase-seq of blood cells on hg38"}
    found = client.run_tool(history, "fairtracks_search", search).datasets["output_document"]
    tracks = json.loads(client.content(found))["tracks"]
    imported = client.run_tool(history, "fairtracks_import", {"sources": dataset(found), "way|mode": "import"}).collections["output_tracks"]
    states = {each["element_identifier"]: each["object"]["state"] for each in client.collection(imported)["elements"]}
    assert states == {track["local_id"]: "ok" for track in tracks}
    assert len(states) >= 3


def test_every_offered_track_of_the_epigenome_has_a_file(client, history):
    document = client.upload_file(history, TEST_DATA / "epigenome.fairtracks.json", "json")
    imported = client.run_tool(history, "fairtracks_import", {"sources": dataset(document), "way|mode": "import"}).collections["output_tracks"]
    elements = client.collection(imported)["elements"]
    assert len(elements) == 12
    assert {each["object"]["file_ext"] for each in elements} == {"bed", "bedgraph", "bigbed", "bigwig"}

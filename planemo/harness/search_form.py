"""What the form of FAIRtracks search offers: lists of a server that answers and of one that does not, and those of a catalog.

And what is found by it: the same tracks in a document and on a server, by values picked and by the expression that they become.
"""

import json
from collections.abc import Iterator

from .client import Client
from .import_check import Checks
from .outcome import Outcome
from .places import TEST_DATA, WORKFLOWS
from .run import Run
from .trackfind_server import REPOSITORY
from .workflows import Workflow

TOOL = "fairtracks_search"
DOCUMENT = TEST_DATA / "blood.fairtracks.json"
CATALOG = TEST_DATA / "catalog.tabular"
PICKED_VALUES = WORKFLOWS / "searches" / "picked_values.gxwf.yml"
HUBS = [["Example / Blood (62 tracks)", "Example/Blood", False], ["Example / H1 (4 tracks)", "Example/H1", False]]
LISTED = {"source|from": "server", "source|hub|from": "listed", "query|mode": "expression", "query|expression": "true"}


def search_form(run: Run) -> Outcome:
    """Builds the form of our Galaxy again and again, as a browser does."""
    client, server, checks = run.warm_galaxy().client, run.providers.trackfind, Checks()
    history = client.create_history("search form")
    document = client.upload(history, DOCUMENT.name, DOCUMENT.read_bytes(), "json")
    with checks.trying("the list of a server"):
        listed(client, history, checks, "while the server answers", HUBS)
    with checks.trying("the list of a server that is down"):
        server.stop()
        listed(client, history, checks, "while the server is down", [])
        checks.equal("what is wrong with the form that needs no server", built(client, history, {})["errors"], {})
    server.launch()
    with checks.trying("the lists of a catalog"):
        from_catalog(client, history, checks)
    with checks.trying("values picked from a catalog of our own"):
        picked(client, history, document, checks)
    with checks.trying("values chosen in a workflow, before there is a catalog"):
        in_a_workflow(client, history, checks)
    client.delete_history(history)
    return Outcome(checks.passed, checks.failures, (client.log, server.log))


def listed(client: Client, history: str, checks: Checks, when: str, hubs: list) -> None:
    form = built(client, history, LISTED)
    checks.equal(f"hubs {when}", field(form, "source|hub|repository")["options"], hubs)
    servers = [["Example TrackFind", "https://trackfind.example.org", False]]
    checks.equal(f"servers of the administrator {when}", field(form, "source|server|url")["options"], servers)
    expected = {} if hubs else {"source|hub|repository"}
    checks.equal(f"fields with something wrong {when}", set(form["errors"]), set(expected))


def from_catalog(client: Client, history: str, checks: Checks) -> None:
    """The lines of the catalog are the options, each value as it stands there, and the line of titles is none."""
    lines = [line.split("\t") for line in CATALOG.read_text().splitlines()[1:]]
    catalog = client.upload(history, CATALOG.name, CATALOG.read_bytes(), "tabular")
    hub, attribute = f"{REPOSITORY} / Blood", "tracks->label_long"
    asked = {"query|mode": "catalog", "query|catalog": {"src": "hda", "id": catalog}, "query|hub": hub}
    form = built(client, history, asked | {"query|conditions_0|attribute": attribute})
    checks.equal("hubs of the catalog", values(field(form, "query|hub")), unique(line[6] for line in lines))
    offered = field(form, "query|conditions_0|attribute")["options"]
    checks.equal("attributes of a hub", [option[:2] for option in offered], unique([line[8], line[7]] for line in lines if line[6] == hub))
    offered = field(form, "query|conditions_0|values")["options"]
    expected = [[line[9], line[4]] for line in lines if line[6:8] == [hub, attribute]]
    checks.equal("values of an attribute", [option[:2] for option in offered], expected)
    hits = TEST_DATA / "blood_three_tracks.hits.tsv"
    other = client.upload(history, hits.name, hits.read_bytes(), "tabular")
    form = built(client, history, asked | {"query|catalog": {"src": "hda", "id": other}})
    checks.equal("hubs of a table that is no catalog", values(field(form, "query|hub")), [])


def picked(client: Client, history: str, document: str, checks: Checks) -> None:
    """Lists a hub of the server and searches it by the first values that the form offers, and the document likewise."""
    server = {"source|from": "server", "source|server|from": "known", "source|server|url": "https://trackfind.example.org"}
    hub = {"source|repository": REPOSITORY, "source|hub": "Blood", "source|count": "true"}
    made = client.run_tool(history, "fairtracks_catalog", server | hub).datasets["output_form_table"]
    query: dict[str, object] = {"query|mode": "catalog", "query|catalog": {"src": "hda", "id": made}}
    query["query|hub"] = values(field(built(client, history, query), "query|hub"))[0]
    attributes = values(field(built(client, history, query), "query|conditions_0|attribute"))[:2]
    for number, attribute in enumerate(attributes):
        query[f"query|conditions_{number}|attribute"] = attribute
        offered = values(field(built(client, history, query), f"query|conditions_{number}|values"))
        query[f"query|conditions_{number}|values"] = offered[:3]
    found = {}
    for name, source in (("server", server), ("document", {"source|document": {"src": "hda", "id": document}})):
        found[name] = search(client, history, source | query)
        expression = {"query|mode": "expression", "query|expression": found[name]["subset_of"]["search"]["query"]}
        fields = {"source|hub|repository": REPOSITORY, "source|hub|name": "Blood"} if name == "server" else {}
        again = search(client, history, source | fields | expression)
        checks.equal(f"tracks found by the expression, {name}", tracks(again), tracks(found[name]))
    checks.equal("whether something was found", bool(tracks(found["server"])), True)
    checks.equal("tracks found in a document and on a server", tracks(found["document"]), tracks(found["server"]))


def in_a_workflow(client: Client, history: str, checks: Checks) -> None:
    workflow = Workflow(PICKED_VALUES)
    hits = workflow.finish(client, workflow.start(client, history))["hits"]
    expected = workflow.test["outputs"]["hits"]["asserts"][0]["value"]
    checks.equal("tracks found by a workflow", str(json.loads(client.content(hits["id"]))["subset_of"]["hits"]), expected)


def search(client: Client, history: str, inputs: dict[str, object]) -> dict:
    return json.loads(client.content(client.run_tool(history, TOOL, inputs).datasets["output_document"]))


def tracks(document: dict) -> list[str]:
    return [track["local_id"] for track in document["tracks"]]


def built(client: Client, history: str, inputs: dict[str, object]) -> dict:
    return client.post(f"/api/tools/{TOOL}/build", {"inputs": inputs, "history_id": history})


def field(form: dict, name: str) -> dict:
    """A field of a form by its full name; of a choice the case that is chosen."""
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


def values(parameter: dict) -> list[str]:
    return [value for _, value, _ in parameter["options"]]


def unique(items: Iterator) -> list:
    found = []
    for item in items:
        if item not in found:
            found.append(item)
    return found

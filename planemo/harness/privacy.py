"""Whether what is private stays in Galaxy: it is planted where users leave such things, and sought in all that follow writes."""

import io
import json
import zipfile
from collections.abc import Iterator

from .chains_by_hand import FIRST, elements, three_tracks
from .client import Client, Outputs
from .follow_score import rows
from .following import collection, copy, dataset, export, follow, rename
from .import_check import Checks
from .outcome import Outcome
from .run import Run

EMAIL = "ann.secret@hospital.example.org"
FOLDER = "/srv/galaxy/private/ann"
TOKEN = "glpat-x7" + "Kq9Wz4Rt" * 2
PASSWORD = "password-of-ann"
PASTED = "words-that-ann-pasted"
SECOND_USER, SECRET = "second@example.org", "study of the second user"


def privacy(run: Run) -> Outcome:
    """Follows results with private things among their ancestors, of the user and of another."""
    galaxy = run.warm_galaxy()
    client, checks = galaxy.client, Checks()
    history = client.create_history("privacy")
    with checks.trying("what a user leaves in Galaxy"):
        planted(client, history, run, checks)
    with checks.trying("a dataset of another user"):
        unseen(client, history, checks)
    client.delete_history(history)
    return Outcome(checks.passed, checks.failures, (client.log,))


def planted(client: Client, history: str, run: Run, checks: Checks) -> None:
    """Private words in names, parameters, addresses and contents; then each is sought in every file."""
    tracks, crates = three_tracks(client, history)
    address = f"https://ann:{PASSWORD}@tracks.example.org/cells/cells_dnase.bed?token={TOKEN}"
    pasted = fetch(client, history, {"src": "pasted", "paste_content": f"chr1\t1\t9\t{PASTED}\n", "ext": "bed"})
    sourced = client.run_tool(history, "sourced_file", {"file": dataset(pasted), "address": address}).collections["files"]
    (served,) = elements(client, sourced).values()
    checks.equal("a password in an address", PASSWORD in json.dumps(client.get(f"/api/datasets/{served}")["sources"]), True)
    plants = {"e-mail address": EMAIL, "path": FOLDER, "token": TOKEN, "key of Galaxy": client.key}
    rename(client, history, pasted, f"{FOLDER}/patients.bed of {EMAIL} token={TOKEN}, {client.key}")
    kept = pasted
    for plant in plants.values():
        # The tool keeps what is not the plant, and has it as a parameter.
        inputs = {"input": dataset(kept), "pattern": plant, "invert": "-v", "keep_header": "false"}
        made = client.run_tool(history, "Grep1", inputs)
        kept = made.datasets["out_file1"]
        stored = client.get(f"/api/jobs/{made.jobs[0]['id']}", full="true")["params"]
        checks.equal("a plant among the parameters of a job", plant in json.dumps(stored), True)
    inputs = {"input1": dataset(elements(client, tracks)[FIRST])}
    inputs |= {f"queries_{number}|input2": dataset(each) for number, each in enumerate((kept, served))}
    result = client.run_tool(history, "cat1", inputs).datasets["out_file1"]
    plants |= {"password": PASSWORD, "pasted text": PASTED, "path of this server": str(run.folder)}
    ways = {"walk": {}, "export": {"lineage__exports": dataset(export(client, history))}}
    for mode, more in ways.items():
        made = follow(client, history, [dataset(result)], [collection(crates)], keep_lineage="true", lineage__mode=mode, **more)
        (row,) = rows(client.content(made.datasets["output_table"]).decode())
        checks.equal(f"tracks of a result with private ancestors, {mode}", row["proven_tracks"], FIRST)
        files = dict(written(client, made))
        checks.equal(f"steps with private parameters, {mode}", b"Grep1" in files["output_lineage"], True)
        for what, plant in plants.items():
            holders = [name for name, content in files.items() if plant.encode() in content]
            checks.equal(f"files that hold the {what}, {mode}", holders, [])


def unseen(client: Client, history: str, checks: Checks) -> None:
    """Another user shares a result, and keeps to herself what it was made of."""
    other = client.create_user(SECOND_USER, "second", "password-of-second")
    place = other.create_history("of the second user")
    secret = other.upload(place, SECRET, b"chr1\t1\t9\tx\n", "bed")
    inputs = {"input": dataset(secret), "pattern": "x", "invert": "", "keep_header": "false"}
    shared = other.run_tool(place, "Grep1", inputs).datasets["out_file1"]
    rename(other, place, shared, "shared")
    other.put(f"/api/datasets/{secret}/permissions", {"action": "make_private"})
    other.put(f"/api/datasets/{shared}/permissions", {"action": "remove_restrictions"})
    tracks, crates = three_tracks(client, history)
    inputs = {"input1": dataset(elements(client, tracks)[FIRST]), "queries_0|input2": dataset(copy(client, shared, history))}
    result = client.run_tool(history, "cat1", inputs).datasets["out_file1"]
    made = follow(client, history, [dataset(result)], [collection(crates)], keep_lineage="true")
    (row,) = rows(client.content(made.datasets["output_table"]).decode())
    checks.equal("tracks of a result with another user's ancestors", row["proven_tracks"], FIRST)
    files = dict(written(client, made))
    lineage = json.loads(files["output_lineage"])
    checks.equal("where the walk stops", [(stop["at"], stop["why"]) for stop in lineage["stopped"]], [(shared, "access")])
    details = other.get(f"/api/datasets/{secret}")
    for what in ("id", "uuid", "name"):
        holders = [name for name, content in files.items() if details[what].encode() in content]
        checks.equal(f"files that hold the {what} of another user's dataset", holders, [])


def fetch(client: Client, history: str, element: dict[str, object]) -> str:
    """Has Galaxy bring a dataset in."""
    targets = [{"destination": {"type": "hdas"}, "elements": [element]}]
    started = client.post("/api/tools/fetch", {"history_id": history, "targets": targets})
    client.wait_for_jobs(started["jobs"])
    return started["outputs"][0]["id"]


def written(client: Client, made: Outputs) -> Iterator[tuple[str, bytes]]:
    """All that a job wrote, the crates unpacked."""
    for name, identifier in made.datasets.items():
        yield name, client.content(identifier)
    for each in client.collection(made.collections["output_crates"])["elements"]:
        with zipfile.ZipFile(io.BytesIO(client.content(each["object"]["id"]))) as crate:
            yield f"names in {each['element_identifier']}", "\n".join(crate.namelist()).encode()
            for member in crate.namelist():
                yield f"{each['element_identifier']}/{member}", crate.read(member)

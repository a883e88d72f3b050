"""What is private stays in Galaxy: it is planted where users leave such things, and sought in all that follow writes."""

import io
import json
import zipfile

import pytest
from harness.client import collection, dataset
from harness.following import FIRST, copy, export, follow, rename, rows, three_tracks

EMAIL = "ann.secret@hospital.example.org"
FOLDER = "/srv/galaxy/private/ann"
TOKEN = "glpat-x7" + "Kq9Wz4Rt" * 2
PASSWORD = "password-of-ann"
PASTED = "words-that-ann-pasted"


def test_what_a_user_leaves_in_galaxy(run, client, history, imported, subtests):
    """Private words in names, parameters, addresses and contents; then each is sought in every file."""
    tracks, crates = imported
    address = f"https://ann:{PASSWORD}@tracks.example.org/cells/cells_dnase.bed?token={TOKEN}"
    pasted = fetch(client, history, {"src": "pasted", "paste_content": f"chr1\t1\t9\t{PASTED}\n", "ext": "bed"})
    sourced = client.run_tool(history, "sourced_file", {"file": dataset(pasted), "address": address}).collections["files"]
    (served,) = client.elements(sourced).values()
    assert PASSWORD in json.dumps(client.datasets.show_dataset(served)["sources"])
    plants = {"e-mail address": EMAIL, "path": FOLDER, "token": TOKEN, "key of Galaxy": client.key}
    rename(client, history, pasted, f"{FOLDER}/patients.bed of {EMAIL} token={TOKEN}, {client.key}")
    kept = pasted
    for plant in plants.values():
        # The tool keeps what is not the plant, and has it as a parameter.
        inputs = {"input": dataset(kept), "pattern": plant, "invert": "-v", "keep_header": "false"}
        made = client.run_tool(history, "Grep1", inputs)
        kept = made.datasets["out_file1"]
        assert plant in json.dumps(client.jobs.show_job(made.jobs[0], full_details=True)["params"])
    inputs = {"input1": dataset(client.elements(tracks)[FIRST])}
    inputs |= {f"queries_{number}|input2": dataset(each) for number, each in enumerate((kept, served))}
    result = client.run_tool(history, "cat1", inputs).datasets["out_file1"]
    plants |= {"password": PASSWORD, "pasted text": PASTED, "path of this server": str(run.folder)}
    for mode, more in {"galaxy": {}, "export": {"lineage__exports": dataset(export(client, history))}}.items():
        made = follow(client, history, [dataset(result)], [collection(crates)], keep_lineage="true", lineage__mode=mode, **more)
        (row,) = rows(client.content(made.datasets["output_table"]))
        files = written(client, made)
        with subtests.test(f"the tracks are proven, {mode}"):
            assert row["proven_tracks"] == FIRST
        with subtests.test(f"the steps with private parameters are in the lineage, {mode}"):
            assert b"Grep1" in files["output_lineage"]
        # The administrator sees the command line, whose paths are of this server.
        with subtests.test(f"key of Galaxy not in the record of the job, {mode}"):
            assert client.key not in json.dumps(client.jobs.show_job(made.jobs[0], full_details=True))
        for what, plant in plants.items():
            with subtests.test(f"{what} in no file, {mode}"):
                assert [name for name, content in files.items() if plant.encode() in content] == []


@pytest.mark.parametrize("who", ("administrator", "user"))
def test_a_dataset_of_another_user(galaxy, who, subtests):
    """Another user shares a result, and keeps to herself what it was made of; Galaxy would tell an administrator."""
    client = galaxy.client if who == "administrator" else galaxy.client.create_user("third@example.org", "third", "password-of-third")
    history = client.create_history("of the first user")
    tracks, crates = three_tracks(client, history)
    other = galaxy.client.create_user(f"second-{who}@example.org", f"second-{who}", "password-of-second")
    place = other.create_history("of the second user")
    secret = other.upload(place, "study of the second user", b"chr1\t1\t9\tx\n", "bed")
    inputs = {"input": dataset(secret), "pattern": "x", "invert": "", "keep_header": "false"}
    shared = other.run_tool(place, "Grep1", inputs).datasets["out_file1"]
    rename(other, place, shared, "shared")
    for each, action in ((secret, "make_private"), (shared, "remove_restrictions")):
        other.make_put_request(f"{other.url}/datasets/{each}/permissions", {"action": action})
    other.histories.update_history(place, importable=True)
    inputs = {"input1": dataset(client.elements(tracks)[FIRST]), "queries_0|input2": dataset(copied := copy(client, shared, history))}
    result = client.run_tool(history, "cat1", inputs).datasets["out_file1"]
    made = follow(client, history, [dataset(result)], [collection(crates)], keep_lineage="true")
    (row,) = rows(client.content(made.datasets["output_table"]))
    assert row["proven_tracks"] == FIRST
    files = written(client, made)
    stopped = json.loads(files["output_lineage"])["stopped"]
    assert {stop["why"] for stop in stopped} == {"access"}
    assert {stop["at"] for stop in stopped} <= {shared, copied}
    details = other.datasets.show_dataset(secret)
    for what in ("id", "uuid", "name"):
        with subtests.test(f"the {what} in no file"):
            assert [name for name, content in files.items() if details[what].encode() in content] == []


def fetch(client, history, element):
    """Has Galaxy bring a dataset in."""
    targets = [{"destination": {"type": "hdas"}, "elements": [element]}]
    started = client.make_post_request(f"{client.url}/tools/fetch", {"history_id": history, "targets": targets})
    client.wait_for_jobs([job["id"] for job in started["jobs"]])
    return started["outputs"][0]["id"]


def written(client, made):
    """All that a job wrote by name, the crates unpacked."""
    files = {name: client.content(identifier) for name, identifier in made.datasets.items()}
    for each, identifier in client.elements(made.collections["output_crates"]).items():
        with zipfile.ZipFile(io.BytesIO(client.content(identifier))) as crate:
            files[f"names in {each}"] = "\n".join(crate.namelist()).encode()
            files |= {f"{each}/{member}": crate.read(member) for member in crate.namelist()}
    return files

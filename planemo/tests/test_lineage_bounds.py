"""Lineage by Galaxy's API keeps its bounds of datasets, steps and time, and the job succeeds whatever the API answers."""

import json
import sqlite3
import time
from contextlib import closing

from harness.client import collection, dataset
from harness.configuration import REMOTE_USER
from harness.following import FIRST, copy, follow, rows

# A collection of this many datasets, and so often a copy of it: 6,000 datasets.
DATASETS, COPIES = 200, 29
MOST_DATASETS, MOST_STEPS = 5000, 50
# A collection of this many datasets that three tools are mapped over.
MAPPED = 100


def test_a_history_of_thousands_of_datasets(galaxy, client, history, imported, record_property):
    """One result of many datasets, each a copy of a copy."""
    _, crates = imported
    started = time.monotonic()
    lines = "".join(f"chr1\t{number}\t{number + 1}\n" for number in range(DATASETS)).encode()
    whole = client.upload(history, "lines", lines, "bed")
    split = client.run_tool(history, "split_lines", {"whole": dataset(whole)}).collections["lines"]
    asked = {"type": "dataset_collection", "source": "hdca", "content": split, "copy_elements": True}
    copied = client.make_post_request(f"{client.url}/histories/{history}/contents", asked)["id"]
    copy_often(galaxy.configuration.database, COPIES - 1)
    result = client.run_tool(history, "merge_files", {"parts": collection(copied)}).datasets["merged"]
    made = time.monotonic() - started
    outputs = follow(client, history, [dataset(result)], [collection(crates)], keep_lineage="true")
    lineage = json.loads(client.content(outputs.datasets["output_lineage"]))
    (row,) = rows(client.content(outputs.datasets["output_table"]))
    # The limit of datasets or that of time, whichever comes first.
    assert 1 < len(lineage["datasets"]) <= MOST_DATASETS
    assert {stop["why"] for stop in lineage["stopped"]} == {"limit"}
    assert (row["proven_tracks"], bool(row["findings"])) == ("", True)
    record_property("note", f"  {DATASETS * (COPIES + 1)} datasets were made in {made:.1f} s")
    record_property("note", cost(lineage))


def test_a_hundred_tracks_mapped_over_three_tools(client, history, imported, record_property):
    """Three hundred ancestors and more: all of them are asked for within the limit of time."""
    _, crates = imported
    lines = "".join(f"chr1\t{number}\t{number + 1}\n" for number in range(MAPPED)).encode()
    newest = client.run_tool(history, "split_lines", {"whole": dataset(client.upload(history, "mapped", lines, "bed"))}).collections["lines"]
    for _ in range(3):
        newest = sort(client, history, newest)
    outputs = follow(client, history, [collection(newest)], [collection(crates)], keep_lineage="true")
    lineage = json.loads(client.content(outputs.datasets["output_lineage"]))
    # The last result of each lane is an ancestor of none.
    assert (lineage["complete"], len(lineage["datasets"])) == (True, 4 * MAPPED + 1)
    assert {job["tool_version"] for job in lineage["jobs"] if job["tool_id"] == "sort1"} == {sort_version(client)}
    record_property("note", cost(lineage))


def sort(client, history, of):
    inputs = {"input": {"batch": True, "values": [collection(of)]}, "column": "2", "style": "num", "order": "DESC"}
    return client.run_tool(history, "sort1", inputs).collections["out_file1"]


def sort_version(client):
    return client.make_get_request(f"{client.url}/tools/sort1").json()["version"]


def cost(lineage):
    """What it costs to ask."""
    count, seconds = len(lineage["datasets"]), lineage["seconds"]
    return f"  {count} datasets and {len(lineage['jobs'])} jobs in {seconds:.1f} s, {1000 * seconds / count:.1f} ms a dataset"


def copy_often(database, times):
    """Puts copies between the newest copies and their originals, as Galaxy does, which takes ten milliseconds for each."""
    table, origin = "history_dataset_association", "copied_from_history_dataset_association_id"
    with closing(sqlite3.connect(database, timeout=60)) as connection, connection:
        columns = [column for _, column, *_ in connection.execute(f"PRAGMA table_info({table})")]
        same = ", ".join(column for column in columns if column not in ("id", origin))
        newest = f"SELECT id, {origin} FROM {table} WHERE {origin} IS NOT NULL ORDER BY id DESC LIMIT {DATASETS}"
        for copied, original in connection.execute(newest).fetchall():
            for _ in range(times):
                insert = f"INSERT INTO {table} ({same}, {origin}) SELECT {same}, ? FROM {table} WHERE id = ?"
                original = connection.execute(insert, (original, original)).lastrowid
            connection.execute(f"UPDATE {table} SET {origin} = ? WHERE id = ?", (original, copied))


def test_a_result_many_steps_from_its_track(client, history, imported):
    """A copy of a copy of a result, and so on: Galaxy names the job of the first one, which proves the track; the copies end at the bound."""
    tracks, crates = imported
    inputs = {"input": dataset(client.elements(tracks)[FIRST]), "column": "2", "style": "num", "order": "DESC"}
    newest = client.run_tool(history, "sort1", inputs).datasets["out_file1"]
    for _ in range(MOST_STEPS + 5):
        newest = copy(client, newest, history)
    outputs = follow(client, history, [dataset(newest)], [collection(crates)], keep_lineage="true")
    lineage = json.loads(client.content(outputs.datasets["output_lineage"]))
    # The result, its copies and the track.
    assert len(lineage["datasets"]) == MOST_STEPS + 2
    assert [stop["why"] for stop in lineage["stopped"]] == ["limit"]
    (row,) = rows(client.content(outputs.datasets["output_table"]))
    assert (row["proven_tracks"], row["evidence"]) == (FIRST, "lineage")


def test_copies_of_a_track_need_no_lineage(client, history, imported):
    """The crates describe the bytes: nothing further back is asked for."""
    tracks, crates = imported
    newest = copy(client, copy(client, client.elements(tracks)[FIRST], history), history)
    outputs = follow(client, history, [dataset(newest)], [collection(crates)], keep_lineage="true")
    lineage = json.loads(client.content(outputs.datasets["output_lineage"]))
    assert (lineage["complete"], len(lineage["datasets"])) == (True, 2)
    (row,) = rows(client.content(outputs.datasets["output_table"]))
    assert (row["proven_tracks"], row["evidence"].split(",")[0]) == (FIRST, "content (SHA-256)")


def test_a_job_away_from_galaxy(client, imported):
    """The job fills in the template by itself, without number and history of its outputs: the API still tells."""
    tracks, crates = imported
    other = client.create_user(REMOTE_USER, "remote", "password-of-remote")
    history = other.create_history("away from Galaxy")
    inputs = {"input": dataset(client.elements(tracks)[FIRST]), "column": "2", "style": "num", "order": "DESC"}
    result = other.run_tool(history, "sort1", inputs).datasets["out_file1"]
    outputs = follow(other, history, [dataset(result)], [collection(crates)], keep_lineage="true")
    lineage = json.loads(other.content(outputs.datasets["output_lineage"]))
    assert (lineage["producer"], "" in lineage["leaves"], len(lineage["jobs"])) == ("api", False, 1)
    (row,) = rows(other.content(outputs.datasets["output_table"]))
    assert (row["proven_tracks"], row["evidence"]) == (FIRST, "lineage")
    other.histories.delete_history(history, purge=True)

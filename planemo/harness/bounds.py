"""Whether the walk through Galaxy's memory keeps its bounds, and the job ends well whatever becomes of the walk."""

import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from .chains_by_hand import FIRST, elements, three_tracks
from .client import Client
from .configuration import REMOTE_USER
from .follow_score import rows
from .following import collection, copy, dataset, follow
from .import_check import Checks
from .outcome import Outcome
from .run import Run

# A collection of so many datasets, and so often a copy of it: 6,000 datasets.
DATASETS, COPIES = 200, 29
MOST_DATASETS, MOST_STEPS = 5000, 50


def bounds(run: Run) -> Outcome:
    """Follows a result of a long history, one with a long past, and one where Galaxy cannot be asked."""
    galaxy = run.warm_galaxy()
    client, checks = galaxy.client, Checks()
    notes: list[str] = []
    history = client.create_history("bounds")
    tracks, crates = three_tracks(client, history)
    first = elements(client, tracks)[FIRST]
    with checks.trying("a history of thousands of datasets"):
        notes += many(client, history, crates, galaxy.configuration.database, checks)
    with checks.trying("a result many steps from its track"):
        far(client, history, first, crates, checks)
    with checks.trying("a job away from Galaxy"):
        other = client.create_user(REMOTE_USER, "remote", "password-of-remote")
        away(other, tracks, crates, list(elements(client, tracks)), checks)
    client.delete_history(history)
    return Outcome(checks.passed, checks.failures, (client.log,), notes=notes)


def many(client: Client, history: str, crates: str, database: Path, checks: Checks) -> list[str]:
    """One result of many datasets, each a copy of a copy."""
    started = time.monotonic()
    lines = "".join(f"chr1\t{number}\t{number + 1}\n" for number in range(DATASETS)).encode()
    whole = client.upload(history, "lines", lines, "bed")
    split = client.run_tool(history, "split_lines", {"whole": dataset(whole)}).collections["lines"]
    asked = {"type": "dataset_collection", "source": "hdca", "content": split, "copy_elements": True}
    copied = client.post(f"/api/histories/{history}/contents", asked)["id"]
    copy_often(database, COPIES - 1)
    result = client.run_tool(history, "merge_files", {"parts": collection(copied)}).datasets["merged"]
    made = time.monotonic() - started
    outputs = follow(client, history, [dataset(result)], [collection(crates)], keep_lineage="true")
    lineage = json.loads(client.content(outputs.datasets["output_lineage"]))
    (row,) = rows(client.content(outputs.datasets["output_table"]).decode())
    found = len(lineage["datasets"])
    checks.equal("datasets of a walk that is cut short", found, MOST_DATASETS)
    checks.equal("why it is cut short", {stop["why"] for stop in lineage["stopped"]}, {"limit"})
    checks.equal("a result of which not all is known", (row["proven_tracks"], bool(row["findings"])), ("", True))
    seconds = lineage.get("seconds")
    note = f"{DATASETS * (COPIES + 1)} datasets were made in {made:.1f} s"
    if seconds:
        note += f"; the walk took {seconds:.2f} s, {1000 * seconds / found:.2f} s per 1,000 datasets"
    return [note]


def copy_often(database: Path, times: int) -> None:
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


def far(client: Client, history: str, track: str, crates: str, checks: Checks) -> None:
    """A copy of a copy of a track, and so on: beyond the bound only its content proves it."""
    newest = track
    for _ in range(MOST_STEPS + 5):
        newest = copy(client, newest, history)
    outputs = follow(client, history, [dataset(newest)], [collection(crates)], keep_lineage="true")
    lineage = json.loads(client.content(outputs.datasets["output_lineage"]))
    checks.equal("datasets of a walk that goes far back", len(lineage["datasets"]), MOST_STEPS + 1)
    checks.equal("stops of a walk that goes far back", [stop["why"] for stop in lineage["stopped"]], ["limit"])
    (row,) = rows(client.content(outputs.datasets["output_table"]).decode())
    checks.equal("evidence of a result far from its track", (row["proven_tracks"], row["evidence"].split(",")[0]), (FIRST, "content (SHA-256)"))


def away(client: Client, tracks: str, crates: str, names: list[str], checks: Checks) -> None:
    """The template is filled in by the job, which knows nothing of Galaxy's database: only content proves."""
    history = client.create_history("away from Galaxy")
    outputs = follow(client, history, [collection(tracks)], [collection(crates)], keep_lineage="true")
    lineage = json.loads(client.content(outputs.datasets["output_lineage"]))
    checks.equal("a walk away from Galaxy", [(stop["at"], stop["why"]) for stop in lineage["stopped"]], [("", "error")])
    table = rows(client.content(outputs.datasets["output_table"]).decode())
    evidence = [(row["result"], row["proven_tracks"], row["evidence"]) for row in table]
    checks.equal("evidence away from Galaxy", evidence, [(name, name, "content (SHA-256)") for name in names])
    client.delete_history(history)

"""Whether the walk through Galaxy's memory keeps its bounds, and the job ends well whatever becomes of the walk."""

import json
import time

from .chains_by_hand import FIRST, elements, three_tracks
from .client import Client
from .configuration import REMOTE_USER
from .follow_score import rows
from .following import collection, copy, dataset, follow
from .import_check import Checks
from .outcome import Outcome
from .run import Run

# A collection of so many datasets is copied so often: 6,000 datasets, and some that are not copies.
DATASETS, COPIES = 200, 29
MOST_DATASETS, MOST_STEPS = 5000, 50


def bounds(run: Run) -> Outcome:
    """Follows a result of a long history, one with a long past, and one where Galaxy cannot be asked."""
    client, checks = run.warm_galaxy().client, Checks()
    notes: list[str] = []
    history = client.create_history("bounds")
    tracks, crates = three_tracks(client, history)
    first = elements(client, tracks)[FIRST]
    with checks.trying("a history of thousands of datasets"):
        notes += many(client, history, crates, checks)
    with checks.trying("a result many steps from its track"):
        far(client, history, first, crates, checks)
    with checks.trying("a job away from Galaxy"):
        away(client.create_user(REMOTE_USER, "remote", "password-of-remote"), checks)
    client.delete_history(history)
    return Outcome(checks.passed, checks.failures, (client.log,), notes=notes)


def many(client: Client, history: str, crates: str, checks: Checks) -> list[str]:
    """One result of many datasets, each a copy of a copy."""
    lines = "".join(f"chr1\t{number}\t{number + 1}\n" for number in range(DATASETS)).encode()
    whole = client.upload(history, "lines", lines, "bed")
    started = time.monotonic()
    newest = client.run_tool(history, "split_lines", {"whole": dataset(whole)}).collections["lines"]
    for _ in range(COPIES):
        asked = {"type": "dataset_collection", "source": "hdca", "content": newest, "copy_elements": True}
        newest = client.post(f"/api/histories/{history}/contents", asked)["id"]
    result = client.run_tool(history, "merge_files", {"parts": collection(newest)}).datasets["merged"]
    made = time.monotonic() - started
    outputs = follow(client, history, [dataset(result)], [collection(crates)], keep_lineage="true")
    lineage = json.loads(client.content(outputs.datasets["output_lineage"]))
    (row,) = rows(client.content(outputs.datasets["output_table"]).decode())
    found = len(lineage["datasets"])
    checks.equal("datasets of a walk that is cut short", found, MOST_DATASETS)
    checks.equal("why it is cut short", {stop["why"] for stop in lineage["stopped"]}, {"limit"})
    checks.equal("a result of which not all is known", (row["proven_tracks"], bool(row["findings"])), ("", True))
    milliseconds = lineage.get("milliseconds")
    note = f"{DATASETS * (COPIES + 1)} datasets were made in {made:.1f} s"
    if milliseconds:
        note += f"; the walk took {milliseconds / 1000:.2f} s, {milliseconds / found:.2f} s per 1,000 datasets"
    return [note]


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
    checks.equal("evidence of a result far from its track", (row["proven_tracks"], row["evidence"].split(",")[0]), (FIRST, "content"))


def away(client: Client, checks: Checks) -> None:
    """The template is filled in by the job, which knows nothing of Galaxy's database: only content proves."""
    history = client.create_history("away from Galaxy")
    tracks, crates = three_tracks(client, history)
    outputs = follow(client, history, [collection(tracks)], [collection(crates)], keep_lineage="true")
    lineage = json.loads(client.content(outputs.datasets["output_lineage"]))
    checks.equal("a walk away from Galaxy", [(stop["at"], stop["why"]) for stop in lineage["stopped"]], [("", "error")])
    evidence = [(row["result"], row["proven_tracks"], row["evidence"]) for row in rows(client.content(outputs.datasets["output_table"]).decode())]
    checks.equal("evidence away from Galaxy", evidence, [(name, name, "content") for name in elements(client, tracks)])
    client.delete_history(history)

"""A document of 10,000 tracks identifies datasets that nobody imported: uploaded as served, unpacked by Galaxy, renamed, copied."""

import gzip
import hashlib
import json
import time

import pytest
from harness.client import dataset
from harness.following import copy, rename, rows
from harness.places import TEST_DATA

TRACKS = 10_000
# Of each way that a file takes into a history, and of files that must not be identified.
EACH, OTHERS = 25, 5
# All that Galaxy unpacks has this end.
PACKED = ".bed.gz"


def content(number: int) -> bytes:
    """The file of a track, in which no other track has a line."""
    return "".join(f"chr1\t{1000 * number + line}\t{1000 * number + line + 10}\ttrack_{number}\n" for line in range(20)).encode()


def packed(number: int) -> bytes:
    return gzip.compress(content(number), mtime=0)


def local_id(number: int) -> str:
    return f"made:{number:05}"


def document(address: str) -> bytes:
    """Describes the tracks; those of the second way are served packed, and most others exist nowhere."""
    whole = json.loads((TEST_DATA / "tracks.fairtracks.json").read_text())
    pattern = whole["tracks"][0]
    tracks = []
    for number in range(TRACKS):
        served = packed(number) if is_unpacked(number) else content(number)
        name = f"file_{number:05}" + (PACKED if is_unpacked(number) else ".bed")
        checksum = {"cs_method": "MD5", "cs_hash": hashlib.md5(served).hexdigest()}
        own = {"local_id": local_id(number), "file_url": address + name, "file_name": name, "label_short": name, "label_long": name}
        tracks.append(pattern | own | {"checksum": checksum})
    return json.dumps(whole | {"tracks": tracks}).encode()


def is_unpacked(number: int) -> bool:
    return EACH <= number < 2 * EACH or number >= TRACKS - OTHERS


@pytest.fixture(scope="module")
def address(run, tmp_path_factory):
    """Where the packed files are served."""
    folder = tmp_path_factory.mktemp("served")
    for number in range(EACH, 2 * EACH):
        (folder / f"file_{number:05}{PACKED}").write_bytes(packed(number))
    run.providers.tracks.folders.append(folder)
    return run.providers.tracks.http


def fetch(client, history, items):
    """Uploads several files by one job, and returns their datasets in order."""
    targets = [{"destination": {"type": "hdas"}, "items": items}]
    body = {"history_id": history, "targets": targets, "auto_decompress": True}
    started = client.make_post_request(f"{client.url}/tools/fetch", body)
    client.wait_for_jobs([job["id"] for job in started["jobs"]])
    return [output["id"] for output in started["outputs"]]


def pasted(name, text):
    return {"src": "pasted", "paste_content": text.decode(), "name": name, "ext": "bed", "dbkey": "hg38", "to_posix_lines": False}


def test_datasets_uploaded_by_hand(client, history, address, record_property, subtests):
    described = client.upload(history, "ten thousand tracks", document(address), "json")
    ways = [range(start, start + EACH) for start in range(0, 4 * EACH, EACH)]
    as_served, unpacked, renamed, copied = ways
    changed, by_hand = range(4 * EACH, 4 * EACH + OTHERS), range(TRACKS - OTHERS, TRACKS)
    items = [pasted(f"my regions {number}", content(number)) for number in (*as_served, *renamed, *copied)]
    # A changed byte.
    items += [pasted(f"changed {number}", content(number)[:-2] + b"X\n") for number in changed]
    # Unpacked by hand: neither the bytes that the document describes nor an address; half of them with the name of the file.
    name = {number: f"file_{number:05}.bed" if number % 2 else f"unknown {number}" for number in by_hand}
    items += [pasted(name[number], content(number)) for number in by_hand]
    urls = [f"{address}file_{number:05}{PACKED}" for number in unpacked]
    items += [{"src": "url", "url": url, "name": f"from the web {number}", "ext": "bed", "dbkey": "hg38"} for number, url in zip(unpacked, urls)]
    numbers = [*as_served, *renamed, *copied, *changed, *by_hand, *unpacked]
    datasets = dict(zip(numbers, fetch(client, history, items), strict=True))
    for number in renamed:
        rename(client, history, datasets[number], f"renamed {number}")
    away = client.create_history("tracks recognised, away")
    for number in copied:
        datasets[number] = copy(client, copy(client, datasets[number], away), history)
        rename(client, history, datasets[number], f"copy {number}")
    for number in unpacked:
        assert client.content(datasets[number]) == content(number), "Galaxy did not unpack the file"
    started = time.monotonic()
    given = {"values": [dataset(datasets[number]) for number in numbers]}
    inputs = {"results_0|from|kind": "datasets", "results_0|from|datasets": given, "documents": dataset(described)}
    outputs = client.run_tool(history, "fairtracks_follow", inputs)
    seconds = time.monotonic() - started
    found = {row["result"]: row for row in rows(client.content(outputs.datasets["output_table"]))}
    names = {number: client.datasets.show_dataset(datasets[number])["name"] for number in numbers}
    for title, way, evidence in (
        ("as served", as_served, "document (MD5)"),
        ("unpacked by Galaxy", unpacked, "source URL"),
        ("renamed", renamed, "document (MD5)"),
        ("copied", copied, "document (MD5)"),
    ):
        with subtests.test(title):
            expected = {names[number]: (local_id(number), evidence) for number in way}
            # The original of a copy proves it by lineage too.
            assert {name: (found[name]["proven_tracks"], found[name]["evidence"].split(",")[0]) for name in expected} == expected
    with subtests.test("a changed byte"):
        assert [found[names[number]]["proven_tracks"] for number in changed] == [""] * OTHERS
    with subtests.test("unpacked by hand"):
        assert [found[names[number]]["proven_tracks"] for number in by_hand] == [""] * OTHERS
        suggested = [found[names[number]]["suggested_tracks"] for number in by_hand]
        assert suggested == [local_id(number) if number % 2 else "" for number in by_hand]
    record_property("note", f"  {len(numbers)} datasets, {TRACKS} tracks in the document: the job took {seconds:.1f} s in all")
    client.histories.delete_history(away, purge=True)

"""Crates of results, as fairtracks_follow makes them, and of all of it, as fairtracks_package does."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from .places import BINARIES
from .processes import must_run

# The tools of an analysis in five steps, the second of which reads another track as well.
TOOLS = ("sort1", "toolshed.example.org/repos/made/up/intersect/1.0", "Filter1", "Cut1", "Show beginning1")
DATE = "2026-03-01T12:00:00+00:00"


def write_results(imported: Path, folder: Path, credits: Sequence[str], log: Path) -> None:
    """A result of two imported tracks with its crate; where people are named, also a package of it, with and without the data."""
    folder.mkdir(parents=True)
    result = folder / "result.bed"
    result.write_text("chr1\t100\t200\tregions that five tools have made of two tracks\n" * 3)
    tracks = sorted((imported / "tracks").iterdir())[:2]
    lineage, described = folder / "lineage.json", folder / "described.json"
    lineage.write_text(json.dumps(five_steps(tracks)))
    described.write_text(json.dumps([{"element_identifier": "open promoters", "name": "Open promoters", "extension": "bed", "dbkey": "hg38", "id": "d6"}]))
    given = ("--lineage", lineage, "--described", described, "--date", DATE, *credits)
    follow = (BINARIES / "fairtracks_follow", result, "--crates", imported / "crates", *given, "--output-folder", folder)
    must_run(follow, log, "Following a result failed")
    if not credits:
        return
    people = ("--creator=Josiah Carberry; 0000-0002-1825-0097", *(each for each in credits if not each.startswith("--creator")))
    packed = folder.with_name("packed") / "crates"
    packed.mkdir(parents=True)
    for payload in ("include", "reference"):
        options = ("--title", "Open promoters", "--payload", payload, "--date", DATE, *people)
        crates = ("--crates", imported / "crates", folder / "crates", "--output-crate", packed / f"{payload}.zip")
        command = (BINARIES / "fairtracks_package", result, *tracks, *options, *crates)
        must_run(command, log, "Packing a result failed")


def five_steps(tracks: Sequence[Path]) -> dict[str, object]:
    """What Galaxy would know of an analysis."""
    imported = [
        {"id": f"d{number}", "name": track.name, "created_by": "import", "hashes": [{"function": "SHA-256", "value": sha256(track)}]}
        for number, track in enumerate(tracks)
    ]
    jobs, made = [{"id": "import", "tool_id": "fairtracks_import", "tool_version": "0.1.0"}], []
    for number, tool in enumerate(TOOLS):
        inputs = ["d0", "d1"] if number == 1 else ["d0"]
        inputs = [f"d{number + 1}" if number else "d0", *inputs[1:]]
        time = f"2026-02-02T10:{number:02}:00+00:00"
        ports = [{"name": f"input{place}", "dataset": dataset} for place, dataset in enumerate(inputs)]
        outputs = [{"name": "output", "dataset": f"d{number + 2}"}]
        job = {"id": f"job{number}", "tool_id": tool, "tool_version": "1.0", "state": "ok", "start": time, "end": time}
        jobs.append(job | {"parameters": {"column": number}, "inputs": ports, "outputs": outputs})
        made.append({"id": f"d{number + 2}", "name": f"step {number + 1}", "extension": "bed", "created_by": f"job{number}"})
    known = {"version": 1, "producer": "walk", "galaxy": {"version": "26.1"}, "complete": True, "stopped": []}
    return known | {"datasets": [*imported, *made], "jobs": jobs, "leaves": [made[-1]["id"]]}


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()

"""A small crate of our own, sound or with one fault, to know what the validator and the readers see."""

import json
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

PROCESS = "https://w3id.org/ro/wfrun/process/0.5"
PERSON, ORGANISATION = "https://orcid.org/0000-0002-1825-0097", "https://ror.org/01xtthb56"
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
TOOL = "https://example.org/tools/import/1.0"
TRACK = "track.bed"
CONTENT = b"chr1\t0\t10\n"

Graph = dict[str, dict]


def sample() -> Graph:
    """The entities of a crate that follows all recommendations."""
    entities = (
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": "A track",
            "description": "One track, imported",
            "datePublished": "2026-11-22",
            "conformsTo": {"@id": PROCESS},
            "license": {"@id": LICENCE},
            "author": {"@id": PERSON},
            "publisher": {"@id": ORGANISATION},
            "hasPart": {"@id": TRACK},
            "mentions": {"@id": "#import"},
        },
        {"@id": PROCESS, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
        {"@id": TRACK, "@type": "File", "name": "A track", "contentSize": str(len(CONTENT)), "encodingFormat": "text/plain"},
        {"@id": TOOL, "@type": "SoftwareApplication", "name": "Import", "url": TOOL, "version": "1.0"},
        {
            "@id": "#import",
            "@type": "CreateAction",
            "name": "Import of a track",
            "description": "The bytes as served",
            "endTime": "2026-11-22T06:40:03+00:00",
            "agent": {"@id": ORGANISATION},
            "instrument": {"@id": TOOL},
            "result": {"@id": TRACK},
        },
        {"@id": PERSON, "@type": "Person", "name": "Josiah Carberry", "affiliation": {"@id": ORGANISATION}},
        {"@id": ORGANISATION, "@type": "Organization", "name": "Example", "url": "https://example.org/"},
        {"@id": LICENCE, "@type": "CreativeWork", "name": "CC0 1.0", "description": "Public domain"},
    )
    return {entity["@id"]: entity for entity in entities}


def without_names(graph: Graph) -> None:
    """Nobody is named."""
    for key in ("author", "publisher"):
        del graph["./"][key]
    del graph["#import"]["agent"], graph[PERSON], graph[ORGANISATION]


def without_instrument(graph: Graph) -> None:
    del graph["#import"]["instrument"]


def with_missing_file(graph: Graph) -> None:
    graph["absent.bed"] = graph[TRACK] | {"@id": "absent.bed"}
    graph["./"]["hasPart"] = [{"@id": TRACK}, {"@id": "absent.bed"}]


def with_other_time(graph: Graph) -> None:
    graph["#import"]["endTime"] = "2026-11-22T06:40:03Z"


# Folder and file; a faulty crate is named after the check that has to fail.
SAMPLES: dict[str, Callable[[Graph], object]] = {
    "complete/sample.zip": lambda graph: graph,
    "anonymous/sample.zip": without_names,
    "faulty/process-run-crate-0.5_1.1.zip": without_instrument,
    "faulty/ro-crate-1.1_12.1.zip": with_missing_file,
    "faulty/process-run-crate-0.5_8.4.zip": with_other_time,
}


def write_samples(folder: Path) -> list[Path]:
    """Writes each sample; gives the files."""
    for name, change in SAMPLES.items():
        graph = deepcopy(sample())
        change(graph)
        for entity in graph.values():
            if entity["@type"] == "File":
                entity["sha256"] = "0" * 64
        context = ["https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/terms/workflow-run/context"]
        metadata = json.dumps({"@context": context, "@graph": list(graph.values())}, indent=2)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("ro-crate-metadata.json", metadata)
            archive.writestr(TRACK, CONTENT)
    return [folder / name for name in SAMPLES]

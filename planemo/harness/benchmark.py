"""The search of `planemo/bench_search`, by our engine and by PostgreSQL."""

import json
from dataclasses import dataclass
from pathlib import Path

from .collection import objects
from .places import BINARIES
from .postgresql import Postgresql
from .timing import timed

# Many tracks, by two values; few tracks, by parts of texts and a list.
QUERIES = {
    "cells and assembly": "tracks.content->'assembly_name' ? 'hg38' AND samples.content->'sample_type'->'summary' ? 'H1-hESC'",
    "parts of texts": (
        "experiments.content->'technique'->>'term_label' ILIKE '%dnase%'"
        " AND samples.content->'sample_type'->>'summary' ILIKE '%regulatory t cell%'"
        " AND tracks.content->'file_format'->>'term_label' IN ('narrowPeak', 'broadPeak')"
    ),
}

# TrackFind's table with its two indexes.
TABLE = """
CREATE TABLE tf_current_objects (id bigint, object_type_id bigint, content jsonb);
COPY tf_current_objects FROM STDIN;
{rows}
\\.
CREATE INDEX ON tf_current_objects (object_type_id);
CREATE INDEX ON tf_current_objects USING gin (content);
ANALYZE tf_current_objects;
"""

CATEGORIES = ("tracks", "experiments", "samples", "studies", "collection_info", "doc_info")
JOINS = (("tracks", "experiment_ref", "experiments"), ("experiments", "sample_ref", "samples"), ("experiments", "study_ref", "studies"))


@dataclass(frozen=True)
class Measured:
    """What one search took."""

    tracks: int
    seconds: float
    processor_seconds: float = 0.0
    mebibytes: float = 0.0


def search(document: Path, query: str, times: int) -> Measured:
    """Our engine as a whole process, reading and writing included; the fastest run counts, and the largest memory."""
    answer = document.with_name("answer.json")
    command = (BINARIES / "fairtracks_search", "--document", document, "--query", query, "--output-document", answer)
    runs = [timed(command) for _ in range(times)]
    fastest = min(run.seconds for run in runs), min(run.processor_seconds for run in runs)
    return Measured(len(json.loads(answer.read_text())["tracks"]), *fastest, max(run.mebibytes for run in runs))


def load(server: Postgresql, document: dict) -> None:
    """Brings the document's objects into TrackFind's table."""
    rows = (
        f"{number}\t{CATEGORIES.index(category)}\t{json.dumps(content).replace(chr(92), chr(92) * 2)}"
        for number, (category, content) in enumerate(objects(document))
    )
    server.run(TABLE.format(rows="\n".join(rows)))


def ask(server: Postgresql, query: str, times: int) -> Measured:
    """The query as TrackFind asks it, the time of the answer alone, its data loaded before."""
    statement = statement_for(query)
    said = [server.run(f"\\timing on\n{statement}\n") for _ in range(times)]
    seconds = [float(text.rpartition("Time: ")[2].split()[0]) / 1000 for text in said]
    return Measured(said[0].count("\n") - 1, min(seconds))


def statement_for(query: str) -> str:
    """All objects of each combination that the query accepts."""
    columns = ", ".join(f"{name}.content, {name}.id" for name in CATEGORIES)
    tables = ", ".join(f"tf_current_objects {name}" for name in CATEGORIES)
    types = [f"{name}.object_type_id = {number}" for number, name in enumerate(CATEGORIES)]
    joins = [f"{one}.content -> '{reference}' = {other}.content -> 'local_id'" for one, reference, other in JOINS]
    return f"SELECT DISTINCT {columns} FROM {tables} WHERE {' AND '.join(types + joins)} AND ({query});"

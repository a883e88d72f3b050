"""How well results were followed: what the table of results says, held against what is true."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .following import rows


@dataclass(frozen=True)
class Truth:
    """So many results whose name matches the pattern, and the ids of the tracks that each was made of."""

    pattern: str
    sources: frozenset[str]
    results: int = 1


@dataclass
class Score:
    """Counts over the rows of a table, and a sentence for each thing that is not as it should be."""

    results: int = 0
    proven: int = 0
    missed: int = 0
    wrong: int = 0
    complaints: list[str] = field(default_factory=list)

    def row(self, mode: str) -> tuple[str, ...]:
        return (mode, *map(str, (self.results, self.proven, self.missed, self.wrong)))


TITLES = ("follow score", "results", "proven", "missed", "wrong")


def truth(asserts: Iterable[dict]) -> list[Truth]:
    """What the test of a workflow expects of the table: its lines start with a result and its tracks."""
    expected = []
    for line in asserts:
        if line["that"] == "has_line_matching":
            pattern, sources, *_ = line["expression"].split("\t")
            expected.append(Truth(pattern, frozenset(sources.split(",")), line.get("n", 1)))
    return expected


def score(table: bytes, expected: Sequence[Truth], with_lineage: bool = True) -> Score:
    """Compares each result; without lineage a result may be unproven where the table says why."""
    found = Score()
    left = {number: each.results for number, each in enumerate(expected)}
    for row in sorted(rows(table), key=lambda row: row["result"]):
        # Of results of one name, the second and later ones have a number at the end, as their crates have.
        name, unnumbered = row["result"], re.sub(r" \(\d+\)$", "", row["result"])
        proven = frozenset(filter(None, row["proven_tracks"].split(",")))
        found.results += 1
        found.proven += bool(proven)
        patterns = {number: expected[number].pattern for number in left if left[number]}
        possible = [number for number, pattern in patterns.items() if re.fullmatch(pattern, name) or re.fullmatch(pattern, unnumbered)]
        if not possible:
            found.complaints.append(f"{name}: nobody asked for this result")
            continue
        number = min(possible, key=lambda number: len(expected[number].sources ^ proven))
        left[number] -= 1
        sources = expected[number].sources
        found.wrong += len(proven - sources)
        found.missed += len(sources - proven)
        if proven - sources or with_lineage and sources - proven or not with_lineage and proven and sources - proven:
            found.complaints.append(f"{name}: found {sorted(proven)}, expected {sorted(sources)}: {row['findings']}")
        elif not proven and not row["findings"]:
            found.complaints.append(f"{name}: nothing is proven, and the table does not say why")
    absent = [f"{expected[number].pattern}: {count} results are not in the table" for number, count in left.items() if count]
    found.complaints += absent
    return found

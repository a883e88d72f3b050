"""Tracks and queries of `planemo/bench_overlap`, and the programs that count their overlaps."""

import os
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from .environment import POLARS_BIO
from .places import BINARIES, CHECKOUT, SCRIPTS
from .timing import Timed, timed

LENGTHS = CHECKOUT / "src" / "genome" / "coordinate_system" / "tables" / "hg38.tsv"
GENOME = "hg38"
LONGEST = 1_000
# The columns of BED without names, and those of narrowPeak, in which most peaks are published.
COORDINATES, NARROW_PEAK = 3, 10


def chromosomes() -> list[tuple[str, int]]:
    """The assembled chromosomes and their lengths, in the order that bedtools expects of sorted files."""
    rows = (line.split("\t") for line in LENGTHS.read_text().splitlines() if not line.startswith("#"))
    return sorted((name, int(length)) for name, length, sequences, *_ in rows if sequences == "chromosomes")


def write_regions(path: Path, count: int, shortest: int, longest: int, columns: int = COORDINATES) -> None:
    """Sorted random regions of these lengths, spread evenly over the genome; the name of the file is the seed."""
    chance = random.Random(path.name)
    lengths = chromosomes()
    whole = sum(length for _, length in lengths)
    with path.open("w") as file:
        begun = 0
        for name, length in lengths:
            # Rounded sums, so that the counts of the chromosomes add up.
            on_it = (begun + length) * count // whole - begun * count // whole
            begun += length
            starts = sorted(chance.choices(range(length - longest), k=on_it))
            spans = chance.choices(range(shortest, longest + 1), k=on_it)
            if columns == COORDINATES:
                file.writelines(f"{name}\t{start}\t{start + span}\n" for start, span in zip(starts, spans))
            else:
                file.writelines(
                    f"{name}\t{start}\t{start + span}\tpeak_{number}\t{span}\t.\t{span / 100}\t{span / 7:.5f}\t{span / 9:.5f}\t{span // 2}\n"
                    for number, (start, span) in enumerate(zip(starts, spans))
                )


def write_tracks(folder: Path, tracks: int, intervals: int, columns: int) -> Path:
    """A folder of tracks."""
    folder.mkdir()
    paths = [folder / f"track{number:03}.bed" for number in range(tracks)]
    with ProcessPoolExecutor() as pool:
        list(pool.map(partial(write_regions, count=intervals, shortest=50, longest=LONGEST, columns=columns), paths))
    return folder


def rank(query: Path, tracks: Sequence[Path], out: Path, *options: str) -> Timed:
    """fairtracks_overlap on two threads."""
    command = (BINARIES / "fairtracks_overlap", *tracks, "--query-set", query, "--genome", GENOME, "--output-table", out, *options)
    return timed(command, RAYON_NUM_THREADS="2")


@dataclass
class Program:
    """A program that finds how many elements of the query each track has."""

    name: str
    run: Callable[[], Timed]
    hits: Callable[[], dict[str, int]]
    runs: list[Timed] = field(default_factory=list)

    @property
    def processor_seconds(self) -> float:
        """The least of all runs, which other programs on the machine disturb least."""
        return min(run.processor_seconds for run in self.runs)

    @property
    def seconds(self) -> float:
        return min(run.seconds for run in self.runs)

    @property
    def mebibytes(self) -> float:
        return max(run.mebibytes for run in self.runs)


def programs(query: Path, tracks: Path, folder: Path) -> list[Program]:
    """Ours first, then polars-bio, then bedtools, which is run file by file."""
    table, counts = folder / "ranking.tsv", folder / "counts.tsv"
    genome = folder / "genome.sizes"
    genome.write_text("".join(f"{name}\t{length}\n" for name, length in chromosomes()))
    polars = (POLARS_BIO.programs / "python", SCRIPTS / "polars_overlaps.py", query, tracks, counts)
    intersected, tested = folder / "intersected", folder / "tested"
    for made in (intersected, tested):
        made.mkdir()
    each = f"for track in '{tracks}'/*; do bedtools {{}} > \"{{}}/${{{{track##*/}}}}\" || exit 1; done"
    intersect = each.format(f"intersect -c -sorted -a '{query}' -b \"$track\"", intersected)
    fisher = each.format(f"fisher -a '{query}' -b \"$track\" -g '{genome}'", tested)
    return [
        Program("fairtracks_overlap", lambda: rank(query, [tracks], table, "--null", "none"), lambda: ranked(table)),
        Program("polars-bio count_overlaps", lambda: timed(polars), lambda: counted(counts)),
        Program("bedtools intersect -c -sorted", lambda: timed(("bash", "-c", intersect)), lambda: touched(intersected)),
        # Its table has overlapping pairs, not elements, so there is nothing to compare.
        Program("bedtools fisher", lambda: timed(("bash", "-c", fisher)), dict),
    ]


def ranked(table: Path) -> dict[str, int]:
    """The hits of each track in a ranking."""
    titles, *rows = (line.lstrip("#").split("\t") for line in table.read_text().splitlines())
    name, hits = titles.index("track"), titles.index("hits")
    return {row[name]: int(row[hits]) for row in rows}


def counted(table: Path) -> dict[str, int]:
    rows = (line.split("\t") for line in table.read_text().splitlines())
    return {name: int(hits) for name, hits in rows}


def touched(folder: Path) -> dict[str, int]:
    """How many lines of each file of counts do not end in 0."""
    return {path.name: sum(not line.endswith("\t0") for line in path.read_text().splitlines()) for path in folder.iterdir()}


def megabytes(folder: Path) -> float:
    return sum(entry.stat().st_size for entry in os.scandir(folder)) / 1e6

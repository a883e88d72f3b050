"""Writes random queries, universes and tracks with the tables and p-values that gtars' LOLA finds for them.

Arguments: a folder to write to, and how many sets. Set N is `N.query.bed`, `N.universe.bed` and `N.track.bed`; `tables.tsv` has one line a set.
"""

import random
import sys
from pathlib import Path

from gtars.lola import RegionDB, run_lola

SEED = 20160229
LENGTH = 20_000
CHROMOSOMES = ("chr1", "chr2", "chr10")

Region = tuple[str, int, int]


def regions(chance: random.Random, count: int, longest: int) -> list[Region]:
    """Different regions, sorted; some overlap."""
    starts = ((chance.choice(CHROMOSOMES), chance.randrange(LENGTH - longest)) for _ in range(count))
    return sorted({(chromosome, start, start + chance.randint(1, longest)) for chromosome, start in starts})


def write(path: Path, found: list[Region]) -> None:
    path.write_text("".join(f"{chromosome}\t{start}\t{end}\n" for chromosome, start, end in found))


def line(folder: Path, number: int, chance: random.Random) -> str:
    """Makes a set and returns its table as LOLA has it: chosen inside, other inside, chosen outside, other outside."""
    universe = regions(chance, chance.randint(5, 400), chance.choice((1, 50, 300)))
    query = sorted(chance.sample(universe, chance.randint(1, len(universe) - 1)))
    track = regions(chance, chance.randint(1, 120), chance.choice((1, 100, 800)))
    for name, found in (("query", query), ("universe", universe), ("track", track)):
        write(folder / f"{number}.{name}.bed", found)
    database = RegionDB.from_bed_files([str(folder / f"{number}.track.bed")])
    answer = run_lola([query], universe, database)
    values = (answer[column][0] for column in ("support", "b", "c", "d", "pValueLog", "oddsRatio"))
    return "\t".join((str(number), *map(repr, values)))


def main() -> None:
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(SEED)
    lines = [line(folder, number, chance) for number in range(count)]
    (folder / "tables.tsv").write_text("".join(f"{line}\n" for line in lines))


main()

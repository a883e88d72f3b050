"""Counts by polars-bio how many regions of a query overlap each track.

Arguments: the query, a folder of tracks, and a file to write to: one line a track, its name and how many regions of the query overlap it.
"""

import sys
from pathlib import Path

import polars
import polars_bio

COLUMNS = ("chrom", "start", "end")


def read(path: Path) -> polars.DataFrame:
    """The regions of a BED file, marked as 0-based: otherwise polars-bio takes the starts for 1-based."""
    frame = polars.read_csv(path, separator="\t", has_header=False, columns=[0, 1, 2], new_columns=COLUMNS)
    frame.config_meta.set(coordinate_system_zero_based=True)
    return frame


def main() -> None:
    query = read(Path(sys.argv[1]))
    lines = []
    for track in sorted(Path(sys.argv[2]).iterdir()):
        counts = polars_bio.count_overlaps(query, read(track), output_type="polars.DataFrame")
        lines.append(f"{track.name}\t{counts.filter(polars.col('count') > 0).height}\n")
    Path(sys.argv[3]).write_text("".join(lines))


main()

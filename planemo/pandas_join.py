"""Flattens answers of ENCODE with pandas, and joins each file with its experiment.

Arguments: the answer with files, the answer with experiments, and a table to write to.
"""

import json
import sys
from pathlib import Path

import pandas


def flat(path: Path) -> pandas.DataFrame:
    """The items of an answer, with one column for each path of members; lists stay as they are."""
    with path.open() as file:
        return pandas.json_normalize(json.load(file)["@graph"])


def main() -> None:
    files, experiments, joined = (Path(argument) for argument in sys.argv[1:])
    rows = flat(files).merge(flat(experiments), how="left", left_on="dataset", right_on="@id", suffixes=("", "_of_dataset"))
    rows.to_csv(joined, index=False)


main()

#!/usr/bin/env python3
"""Writes refget_digests.json: random sequence collections and their digests by the package refget 0.12.0 (PyPI).

Needs `pip install refget==0.12.0`; the seed is fixed, so that the file changes only with the package.
"""

import json
import random
from pathlib import Path

from refget.digests import sha512t24u_digest
from refget.utils import build_name_length_pairs, build_sorted_name_length_pairs, seqcol_dict_to_level1_dict, seqcol_digest

RANDOM = random.Random(20260131)
NAME = "abcXYZ0189._-:*|\"\\/é染 "


def collection() -> dict:
    count = RANDOM.choice([1, 2, 3, 25])
    names = [f"{n}" + "".join(RANDOM.choices(NAME, k=RANDOM.randint(0, 8))) for n in range(count)]
    RANDOM.shuffle(names)
    bases = ["".join(RANDOM.choices("ACGTNacgtn", k=RANDOM.randint(0, 12))) for _ in names]
    seqcol = {
        "names": names,
        "lengths": [RANDOM.choice([len(one), RANDOM.randint(0, 2**31 - 1), 2**53 - 1]) for one in bases],
        "sequences": [f"SQ.{sha512t24u_digest(one.upper().encode())}" for one in bases],
    }
    level1 = seqcol_dict_to_level1_dict(seqcol)
    pairs = {
        "name_length_pairs": build_name_length_pairs(seqcol),
        "sorted_name_length_pairs": build_sorted_name_length_pairs(seqcol),
    }
    return {
        "names": names,
        "lengths": seqcol["lengths"],
        "bases": bases,
        "digests": {**level1, **seqcol_dict_to_level1_dict(pairs), "collection": seqcol_digest(seqcol)},
    }


if __name__ == "__main__":
    target = Path(__file__).with_name("refget_digests.json")
    lines = ",\n".join(json.dumps(collection(), ensure_ascii=False) for _ in range(40))
    target.write_text(f"[\n{lines}\n]\n", encoding="utf-8")

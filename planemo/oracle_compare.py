"""Holds `fairtracks_check` against the oracle: on every small document, and on seeded changes of them.

Arguments: the binary, a folder to write to, and how many changes to try. Prints one line a disagreement, then a count.
"""

import copy
import json
import random
import subprocess
import sys
from pathlib import Path

from oracle_schema import faults

TEST_DATA = Path(__file__).resolve().parent.parent / "test-data"
SEED = 20200707
ODD_VALUES = (None, True, 0, 1.5, "", " ", "0", [], {}, ["x"], {"term_id": "x"}, "x:1", "https://a.example/ b", "geo:GSE1")
# Shapes that the suite takes on purpose though the official validators refuse them (see the document of hits).
ACCEPTED = ("subset_of",)


def documents() -> dict[str, object]:
    """The small documents and the first one that are JSON of FAIRtracks v1, by name."""
    found = {}
    for path in sorted([*TEST_DATA.glob("*/*.json"), *TEST_DATA.glob("*.json")]):
        try:
            document = json.loads(path.read_bytes().decode("utf-8-sig"))
            json.dumps(document, ensure_ascii=False).encode()
        except ValueError:
            continue  # Python reads half a character as JSON, too.
        is_readable = isinstance(document, dict) and "tracks" in document and path.stem != "pre_v1_shape"
        if is_readable and not any(key in document for key in ACCEPTED):
            found[f"{path.parent.name}/{path.name}"] = document
    return found


def places(value: object) -> list[tuple[object, object]]:
    """All pairs of a container and a key in it."""
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [place for key in keys for place in ((value, key), *places(value[key]))]


def change(document: object, chance: random.Random) -> object:
    """A copy that differs in one place."""
    changed = copy.deepcopy(document)
    container, key = chance.choice(places(changed))
    value = container[key]
    kind = chance.randrange(7)
    if kind == 0:
        del container[key]
    elif kind == 1:
        container[key] = copy.deepcopy(chance.choice(ODD_VALUES))
    elif kind == 2:
        other, other_key = chance.choice(places(changed))
        container[key] = copy.deepcopy(other[other_key])
    elif kind == 3 and isinstance(container, list):
        container.append(copy.deepcopy(value))
    elif kind == 4 and isinstance(container, dict):
        container[chance.choice((str(key).upper(), f"{key}s", "note"))] = container.pop(key)
    elif isinstance(value, str):
        at = chance.randrange(len(value) + 1)
        letter = chance.choice(' :/#%?[]@é0aX-_."\\')
        container[key] = chance.choice((value[:at] + letter + value[at:], value[:at] + value[at + 1 :], value.upper(), value.lower(), value.swapcase()))
    return changed


def ours(binary: str, path: Path, table: Path) -> list[str]:
    """The findings of strength must."""
    done = subprocess.run([binary, path, "--output-table", table], capture_output=True, text=True, check=False)
    if done.returncode:
        return [done.stderr.strip()]
    return [line for line in table.read_text().splitlines() if line.startswith("must\t")]


def main(binary: str, folder: str, count: str) -> int:
    known, chance = documents(), random.Random(SEED)
    cases = dict(known)
    models = [name for name in known if name.startswith("valid/")]
    while len(cases) < len(known) + int(count):
        name = chance.choice(models)
        cases[f"change {len(cases) - len(known)} of {name}"] = change(known[name], chance)
    path, table, agreed, refused = Path(folder) / "case.json", Path(folder) / "case.tsv", 0, 0
    for name, document in cases.items():
        path.write_text(json.dumps(document))
        theirs, findings = list(faults(document)), ours(binary, path, table)
        refused += bool(theirs)
        if bool(theirs) == bool(findings):
            agreed += 1
        else:
            (Path(folder) / f"{name.replace('/', '_')}").write_text(json.dumps(document, indent=1))
            print(f"{name}: the oracle found {theirs[:1] or 'nothing'}, fairtracks_check found {findings[:1] or 'nothing'}")
    print(f"{agreed} of {len(cases)} verdicts agree, {refused} of them refusals")
    return 0 if agreed == len(cases) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

#!/usr/bin/env python3
"""Prints the proposal as a patch of Galaxy: the module and its registration, as they are in this folder.

    make_patch.py GALAXY > galaxy-26.1.patch    GALAXY is the folder of the package galaxy: lib/galaxy of a checkout, or galaxy in site-packages
"""

import argparse
import difflib
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODULE, REGISTRATION = "datatypes/fairtracks.py", "config/sample/datatypes_conf.xml.sample"
OWN_MODULE = "fairtracks_datatypes"
INDENT = {"datatype": 4, "sniffer": 4}


def module() -> str:
    """The module without the sentence that points to this folder."""
    text = (HERE / f"{OWN_MODULE}.py").read_text()
    docstring, _, rest = text.partition('"""\n\n')
    return docstring.partition("\n")[0] + '"""\n\n' + rest


def registered(sample: str) -> str:
    """Galaxy's registration with ours: the datatypes at the end of theirs, the sniffers before theirs."""
    ours = (HERE / "datatypes_conf.xml").read_text().replace(f"{OWN_MODULE}:", "galaxy.datatypes.fairtracks:")
    lines = {name: "".join(f"{' ' * INDENT[name]}{line}\n" for line in re.findall(rf"<{name} .*/>", ours)) for name in INDENT}
    sample = re.sub(r"(\n *</registration>)", lambda end: "\n" + lines["datatype"].rstrip("\n") + end[1], sample, count=1)
    return re.sub(r"(<sniffers>\n)", lambda start: start[1] + lines["sniffer"], sample, count=1)


def difference(before: str, after: str, path: str) -> str:
    source = f"a/lib/galaxy/{path}" if before else "/dev/null"
    lines = difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), source, f"b/lib/galaxy/{path}")
    return "".join(lines)


def patch(galaxy: Path) -> str:
    sample = (galaxy / REGISTRATION).read_text()
    return difference("", module(), MODULE) + difference(sample, registered(sample), REGISTRATION)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("galaxy", type=Path)
    print(patch(parser.parse_args().galaxy), end="")

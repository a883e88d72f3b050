#!/usr/bin/env python3
"""Writes the zip file of each hub in conversion/; `--check` verifies that the files match the folders."""

import io
import sys
import zipfile
from pathlib import Path

CONVERSION = Path(__file__).resolve().parent / "conversion"
HUBS = ("hub", "served_hub")


def packed(folder: Path) -> bytes:
    """The files of a folder in the order of their paths, without times."""
    bytes_of_zip = io.BytesIO()
    with zipfile.ZipFile(bytes_of_zip, "w") as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            archive.writestr(zipfile.ZipInfo(path.relative_to(folder).as_posix()), path.read_bytes(), zipfile.ZIP_STORED)
    return bytes_of_zip.getvalue()


def main() -> int:
    different = []
    for name in HUBS:
        made, path = packed(CONVERSION / name), CONVERSION / f"{name}.zip"
        if sys.argv[1:] != ["--check"]:
            path.write_bytes(made)
        elif path.read_bytes() != made:
            different.append(path.name)
    for name in different:
        print(f"{name} differs from its folder: run make_hubs.py", file=sys.stderr)
    return bool(different)


sys.exit(main())

#!/usr/bin/env python3
"""Writes results/shared_regions_again.crate.zip: the crate of a result that was made once more, by another version of the tool.

    make_result_crates.py           write the crate
    make_result_crates.py --check   compare it with what this script makes, exit 1 on a difference

It is version_0_1_0/result.crate.zip with another version and parameter, and so with other bytes of the result. The archive is
stored, not deflated, and has no times, so the same bytes come out everywhere.
"""

import base64
import hashlib
import io
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
MADE_OF = HERE / "version_0_1_0" / "result.crate.zip"
CRATE = HERE / "results" / "shared_regions_again.crate.zip"
METADATA = "ro-crate-metadata.json"
PAGE = "ro-crate-preview.html"
# The bytes of the result, before and after; no file of the project has them.
BEFORE = bytes.fromhex("89889b67b90f0fcd51c1b5eaf451e1d5cd007e99167a7ea29bc3adfdf2137ad8")
AFTER = hashlib.sha256(b"shared regions of at least nine tenths").digest()


def named(digest):
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


CHANGES = (
    ("2.31.1+galaxy0", "2.30.0+galaxy2"),
    ("2.31.1%2Bgalaxy0", "2.30.0%2Bgalaxy2"),
    ('"value":"0.5"', '"value":"0.9"'),
    (BEFORE.hex()[:16], AFTER.hex()[:16]),
    (BEFORE.hex()[16:], AFTER.hex()[16:]),
    (named(BEFORE), named(AFTER)),
    ("6d526762920c4be76764791fd3c69272", AFTER.hex()[:32]),
    ('"contentSize":"300"', '"contentSize":"240"'),
)


def changed(metadata):
    for found, wanted in CHANGES:
        spaced = found.replace('":"', '": "')
        if found not in metadata and spaced not in metadata:
            raise SystemExit(f"{MADE_OF} has no {found}")
        metadata = metadata.replace(found, wanted).replace(spaced, wanted.replace('":"', '": "'))
    return metadata


def crate():
    archive = io.BytesIO()
    with zipfile.ZipFile(MADE_OF) as source, zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as made:
        for name in source.namelist():
            content = source.read(name)
            if name == METADATA:
                content = changed(content.decode()).encode()
            elif name == PAGE:
                continue
            made.writestr(zipfile.ZipInfo(name), content)
    return archive.getvalue()


def main():
    made = crate()
    if "--check" not in sys.argv[1:]:
        CRATE.write_bytes(made)
    elif CRATE.read_bytes() != made:
        raise SystemExit(f"{CRATE} is not what this script makes")


if __name__ == "__main__":
    main()

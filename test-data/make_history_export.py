#!/usr/bin/env python3
"""Writes results/history.tar.gz: the export of a history in which `results/unknown.bed` is a track that was sorted.

    make_history_export.py           write the archive
    make_history_export.py --check   compare it with what this script makes, exit 1 on a difference

The track is `results/monocytes.bed`, which crates/ describes. Times and owners are fixed, so the same bytes come out everywhere.
"""

import gzip
import hashlib
import io
import json
import sys
import tarfile
from pathlib import Path

RESULTS = Path(__file__).resolve().with_name("results")
ARCHIVE = RESULTS / "history.tar.gz"


def encoded(number):
    return f"{number:016x}"


def dataset(number, name):
    """A dataset as Galaxy writes it into an export, reduced to what a reader needs."""
    digest = hashlib.sha256((RESULTS / name).read_bytes()).hexdigest()
    hashes = [{"hash_function": "SHA-256", "hash_value": digest, "extra_files_path": None}]
    return {"encoded_id": encoded(number), "name": name, "extension": "bed", "metadata": {"dbkey": ["hg38"]},
            "dataset_uuid": f"00000000-0000-4000-8000-{number:012}", "state": "ok", "hid": number, "tags": [],
            "copied_from_history_dataset_association_id_chain": [], "file_metadata": {"hashes": hashes, "sources": []}}


def job(number, tool, inputs, outputs):
    return {"encoded_id": encoded(number), "tool_id": tool, "tool_version": "1.2.0", "galaxy_version": "26.1", "state": "ok", "exit_code": 0,
            "create_time": "2026-01-16T09:00:00", "update_time": "2026-01-16T09:00:05", "params": {"order": "ASC"},
            "input_dataset_mapping": inputs, "output_dataset_mapping": outputs}


def archive():
    files = {
        "history_attrs.txt": {"name": "Blood"},
        "datasets_attrs.txt": [dataset(1, "monocytes.bed"), dataset(2, "unknown.bed")],
        "jobs_attrs.txt": [job(11, "fairtracks_import", {}, {"output_tracks": [encoded(1)]}),
                           job(12, "sort1", {"input": [encoded(1)]}, {"out_file1": [encoded(2)]})],
        "collections_attrs.txt": [],
    }
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in files.items():
            data = json.dumps(content, indent=1).encode()
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    # Stored, since versions of zlib compress differently.
    return gzip.compress(packed.getvalue(), compresslevel=0, mtime=0)


def main():
    if "--check" in sys.argv[1:]:
        sys.exit(0 if ARCHIVE.read_bytes() == archive() else f"{ARCHIVE} differs from what this script makes")
    ARCHIVE.write_bytes(archive())


if __name__ == "__main__":
    main()

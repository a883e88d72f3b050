"""Reads archives with Python's zipfile or Info-ZIP's unzip; prints a line of JSON for each: its files with their SHA-256, or why not."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile


def with_zipfile(path):
    files = {}
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            # A name without the flag for UTF-8 is shown in code page 437; its bytes are what counts.
            name = entry.orig_filename
            if not entry.flag_bits & 0x800:
                name = name.encode("cp437").decode("utf-8", "replace")
            contents = archive.read(entry)
            if not name.endswith("/"):
                if name in files:
                    name += " (twice)"
                files[name] = hashlib.sha256(contents).hexdigest()
    return files


def with_unzip(path):
    folder = tempfile.mkdtemp()
    try:
        # -V keeps what looks like a version as VMS has it, `;1`.
        command = ["unzip", "-qq", "-o", "-V", path, "-d", folder]
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)
        # 1 is a warning: the archive was read, with bytes before or behind it.
        if done.returncode > 1:
            raise ValueError(done.stderr.decode(errors="replace"))
        files = {}
        for root, _, names in os.walk(folder):
            for name in names:
                place = os.path.join(root, name)
                with open(place, "rb") as file:
                    files[os.path.relpath(place, folder).encode("utf-8", "surrogateescape").decode("utf-8", "replace")] = hashlib.sha256(file.read()).hexdigest()
        return files
    finally:
        shutil.rmtree(folder)


reader = {"zipfile": with_zipfile, "unzip": with_unzip}[sys.argv[1]]
for path in open(sys.argv[2], encoding="utf-8").read().splitlines():
    try:
        found = {"files": reader(path)}
    except Exception as error:  # whatever a reader stumbles over, it has refused the archive
        found = {"refused": str(error)}
    print(json.dumps(found))

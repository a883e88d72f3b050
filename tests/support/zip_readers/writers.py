"""Writes one archive with each program that is installed, into a folder; all have the same three files."""

import io
import os
import shutil
import subprocess
import sys
import zipfile

FOLDER = sys.argv[1]
FILES = {
    "ro-crate-metadata.json": b'{"@graph": []}\n' * 40,
    "data/größe.bed": b"chr1\t1\t2\n" * 3000,
    "data/empty.bed": b"",
}


class Pipe(io.RawIOBase):
    """A file that cannot be sought in."""

    def __init__(self, path):
        self.file = open(path, "wb")

    def writable(self):
        return True

    def write(self, piece):
        return self.file.write(piece)


def place(name):
    return os.path.join(FOLDER, name + ".zip")


def with_zipfile(archive, **options):
    with archive:
        for name, contents in FILES.items():
            with archive.open(name, "w", **options) as file:
                file.write(contents)


def with_python():
    for method, kind in ((zipfile.ZIP_DEFLATED, "deflated"), (zipfile.ZIP_STORED, "stored")):
        with_zipfile(zipfile.ZipFile(place(f"python {kind}"), "w", method))
        with_zipfile(zipfile.ZipFile(place(f"python {kind} zip64"), "w", method), force_zip64=True)
        with_zipfile(zipfile.ZipFile(Pipe(place(f"python {kind} streamed")), "w", method))
        with_zipfile(zipfile.ZipFile(Pipe(place(f"python {kind} streamed zip64")), "w", method), force_zip64=True)
        with open(place(f"python {kind} behind a script"), "wb") as file:
            file.write(b"#!/bin/sh\nexit 1\n")
        with_zipfile(zipfile.ZipFile(place(f"python {kind} behind a script"), "a", method))
    archive = zipfile.ZipFile(place("python with comments"), "w", zipfile.ZIP_DEFLATED)
    archive.comment = b"made by hand"
    with_zipfile(archive)
    tree = os.path.join(FOLDER, "tree")
    shutil.make_archive(place("python make_archive")[:-4], "zip", tree)


def with_zip():
    tree = os.path.join(FOLDER, "tree")

    def run(name, *options, target=None, **more):
        subprocess.run(["zip", "-q", *options, target or place(name), "-r", "."], cwd=tree, check=True, **more)

    run("zip")
    run("zip stored", "-0")
    run("zip without folders and times", "-X", "-D")
    run("zip with zip64", "-fz")
    # Not with -fz: that writes an end record which Info-ZIP's own unzip finds broken.
    for kind, options in (("", ()), (" stored", ("-0",)), (" without zip64", ("-fz-",))):
        with open(place(f"zip streamed{kind}"), "wb") as file:
            # A pipe, so that it cannot go back.
            cat = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=file)
            run("", *options, target="-", stdout=cat.stdin)
            cat.stdin.close()
            cat.wait()
    extractor = shutil.which("unzipsfx")
    if extractor:
        with open(place("zip behind a self-extractor"), "wb") as file:
            for part in (extractor, place("zip")):
                file.write(open(part, "rb").read())
        shutil.copy(place("zip behind a self-extractor"), place("zip behind a self-extractor, mended"))
        subprocess.run(["zip", "-q", "-A", place("zip behind a self-extractor, mended")], check=True)


def with_jar():
    tree = os.path.join(FOLDER, "tree")
    subprocess.run(["jar", "cfM", place("jar"), "-C", tree, "."], check=True)
    subprocess.run(["jar", "cfM0", place("jar stored"), "-C", tree, "."], check=True)
    with open(place("jar streamed"), "wb") as file:
        subprocess.run(["jar", "cM", "-C", tree, "."], check=True, stdout=file)


for name, contents in FILES.items():
    path = os.path.join(FOLDER, "tree", name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(contents)
with_python()
for program, write in (("zip", with_zip), ("jar", with_jar)):
    if shutil.which(program):
        write()
    else:
        print(program)

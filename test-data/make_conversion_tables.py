"""Writes the tables in `conversion/` that no editor writes: an export in first normal form and a database."""

import json
import sqlite3
import zipfile
from pathlib import Path

FOLDER = Path(__file__).parent / "conversion"

# Omnipy writes nested values as tables that refer to their rows.
EXPORT = {
    "tracks": [
        {"_omnipy_id": "tracks.0", "id": "lab:T1", "url": "https://tracks.example.org/lab/T1.bigWig", "genome": "hg38"},
        {"_omnipy_id": "tracks.1", "id": "lab:T2", "url": "https://tracks.example.org/lab/T2.bigWig", "genome": "hg38"},
    ],
    "tracks.raw_files": [
        {"_omnipy_id": "tracks.raw_files.0", "_omnipy_ref": "tracks.1", "__root__": "ena.embl:ERX9999001"},
        {"_omnipy_id": "tracks.raw_files.1", "_omnipy_ref": "tracks.1", "__root__": "ena.embl:ERX9999002"},
    ],
    "tracks.experiment": [
        {"_omnipy_id": "tracks.experiment.0", "_omnipy_ref": "tracks.0", "id": "lab:E1", "assay": "DNase-seq"},
        {"_omnipy_id": "tracks.experiment.1", "_omnipy_ref": "tracks.1", "id": "lab:E2", "assay": "ATAC-seq"},
    ],
    "tracks.sample": [
        {"_omnipy_id": "tracks.sample.0", "_omnipy_ref": "tracks.0", "id": "lab:S1", "species": "human", "cell_type": "B cell"},
        {"_omnipy_id": "tracks.sample.1", "_omnipy_ref": "tracks.1", "id": "lab:S2", "species": "human", "cell_type": "T cell"},
    ],
}

DATABASE = """
    CREATE TABLE donor (id INTEGER PRIMARY KEY, organism TEXT NOT NULL);
    CREATE TABLE samples (id INTEGER PRIMARY KEY, cell_type TEXT, donor INTEGER REFERENCES donor);
    CREATE TABLE experiments (id INTEGER PRIMARY KEY, assay TEXT, sample INTEGER REFERENCES samples);
    CREATE TABLE tracks (id TEXT PRIMARY KEY, url TEXT, genome TEXT, experiment INTEGER REFERENCES experiments);
    INSERT INTO donor VALUES (1, 'human');
    INSERT INTO samples VALUES (4, 'B cell', 1), (5, 'T cell', 1);
    INSERT INTO experiments VALUES (7, 'DNase-seq', 4), (8, 'ATAC-seq', 5);
    INSERT INTO tracks VALUES ('lab:T1', 'https://tracks.example.org/lab/T1.bigWig', 'hg38', 7),
        ('lab:T2', 'https://tracks.example.org/lab/T2.bigWig', 'hg38', 8);
"""


def main():
    with zipfile.ZipFile(FOLDER / "omnipy_export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in EXPORT.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.json"), json.dumps(rows, indent=2) + "\n")
    path = FOLDER / "laboratory.sqlite"
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA page_size = 1024;" + DATABASE)
    connection.close()


if __name__ == "__main__":
    main()

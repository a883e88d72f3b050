#!/usr/bin/env python3
"""Writes tracks/, made-up files in nine formats, and the two documents that describe them.

`tracks.fairtracks.json` tells the truth; of the tracks in `faulty_tracks.fairtracks.json` two can be had, the others cannot. The
files are given away by the servers of planemo/ at the addresses that the documents have.

    make_tracks.py            write files and documents; needs the package pybigtools for the bigBed and the bigWig file
    make_tracks.py --check    compare documents and text files with the tables, exit 1 on a difference
"""

import argparse
import gzip
import hashlib
import json
import pathlib
import struct
import sys
import zlib

from make_blood_document import ASSEMBLIES, DATE, EDAM, OBO, ONTOLOGY_VERSIONS

HERE = pathlib.Path(__file__).parent
FOLDER = HERE / "tracks"
HOST = "tracks.example.org"

INTERVALS = (("chr1", 100, 200), ("chr1", 1500, 1700), ("chr2", 30, 90))
# Those of hg38, which these files claim.
SIZES = {"chr1": 248_956_422, "chr2": 242_193_529}


def rows(*columns: str) -> bytes:
    """The intervals, 0-based and half-open, with further columns."""
    return "".join("\t".join((chrom, str(start), str(end), *columns)) + "\n" for chrom, start, end in INTERVALS).encode()


def packed(content: bytes) -> bytes:
    """gzip without a time, so that the bytes are the same each time."""
    return gzip.compress(content, mtime=0)


def bgzf(content: bytes) -> bytes:
    """One block of BGZF and the empty block that ends a file (SAM specification, section 4.1)."""

    def block(part: bytes) -> bytes:
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        deflated = packer.compress(part) + packer.flush()
        head = b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\x06\0BC\x02\0" + struct.pack("<H", len(deflated) + 25)
        return head + deflated + struct.pack("<II", zlib.crc32(part), len(part))

    return block(content) + block(b"")


VARIANTS = b"".join(
    (
        b"##fileformat=VCFv4.2\n##contig=<ID=chr1,length=248956422>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n",
        b"chr1\t151\t.\tA\tG\t50\tPASS\t.\nchr1\t1600\t.\tC\tT\t60\tPASS\t.\n",
    )
)
GENES = b"##gff-version 3\nchr1\tmade\tgene\t101\t200\t.\t+\t.\tID=gene1\nchr2\tmade\tgene\t31\t90\t.\t-\t.\tID=gene2\n"

TEXTS = {
    "cells_dnase.bed": rows("region", "500", "+"),
    "cells_h3k4me3.narrowPeak.gz": packed(rows("peak", "700", ".", "5.5", "4.0", "3.0", "50")),
    "cells_h3k27me3.broadPeak": rows("peak", "300", ".", "2.5", "2.0", "1.0"),
    "cells_coverage.bedGraph.gz": packed(rows("1.5")),
    "cells_variants.vcf.gz": bgzf(VARIANTS),
    "cells_genes.gff3.gz": packed(GENES),
    "cells_scores.wig": b"track type=wiggle_0\nfixedStep chrom=chr1 start=101 step=10\n1.5\n2.5\n3.5\n",
}

# Name, label, format of EDAM, type of condensed data, geometric type, experiment, assembly.
TRACKS = (
    ("cells_dnase.bed", "Cells, DNase: regions", ("3003", "BED"), "Experimentally-derived regions", "Segments", "dnase", "hg38"),
    ("cells_h3k4me3.narrowPeak.gz", "Cells, H3K4me3: narrow peaks", ("3613", "ENCODE narrow peak format"), "Narrow peaks", "Valued segments", "h3k4me3", "hg38"),
    ("cells_h3k27me3.broadPeak", "Cells, H3K27me3: broad peaks", ("3614", "ENCODE broad peak format"), "Broad peaks", "Valued segments", "h3k27me3", "hg38"),
    ("cells_signal.bigWig", "Cells, H3K4me3: signal", ("3006", "bigWig"), "Signal values (fold change)", "Step function", "h3k4me3", "hg38"),
    ("cells_peaks.bigBed", "Cells, H3K4me3: peaks", ("3004", "bigBed"), "Peaks", "Segments", "h3k4me3", "hg38"),
    ("cells_coverage.bedGraph.gz", "Cells, DNase: coverage (earlier genome)", ("3583", "bedgraph"), "Read coverage", "Step function", "dnase", "hg19"),
    ("cells_variants.vcf.gz", "Cells: variants", ("3016", "VCF"), "Individual variants", "Valued points", "genome", "hg38"),
    ("cells_genes.gff3.gz", "Cells: genes expressed", ("1975", "GFF3"), "Predicted regions", "Segments", "genome", "hg38"),
    ("cells_scores.wig", "Mouse cells: scores", ("3005", "WIG"), "Signal values (other)", "Step function", "dnase", "mm10"),
)

SHA_256 = ("cells_signal.bigWig", "cells_variants.vcf.gz", "cells_scores.wig")
BY_FTP = ("cells_h3k27me3.broadPeak",)

TECHNIQUES = {
    "dnase": ("OBI_0001853", "DNase I hypersensitive sites sequencing assay", "SO_0000685", "DNaseI_hypersensitive_site"),
    "h3k4me3": ("OBI_0002017", "histone modification identification by ChIP-Seq assay", "SO_0001706", "H3K4_trimethylation"),
    "h3k27me3": ("OBI_0002017", "histone modification identification by ChIP-Seq assay", "SO_0001709", "H3K27_trimethylation_site"),
    "genome": ("OBI_0002117", "whole genome sequencing assay", None, None),
}

# Places that have no file to give, with what a track of the faulty document is called.
FAULTS = (
    ("missing.bed", "https://tracks.example.org/cells/missing.bed", "a file that is not there"),
    ("changed.bed", "https://tracks.example.org/cells/cells_dnase.bed", "a file with another checksum"),
    ("bucket.bed", "rsync://tracks.example.org/cells/cells_dnase.bed", "an address of a kind that is not fetched"),
    ("inside.bed", "http://169.254.169.254/latest/meta-data/", "an address inside the machine's network"),
)


def term(start: str, name: str, label: str) -> dict:
    return {"term_id": start + name, "term_label": label}


def checksum(name: str, content: bytes) -> dict:
    if name in SHA_256:
        return {"cs_method": "SHA-256", "cs_hash": hashlib.sha256(content).hexdigest()}
    return {"cs_method": "MD5", "cs_hash": hashlib.md5(content).hexdigest()}


def track(row: tuple, content: bytes) -> dict:
    name, label, (number, format_label), condensed, geometry, experiment, assembly = row
    server = "ftp://ftp.example.org" if name in BY_FTP else f"https://{HOST}"
    return {
        "local_id": f"example:{name.split('.')[0]}",
        "assembly_id": ASSEMBLIES[assembly],
        "assembly_name": assembly,
        "experiment_ref": f"example:{experiment}",
        "file_url": f"{server}/cells/{name}",
        "file_name": name,
        "label_short": name.split(".")[0],
        "label_long": label,
        "file_format": term(EDAM, f"format_{number}", format_label),
        "type_of_condensed_data": condensed,
        "geometric_track_type": geometry,
        "checksum": checksum(name, content),
    }


def experiment(key: str) -> dict:
    technique, label, feature, feature_label = TECHNIQUES[key]
    target = {"sequence_feature": term(OBO, feature, feature_label), "summary": feature_label} if feature else {"summary": "whole genome"}
    return {
        "local_id": f"example:{key}",
        "study_ref": "example:cells-study",
        "sample_ref": "example:cells-sample",
        "technique": term(OBO, technique, label),
        "target": target,
    }


def document(name: str, tracks: list[dict]) -> dict:
    contact = {"name": "Josiah Carberry", "orcid": "orcid:0000-0002-1825-0097"}
    content = {
        "@schema": "https://raw.githubusercontent.com/fairtracks/fairtracks_standard/v1/current/json/schema/fairtracks.schema.json",
        "doc_info": {
            "local_id": f"example:{name}",
            "doc_url": f"https://{HOST}/cells/{name}.fairtracks.json",
            "doc_ontology_versions": ONTOLOGY_VERSIONS,
        },
        "collection_info": {
            "source_repo_url": f"https://{HOST}/cells",
            "local_id": f"example:{name}-collection",
            "doc_ref": f"example:{name}",
            "short_name": "Cells for tests",
            "long_name": "Tracks of cells made for tests",
            "contact": contact,
        },
        "studies": [{"local_id": "example:cells-study", "study_name": "A study that nobody made", "publication": "pubmed:22955617", "contact": contact}],
        "experiments": [experiment(key) for key in TECHNIQUES if any(t["experiment_ref"] == f"example:{key}" for t in tracks)],
        "samples": [
            {
                "local_id": "example:cells-sample",
                "global_id": "biosample:SAMN01731491",
                "species_id": "taxonomy:9606",
                "species_name": "Homo sapiens",
                "biospecimen_class": term(OBO, "NCIT_C16403", "Cell Line"),
                "sample_type": {"cell_line": term("http://www.ebi.ac.uk/efo/", "EFO_0002067", "K562"), "summary": "K562"},
                "phenotype": term(OBO, "NCIT_C14165", "Normal"),
            }
        ],
        "tracks": tracks,
    }
    signed = json.dumps(content)
    content["doc_info"] |= {"doc_version": hashlib.sha256(signed.encode()).hexdigest(), "doc_date": DATE}
    return content


def documents(files: dict[str, bytes]) -> dict[str, bytes]:
    tracks = [track(row, files[row[0]]) for row in TRACKS]
    faulty = tracks[:2]
    for name, url, label in FAULTS:
        faulty.append(track(TRACKS[0], b"other bytes") | {"local_id": f"example:{name.split('.')[0]}", "file_url": url, "file_name": name, "label_long": label})
    contents = {"tracks": tracks, "faulty_tracks": faulty}
    return {
        f"{name}.fairtracks.json": (json.dumps(document(name, tracks), indent=4) + "\n").encode() for name, tracks in contents.items()
    }


def write_binaries() -> None:
    import pybigtools  # noqa: PLC0415, wanted for these two files only

    signal = [(chrom, start, end, 1.5) for chrom, start, end in INTERVALS]
    pybigtools.open(str(FOLDER / "cells_signal.bigWig"), "w").write(SIZES, iter(signal))
    peaks = [(chrom, start, end, "peak\t700") for chrom, start, end in INTERVALS]
    pybigtools.open(str(FOLDER / "cells_peaks.bigBed"), "w").write(SIZES, iter(peaks))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    if not check:
        FOLDER.mkdir(exist_ok=True)
        write_binaries()
    binaries = {name: (FOLDER / name).read_bytes() for name in ("cells_signal.bigWig", "cells_peaks.bigBed")}
    wanted = {FOLDER / name: content for name, content in TEXTS.items()}
    wanted |= {HERE / name: content for name, content in documents(TEXTS | binaries).items()}
    for path, content in wanted.items():
        if not check:
            path.write_bytes(content)
        elif path.read_bytes() != content:
            sys.exit(f"{path.name} is not what the tables say: run make_tracks.py")


if __name__ == "__main__":
    main()

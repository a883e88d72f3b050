#!/usr/bin/env python3
"""Writes epigenome/, twelve small tracks of six kinds of cells, and the document epigenome.fairtracks.json that describes them.

Each track of the document has its file, so what a search finds can be imported. The servers of planemo/ offer the document and serve the
files. Cells, assays, ontology terms and chromosome lengths are real; regions, values, donors and accessions are invented.

    make_epigenome.py            write files and document; needs the package pybigtools for the bigBed and bigWig files
    make_epigenome.py --check    compare document and text files with the tables, exit 1 on a difference
"""

import argparse
import gzip
import hashlib
import json
import pathlib
import random
import sys

from make_blood_document import ASSEMBLIES, DATE, ONTOLOGY_VERSIONS, SPECIES, signature, term

HERE = pathlib.Path(__file__).parent
FOLDER = HERE / "epigenome"
DOCUMENT = HERE / "epigenome.fairtracks.json"
SITE = "https://tracks.example.org/epigenome"
CONTACT = {"name": "Josiah Carberry", "orcid": "orcid:0000-0002-1825-0097"}
SEED = 7

# Lengths of the chromosomes that have regions.
LENGTHS = {
    "hg38": {"chr1": 248_956_422, "chr2": 242_193_529, "chr17": 83_257_441},
    "hg19": {"chr1": 249_250_621, "chr2": 243_199_373, "chr17": 81_195_210},
    "mm10": {"chr1": 195_471_971, "chr2": 182_113_224, "chr17": 94_987_271},
}
# Places per assembly where regions of any track may lie; a track has about this share of them, tracks of one lineage largely the same.
PLACES, SHARE, SHARE_OF_LINEAGE = 160, 0.3, 0.75

# Key: species, class of the biospecimen, member of sample_type, its term and label, organ, lineage.
CELLS = {
    "monocyte": ("human", ("NCIT_C12508", "Cell"), "cell_type", ("CL_0001054", "CD14-positive monocyte"), ("UBERON_0000178", "blood"), "blood"),
    "naive_b": ("human", ("NCIT_C12508", "Cell"), "cell_type", ("CL_0000788", "naive B cell"), ("UBERON_0000178", "blood"), "blood"),
    "cd4_t": ("human", ("NCIT_C12508", "Cell"), "cell_type", ("CL_0000624", "CD4-positive, alpha-beta T cell"), ("UBERON_0000178", "blood"), "blood"),
    "hepatocyte": ("human", ("NCIT_C12508", "Cell"), "cell_type", ("CL_0000182", "hepatocyte"), ("UBERON_0002107", "liver"), "liver"),
    "k562": ("human", ("NCIT_C16403", "Cell Line"), "cell_line", ("EFO_0002067", "K562"), None, "blood"),
    "b_mouse": ("mouse", ("NCIT_C12508", "Cell"), "cell_type", ("CL_0000236", "B cell"), ("UBERON_0002106", "spleen"), "blood"),
}

# Key: technique, target.
FEATURE, GENE_PRODUCT = "sequence_feature", "gene_product_type"
ASSAYS = {
    "dnase": (("OBI_0001853", "DNase I hypersensitive sites sequencing assay"), {FEATURE: ("SO_0000685", "DNaseI_hypersensitive_site")}),
    "atac": (("OBI_0002039", "assay for transposase-accessible chromatin using sequencing"), {FEATURE: ("SO_0001747", "open_chromatin_region")}),
    "h3k4me3": (("OBI_0002017", "histone modification identification by ChIP-Seq assay"), {FEATURE: ("SO_0001706", "H3K4_trimethylation")}),
    "h3k27ac": (("OBI_0002017", "histone modification identification by ChIP-Seq assay"), {FEATURE: ("SO_0002049", "H3K27_acetylation_site")}),
    "ctcf": (("OBI_0002019", "transcription factor binding site identification by ChIP-Seq assay"), {GENE_PRODUCT: ("NCIT_C17207", "Transcription Factor")}),
    "rna": (("OBI_0001271", "RNA-seq assay"), {GENE_PRODUCT: ("NCIT_C813", "Messenger RNA")}),
}
GENES = {"ctcf": ("hgnc:13723", "CTCF")}
NAMES = {"dnase": "DNase-seq", "atac": "ATAC-seq", "h3k4me3": "H3K4me3", "h3k27ac": "H3K27ac", "ctcf": "CTCF", "rna": "RNA-seq"}

# Ending of the file: format, type of condensed data, geometric type.
NARROW = (("format_3613", "ENCODE narrow peak format"), "Narrow peaks", "Valued segments")
KINDS = {
    "narrowPeak.gz": NARROW,
    "broadPeak.gz": (("format_3614", "ENCODE broad peak format"), "Broad peaks", "Valued segments"),
    "bed": (("format_3003", "BED"), "Peaks", "Segments"),
    "bedGraph.gz": (("format_3583", "bedgraph"), "Read coverage", "Step function"),
    "bigBed": (("format_3004", "bigBed"), "Narrow peaks", "Valued segments"),
    "bigWig": (("format_3006", "bigWig"), "Signal values (fold change)", "Step function"),
}
BINARY = ("bigBed", "bigWig")

# Cell, assay, ending, assembly; rows of one cell and one assay are one experiment.
TRACKS = (
    ("monocyte", "dnase", "narrowPeak.gz", "hg38"),
    ("monocyte", "h3k4me3", "narrowPeak.gz", "hg38"),
    ("monocyte", "h3k4me3", "bigWig", "hg38"),
    ("naive_b", "dnase", "narrowPeak.gz", "hg38"),
    ("naive_b", "h3k27ac", "broadPeak.gz", "hg38"),
    ("cd4_t", "dnase", "bigBed", "hg38"),
    ("cd4_t", "atac", "narrowPeak.gz", "hg38"),
    ("hepatocyte", "dnase", "bed", "hg38"),
    ("hepatocyte", "rna", "bedGraph.gz", "hg38"),
    ("k562", "ctcf", "narrowPeak.gz", "hg38"),
    ("k562", "dnase", "narrowPeak.gz", "hg19"),
    ("b_mouse", "dnase", "narrowPeak.gz", "mm10"),
)


def places(assembly: str) -> list[tuple[str, int]]:
    """Where regions may lie, in the order of the genome."""
    dice = random.Random(f"{SEED} {assembly}")
    lengths = LENGTHS[assembly]
    chosen = {(chromosome, dice.randrange(1_000_000, lengths[chromosome] - 1_000_000)) for chromosome in lengths for _ in range(PLACES // len(lengths))}
    return sorted(chosen, key=lambda place: (list(lengths).index(place[0]), place[1]))


def regions(cell: str, assay: str, ending: str, assembly: str) -> list[tuple[str, int, int, int]]:
    """Chromosome, start, end (0-based, half-open) and score of each region."""
    lineage, own = random.Random(f"{SEED} {assembly} {CELLS[cell][-1]}"), random.Random(f"{SEED} {cell} {assay} {ending} {assembly}")
    wide = ending == "broadPeak.gz"
    found = []
    for chromosome, middle in places(assembly):
        shared = lineage.random() < SHARE
        if own.random() < (SHARE_OF_LINEAGE if shared else SHARE * (1 - SHARE_OF_LINEAGE)):
            start = middle + own.randrange(-40, 41)
            found.append((chromosome, start, start + own.randrange(800, 2400) if wide else start + own.randrange(150, 600), own.randrange(200, 1000)))
    return found


def columns(ending: str, number: int, region: tuple[str, int, int, int]) -> tuple[object, ...]:
    """The columns of a text file, or those after the third of a bigBed."""
    chromosome, start, end, score = region
    signal, p_value, q_value = f"{score / 40:.2f}", f"{score / 25:.2f}", f"{score / 30:.2f}"
    name = f"peak_{number}"
    further = {
        "narrowPeak.gz": (name, score, ".", signal, p_value, q_value, (end - start) // 2),
        "broadPeak.gz": (name, score, ".", signal, p_value, q_value),
        "bed": (name, score, "."),
        "bedGraph.gz": (signal,),
        "bigBed": (name, score, "."),
    }
    return (chromosome, start, end, *further[ending])


def text(row: tuple[str, str, str, str]) -> bytes:
    ending = row[2]
    lines = ("\t".join(map(str, columns(ending, number, region))) for number, region in enumerate(regions(*row), 1))
    content = "".join(f"{line}\n" for line in lines).encode()
    # Without a time, so that the bytes are the same each time.
    return gzip.compress(content, mtime=0) if ending.endswith(".gz") else content


def write_binary(row: tuple[str, str, str, str], file: pathlib.Path) -> None:
    import pybigtools  # noqa: PLC0415, needed for these files only

    if row[2] == "bigWig":
        entries = [(chromosome, start, end, score / 40) for chromosome, start, end, score in regions(*row)]
    else:
        entries = [(*line[:3], "\t".join(map(str, line[3:]))) for line in (columns("bigBed", number, region) for number, region in enumerate(regions(*row), 1))]
    pybigtools.open(str(file), "w").write(LENGTHS[row[3]], iter(entries))


def file_name(row: tuple[str, str, str, str]) -> str:
    cell, assay, ending, assembly = row
    return f"{cell}_{assay}_{assembly}.{ending}"


def pair(value: tuple[str, str]) -> dict[str, str]:
    return term(*value)


def sample(cell: str) -> dict[str, object]:
    species, biospecimen, member, kind, organ, _ = CELLS[cell]
    species_id, species_name = SPECIES[species]
    sample_type = {member: pair(kind)} | ({"organism_part": pair(organ)} if organ else {}) | {"summary": kind[1]}
    phenotype = ("NCIT_C3174", "Chronic Myelogenous Leukemia, BCR-ABL1 Positive") if cell == "k562" else ("NCIT_C14165", "Normal")
    return {
        "local_id": f"synthetic:sample_{cell}",
        "species_id": species_id,
        "species_name": species_name,
        "biospecimen_class": pair(biospecimen),
        "sample_type": sample_type,
        "phenotype": pair(phenotype),
        "synthetic": "true",
    }


def experiment(cell: str, assay: str) -> dict[str, object]:
    technique, targets = ASSAYS[assay]
    target: dict[str, object] = {member: pair(value) for member, value in targets.items()}
    label = next(iter(targets.values()))[1]
    if assay in GENES:
        gene, symbol = GENES[assay]
        target |= {"gene_id": gene}
        label = symbol
    return {
        "local_id": f"synthetic:experiment_{cell}_{assay}",
        "study_ref": "synthetic:epigenome-study",
        "sample_ref": f"synthetic:sample_{cell}",
        "technique": pair(technique),
        "target": target | {"summary": label},
        "lab_protocol_description": "No laboratory: the regions are synthetic",
        "compute_protocol_description": "Made by make_epigenome.py",
    }


def track(number: int, row: tuple[str, str, str, str], content: bytes) -> dict[str, object]:
    cell, assay, ending, assembly = row
    name = file_name(row)
    format_term, condensed, geometry = KINDS[ending]
    kind = "coverage" if ending == "bedGraph.gz" else "signal" if ending == "bigWig" else condensed.lower()
    return {
        "local_id": f"synthetic:EPI{number:03}",
        "assembly_id": ASSEMBLIES[assembly],
        "assembly_name": assembly,
        "experiment_ref": f"synthetic:experiment_{cell}_{assay}",
        "file_url": f"{SITE}/{name}",
        "file_name": name,
        "label_short": f"Synthetic {number:03}",
        "label_long": f"{CELLS[cell][3][1]}, {NAMES[assay]} ({assembly}): {kind} (synthetic)",
        "file_format": pair(format_term),
        "type_of_condensed_data": condensed,
        "geometric_track_type": geometry,
        "checksum": {"cs_method": "SHA-256", "cs_hash": hashlib.sha256(content).hexdigest()},
    }


def document(files: dict[str, bytes]) -> bytes:
    experiments = dict.fromkeys(row[:2] for row in TRACKS)
    content = {
        "@schema": "https://raw.githubusercontent.com/fairtracks/fairtracks_standard/v1/current/json/schema/fairtracks.schema.json",
        "doc_info": {
            "local_id": "synthetic:epigenome",
            "doc_url": f"{SITE}/{DOCUMENT.name}",
            "doc_ontology_versions": ONTOLOGY_VERSIONS,
        },
        "collection_info": {
            "source_repo_url": SITE,
            "local_id": "synthetic:epigenome-collection",
            "doc_ref": "synthetic:epigenome",
            "short_name": "Small epigenome",
            "long_name": "Small epigenome of blood and liver (synthetic), with files to import",
            "contact": CONTACT,
        },
        "studies": [{"local_id": "synthetic:epigenome-study", "study_name": "Small epigenome of blood and liver (synthetic)", "contact": CONTACT}],
        "experiments": [experiment(*key) for key in experiments],
        "samples": [sample(cell) for cell in dict.fromkeys(row[0] for row in TRACKS)],
        "tracks": [track(number, row, files[file_name(row)]) for number, row in enumerate(TRACKS, 1)],
    }
    content["doc_info"] |= {"doc_version": signature(content), "doc_date": DATE}
    return (json.dumps(content, indent=4) + "\n").encode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    texts = {file_name(row): text(row) for row in TRACKS if row[2] not in BINARY}
    if not check:
        FOLDER.mkdir(exist_ok=True)
        for row in TRACKS:
            if row[2] in BINARY:
                write_binary(row, FOLDER / file_name(row))
        for name, content in texts.items():
            (FOLDER / name).write_bytes(content)
    files = {file_name(row): (FOLDER / file_name(row)).read_bytes() for row in TRACKS}
    described = document(files)
    if not check:
        DOCUMENT.write_bytes(described)
    different = [name for name, content in texts.items() if unpacked(files[name]) != unpacked(content)]
    if DOCUMENT.read_bytes() != described:
        different.append(DOCUMENT.name)
    if different:
        sys.exit(f"{', '.join(different)}: different from the tables: run make_epigenome.py")


def unpacked(content: bytes) -> bytes:
    """The content of a compressed file, since other versions of zlib compress otherwise."""
    return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content


if __name__ == "__main__":
    main()

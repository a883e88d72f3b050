"""A made-up collection of any size, with the fields and the proportions of a large real one."""

import random
from collections.abc import Iterator

ASSEMBLIES = ("hg38", "hg38", "hg38", "hg19", "mm10")
FORMATS = ("bigWig", "bigBed", "bed", "narrowPeak", "broadPeak", "gff3")
TECHNIQUES = ("ChIP-seq assay", "DNase-seq assay", "ATAC-seq assay", "RNA-seq assay", "Hi-C assay", "CAGE assay", "RRBS assay", "WGBS assay")
TARGETS = ("H3K4me3", "H3K27ac", "H3K27me3", "H3K36me3", "H3K9me3", "H3K4me1", "CTCF", "POLR2A", "EP300", "MYC")
CELLS = (
    "H1-hESC", "K562", "HepG2", "GM12878", "IMR-90", "A549", "MCF-7", "HeLa-S3", "SK-N-SH", "HUVEC",
    "CD4-positive helper T cell", "CD8-positive, alpha-beta T cell", "regulatory T cell", "naive B cell", "natural killer cell",
    "monocyte", "macrophage", "neutrophil", "erythroblast", "megakaryocyte", "hepatocyte", "keratinocyte", "astrocyte",
    "cardiac muscle cell", "fibroblast of lung", "thymus", "spleen", "liver", "pancreas", "stomach", "adrenal gland", "psoas muscle",
)  # fmt: skip


def collection(tracks: int, seed: int = 1) -> dict[str, object]:
    """A FAIRtracks document with so many tracks, the same one for the same seed."""
    choice = random.Random(seed)
    studies = [study(number) for number in range(max(1, tracks // 200))]
    samples = [sample(number, choice) for number in range(max(1, tracks * 12 // 100))]
    experiments = [experiment(number, choice, samples, studies) for number in range(max(1, tracks * 30 // 100))]
    return {
        "doc_info": {"local_id": "doc:1", "doc_version": "1.0.2", "doc_date": "2026-01-31"},
        "collection_info": {"local_id": "collection:1", "short_name": "Made-up", "long_name": "A made-up collection"},
        "studies": studies,
        "samples": samples,
        "experiments": experiments,
        "tracks": [track(number, choice, experiments) for number in range(tracks)],
    }


def term(identifier: int, label: str) -> dict[str, str]:
    return {"term_id": f"http://example.org/term_{identifier:07}", "term_label": label}


def study(number: int) -> dict[str, object]:
    contact = {"name": "Example Laboratory", "e-mail": "laboratory@example.org"}
    return {"local_id": f"study:{number}", "study_name": f"Study {number}", "publication": f"pubmed:{number}", "contact": contact}


def sample(number: int, choice: random.Random) -> dict[str, object]:
    cell = choice.choice(CELLS)
    return {
        "local_id": f"sample:{number}",
        "global_id": f"biosample:EX{number:08}",
        "species_id": "taxonomy:9606",
        "species_name": "Homo sapiens",
        "biospecimen_class": term(1, "primary cell specimen"),
        "sample_type": {"cell_type": term(CELLS.index(cell), cell), "summary": cell},
        "phenotype": term(2, "normal"),
    }


def experiment(number: int, choice: random.Random, samples: list[dict], studies: list[dict]) -> dict[str, object]:
    technique, target = choice.choice(TECHNIQUES), choice.choice(TARGETS)
    return {
        "local_id": f"experiment:{number}",
        "global_id": f"encode:EX{number:08}",
        "study_ref": choice.choice(studies)["local_id"],
        "sample_ref": choice.choice(samples)["local_id"],
        "technique": term(TECHNIQUES.index(technique), technique),
        "target": {"gene_product_type": term(TARGETS.index(target), target), "target_details": target, "summary": target},
        "lab_protocol_description": "https://example.org/protocols/laboratory",
        "compute_protocol_description": "https://example.org/protocols/computation",
    }


def track(number: int, choice: random.Random, experiments: list[dict]) -> dict[str, object]:
    assembly, file_format = choice.choice(ASSEMBLIES), choice.choice(FORMATS)
    name = f"EX{number:08}"
    return {
        "local_id": f"track:{number}",
        "global_id": f"encode:{name}",
        "assembly_id": "insdc.gca:GCA_000001405.15",
        "assembly_name": assembly,
        "experiment_ref": choice.choice(experiments)["local_id"],
        "raw_file_ids": [f"encode:{name}RAW1", f"encode:{name}RAW2"],
        "file_url": f"https://example.org/files/{name}/@@download/{name}.{file_format}",
        "file_name": f"{name}.{file_format}",
        "label_short": name,
        "label_long": f"Signal of replicate {number % 3 + 1}, laboratory {number % 17}, as fold change over control",
        "file_format": term(FORMATS.index(file_format), file_format),
        "type_of_condensed_data": choice.choice(("Narrow peaks", "Broad peaks", "Signal (fold change)", "Signal (p-value)")),
        "geometric_track_type": choice.choice(("Segments", "Function", "Points")),
        "checksum": {"cs_hash": f"{choice.getrandbits(128):032x}", "cs_method": "MD5"},
    }


def objects(document: dict) -> Iterator[tuple[str, dict]]:
    """Each object of a document with its category."""
    for category, part in document.items():
        for content in part if isinstance(part, list) else [part]:
            yield category, content

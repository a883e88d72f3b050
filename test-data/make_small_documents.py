#!/usr/bin/env python3
"""Writes the small documents: one track of the first document, changed in one thing each.

`valid/` breaks no rule of FAIRtracks v1.0.2, or is a shape that has to work; `doubtful/` breaks none, but is wrong; `invalid/`
breaks one. With --check nothing is written: the exit status tells whether the files are as this script makes them.
"""

import copy
import hashlib
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
OBO = "http://purl.obolibrary.org/obo/"
SCHEMAS = "https://raw.githubusercontent.com/fairtracks/fairtracks_standard/v1/current/json/schema/"
VERSIONS = "doc_info/doc_ontology_versions"
EFO = "http://www.ebi.ac.uk/efo/efo.owl"
SO = "http://purl.obolibrary.org/obo/so.owl"

# What a change puts where nothing is to stay.
GONE = object()


def base() -> dict:
    """One track with its experiment, sample and study as a provider describes them, in which nothing is to be found."""
    document = json.loads((HERE / "h1_h3k4me3.fairtracks.json").read_text())
    track = document["tracks"][1]
    del track["raw_file_ids"], track["global_id"]
    track["assembly_id"] = "insdc.gca:GCA_000001405.15"
    document["tracks"] = [track]
    for key in ("lab_protocol_description", "compute_protocol_description"):
        del document["experiments"][0][key]
    for key in ("description_url", "orig_metadata_url"):
        del document["collection_info"][key]
    for part in ("studies", "experiments", "samples"):
        del document[part][0]["global_id"]
    del document["samples"][0]["sample_type"]["organism_part"]
    del document["doc_info"]["doc_url"]
    del document["studies"][0]["publication"]
    return changed(document, {**dict.fromkeys(AUGMENTED, GONE), **SHORTER})


def changed(document: dict, changes: dict[str, object]) -> dict:
    """The document with other values at these paths; keys that are URLs stand between bars."""
    document = copy.deepcopy(document)
    for path, value in changes.items():
        steps = path.split("|")[0].strip("/").split("/") + path.split("|")[1:2]
        place = document
        for step in steps[:-1]:
            place = place[int(step) if isinstance(place, list) else step]
        last = int(steps[-1]) if isinstance(place, list) else steps[-1]
        if value is GONE:
            place.pop(last, None)
        elif isinstance(place, list) and last == len(place):
            place.append(copy.deepcopy(value))
        else:
            place[last] = copy.deepcopy(value)
    return document


def signed(document: dict) -> dict:
    """The document with its signature as its version."""
    doc_info = document.get("doc_info")
    if isinstance(doc_info, dict) and doc_info.get("doc_version") != STALE:
        unsigned = copy.deepcopy(document)
        for key in ("doc_version", "doc_date"):
            unsigned["doc_info"].pop(key, None)
        doc_info["doc_version"] = hashlib.sha256(json.dumps(unsigned).encode()).hexdigest()
    return document


def term(term_id: str, term_label: str) -> dict:
    return {"term_id": term_id if "://" in term_id else OBO + term_id, "term_label": term_label}


def technique(term_id: str, label: str, **target: object) -> dict[str, object]:
    return {"experiments/0/technique": term(term_id, label), "experiments/0/target": target}


STALE = "0" * 64
TRACK = "tracks/0/"
EXPERIMENT = "experiments/0/"
SAMPLE = "samples/0/"
STUDY = "studies/0/"

FEATURE = term("SO_0001706", "H3K4_trimethylation")
OPEN_CHROMATIN = term("SO_0001747", "open_chromatin_region")
HYPERSENSITIVE = term("SO_0000685", "DNaseI_hypersensitive_site")
MESSENGER = term("NCIT_C813", "Messenger RNA")
MICRO = term("NCIT_C25966", "MicroRNA")
FACTOR = term("NCIT_C17207", "Transcription Factor")
CHROMATIN = term("NCIT_C13402", "Chromatin Structure")
ASTHMA = term("NCIT_C28397", "Asthma")
BISULFITE = ("OBI_0000748", "bisulfite sequencing assay")
DNASE = ("OBI_0001853", "DNase I hypersensitive sites sequencing assay")
FACTOR_SITES = ("OBI_0002019", "transcription factor binding site identification by ChIP-Seq assay")
RNA_SEQ = ("OBI_0001271", "RNA-seq assay")
MICRO_RNA = ("OBI_0001922", "microRNA profiling by high throughput sequencing assay")
HI_C = ("OBI_0002440", "Hi-C assay")
GWAS = ("http://edamontology.org/topic_3517", "GWAS study")

# Short texts, as nobody reads so many documents for what they say.
SHORTER = {
    "collection_info/short_name": "One track",
    "collection_info/long_name": "One track of ENCODE",
    "collection_info/contact": {"name": "ENCODE", "e-mail": "help@encode.example"},
    STUDY + "study_name": "Histone marks",
    STUDY + "contact": {"name": "ENCODE", "e-mail": "help@encode.example"},
    TRACK + "label_long": "H3K4me3 in H1-hESC",
    TRACK + "file_url": "https://tracks.example.org/ENCFF718EPO.bigBed",
}

# What augmentation fills in.
AUGMENTED = {
    EXPERIMENT + "technique/term_label": "histone modification identification by ChIP-Seq assay",
    EXPERIMENT + "target/sequence_feature/term_label": "H3K4_trimethylation",
    EXPERIMENT + "target/summary": "H3K4_trimethylation",
    SAMPLE + "species_name": "Homo sapiens",
    SAMPLE + "biospecimen_class/term_label": "Cell Line",
    SAMPLE + "sample_type/cell_line/term_label": "H1-hESC",
    SAMPLE + "sample_type/summary": "H1-hESC",
    SAMPLE + "phenotype/term_label": "Normal",
    TRACK + "file_name": "r1.narrowPeak.bb",
    TRACK + "file_format/term_label": "bigBed",
}

MASTER = {
    **AUGMENTED,
    "doc_info/has_augmented_metadata": True,
    f"{VERSIONS}|{EFO}": "http://www.ebi.ac.uk/efo/releases/v3.20.0/efo.owl",
    f"{VERSIONS}|{SO}": "http://purl.obolibrary.org/obo/so/2020-08-05/so.owl",
}

VALID = {
    "complete": {
        **AUGMENTED,
        "doc_info/doc_url": "https://tracks.example.org/complete.json",
        "collection_info/description_url": "https://www.encodeproject.org/help/project-overview/",
        "collection_info/orig_metadata_url": "https://www.encodeproject.org/search/?format=json",
        STUDY + "global_id": "geo:GSE35583",
        STUDY + "publication": "pubmed:22955617",
        EXPERIMENT + "global_id": "geo:GSE35583",
        EXPERIMENT + "aggregated_from": ["geo:GSM945229"],
        EXPERIMENT + "target/target_details": "in replicate 1",
        EXPERIMENT + "lab_protocol_description": "As in the paper",
        EXPERIMENT + "compute_protocol_description": "https://www.encodeproject.org/chip-seq/histone/",
        SAMPLE + "global_id": "biosample:SAMN01731491",
        SAMPLE + "sample_type/organism_part": term("UBERON_0000922", "embryo"),
        TRACK + "global_id": "fairtracks:2",
        TRACK + "raw_file_ids": ["encode:ENCFF207FGO", "encode:ENCFF842FEQ"],
    },
    "successor_of_1_0_2": {
        **MASTER,
        EXPERIMENT + "target/details": "in replicate 1",
        SAMPLE + "sample_type/details": "day 3",
        "collection_info/source_repo_url": GONE,
    },
    "bisulfite_sequencing": technique(*BISULFITE, sequence_feature=OPEN_CHROMATIN),
    "dnase_seq": technique(*DNASE, sequence_feature=HYPERSENSITIVE),
    "transcription_factor_chip_seq": technique(*FACTOR_SITES, gene_id="hgnc:11998", gene_product_type=FACTOR),
    "rna_seq": technique(*RNA_SEQ, gene_product_type=MESSENGER),
    "micro_rna_seq": technique(*MICRO_RNA, gene_product_type=MICRO),
    "hi_c": technique(*HI_C, macromolecular_structure=CHROMATIN),
    "gwas": technique(*GWAS, phenotype=ASTHMA),
    "technique_without_rules": technique("OBI_0002039", "assay for transposase-accessible chromatin using sequencing"),
    "cells": {
        SAMPLE + "biospecimen_class": term("NCIT_C12508", "Cell"),
        SAMPLE + "sample_type": {"cell_type": term("CL_0000236", "B cell"), "organism_part": term("UBERON_0000178", "blood")},
    },
    "abnormal_cells": {
        SAMPLE + "biospecimen_class": term("NCIT_C12913", "Abnormal Cell"),
        SAMPLE + "sample_type": {"abnormal_cell_type": term("NCIT_C12922", "Neoplastic Cell")},
    },
    "organism_part": {
        SAMPLE + "biospecimen_class": term("NCIT_C103199", "Organism Part"),
        SAMPLE + "sample_type": {"organism_part": term("UBERON_0000178", "blood")},
    },
    "contact_with_orcid": {STUDY + "contact": {"name": "Josiah Carberry", "orcid": "orcid:0000-0002-1825-0097"}},
    "schema_of_every_object": {
        STUDY + "@schema": SCHEMAS + "fairtracks_study.schema.json",
        STUDY + "contact/@schema": SCHEMAS + "fairtracks_contact.schema.json",
        EXPERIMENT + "@schema": SCHEMAS + "fairtracks_experiment.schema.json",
        SAMPLE + "@schema": SCHEMAS + "fairtracks_sample.schema.json",
        SAMPLE + "phenotype/@schema": SCHEMAS + "fairtracks_phenotype.schema.json",
        TRACK + "@schema": SCHEMAS + "fairtracks_track.schema.json",
    },
    "members_of_other_makers": {
        TRACK + "quality": {"FRiP": 0.25, "passed": True, "remarks": None, "term_iri": "x"},
        TRACK + "genome_assembly": "GRCh38",
        "donors": [{"height in m": 1.5, "name": "Zoë ✓"}],
    },
}

DOUBTFUL = {
    "doc_version_of_another_text": {"doc_info/doc_version": STALE},
    "label_with_blank_in_front": {TRACK + "label_short": " ENCFF718EPO"},
    "label_of_no_text": {TRACK + "label_long": ""},
    "checksum_with_blank_in_front": {TRACK + "checksum/cs_hash": " 6d2c6c99a7407f1c49ab163e41d9b575"},
    "checksum_cut_off": {TRACK + "checksum/cs_hash": "6d2c6c99"},
    "aggregated_from_nothing": {EXPERIMENT + "aggregated_from": []},
    "raw_file_id_with_blank": {TRACK + "raw_file_ids": ["encode:ENCFF842FEQ", "encode: ENCFF207FGO"]},
    "gene_symbol_as_gene_id": {EXPERIMENT + "target/gene_id": "hgnc:CTCF"},
    "experiment_of_ega": {EXPERIMENT + "global_id": "ega.experiment:EGAX00001000001"},
    "format_that_is_no_format": {TRACK + "file_format": term("http://edamontology.org/data_3002", "Annotation track")},
    "format_not_known": {TRACK + "file_format": term("http://edamontology.org/format_9999", "bigPicture")},
    "format_with_label_of_another": {TRACK + "file_format/term_label": "bigWig"},
    "assembly_with_name_of_another": {TRACK + "assembly_name": "hg19"},
    "species_with_name_of_another": {SAMPLE + "species_name": "Mus musculus"},
    "term_by_https": {EXPERIMENT + "target/sequence_feature/term_id": "https://purl.obolibrary.org/obo/SO_0001706"},
    "term_of_another_ontology": {SAMPLE + "phenotype": term("DOID_2841", "asthma")},
    "cell_type_of_a_cell_line": {SAMPLE + "sample_type/cell_type": term("CL_0000236", "B cell")},
}

INVALID = {
    "schema_missing": {"@schema": GONE},
    "schema_by_version": {"@schema": SCHEMAS.replace("current", "1.0.2") + "fairtracks.schema.json"},
    "doc_info_missing": {"doc_info": GONE, "collection_info/doc_ref": GONE},
    "draft_of_version_2": {
        "document": {"global_id": "doi:10.5281/zenodo.0000000", "version_id": "1", "has_augmented_metadata": True},
        "doc_info": GONE,
        "collection_info/doc_ref": GONE,
    },
    "collection_info_missing": {"collection_info": GONE, STUDY + "collection_ref": GONE},
    "samples_empty": {"samples": [], EXPERIMENT + "sample_ref": GONE, EXPERIMENT + "aggregated_from": ["geo:GSE35583"]},
    "experiment_that_is_a_text": {"experiments/1": "encode:ENCSR000DQP"},
    "date_without_time": {"doc_info/doc_date": "2026-01-15"},
    "ontology_version_missing": {f"{VERSIONS}|{EFO}": GONE},
    "ontology_version_of_the_successor": {f"{VERSIONS}|{EFO}": MASTER[f"{VERSIONS}|{EFO}"]},
    "successor_without_labels": {**MASTER, EXPERIMENT + "technique/term_label": GONE},
    "successor_with_flag_as_text": {**MASTER, "doc_info/has_augmented_metadata": "true"},
    "contact_without_address": {STUDY + "contact/e-mail": GONE},
    "contact_with_url_as_orcid": {STUDY + "contact/orcid": "https://orcid.org/0000-0002-1825-0097"},
    "study_name_missing": {STUDY + "study_name": GONE},
    "publications_as_list": {STUDY + "publication": ["pubmed:22955617"]},
    "local_id_as_number": {TRACK + "local_id": 718},
    "local_id_twice": {"tracks/1": base()["tracks"][0]},
    "doc_ref_to_nothing": {"collection_info/doc_ref": "1"},
    "study_ref_to_nothing": {EXPERIMENT + "study_ref": "UW_ChIPSeq"},
    "sample_ref_to_nothing": {EXPERIMENT + "sample_ref": "GSM945229"},
    "experiment_ref_to_nothing": {TRACK + "experiment_ref": "ENCSR000DQP"},
    "experiment_without_sample": {EXPERIMENT + "sample_ref": GONE},
    "aggregated_from_another_prefix": {EXPERIMENT + "aggregated_from": ["encode:ENCSR000DQP"]},
    "technique_without_id": {EXPERIMENT + "technique/term_id": GONE},
    "technique_as_curie": {EXPERIMENT + "technique/term_id": "obo:OBI_0002017"},
    "histone_without_feature": {EXPERIMENT + "target": {"summary": "H3K4me3"}},
    "bisulfite_of_another_feature": technique(*BISULFITE, sequence_feature=FEATURE),
    "dnase_of_another_feature": technique(*DNASE, sequence_feature=FEATURE),
    "factor_without_gene": technique(*FACTOR_SITES, gene_product_type=FACTOR),
    "factor_of_another_product": technique(*FACTOR_SITES, gene_id="hgnc:11998", gene_product_type=MESSENGER),
    "rna_of_another_product": technique(*RNA_SEQ, gene_product_type=MICRO),
    "micro_rna_of_another_product": technique(*MICRO_RNA, gene_product_type=MESSENGER),
    "hi_c_of_another_structure": technique(*HI_C, macromolecular_structure=term("NCIT_C13200", "Chromosome")),
    "gwas_without_phenotype": technique(*GWAS),
    "biospecimen_class_unknown": {SAMPLE + "biospecimen_class": term("NCIT_C12801", "Cell Line")},
    "biospecimen_class_by_https": {SAMPLE + "biospecimen_class/term_id": "https://purl.obolibrary.org/obo/NCIT_C16403"},
    "biospecimen_class_in_small_letters": {SAMPLE + "biospecimen_class/term_label": "cell line"},
    "cell_line_without_cell_line": {SAMPLE + "sample_type": {"organism_part": term("UBERON_0000922", "embryo")}},
    "species_without_prefix": {SAMPLE + "species_id": "9606"},
    "phenotype_missing": {SAMPLE + "phenotype": GONE},
    "assembly_name_as_id": {TRACK + "assembly_id": "hg38"},
    "file_url_of_a_cloud": {TRACK + "file_url": "s3://encode-public/ENCFF718EPO.bigBed"},
    "file_url_with_blank": {TRACK + "file_url": "https://tracks.example.org/ENCFF718EPO.big Bed"},
    "file_url_with_scheme_in_capitals": {TRACK + "file_url": "HTTPS://tracks.example.org/ENCFF718EPO.bigBed"},
    "file_name_null": {TRACK + "file_name": None},
    "raw_file_ids_empty": {TRACK + "raw_file_ids": []},
    "raw_file_ids_as_text": {TRACK + "raw_file_ids": "encode:ENCFF207FGO"},
    "condensed_data_in_small_letters": {TRACK + "type_of_condensed_data": "narrow peaks"},
    "checksum_by_another_method": {TRACK + "checksum/cs_method": "SHA-1"},
}


def written(document: dict) -> bytes:
    """The document as text, each object that holds no other on one line."""
    text = json.dumps(document, indent=1, ensure_ascii=False)
    one_line = re.sub(r"\{\s+([^{}\n]*(?:\n[^{}\n]*){0,2}?)\s+\}", lambda found: "{" + re.sub(r"\n\s*", " ", found[1]) + "}", text)
    return (one_line + "\n").encode()


def files() -> dict[str, bytes]:
    """All files, by their path in this folder."""
    made = {}
    for folder, documents in (("valid", VALID), ("doubtful", DOUBTFUL), ("invalid", INVALID)):
        for name, changes in documents.items():
            made[f"{folder}/{name}.json"] = written(signed(changed(base(), changes)))
    made["valid/donor's_($HOME)_é.json"] = made["valid/complete.json"]
    text = written(signed(base())).decode()
    label = '"label_short": "ENCFF718EPO"'
    made["doubtful/key_twice.json"] = text.replace(label, f'"label_short": "peaks",\n   {label}').encode()
    made["invalid/latin_1.json"] = text.replace('"ENCODE"', '"Zoë"').encode("latin-1")
    made["invalid/utf_16.json"] = text.encode("utf-16")
    made["invalid/half_a_character.json"] = text.replace('"ENCODE"', '"\\ud83d"').encode()
    return made


def script() -> int:
    stale = [path for path, content in files().items() if not (HERE / path).exists() or (HERE / path).read_bytes() != content]
    if "--check" in sys.argv[1:]:
        print("\n".join(f"{path} is not as {Path(__file__).name} makes it" for path in stale) or "all files are up to date")
        return 1 if stale else 0
    for path in stale:
        (HERE / path).parent.mkdir(exist_ok=True)
        (HERE / path).write_bytes(files()[path])
    print(f"{len(stale)} files written")
    return 0


if __name__ == "__main__":
    sys.exit(script())

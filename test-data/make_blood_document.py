#!/usr/bin/env python3
"""Writes blood.fairtracks.json, a made-up collection of blood tracks for tests and for the demo.

Cells, assays and their ontology terms are real; studies, samples, files and accessions are invented. Everything
follows from the tables below, so the same bytes come out every time.

    make_blood_document.py                     write the document
    make_blood_document.py --check             compare the document with the tables, exit 1 on a difference
    make_blood_document.py --tracks DIRECTORY  write the text tracks, whose bytes have the checksums promised
"""

import argparse
import hashlib
import json
import pathlib
import sys

DOCUMENT = pathlib.Path(__file__).with_name("blood.fairtracks.json")
SITE = "https://tracks.example.org/blood"
DATE = "2026-01-15T10:00:00Z"
OBO = "http://purl.obolibrary.org/obo/"
EDAM = "http://edamontology.org/"

ONTOLOGY_VERSIONS = {
    "http://edamontology.org/EDAM.owl": "http://edamontology.org/EDAM_1.25.owl",
    "http://purl.obolibrary.org/obo/cl.owl": "http://purl.obolibrary.org/obo/cl/releases/2019-08-12/cl.owl",
    "http://www.ebi.ac.uk/efo/efo.owl": "https://github.com/EBISPOT/efo/releases/download/v3.12.0/efo.owl",
    "http://purl.obolibrary.org/obo/ncit.owl": "http://purl.obolibrary.org/obo/ncit/releases/2019-09-09/ncit.owl",
    "http://purl.obolibrary.org/obo/obi.owl": "http://purl.obolibrary.org/obo/obi/2019-11-12/obi.owl",
    "http://purl.obolibrary.org/obo/so.owl":
        "https://raw.githubusercontent.com/The-Sequence-Ontology/SO-Ontologies/v3.1/releases/so-xp.owl/so.owl",
    "http://purl.obolibrary.org/obo/uberon.owl":
        "http://purl.obolibrary.org/obo/uberon/releases/2019-06-27/uberon.owl",
}

ASSEMBLIES = {
    "hg38": "insdc.gca:GCF_000001405.26",
    "hg19": "insdc.gca:GCF_000001405.13",
    "mm10": "insdc.gca:GCF_000001635.20",
}

SPECIES = {"human": ("taxonomy:9606", "Homo sapiens"), "mouse": ("taxonomy:10090", "Mus musculus")}

# Where a biospecimen class keeps its term: class term, class label, member of sample_type.
CLASSES = {
    "CL": ("NCIT_C12508", "Cell", "cell_type"),
    "NCIT": ("NCIT_C12913", "Abnormal Cell", "abnormal_cell_type"),
    "EFO": ("NCIT_C16403", "Cell Line", "cell_line"),
    "UBERON": ("NCIT_C103199", "Organism Part", "organism_part"),
}

PARTS = {"blood": "UBERON_0000178", "bone marrow": "UBERON_0002371", "spleen": "UBERON_0002106"}

PHENOTYPES = {
    "Normal": "NCIT_C14165",
    "Acute Myeloid Leukemia": "NCIT_C3171",
    "Chronic Myelogenous Leukemia, BCR-ABL1 Positive": "NCIT_C3174",
    "Rheumatoid Arthritis": "NCIT_C2884",
}

HELPDESK = {"name": "Blood track desk", "e-mail": "desk@tracks.example.org"}

# Study: name, contact, checksum method of its tracks.
STUDIES = {
    "healthy": ("Open chromatin and histone marks of healthy blood cells",
                {"name": "Josiah Carberry", "orcid": "orcid:0000-0002-1825-0097"}, "MD5"),
    "disease": ("Blood in disease, with cell lines and liver as controls",
                {"name": "Renée Lützow", "e-mail": "renee.lutzow@tracks.example.org"}, "SHA-256"),
    "mouse": ("Blood of the laboratory mouse", HELPDESK, "MD5"),
}

# Sample: short name, study, species, term, label, part of the organism, phenotype. A short name has at most eight
# letters, or nine if its assays are few, so that `label_short` keeps to the 17 characters that FAIRtracks advises.
SAMPLES = [
    ("Monocyte", "healthy", "human", "CL_0001054", "CD14-positive monocyte", "blood", "Normal"),
    ("CD4 T", "healthy", "human", "CL_0000624", "CD4-positive, alpha-beta T cell", "blood", "Normal"),
    ("CD8 T", "healthy", "human", "CL_0000625", "CD8-positive, alpha-beta T cell", "blood", "Normal"),
    ("Naive B", "healthy", "human", "CL_0000788", "naive B cell", "blood", "Normal"),
    ("NK", "healthy", "human", "CL_0000623", "natural killer cell", "blood", "Normal"),
    ("Neutro", "healthy", "human", "CL_0000775", "neutrophil", "blood", "Normal"),
    ("Megakar", "healthy", "human", "CL_0000556", "megakaryocyte", "bone marrow", "Normal"),
    ("Erythro", "healthy", "human", "CL_0000765", "erythroblast", "bone marrow", "Normal"),
    ("HSC", "healthy", "human", "CL_0000037", "hematopoietic stem cell", "bone marrow", "Normal"),
    ("CD4 T RA", "disease", "human", "CL_0000624", "CD4-positive, alpha-beta T cell", "blood",
     "Rheumatoid Arthritis"),
    ("AML", "disease", "human", "NCIT_C25553", "Leukemic Cell", "bone marrow", "Acute Myeloid Leukemia"),
    ("K562", "disease", "human", "EFO_0002067", "K562", None,
     "Chronic Myelogenous Leukemia, BCR-ABL1 Positive"),
    ("GM12878", "disease", "human", "EFO_0002784", "GM12878", None, "Normal"),
    ("Liver", "disease", "human", "UBERON_0002107", "liver", None, "Normal"),
    ("Ery mouse", "mouse", "mouse", "CL_0000765", "erythroblast", "bone marrow", "Normal"),
    ("B mouse", "mouse", "mouse", "CL_0000236", "B cell", "spleen", "Normal"),
]

# Assay family: technique, its label, laboratory protocol (a text or an address).
TECHNIQUES = {
    "DNase": ("OBI_0001853", "DNase I hypersensitive sites sequencing assay",
              "Nuclei were digested with DNase I; fragments below 500 base pairs were sequenced from both ends"),
    "histone": ("OBI_0002017", "histone modification identification by ChIP-Seq assay",
                "Cells were fixed in 1 % formaldehyde for ten minutes; chromatin was sheared to 200-400 base pairs"),
    "factor": ("OBI_0002019", "transcription factor binding site identification by ChIP-Seq assay",
               "https://tracks.example.org/protocols/factor-chip-seq.pdf"),
    "RNA": ("OBI_0001271", "RNA-seq assay", None),
    "Hi-C": ("OBI_0002440", "Hi-C assay", "https://tracks.example.org/protocols/hi-c.pdf"),
}

# Assay: family, member of target, its term, its label, HGNC gene.
ASSAYS = {
    "DNase": ("DNase", "sequence_feature", "SO_0000685", "DNaseI_hypersensitive_site", None),
    "H3K4me1": ("histone", "sequence_feature", "SO_0001705", "H3K4_monomethylation_site", None),
    "H3K4me3": ("histone", "sequence_feature", "SO_0001706", "H3K4_trimethylation", None),
    "H3K27me3": ("histone", "sequence_feature", "SO_0001709", "H3K27_trimethylation_site", None),
    "H3K27ac": ("histone", "sequence_feature", "SO_0002049", "H3K27_acetylation_site", None),
    "CTCF": ("factor", "gene_product_type", "NCIT_C17207", "Transcription Factor", "hgnc:13723"),
    "GATA1": ("factor", "gene_product_type", "NCIT_C17207", "Transcription Factor", "hgnc:4170"),
    "RNA": ("RNA", "gene_product_type", "NCIT_C813", "Messenger RNA", None),
    "Hi-C": ("Hi-C", "macromolecular_structure", "NCIT_C13402", "Chromatin Structure", None),
}

# Kind of track: file extension, EDAM format, its label, condensed data, geometry.
KINDS = {
    "narrow": ("narrowPeak", "format_3613", "ENCODE narrow peak format", "Narrow peaks", "Valued segments"),
    "broad": ("broadPeak", "format_3614", "ENCODE broad peak format", "Broad peaks", "Valued segments"),
    "regions": ("bed", "format_3003", "BED", "Peaks", "Segments"),
    "loops": ("bed", "format_3003", "BED", "Experimentally-derived regions", "Linked segments"),
    "indexed": ("bigBed", "format_3004", "bigBed", "Narrow peaks", "Valued segments"),
    "fold": ("bigWig", "format_3006", "bigWig", "Signal values (fold change)", "Step function"),
    "p-value": ("bigWig", "format_3006", "bigWig", "Signal values (p-value)", "Step function"),
    "coverage": ("bigWig", "format_3006", "bigWig", "Read coverage", "Step function"),
}

# Number of columns that a text track has, by file extension. The other formats are binary.
TEXT_COLUMNS = {"narrowPeak": 10, "broadPeak": 9, "bed": 4}

# Tracks: sample, assay, assembly, kinds. Rows with one sample and one assay belong to one experiment.
# The row without a sample is a summary over other people's series, so the experiment has only aggregated_from.
TRACKS = [
    ("Monocyte", "DNase", "hg38", "narrow coverage"),
    ("Monocyte", "H3K4me3", "hg38", "narrow fold"),
    ("Monocyte", "H3K4me1", "hg38", "broad"),
    ("Monocyte", "H3K27ac", "hg38", "narrow"),
    ("Monocyte", "H3K27me3", "hg38", "broad"),
    ("Monocyte", "RNA", "hg38", "coverage"),
    ("CD4 T", "DNase", "hg38", "narrow coverage"),
    ("CD4 T", "H3K4me3", "hg38", "narrow fold"),
    ("CD4 T", "H3K4me1", "hg38", "broad"),
    ("CD4 T", "H3K27ac", "hg38", "narrow"),
    ("CD4 T", "H3K27me3", "hg38", "broad"),
    ("CD8 T", "DNase", "hg38", "narrow coverage"),
    ("CD8 T", "H3K27ac", "hg38", "narrow"),
    ("Naive B", "DNase", "hg38", "narrow coverage"),
    ("Naive B", "H3K4me3", "hg38", "narrow fold"),
    ("Naive B", "H3K27me3", "hg38", "broad"),
    ("NK", "DNase", "hg38", "narrow coverage"),
    ("NK", "H3K4me3", "hg38", "narrow fold"),
    ("Neutro", "DNase", "hg38", "narrow coverage"),
    ("Neutro", "H3K4me3", "hg38", "narrow"),
    ("Neutro", "RNA", "hg38", "coverage"),
    ("Megakar", "DNase", "hg38", "narrow coverage"),
    ("Megakar", "H3K27ac", "hg38", "indexed"),
    ("Erythro", "DNase", "hg38", "narrow coverage"),
    ("Erythro", "H3K27ac", "hg38", "narrow"),
    ("Erythro", "GATA1", "hg38", "indexed"),
    ("HSC", "DNase", "hg38", "narrow coverage"),
    ("HSC", "H3K4me1", "hg38", "broad"),
    (None, "DNase", "hg38", "regions indexed"),
    ("CD4 T RA", "DNase", "hg38", "narrow coverage"),
    ("AML", "DNase", "hg38", "narrow"),
    ("AML", "H3K27ac", "hg38", "narrow fold"),
    ("K562", "DNase", "hg38", "narrow"),
    ("K562", "DNase", "hg19", "narrow"),
    ("K562", "H3K4me3", "hg38", "narrow fold"),
    ("K562", "CTCF", "hg38", "narrow p-value"),
    ("GM12878", "DNase", "hg38", "narrow"),
    ("GM12878", "DNase", "hg19", "narrow"),
    ("GM12878", "Hi-C", "hg38", "loops"),
    ("Liver", "DNase", "hg38", "narrow"),
    ("Liver", "H3K27me3", "hg38", "broad"),
    ("Ery mouse", "DNase", "mm10", "narrow coverage"),
    ("B mouse", "H3K4me3", "mm10", "narrow"),
]

AGGREGATED_FROM = ["geo:GSE00000001", "geo:GSE00000002"]

# Long labels that replace the composed one, for the characters that queries and tables must survive.
LABELS = {
    ("Monocyte", "H3K4me3", "narrow"): "Monocytes of the donor's second visit, H3K4me3 (hg38): narrow peaks",
    ("Neutro", "DNase", "narrow"): 'Neutrophils, "fresh blood" protocol, DNase (hg38): narrow peaks',
    ("AML", "DNase", "narrow"): "Leukémie aiguë, blasts, DNase (hg38): narrow peaks",
}

# Keys that FAIRtracks does not know and allows. The height is written as 1.50: see `text_of`.
DONOR_OF_FIRST_SAMPLE = {
    "code": "D-07",
    "height_metres": 1.5,
    "smoker": False,
    "visits": [
        {"number": 1, "place": "Oslo", "fasting": True},
        {"number": 2, "place": "Ås", "fasting": False},
    ],
}


def term(name, label):
    """A term pair; the ontology follows from the name."""
    prefix = {"EFO": "http://www.ebi.ac.uk/efo/", "format": EDAM}.get(name.split("_")[0], OBO)
    return {"term_id": prefix + name, "term_label": label}


def study(key):
    name, contact, _ = STUDIES[key]
    return {
        "local_id": f"example:blood-{key}",
        "collection_ref": "example:blood",
        "study_name": name,
        "contact": contact,
    }


def sample(position, row):
    _, _, species, name, label, part, phenotype = row
    class_name, class_label, member = CLASSES[name.split("_")[0]]
    sample_type = {member: term(name, label)}
    if part:
        sample_type["organism_part"] = term(PARTS[part], part)
    species_id, species_name = SPECIES[species]
    return {
        "local_id": f"example:BLS{position:06}",
        "species_id": species_id,
        "species_name": species_name,
        "biospecimen_class": term(class_name, class_label),
        "sample_type": sample_type | {"summary": label},
        "phenotype": term(PHENOTYPES[phenotype], phenotype),
    }


def experiment(local_id, study_key, sample_id, assay):
    family, member, name, label, gene = ASSAYS[assay]
    technique, technique_label, protocol = TECHNIQUES[family]
    target = {"gene_id": gene} if gene else {}
    target[member] = term(name, label)
    if gene:
        target["target_details"] = assay
    entry = {
        "local_id": local_id,
        "study_ref": f"example:blood-{study_key}",
        "technique": term(technique, technique_label),
        "target": target | {"summary": gene or label},
    }
    entry |= {"sample_ref": sample_id} if sample_id else {"aggregated_from": AGGREGATED_FROM}
    if protocol:
        entry["lab_protocol_description"] = protocol
    entry["compute_protocol_description"] = "https://tracks.example.org/protocols/mapping-and-peaks.pdf"
    return entry


def track_bytes(accession, extension):
    """The content of a text track: three made-up regions that depend on the accession alone."""
    lines = []
    for chromosome in ("chr1", "chr2", "chr3"):
        dice = hashlib.sha256(f"{accession} {chromosome}".encode()).digest()
        start = int.from_bytes(dice[:4], "big") % 10_000_000
        width = 200 + dice[4]
        columns = [chromosome, start, start + width, f"{accession}_{chromosome}", 400 + dice[5], ".",
                   1 + dice[6] % 20, 2 + dice[7] % 50, 1 + dice[8] % 40, width // 2]
        lines.append("\t".join(map(str, columns[:TEXT_COLUMNS[extension]])) + "\n")
    return "".join(lines).encode()


def checksum(method, accession, extension):
    """Of the content where that is text; a binary track has none, so there the accession stands for it."""
    content = track_bytes(accession, extension) if extension in TEXT_COLUMNS else accession.encode()
    return {"cs_method": method, "cs_hash": hashlib.new(method.replace("-", ""), content).hexdigest()}


def track(accession, experiment_id, sample_name, assay, assembly, kind, method):
    extension, name, label, condensed_data, geometry = KINDS[kind]
    file_name = f"{accession}.{extension}"
    cell = next((row[4] for row in SAMPLES if row[0] == sample_name), "Blood cells of several series")
    composed_label = f"{cell}, {assay} ({assembly}): {condensed_data.lower()}"
    return {
        "local_id": f"example:{accession}",
        "assembly_id": ASSEMBLIES[assembly],
        "assembly_name": assembly,
        "experiment_ref": experiment_id,
        "file_url": f"{SITE}/{assembly}/{file_name}",
        "file_name": file_name,
        "label_short": f"{sample_name or 'Blood'} {assay}",
        "label_long": LABELS.get((sample_name, assay, kind), composed_label),
        "file_format": term(name, label),
        "type_of_condensed_data": condensed_data,
        "geometric_track_type": geometry,
        "checksum": checksum(method, accession, extension),
    }


def document():
    samples = [sample(position, row) for position, row in enumerate(SAMPLES, 1)]
    samples[0]["donor"] = DONOR_OF_FIRST_SAMPLE
    sample_ids = {row[0]: entry["local_id"] for row, entry in zip(SAMPLES, samples)}
    study_of = {row[0]: row[1] for row in SAMPLES} | {None: "healthy"}

    experiments, tracks = {}, []
    for sample_name, assay, assembly, kinds in TRACKS:
        study_key = study_of[sample_name]
        key = (sample_name, assay)
        if key not in experiments:
            local_id = f"example:BLX{len(experiments) + 1:06}"
            experiments[key] = experiment(local_id, study_key, sample_ids.get(sample_name), assay)
        for kind in kinds.split():
            accession = f"BLD{len(tracks) + 1:06}"
            tracks.append(track(accession, experiments[key]["local_id"], sample_name, assay, assembly, kind,
                                STUDIES[study_key][2]))

    result = {
        "@schema": "https://raw.githubusercontent.com/fairtracks/fairtracks_standard/v1/current/json/schema/"
                   "fairtracks.schema.json",
        "doc_info": {
            "local_id": "example:blood-document",
            "doc_url": f"{SITE}/blood.fairtracks.json",
            "doc_ontology_versions": ONTOLOGY_VERSIONS,
        },
        "collection_info": {
            "source_repo_url": SITE,
            "local_id": "example:blood",
            "doc_ref": "example:blood-document",
            "short_name": "Blood for tests",
            "long_name": "Blood tracks made for tests; accessions invented",
            "description_url": f"{SITE}/about.html",
            "contact": HELPDESK,
        },
        "studies": [study(key) for key in STUDIES],
        "experiments": list(experiments.values()),
        "samples": samples,
        "tracks": tracks,
    }
    result["doc_info"] |= {"doc_version": signature(result), "doc_date": DATE}
    return result


def signature(unsigned):
    """The FAIRtracks signature of a document that has neither doc_version nor doc_date yet."""
    return hashlib.sha256(json.dumps(unsigned).encode()).hexdigest()


def text_of(content):
    """The document as text. Its one fraction gets a trailing zero, as a person would write a height."""
    return json.dumps(content, indent=2, ensure_ascii=False).replace(": 1.5,", ": 1.50,") + "\n"


def main():
    parser = argparse.ArgumentParser(description="Write the blood document, check it, or write its text tracks.")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--check", action="store_true", help="compare only; exit 1 on a difference")
    choice.add_argument("--tracks", type=pathlib.Path, metavar="DIRECTORY", help="write the text tracks there")
    arguments = parser.parse_args()

    content = document()
    if arguments.tracks:
        for entry in content["tracks"]:
            accession, extension = entry["file_name"].split(".")
            if extension in TEXT_COLUMNS:
                path = arguments.tracks / entry["assembly_name"] / entry["file_name"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(track_bytes(accession, extension))
    elif not arguments.check:
        DOCUMENT.write_text(text_of(content), encoding="utf-8")
    elif not DOCUMENT.is_file() or DOCUMENT.read_text(encoding="utf-8") != text_of(content):
        sys.exit(f"{DOCUMENT.name} is not what the tables say; run make_blood_document.py to write it anew")


if __name__ == "__main__":
    main()

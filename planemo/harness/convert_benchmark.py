"""Sources of `planemo/bench_convert`: answers of the search of ENCODE and a track hub, with records of about 3 kB."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

from .places import BINARIES
from .timing import Timed, timed

FILES_OF_EXPERIMENT = 4
ASSAYS = ("DNase-seq", "ATAC-seq", "Histone ChIP-seq", "TF ChIP-seq")
CELLS = (("CL:0000236", "B cell", "primary cell"), ("EFO:0002067", "K562", "cell line"), ("UBERON:0002107", "liver", "tissue"))
KINDS = (
    ("bed", "bed narrowPeak", "IDR thresholded peaks"),
    ("bigWig", "bigWig", "fold change over control"),
    ("bigBed", "bigBed narrowPeak", "peaks"),
    ("bigWig", "bigWig", "read-depth normalized signal"),
)
TITLES = "abcdefghijklmnopqrstuvwxyz"
MARKS = ("H3K4me3", "H3K27ac", "H3K36me3", "H3K27me3")
# What a document needs and neither source has.
COLLECTION = tuple(
    word
    for value in (
        "collection_info.short_name=Benchmark",
        "collection_info.long_name=Invented tracks",
        "collection_info.contact.name=Laboratory desk",
        "collection_info.contact.e-mail=desk@tracks.example.org",
        "collection_info.source_repo_url=https://tracks.example.org/",
    )
    for word in ("--set", value)
)


def encode_file(number: int, chance: random.Random) -> dict:
    """A file of an experiment; most of its members are read by no rule, as in answers of the portal."""
    experiment, place = divmod(number, FILES_OF_EXPERIMENT)
    accession, ending = f"ENCFF{number:07}", KINDS[place][0]
    term, cell, classification = CELLS[experiment % len(CELLS)]
    return {
        "@id": f"/files/{accession}/",
        "@type": ["File", "Item"],
        "accession": accession,
        "file_format": ending,
        "file_type": KINDS[place][1],
        "output_type": KINDS[place][2],
        "output_category": "annotation",
        "assembly": "GRCh38",
        "genome_annotation": "V29",
        "md5sum": f"{chance.getrandbits(128):032x}",
        "content_md5sum": f"{chance.getrandbits(128):032x}",
        "file_size": chance.randrange(10**9),
        "status": "released",
        "date_created": "2020-01-31T12:00:00.000000+00:00",
        "href": f"/files/{accession}/@@download/{accession}.{ending}",
        "s3_uri": f"s3://tracks.example.org/2020/01/31/{accession}/{accession}.{ending}",
        "dataset": f"/experiments/ENCSR{experiment:07}/",
        "biosample_ontology": {"term_id": term, "term_name": cell, "classification": classification},
        "simple_biosample_summary": f"{cell} of donor {experiment % 97}",
        "lab": {"@id": "/labs/invented/", "title": f"Invented Laboratory {experiment % 5}", "country": "NO", "fax": ""},
        "award": {"project": "ENCODE", "rfa": "ENCODE4", "name": f"UM1HG{experiment % 31:06}"},
        "assay_title": ASSAYS[experiment % len(ASSAYS)],
        "assay_term_name": "ChIP-seq" if experiment % len(ASSAYS) > 1 else ASSAYS[experiment % len(ASSAYS)],
        "target": {"label": MARKS[experiment % len(MARKS)], "investigated_as": ["histone", "narrow histone mark"]},
        "derived_from": [f"/files/ENCFF{number + step:07}/" for step in range(10**6, 10**6 + 3)],
        "technical_replicates": ["1_1", "2_1"],
        "analyses": [{"@id": f"/analyses/ENCAN{experiment:07}/", "title": "Pipeline 1.6", "status": "released", "version": "1.6.1"}],
        "quality_metrics": [
            {
                "@id": f"/quality-metrics/{chance.getrandbits(128):032x}/",
                "status": "released",
                "step_run": f"/analysis-step-runs/{chance.getrandbits(128):032x}/",
                **{f"measure_{name}": round(chance.random(), 6) for name in "abcdefghijklmnop"},
            }
            for _ in range(2)
        ],
        "notes": f"Aligned, filtered and scored with the uniform pipeline, run {number} of this release. " * 5,
    }


def encode_experiment(number: int) -> dict:
    """An experiment with a sample of its own."""
    sample = {
        "accession": f"ENCBS{number:07}",
        "organism": {"scientific_name": "Homo sapiens", "taxon_id": "9606"},
        "donor": {"accession": f"ENCDO{number % 97:07}", "health_status": "healthy", "age": str(20 + number % 60)},
    }
    return {
        "@id": f"/experiments/ENCSR{number:07}/",
        "@type": ["Experiment", "Dataset", "Item"],
        "accession": f"ENCSR{number:07}",
        "assay_term_id": "OBI:0000716",
        "description": f"Experiment {number} of the benchmark",
        "replicates": [{"biological_replicate_number": replicate, "library": {"biosample": sample}} for replicate in (1, 2)],
    }


def write_answer(path: Path, items: Iterator[dict]) -> Path:
    """An answer, written item by item."""
    with path.open("w") as file:
        file.write('{"@context": "/terms/", "@graph": [\n')
        for number, item in enumerate(items):
            file.write((",\n" if number else "") + json.dumps(item))
        file.write('\n], "notification": "Success"}\n')
    return path


def write_encode(folder: Path, files: int) -> list[Path]:
    """Files and their experiments."""
    folder.mkdir()
    chance = random.Random(files)
    experiments = -(-files // FILES_OF_EXPERIMENT)
    return [
        write_answer(folder / "files.json", (encode_file(number, chance) for number in range(files))),
        write_answer(folder / "experiments.json", map(encode_experiment, range(experiments))),
    ]


def write_hub(folder: Path, tracks: int) -> list[Path]:
    """A hub in one file: a composite, and its tracks with metadata, most of which no rule reads."""
    folder.mkdir()
    chance = random.Random(tracks)
    path = folder / "hub.txt"
    with path.open("w") as file:
        file.write(
            "hub benchmark\nshortLabel Benchmark\nlongLabel Invented tracks\nuseOneFile on\nemail desk@tracks.example.org\n"
            "\ngenome hg38\n\ntrack all\ncompositeTrack on\ntype bigWig\nsubGroup1 view Views Peaks=Peaks Signal=Signal\n"
            "shortLabel All\nlongLabel All tracks\nvisibility dense\n"
        )
        for number in range(tracks):
            sample = number // FILES_OF_EXPERIMENT
            view, kind, ending = ("Signal", "bigWig", "bw") if number % 2 else ("Peaks", "bigBed 6 +", "bb")
            further = " ".join(f'note_{name}="Value {chance.getrandbits(128):032x} of track {number}, measured in the core facility"' for name in TITLES)
            file.write(
                f"\ntrack t{number}\nparent all\ntype {kind}\nbigDataUrl https://tracks.example.org/{sample}/{number}.{ending}\n"
                f"subGroups view={view}\nshortLabel Track {number}\nlongLabel {view} of track {number}\n"
                f'metadata sample_id=S{sample} experiment_id=E{sample} donor_id=D{sample % 97} assay="{ASSAYS[sample % 2]}"'
                f' cell_type="B cell" organism_part=blood disease=Healthy md5sum={chance.getrandbits(128):032x} {further}\n'
            )
    return [path]


def convert(source: str, files: list[Path], folder: Path) -> Timed:
    """The conversion as a whole process, from the files to the document and the table of what was changed."""
    outputs = ("--output-document", folder / "document.json", "--output-table", folder / "table.tsv", "--output-report", folder / "report.md")
    return timed((BINARIES / "fairtracks_convert", "--source", source, *files, *COLLECTION, "--date", "2026-01-31", *outputs))


WRITERS = {"encode": write_encode, "hub": write_hub}

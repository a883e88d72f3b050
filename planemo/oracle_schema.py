"""The rules of FAIRtracks 1.0.2 once more, as a JSON Schema and a few lines of Python: what `fairtracks_check` is held against.

Nothing here is shared with the Rust code. As a program it prints the faults of a document and ends with status 0.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from jsonschema import Draft7Validator, FormatChecker

OBO = "http://purl.obolibrary.org/obo/"
SCHEMAS = "https://raw.githubusercontent.com/fairtracks/fairtracks_standard/v1/current/json/schema/"
DAY = "[0-9]+-[0-9]+-[0-9]+"
NUMBER = "[0-9]+.[0-9]+.[0-9]+"
VERSIONS = {
    "http://edamontology.org/EDAM.owl": r"^http://edamontology.org/EDAM_[0-9]+\.[0-9]+.owl$",
    f"{OBO}cl.owl": f"^{OBO}cl/releases/{DAY}/cl.owl$",
    "http://www.ebi.ac.uk/efo/efo.owl": f"^https://github.com/EBISPOT/efo/releases/download/v{NUMBER}/efo.owl$",
    f"{OBO}ncit.owl": f"^{OBO}ncit/releases/{DAY}/ncit.owl$",
    f"{OBO}obi.owl": f"^{OBO}obi/{DAY}/obi.owl$",
    f"{OBO}so.owl": r"^https://raw.githubusercontent.com/The-Sequence-Ontology/SO-Ontologies/v[0-9]+\.[0-9]+/releases/so-xp.owl/so.owl$",
    f"{OBO}uberon.owl": f"^{OBO}uberon/releases/{DAY}/uberon.owl$",
}
VERSIONS_OF_SUCCESSOR = {
    **VERSIONS,
    "http://www.ebi.ac.uk/efo/efo.owl": f"^http://www.ebi.ac.uk/efo/releases/v{NUMBER}/efo.owl$",
    f"{OBO}so.owl": f"^{OBO}so/{DAY}/so.owl$",
}
CONDENSED = (
    "Sequence-derived regions|Experimentally-derived regions|Predicted regions|Predicted segmentation|Population-derived variants"
    "|Individual variants|Peaks|Broad peaks|Narrow peaks|Gapped peaks|Signal values (fold change)|Signal values (p-value)"
    "|Signal values (log likelihood)|Signal values (other)|Read coverage|Read counts|Mapped single-end reads|Mapped paired-end reads|Other"
).split("|")
GEOMETRIES = "Points|Valued points|Segments|Valued segments|Genome partition|Step function|Function".split("|")
GEOMETRIES += [f"Linked {name[0].lower()}{name[1:]}" for name in GEOMETRIES] + ["Linked base pairs"]
CLASSES = {
    "C12508": ("cell_type", "Cell"),
    "C12913": ("abnormal_cell_type", "Abnormal Cell"),
    "C16403": ("cell_line", "Cell Line"),
    "C103199": ("organism_part", "Organism Part"),
}
# Technique, what its target requires, and the one term that a member may be.
TECHNIQUES = [
    (f"{OBO}OBI_0002017", ["sequence_feature"], None, None),
    (f"{OBO}OBI_0000748", ["sequence_feature"], "sequence_feature", "SO_0001747"),
    (f"{OBO}OBI_0001853", ["sequence_feature"], "sequence_feature", "SO_0000685"),
    (f"{OBO}OBI_0002019", ["gene_id", "gene_product_type"], "gene_product_type", "NCIT_C17207"),
    (f"{OBO}OBI_0001271", ["gene_product_type"], "gene_product_type", "NCIT_C813"),
    (f"{OBO}OBI_0001922", ["gene_product_type"], "gene_product_type", "NCIT_C25966"),
    (f"{OBO}OBI_0002440", ["macromolecular_structure"], "macromolecular_structure", "NCIT_C13402"),
    ("http://edamontology.org/topic_3517", ["phenotype"], None, None),
]
TEXT = {"type": "string"}
PAGE = {"type": "string", "format": "uri", "pattern": "^(https?|ftp)://"}


def an_object(required: list[str], **members: dict) -> dict:
    return {"type": "object", "required": required, "properties": members}


def schema_member(name: str) -> dict:
    return {"@schema": {**PAGE, "const": f"{SCHEMAS}{name}.schema.json"}}


def document_schema(successor: bool, augmented: bool) -> dict:
    """The schema of 1.0.2, or of its unreleased successor, whose augmented documents have to have all labels."""
    filled = lambda *names: list(names) if augmented else []  # noqa: E731
    term = an_object(["term_id", *filled("term_label")], term_id={**TEXT, "pattern": "^(https?|ftp)://"}, term_label=TEXT)
    phenotype = {**term, "properties": {**term["properties"], **schema_member("fairtracks_phenotype")}}
    contact = an_object(["name"], **schema_member("fairtracks_contact"), name=TEXT, orcid=TEXT, **{"e-mail": {**TEXT, "format": "idn-email"}})
    contact["anyOf"] = [{"required": ["e-mail"]}, {"required": ["orcid"]}]
    details = {"details": TEXT} if successor else {}
    versions = VERSIONS_OF_SUCCESSOR if successor else VERSIONS
    needed = list(versions) if augmented or not successor else []
    doc_info = an_object(
        ["doc_ontology_versions", "doc_version", "doc_date", *(["local_id", "has_augmented_metadata"] if successor else [])],
        local_id=TEXT,
        doc_url=PAGE,
        doc_ontology_versions=an_object(needed, **{key: {"type": "string", "format": "uri", "pattern": form} for key, form in versions.items()}),
        doc_version=TEXT,
        doc_date={"type": "string", "format": "date-time"},
        **({"has_augmented_metadata": {"type": "boolean"}} if successor else {}),
    )
    collection_info = an_object(
        ["short_name", "long_name", "contact", *(["local_id", "doc_ref"] if successor else ["source_repo_url"])],
        source_repo_url=PAGE,
        local_id=TEXT,
        doc_ref=TEXT,
        short_name=TEXT,
        long_name=TEXT,
        description_url=PAGE,
        orig_metadata_url=PAGE,
        contact=contact,
    )
    study = an_object(
        ["local_id", "study_name", "contact", *filled("collection_ref")],
        **schema_member("fairtracks_study"),
        global_id=TEXT,
        local_id=TEXT,
        collection_ref=TEXT,
        study_name=TEXT,
        publication=TEXT,
        contact=contact,
    )
    parts = dict.fromkeys(("sequence_feature", "gene_product_type", "macromolecular_structure"), term)
    target = an_object(
        filled("summary"),
        **parts,
        **(details or {"target_details": TEXT}),
        gene_id=TEXT,
        phenotype=phenotype,
        summary=TEXT,
    )
    experiment = an_object(
        ["local_id", "study_ref", "technique", "target"],
        **schema_member("fairtracks_experiment"),
        global_id=TEXT,
        local_id=TEXT,
        study_ref=TEXT,
        sample_ref=TEXT,
        aggregated_from={"type": "array", "items": TEXT},
        technique=term,
        target=target,
        lab_protocol_description=TEXT,
        compute_protocol_description=TEXT,
    )
    experiment["anyOf"] = [{"required": ["sample_ref"]}, {"required": ["aggregated_from"]}]
    experiment["allOf"] = [technique_rule(*rule) for rule in TECHNIQUES]
    sample = an_object(
        ["local_id", "species_id", "biospecimen_class", "sample_type", "phenotype", *filled("species_name")],
        **schema_member("fairtracks_sample"),
        global_id=TEXT,
        local_id=TEXT,
        species_id=TEXT,
        species_name=TEXT,
        biospecimen_class=an_object(
            ["term_id", *filled("term_label")],
            term_id={"enum": [f"{OBO}NCIT_{name}" for name in CLASSES]},
            term_label={"enum": [label for _, label in CLASSES.values()]},
        ),
        sample_type=an_object(filled("summary"), **{member: term for member, _ in CLASSES.values()}, **details, summary=TEXT),
        phenotype=phenotype,
    )
    sample["allOf"] = [
        rule("biospecimen_class", f"{OBO}NCIT_{name}", {"sample_type": {"required": [member]}}) for name, (member, _) in CLASSES.items()
    ]
    track = an_object(
        ["local_id", "assembly_id", "assembly_name", "experiment_ref", "file_url", "label_short", "label_long", "file_format"]
        + ["type_of_condensed_data", "geometric_track_type", "checksum", *filled("file_name")],
        **schema_member("fairtracks_track"),
        **dict.fromkeys(("global_id", "local_id", "assembly_id", "assembly_name", "experiment_ref"), TEXT),
        **dict.fromkeys(("file_name", "label_short", "label_long"), TEXT),
        raw_file_ids={"type": "array", "minItems": 1, "items": TEXT},
        file_url={"type": "string", "format": "uri", "pattern": "^(https?|ftp|rsync)://"},
        file_format=term,
        type_of_condensed_data={"enum": CONDENSED},
        geometric_track_type={"enum": GEOMETRIES},
        checksum=an_object(["cs_method", "cs_hash"], cs_method={"enum": ["MD5", "SHA-256"]}, cs_hash=TEXT),
    )
    lists = {"studies": study, "experiments": experiment, "samples": sample, "tracks": track}
    return an_object(
        ["@schema", "doc_info", "collection_info", *lists],
        **schema_member("fairtracks"),
        doc_info=doc_info,
        collection_info=collection_info,
        **{name: {"type": "array", "minItems": 1, "items": items} for name, items in lists.items()},
    )


def rule(member: str, term_id: str, then: dict) -> dict:
    """Where a term is this one, other members have to be so."""
    return {"if": {"properties": {member: {"properties": {"term_id": {"const": term_id}}}}}, "then": {"properties": then}}


def technique_rule(term_id: str, required: list[str], member: str | None, only: str | None) -> dict:
    target: dict = {"required": required}
    if member:
        target["properties"] = {member: {"properties": {"term_id": {"const": OBO + only}}}}
    return rule("technique", term_id, {"target": target})


# Where CURIEs stand that the official validator looks up, their prefixes, and the form registered for each in 2022.
CURIES = [
    ("studies/*/global_id", {"geo": r"^G(PL|SM|SE|DS)\d+$", "ega.study": r"^EGAS\d{11}$"}),
    ("studies/*/publication", {"pubmed": r"^\d+$"}),
    ("studies/*/contact/orcid", {"orcid": r"^\d{4}-\d{4}-\d{4}-\d{3}(\d|X)$"}),
    ("collection_info/contact/orcid", {"orcid": r"^\d{4}-\d{4}-\d{4}-\d{3}(\d|X)$"}),
    # The official validator refuses ega.experiment, as nobody registered it; the standard names it all the same.
    ("experiments/*/global_id", {"geo": r"^G(PL|SM|SE|DS)\d+$", "ega.experiment": r"^EGAX\d{11}$"}),
    ("experiments/*/aggregated_from/*", {"geo": r"^G(PL|SM|SE|DS)\d+$"}),
    ("samples/*/global_id", {"biosample": r"^SAM[NED](\w)?\d+$"}),
    ("samples/*/species_id", {"taxonomy": r"^\d+$"}),
    ("tracks/*/assembly_id", {"insdc.gca": r"^GC[AF]_[0-9]{9}\.[0-9]+$"}),
]
REFERENCES = [
    ("collection_info/doc_ref", "doc_info/local_id"),
    ("studies/*/collection_ref", "collection_info/local_id"),
    ("experiments/*/study_ref", "studies/*/local_id"),
    ("experiments/*/sample_ref", "samples/*/local_id"),
    ("tracks/*/experiment_ref", "experiments/*/local_id"),
]
KEYS = ["doc_info/local_id", "collection_info/local_id", *(f"{part}/*/local_id" for part in ("studies", "experiments", "samples", "tracks"))]
FORMATS = FormatChecker(formats=("uri", "date-time", "idn-email"))


def texts(value: object, path: str) -> Iterator[str]:
    """All texts at a path, in which `*` stands for every item of a list."""
    step, _, rest = path.partition("/")
    if not path:
        if isinstance(value, str):
            yield value
    elif step == "*" and isinstance(value, list):
        for item in value:
            yield from texts(item, rest)
    elif isinstance(value, dict) and step in value:
        yield from texts(value[step], rest)


def faults(document: object) -> Iterator[str]:
    """What the official schema and validator would refuse."""
    doc_info = document.get("doc_info") if isinstance(document, dict) else None
    flag = doc_info.get("has_augmented_metadata") if isinstance(doc_info, dict) else None
    successor = isinstance(doc_info, dict) and "has_augmented_metadata" in doc_info
    for error in Draft7Validator(document_schema(successor, flag is True), format_checker=FORMATS).iter_errors(document):
        yield f"/{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
    for path in KEYS:
        ids = list(texts(document, path))
        if len(set(ids)) < len(ids):
            yield f"/{path}: an id stands twice"
    for path, target in REFERENCES:
        for dangling in set(texts(document, path)) - set(texts(document, target)):
            yield f"/{path}: {dangling} leads nowhere"
    for path, prefixes in CURIES:
        for curie in texts(document, path):
            prefix, _, accession = curie.partition(":")
            if not (prefix in prefixes and re.search(prefixes[prefix], accession)):
                yield f"/{path}: {curie} is no CURIE of {', '.join(prefixes)}"


if __name__ == "__main__":
    for path in sys.argv[1:]:
        for fault in faults(json.loads(Path(path).read_bytes().decode("utf-8-sig"))):
            print(f"{path}: {fault}")

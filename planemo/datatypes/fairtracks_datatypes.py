"""Datatypes of Galaxy for FAIRtracks documents, their catalogs, and RO-Crates: sniffed at upload, with a preview in the history.

They are a proposal for Galaxy (see README.md beside this file). The tools need none of them: a document is also `json`, a catalog `tabular` and a
crate `zip`, which these datatypes refine.
"""

import json
import zipfile
from collections import Counter

from galaxy.datatypes.binary import CompressedZipArchive
from galaxy.datatypes.metadata import MetadataElement
from galaxy.datatypes.protocols import DatasetProtocol
from galaxy.datatypes.sniff import FilePrefix, build_sniff_from_prefix
from galaxy.datatypes.tabular import Tabular
from galaxy.datatypes.text import Json
from galaxy.util import nice_size
from markupsafe import escape

# Bytes of JSON that are read for metadata; larger files have none.
MOST_BYTES = 1 << 26
# Values that a preview names before it counts the others.
MOST_VALUES = 5
# The arrays of a document, each with the noun for one object.
OBJECTS = {"tracks": "track", "experiments": "experiment", "samples": "sample", "studies": "study"}
PURGED_PEEK, PURGED_BLURB = "file does not exist", "file purged from disk"


def members(value: object, name: str) -> list:
    """The objects of an array of a document, whatever stands in its place."""
    found = value.get(name) if isinstance(value, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def text(value: object, *path: str) -> str:
    """The text at a path; empty where there is none."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""


def frequent(values: list[str]) -> str:
    """The most frequent values with their numbers: `hg38 (10), hg19 (1)`."""
    counts = Counter(value for value in values if value).most_common()
    named = [f"{value} ({count})" for value, count in counts[:MOST_VALUES]]
    return ", ".join(named + [f"{len(counts) - MOST_VALUES} more"] * (len(counts) > MOST_VALUES))


def counted(number: int, singular: str, plural: str) -> str:
    """`1 track`, `2 tracks`."""
    return f"{number:,} {singular if number == 1 else plural}"


@build_sniff_from_prefix
class FairtracksDocument(Json):
    """A FAIRtracks document: genomic tracks with their experiments, samples and studies."""

    file_ext = "fairtracks.json"

    MetadataElement(name="collection_name", default="", desc="Name of the collection", readonly=True, visible=True, no_value="")
    MetadataElement(name="tracks", default=0, desc="Number of tracks", readonly=True, visible=True, no_value=0)
    MetadataElement(name="experiments", default=0, desc="Number of experiments", readonly=True, visible=True, no_value=0)
    MetadataElement(name="samples", default=0, desc="Number of samples", readonly=True, visible=True, no_value=0)
    MetadataElement(name="studies", default=0, desc="Number of studies", readonly=True, visible=True, no_value=0)
    MetadataElement(name="assemblies", default="", desc="Genome assemblies", readonly=True, visible=True, no_value="")
    MetadataElement(name="cells", default="", desc="Cell or tissue types", readonly=True, visible=True, no_value="")

    def sniff_prefix(self, file_prefix: FilePrefix) -> bool:
        """The schema or, without it, both members that each document has."""
        start = file_prefix.contents_header.lstrip("\ufeff \t\r\n")
        if not start.startswith("{"):
            return False
        return ('"@schema"' in start and "fairtracks.schema.json" in start) or ('"doc_info"' in start and '"collection_info"' in start)

    def set_meta(self, dataset: DatasetProtocol, *, overwrite: bool = True, **kwd) -> None:
        super().set_meta(dataset, overwrite=overwrite, **kwd)
        document = read(dataset)
        for name in OBJECTS:
            setattr(dataset.metadata, name, len(members(document, name)))
        collection = document.get("collection_info")
        dataset.metadata.collection_name = text(collection, "long_name") or text(collection, "short_name")
        dataset.metadata.assemblies = frequent([text(track, "assembly_name") for track in members(document, "tracks")])
        dataset.metadata.cells = frequent([text(sample, "sample_type", "summary") or label(sample) for sample in members(document, "samples")])
        self.set_own_meta(dataset, document)

    def set_own_meta(self, dataset: DatasetProtocol, document: dict) -> None:
        """What a kind of document has beside."""

    def set_peek(self, dataset: DatasetProtocol, **kwd) -> None:
        if dataset.dataset.purged:
            dataset.peek, dataset.blurb = PURGED_PEEK, PURGED_BLURB
            return
        metadata = dataset.metadata
        counts = ", ".join(counted(getattr(metadata, plural), singular, plural) for plural, singular in OBJECTS.items())
        lines = (metadata.collection_name, counts, metadata.assemblies, metadata.cells)
        dataset.peek = "\n".join(filter(None, lines))
        dataset.blurb = f"FAIRtracks document: {counted(metadata.tracks, 'track', 'tracks')}"

    def display_peek(self, dataset: DatasetProtocol) -> str:
        return preformatted(dataset.peek)


@build_sniff_from_prefix
class FairtracksHits(FairtracksDocument):
    """The document of hits of a search: a FAIRtracks document that names its source and its question."""

    file_ext = "hits.fairtracks.json"

    MetadataElement(name="question", default="", desc="Query of the search", readonly=True, visible=True, no_value="")
    MetadataElement(name="source", default="", desc="Document or server that was searched", readonly=True, visible=True, no_value="")

    def sniff_prefix(self, file_prefix: FilePrefix) -> bool:
        return super().sniff_prefix(file_prefix) and '"subset_of"' in file_prefix.contents_header

    def set_own_meta(self, dataset: DatasetProtocol, document: dict) -> None:
        dataset.metadata.question = text(document, "subset_of", "search", "query")
        dataset.metadata.source = text(document, "subset_of", "server", "url") or text(document, "subset_of", "source", "doc_url")

    def set_peek(self, dataset: DatasetProtocol, **kwd) -> None:
        super().set_peek(dataset, **kwd)
        if not dataset.dataset.purged:
            dataset.peek = "\n".join(filter(None, (dataset.peek, dataset.metadata.question)))
            dataset.blurb = f"FAIRtracks search: {counted(dataset.metadata.tracks, 'track', 'tracks')}"


@build_sniff_from_prefix
class FairtracksCatalog(Tabular):
    """A catalog of FAIRtracks metadata: one line per value of each attribute, with the number of tracks."""

    file_ext = "fairtracks.tabular"
    COLUMNS = ("repository", "hub", "category", "attribute", "value", "tracks")

    MetadataElement(name="hubs", default="", desc="Hubs in the catalog", readonly=True, visible=True, no_value="")

    def sniff_prefix(self, file_prefix: FilePrefix) -> bool:
        columns = file_prefix.contents_header.partition("\n")[0].rstrip("\r").split("\t")
        return tuple(columns[: len(self.COLUMNS)]) == (f"#{self.COLUMNS[0]}", *self.COLUMNS[1:])

    def set_meta(self, dataset: DatasetProtocol, *, overwrite: bool = True, **kwd) -> None:
        super().set_meta(dataset, overwrite=overwrite, **kwd)
        with open(dataset.get_file_name(), encoding="utf-8", errors="replace") as lines:
            rows = [line.rstrip("\r\n").split("\t") for line in lines if not line.startswith("#")]
            lines.seek(0)
            dataset.metadata.column_names = lines.readline().rstrip("\r\n").lstrip("#").split("\t")
        dataset.metadata.hubs = frequent([" / ".join(row[:2]) for row in rows if len(row) >= len(self.COLUMNS)])

    def set_peek(self, dataset: DatasetProtocol, **kwd) -> None:
        super().set_peek(dataset, **kwd)
        if not dataset.dataset.purged and dataset.metadata.hubs:
            dataset.blurb = f"FAIRtracks catalog, values per hub: {dataset.metadata.hubs}"


class RoCrateZip(CompressedZipArchive):
    """An RO-Crate as a zip file: data or references to data, with their metadata in `ro-crate-metadata.json`."""

    file_ext = "rocrate.zip"
    METADATA_FILE = "ro-crate-metadata.json"

    MetadataElement(name="crate_name", default="", desc="Name of the crate", readonly=True, visible=True, no_value="")
    MetadataElement(name="files", default=0, desc="Number of data entities", readonly=True, visible=True, no_value=0)
    MetadataElement(name="profiles", default="", desc="Profiles of the crate", readonly=True, visible=True, no_value="")
    MetadataElement(name="licence", default="", desc="Licence", readonly=True, visible=True, no_value="")

    def sniff(self, filename: str) -> bool:
        return zipfile.is_zipfile(filename) and bool(self.metadata_file(filename))

    def metadata_file(self, filename: str) -> str:
        """The path of the metadata in the zip file: at the top, or in the one folder that holds everything."""
        with zipfile.ZipFile(filename) as archive:
            names = archive.namelist()
        folders = {name.partition("/")[0] for name in names}
        places = [self.METADATA_FILE, *(f"{folder}/{self.METADATA_FILE}" for folder in folders if len(folders) == 1)]
        return next((place for place in places if place in names), "")

    def graph(self, filename: str) -> list[dict]:
        """The entities; none where a user calls something else a crate."""
        if not self.sniff(filename):
            return []
        with zipfile.ZipFile(filename) as archive, archive.open(self.metadata_file(filename)) as metadata:
            return members(parsed(metadata.read(MOST_BYTES)), "@graph")

    def set_meta(self, dataset: DatasetProtocol, *, overwrite: bool = True, **kwd) -> None:
        super().set_meta(dataset, overwrite=overwrite, **kwd)
        graph = self.graph(dataset.get_file_name())
        entities = {text(entity, "@id"): entity for entity in graph}
        root = entities.get(text(entities.get(self.METADATA_FILE), "about", "@id"), {})
        dataset.metadata.crate_name = text(root, "name")
        dataset.metadata.files = sum(isinstance(entity.get("@type"), (str, list)) and "File" in as_list(entity["@type"]) for entity in graph)
        named = [text(entities.get(text(each, "@id")), "name") or text(each, "@id") for each in as_list(root.get("conformsTo"))]
        dataset.metadata.profiles = ", ".join(filter(None, named))
        dataset.metadata.licence = next((text(each, "@id") or each for each in as_list(root.get("license")) if isinstance(each, (str, dict))), "")

    def set_peek(self, dataset: DatasetProtocol, **kwd) -> None:
        if dataset.dataset.purged:
            dataset.peek, dataset.blurb = PURGED_PEEK, PURGED_BLURB
            return
        metadata = dataset.metadata
        lines = (metadata.crate_name, counted(metadata.files, "data file", "data files"), metadata.profiles, metadata.licence and f"licence: {metadata.licence}")
        dataset.peek = "\n".join(filter(None, lines))
        dataset.blurb = f"RO-Crate, {nice_size(dataset.get_size())}"

    def display_peek(self, dataset: DatasetProtocol) -> str:
        return preformatted(dataset.peek)


def label(sample: dict) -> str:
    """The cell or tissue of a sample without a summary."""
    kinds = ("cell_line", "abnormal_cell_type", "cell_type", "organism_part")
    return next(filter(None, (text(sample, "sample_type", kind, "term_label") for kind in kinds)), "")


def read(dataset: DatasetProtocol) -> dict:
    """The JSON object of a dataset; an empty one where it is too large, or none."""
    if dataset.get_size() > MOST_BYTES:
        return {}
    with open(dataset.get_file_name(), "rb") as file:
        return parsed(file.read())


def parsed(content: bytes) -> dict:
    try:
        value = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]


def preformatted(peek: object) -> str:
    """Text of others as HTML."""
    return f"<pre>{escape(peek or '')}</pre>"

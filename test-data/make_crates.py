#!/usr/bin/env python3
"""Writes crates/: three blood tracks as a full RO-Crate, their data inside, and a twin of it with one fault.

    make_crates.py           write the crates
    make_crates.py --check   compare them with what this script makes, exit 1 on a difference

Tracks and metadata are those of make_blood_document.py. The archives are stored, not deflated, and have no times, so the
same bytes come out everywhere.
"""

import base64
import hashlib
import html
import io
import json
import sys
import zipfile
from pathlib import Path

import make_blood_document as blood

CRATES = Path(__file__).resolve().with_name("crates")
TRACKS = ["BLD000001", "BLD000003", "BLD000005"]
FAIRTRACKS = "https://raw.githubusercontent.com/fairtracks/fairtracks_standard/v1/current/json/schema/fairtracks.schema.json"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
TOOL = "https://tracks.example.org/tools/fetch/1.0"
PERSON = "https://orcid.org/0000-0002-1825-0097"
DESK = "https://tracks.example.org/blood"
LICENCE = "https://spdx.org/licenses/CC0-1.0"
START, END = "2026-01-15T10:00:00+00:00", "2026-01-15T10:00:02+00:00"
DOCUMENT = "metadata/fairtracks.json"


def closed_document():
    """The blood document with three of its tracks, and of all else what they need."""
    document = blood.document()
    document["tracks"] = [track for track in document["tracks"] if track["file_name"].split(".")[0] in TRACKS]
    for part, user, key in (("experiments", "tracks", "experiment_ref"), ("samples", "experiments", "sample_ref"),
                            ("studies", "experiments", "study_ref")):
        used = {entry[key] for entry in document[user]}
        document[part] = [entry for entry in document[part] if entry["local_id"] in used]
    information = document["doc_info"]
    information["local_id"] = document["collection_info"]["doc_ref"] = "example:blood-three-tracks"
    del information["doc_url"], information["doc_version"], information["doc_date"]
    information |= {"doc_version": blood.signature(document), "doc_date": blood.DATE}
    return document


def to(*ids):
    """A reference, or a list of them where there are several."""
    references = [{"@id": each} for each in ids]
    return references[0] if len(references) == 1 else references


def entity(of, kind, **properties):
    return {"@id": of, "@type": kind} | properties


def file(path, content, **properties):
    return entity(path, "File", **properties, contentSize=str(len(content)), sha256=hashlib.sha256(content).hexdigest())


def content_id(content):
    """The name of a file by what is in it (RFC 6920)."""
    code = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
    return f"ni:///sha-256;{code}"


def crate():
    """The graph, and the files by their paths."""
    document = closed_document()
    files = {DOCUMENT: blood.text_of(document).encode()}
    paths, actions, entities = [], [], []
    for track in document["tracks"]:
        name, url, accession = track["file_name"], track["file_url"], track["local_id"].split(":")[1]
        path, action, checksum = f"tracks/{name}", f"#fetch-{accession}", f"#checksum-{accession}"
        files[path] = content = blood.track_bytes(*name.split("."))
        paths.append(path)
        actions.append(action)
        digest = track["checksum"]
        edam = track["file_format"]
        entities += [
            file(path, content, name=track["label_long"], identifier=[content_id(content), track["local_id"]],
                 encodingFormat=["text/plain", to(edam["term_id"])], contentUrl=url, sdDatePublished=END,
                 subjectOf=to(DOCUMENT)),
            entity(edam["term_id"], "WebSite", name=edam["term_label"]),
            entity(action, "CreateAction", name=f"Fetching of {name}",
                   description=f"Fetched by https; its {digest['cs_method']} equals the provider's",
                   startTime=START, endTime=END, actionStatus="http://schema.org/CompletedActionStatus",
                   agent=to(PERSON), instrument=to(TOOL), object=to(url, checksum), result=to(path)),
            entity(url, ["DataDownload", "CreativeWork"], name=f"{name} as served", contentSize=str(len(content)),
                   sha256=hashlib.sha256(content).hexdigest(), sdDatePublished=END),
            entity(checksum, "PropertyValue", name="checksum of the provider, equal to that of the bytes as served",
                   propertyID=digest["cs_method"], value=digest["cs_hash"]),
        ]
    root = entity("./", "Dataset", name="Three tracks of CD14-positive monocytes",
                  description="Made-up peaks of open chromatin and two histone marks, with their data, for tests.",
                  datePublished=END, license=to(LICENCE), author=to(PERSON), publisher=to(DESK), conformsTo=to(PROFILE),
                  hasPart=to(*paths, DOCUMENT), mentions=to(*actions))
    head = [
        entity("ro-crate-metadata.json", "CreativeWork", conformsTo=to("https://w3id.org/ro/crate/1.1"), about=to("./")),
        root,
        entity(PROFILE, "CreativeWork", name="Process Run Crate", version="0.5"),
    ]
    tail = [
        file(DOCUMENT, files[DOCUMENT], name="FAIRtracks document of the tracks",
             identifier=document["doc_info"]["local_id"], version=document["doc_info"]["doc_version"],
             encodingFormat="application/json", conformsTo=to(FAIRTRACKS), about=to(*paths)),
        entity(FAIRTRACKS, "CreativeWork", name="FAIRtracks", version="1.0.2"),
        entity(TOOL, "SoftwareApplication", name="fetch", version="1.0", url=to("https://tracks.example.org/tools")),
        entity("https://tracks.example.org/tools", "WebSite", name="Tools made up for tests"),
        entity(PERSON, "Person", name="Josiah Carberry", affiliation=to(DESK)),
        entity(DESK, "Organization", name="Blood track desk", url=DESK),
        entity(LICENCE, "CreativeWork", name="CC0 1.0", description="Creative Commons Zero v1.0 Universal"),
    ]
    graph = {each["@id"]: each for each in head + entities + tail}
    return list(graph.values()), files


def archive(graph, files):
    """The bytes of the zip."""
    context = ["https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/terms/workflow-run/context"]
    metadata = json.dumps({"@context": context, "@graph": graph}, indent=1, ensure_ascii=False)
    title = html.escape(next(each["name"] for each in graph if each["@id"] == "./"))
    block = metadata.replace("</", "<\\/")
    page = (f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
            f'<script type="application/ld+json">\n{block}\n</script>\n</head>\n<body>\n<h1>{title}</h1>\n</body>\n</html>\n')
    # The page comes last: Galaxy refuses to upload an archive that has HTML among its first two files.
    members = [("ro-crate-metadata.json", metadata.encode()), *sorted(files.items()), ("ro-crate-preview.html", page.encode())]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as packed:
        for name, content in members:
            information = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            information.create_system, information.external_attr = 3, 0o100644 << 16
            packed.writestr(information, content)
    return written.getvalue()


def wrong_sha256(graph):
    """The graph with the SHA-256 of other bytes at the first track."""
    other = hashlib.sha256(b"other bytes").hexdigest()
    return [each | {"sha256": other} if each["@id"] == f"tracks/{TRACKS[0]}.narrowPeak" else each for each in graph]


def main():
    graph, files = crate()
    wanted = {
        "blood_three_tracks.full.crate.zip": archive(graph, files),
        "damaged/sha256_of_a_track_wrong.crate.zip": archive(wrong_sha256(graph), files),
    }
    for name, content in wanted.items():
        path = CRATES / name
        if "--check" not in sys.argv[1:]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        elif not path.is_file() or path.read_bytes() != content:
            sys.exit(f"{name} is not what the script makes; run make_crates.py to write it anew")


if __name__ == "__main__":
    main()

//! Faults of the data: files, checksums, sizes, the page, the FAIRtracks document.

use serde_json::{Value as Json, json};

use super::{DOCUMENT, Fault, OTHER_SUM, Page, TRACK, fault};

/// Checksums and sizes.
pub fn hashes() -> Vec<Fault> {
    vec![
        fault(
            "a wrong sha256",
            |parts| parts.set(DOCUMENT, "sha256", OTHER_SUM.into()),
            "must",
            "/ro-crate-metadata.json#{metadata/fairtracks.json}/sha256",
            "\"e3b0c442",
        ),
        fault(
            "other bytes of the same size",
            |parts| parts.file(TRACK)[0] = b'x',
            "must",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}/sha256",
            "\"3887b127",
        ),
        fault(
            "a file that was cut off",
            |parts| {
                parts.file(TRACK).pop();
            },
            "must",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}/contentSize",
            "\"158\"",
        )
        .of(2),
        fault(
            "a sha256 in capital letters",
            |parts| {
                let sum = parts.entity(DOCUMENT)["sha256"]
                    .as_str()
                    .unwrap()
                    .to_uppercase();
                parts.set(DOCUMENT, "sha256", sum.into());
            },
            "should",
            "/ro-crate-metadata.json#{metadata/fairtracks.json}/sha256",
            "\"",
        ),
        fault(
            "a sha256 that is none",
            |parts| {
                parts.set(
                    DOCUMENT,
                    "sha256",
                    json!("d41d8cd98f00b204e9800998ecf8427e"),
                )
            },
            "should",
            "/ro-crate-metadata.json#{metadata/fairtracks.json}/sha256",
            "\"d41d8cd98f00b204e9800998ecf8427e\"",
        ),
        fault(
            "a wrong md5",
            |parts| parts.set(DOCUMENT, "md5", json!("d41d8cd98f00b204e9800998ecf8427e")),
            "must",
            "/ro-crate-metadata.json#{metadata/fairtracks.json}/md5",
            "\"d41d8cd98f00b204e9800998ecf8427e\"",
        ),
        fault(
            "a wrong contentSize",
            |parts| parts.set(TRACK, "contentSize", json!("159")),
            "must",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}/contentSize",
            "\"159\"",
        ),
        fault(
            "a contentSize as number",
            |parts| parts.set(TRACK, "contentSize", json!(158)),
            "should",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}/contentSize",
            "158",
        ),
        fault(
            "a contentSize with a unit",
            |parts| parts.set(TRACK, "contentSize", json!("158 B")),
            "should",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}/contentSize",
            "\"158 B\"",
        ),
        fault(
            "no sha256",
            |parts| {
                parts.remove(DOCUMENT, "sha256");
            },
            "may",
            "/ro-crate-metadata.json#{metadata/fairtracks.json}",
            "no `sha256`",
        ),
        fault(
            "a result that is not what its source served",
            |parts| {
                parts.set(super::SOURCE, "sha256", OTHER_SUM.into());
            },
            "must",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}/sha256",
            "\"3887b127",
        ),
        fault(
            "an identifier of other bytes",
            |parts| {
                parts.entity(TRACK)["identifier"][0] =
                    json!("ni:///sha-256;47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
            },
            "should",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}/identifier/0",
            "\"ni:///sha-256;47DEQ",
        ),
    ]
}

/// Files and folders.
pub fn files() -> Vec<Fault> {
    vec![
        fault(
            "a file that is missing",
            |parts| parts.files.retain(|(name, _)| name != TRACK),
            "must",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}/@id",
            "no file with this name in the archive:",
        ),
        fault(
            "a file in other letters",
            |parts| parts.files[1].0 = "tracks/bld000001.narrowPeak".to_owned(),
            "must",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}/@id",
            "no file with this name in the archive:",
        )
        .of(2),
        fault(
            "a folder in place of a file",
            |parts| parts.files[1].0 = format!("{TRACK}/x"),
            "must",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}/@id",
            "a folder with this name in the archive",
        )
        .of(2),
        fault(
            "a file that is no part",
            |parts| parts.forget("./", "hasPart", TRACK),
            "must",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}",
            "no link from the root to \"CD14-positive monocyte",
        ),
        fault(
            "a file that is not described",
            |parts| parts.files.push(("notes.txt".to_owned(), b"x".to_vec())),
            "may",
            "/notes.txt#",
            "a file that the metadata do not describe",
        ),
        fault(
            "a folder that is missing",
            |parts| {
                parts
                    .graph()
                    .push(json!({"@id": "reads/", "@type": "Dataset", "name": "Reads"}));
                parts.refer("./", "hasPart", "reads/");
            },
            "must",
            "/ro-crate-metadata.json#{reads/}/@id",
            "no folder with this name",
        ),
        fault(
            "a folder without slash",
            |parts| {
                parts
                    .graph()
                    .push(json!({"@id": "tracks", "@type": "Dataset", "name": "Tracks"}));
                parts.refer("./", "hasPart", "tracks");
            },
            "should",
            "/ro-crate-metadata.json#{tracks}/@id",
            "the path of a folder without /",
        ),
        fault(
            "no format",
            |parts| {
                parts.remove(TRACK, "encodingFormat");
            },
            "should",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}",
            "no `encodingFormat`",
        ),
        fault(
            "no page",
            |parts| parts.page = Page::Missing,
            "may",
            "#",
            "no ro-crate-preview.html",
        ),
        fault(
            "a page without metadata",
            |parts| parts.page = Page::Bytes(b"<h1>Three tracks</h1>".to_vec()),
            "should",
            "/ro-crate-preview.html#",
            "a page without the metadata",
        ),
        fault(
            "a page of other metadata",
            |parts| {
                parts.page = Page::Bytes(
                    b"<script type=\"application/ld+json\">{\"@graph\": []}</script>".to_vec(),
                );
            },
            "should",
            "/ro-crate-preview.html#",
            "a page with other metadata",
        ),
        fault(
            "the page as a file",
            |parts| {
                parts
                    .graph()
                    .push(json!({"@id": "ro-crate-preview.html", "@type": "File", "name": "Page"}));
                parts.refer("./", "hasPart", "ro-crate-preview.html");
            },
            "should",
            "/ro-crate-metadata.json#{ro-crate-preview.html}",
            "the page of the crate as a data entity",
        ),
    ]
}

/// The FAIRtracks document in the crate.
pub fn document() -> Vec<Fault> {
    vec![
        fault(
            "a document with a fault",
            |parts| {
                let mut document: Json = serde_json::from_slice(parts.file(DOCUMENT)).unwrap();
                document["tracks"][0]["file_url"] = json!("s3://tracks/BLD000001.narrowPeak");
                *parts.file(DOCUMENT) = document.to_string().into_bytes();
                parts.refresh(DOCUMENT);
            },
            "must",
            "/metadata/fairtracks.json#/tracks/0/file_url",
            "\"s3://tracks/",
        )
        .of(2),
        fault(
            "a document that is none",
            |parts| {
                *parts.file(DOCUMENT) = b"{\"tracks\": ".to_vec();
                parts.refresh(DOCUMENT);
            },
            "must",
            "/metadata/fairtracks.json#",
            "line 1, column 11: the document is truncated",
        ),
        fault(
            "no document",
            |parts| {
                parts.files.retain(|(name, _)| name != DOCUMENT);
                parts.drop_entity(DOCUMENT);
                parts.forget("./", "hasPart", DOCUMENT);
                let tracks = [
                    "BLD000001.narrowPeak",
                    "BLD000003.narrowPeak",
                    "BLD000005.broadPeak",
                ];
                for track in tracks {
                    parts.remove(&format!("tracks/{track}"), "subjectOf");
                }
            },
            "may",
            "#",
            "no FAIRtracks document",
        ),
    ]
}

/// Assemblies that the bytes of a file contradict: its rows are on chromosomes that the stated genome does not have.
pub fn coordinates() -> Vec<Fault> {
    vec![
        fault(
            "another assembly in the document",
            |parts| {
                let mut document: Json = serde_json::from_slice(parts.file(DOCUMENT)).unwrap();
                document["tracks"][0]["assembly_name"] = "sacCer3".into();
                document["tracks"][0]["assembly_id"] = "insdc.gca:GCA_000146045.2".into();
                *parts.file(DOCUMENT) = serde_json::to_vec(&document).unwrap();
                parts.refresh(DOCUMENT);
            },
            "must",
            "/metadata/fairtracks.json#/tracks/0/assembly_name",
            "\"sacCer3\" for tracks/BLD000001.narrowPeak: coordinates contradict sacCer3: it has no chr1, chr2, chr3",
        )
        .of(3),
        fault(
            "another assembly as property",
            |parts| {
                parts.add(json!({
                    "@id": "#assembly", "@type": "PropertyValue", "name": "genome assembly", "value": "sacCer3"
                }));
                parts.set(TRACK, "additionalProperty", json!({"@id": "#assembly"}));
            },
            "must",
            "/ro-crate-metadata.json#{#assembly}/value",
            "\"sacCer3\" for tracks/BLD000001.narrowPeak: coordinates contradict sacCer3: it has no chr1, chr2, chr3",
        ),
        fault(
            "an assembly with other names",
            |parts| {
                parts.add(json!({
                    "@id": "#build", "@type": "PropertyValue", "name": "Galaxy genome build", "value": "b37"
                }));
                parts.set(TRACK, "additionalProperty", json!({"@id": "#build"}));
            },
            "should",
            "/ro-crate-metadata.json#{#build}/value",
            "\"b37\" for tracks/BLD000001.narrowPeak: chromosome names differ from b37: chr1 is 1",
        ),
    ]
}

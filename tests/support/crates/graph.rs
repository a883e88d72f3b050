//! Faults of the graph: ids, kinds, names, keys.

use serde_json::json;

use super::{ACTION, DOCUMENT, Fault, LICENCE, PERSON, SOURCE, TOOL, TRACK, fault};

/// Ids and entities.
pub fn entities() -> Vec<Fault> {
    vec![
        fault(
            "the same entity twice",
            |parts| {
                let copy = parts.metadata["@graph"][1].clone();
                assert_eq!(copy["@id"], "./");
                let copy = parts.entity(LICENCE).clone();
                parts.graph().insert(0, copy.into());
            },
            "should",
            "/ro-crate-metadata.json#/@graph/24/@id",
            "\"https://spdx.org/licenses/CC0-1.0\", also the id of /@graph/0",
        ),
        fault(
            "the same id with another sha256",
            |parts| {
                let mut copy = parts.entity(SOURCE).clone();
                copy.insert("sha256".into(), super::OTHER_SUM.into());
                parts.graph().push(copy.into());
            },
            "must",
            "/ro-crate-metadata.json#/@graph/24/@id",
            "\"https://tracks.example.org/blood/hg38/BLD000001.narrowPeak\", also the id of /@graph/6 with different `sha256`",
        ),
        fault(
            "two ids of one file",
            |parts| {
                let mut copy = parts.entity(TRACK).clone();
                copy.insert("@id".into(), "./tracks/BLD000001.narrowPeak".into());
                parts.graph().push(copy.into());
                parts.refer("./", "hasPart", "./tracks/BLD000001.narrowPeak");
            },
            "should",
            "/ro-crate-metadata.json#/@graph/24/@id",
            "\"./tracks/BLD000001.narrowPeak\", the same file as in /@graph/3/@id",
        ),
        fault(
            "a key twice",
            |parts| {
                parts.spelling = |text| {
                    text.replacen(
                        "\"name\": \"fetch\",",
                        "\"name\": \"get\", \"name\": \"fetch\",",
                        1,
                    )
                };
            },
            "should",
            "/ro-crate-metadata.json#{https://tracks.example.org/tools/fetch/1.0}/name",
            "a duplicate key",
        ),
        fault(
            "a byte order mark",
            |parts| {
                parts.spelling = |text| format!("\u{feff}{text}");
                parts.page = super::Page::Bytes(
                    format!(
                        "<script type=\"application/ld+json\">{}</script>",
                        parts.metadata
                    )
                    .into(),
                );
            },
            "must",
            "/ro-crate-metadata.json#",
            "a byte order mark",
        )
        .of(2),
        fault(
            "a key beside the graph",
            |parts| parts.metadata["name"] = json!("x"),
            "should",
            "/ro-crate-metadata.json#/name",
            "the key \"name\"",
        ),
        fault(
            "a text in the graph",
            |parts| parts.graph().push(json!("x")),
            "must",
            "/ro-crate-metadata.json#/@graph/24",
            "\"x\"",
        ),
        fault(
            "an entity without id",
            |parts| parts.graph().push(json!({"@type": "Thing", "name": "x"})),
            "must",
            "/ro-crate-metadata.json#/@graph/24",
            "no text `@id`",
        ),
        fault(
            "an entity without type",
            |parts| {
                parts.remove(LICENCE, "@type");
            },
            "must",
            "/ro-crate-metadata.json#{https://spdx.org/licenses/CC0-1.0}",
            "no `@type`",
        ),
        fault(
            "a nested entity",
            |parts| {
                parts.set(
                    "./",
                    "author",
                    json!({"@id": PERSON, "@type": "Person", "name": "J"}),
                );
            },
            "must",
            "/ro-crate-metadata.json#{./}/author",
            "a nested entity",
        ),
        fault(
            "one value in a list",
            |parts| parts.set(ACTION, "result", json!([{"@id": TRACK}])),
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000001}/result",
            "a list of one value",
        ),
        fault(
            "an empty list",
            |parts| parts.set(TRACK, "keywords", json!([])),
            "should",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}/keywords",
            "an empty list",
        ),
        fault(
            "a file without name",
            |parts| {
                parts.remove(TRACK, "name");
            },
            "should",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}",
            "no `name`",
        ),
        fault(
            "a licence without name",
            |parts| {
                parts.remove(LICENCE, "name");
            },
            "may",
            "/ro-crate-metadata.json#{https://spdx.org/licenses/CC0-1.0}",
            "no `name`",
        ),
        fault(
            "a blank in the id of a file",
            |parts| {
                parts.rename(TRACK, "tracks/BLD 1.narrowPeak");
                parts.files[1].0 = "tracks/BLD 1.narrowPeak".to_owned();
            },
            "should",
            "/ro-crate-metadata.json#{tracks/BLD 1.narrowPeak}/@id",
            "\"tracks/BLD 1.narrowPeak\"",
        ),
        fault(
            "a backslash in the id of a file",
            |parts| {
                parts.rename(TRACK, "tracks\\BLD000001.narrowPeak");
            },
            "must",
            "/ro-crate-metadata.json#/@graph/3/@id",
            "\"tracks\\BLD000001.narrowPeak\"",
        )
        .of(2),
        fault(
            "an id that leaves the crate",
            |parts| {
                parts.rename(TRACK, "../BLD000001.narrowPeak");
            },
            "must",
            "/ro-crate-metadata.json#{../BLD000001.narrowPeak}/@id",
            "\"../BLD000001.narrowPeak\"",
        )
        .of(2),
        fault(
            "a blank in the id of a thing",
            |parts| parts.rename("#checksum-BLD000001", "#check sum"),
            "should",
            "/ro-crate-metadata.json#{#check sum}/@id",
            "\"#check sum\"",
        ),
        fault(
            "both version and softwareVersion",
            |parts| parts.set(TOOL, "softwareVersion", json!("1.0")),
            "should",
            "/ro-crate-metadata.json#{https://tracks.example.org/tools/fetch/1.0}/softwareVersion",
            "both `version` and",
        ),
        fault(
            "a date that is none",
            |parts| parts.set(DOCUMENT, "dateModified", json!("yesterday")),
            "should",
            "/ro-crate-metadata.json#{metadata/fairtracks.json}/dateModified",
            "\"yesterday\"",
        ),
    ]
}

/// Keys and the context.
pub fn context() -> Vec<Fault> {
    vec![
        fault(
            "a key of no context",
            |parts| parts.set(TRACK, "tissue", json!("blood")),
            "must",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}/tissue",
            "the key \"tissue\", not defined by `@context`",
        ),
        fault(
            "a prefix of no context",
            |parts| parts.set(TRACK, "ft:tissue", json!("blood")),
            "must",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}/ft:tissue",
            "the key \"ft:tissue\"",
        ),
        fault(
            "a word of a later version",
            |parts| parts.set(TRACK, "localPath", json!("x")),
            "must",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}/localPath",
            "the key \"localPath\"",
        ),
        fault(
            "a type of no context",
            |parts| {
                parts.set(
                    "#checksum-BLD000001",
                    "@type",
                    json!(["PropertyValue", "Md5Sum"]),
                )
            },
            "should",
            "/ro-crate-metadata.json#{#checksum-BLD000001}/@type",
            "the type \"Md5Sum\"",
        ),
        fault(
            "no context of workflow runs",
            |parts| {
                parts.metadata["@context"] = json!("https://w3id.org/ro/crate/1.1/context");
            },
            "must",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}/sha256",
            "the key \"sha256\", not defined by `@context`, and 6 more times",
        ),
        fault(
            "no context",
            |parts| {
                parts
                    .metadata
                    .as_object_mut()
                    .unwrap()
                    .shift_remove("@context");
            },
            "must",
            "/ro-crate-metadata.json#/@context",
            "no `@context`",
        ),
        fault(
            "another context",
            |parts| parts.metadata["@context"] = json!("https://schema.org"),
            "must",
            "/ro-crate-metadata.json#/@context",
            "\"https://schema.org\"",
        ),
    ]
}

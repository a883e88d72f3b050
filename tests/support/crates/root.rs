//! Faults of references, of the descriptor and of the root.

use serde_json::json;

use super::{ACTION, Fault, LICENCE, SOURCE, TRACK, fault};

/// References that lead nowhere.
pub fn references() -> Vec<Fault> {
    vec![
        fault(
            "isBasedOn leads nowhere",
            |parts| parts.set(TRACK, "isBasedOn", json!({"@id": "#gone"})),
            "should",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}/isBasedOn",
            "\"#gone\"",
        ),
        fault(
            "a part that is missing",
            |parts| parts.refer("./", "hasPart", "tracks/gone.bed"),
            "should",
            "/ro-crate-metadata.json#{./}/hasPart/4",
            "\"tracks/gone.bed\"",
        ),
        fault(
            "a licence that is not described",
            |parts| {
                parts.drop_entity(LICENCE);
            },
            "should",
            "/ro-crate-metadata.json#{./}/license",
            "\"https://spdx.org/licenses/CC0-1.0\"",
        ),
        fault(
            "a format that is not described",
            |parts| {
                parts.drop_entity("http://edamontology.org/format_3614");
            },
            "may",
            "/ro-crate-metadata.json#{tracks/BLD000005.broadPeak}/encodingFormat/1",
            "\"http://edamontology.org/format_3614\"",
        ),
        fault(
            "an object of an action leads nowhere",
            |parts| parts.refer(ACTION, "object", "#gone"),
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000001}/object/2",
            "\"#gone\"",
        ),
        fault(
            "an address as object is not described",
            |parts| {
                parts.drop_entity(SOURCE);
            },
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000001}/object/0",
            "\"https://tracks.example.org/blood/hg38/BLD000001.narrowPeak\"",
        ),
        fault(
            "a result of an action leads nowhere",
            |parts| parts.set(ACTION, "result", json!([{"@id": TRACK}, {"@id": "#gone"}])),
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000001}/result/1",
            "\"#gone\"",
        ),
        fault(
            "a mention leads nowhere",
            |parts| parts.refer("./", "mentions", "#gone"),
            "should",
            "/ro-crate-metadata.json#{./}/mentions/3",
            "\"#gone\"",
        ),
    ]
}

/// The descriptor and the root.
pub fn faults() -> Vec<Fault> {
    vec![
        fault(
            "no descriptor",
            |parts| {
                parts.drop_entity("ro-crate-metadata.json");
            },
            "must",
            "/ro-crate-metadata.json#/@graph",
            "no entity ro-crate-metadata.json",
        ),
        fault(
            "a descriptor of another type",
            |parts| parts.set("ro-crate-metadata.json", "@type", json!("Dataset")),
            "must",
            "/ro-crate-metadata.json#{ro-crate-metadata.json}/@type",
            "\"Dataset\"",
        ),
        fault(
            "a descriptor of nothing",
            |parts| {
                parts.remove("ro-crate-metadata.json", "about");
            },
            "must",
            "/ro-crate-metadata.json#{ro-crate-metadata.json}",
            "no `about`",
        ),
        fault(
            "a descriptor of something else",
            |parts| parts.set("ro-crate-metadata.json", "about", json!({"@id": "x/"})),
            "must",
            "/ro-crate-metadata.json#{ro-crate-metadata.json}/about",
            "\"x/\"",
        ),
        fault(
            "a descriptor without version",
            |parts| {
                parts.remove("ro-crate-metadata.json", "conformsTo");
            },
            "should",
            "/ro-crate-metadata.json#{ro-crate-metadata.json}",
            "no `conformsTo`",
        ),
        fault(
            "a version that is not known",
            |parts| {
                parts.set(
                    "ro-crate-metadata.json",
                    "conformsTo",
                    json!({"@id": "https://w3id.org/ro/crate/2.0"}),
                )
            },
            "may",
            "/ro-crate-metadata.json#{ro-crate-metadata.json}/conformsTo",
            "\"https://w3id.org/ro/crate/2.0\"",
        ),
        fault(
            "a root of two types",
            |parts| parts.set("./", "@type", json!(["Dataset", "CreativeWork"])),
            "should",
            "/ro-crate-metadata.json#{./}/@type",
            "\"Dataset, CreativeWork\"",
        ),
        fault(
            "a crate without name",
            |parts| {
                parts.remove("./", "name");
            },
            "must",
            "/ro-crate-metadata.json#{./}",
            "no `name`",
        ),
        fault(
            "a crate without description",
            |parts| {
                parts.remove("./", "description");
            },
            "must",
            "/ro-crate-metadata.json#{./}",
            "no `description`",
        ),
        fault(
            "a crate without date",
            |parts| {
                parts.remove("./", "datePublished");
            },
            "must",
            "/ro-crate-metadata.json#{./}",
            "no `datePublished`",
        ),
        fault(
            "a crate without licence",
            |parts| {
                parts.remove("./", "license");
            },
            "must",
            "/ro-crate-metadata.json#{./}",
            "no `license`",
        ),
        fault(
            "a licence of no text",
            |parts| parts.set("./", "license", json!("")),
            "should",
            "/ro-crate-metadata.json#{./}/license",
            "an empty string",
        ),
        fault(
            "a licence as text",
            |parts| parts.set("./", "license", json!(LICENCE)),
            "should",
            "/ro-crate-metadata.json#{./}/license",
            "\"https://spdx.org/licenses/CC0-1.0\"",
        ),
        fault(
            "a year as date",
            |parts| parts.set("./", "datePublished", json!("2026")),
            "should",
            "/ro-crate-metadata.json#{./}/datePublished",
            "\"2026\"",
        ),
        fault(
            "a word as date",
            |parts| parts.set("./", "datePublished", json!("today")),
            "must",
            "/ro-crate-metadata.json#{./}/datePublished",
            "\"today\"",
        ),
        fault(
            "no author",
            |parts| {
                parts.remove("./", "author");
            },
            "may",
            "/ro-crate-metadata.json#{./}",
            "no `author`",
        ),
        fault(
            "no publisher",
            |parts| {
                parts.remove("./", "publisher");
            },
            "may",
            "/ro-crate-metadata.json#{./}",
            "no `publisher`",
        ),
        fault(
            "a profile in a version that is not known",
            |parts| {
                parts.rename(
                    "https://w3id.org/ro/wfrun/process/0.5",
                    "https://w3id.org/ro/wfrun/process/9.0",
                )
            },
            "may",
            "/ro-crate-metadata.json#{./}/conformsTo",
            "\"https://w3id.org/ro/wfrun/process/9.0\"",
        ),
        fault(
            "a profile of runs without a run",
            |parts| {
                parts
                    .graph()
                    .retain(|entity| entity["@type"] != "CreateAction");
                parts.remove("./", "mentions");
            },
            "should",
            "/ro-crate-metadata.json#{./}",
            "no action, although `conformsTo` names a run profile",
        ),
    ]
}

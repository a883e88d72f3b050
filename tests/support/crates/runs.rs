//! Faults of actions and of the chain within a crate.

use serde_json::json;

use super::{ACTION, Fault, PERSON, TOOL, TRACK, fault};

const SECOND: &str = "#fetch-BLD000003";

/// Actions and their tools.
pub fn actions() -> Vec<Fault> {
    vec![
        fault(
            "a time with Z",
            |parts| parts.set(ACTION, "endTime", json!("2026-01-15T10:00:02Z")),
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000001}/endTime",
            "\"2026-01-15T10:00:02Z\"",
        ),
        fault(
            "a time with a negative offset",
            |parts| parts.set(ACTION, "startTime", json!("2026-01-15T05:00:00-05:00")),
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000001}/startTime",
            "\"2026-01-15T05:00:00-05:00\"",
        ),
        fault(
            "a time with microseconds",
            |parts| parts.set(ACTION, "endTime", json!("2026-01-15T10:00:02.123456+00:00")),
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000001}/endTime",
            "\"2026-01-15T10:00:02.123456+00:00\"",
        ),
        fault(
            "an end before the start",
            |parts| parts.set(ACTION, "endTime", json!("2026-01-15T09:00:00+00:00")),
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000001}/endTime",
            "\"2026-01-15T09:00:00+00:00\"",
        ),
        fault(
            "a status as reference",
            |parts| {
                parts.set(
                    ACTION,
                    "actionStatus",
                    json!({"@id": "http://schema.org/CompletedActionStatus"}),
                )
            },
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000001}/actionStatus",
            "a reference",
        )
        .of(2),
        fault(
            "a status with https",
            |parts| {
                parts.set(
                    ACTION,
                    "actionStatus",
                    json!("https://schema.org/CompletedActionStatus"),
                )
            },
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000001}/actionStatus",
            "\"https://schema.org/CompletedActionStatus\"",
        ),
        fault(
            "an error of what did not fail",
            |parts| parts.set(ACTION, "error", json!("cut off")),
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000001}/error",
            "`error` of an action that did not fail",
        ),
        fault(
            "an action that the root does not mention",
            |parts| parts.forget("./", "mentions", ACTION),
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000001}",
            "\"Fetching of BLD000001.narrowPeak\", not mentioned by the root",
        ),
        fault(
            "an action without tool",
            |parts| {
                parts.remove(ACTION, "instrument");
            },
            "must",
            "/ro-crate-metadata.json#{#fetch-BLD000001}",
            "no `instrument`",
        ),
        fault(
            "a tool that is not described",
            |parts| {
                parts.set(
                    ACTION,
                    "instrument",
                    json!({"@id": "https://tools.example.org/x"}),
                )
            },
            "must",
            "/ro-crate-metadata.json#{#fetch-BLD000001}/instrument",
            "\"https://tools.example.org/x\"",
        ),
        fault(
            "a tool as text",
            |parts| parts.set(ACTION, "instrument", json!("fetch")),
            "must",
            "/ro-crate-metadata.json#{#fetch-BLD000001}/instrument",
            "\"fetch\"",
        ),
        fault(
            "a person as tool",
            |parts| parts.set(ACTION, "instrument", json!({"@id": PERSON})),
            "must",
            "/ro-crate-metadata.json#{#fetch-BLD000001}/instrument",
            "\"https://orcid.org/0000-0002-1825-0097\", a Person",
        ),
        fault(
            "an action without description",
            |parts| {
                parts.remove(ACTION, "description");
            },
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000001}",
            "no `description`",
        ),
        fault(
            "an action without name",
            |parts| {
                parts.remove(ACTION, "name");
            },
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000001}",
            "no `name`",
        ),
        fault(
            "an action without end",
            |parts| {
                parts.remove(ACTION, "endTime");
            },
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000001}",
            "no `endTime`",
        ),
        fault(
            "an action without result",
            |parts| {
                parts.remove(ACTION, "result");
            },
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000001}",
            "no `result`",
        ),
        fault(
            "an action of nobody",
            |parts| {
                parts.remove(ACTION, "agent");
            },
            "may",
            "/ro-crate-metadata.json#{#fetch-BLD000001}",
            "no `agent`",
        ),
        fault(
            "actions of nobody are told once",
            |parts| {
                parts.remove(ACTION, "agent");
                parts.remove(SECOND, "agent");
            },
            "may",
            "/ro-crate-metadata.json#{#fetch-BLD000001}",
            "no `agent`, as in 2 actions",
        ),
        fault(
            "a tool as agent",
            |parts| parts.set(ACTION, "agent", json!({"@id": TOOL})),
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000001}/agent",
            "\"https://tracks.example.org/tools/fetch/1.0\"",
        ),
        fault(
            "a person as object",
            |parts| parts.refer(ACTION, "object", PERSON),
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000001}/object/2",
            "\"https://orcid.org/0000-0002-1825-0097\", a Person",
        ),
        fault(
            "a tool without url",
            |parts| {
                parts.remove(TOOL, "url");
            },
            "should",
            "/ro-crate-metadata.json#{https://tracks.example.org/tools/fetch/1.0}",
            "no `url`",
        ),
        fault(
            "a tool without version",
            |parts| {
                parts.remove(TOOL, "version");
            },
            "should",
            "/ro-crate-metadata.json#{https://tracks.example.org/tools/fetch/1.0}",
            "no `version`",
        ),
        fault(
            "a tool without address",
            |parts| parts.rename(TOOL, "#fetch"),
            "should",
            "/ro-crate-metadata.json#{#fetch}/@id",
            "\"#fetch\"",
        ),
    ]
}

/// The chain.
pub fn chain() -> Vec<Fault> {
    vec![
        fault(
            "two files that are made of each other",
            |parts| {
                parts.set(
                    TRACK,
                    "isBasedOn",
                    json!({"@id": "tracks/BLD000003.narrowPeak"}),
                );
                parts.set(
                    "tracks/BLD000003.narrowPeak",
                    "isBasedOn",
                    json!({"@id": TRACK}),
                );
            },
            "should",
            "/ro-crate-metadata.json#{tracks/BLD000003.narrowPeak}/isBasedOn",
            "circular provenance: \"Monocytes of the donor",
        ),
        fault(
            "a file that is made of itself",
            |parts| parts.set(TRACK, "isBasedOn", json!({"@id": TRACK})),
            "should",
            "/ro-crate-metadata.json#{tracks/BLD000001.narrowPeak}/isBasedOn",
            "circular provenance: \"CD14-positive monocyte, DNase (hg38): narrow peaks\" derives from itself",
        ),
        fault(
            "actions in a circle",
            |parts| {
                parts.refer(ACTION, "object", "tracks/BLD000003.narrowPeak");
                parts.refer(SECOND, "object", TRACK);
            },
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000003}/object",
            "circular provenance: \"Monocytes of the donor's second visit, H3K4me3 (hg38): narrow peaks\" and \"CD14-positive",
        ),
        fault(
            "a file that was used before it was made",
            |parts| {
                parts.refer(SECOND, "object", TRACK);
                parts.set(SECOND, "startTime", json!("2026-01-15T08:00:00+00:00"));
                parts.set(SECOND, "endTime", json!("2026-01-15T09:00:00+00:00"));
            },
            "should",
            "/ro-crate-metadata.json#{#fetch-BLD000003}/object/2",
            "\"tracks/BLD000001.narrowPeak\", used at ",
        ),
    ]
}

//! The JSON schemas of FAIRtracks version 1.

/// Where the schemas are, in the spelling that documents have to use.
const SCHEMAS: &str =
    "https://raw.githubusercontent.com/fairtracks/fairtracks_standard/v1/current/json/schema";

/// The URL of a schema.
pub fn url(name: &str) -> String {
    format!("{SCHEMAS}/{name}.schema.json")
}

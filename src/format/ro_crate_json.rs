//! The metadata file of an RO-Crate: JSON-LD, flattened and compacted (RO-Crate 1.1, section 2).

use serde::Serialize as _;
use serde_json::Value as Json;
use serde_json::ser::{PrettyFormatter, Serializer};
use thiserror::Error;

use super::fairtracks_json;
use super::repeated_keys;
use crate::model::ro_crate::{Crate, Entity};

/// Why a file is not the metadata of an RO-Crate.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The text is no JSON.
    #[error(transparent)]
    NotJson(#[from] fairtracks_json::ReadError),
    /// JSON of another kind.
    #[error("{pointer}: {problem}")]
    Shape {
        /// JSON pointer (RFC 6901) to the place.
        pointer: String,
        /// What was found and what was expected.
        problem: String,
    },
}

/// A crate as it was read, with what readers of JSON do not tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Metadata {
    /// The crate.
    pub read: Crate,
    /// JSON pointers to keys that stand in their object more than once, of which the last was taken.
    pub repeated: Vec<String>,
}

/// Reads the metadata of a crate.
///
/// # Errors
/// What the bytes are instead, with the place.
pub fn read(bytes: &[u8]) -> Result<Metadata, ReadError> {
    let text = fairtracks_json::text(bytes)?;
    let value = fairtracks_json::json(text)?;
    let shape = |pointer: &str, problem: &str| ReadError::Shape {
        pointer: pointer.to_owned(),
        problem: problem.to_owned(),
    };
    let Json::Object(mut members) = value else {
        return Err(shape(
            "",
            "found no JSON object, expected the metadata of an RO-Crate",
        ));
    };
    let context = members.shift_remove("@context").unwrap_or(Json::Null);
    let Some(Json::Array(graph)) = members.shift_remove("@graph") else {
        return Err(shape(
            "/@graph",
            "found no list, expected the entities of an RO-Crate",
        ));
    };
    let mut entities = Vec::with_capacity(graph.len());
    for (position, entity) in graph.into_iter().enumerate() {
        let entity = Entity::from_json(entity);
        entities.push(entity.map_err(|problem| shape(&format!("/@graph/{position}"), problem))?);
    }
    Ok(Metadata {
        read: Crate::from_parts(context, members, entities),
        repeated: repeated_keys::find(text),
    })
}

/// The bytes of a crate's metadata file, indented for people.
pub fn write(crate_: &Crate) -> Vec<u8> {
    let mut bytes = Vec::new();
    let indented = PrettyFormatter::with_indent(b" ");
    let mut serializer = Serializer::with_formatter(&mut bytes, indented);
    // Writing JSON values to memory cannot fail.
    let _ = crate_.serialize(&mut serializer);
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
 "@context": ["https://w3id.org/ro/crate/1.1/context", {"x": "https://x.example/x"}],
 "@graph": [
  {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"}},
  {"@id": "./", "@type": ["Dataset", "x"], "x": 1.50, "hasPart": [{"@id": "a"}, {"@id": "b"}]}
 ],
 "further": null
}"#;

    #[test]
    fn all_that_was_read_is_written_again() {
        let metadata = read(TEXT.as_bytes()).unwrap();
        assert_eq!(
            metadata.read.root().unwrap().references("hasPart"),
            ["a", "b"]
        );
        let again: Json = serde_json::from_slice(&write(&metadata.read)).unwrap();
        let value: Json = serde_json::from_str(TEXT).unwrap();
        assert_eq!(again.to_string(), value.to_string());
        assert!(again.to_string().contains("1.50"));
    }

    #[test]
    fn what_is_no_crate_is_told_with_its_place() {
        for (text, expected) in [
            ("[]", "found no JSON object"),
            ("{\"@graph\": {}}", "/@graph: found no list"),
            (
                "{\"@graph\": [{\"@id\": \"a\"}]}",
                "/@graph/0: found no `@type`",
            ),
            (
                "{\"@graph\": [{\"@type\": \"a\"}]}",
                "/@graph/0: found no text `@id`",
            ),
            ("{\"@graph\": ", "line 1, column 11"),
        ] {
            let message = read(text.as_bytes()).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
        }
        let text = TEXT.replace("\"x\": 1.50", "\"x\": 1, \"x\": 2");
        assert_eq!(read(text.as_bytes()).unwrap().repeated, ["/@graph/1/x"]);
    }
}

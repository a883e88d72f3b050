//! The metadata file of an RO-Crate: JSON-LD, flattened and compacted (RO-Crate 1.1, section 2).

use serde_json::{Map, Value as Json};
use thiserror::Error;

use crate::archive::paths::{self, IdFault};
use crate::fairtracks::document_json;
use crate::fairtracks::fields::shown;
use crate::ro_crate::draft::{CrateDraft, ItemFault, Note, Whereabouts};
use crate::ro_crate::merge::Line;
use crate::ro_crate::{Crate, Entity, METADATA_FILE, ROOT};
use crate::text::json::{JsonKind, JsonText, Repeated};

/// The type that every entity has in schema.org.
const ANY_TYPE: &str = "Thing";

/// What the reader of JSON expects, and what it is to expect here.
const A_DOCUMENT: &str = "a FAIRtracks document";
const THE_METADATA: &str = "the metadata of an RO-Crate";

/// Why a file is not the metadata of an RO-Crate.
#[derive(Debug, Error)]
pub enum MetadataReadError {
    /// The text is no JSON, which a reader says of documents.
    #[error("{}", .0.to_string().replace(A_DOCUMENT, THE_METADATA))]
    NotJson(#[from] document_json::DocumentReadError),
    /// JSON of another kind.
    #[error("{pointer}{}{problem}", if pointer.is_empty() { "" } else { ": " })]
    Shape {
        /// JSON pointer (RFC 6901) to the place.
        pointer: String,
        /// Found and expected.
        problem: String,
    },
}

/// Reads the metadata of a crate for the entities in it, and says which of them have faults.
///
/// An entity without `@type` is taken as a `Thing`, the type of all entities in schema.org; what has no `@id` cannot be
/// referred to and is left out.
///
/// # Errors
/// The bytes are no JSON, or hold no graph.
pub fn read_entities(bytes: &[u8]) -> Result<(Crate, Vec<String>), MetadataReadError> {
    let (parts, _) = parts(bytes)?;
    let mut findings = Vec::new();
    let mut entities = Vec::with_capacity(parts.graph.len());
    for (position, value) in parts.graph.into_iter().enumerate() {
        let (mut entity, note) = item(value);
        let mut is_entity = true;
        for fault in &note.faults {
            let at = format!("{METADATA_FILE}: /@graph/{position}");
            match fault {
                ItemFault::NoType | ItemFault::EmptyType => {
                    findings.push(format!("{at}: found no `@type`; read as `{ANY_TYPE}`"));
                    entity.types = vec![ANY_TYPE.to_owned()];
                }
                ItemFault::NoId => {
                    findings.push(format!("{at}: found no `@id`; left out"));
                    is_entity = false;
                }
                ItemFault::NoObject(_) => {
                    findings.push(format!("{at}: found no object; left out"));
                    is_entity = false;
                }
            }
        }
        if is_entity {
            entities.push(entity);
        }
    }
    Ok((
        Crate::from_parts(parts.context, parts.further, entities),
        findings,
    ))
}

/// Reads the metadata of a crate whose entities may have faults, as long as there is a graph.
///
/// # Errors
/// What the bytes are instead, with the place.
pub fn read_draft(bytes: &[u8]) -> Result<CrateDraft, MetadataReadError> {
    let (parts, repeated) = parts(bytes)?;
    let (entities, notes) = parts.graph.into_iter().map(item).unzip();
    let read = Crate::from_parts(parts.context, parts.further, entities);
    let references = read.entities().iter().flat_map(Entity::all_references);
    let undescribed = references
        .filter(|(_, id)| read.get(id).is_none())
        .map(|(_, id)| (id.to_owned(), whereabouts(id)))
        .collect();
    Ok(CrateDraft {
        undescribed,
        read,
        notes,
        repeated,
        has_byte_order_mark: bytes.starts_with(b"\xef\xbb\xbf"),
    })
}

/// The parts of the file.
struct Parts {
    context: Json,
    graph: Vec<Json>,
    further: Map<String, Json>,
}

fn shape(pointer: &str, problem: &str) -> MetadataReadError {
    MetadataReadError::Shape {
        pointer: pointer.to_owned(),
        problem: problem.to_owned(),
    }
}

fn parts(bytes: &[u8]) -> Result<(Parts, Repeated), MetadataReadError> {
    let text = document_json::text(bytes)?;
    let JsonText { value, repeated } = document_json::json(text, JsonKind::Metadata)?;
    let Json::Object(mut further) = value else {
        let problem = "found no JSON object, expected the metadata of an RO-Crate";
        return Err(shape("", problem));
    };
    let context = further.shift_remove("@context").unwrap_or(Json::Null);
    let Some(Json::Array(graph)) = further.shift_remove("@graph") else {
        let problem = "found no list, expected the entities of an RO-Crate";
        return Err(shape("/@graph", problem));
    };
    let parts = Parts {
        context,
        graph,
        further,
    };
    Ok((parts, repeated))
}

/// An item of the graph as an entity, and what it lacks to be one.
fn item(value: Json) -> (Entity, Note) {
    let mut faults = Vec::new();
    let mut entity = Entity::new("", &[]);
    match value {
        Json::Object(mut members) => {
            match members.shift_remove("@id") {
                Some(Json::String(id)) if !id.is_empty() => entity.id = id,
                _ => faults.push(ItemFault::NoId),
            }
            let (types, is_list) = match members.shift_remove("@type") {
                Some(Json::Array(types)) => (types, true),
                one => (one.into_iter().collect(), false),
            };
            let types = types.iter().filter_map(Json::as_str);
            entity.types = types.map(str::to_owned).collect();
            if entity.types.is_empty() {
                faults.push(match is_list {
                    true => ItemFault::EmptyType,
                    false => ItemFault::NoType,
                });
            }
            entity.properties = members;
        }
        other => faults.push(ItemFault::NoObject(shown(&other))),
    }
    let whereabouts = whereabouts(&entity.id);
    let note = Note {
        whereabouts,
        faults,
    };
    (entity, note)
}

/// What an `@id` is of.
fn whereabouts(id: &str) -> Whereabouts {
    if id == ROOT || id == "." {
        return Whereabouts::Root;
    }
    if id.starts_with("_:") || id.is_empty() {
        return Whereabouts::Within;
    }
    match paths::path_of_id(id) {
        Ok(path) => Whereabouts::Inside {
            usual: paths::id_of_path(&path),
            path,
        },
        Err(IdFault::Elsewhere) => Whereabouts::Elsewhere,
        Err(IdFault::Fragment) => Whereabouts::Within,
        Err(fault) => Whereabouts::Unclear(fault.to_string()),
    }
}

/// The bytes of a crate's metadata file: an entity a line, which is easy on eyes and takes a few bytes only.
pub fn write(crate_: &Crate) -> Vec<u8> {
    write_with(crate_, &[])
}

/// The same with further entities that are lines already.
pub fn write_with(crate_: &Crate, lines: &[Line]) -> Vec<u8> {
    let context = &crate_.context;
    let mut text = format!("{{\"@context\": {context},\n\"@graph\": [");
    // Very many lines would else be copied each time that the text has no room for one more.
    text.reserve(lines.iter().map(|line| line.0.len() + 2).sum());
    for (position, entity) in crate_.entities().iter().enumerate() {
        text.push_str(if position == 0 { "\n" } else { ",\n" });
        // Writing JSON values to memory cannot fail.
        text.push_str(&serde_json::to_string(entity).unwrap_or_default());
    }
    for line in lines {
        text.push_str(",\n");
        text.push_str(&line.0);
    }
    text.push_str("\n]");
    for (key, value) in &crate_.further {
        // Displayed, a value is JSON; the text of a number stays as it was read.
        text += &format!(",\n{}: {value}", Json::from(key.as_str()));
    }
    text.push_str("}\n");
    text.into_bytes()
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
        let (read, _) = read_entities(TEXT.as_bytes()).unwrap();
        assert_eq!(read.root().unwrap().references("hasPart"), ["a", "b"]);
        let again: Json = serde_json::from_slice(&write(&read)).unwrap();
        let value: Json = serde_json::from_str(TEXT).unwrap();
        assert_eq!(again.to_string(), value.to_string());
        assert!(again.to_string().contains("1.50"));
    }

    #[test]
    fn one_entity_with_a_fault_does_not_hide_the_others() {
        let text = r#"{"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [
            {"@id": "./", "@type": "Dataset", "hasPart": {"@id": "a"}}, {"@id": "a"}, {"@type": "File"}, 7
        ]}"#;
        let (read, findings) = read_entities(text.as_bytes()).unwrap();
        assert_eq!(read.entities().len(), 2);
        assert!(read.get("a").unwrap().is("Thing"));
        let places: Vec<bool> = findings
            .iter()
            .zip(1..)
            .map(|(finding, place)| finding.contains(&format!("/@graph/{place}")))
            .collect();
        assert_eq!(places, [true; 3], "{findings:?}");
    }

    #[test]
    fn what_is_no_crate_is_refused_with_its_place() {
        for (text, expected) in [
            ("[]", "found no JSON object"),
            ("{\"@graph\": {}}", "/@graph: found no list"),
            ("{\"@graph\": ", "line 1, column 11"),
        ] {
            let message = read_entities(text.as_bytes()).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
        }
        let text = TEXT.replace("\"x\": 1.50", "\"x\": 1, \"x\": 2");
        assert_eq!(
            read_draft(text.as_bytes()).unwrap().repeated.pointers,
            ["/@graph/1/x"]
        );
    }
}

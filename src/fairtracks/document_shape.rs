//! The shape of a FAIRtracks document: six parts, two objects and four lists of objects.

use serde_json::{Map, Value as Json};
use thiserror::Error;

use super::category::Category;

/// Why a JSON value is not a FAIRtracks document.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}{problem}", if pointer.is_empty() { String::new() } else { format!("at {pointer}: ") })]
pub struct ShapeError {
    /// JSON pointer (RFC 6901) to the place; empty for the whole.
    pub pointer: String,
    /// Found and expected.
    pub problem: String,
}

/// Keys of documents before version 1.0, each with its replacement.
pub(super) const KEYS_BEFORE_V1: [(&str, &str); 4] = [
    ("term_iri", "term_id"),
    ("term_value", "term_id"),
    ("file_iri", "file_url"),
    ("genome_assembly", "assembly_id"),
];

/// Members that are terms of ontologies since version 1.0, with other keys in them before.
const TERMS: [&str; 4] = ["technique", "file_format", "biospecimen_class", "phenotype"];

/// The members of a JSON value that can be taken for a FAIRtracks document since version 1.0: an object with at
/// least one part of a document.
pub(super) fn recognise(value: Json) -> Result<Map<String, Json>, ShapeError> {
    let kind = kind_of(&value);
    let Json::Object(members) = value else {
        return Err(shape(
            "",
            format!("found {kind}, expected a FAIRtracks document, which is a JSON object"),
        ));
    };
    let is_part = |category: Category| members.contains_key(category.name());
    if !Category::ALL.into_iter().any(is_part) {
        let keys: Vec<&str> = members.keys().take(3).map(String::as_str).collect();
        let keys = if keys.is_empty() {
            "no members".to_owned()
        } else {
            format!("members {}", keys.join(", "))
        };
        return Err(shape(
            "",
            format!(
                "not a FAIRtracks document: found {keys}, expected tracks, experiments, samples and more"
            ),
        ));
    }
    for category in Category::ALL {
        let objects = members.get(category.name()).and_then(Json::as_array);
        for (position, object) in objects.into_iter().flatten().enumerate() {
            if let Some(key) = key_before_v1(object) {
                return Err(shape(
                    &format!("/{category}/{position}"),
                    format!(
                        "found the key `{key}` of a draft from before FAIRtracks v1, expected version 1: ask the provider for a v1 document"
                    ),
                ));
            }
        }
    }
    Ok(members)
}

/// Checks that a part is there and has its shape.
pub(super) fn check_part(
    members: &Map<String, Json>,
    category: Category,
) -> Result<(), ShapeError> {
    let name = category.name();
    let pointer = format!("/{name}");
    let expected = if category.is_single() {
        "an object"
    } else {
        "a list of objects"
    };
    let part = members.get(name).ok_or_else(|| {
        shape(
            "",
            format!("not a FAIRtracks v1 document: found no `{name}`, expected {expected}"),
        )
    })?;
    let wrong = |found: &Json, pointer: &str, expected: &str| {
        shape(
            pointer,
            format!("found {}, expected {expected}", kind_of(found)),
        )
    };
    match part {
        Json::Object(_) if category.is_single() => Ok(()),
        Json::Array(objects) if !category.is_single() => {
            for (position, object) in objects.iter().enumerate() {
                let place = format!("{pointer}/{position}");
                if !object.is_object() {
                    return Err(wrong(object, &place, "an object"));
                }
            }
            Ok(())
        }
        other => Err(wrong(other, &pointer, expected)),
    }
}

/// A key from before version 1.0 that an object, or a term in it, has in place of today's.
fn key_before_v1(object: &Json) -> Option<&'static str> {
    let members = object.as_object()?;
    let terms = members
        .iter()
        .filter(|(key, _)| TERMS.contains(&key.as_str()))
        .filter_map(|(_, term)| term.as_object());
    let old_key = |members: &Map<String, Json>| {
        let is_used = |&&(old, new): &&(&str, &str)| {
            members.keys().any(|key| key == old) && !members.contains_key(new)
        };
        KEYS_BEFORE_V1.iter().find(is_used).map(|(old, _)| *old)
    };
    std::iter::once(members).chain(terms).find_map(old_key)
}

fn shape(pointer: &str, problem: String) -> ShapeError {
    ShapeError {
        pointer: pointer.to_owned(),
        problem,
    }
}

/// What a JSON value is, in words.
fn kind_of(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

//! Values with their titles, before they are cells of a row.

use serde_json::Value as Json;

use crate::conversion::read::flatten::flatten;
use crate::conversion::read::titled_value::TitledValue;

// The origins of values, the most trusted first.
pub(super) const FILE: usize = 0;
pub(super) const COMMENT: usize = 1;
pub(super) const EXPERIMENT: usize = 2;
pub(super) const ASSAY: usize = 3;
pub(super) const SAMPLE: usize = 4;
pub(super) const CHARACTERISTICS: usize = 5;
pub(super) const FACTOR: usize = 6;
pub(super) const PARAMETER: usize = 7;
pub(super) const TARGET: usize = 8;
pub(super) const STUDY: usize = 9;
pub(super) const PERSON: usize = 10;
pub(super) const INVESTIGATION: usize = 11;
pub(super) const PROCESS: usize = 12;
pub(super) const OTHER_FILE: usize = 13;
pub(super) const ORIGINS: [&str; 14] = [
    "file",
    "comment",
    "experiment",
    "assay",
    "sample",
    "characteristics",
    "factor",
    "parameter",
    "target",
    "study",
    "person",
    "investigation",
    "process",
    "other data file",
];

/// The values of an object by path, but for some members.
pub(super) fn own_values(origin: usize, object: &Json, without: &[&str]) -> Vec<TitledValue> {
    let members = object.as_object().into_iter().flatten();
    let members =
        members.filter(|(key, _)| !without.contains(&key.as_str()) && !key.starts_with('@'));
    let own = members.map(|(key, value)| (key.clone(), value.clone()));
    let flat = flatten(&Json::Object(own.collect())).into_iter();
    flat.filter(|(title, _)| !title.ends_with("@id"))
        .map(|(title, text)| (origin, title, text))
        .collect()
}

/// Values by title; several of one title have `;` between them.
pub(super) fn joined(origin: usize, values: Vec<(String, String)>) -> Vec<TitledValue> {
    let mut found: Vec<TitledValue> = Vec::new();
    for (title, text) in values {
        match found.iter_mut().find(|(_, known, _)| *known == title) {
            Some((_, _, known)) => {
                if !known.split(';').any(|known| known == text) {
                    known.push(';');
                    known.push_str(&text);
                }
            }
            None => found.push((origin, title, text)),
        }
    }
    found
}

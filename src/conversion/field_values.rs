//! The values of fields: how they are set, and how messages show them.

use std::borrow::Cow;

use serde_json::{Map, Value as Json};

use super::field_path::FieldPath;

/// Sets the value of a field that has none.
pub(super) fn put_one(
    object: &mut Map<String, Json>,
    path: &FieldPath,
    value: Json,
) -> Result<(), Cow<'static, str>> {
    // An accession that is stated is more precise than that of a name.
    let is_precise = |path: &FieldPath| path.keys.last().is_some_and(|key| key == "assembly_id");
    if let Some(known) = path.get(object) {
        return match *known == value || is_precise(path) {
            true => Ok(()),
            false => {
                let known = named(known);
                Err(format!("the field has another value already: `{known}`").into())
            }
        };
    }
    match path.set(object, value) {
        true => Ok(()),
        false => Err("a field above it is a text".into()),
    }
}

/// A value in a message: a term by its label, or else by its id.
pub(super) fn named(value: &Json) -> String {
    let term = ["term_label", "term_id"]
        .iter()
        .find_map(|key| value[*key].as_str());
    term.map_or_else(|| shown(value), str::to_owned)
}

/// A value as messages show it.
pub(super) fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

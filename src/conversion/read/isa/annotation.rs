//! Values of ISA-JSON: texts, numbers, and annotations with a term of an ontology.

use serde_json::Value as Json;

/// A text or a number that is not empty.
pub(super) fn text_of(value: &Json) -> Option<String> {
    let text = match value {
        Json::String(text) => text.trim().to_owned(),
        Json::Number(number) => number.to_string(),
        Json::Bool(value) => value.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The id of an object, or of what it refers to.
pub(super) fn id_of(object: &Json) -> Option<&str> {
    object["@id"].as_str()
}

/// The items of a list that an object has.
pub(super) fn items<'j>(object: &'j Json, key: &str) -> impl Iterator<Item = &'j Json> + use<'j> {
    object[key].as_array().into_iter().flatten()
}

/// The text of a value under its title, and its term under the title with `accession`.
pub(super) fn annotated(title: &str, value: &Json) -> Vec<(String, String)> {
    let Json::Object(_) = value else {
        let text = text_of(value);
        return text
            .map(|text| (title.to_owned(), text))
            .into_iter()
            .collect();
    };
    let accession = text_of(&value["termAccession"]);
    let accession = accession.map(|text| (format!("{title} accession"), text));
    let text = text_of(&value["annotationValue"]).map(|text| (title.to_owned(), text));
    accession.into_iter().chain(text).collect()
}

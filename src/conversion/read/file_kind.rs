//! What a file is that a reader does not expect, for messages: its kind, and the source that fits it.

use serde_json::Value as Json;

use super::value_columns::KEYS;
use super::workbook;
use crate::conversion::error::JsonSourceError;
use crate::conversion::metadata_source::MetadataSource;
use crate::text::json::{self, JsonKind};

/// The error for a file that is not of the kind that a reader expects.
pub(super) fn other_kind(file: &str, bytes: &[u8], expected: &'static str) -> JsonSourceError {
    let text = std::str::from_utf8(bare(bytes)).ok();
    let value = text.and_then(|text| json::read_within(text, JsonKind::Document, KEYS).ok());
    match (of_bytes(bytes), value) {
        (Some(found), _) => JsonSourceError::Kind {
            file: file.to_owned(),
            found,
            expected,
            hint: String::new(),
        },
        (None, Some(read)) => other_json(file, &read.value, expected),
        (None, None) => other_json(file, &Json::Null, expected),
    }
}

/// The error for JSON that is not of the kind that a reader expects.
pub(super) fn other_json(file: &str, value: &Json, expected: &'static str) -> JsonSourceError {
    unlike(file, value, expected, None)
}

/// As [`other_json`], for the reader of a source that the value has the shape of, but for something in it.
pub(super) fn unlike(
    file: &str,
    value: &Json,
    expected: &'static str,
    selected: Option<MetadataSource>,
) -> JsonSourceError {
    let other = source_of(value).filter(|kind| Some(*kind) != selected);
    let hint = other.map(|kind| format!(": select the source `{}`", kind.name()));
    JsonSourceError::Kind {
        file: file.to_owned(),
        found: "another kind of JSON",
        expected,
        hint: hint.unwrap_or_default(),
    }
}

/// The error for a file that holds no object and no list of JSON.
pub(super) fn not_json(file: &str, bytes: &[u8]) -> Option<JsonSourceError> {
    Some(JsonSourceError::Kind {
        file: file.to_owned(),
        found: of_bytes(bytes)?,
        expected: "an object or a list of JSON",
        hint: ": select the source that fits the file".to_owned(),
    })
}

/// What bytes are that start as no object and no list of JSON.
pub(super) fn of_bytes(bytes: &[u8]) -> Option<&'static str> {
    let start = bare(bytes);
    match start.first() {
        None => Some("an empty file"),
        Some(b'{' | b'[') => None,
        Some(_) if workbook::is_workbook(bytes) => Some("a zip file"),
        Some(_) if start.starts_with(b"\x1f\x8b") => Some("a gzip file"),
        Some(_) => Some("another kind of file"),
    }
}

fn bare(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start()
}

/// The source whose answers have the shape of a value.
fn source_of(value: &Json) -> Option<MetadataSource> {
    let is_list = |pointer: &str| value.pointer(pointer).is_some_and(Json::is_array);
    let first = value.get(0).unwrap_or(value);
    let has = |key: &str| first.get(key).is_some();
    if is_list("/@graph") {
        Some(MetadataSource::Encode)
    } else if value["datasets"].is_object() {
        Some(MetadataSource::Ihec)
    } else if is_list("/hits/hits") {
        Some(MetadataSource::Faang)
    } else if is_list("/data/hits") {
        Some(MetadataSource::Gdc)
    } else if is_list("/investigation/studies") || is_list("/studies") {
        Some(MetadataSource::Isa)
    } else if is_json_api(value) {
        Some(MetadataSource::Seek)
    } else if is_list("/data") && value["data_model"].is_object() {
        Some(MetadataSource::DataConnect)
    } else if has("analysis_accession") || has("run_accession") {
        Some(MetadataSource::Ena)
    } else if has("self_uri") && has("checksums") {
        Some(MetadataSource::Drs)
    } else {
        None
    }
}

/// Whether an answer is of JSON:API: its items have a type, an id and their values in members of their own.
pub(super) fn is_json_api(answer: &Json) -> bool {
    let data = &answer["data"];
    let items = data
        .as_array()
        .map_or(std::slice::from_ref(data), Vec::as_slice);
    let is_item = |item: &Json| {
        let mut parts = ["attributes", "relationships", "links"].into_iter();
        item["type"].is_string()
            && item.get("id").is_some()
            && parts.any(|part| item[part].is_object())
    };
    answer["data_model"].is_null()
        && (answer["jsonapi"].is_object() || (!items.is_empty() && items.iter().all(is_item)))
}

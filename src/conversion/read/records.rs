//! Records in JSON: a list of objects, an object of such lists by the names of their tables, or one object alone.

use serde_json::{Map, Value as Json};

use super::file_kind::{is_json_api, other_json, other_kind};
use super::json_source::{self, SourceFile, not_taken};
use super::record_tables::RecordTable;
use crate::conversion::error::JsonSourceError;
use crate::conversion::log::ConversionLog;
use crate::conversion::sheet::category_of_name;

const EXPECTED: &str = "a list of records (JSON objects), or such lists by the names of tables";
/// What a record is called in messages.
const RECORD: &str = "record";

/// Whether bytes are JSON rather than a table.
pub fn is_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut first = bytes.iter().filter(|byte| !byte.is_ascii_whitespace());
    matches!(first.next(), Some(b'{' | b'['))
}

/// The tables of a file. What cannot be read is in the log.
///
/// # Errors
/// The file is no JSON, or holds no records.
pub fn read(
    file: &SourceFile,
    log: &mut ConversionLog,
) -> Result<Vec<RecordTable>, JsonSourceError> {
    let value = json_source::value(file, log)?;
    if is_json_api(&value) {
        return Err(other_json(&file.name, &value, EXPECTED));
    }
    let found = match value {
        Json::Array(items) => vec![table(file.name.as_str(), items, log)],
        Json::Object(members) if is_tables(&members) => {
            let mut tables = Vec::new();
            for (name, value) in members {
                let sheet = format!("{}!{name}", file.name);
                match value {
                    Json::Array(items) => tables.push(table(&sheet, items, log)),
                    Json::Object(_) => tables.push(table(&sheet, vec![value], log)),
                    other => {
                        let reason = "expected a list of records";
                        log.add(not_taken(&file.name, &name, &other.to_string(), reason));
                    }
                }
            }
            tables
        }
        record @ Json::Object(_) => vec![table(file.name.as_str(), vec![record], log)],
        _ => Vec::new(),
    };
    let tables = found.into_iter().filter(|table| !table.records.is_empty());
    let tables: Vec<RecordTable> = tables.collect();
    match tables.is_empty() {
        true => Err(other_kind(&file.name, &file.bytes, EXPECTED)),
        false => Ok(tables),
    }
}

/// Whether the members of an object are tables: all of them, or one with the name of a kind of object.
fn is_tables(members: &Map<String, Json>) -> bool {
    let is_list = |value: &Json| match value {
        Json::Array(items) => items.iter().all(Json::is_object),
        _ => false,
    };
    let is_object =
        |(name, value): (&String, &Json)| category_of_name(name).is_some() && is_list(value);
    !members.is_empty() && (members.values().all(is_list) || members.iter().any(is_object))
}

fn table(sheet: &str, items: Vec<Json>, log: &mut ConversionLog) -> RecordTable {
    let mut records = Vec::with_capacity(items.len());
    for (number, item) in (1..).zip(items) {
        match item {
            Json::Object(record) => records.push((number, record)),
            other => {
                let place = format!("{sheet}, {RECORD} {number}");
                log.add(not_taken(
                    &place,
                    "",
                    &other.to_string(),
                    "expected an object",
                ));
            }
        }
    }
    RecordTable {
        sheet: sheet.into(),
        word: RECORD,
        records,
    }
}

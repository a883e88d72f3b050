//! Files of JSON: what they have in common.

use serde_json::Value as Json;

use super::delimited;
use super::file_kind::not_json;
use super::value_columns::KEYS;
use crate::conversion::error::{JsonSourceError, SheetError};
use crate::conversion::log::{ConversionLog, LogEntry, LogOutcome, READER};
use crate::conversion::rules::ConversionRules;
use crate::conversion::sheet::Sheet;
use crate::text::json::{self, JsonKind, KeyLimit};

/// A file of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name, without its folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What files hold.
#[derive(Debug)]
pub struct JsonReading {
    /// The rows.
    pub sheets: Vec<Sheet>,
    /// What could not be read.
    pub log: ConversionLog,
}

/// The value of a file. Keys that an object has twice are reported; the last one counts.
pub(super) fn value(file: &SourceFile, log: &mut ConversionLog) -> Result<Json, JsonSourceError> {
    value_within(file, KEYS, log)
}

/// The value of a file, as [`value`] reads it, with another limit of keys.
pub(super) fn value_within(
    file: &SourceFile,
    keys: KeyLimit,
    log: &mut ConversionLog,
) -> Result<Json, JsonSourceError> {
    let problem = |problem: String| JsonSourceError::Json {
        file: file.name.clone(),
        problem,
    };
    if let Some(other) = not_json(&file.name, &file.bytes) {
        return Err(other);
    }
    let text = std::str::from_utf8(&file.bytes).map_err(|error| problem(error.to_string()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let read = json::read_within(text, JsonKind::Document, keys);
    let read = read.map_err(|error| problem(of_syntax(json::located(&error))))?;
    for pointer in read.repeated.pointers {
        let reason = "found the key twice: the last value counts";
        log.add(not_taken(&file.name, &pointer, "", reason));
    }
    if read.repeated.more > 0 {
        let reason = format!("found {} more keys twice", read.repeated.more);
        log.add(not_taken(&file.name, "", "", &reason));
    }
    Ok(read.value)
}

/// Reads a file as a table.
///
/// # Errors
/// It is none.
pub(super) fn table(file: &SourceFile) -> Result<Sheet, JsonSourceError> {
    delimited::read(&file.name, &file.bytes).map_err(|error| of_table(file, &error))
}

/// The error of a file that is no table.
pub(super) fn of_table(file: &SourceFile, error: &SheetError) -> JsonSourceError {
    JsonSourceError::Json {
        file: file.name.clone(),
        problem: error.to_string(),
    }
}

/// What is wrong with JSON, where a second value follows also what to do.
fn of_syntax(problem: String) -> String {
    match problem.strip_suffix("trailing characters") {
        Some(place) => format!(
            "{place}found a further value, expected one for the whole file: write records as one list, with `,` between them and in `[` and `]`"
        ),
        None => problem,
    }
}

/// A row of the log for a value that a reader cannot use.
pub fn not_taken(place: &str, field: &str, value: &str, reason: &str) -> LogEntry {
    LogEntry {
        outcome: LogOutcome::NotTaken,
        record: place.to_owned(),
        field: field.to_owned(),
        value: value.to_owned(),
        rule: READER.to_owned(),
        reason: reason.to_owned(),
    }
}

/// A row of the log for records of a source that no track leads to, or that have another use: the first of them, and how many.
pub(super) fn left_out(
    (place, field): (&str, &str),
    first: &str,
    rules: &ConversionRules,
    reason: &str,
) -> LogEntry {
    LogEntry {
        outcome: LogOutcome::NotRead,
        record: place.to_owned(),
        field: field.to_owned(),
        value: first.to_owned(),
        rule: format!("{} {READER}", rules.name),
        reason: reason.to_owned(),
    }
}

//! Tables that were written from a document become its objects again.

use std::collections::HashSet;

use serde_json::{Map, Value as Json};
use thiserror::Error;

use super::of_document::{is_part_of_title, lists_of};
use super::{DOCUMENT, FORM, FORM_VERSION, OTHER_MEMBERS, cell};
use crate::conversion::log::{ConversionLog, LogEntry, LogOutcome};
use crate::conversion::map::MappedRecord;
use crate::conversion::rules::ConversionRules;
use crate::conversion::sheet::{RecordPlace, Sheet, SheetCell, SheetRow};
use crate::fairtracks::category::Category;
use crate::fairtracks::converted_document::{CONVERTED_FROM, EDITS, OPTIONS};

/// What tables of a document hold.
#[derive(Debug, Default)]
pub struct ObjectTableReading {
    /// The objects, one a record.
    pub records: Vec<MappedRecord>,
    /// The members of the document beside its objects.
    pub further: Map<String, Json>,
    /// The options of the conversion that the document is from.
    pub options: StatedOptions,
}

/// The options of a conversion in its provenance.
#[derive(Debug, Default)]
pub struct StatedOptions {
    /// Fields and values.
    pub values: Vec<(String, String)>,
    /// SHA-256 of the table of edits.
    pub edits: Option<String>,
}

/// Why tables of a document cannot be read.
#[derive(Debug, Error, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum ObjectTableReadError {
    #[error(
        "{sheet}, row {row}: found the version {found} in `{FORM}`, expected \"{FORM_VERSION}\": use a newer fairtracks_convert"
    )]
    Version {
        sheet: String,
        row: usize,
        found: Json,
    },
    #[error(
        "{sheet}: found a table of no known kind beside the tables of a document, expected a name such as `tracks` or `samples`: convert it alone"
    )]
    Kind { sheet: String },
}

/// Whether sheets are the tables of a document.
pub fn is_object_tables(sheets: &[Sheet]) -> bool {
    sheets.iter().any(is_of_document)
}

fn is_of_document(sheet: &Sheet) -> bool {
    stem(&sheet.name) == DOCUMENT && sheet.titles.iter().any(|title| title == FORM)
}

/// The name of a sheet without its file and its ending.
fn stem(name: &str) -> &str {
    let name = name.rsplit(['/', '!']).next().unwrap_or(name);
    name.split('.').next().unwrap_or(name)
}

/// Reads the tables of a document. What cannot be read is in the log.
///
/// # Errors
/// Tables of a later version, or a sheet that is of no kind of object.
pub fn read(
    sheets: Vec<Sheet>,
    rules: &ConversionRules,
    log: &mut ConversionLog,
) -> Result<ObjectTableReading, ObjectTableReadError> {
    let mut reading = ObjectTableReading::default();
    for sheet in sheets {
        if is_of_document(&sheet) {
            for row in &sheet.rows {
                let mut members = SheetReader::of(&sheet, rules, log).row(row, log);
                match members.shift_remove(FORM) {
                    Some(Json::String(version)) if version == FORM_VERSION => {}
                    found => {
                        return Err(ObjectTableReadError::Version {
                            sheet: sheet.name.to_string(),
                            row: row.number,
                            found: found.unwrap_or_default(),
                        });
                    }
                }
                members.retain(|key, _| Category::named(key).is_none());
                if let Some(from) = members.shift_remove(CONVERTED_FROM) {
                    reading.options = options_of(&from);
                }
                reading.further.extend(members);
            }
            continue;
        }
        let Some(category) = sheet.category else {
            let sheet = sheet.name.to_string();
            return Err(ObjectTableReadError::Kind { sheet });
        };
        let reader = SheetReader::of(&sheet, rules, log);
        for row in &sheet.rows {
            let members = reader.row(row, log);
            if !members.is_empty() {
                reading.records.push(MappedRecord {
                    place: sheet.place(row.number),
                    is_wide: false,
                    objects: [(category, members)].into(),
                    fallbacks: Vec::new(),
                });
            }
        }
    }
    Ok(reading)
}

fn options_of(from: &Json) -> StatedOptions {
    let options = from.get(OPTIONS).and_then(Json::as_object);
    let options = options.into_iter().flatten();
    let texts =
        options.filter_map(|(field, value)| Some((field.clone(), value.as_str()?.to_owned())));
    let edits = from.get(EDITS).and_then(|edits| edits.get("sha256"));
    StatedOptions {
        values: texts.collect(),
        edits: edits.and_then(Json::as_str).map(str::to_owned),
    }
}

/// A sheet whose titles are paths.
struct SheetReader<'s> {
    sheet: &'s Sheet,
    lists: HashSet<String>,
    /// The keys of each column; `None` where its title is no path.
    paths: Vec<Option<Vec<&'s str>>>,
}

impl<'s> SheetReader<'s> {
    fn of(sheet: &'s Sheet, rules: &ConversionRules, log: &mut ConversionLog) -> Self {
        let path = |title: &'s String| {
            let keys: Vec<&str> = title.split('.').collect();
            let is_path = title == OTHER_MEMBERS || keys.iter().all(|key| is_part_of_title(key));
            is_path.then_some(keys)
        };
        let paths: Vec<_> = sheet.titles.iter().map(path).collect();
        for (column, _) in paths.iter().enumerate().filter(|(_, path)| path.is_none()) {
            let filled = |row: &&SheetRow| !row.cells[column].is_empty();
            let records = sheet.rows.iter().filter(filled).count();
            if let Some(first) = sheet.rows.iter().find(filled) {
                let (title, value) = (sheet.titles[column].clone(), first.cells[column].shown());
                let entry = LogEntry::not_read(&sheet.name, title, value, rules);
                log.add_many(entry, records as u64);
            }
        }
        SheetReader {
            lists: sheet
                .category
                .map(|category| lists_of(category, rules))
                .unwrap_or_default(),
            sheet,
            paths,
        }
    }

    fn row(&self, row: &SheetRow, log: &mut ConversionLog) -> Map<String, Json> {
        let mut members = Map::new();
        for ((cell, title), keys) in row.cells.iter().zip(&self.sheet.titles).zip(&self.paths) {
            let Some(keys) = keys else { continue };
            if cell.is_empty() {
                continue;
            }
            let read = match cell {
                SheetCell::Damaged(_, problem) => Err((*problem).to_owned()),
                SheetCell::Text(text) => cell::read(text, self.lists.contains(title)),
            };
            let put = read.and_then(|value| match (title == OTHER_MEMBERS, value) {
                (true, Json::Object(others)) => {
                    members.extend(others);
                    Ok(())
                }
                (true, _) => Err("expected an object of JSON".to_owned()),
                (false, value) => put(&mut members, keys, value),
            });
            if let Err(reason) = put {
                log.add(self.refused(self.sheet.place(row.number), title, cell, reason));
            }
        }
        members
    }

    fn refused(
        &self,
        place: RecordPlace,
        title: &str,
        cell: &SheetCell,
        reason: String,
    ) -> LogEntry {
        let field = match self.sheet.category {
            Some(category) => format!("{category}.{title}"),
            None => title.to_owned(),
        };
        LogEntry {
            outcome: LogOutcome::NotTaken,
            record: place.to_string(),
            field,
            value: cell.shown().to_owned(),
            rule: "tables of a document".to_owned(),
            reason,
        }
    }
}

/// Sets the value of a path of keys.
fn put(members: &mut Map<String, Json>, keys: &[&str], value: Json) -> Result<(), String> {
    let taken = || "a field above or below it has a value".to_owned();
    let Some((last, way)) = keys.split_last() else {
        return Ok(());
    };
    let mut holder = members;
    for key in way {
        let next = holder
            .entry(*key)
            .or_insert_with(|| Json::Object(Map::new()));
        holder = next.as_object_mut().ok_or_else(taken)?;
    }
    match holder.contains_key(*last) {
        true => Err(taken()),
        false => {
            holder.insert((*last).to_owned(), value);
            Ok(())
        }
    }
}

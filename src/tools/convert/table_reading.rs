//! Tables become sheets, whatever they are kept in: text, workbooks, JSON, databases, and folders or archives of these.

use std::path::PathBuf;
use std::rc::Rc;

use super::source_files::{inside, unpacked};
use super::source_names::told_apart;
use super::source_reading::SourceReading;
use crate::archive::digest::Sha256Sum;
use crate::cli::{self, Failure};
use crate::conversion::log::{LogEntry, LogOutcome, READER};
use crate::conversion::object_tables;
use crate::conversion::read::json_source::SourceFile;
use crate::conversion::read::record_tables::{self, RecordTable};
use crate::conversion::read::{database, delimited, records, table_titles, workbook};
use crate::conversion::rules::ConversionRules;

/// The endings of files in folders and archives that are read; others may be anything.
const ENDINGS: [&str; 9] = [
    "csv", "tsv", "tabular", "txt", "json", "xlsx", "sqlite", "sqlite3", "db",
];

/// Reads tables by their paths and names.
///
/// # Errors
/// What is wrong, with the name of the file and the place in it.
pub fn read(
    paths: &[PathBuf],
    names: &[String],
    rules: &ConversionRules,
) -> Result<SourceReading, Failure> {
    let mut tables = TableFiles::default();
    for (path, name) in paths.iter().zip(names) {
        if path.is_dir() {
            let name_of = |inside: &PathBuf| {
                let name = inside.strip_prefix(path).unwrap_or(inside);
                name.to_string_lossy().into_owned()
            };
            let mut paths = inside(path)?;
            paths.retain(|inside| is_table(&name_of(inside)));
            let names: Vec<String> = paths.iter().map(name_of).collect();
            for (inside, name) in paths.iter().zip(told_apart(&names)) {
                let bytes = cli::read(inside)?;
                tables.add_file(&name, &bytes);
                tables.read(&name, &name, bytes)?;
            }
            continue;
        }
        let bytes = cli::read_bytes(path).map_err(|error| Failure::at(name, error))?;
        tables.add_file(name, &bytes);
        if !workbook::is_workbook(&bytes) || workbook::has_workbook(&bytes) {
            tables.read(name, name, bytes)?;
            continue;
        }
        let files = unpacked(name, bytes)?;
        let mut files: Vec<_> = files
            .into_iter()
            .filter(|file| is_table(&file.name))
            .collect();
        if files.is_empty() {
            let problem = format!(
                "found a zip file without tables, expected a workbook or files that end with {}",
                ENDINGS.join(", ")
            );
            return Err(Failure::at(name, problem));
        }
        files.sort_by(|one, other| one.name.cmp(&other.name));
        let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
        for (file, short) in files.into_iter().zip(told_apart(&names)) {
            let place = format!("{name}/{}", file.name);
            tables.read(&place, &short, Rc::unwrap_or_clone(file.bytes))?;
        }
    }
    tables.reading(rules)
}

/// Whether a file of a folder or an archive is a table by its name. Hidden files are those of programs.
fn is_table(name: &str) -> bool {
    let is_hidden = name
        .split(['/', '\\'])
        .any(|part| part.starts_with(['.', '_']));
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    !is_hidden && ENDINGS.contains(&ending.as_str())
}

/// The row of the log for a hidden sheet.
fn hidden_sheet(name: &str) -> LogEntry {
    let sheet = name.split_once('!').map_or(name, |(_, sheet)| sheet);
    LogEntry {
        outcome: LogOutcome::NotRead,
        record: name.to_owned(),
        field: String::new(),
        value: String::new(),
        rule: READER.to_owned(),
        // Rows of one reason are one row.
        reason: format!("the sheet `{sheet}` is hidden: show it to have it read"),
    }
}

/// What files hold so far.
#[derive(Default)]
struct TableFiles {
    reading: SourceReading,
    /// Records that may have nested values.
    records: Vec<RecordTable>,
}

impl TableFiles {
    /// Adds a file to the provenance.
    fn add_file(&mut self, name: &str, bytes: &[u8]) {
        let sha256 = Sha256Sum::of(bytes).hexadecimal();
        self.reading.files.push((name.to_owned(), sha256));
    }

    /// Reads a file. `place` is its name in errors, with that of its archive.
    fn read(&mut self, place: &str, name: &str, bytes: Vec<u8>) -> Result<(), Failure> {
        let at = |problem: &dyn std::fmt::Display| Failure::at(place, problem);
        if workbook::is_workbook(&bytes) {
            let read = workbook::read(name, &bytes).map_err(|error| at(&error))?;
            for hidden in &read.hidden {
                cli::say(format_args!("{hidden}: hidden sheet, not read"));
                self.reading.log.add(hidden_sheet(hidden));
            }
            self.reading.sheets.extend(read.sheets);
        } else if database::is_database(&bytes) {
            let tables = database::read(bytes).map_err(|error| at(&error))?;
            let records = database::records(name, &tables, &mut self.reading.log);
            self.records.extend(records);
        } else if records::is_json(&bytes) {
            let file = SourceFile {
                name: name.to_owned(),
                bytes,
            };
            self.records
                .extend(records::read(&file, &mut self.reading.log)?);
        } else {
            let sheet = delimited::read(name, &bytes).map_err(|error| at(&error))?;
            match record_tables::is_flat(&sheet) {
                true => self.records.push(record_tables::of_sheet(sheet)),
                false => self.reading.sheets.push(sheet),
            }
        }
        Ok(())
    }

    fn reading(self, rules: &ConversionRules) -> Result<SourceReading, Failure> {
        let mut reading = self.reading;
        // The titles of the tables of a document are its own.
        if !object_tables::is_object_tables(&reading.sheets) {
            for sheet in &mut reading.sheets {
                table_titles::known_titles(sheet, rules);
            }
        }
        let sheets = record_tables::sheets(self.records, rules, &mut reading.log)?;
        reading.sheets.extend(sheets);
        Ok(reading)
    }
}

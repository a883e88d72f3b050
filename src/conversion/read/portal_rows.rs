//! Rows of the records of a portal, and rows of the log for what is left out.

use std::rc::Rc;

use serde_json::Value as Json;

use super::file_kind::other_kind;
use super::json_source::{JsonReading, SourceFile, not_taken, value};
use super::titled_value::TitledValue;
use super::value_columns::{NumberedRows, PlacedValue, ValueColumns};
use super::workbook;
use crate::conversion::error::JsonSourceError;
use crate::conversion::log::{ConversionLog, LogEntry, LogOutcome};
use crate::conversion::rules::ConversionRules;
use crate::conversion::sheet::SheetCell;

/// How much of a text a message shows, in characters.
const SHOWN: usize = 80;

/// The rows of all files, in the order of the files.
pub(super) struct PortalRows<'r> {
    rules: &'r ConversionRules,
    columns: ValueColumns<'r>,
    /// What could not be read.
    pub log: ConversionLog,
    /// What is left out or needs a remark, and how often.
    notes: Vec<(LogEntry, u64)>,
    files: Vec<(NumberedRows, &'static str)>,
}

/// The place of a record: the file, and what its records are.
#[derive(Debug, Clone, Copy)]
pub(super) struct PortalPlace<'f> {
    /// The name of the file.
    pub file: &'f str,
    /// What a record is: `hit`, `item` or `row`.
    pub word: &'static str,
    /// Its number, from 1.
    pub number: usize,
}

impl PortalPlace<'_> {
    /// The place in the log.
    pub fn shown(&self) -> String {
        format!("{}, {} {}", self.file, self.word, self.number)
    }
}

impl<'r> PortalRows<'r> {
    /// No rows yet, for values of these origins.
    pub fn new(
        rules: &'r ConversionRules,
        origins: &'static [&'static str],
        log: ConversionLog,
    ) -> Self {
        PortalRows {
            rules,
            columns: ValueColumns::new(rules, origins),
            log,
            notes: Vec::new(),
            files: Vec::new(),
        }
    }

    /// Adds the row of a track. Of several values of a title, the first counts.
    ///
    /// # Errors
    /// The rows do not fit in memory.
    pub fn add(
        &mut self,
        place: PortalPlace<'_>,
        values: &[TitledValue],
    ) -> Result<(), JsonSourceError> {
        let is_last = |((name, _), word): &(NumberedRows, &'static str)| {
            &**name == place.file && *word == place.word
        };
        if !self.files.last().is_some_and(is_last) {
            let rows = (Rc::from(place.file), Vec::new());
            self.files.push((rows, place.word));
        }
        let Some(((name, rows), _)) = self.files.last_mut() else {
            return Ok(());
        };
        let mut row: Vec<PlacedValue> = Vec::new();
        for (origin, title, text) in values {
            let cell = SheetCell::Text(text.clone());
            self.columns.add(&mut row, name, (*origin, title), cell);
        }
        rows.push((place.number, row));
        let count = rows.len();
        self.columns
            .check(count)
            .map_err(|problem| problem.in_file(place.file))
    }

    /// Adds a row of the log for a value that cannot be used.
    pub fn refuse(&mut self, place: PortalPlace<'_>, field: &str, value: &str, reason: &str) {
        self.log
            .add(not_taken(&place.shown(), field, value, reason));
    }

    /// Counts a value that is left out or needs a remark; the log has one row for each field and reason, with the first value.
    pub fn note(&mut self, place: PortalPlace<'_>, field: &str, value: &str, reason: &str) {
        let mut known = self.notes.iter_mut();
        let same = known.find(|(entry, _)| entry.field == field && entry.reason == reason);
        if let Some((_, count)) = same {
            *count += 1;
            return;
        }
        let entry = LogEntry {
            outcome: LogOutcome::NotRead,
            record: place.shown(),
            field: field.to_owned(),
            value: value.to_owned(),
            rule: format!("{} reader", self.rules.name),
            reason: reason.to_owned(),
        };
        self.notes.push((entry, 1));
    }

    /// The sheets and the log.
    ///
    /// # Errors
    /// There is no row.
    pub fn finish(mut self, expected: &'static str) -> Result<JsonReading, JsonSourceError> {
        if self.files.is_empty() {
            let what = self.notes.iter().map(|(entry, count)| {
                let LogEntry { value, reason, .. } = entry;
                format!("; {count} such as `{value}`: {reason}")
            });
            return Err(match what.collect::<String>() {
                what if what.is_empty() => JsonSourceError::Missing { expected },
                notes => JsonSourceError::NothingLeft { expected, notes },
            });
        }
        for (entry, count) in self.notes {
            self.log.add_many(entry, count);
        }
        self.columns.log_unread(&mut self.log);
        let mut sheets = Vec::new();
        for (rows, word) in self.files {
            sheets.extend(self.columns.sheets(vec![rows], word));
        }
        Ok(JsonReading {
            sheets,
            log: self.log,
        })
    }
}

/// The value of an answer. Portals state some errors as plain text with the status of a success.
pub(super) fn answer(
    file: &SourceFile,
    log: &mut ConversionLog,
    expected: &'static str,
) -> Result<Json, JsonSourceError> {
    let problem = |problem: String| JsonSourceError::Json {
        file: file.name.clone(),
        problem,
    };
    if workbook::is_workbook(&file.bytes) {
        return Err(other_kind(&file.name, &file.bytes, expected));
    }
    let first = file.bytes.trim_ascii_start();
    let first = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
    if first.is_empty() {
        return Err(problem(format!("the file is empty, expected {expected}")));
    }
    if !first.starts_with(b"{") && !first.starts_with(b"[") {
        let text = String::from_utf8_lossy(&first[..first.len().min(4 * SHOWN)]);
        let line: String = text
            .lines()
            .next()
            .unwrap_or_default()
            .chars()
            .take(SHOWN)
            .collect();
        return Err(problem(format!(
            "found the text `{line}`, expected {expected}: send the request again"
        )));
    }
    let value = value(file, log)?;
    // Answers that state an error have a message and nothing else of use.
    for key in ["message", "error"] {
        if let Some(said) = value[key].as_str() {
            return Err(problem(format!(
                "found an answer that states an error: {said}"
            )));
        }
    }
    Ok(value)
}

/// How many hits answers have, and how many there are, by what was asked for.
#[derive(Debug, Default)]
pub(super) struct AnswerTotals {
    totals: Vec<AnswerTotal>,
}

#[derive(Debug)]
struct AnswerTotal {
    asked: String,
    /// The answer that states the total.
    file: String,
    hits: usize,
    total: u64,
}

impl AnswerTotals {
    /// Adds an answer to what was asked for.
    pub fn add(&mut self, file: &str, asked: &str, hits: usize, total: Option<u64>) {
        let known = self.totals.iter_mut().find(|known| known.asked == asked);
        match known {
            Some(known) => {
                known.hits += hits;
                known.total = known.total.max(total.unwrap_or_default());
            }
            None => self.totals.push(AnswerTotal {
                asked: asked.to_owned(),
                file: file.to_owned(),
                hits,
                total: total.unwrap_or_default(),
            }),
        }
    }

    /// Adds a row for each total that is not reached: pages are missing.
    pub fn log_missing(&self, field: &str, log: &mut ConversionLog) {
        for known in &self.totals {
            if known.total > known.hits as u64 {
                let found = known.hits;
                let reason =
                    format!("found {found} hits in all answers: request the pages that follow");
                let total = known.total.to_string();
                log.add(not_taken(&known.file, field, &total, &reason));
            }
        }
    }
}

/// Values of one origin.
pub(super) fn of_origin(origin: usize, values: Vec<(String, String)>) -> Vec<TitledValue> {
    let values = values.into_iter();
    values.map(|(title, text)| (origin, title, text)).collect()
}

/// Different texts with `;` between them, in the order of their first occurrence.
pub(super) fn joined<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut known: Vec<&str> = Vec::new();
    for text in texts {
        if !text.is_empty() && !known.contains(&text) {
            known.push(text);
        }
    }
    known.join(";")
}

/// Why a file is no track, by its name and its type in the portal.
pub(super) fn no_track(name: &str, kind: &str) -> Option<&'static str> {
    let (name, kind) = (name.to_lowercase(), kind.to_lowercase());
    let bare = name.strip_suffix(".gz").unwrap_or(&name);
    let is_of = |kinds: &[&str]| {
        let ends = |known: &&str| {
            bare.strip_suffix(*known)
                .is_some_and(|rest| rest.ends_with('.'))
        };
        kinds.contains(&kind.as_str()) || kinds.iter().any(ends)
    };
    if is_of(&["fastq", "fq", "sra", "fast5"]) {
        return Some("reads are no tracks: left out");
    }
    is_of(&["bai", "tbi", "tabix", "csi", "crai"]).then_some("an index is no track: left out")
}

/// Whether a text is capital letters and digits behind them, as accessions of archives are.
pub(super) fn is_accession(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_uppercase());
    digits.len() < text.len()
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

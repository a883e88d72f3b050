//! The log of a conversion: what could not be filled, was not taken over or was changed, each with its place, rule and reason.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use crate::tables::{self, Column};

/// What happened to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogOutcome {
    /// The standard requires a value, and the source has none.
    Missing,
    /// The document has a value that breaks a rule of the standard.
    Broken,
    /// The source has a value, and the document does not have it.
    NotTaken,
    /// No rule reads the column.
    NotRead,
    /// The document has another value than the source.
    Changed,
    /// The value follows from others.
    Derived,
}

impl LogOutcome {
    /// All of them, those that need a curator first.
    pub const ALL: [LogOutcome; 6] = [
        LogOutcome::Missing,
        LogOutcome::Broken,
        LogOutcome::NotTaken,
        LogOutcome::NotRead,
        LogOutcome::Changed,
        LogOutcome::Derived,
    ];

    /// Its word in the table.
    pub fn word(self) -> &'static str {
        match self {
            LogOutcome::Missing => "missing",
            LogOutcome::Broken => "breaks a rule",
            LogOutcome::NotTaken => "not taken over",
            LogOutcome::NotRead => "not read",
            LogOutcome::Changed => "changed",
            LogOutcome::Derived => "derived",
        }
    }

    /// Whether alike entries of several records are one row: they need no work on each record.
    fn is_grouped(self) -> bool {
        matches!(
            self,
            LogOutcome::NotRead | LogOutcome::Changed | LogOutcome::Derived
        )
    }
}

impl fmt::Display for LogOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A row of the log.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LogEntry {
    /// What happened.
    pub outcome: LogOutcome,
    /// The record: the place of the row in the source; the first of several.
    pub record: String,
    /// The field of the document, or the column of the source where no field is known.
    pub field: String,
    /// The value in the source; empty where there is none.
    pub value: String,
    /// The rule that was applied; empty for rules of the standard.
    pub rule: String,
    /// Why.
    pub reason: String,
}

/// The rows of a conversion; alike changes of many records are one row.
#[derive(Debug, Clone, Default)]
pub struct ConversionLog {
    rows: Vec<LogRow>,
    grouped: HashMap<LogEntry, usize>,
}

/// An entry, and how many records it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// The entry.
    pub entry: LogEntry,
    /// How many records.
    pub records: u64,
}

impl ConversionLog {
    /// Adds an entry of one record.
    pub fn add(&mut self, entry: LogEntry) {
        self.add_many(entry, 1);
    }

    /// Adds an entry that stands for several records.
    pub fn add_many(&mut self, entry: LogEntry, records: u64) {
        if !entry.outcome.is_grouped() {
            self.rows.push(LogRow { entry, records });
            return;
        }
        let next = self.rows.len();
        let key = LogEntry {
            record: String::new(),
            ..entry.clone()
        };
        let place = *self.grouped.entry(key).or_insert(next);
        match self.rows.get_mut(place) {
            Some(row) => row.records += records,
            None => self.rows.push(LogRow { entry, records }),
        }
    }

    /// The rows, those that need a curator first, otherwise in the order of the conversion.
    pub fn rows(&self) -> Vec<&LogRow> {
        let mut rows: Vec<&LogRow> = self.rows.iter().collect();
        rows.sort_by_key(|row| row.entry.outcome);
        rows
    }

    /// How many rows have an outcome.
    pub fn count(&self, outcome: LogOutcome) -> usize {
        let rows = self.rows.iter();
        rows.filter(|row| row.entry.outcome == outcome).count()
    }
}

const COLUMNS: [Column<LogRow>; 7] = [
    ("outcome", |row| row.entry.outcome.word().into()),
    ("record", |row| (&row.entry.record).into()),
    ("field", |row| (&row.entry.field).into()),
    ("value", |row| (&row.entry.value).into()),
    ("rule", |row| (&row.entry.rule).into()),
    ("reason", |row| (&row.entry.reason).into()),
    ("records", |row| Cow::Owned(row.records.to_string())),
];

/// The titles of the table.
pub const TITLES: [&str; 7] = tables::titles(&COLUMNS);

/// Writes the log as a table.
pub fn write(log: &ConversionLog) -> String {
    tables::write(&COLUMNS, log.rows())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_changes_are_one_row_and_alike_gaps_are_not() {
        let mut log = ConversionLog::default();
        for outcome in [LogOutcome::Changed, LogOutcome::Missing] {
            for row in 2..5 {
                log.add(LogEntry {
                    outcome,
                    record: format!("a.csv, row {row}"),
                    field: "samples.species_id".to_owned(),
                    value: "human".to_owned(),
                    rule: String::new(),
                    reason: "synonym".to_owned(),
                });
            }
        }
        assert_eq!(log.count(LogOutcome::Missing), 3);
        assert_eq!(log.count(LogOutcome::Changed), 1);
        let table = write(&log);
        let last = table.lines().last().unwrap();
        assert_eq!(
            last,
            "changed\ta.csv, row 2\tsamples.species_id\thuman\t\tsynonym\t3"
        );
    }
}

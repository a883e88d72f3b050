//! The log of a conversion: what could not be filled, was not taken over or was changed, each with its place, rule and reason.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

use super::alike_rows::AlikeRows;
use super::rules::ConversionRules;
use super::shared_texts::SharedTexts;
use crate::tables::{self, Column};

/// The rule of rows for what a reader cannot use.
pub const READER: &str = "reader";

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

impl LogEntry {
    /// A column that no rule reads, with its first value.
    pub fn not_read(sheet: &str, title: String, first: &str, rules: &ConversionRules) -> Self {
        LogEntry {
            outcome: LogOutcome::NotRead,
            record: sheet.to_owned(),
            field: title,
            value: first.to_owned(),
            rule: rules.name.clone(),
            reason: "no rule reads this column; the value is its first one".to_owned(),
        }
    }
}

/// The rows of a conversion; alike changes of many records are one row.
///
/// Large sources have millions of rows, so that a row holds its own texts in one piece and the texts of many rows by their numbers.
#[derive(Debug, Clone, Default)]
pub struct ConversionLog {
    rows: Vec<PackedRow>,
    shared: SharedTexts,
    /// Rows by the hash of what they have in common; the next number is tried where two kinds have the same hash.
    grouped: HashMap<u64, usize>,
    /// Rows of one field that are one once they are many, by outcome, field and rule, and by the reason of missing values.
    alike: HashMap<(LogOutcome, usize, usize, usize), AlikeRows>,
    hasher: RandomState,
}

/// An entry, and how many records it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// The entry.
    pub entry: LogEntry,
    /// How many records.
    pub records: u64,
}

/// A row as it is kept.
#[derive(Debug, Clone)]
struct PackedRow {
    outcome: LogOutcome,
    records: u64,
    /// How many values it counts as: 0 for one that another row stands for.
    values: u64,
    field: usize,
    rule: usize,
    /// Record, value and reason, and where the last two begin.
    texts: Box<str>,
    value: usize,
    reason: usize,
}

impl PackedRow {
    fn value(&self) -> &str {
        &self.texts[self.value..self.reason]
    }

    fn reason(&self) -> &str {
        &self.texts[self.reason..]
    }
}

/// A row of a log.
#[derive(Debug, Clone, Copy)]
pub struct LogRowView<'l> {
    row: &'l PackedRow,
    shared: &'l SharedTexts,
}

impl<'l> LogRowView<'l> {
    /// What happened.
    pub fn outcome(self) -> LogOutcome {
        self.row.outcome
    }

    /// The first record.
    pub fn record(self) -> &'l str {
        &self.row.texts[..self.row.value]
    }

    /// The field or the column.
    pub fn field(self) -> &'l str {
        self.shared.text(self.row.field)
    }

    /// The value in the source.
    pub fn value(self) -> &'l str {
        self.row.value()
    }

    /// The rule.
    pub fn rule(self) -> &'l str {
        self.shared.text(self.row.rule)
    }

    /// Why.
    pub fn reason(self) -> &'l str {
        self.row.reason()
    }

    /// How many records.
    pub fn records(self) -> u64 {
        self.row.records
    }
}

impl ConversionLog {
    /// Adds an entry of one record.
    pub fn add(&mut self, entry: LogEntry) {
        self.add_many(entry, 1);
    }

    /// Adds an entry that stands for several records.
    pub fn add_many(&mut self, entry: LogEntry, records: u64) {
        self.add_parts(
            entry.outcome,
            [
                &entry.record,
                &entry.field,
                &entry.value,
                &entry.rule,
                &entry.reason,
            ],
            records,
        );
    }

    /// Adds a change that a rule makes to the value of each record, such as the host that it puts before a path.
    ///
    /// The rows of a field are one row once they are many: the first one, which counts the others.
    pub fn add_change_of_each(&mut self, entry: LogEntry) {
        let texts = [
            &entry.record[..],
            &entry.field,
            &entry.value,
            &entry.rule,
            &entry.reason,
        ];
        self.add_row(entry.outcome, texts, 1, true);
    }

    /// Adds an entry by its texts: record, field, value, rule and reason.
    fn add_parts(&mut self, outcome: LogOutcome, texts: [&str; 5], records: u64) {
        self.add_row(outcome, texts, records, false);
    }

    fn add_row(&mut self, outcome: LogOutcome, texts: [&str; 5], records: u64, is_of_each: bool) {
        let [record, field, value, rule, reason] = texts;
        let (field, rule) = (self.shared.number(field), self.shared.number(rule));
        let alike = match is_of_each {
            // The reasons have the new values, and differ as the values do.
            true => Some((outcome, field, rule, usize::MAX)),
            false => (outcome == LogOutcome::Missing)
                .then(|| (outcome, field, rule, self.shared.number(reason))),
        };
        if let Some(key) = alike
            && let Some(first) = self.alike.get(&key).and_then(AlikeRows::only)
        {
            self.rows[first].records += records;
            self.rows[first].values += u64::from(outcome == LogOutcome::Missing);
            return;
        }
        if outcome.is_grouped() {
            let mut hash = self.hasher.hash_one((outcome, field, value, rule, reason));
            while let Some(place) = self.grouped.get(&hash) {
                let row = &mut self.rows[*place];
                if (row.outcome, row.field, row.rule) == (outcome, field, rule)
                    && (row.value(), row.reason()) == (value, reason)
                    && row.values > 0
                {
                    row.records += records;
                    return;
                }
                hash = hash.wrapping_add(1);
            }
            self.grouped.insert(hash, self.rows.len());
        }
        self.rows.push(PackedRow {
            outcome,
            records,
            values: 1,
            field,
            rule,
            texts: [record, value, reason].concat().into(),
            value: record.len(),
            reason: record.len() + value.len(),
        });
        if let Some(key) = alike {
            let merged = self.alike.entry(key).or_default().add(self.rows.len() - 1);
            self.merge(merged);
        }
    }

    /// Lets the first of some rows count the others.
    fn merge(&mut self, places: Vec<usize>) {
        let Some((first, later)) = places.split_first() else {
            return;
        };
        for place in later {
            let row = &mut self.rows[*place];
            let (records, values) = (
                std::mem::take(&mut row.records),
                std::mem::take(&mut row.values),
            );
            let is_missing = row.outcome == LogOutcome::Missing;
            let first = &mut self.rows[*first];
            first.records += records;
            first.values += if is_missing { values } else { 0 };
        }
    }

    /// Adds the rows of a later step.
    pub fn append(&mut self, later: &ConversionLog) {
        for row in later.in_order() {
            let texts = [
                row.record(),
                row.field(),
                row.value(),
                row.rule(),
                row.reason(),
            ];
            self.add_parts(row.outcome(), texts, row.records());
        }
    }

    fn in_order(&self) -> impl Iterator<Item = LogRowView<'_>> {
        let shared = &self.shared;
        let rows = self.rows.iter().filter(|row| row.values > 0);
        rows.map(move |row| LogRowView { row, shared })
    }

    /// The rows, those that need a curator first, otherwise in the order of the conversion.
    pub fn views(&self) -> Vec<LogRowView<'_>> {
        let mut rows: Vec<LogRowView<'_>> = self.in_order().collect();
        rows.sort_by_key(|row| row.outcome());
        rows
    }

    /// Copies of the rows in the order of [`ConversionLog::views`], for logs of few rows.
    pub fn rows(&self) -> Vec<LogRow> {
        let copy = |row: LogRowView<'_>| LogRow {
            entry: LogEntry {
                outcome: row.outcome(),
                record: row.record().to_owned(),
                field: row.field().to_owned(),
                value: row.value().to_owned(),
                rule: row.rule().to_owned(),
                reason: row.reason().to_owned(),
            },
            records: row.records(),
        };
        self.views().into_iter().map(copy).collect()
    }

    /// How many values have an outcome: alike changes count once, missing values of many records each.
    pub fn count(&self, outcome: LogOutcome) -> u64 {
        let rows = self.rows.iter().filter(|row| row.outcome == outcome);
        rows.map(|row| row.values).sum()
    }

    /// Names the kind of the source in the rules of its reader.
    pub fn name_reader(&mut self, kind: &str) {
        self.shared.rename(READER, &format!("{kind} {READER}"));
    }
}

const fn columns<'l>() -> [Column<LogRowView<'l>>; 7] {
    [
        ("outcome", |row| row.outcome().word().into()),
        ("record", |row| row.record().into()),
        ("field", |row| row.field().into()),
        ("value", |row| row.value().into()),
        ("rule", |row| row.rule().into()),
        ("reason", |row| row.reason().into()),
        ("records", |row| Cow::Owned(row.records().to_string())),
    ]
}

/// The titles of the table.
pub const TITLES: [&str; 7] = tables::titles(&columns());

/// Writes the log as a table.
pub fn write(log: &ConversionLog) -> String {
    tables::write(&columns(), &log.views())
}

#[cfg(test)]
mod tests {
    use super::super::alike_rows::MOST_ALIKE;
    use super::*;

    #[test]
    fn missing_values_of_many_records_are_one_row_that_counts_them() {
        let mut log = ConversionLog::default();
        for row in 1..=1000 {
            for (field, most) in [("tracks.checksum", 1000), ("tracks.file_url", MOST_ALIKE)] {
                if row <= most {
                    log.add(LogEntry {
                        outcome: LogOutcome::Missing,
                        record: format!("a.csv, row {row}"),
                        field: field.to_owned(),
                        value: String::new(),
                        rule: "FAIRtracks 1.0.2".to_owned(),
                        reason: "expected one".to_owned(),
                    });
                }
            }
        }
        let rows = log.rows();
        assert_eq!(rows.len(), 1 + MOST_ALIKE);
        assert_eq!(rows[0].entry.record, "a.csv, row 1");
        assert_eq!(rows[0].records, 1000);
        assert!(rows[1..].iter().all(|row| row.records == 1));
        assert_eq!(log.count(LogOutcome::Missing), 1000 + MOST_ALIKE as u64);
        let mut copy = ConversionLog::default();
        copy.append(&log);
        assert_eq!(copy.rows(), rows);
    }

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

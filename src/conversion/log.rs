//! The log of a conversion: what could not be filled, was not taken over or was changed, each with its place, rule and reason.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use super::alike_rows::AlikeRows;
pub use super::log_outcome::LogOutcome;
use super::log_row::PackedRow;
pub use super::log_row::{LogEntry, LogRow, LogRowView};
use super::shared_texts::SharedTexts;
use crate::tables::{self, Column};

/// The rule of rows for what a reader cannot use.
pub const READER: &str = "reader";

/// In place of the number of a reason: those of changes of each value have the new values, and differ as the values do.
const OF_EACH: usize = usize::MAX;

/// As many rows before a row are compared with it.
const MOST_ROWS_OF_RECORD: usize = 64;

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

impl ConversionLog {
    /// Adds an entry of one record.
    pub fn add(&mut self, entry: LogEntry) {
        self.add_many(entry, 1);
    }

    /// Adds an entry about the values of several records with this title in the source.
    pub fn add_titled(&mut self, title: &str, entry: LogEntry, records: u64) {
        self.add_parts(entry.outcome, entry.texts(), title, records, false);
    }

    /// Adds an entry that stands for several records.
    pub fn add_many(&mut self, entry: LogEntry, records: u64) {
        self.add_parts(entry.outcome, entry.texts(), "", records, false);
    }

    /// Adds a change that a rule makes to the value of each record, such as the host that it puts before a path.
    ///
    /// The rows of a field are one row once they are many: the first one, which counts the others. Then it returns the number of
    /// this row, for [`ConversionLog::count_record`].
    pub fn add_change_of_each(&mut self, title: &str, entry: LogEntry) -> Option<usize> {
        self.add_parts(entry.outcome, entry.texts(), title, 1, true);
        let [_, field, _, rule, _] = entry.texts();
        let (field, rule) = (self.shared.number(field), self.shared.number(rule));
        let alike = self.alike.get(&(entry.outcome, field, rule, OF_EACH));
        alike.and_then(AlikeRows::only)
    }

    /// Counts one more record in a row.
    pub fn count_record(&mut self, row: usize) {
        self.rows[row].records += 1;
    }

    /// Adds an entry by its texts: record, field, value, rule and reason. `is_of_each`: see [`ConversionLog::add_change_of_each`].
    fn add_parts(
        &mut self,
        outcome: LogOutcome,
        texts: [&str; 5],
        title: &str,
        records: u64,
        is_of_each: bool,
    ) {
        let [record, field, value, rule, reason] = texts;
        let (field, rule) = (self.shared.number(field), self.shared.number(rule));
        let source_field = self.shared.number(title);
        // Missing and wrong values count one by one, and changes of one kind together.
        let values = match outcome {
            LogOutcome::Missing | LogOutcome::Broken => records,
            _ => 0,
        };
        let alike = match is_of_each {
            true => Some((outcome, field, rule, OF_EACH)),
            false => (outcome == LogOutcome::Missing)
                .then(|| (outcome, field, rule, self.shared.number(reason))),
        };
        if let Some(key) = alike
            && let Some(first) = self.alike.get(&key).and_then(AlikeRows::only)
        {
            self.rows[first].records += records;
            self.rows[first].values += values;
            return;
        }
        if outcome.is_grouped() {
            let mut hash = self
                .hasher
                .hash_one((outcome, field, value, rule, reason, title));
            while let Some(place) = self.grouped.get(&hash) {
                let row = &mut self.rows[*place];
                let numbers = (row.field, row.rule, row.source_field);
                if (row.outcome, numbers) == (outcome, (field, rule, source_field))
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
        // Two values of one record can have the same fault; rows of one record are close to each other.
        let latest = self.rows.len().saturating_sub(MOST_ROWS_OF_RECORD);
        let texts = [record, value, reason].concat();
        let places = (record.len(), record.len() + value.len());
        let numbers = (field, rule, source_field);
        let same = self.rows[latest..].iter_mut().rev().find(|row| {
            (row.outcome, (row.field, row.rule, row.source_field)) == (outcome, numbers)
                && (row.value, row.reason) == places
                && *row.texts == *texts
        });
        if let Some(row) = same.filter(|row| row.values > 0) {
            row.records += records;
            row.values += values.max(1);
            return;
        }
        self.rows.push(PackedRow {
            outcome,
            records,
            values: values.max(1),
            field,
            rule,
            source_field,
            texts: texts.into(),
            value: places.0,
            reason: places.1,
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
        self.append_titled(later, |_, _| "");
    }

    /// Adds the rows of a later step, with the titles of records and fields for values that have none.
    pub fn append_titled<'t>(
        &mut self,
        later: &ConversionLog,
        title: impl Fn(&str, &str) -> &'t str,
    ) {
        for row in later.in_order() {
            let (record, field) = (row.record(), row.field());
            let texts = [record, field, row.value(), row.rule(), row.reason()];
            let title = match later.shared.text(row.row.source_field) {
                "" if row.outcome() == LogOutcome::NotTaken => title(record, field),
                title => title,
            };
            self.add_parts(row.outcome(), texts, title, row.records(), false);
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
            source_field: row.source_field().to_owned(),
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

const fn columns<'l>() -> [Column<LogRowView<'l>>; 8] {
    [
        ("outcome", |row| row.outcome().word().into()),
        ("record", |row| row.record().into()),
        ("field", |row| row.field().into()),
        ("value", |row| row.value().into()),
        ("rule", |row| row.rule().into()),
        ("reason", |row| row.reason().into()),
        ("records", |row| Cow::Owned(row.records().to_string())),
        ("source_field", |row| row.source_field().into()),
    ]
}

/// The titles of the table.
pub const TITLES: [&str; 8] = tables::titles(&columns());

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
            "changed\ta.csv, row 2\tsamples.species_id\thuman\t\tsynonym\t3\t"
        );
    }
}

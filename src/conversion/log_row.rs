//! Rows of the log of a conversion.

use super::field_path::FieldPath;
use super::log_outcome::LogOutcome;
use super::rules::ConversionRules;
use super::shared_texts::SharedTexts;

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
    /// Record, field, value, rule and reason.
    pub(super) fn texts(&self) -> [&str; 5] {
        let texts = [
            &self.record,
            &self.field,
            &self.value,
            &self.rule,
            &self.reason,
        ];
        texts.map(String::as_str)
    }

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

/// An entry, and how many records it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// The entry.
    pub entry: LogEntry,
    /// How many records.
    pub records: u64,
    /// The title of the value in the source; empty where the value has none.
    pub source_field: String,
}

/// A row as it is kept.
#[derive(Debug, Clone)]
pub(super) struct PackedRow {
    pub outcome: LogOutcome,
    pub records: u64,
    /// How many values it counts as: 0 for one that another row stands for.
    pub values: u64,
    pub field: usize,
    pub rule: usize,
    pub source_field: usize,
    /// Record, value and reason, and where the last two begin.
    pub texts: Box<str>,
    pub value: usize,
    pub reason: usize,
}

impl PackedRow {
    pub fn value(&self) -> &str {
        &self.texts[self.value..self.reason]
    }

    pub fn reason(&self) -> &str {
        &self.texts[self.reason..]
    }
}

/// A row of a log.
#[derive(Debug, Clone, Copy)]
pub struct LogRowView<'l> {
    pub(super) row: &'l PackedRow,
    pub(super) shared: &'l SharedTexts,
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

    /// The title of the value in the source: as it was added, or the field where this is no field of a document.
    pub fn source_field(self) -> &'l str {
        let is_field = || FieldPath::parse(self.field()).is_some();
        match self.shared.text(self.row.source_field) {
            "" if self.outcome() == LogOutcome::NotRead || !is_field() => self.field(),
            title => title,
        }
    }

    /// How many records.
    pub fn records(self) -> u64 {
        self.row.records
    }
}

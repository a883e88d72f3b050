//! How rules read titles, without a conversion: a row for each column of the source, with the columns that it follows from.

use std::borrow::Cow;

use super::log::{ConversionLog, LogOutcome};
use super::normal_form::dependencies::{candidate_keys, determinants, split};
use super::rules::ConversionRules;
use super::sheet::{Sheet, SheetCell, column_letters};
use super::sheet_plan::SheetPlan;
use crate::tables::{self, Column};

/// Rows of a sheet whose dependencies are looked for.
const MOST_ROWS: usize = 100_000;

/// A column of the source, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleReading {
    /// The name of the sheet.
    pub sheet: String,
    /// The letters of the column; empty for values that are in no column.
    pub column: String,
    /// The title.
    pub title: String,
    /// The fields that it is read as; empty for one that no rule reads.
    pub fields: String,
    /// What its values can be.
    pub values: String,
    /// How many rows have a value.
    pub filled: u64,
    /// The first value.
    pub first: String,
    /// The titles that its values follow from, and how many values these have.
    pub follows_from: String,
}

const NOT_READ: &str = "not read";
const AS_IT_IS: &str = "any text, taken over as it is";

const COLUMNS: [Column<TitleReading>; 8] = [
    ("sheet", |row| (&row.sheet).into()),
    ("column", |row| (&row.column).into()),
    ("title", |row| (&row.title).into()),
    ("field", |row| (&row.fields).into()),
    ("values", |row| (&row.values).into()),
    ("filled", |row| Cow::Owned(row.filled.to_string())),
    ("first_value", |row| (&row.first).into()),
    ("follows_from", |row| (&row.follows_from).into()),
];

/// The titles of the table.
pub const TITLES: [&str; 8] = tables::titles(&COLUMNS);

/// Writes readings as a table.
pub fn write(readings: &[TitleReading]) -> String {
    tables::write(&COLUMNS, readings)
}

/// The readings of the columns of sheets, and of those that their reader has left out. `is_exact` for tables of a document, whose
/// titles are paths.
pub fn of(
    sheets: &[Sheet],
    log: &ConversionLog,
    rules: &ConversionRules,
    is_exact: bool,
) -> Vec<TitleReading> {
    let mut readings = Vec::new();
    for sheet in sheets {
        let plan = SheetPlan::of(sheet, rules);
        let follows = dependencies(sheet);
        for (place, title) in sheet.titles.iter().enumerate() {
            let (fields, values) = match (is_exact, sheet.category) {
                (true, Some(category)) => (format!("{category}.{title}"), AS_IT_IS.to_owned()),
                (true, None) => (title.clone(), AS_IT_IS.to_owned()),
                _ => meaning(&plan, place),
            };
            let cells = sheet.rows.iter().filter_map(|row| row.cells.get(place));
            let mut filled = cells.filter(|cell| !cell.is_empty());
            let first = filled.next();
            readings.push(TitleReading {
                sheet: sheet.name.to_string(),
                column: column_letters(place),
                title: title.clone(),
                fields,
                values,
                filled: u64::from(first.is_some()) + filled.count() as u64,
                first: first.map(SheetCell::shown).unwrap_or_default().to_owned(),
                follows_from: follows.get(place).cloned().unwrap_or_default(),
            });
        }
    }
    for row in log.rows() {
        if row.entry.outcome == LogOutcome::NotRead {
            readings.push(TitleReading {
                sheet: row.entry.record.clone(),
                column: String::new(),
                title: row.entry.field.clone(),
                fields: String::new(),
                values: NOT_READ.to_owned(),
                filled: row.records,
                first: row.entry.value.clone(),
                follows_from: String::new(),
            });
        }
    }
    readings
}

/// The fields of a column, and what its values can be.
fn meaning(plan: &SheetPlan<'_>, place: usize) -> (String, String) {
    if let Some((_, path)) = plan.extras.iter().find(|(column, _)| *column == place) {
        return (path.to_string(), AS_IT_IS.to_owned());
    }
    let mut fields: Vec<String> = Vec::new();
    let mut values: Vec<String> = Vec::new();
    for field in &plan.fields {
        let is_label = field.labels.contains(&place);
        if !is_label && !field.columns.contains(&place) {
            continue;
        }
        let target = field.rule.target.to_string();
        let (target, value) = match field.rule.value.members().filter(|_| is_label) {
            Some((_, label)) => (format!("{target}.{label}"), "a label".to_owned()),
            None => {
                let expected = field.rule.expected.clone();
                (
                    target,
                    expected.unwrap_or_else(|| field.rule.value.description()),
                )
            }
        };
        if !fields.contains(&target) {
            fields.push(target);
            values.push(value);
        }
    }
    match fields.is_empty() {
        true => (String::new(), NOT_READ.to_owned()),
        false => (fields.join(", "), values.join("; ")),
    }
}

/// What each column of a sheet follows from, in words.
fn dependencies(sheet: &Sheet) -> Vec<String> {
    let mut follows = vec![String::new(); sheet.titles.len()];
    if sheet.rows.len() > MOST_ROWS {
        return follows;
    }
    let rows = sheet.rows.iter().map(|row| {
        let cells = row.cells.iter();
        cells.map(|cell| cell.shown().trim().to_owned()).collect()
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let found = determinants(&rows, &candidate_keys(&rows));
    for table in split(&rows, &found).into_iter().skip(1) {
        let titles = table
            .key
            .iter()
            .map(|column| sheet.titles[*column].as_str());
        let titles: Vec<&str> = titles.collect();
        // Blanks are no value.
        let has_key = |row: &[String]| {
            let mut key = row.iter().take(table.key.len());
            key.any(|text| !text.is_empty())
        };
        let words = format!(
            "{} ({} values in {} rows)",
            titles.join(" and "),
            table.rows.iter().filter(|row| has_key(row)).count(),
            rows.len()
        );
        for column in table.columns.iter().skip(table.key.len()) {
            follows[*column].clone_from(&words);
        }
    }
    follows
}

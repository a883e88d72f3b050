//! Records with nested values, from files of JSON and from databases, become sheets.
//!
//! Values are columns by their paths (`sample.species`), as [`flatten`] has them. Tables in first normal form, such as those that
//! Omnipy exports, are put together first. Columns that no rule reads are counted alone.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value as Json;

use super::flatten::flatten;
use super::json_source::not_taken;
use super::table_titles::known_titles;
use super::value_columns::{MOST_COLUMNS, TooManyValues};
use crate::conversion::error::{JsonSourceError, MOST_CHARACTERS};
use crate::conversion::log::{ConversionLog, LogEntry};
use crate::conversion::normal_form::nested::{self, FlatRow, FlatTable, ID, REFERENCE};
use crate::conversion::rules::ConversionRules;
use crate::conversion::sheet::{Sheet, SheetCell, SheetRow, category_of_name};
use crate::conversion::sheet_plan::SheetPlan;
use crate::fairtracks::category::Category;

/// The endings of files that are no part of the name of a table.
const ENDINGS: [&str; 5] = [".json", ".csv", ".tsv", ".txt", ".tabular"];

/// A table of records.
#[derive(Debug, Clone)]
pub struct RecordTable {
    /// The name of its sheet: the file, and `!` and the table where the file has several.
    pub sheet: Rc<str>,
    /// What its records are in the source.
    pub word: &'static str,
    /// The records with their numbers.
    pub records: Vec<(usize, FlatRow)>,
}

impl RecordTable {
    /// The name of the table: that of its sheet without file and ending.
    fn name(&self) -> &str {
        let name = self.sheet.rsplit('/').next().unwrap_or_default();
        match name.rsplit_once('!') {
            Some((_, table)) => table,
            None => {
                let mut endings = ENDINGS.iter();
                let stem = endings.find_map(|ending| name.strip_suffix(ending));
                stem.unwrap_or(name)
            }
        }
    }

    fn is_flat(&self) -> bool {
        let mut records = self.records.iter();
        records.any(|(_, record)| record.contains_key(ID) || record.contains_key(REFERENCE))
    }
}

/// Whether a sheet is a table in first normal form, whose rows refer to those of other tables.
pub fn is_flat(sheet: &Sheet) -> bool {
    sheet
        .titles
        .iter()
        .any(|title| title == ID || title == REFERENCE)
}

/// The records of a sheet: its cells by title.
pub fn of_sheet(sheet: Sheet) -> RecordTable {
    let titles = sheet.titles;
    let records = sheet.rows.into_iter().map(|row| {
        let cells = titles.iter().zip(row.cells);
        let filled = cells.filter(|(_, cell)| !cell.is_empty());
        let members = filled.map(|(title, cell)| (title.clone(), Json::from(cell.shown())));
        (row.number, members.collect())
    });
    RecordTable {
        word: sheet.row_word,
        records: records.collect(),
        sheet: sheet.name,
    }
}

/// The sheets of tables. What cannot be read is in the log.
///
/// # Errors
/// A table with more values than a conversion takes.
pub fn sheets(
    tables: Vec<RecordTable>,
    rules: &ConversionRules,
    log: &mut ConversionLog,
) -> Result<Vec<Sheet>, JsonSourceError> {
    let tables = match tables.iter().any(RecordTable::is_flat) {
        true => put_together(tables, log)?,
        false => tables,
    };
    let sheets = tables.into_iter().map(|table| sheet(table, rules, log));
    sheets.collect()
}

/// Tables with the rows that refer to them as nested values.
fn put_together(
    tables: Vec<RecordTable>,
    log: &mut ConversionLog,
) -> Result<Vec<RecordTable>, JsonSourceError> {
    let mut flat = Vec::new();
    let mut numbers: HashMap<String, Vec<usize>> = HashMap::new();
    let mut sheets = HashMap::new();
    for table in tables {
        let name = table.name().to_owned();
        let (places, rows) = table.records.into_iter().unzip();
        numbers.insert(name.clone(), places);
        if let Some((first, _)) = sheets.insert(name.clone(), (table.sheet.clone(), table.word)) {
            return Err(JsonSourceError::TableTwice {
                file: table.sheet.to_string(),
                first: Rc::to_string(&first),
            });
        }
        flat.push(FlatTable { name, rows });
    }
    let nested = nested::nest(flat);
    let number = |name: &str, position: usize| {
        let numbers = numbers.get(name);
        numbers
            .and_then(|numbers| numbers.get(position))
            .copied()
            .unwrap_or_default()
    };
    for (name, position) in nested.orphans {
        let Some((sheet, word)) = sheets.get(&name) else {
            continue;
        };
        let place = format!("{sheet}, {word} {}", number(&name, position));
        let reason = "found a reference to no record, expected the id of one in the table above";
        log.add(not_taken(&place, REFERENCE, "", reason));
    }
    let tables = nested
        .tables
        .into_iter()
        .filter_map(|FlatTable { name, rows }| {
            let (sheet, word) = sheets.get(&name)?.clone();
            let rows = rows.into_iter().enumerate();
            Some(RecordTable {
                sheet,
                word,
                records: rows
                    .map(|(position, row)| (number(&name, position), row))
                    .collect(),
            })
        });
    Ok(tables.collect())
}

/// A record in columns, by the places of their titles.
type PlacedTexts = (usize, Vec<(usize, String)>);

fn sheet(
    table: RecordTable,
    rules: &ConversionRules,
    log: &mut ConversionLog,
) -> Result<Sheet, JsonSourceError> {
    let RecordTable {
        sheet: name,
        word,
        records,
    } = table;
    let mut titles: Vec<String> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut rows: Vec<PlacedTexts> = Vec::with_capacity(records.len());
    for (number, record) in records {
        let mut texts = Vec::new();
        for (path, text) in flatten(&with_whole_texts(Json::Object(record))) {
            // Ids of the tables in first normal form are those of no object.
            if path.rsplit('.').next() == Some(ID) {
                continue;
            }
            let next = titles.len();
            let place = *places.entry(path).or_insert_with_key(|path| {
                titles.push(path.clone());
                next
            });
            texts.push((place, text));
        }
        rows.push((number, texts));
        if titles.len() > MOST_COLUMNS {
            return Err(TooManyValues.in_file(&name));
        }
    }
    let mut sheet = Sheet {
        category: category_of_name(&name),
        name,
        row_word: word,
        lettered: 0,
        titles,
        rows: Vec::new(),
    };
    known_titles(&mut sheet, rules);
    let plan = SheetPlan::of(&sheet, rules);
    let mut columns = vec![None; sheet.titles.len()];
    let mut read = 0;
    for (place, column) in columns.iter_mut().enumerate() {
        if plan.reads(place) {
            *column = Some(read);
            read += 1;
        }
    }
    if rows.len().saturating_mul(read) > TooManyValues::LIMIT {
        return Err(TooManyValues.in_file(&sheet.name));
    }
    log_unread(&sheet, &rows, &columns, rules, log);
    for (number, texts) in rows {
        let mut cells = vec![SheetCell::Text(String::new()); read];
        for (place, text) in texts {
            if let Some(column) = columns[place] {
                cells[column] = cell(text);
            }
        }
        sheet.rows.push(SheetRow { number, cells });
    }
    let mut kept = columns.iter();
    sheet
        .titles
        .retain(|_| kept.next().is_some_and(Option::is_some));
    Ok(sheet)
}

/// A value whose lists stay lists of the same texts when they become cells: one with `;` in a text is a text of JSON.
fn with_whole_texts(value: Json) -> Json {
    match value {
        Json::Array(items) if items.len() > 1 && items.iter().all(Json::is_string) => {
            let mut texts = items.iter().filter_map(Json::as_str);
            match texts.any(|text| text.contains(';')) {
                true => Json::Array(items).to_string().into(),
                false => Json::Array(items),
            }
        }
        Json::Array(items) => items.into_iter().map(with_whole_texts).collect(),
        Json::Object(members) => {
            let members = members.into_iter();
            members
                .map(|(key, value)| (key, with_whole_texts(value)))
                .collect()
        }
        scalar => scalar,
    }
}

/// A cell of a text, as long as those of spreadsheet programs at most.
fn cell(text: String) -> SheetCell {
    let is_long = text.len() > MOST_CHARACTERS && text.chars().count() > MOST_CHARACTERS;
    match is_long {
        true => SheetCell::Damaged(
            text.chars().take(MOST_CHARACTERS).collect(),
            "found more than 32767 characters, expected fewer",
        ),
        false => SheetCell::Text(text),
    }
}

/// Whether a conversion gives the document a value of its own in place of this one, or the same one.
fn is_stated_anew(sheet: &Sheet, title: &str, text: &str, rules: &ConversionRules) -> bool {
    let ontology = title.strip_prefix("doc_ontology_versions.");
    let version = ontology.and_then(|ontology| rules.ontology_versions.get(ontology));
    let is_same = version.is_some_and(|version| version == text);
    sheet.category == Some(Category::DocInfo)
        && (is_same || ["doc_version", "doc_date"].contains(&title))
}

fn log_unread(
    sheet: &Sheet,
    rows: &[PlacedTexts],
    columns: &[Option<usize>],
    rules: &ConversionRules,
    log: &mut ConversionLog,
) {
    let mut unread: Vec<(Option<&str>, u64)> = vec![(None, 0); columns.len()];
    for (place, text) in rows.iter().flat_map(|(_, texts)| texts) {
        if columns[*place].is_none() {
            let (first, count) = &mut unread[*place];
            first.get_or_insert(text);
            *count += 1;
        }
    }
    for (title, (first, count)) in sheet.titles.iter().zip(unread) {
        if let Some(first) = first
            && !is_stated_anew(sheet, title, first, rules)
        {
            let entry = LogEntry::not_read(&sheet.name, title.clone(), first, rules);
            log.add_many(entry, count);
        }
    }
}

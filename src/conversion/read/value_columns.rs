//! Values by title become the rows of a sheet, with the most trusted columns first. Values that no rule reads are counted alone, so
//! that they take no memory.

use std::collections::HashMap;
use std::rc::Rc;

use crate::conversion::error::JsonSourceError;
use crate::conversion::log::{ConversionLog, LogEntry};
use crate::conversion::rules::ConversionRules;
use crate::conversion::sheet::{Sheet, SheetCell, SheetRow};
use crate::conversion::sheet_plan::ReadTitles;
use crate::text::json::KeyLimit;

/// Cells of all rows together, empty ones included.
const MOST_CELLS: usize = 50_000_000;
/// Titles of one source.
pub(super) const MOST_COLUMNS: usize = 100_000;
/// The keys of an object in JSON: as many as a source may have titles.
pub(super) const KEYS: KeyLimit = KeyLimit {
    most: MOST_COLUMNS,
    free_levels: 0,
};

/// A value with its column.
pub(super) type PlacedValue = (usize, SheetCell);

/// The name of a file, and its rows with their numbers.
pub(super) type NumberedRows = (Rc<str>, Vec<(usize, Vec<PlacedValue>)>);

/// A column, in the order of first values.
#[derive(Debug)]
struct ValueColumn {
    origin: usize,
    title: String,
    is_read: bool,
    /// Sheet and text of the first value, and how many there are, where no rule reads them.
    unread: Option<(Rc<str>, String, u64)>,
}

/// The columns of all rows.
pub(super) struct ValueColumns<'r> {
    rules: &'r ConversionRules,
    /// The words before titles, the most trusted first.
    origins: &'static [&'static str],
    read_titles: ReadTitles<'r>,
    /// The places of titles, by origin.
    places: Vec<HashMap<String, usize>>,
    columns: Vec<ValueColumn>,
}

/// More values than a conversion takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooManyValues;

impl TooManyValues {
    /// The error for a file of a source.
    pub fn in_file(self, file: &str) -> JsonSourceError {
        JsonSourceError::TooManyValues {
            file: file.to_owned(),
            most: TooManyValues::LIMIT,
        }
    }

    /// The limit, for messages.
    pub const LIMIT: usize = MOST_CELLS;
}

impl<'r> ValueColumns<'r> {
    /// No columns yet, for values of these origins.
    pub fn new(rules: &'r ConversionRules, origins: &'static [&'static str]) -> Self {
        ValueColumns {
            rules,
            origins,
            read_titles: ReadTitles::of(rules),
            places: vec![HashMap::new(); origins.len()],
            columns: Vec::new(),
        }
    }

    /// Adds a value of a row, unless the row has one of this title. `sheet` is the name of the row's sheet.
    pub fn add(
        &mut self,
        row: &mut Vec<PlacedValue>,
        sheet: &Rc<str>,
        (origin, title): (usize, &str),
        cell: SheetCell,
    ) {
        if cell.is_empty() {
            return;
        }
        if let Some(place) = self.read_place(row, sheet, (origin, title), cell.shown()) {
            row.push((place, cell));
        }
    }

    /// Adds a text as [`ValueColumns::add`] does; one that no rule reads is not copied.
    pub fn add_text(
        &mut self,
        row: &mut Vec<PlacedValue>,
        sheet: &Rc<str>,
        (origin, title): (usize, &str),
        text: &str,
    ) {
        if text.is_empty() {
            return;
        }
        if let Some(place) = self.read_place(row, sheet, (origin, title), text) {
            row.push((place, SheetCell::Text(text.to_owned())));
        }
    }

    /// The place of a value that a rule reads and that the row does not have; another one is counted.
    fn read_place(
        &mut self,
        row: &[PlacedValue],
        sheet: &Rc<str>,
        (origin, title): (usize, &str),
        text: &str,
    ) -> Option<usize> {
        let place = self.place(origin, title)?;
        let column = &mut self.columns[place];
        if column.is_read {
            return (!row.iter().any(|(known, _)| *known == place)).then_some(place);
        }
        match &mut column.unread {
            Some((_, _, count)) => *count += 1,
            None => column.unread = Some((sheet.clone(), text.to_owned(), 1)),
        }
        None
    }

    /// The place of a column; `None` for those beyond the limit, which [`ValueColumns::check`] reports.
    fn place(&mut self, origin: usize, title: &str) -> Option<usize> {
        if let Some(place) = self.places[origin].get(title) {
            return Some(*place);
        }
        let place = self.columns.len();
        if place > MOST_COLUMNS {
            return None;
        }
        let shown = shown(self.origins[origin], title);
        self.columns.push(ValueColumn {
            origin,
            title: title.to_owned(),
            is_read: self.read_titles.reads(&shown),
            unread: None,
        });
        self.places[origin].insert(title.to_owned(), place);
        Some(place)
    }

    /// Checks that the rows fit in memory.
    ///
    /// # Errors
    /// They do not.
    pub fn check(&self, rows: usize) -> Result<(), TooManyValues> {
        let read = self.columns.iter().filter(|column| column.is_read).count();
        let is_much = rows.saturating_mul(read) > MOST_CELLS || self.columns.len() > MOST_COLUMNS;
        match is_much {
            true => Err(TooManyValues),
            false => Ok(()),
        }
    }

    /// The titles in the order of trust, and the place of each column in rows.
    pub fn sorted(&self) -> (Vec<String>, Vec<usize>) {
        let all = self.columns.iter().enumerate();
        let mut order: Vec<usize> = all
            .filter(|(_, column)| column.is_read)
            .map(|(place, _)| place)
            .collect();
        order.sort_by_key(|column| self.columns[*column].origin);
        let mut places = vec![0; self.columns.len()];
        for (new, old) in order.iter().enumerate() {
            places[*old] = new;
        }
        let titles = order.iter().map(|column| {
            let column = &self.columns[*column];
            shown(self.origins[column.origin], &column.title)
        });
        (titles.collect(), places)
    }

    /// The sheets of rows, by the names of their files.
    pub fn sheets(&self, files: Vec<NumberedRows>, row_word: &'static str) -> Vec<Sheet> {
        let (titles, places) = self.sorted();
        let sheets = files.into_iter().map(|(name, rows)| Sheet {
            name,
            category: None,
            row_word,
            lettered: 0,
            titles: titles.clone(),
            rows: rows
                .into_iter()
                .map(|(number, values)| SheetRow {
                    number,
                    cells: cells(values, titles.len(), &places),
                })
                .collect(),
        });
        sheets.collect()
    }

    /// Adds the columns that no rule reads to the log.
    pub fn log_unread(&self, log: &mut ConversionLog) {
        for column in &self.columns {
            let Some((sheet, first, count)) = &column.unread else {
                continue;
            };
            let title = shown(self.origins[column.origin], &column.title);
            let entry = LogEntry::not_read(sheet, title, first, self.rules);
            log.add_many(entry, *count);
        }
    }
}

fn shown(origin: &str, title: &str) -> String {
    match origin.is_empty() {
        true => title.to_owned(),
        false => format!("{origin}.{title}"),
    }
}

/// A row of as many cells as there are titles, of values in any order.
pub(super) fn cells(values: Vec<PlacedValue>, titles: usize, places: &[usize]) -> Vec<SheetCell> {
    let mut cells = vec![SheetCell::Text(String::new()); titles];
    for (place, cell) in values {
        cells[places[place]] = cell;
    }
    cells
}

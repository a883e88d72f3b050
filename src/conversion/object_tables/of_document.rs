//! A document becomes tables.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value as Json};
use thiserror::Error;

use super::column_order::ColumnOrder;
use super::{DOCUMENT, FORM, FORM_VERSION, OTHER_MEMBERS, ObjectTable, cell};
use crate::conversion::error::{MOST_CHARACTERS, MOST_COLUMNS};
use crate::conversion::field_path::FieldPath;
use crate::conversion::rules::ConversionRules;
use crate::conversion::value_type::ValueType;
use crate::fairtracks::category::Category;
use crate::fairtracks::converted_document::{CONVERTED_FROM, EDITS, OPTIONS};
use crate::fairtracks::document::Document;

/// Why a document cannot be tables.
#[derive(Debug, Error, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum ObjectTableError {
    #[error(
        "{table}, object {object}: found an object without members, expected at least a `local_id`"
    )]
    NoMembers { table: &'static str, object: usize },
    #[error(
        "{table}, object {object}: found the id `{id}` of object {first}, expected an id of its own: rows with one id are one object"
    )]
    IdTwice {
        table: &'static str,
        object: usize,
        first: usize,
        id: String,
    },
    #[error(
        "{table}, object {object}, `{title}`: found a value of {found} characters, expected at most {MOST_CHARACTERS}, the limit of a cell"
    )]
    TooLong {
        table: &'static str,
        object: usize,
        title: String,
        found: usize,
    },
    #[error(
        "{table}: found {found} columns, expected at most {MOST_COLUMNS}, the limit of a sheet"
    )]
    TooManyColumns { table: &'static str, found: usize },
    #[error(
        "{table}: found {found} objects, expected at most {most}, the limit of a sheet: write CSV"
    )]
    TooManyRows {
        table: &'static str,
        found: usize,
        most: usize,
    },
    #[error(
        "{table}: found nested values at the key `{key}`, expected a key of letters, digits, `_` and `-`: write XLSX or CSV"
    )]
    Key { table: String, key: String },
    #[error("{0}")]
    Workbook(String),
}

/// The tables of a document, in the order of a document; those without objects are left out. Rules say which fields are lists.
///
/// # Errors
/// The first object that no row can hold.
pub fn tables_of(
    document: &Document,
    rules: &ConversionRules,
) -> Result<Vec<ObjectTable>, ObjectTableError> {
    let mut tables = Vec::new();
    for category in Category::IN_DOCUMENT {
        let mut builder = TableBuilder::of(category.name(), lists_of(category, rules));
        if category.is_single() {
            if let Some(Json::Object(members)) = document.members().get(category.name())
                && !members.is_empty()
            {
                builder.add(members)?;
            }
        } else {
            for object in document.list(category) {
                match object.read() {
                    Cow::Borrowed(Json::Object(members)) => builder.add(members)?,
                    Cow::Owned(Json::Object(members)) => builder.add(&members)?,
                    _ => builder.add(&Map::new())?,
                }
            }
        }
        if !builder.rows.is_empty() {
            // A single object keeps the order of its members.
            let builder = match category.is_single() {
                true => builder,
                false => builder.in_standard_order(),
            };
            tables.push(builder.table()?);
        }
    }
    let mut builder = TableBuilder::of(DOCUMENT, HashSet::new());
    let mut members = Map::new();
    members.insert(FORM.to_owned(), FORM_VERSION.into());
    for (key, value) in document.members() {
        if Category::named(key).is_none() && key != CONVERTED_FROM && key != FORM {
            members.insert(key.clone(), value.clone());
        }
    }
    if let Some(from) = document.members().get(CONVERTED_FROM) {
        let kept = [OPTIONS, EDITS].into_iter();
        let kept = kept.filter_map(|key| Some((key.to_owned(), from.get(key)?.clone())));
        let kept: Map<String, Json> = kept.collect();
        if !kept.is_empty() {
            members.insert(CONVERTED_FROM.to_owned(), kept.into());
        }
    }
    builder.add(&members)?;
    tables.push(builder.table()?);
    Ok(tables)
}

/// The paths of a category whose values are lists of texts.
pub(super) fn lists_of(category: Category, rules: &ConversionRules) -> HashSet<String> {
    let lists = rules
        .fields
        .iter()
        .filter(|rule| rule.value == ValueType::List && rule.target.category == category);
    lists.map(|rule| FieldPath::within(&rule.target)).collect()
}

/// Whether a key can be part of a title.
pub(super) fn is_part_of_title(key: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '@' | '$');
    !key.is_empty() && key.chars().all(fits)
}

struct TableBuilder {
    name: &'static str,
    lists: HashSet<String>,
    titles: Vec<String>,
    places: HashMap<String, usize>,
    rows: Vec<Vec<(usize, String)>>,
    ids: HashMap<String, usize>,
}

impl TableBuilder {
    fn of(name: &'static str, lists: HashSet<String>) -> Self {
        TableBuilder {
            name,
            lists,
            titles: Vec::new(),
            places: HashMap::new(),
            rows: Vec::new(),
            ids: HashMap::new(),
        }
    }

    fn add(&mut self, members: &Map<String, Json>) -> Result<(), ObjectTableError> {
        let (table, object) = (self.name, self.rows.len() + 1);
        if members.is_empty() {
            return Err(ObjectTableError::NoMembers { table, object });
        }
        if let Some(id) = members.get("local_id").and_then(Json::as_str)
            && let Some(first) = self.ids.insert(id.to_owned(), object)
        {
            let id = id.to_owned();
            return Err(ObjectTableError::IdTwice {
                table,
                object,
                first,
                id,
            });
        }
        self.rows.push(Vec::new());
        self.members(members, "")
    }

    fn members(&mut self, members: &Map<String, Json>, path: &str) -> Result<(), ObjectTableError> {
        let mut others = Map::new();
        for (key, value) in members {
            let title = match path.is_empty() {
                true => key.clone(),
                false => format!("{path}.{key}"),
            };
            match value {
                _ if !is_part_of_title(key) => {
                    others.insert(key.clone(), value.clone());
                }
                Json::Object(inner)
                    if !inner.is_empty() && inner.keys().all(|key| is_part_of_title(key)) =>
                {
                    self.members(inner, &title)?;
                }
                value => {
                    let cell = cell::written(value, self.lists.contains(&title));
                    self.cell(title, cell)?;
                }
            }
        }
        match others.is_empty() {
            true => Ok(()),
            false => {
                let cell = cell::written(&Json::Object(others), false);
                self.cell(OTHER_MEMBERS.to_owned(), cell)
            }
        }
    }

    fn cell(&mut self, title: String, text: String) -> Result<(), ObjectTableError> {
        let found = text.chars().count();
        if found > MOST_CHARACTERS {
            return Err(ObjectTableError::TooLong {
                table: self.name,
                object: self.rows.len(),
                title,
                found,
            });
        }
        let next = self.titles.len();
        let column = *self.places.entry(title.clone()).or_insert(next);
        if column == next {
            self.titles.push(title);
        }
        if let Some(row) = self.rows.last_mut() {
            row.push((column, text));
        }
        Ok(())
    }

    /// Puts columns in the order of the standard, so that the order of objects does not matter.
    fn in_standard_order(mut self) -> Self {
        let order = ColumnOrder::of(self.name);
        let mut columns: Vec<usize> = (0..self.titles.len()).collect();
        columns.sort_by_cached_key(|column| order.place(&self.titles[*column]));
        let mut places = vec![0; columns.len()];
        for (place, column) in columns.iter().enumerate() {
            places[*column] = place;
        }
        for (column, _) in self.rows.iter_mut().flatten() {
            *column = places[*column];
        }
        let titles = columns.iter().map(|column| self.titles[*column].clone());
        self.titles = titles.collect();
        self
    }

    fn table(self) -> Result<ObjectTable, ObjectTableError> {
        let width = self.titles.len();
        if width > MOST_COLUMNS {
            return Err(ObjectTableError::TooManyColumns {
                table: self.name,
                found: width,
            });
        }
        let rows = self.rows.into_iter().map(|values| {
            let mut row = vec![String::new(); width];
            for (column, text) in values {
                row[column] = text;
            }
            row
        });
        Ok(ObjectTable {
            name: self.name,
            rows: rows.collect(),
            titles: self.titles,
        })
    }
}

//! The rows of tables with what they refer to.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value as Json};

use super::{DatabaseForeignKey, DatabaseTable};
use crate::conversion::log::ConversionLog;
use crate::conversion::normal_form::nested::FlatRow;
use crate::conversion::read::json_source::not_taken;
use crate::conversion::read::record_tables::RecordTable;
use crate::conversion::read::table_titles::REFERENCES;
use crate::conversion::sheet::{ROW, category_of_name};
use crate::fairtracks::category::Category;
use crate::text::folding::folded_title;

/// Tables that refer to each other in a chain.
const DEEPEST: usize = 8;
/// The title of the id of an object.
const LOCAL_ID: &str = "local_id";

/// The records of the tables of a database of this name. What is not read is in the log.
pub fn records(file: &str, tables: &[DatabaseTable], log: &mut ConversionLog) -> Vec<RecordTable> {
    let joined = JoinedTables::of(tables);
    let mut records = Vec::new();
    for table in tables {
        let sheet = format!("{file}!{}", table.name);
        for (column, count) in &table.blobs {
            let entry = not_taken(&sheet, column, "", "found bytes, expected texts or numbers");
            log.add_many(entry, *count);
        }
        if table.rows.is_empty() || joined.is_part_of_others(table) {
            continue;
        }
        let rows = (1..).zip(&table.rows);
        let rows = rows.map(|(number, row)| {
            let mut lost = Vec::new();
            let record = joined.record(table, row, DEEPEST, &mut lost);
            for (column, value) in lost {
                let reason = "found a reference to no row, expected a value of the other table";
                let place = format!("{sheet}, {ROW} {number}");
                log.add(not_taken(&place, &column, &text(&value), reason));
            }
            (number, record)
        });
        let rows = rows.collect();
        records.push(RecordTable {
            sheet: sheet.into(),
            word: ROW,
            records: rows,
        });
    }
    records
}

/// The rows of a column by its values.
type RowsByValue<'t> = HashMap<String, &'t Vec<Json>>;

struct JoinedTables<'t> {
    tables: BTreeMap<String, &'t DatabaseTable>,
    /// Rows by the values of the columns that are referred to: table and column.
    rows: HashMap<(String, String), RowsByValue<'t>>,
}

impl<'t> JoinedTables<'t> {
    fn of(tables: &'t [DatabaseTable]) -> Self {
        let mut joined = JoinedTables {
            // Names of SQLite have no case.
            tables: tables
                .iter()
                .map(|table| (table.name.to_lowercase(), table))
                .collect(),
            rows: HashMap::new(),
        };
        for key in tables.iter().flat_map(|table| &table.foreign_keys) {
            let Some((table, column)) = joined.target(key) else {
                continue;
            };
            let place = (table.name.clone(), table.columns[column].clone());
            joined.rows.entry(place).or_insert_with(|| {
                let rows = table.rows.iter();
                rows.map(|row| (text(&row[column]), row)).collect()
            });
        }
        joined
    }

    /// The table and the column that a key refers to.
    fn target(&self, key: &DatabaseForeignKey) -> Option<(&'t DatabaseTable, usize)> {
        let table = *self.tables.get(&key.table.to_lowercase())?;
        let mut columns = table.columns.iter();
        let column = columns.position(|column| column.eq_ignore_ascii_case(&key.to))?;
        Some((table, column))
    }

    /// Whether a table is no kind of object, and other tables refer to it, so that its rows are part of theirs.
    fn is_part_of_others(&self, table: &DatabaseTable) -> bool {
        let others = self
            .tables
            .values()
            .filter(|other| other.name != table.name);
        let mut keys = others.flat_map(|other| &other.foreign_keys);
        category(table).is_none() && keys.any(|key| key.table.eq_ignore_ascii_case(&table.name))
    }

    /// The column with the ids of the objects of a table: the one that is called so, or else the one that other objects refer to.
    fn id_of(&self, table: &DatabaseTable) -> Option<usize> {
        category(table)?;
        let mut columns = table.columns.iter();
        columns
            .position(|column| folded_title(column) == LOCAL_ID)
            .or_else(|| {
                let others = self
                    .tables
                    .values()
                    .filter(|other| reference(other, table).is_some());
                let mut keys = others.flat_map(|other| &other.foreign_keys);
                let mut targets = keys.by_ref().filter_map(|key| self.target(key));
                targets.find_map(|(target, column)| (target.name == table.name).then_some(column))
            })
    }

    /// A row by its titles, with the rows that it refers to; references that lead to no row are `lost`.
    fn record(
        &self,
        table: &DatabaseTable,
        row: &[Json],
        depth: usize,
        lost: &mut Vec<(String, Json)>,
    ) -> FlatRow {
        let mut record = Map::new();
        let mut further = Vec::new();
        let id = self.id_of(table);
        for (position, (column, value)) in table.columns.iter().zip(row).enumerate() {
            if value.is_null() {
                continue;
            }
            if Some(position) == id {
                record.insert(LOCAL_ID.to_owned(), value.clone());
                continue;
            }
            let mut keys = table.foreign_keys.iter();
            let key = keys.find(|key| key.column.eq_ignore_ascii_case(column));
            let target = key.and_then(|key| self.target(key));
            let Some((other, to)) = target.filter(|_| depth > 0) else {
                record.insert(column.clone(), value.clone());
                continue;
            };
            let place = (other.name.clone(), other.columns[to].clone());
            let rows = self.rows.get(&place);
            let Some(found) = rows.and_then(|rows| rows.get(&text(value))) else {
                lost.push((column.clone(), value.clone()));
                continue;
            };
            if let Some(reference) = reference(table, other) {
                let id = self.id_of(other).unwrap_or(to);
                record.insert(reference.to_owned(), found[id].clone());
                continue;
            }
            record.insert(column.clone(), value.clone());
            let mut joined = self.record(other, found, depth - 1, lost);
            joined.shift_remove(&other.columns[to]);
            further.push((other.name.as_str(), joined));
        }
        for (name, joined) in further {
            for (title, value) in joined {
                // A title that two tables have is that of the table itself.
                let title = match table.columns.contains(&title) || record.contains_key(&title) {
                    true => format!("{name}.{title}"),
                    false => title,
                };
                record.insert(title, value);
            }
        }
        record
    }
}

fn category(table: &DatabaseTable) -> Option<Category> {
    category_of_name(&table.name)
}

/// The title of a reference from one object to another; `None` where one of the tables is no kind of object.
fn reference(from: &DatabaseTable, to: &DatabaseTable) -> Option<&'static str> {
    let mut references = REFERENCES.iter();
    let found = references
        .find(|(of, _, _, other)| category(from) == Some(*of) && category(to) == Some(*other));
    found.map(|(_, title, _, _)| *title)
}

/// A value as the key of a row.
fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

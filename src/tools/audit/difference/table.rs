//! The table of differences.

use super::DifferenceRow;
use crate::tables::{self, Column};

const COLUMNS: [Column<DifferenceRow>; 5] = [
    ("aspect", |row| row.aspect.word().into()),
    ("name", |row| (&row.name).into()),
    ("property", |row| (&row.property).into()),
    ("first", |row| (&row.first).into()),
    ("second", |row| (&row.second).into()),
];
/// The titles of its columns.
pub const TITLES: [&str; 5] = tables::titles(&COLUMNS);

/// Writes the table.
pub fn write(rows: &[DifferenceRow]) -> String {
    tables::write(&COLUMNS, rows)
}

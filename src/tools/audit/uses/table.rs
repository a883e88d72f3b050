//! The table of results that use something, those with the answer yes first.

use super::{UseAnswer, UsesRow};
use crate::tables::{self, Column};

const COLUMNS: [Column<UsesRow>; 11] = [
    ("result", |row| (&row.result).into()),
    ("crate", |row| row.crates.join(", ").into()),
    ("uses", |row| row.answer.word().into()),
    ("matching_tracks", |row| row.tracks.join(",").into()),
    ("matching_steps", |row| row.steps.join(",").into()),
    ("source_tracks", |row| row.source_tracks.to_string().into()),
    ("steps", |row| row.all_steps.to_string().into()),
    ("name", |row| (&row.name).into()),
    ("datatype", |row| (&row.datatype).into()),
    ("dbkey", |row| (&row.dbkey).into()),
    ("sha256", |row| (&row.sha256).into()),
];
/// The titles of its columns.
pub const TITLES: [&str; 11] = tables::titles(&COLUMNS);

/// The rows of results that match, then of those that cannot be excluded, each in their order.
pub fn shown(rows: &[UsesRow]) -> Vec<&UsesRow> {
    let mut shown: Vec<&UsesRow> = rows
        .iter()
        .filter(|row| row.answer != UseAnswer::No)
        .collect();
    shown.sort_by_key(|row| row.answer);
    shown
}

/// Writes the table.
pub fn write(rows: &[UsesRow]) -> String {
    tables::write(&COLUMNS, shown(rows))
}

//! Databases of SQLite: their tables become records, with the rows that they refer to.
//!
//! A table is that of a kind of object by its name (`tracks`, `samples` …), any other a wide one. What a table refers to by a declared
//! foreign key becomes part of its rows, unless it is an object of its own, which it then refers to.

mod joining;
mod sqlite;

use serde_json::Value as Json;
use thiserror::Error;

pub use joining::records;
pub use sqlite::{is_database, read};

/// Why a database cannot be read.
#[derive(Debug, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum DatabaseError {
    #[error(
        "found a damaged database or one with settings that are not supported ({0}), expected a database of SQLite 3: save it again with `VACUUM INTO`"
    )]
    Damaged(String),
    #[error("found no table, expected at least one")]
    NoTables,
    #[error("table `{table}`, row {row}, column `{column}`: found a text that is not UTF-8")]
    NotUtf8 {
        table: String,
        row: usize,
        column: String,
    },
    #[error("found more than {0} values in all tables together, expected fewer: export a part")]
    TooManyValues(usize),
    #[error("found tables that take more than {0} steps to read, expected fewer: export a part")]
    TooLong(u64),
}

/// A table of a database.
#[derive(Debug, Clone, PartialEq)]
pub struct DatabaseTable {
    /// Its name.
    pub name: String,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows; null where there is no value, or one of bytes.
    pub rows: Vec<Vec<Json>>,
    /// The foreign keys of one column.
    pub foreign_keys: Vec<DatabaseForeignKey>,
    /// Columns with values of bytes, which cannot be read: how many.
    pub blobs: Vec<(String, u64)>,
}

/// A foreign key: a column that has the values of a column of another table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseForeignKey {
    /// The column.
    pub column: String,
    /// The other table.
    pub table: String,
    /// Its column.
    pub to: String,
}

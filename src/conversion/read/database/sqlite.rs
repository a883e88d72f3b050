//! The tables of a file of SQLite. It is opened in memory and read-only; its views, triggers and virtual tables are not run.

use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error as SqliteError, ErrorCode, MAIN_DB};
use serde_json::{Number, Value as Json};

use super::{DatabaseError, DatabaseForeignKey, DatabaseTable};

/// What a file begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Where a file states how it is written: 1 directly, 2 through a log beside it.
const MODES: std::ops::Range<usize> = 18..20;
/// Values of all tables, empty ones included.
const MOST_VALUES: usize = 50_000_000;
/// Steps of the virtual machine in thousands: a hostile file cannot keep the tool busy for long.
const MOST_STEPS: u64 = 2_000_000;
const STEPS_OF_A_CALL: i32 = 1000;

/// Whether bytes are a database.
pub fn is_database(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// The tables of a database.
///
/// # Errors
/// The file is damaged, or has more than a conversion takes.
pub fn read(mut bytes: Vec<u8>) -> Result<Vec<DatabaseTable>, DatabaseError> {
    // A log would be a file beside it, which is not there; what is in the file is whole.
    if let Some(modes) = bytes.get_mut(MODES) {
        modes.iter_mut().for_each(|mode| *mode = (*mode).min(1));
    }
    let tables = open(&bytes).and_then(|connection| {
        drop(bytes);
        tables(&connection)
    });
    tables.map_err(|error| match error {
        Fault::Database(error) => error,
        Fault::Sqlite(SqliteError::SqliteFailure(failure, _))
            if failure.code == ErrorCode::OperationInterrupted =>
        {
            DatabaseError::TooLong(MOST_STEPS * STEPS_OF_A_CALL.unsigned_abs() as u64)
        }
        Fault::Sqlite(error) => DatabaseError::Damaged(error.to_string()),
    })
}

/// What goes wrong while a database is read.
enum Fault {
    Sqlite(SqliteError),
    Database(DatabaseError),
}

impl From<SqliteError> for Fault {
    fn from(error: SqliteError) -> Self {
        Fault::Sqlite(error)
    }
}

fn open(bytes: &[u8]) -> Result<Connection, Fault> {
    let mut connection = Connection::open_in_memory()?;
    connection.deserialize_read_exact(MAIN_DB, bytes, bytes.len(), true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "query_only", true)?;
    let mut calls = 0;
    connection.progress_handler(
        STEPS_OF_A_CALL,
        Some(move || {
            calls += 1;
            calls > MOST_STEPS
        }),
    )?;
    Ok(connection)
}

fn tables(connection: &Connection) -> Result<Vec<DatabaseTable>, Fault> {
    let mut statement = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
         AND rootpage > 0 ORDER BY rowid",
    )?;
    let names = statement.query_map([], |row| row.get::<_, String>(0))?;
    let names: Vec<String> = names.collect::<Result<_, _>>()?;
    let mut left = MOST_VALUES;
    let mut tables = Vec::new();
    for name in names {
        tables.push(table(connection, name, &mut left)?);
    }
    match tables.is_empty() {
        true => Err(Fault::Database(DatabaseError::NoTables)),
        false => Ok(tables),
    }
}

fn table(connection: &Connection, name: String, left: &mut usize) -> Result<DatabaseTable, Fault> {
    // Columns that are computed are not among these.
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let columns = statement.query_map([&name], |row| row.get::<_, String>(0))?;
    let columns: Vec<String> = columns.collect::<Result<_, _>>()?;
    let mut table = DatabaseTable {
        foreign_keys: foreign_keys(connection, &name)?,
        rows: Vec::new(),
        blobs: Vec::new(),
        columns,
        name,
    };
    if table.columns.is_empty() {
        return Ok(table);
    }
    let quoted: Vec<String> = table.columns.iter().map(|column| quoted(column)).collect();
    let query = format!(
        "SELECT {} FROM {}",
        quoted.join(", "),
        self::quoted(&table.name)
    );
    let mut statement = connection.prepare(&query)?;
    let mut rows = statement.query([])?;
    let mut blobs = vec![0; table.columns.len()];
    while let Some(row) = rows.next()? {
        let width = table.columns.len();
        let rest = left.checked_sub(width);
        *left = rest.ok_or(Fault::Database(DatabaseError::TooManyValues(MOST_VALUES)))?;
        let mut values = Vec::with_capacity(width);
        for (column, blobs) in blobs.iter_mut().enumerate() {
            let value = row.get_ref(column)?;
            *blobs += u64::from(matches!(value, ValueRef::Blob(_)));
            let value = json(value).ok_or_else(|| {
                Fault::Database(DatabaseError::NotUtf8 {
                    table: table.name.clone(),
                    row: table.rows.len() + 1,
                    column: table.columns[column].clone(),
                })
            });
            values.push(value?);
        }
        table.rows.push(values);
    }
    let blobs = table.columns.iter().cloned().zip(blobs);
    table.blobs = blobs.filter(|(_, count)| *count > 0).collect();
    Ok(table)
}

fn foreign_keys(connection: &Connection, name: &str) -> Result<Vec<DatabaseForeignKey>, Fault> {
    let mut statement = connection.prepare(
        "SELECT id, \"from\", \"table\", \"to\" FROM pragma_foreign_key_list(?1) ORDER BY id DESC, seq",
    )?;
    let keys = statement.query_map([name], |row| {
        let key = (
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
            row.get::<_, Option<String>>(3)?,
        );
        Ok((row.get::<_, i64>(0)?, key))
    })?;
    let keys: Vec<_> = keys.collect::<Result<_, _>>()?;
    let mut found = Vec::new();
    for (id, (column, table, to)) in &keys {
        // A key of several columns joins nothing, since its columns stay.
        if keys.iter().filter(|(other, _)| other == id).count() > 1 {
            continue;
        }
        let to = match to {
            Some(to) => Some(to.clone()),
            None => primary_key(connection, table)?,
        };
        if let Some(to) = to {
            found.push(DatabaseForeignKey {
                column: column.clone(),
                table: table.clone(),
                to,
            });
        }
    }
    Ok(found)
}

/// The only column of the primary key of a table.
fn primary_key(connection: &Connection, table: &str) -> Result<Option<String>, Fault> {
    let mut statement =
        connection.prepare("SELECT name FROM pragma_table_info(?1) WHERE pk > 0")?;
    let columns = statement.query_map([table], |row| row.get::<_, String>(0))?;
    let columns: Vec<String> = columns.collect::<Result<_, _>>()?;
    Ok(match columns.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    })
}

/// A name in a statement.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A value as JSON; `None` for a text that is not UTF-8.
fn json(value: ValueRef<'_>) -> Option<Json> {
    Some(match value {
        ValueRef::Null | ValueRef::Blob(_) => Json::Null,
        ValueRef::Integer(number) => number.into(),
        // Programs store whole numbers as fractions, such as 9606.0.
        ValueRef::Real(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}").into()
        }
        ValueRef::Real(number) => Number::from_f64(number).map_or(Json::Null, Json::Number),
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).ok()?.into(),
    })
}

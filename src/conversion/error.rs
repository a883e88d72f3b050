//! Why a source, a file of rules or a table of terms cannot be used.

use thiserror::Error;

use crate::archive::error::ArchiveError;

/// Why a sheet cannot be read. Rows and columns are those that spreadsheet programs show.
#[derive(Debug, Error, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum SheetError {
    #[error("the file is empty, expected a row of titles and rows below it")]
    Empty,
    #[error("found no row below the titles, expected at least one")]
    NoRows,
    #[error("found {kind}, expected a table (CSV or TSV): {hint}")]
    OtherKind {
        kind: &'static str,
        hint: &'static str,
    },
    #[error(
        "row {row}: found the byte 0x{byte:02x}, expected UTF-8: save the table as `CSV UTF-8`"
    )]
    NotUtf8 { row: usize, byte: u8 },
    #[error("row {row}: found the character {character:?}, expected text")]
    Control { row: usize, character: char },
    #[error(
        "row {row}: found a quotation mark without its end, expected `\"` at the end of the cell"
    )]
    OpenQuote { row: usize },
    #[error(
        "row {row}, column {column}: found `{text}` after the end of a quoted cell, expected a separator: double the quotation marks inside the cell"
    )]
    AfterQuote {
        row: usize,
        column: String,
        text: String,
    },
    #[error(
        "row {row}, column {column}: found `{text}` in a column without a title, expected {titles} columns as in row {titles_row}"
    )]
    NoTitle {
        row: usize,
        column: String,
        text: String,
        titles: usize,
        titles_row: usize,
    },
    #[error(
        "row {row}: found the title `{title}` in the columns {first} and {second}, expected each title once"
    )]
    TitleTwice {
        row: usize,
        title: String,
        first: String,
        second: String,
    },
    #[error("row {row}: found {found} columns, expected at most {MOST_COLUMNS}")]
    TooManyColumns { row: usize, found: usize },
    #[error(
        "row {row}, column {column}: found a cell of {found} characters, expected at most {MOST_CHARACTERS}"
    )]
    TooLong {
        row: usize,
        column: String,
        found: usize,
    },
}

/// Why a workbook cannot be read.
#[derive(Debug, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum WorkbookError {
    #[error("{0}")]
    Archive(#[from] ArchiveError),
    #[error(
        "found a zip file without `xl/workbook.xml`, expected a workbook (XLSX) or a table (CSV or TSV)"
    )]
    NoWorkbook,
    #[error("found no part `{0}`, which the workbook lists: save it again")]
    NoPart(String),
    #[error("{part}: {problem}")]
    Xml { part: String, problem: String },
    #[error("sheet `{sheet}`: {problem}")]
    Sheet { sheet: String, problem: SheetError },
    #[error(
        "found the merged cells {range}, expected a value in each row: unmerge them and fill in the value"
    )]
    Merged { range: String },
    #[error("found no sheet with values, expected at least one that is not hidden")]
    NoSheets,
}

/// As many columns as a sheet of a spreadsheet program has at most.
pub const MOST_COLUMNS: usize = 16_384;
/// As many characters as a cell of a spreadsheet program has at most.
pub const MOST_CHARACTERS: usize = 32_767;

/// Why a file of rules cannot be used.
#[derive(Debug, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum RulesError {
    #[error("{0}")]
    Toml(#[from] toml::de::Error),
    #[error(
        "found the target `{0}`, expected a category and a field, such as `samples.species_id`"
    )]
    Target(String),
    #[error(
        "field `{target}`: found the pattern `{pattern}`, expected a regular expression: {problem}"
    )]
    Pattern {
        target: String,
        pattern: String,
        problem: String,
    },
    #[error("field `{target}`: found no `{needs}`, which the value `{value}` needs")]
    Needs {
        target: String,
        value: &'static str,
        needs: &'static str,
    },
    #[error("field `{target}`: found the table `{name}`, expected one of {known}")]
    Table {
        target: String,
        name: String,
        known: String,
    },
    #[error("field `{target}`: found the ontology `{name}`, expected one of {known}")]
    TermOntology {
        target: String,
        name: String,
        known: String,
    },
    #[error("implied `{target}`: expected one of `set`, `copy` and `empty`")]
    SetOrCopy { target: String },
    #[error(
        "implied `{target}`: found `{other}`, a field of other objects, expected one of {category}"
    )]
    OtherObject {
        target: String,
        other: String,
        category: &'static str,
    },
}

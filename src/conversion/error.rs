//! Why a source, a file of rules or a table of terms cannot be used.

use thiserror::Error;

use super::metadata_source;
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
        "row {row}, column {column}: found `{text}` in a column without a title, expected as many columns as titles in row {titles_row} ({titles}): put the titles of all columns into this row"
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
    #[error(
        "found no title that the rules know (found {found}), expected titles such as `{expected}`, in row 1 of a table: select another source, or write a blank table"
    )]
    NoKnownTitle { found: String, expected: String },
    #[error("row {row}: found {found} columns, expected at most {MOST_COLUMNS}")]
    TooManyColumns { row: usize, found: usize },
    #[error(
        "found {rows} rows of {titles} titles, expected at most {MOST_CELLS} cells, empty ones included: convert a part"
    )]
    TooManyCells { rows: usize, titles: usize },
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
        "sheet `{sheet}`: found the merged cells {range}, expected a value in each row: unmerge them and fill in the value"
    )]
    Merged { sheet: String, range: String },
    #[error("found no sheet with values, expected at least one that is not hidden")]
    NoSheets,
}

/// Why a hub cannot be read.
#[derive(Debug, Error, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum HubError {
    #[error("{file}, line {line}: {problem}")]
    Line {
        file: String,
        line: usize,
        problem: HubProblem,
    },
    #[error("{file}: {problem}")]
    File { file: String, problem: String },
    #[error(
        "found no file or several files that start with the setting `hub`, expected one: add the `hub.txt` of one hub"
    )]
    NoHub,
    #[error(
        "{0}: found no track with a `bigDataUrl`, expected at least one: add the files of its tracks"
    )]
    NoTracks(String),
}

/// What is wrong in a line of a hub.
#[derive(Debug, Error, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum HubProblem {
    #[error("found the path `{0}`, expected one without `..`")]
    ParentFolder(String),
    #[error("found `{0}`, expected a relative path or a URL of http, https or ftp")]
    Url(String),
    #[error("found no file `{0}`, expected it among the files of the hub: add it")]
    NoFile(String),
    #[error("found `include {0}` inside of that file, expected no loop: remove the line")]
    IncludeLoop(String),
    #[error("found more than {0} included files, expected fewer")]
    TooManyFiles(usize),
    #[error("found a stanza without `{setting}`, expected it {place}")]
    NoSetting {
        setting: &'static str,
        place: &'static str,
    },
    #[error("found a second `{0}` in one stanza, expected a blank line before it")]
    SettingTwice(&'static str),
    #[error("found the genome `{0}` beside another one, expected one with `useOneFile on`")]
    SecondGenome(String),
    #[error("found parents of `{0}` that form a loop or are more than {1}, expected a tree")]
    ParentLoop(String, usize),
    #[error(
        "found more than {0} values in all tracks together, or more than 100000 titles, expected fewer: convert a part"
    )]
    TooManyValues(usize),
}

/// Why a file of JSON cannot be read.
#[derive(Debug, Error, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum JsonSourceError {
    #[error("{file}: {problem}")]
    Json { file: String, problem: String },
    #[error("{file}: found {found}, expected {expected}{hint}")]
    Kind {
        file: String,
        found: &'static str,
        expected: &'static str,
        hint: String,
    },
    #[error("found none in all files, expected {expected}")]
    Missing { expected: &'static str },
    #[error("found none in all files, expected {expected}{notes}")]
    NothingLeft {
        expected: &'static str,
        notes: String,
    },
    #[error(
        "found no file in all answers ({notification}), expected at least one: change the search"
    )]
    NoFiles { notification: String },
    #[error(
        "found {files} of ENCODE with raw data alone ({formats}), expected at least one track: search for a processed format such as `file_format=bigWig` or `file_format=bed` in place of these"
    )]
    RawDataAlone { files: String, formats: String },
    #[error(
        "found {items} of ENCODE and no file, expected files: search with `type=File` in place of `type={kind}`"
    )]
    NoFileItems { items: String, kind: String },
    #[error(
        "{file}: found more than {most} values that rules read, or more than 100000 fields, expected fewer: convert a part"
    )]
    TooManyValues { file: String, most: usize },
    #[error(
        "{file}: found the name of the table {first} among tables that refer to each other, expected a name of its own"
    )]
    TableTwice { file: String, first: String },
}

/// Why files and the rows that describe them do not fit together.
#[derive(Debug, Error, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum OwnFilesError {
    #[error("{second}: found a second row for the file `{file}`, expected one: it is in {first}")]
    TwoRows {
        file: String,
        first: String,
        second: String,
    },
    #[error(
        "{row}: found two files for `{what}`, `{first}` and `{second}`, expected one: write the whole name of the file"
    )]
    Ambiguous {
        row: String,
        what: String,
        first: String,
        second: String,
    },
    #[error(
        "found two files with the name `{0}`, expected each name once: rename one, or leave one out"
    )]
    TwoFiles(String),
}

/// As many columns as a sheet of a spreadsheet program has at most.
pub const MOST_COLUMNS: usize = 16_384;
/// As many cells of a sheet are read at most, empty ones included.
pub const MOST_CELLS: usize = 50_000_000;
/// As many characters as a cell of a spreadsheet program has at most.
pub const MOST_CHARACTERS: usize = 32_767;

/// Why a file of rules cannot be used.
#[derive(Debug, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum RulesError {
    #[error("{0}")]
    Toml(#[from] toml::de::Error),
    #[error("found the rules `{0}` to extend, expected one of {names}", names = metadata_source::names())]
    Extends(String),
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

/// Why pages of a service cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum PageError {
    #[error("found a web page (HTML), expected {expected}: check the URL")]
    WebPage { expected: &'static str },
    #[error("found text that is not JSON (`{start}`), expected {expected}: check the URL")]
    NotJson {
        start: String,
        expected: &'static str,
    },
    #[error("{0}")]
    Json(String),
    #[error("found JSON of another shape, expected {expected}: check the URL")]
    Shape { expected: &'static str },
    #[error("found an answer that states an error: {0}")]
    Stated(String),
    #[error(
        "found the page {0} a second time, expected a new one: the pages have no end; inform the provider of the service"
    )]
    SeenBefore(String),
    #[error("found the next page `{0}`, expected a URL of http or https")]
    NextUrl(String),
    #[error("found the next page {0} of http after one of https, expected https")]
    Insecure(String),
    #[error(
        "found {found} results, expected at most {most}, more than the portal gives: narrow the search"
    )]
    TooManyResults { found: String, most: u64 },
    #[error("found more than {0} pages, expected fewer: narrow the search")]
    TooManyPages(usize),
}

/// Why a search of a portal cannot be sent.
#[derive(Debug, Error, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum SearchError {
    #[error("found `{found}`, expected {expected}")]
    Query {
        found: String,
        expected: &'static str,
    },
    #[error("found no URL, expected {expected}")]
    NoUrl { expected: &'static str },
}

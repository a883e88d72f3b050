//! Errors in a GSuite file.

use thiserror::Error;

/// An error in a GSuite file; bytes, lines and columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum GsuiteError {
    #[error(
        "byte {0}: found bytes that are neither UTF-8 nor UTF-16 with a byte order mark, expected a GSuite file: save it as UTF-8 text"
    )]
    NotText(usize),
    #[error(
        "line {line}: found `{found}`, expected a FAIRtracks document (JSON), a GSuite file (headers with ##, a column line with ###, URLs of tracks), or a table of URLs with a header line"
    )]
    NotGsuite { line: usize, found: String },
    #[error(
        "line {line}: found `{found}`, expected the URL of a track such as https://example.org/peaks.bed"
    )]
    NoAddress { line: usize, found: String },
    #[error(
        "found a table of hits, which only selects tracks: use the document of hits or the GSuite file as the tracks to import, and this table to select among them"
    )]
    TableOfHits,
    #[error(
        "line {line}: found a comma-separated table, expected tabs: save it as tab-separated text"
    )]
    Commas { line: usize },
    /// A table of URLs without column names.
    #[error(
        "line {line}: found {found} columns without names, expected one URL per line, or a first line with names: add a line such as `###uri`, a tab and `title`, with `uri` above the URLs"
    )]
    NoTitles { line: usize, found: usize },
    #[error(
        "line {line}: found URLs in the columns {found}, expected one column of URLs: name the one to import `uri`"
    )]
    SeveralAddresses { line: usize, found: String },
    /// A line that starts with `##` but is not a header.
    #[error(
        "line {line}: found `{found}`, expected a header such as `##genome: hg38`; a comment starts with one #"
    )]
    Header { line: usize, found: String },
    /// A header or column whose name holds `%` and two digits.
    #[error(
        "line {line}: found `{found}`, expected a name without % and two hexadecimal digits, which GSuite allows only in values"
    )]
    EncodedName { line: usize, found: String },
    /// A header that was there before.
    #[error(
        "line {line}: found the header `{name}` again, expected it once: `{before}` in line {first}, `{found}` here"
    )]
    Repeated {
        line: usize,
        first: usize,
        name: String,
        before: String,
        found: String,
    },
    /// A value that a header or a column cannot have.
    #[error("line {line}: found `{found}` as {name}, expected {expected}")]
    Value {
        line: usize,
        name: String,
        found: String,
        expected: String,
    },
    /// A track that contradicts the header for all tracks.
    #[error(
        "line {line}: found the {name} `{found}`, expected `{header}`, declared for all tracks in line {header_line}: correct one of them"
    )]
    Contradiction {
        line: usize,
        name: &'static str,
        found: String,
        header: String,
        header_line: usize,
    },
    /// A header or the column line after the first track.
    #[error(
        "line {line}: found `{found}` after the first track, expected it before all tracks; import several GSuite files one by one"
    )]
    AfterTracks { line: usize, found: String },
    #[error("line {line}: found a second column line, expected one; the first is line {first}")]
    SecondColumns { line: usize, first: usize },
    /// Two columns of one name, whose capitals do not count.
    #[error(
        "line {line}: found two columns `{name}`, expected each name once, ignoring case: rename one of them"
    )]
    SameColumn { line: usize, name: String },
    #[error(
        "line {line}: found no name of column {column}, expected names with one tab between them"
    )]
    NamelessColumn { line: usize, column: usize },
    #[error(
        "line {line}: found the columns {found}, expected one of them to be `uri`, with a tab between the names"
    )]
    NoUri { line: usize, found: String },
    #[error("line {line}: found {found} columns, expected {expected} as in line {columns_line}")]
    Columns {
        line: usize,
        found: usize,
        expected: usize,
        columns_line: usize,
    },
    /// A column that has no place in a track.
    #[error(
        "line {line}: found the columns `{one}` and `{other}`, expected only one of them: the second is nested in the first"
    )]
    Clash {
        line: usize,
        one: String,
        other: String,
    },
    /// A character that no text holds.
    #[error(
        "line {line}: found the control character U+{character:04X}, expected text: remove it or write it as % and two hexadecimal digits"
    )]
    Control { line: usize, character: u32 },
}

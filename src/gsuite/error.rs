//! Errors in a GSuite file.

use thiserror::Error;

/// An error in a GSuite file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GsuiteError {
    /// Bytes that are not text.
    #[error(
        "byte {0}: found bytes that are neither UTF-8 nor UTF-16 with a byte order mark, expected a GSuite file: save it as UTF-8 text"
    )]
    NotText(usize),
    /// Neither a header nor a URL.
    #[error(
        "line {line}: found `{found}`, expected a FAIRtracks document (JSON), a GSuite file (headers with ##, a column line with ###, URLs of tracks), or a table of URLs with a title line"
    )]
    NotGsuite {
        /// The line, from 1.
        line: usize,
        /// The text found.
        found: String,
    },
    /// No URL where one is required.
    #[error(
        "line {line}: found `{found}`, expected the URL of a track such as https://example.org/peaks.bed"
    )]
    NoAddress {
        /// The line, from 1.
        line: usize,
        /// The text found.
        found: String,
    },
    /// The table of hits of a search.
    #[error(
        "found a table of hits, which only selects tracks: use the document of hits or the GSuite file as the tracks to import, and this table to select among them"
    )]
    TableOfHits,
    /// A table whose cells are separated by commas.
    #[error(
        "line {line}: found a comma-separated table, expected tabs: save it as tab-separated text"
    )]
    Commas {
        /// The line, from 1.
        line: usize,
    },
    /// A table of URLs without column names.
    #[error(
        "line {line}: found {found} columns without names, expected one URL per line, or a first line with names: add a line such as `###uri`, a tab and `title`, with `uri` above the URLs"
    )]
    NoTitles {
        /// The line, from 1.
        line: usize,
        /// The number of columns.
        found: usize,
    },
    /// A table with URLs in several columns.
    #[error(
        "line {line}: found URLs in the columns {found}, expected one column of URLs: name the one to import `uri`"
    )]
    SeveralAddresses {
        /// The line, from 1.
        line: usize,
        /// The columns.
        found: String,
    },
    /// A line that starts with `##` but is not a header.
    #[error(
        "line {line}: found `{found}`, expected a header such as `##genome: hg38`; a comment starts with one #"
    )]
    Header {
        /// The line, from 1.
        line: usize,
        /// The line.
        found: String,
    },
    /// A header or column whose name holds `%` and two digits.
    #[error(
        "line {line}: found `{found}`, expected a name without % and two hexadecimal digits, which GSuite allows only in values"
    )]
    EncodedName {
        /// The line, from 1.
        line: usize,
        /// The name.
        found: String,
    },
    /// A header that was there before.
    #[error(
        "line {line}: found the header `{name}` again, expected it once: `{before}` in line {first}, `{found}` here"
    )]
    Repeated {
        /// The line, from 1.
        line: usize,
        /// The line of the first.
        first: usize,
        /// The header.
        name: String,
        /// The first value.
        before: String,
        /// This value.
        found: String,
    },
    /// A value that a header or a column cannot have.
    #[error("line {line}: found `{found}` as {name}, expected {expected}")]
    Value {
        /// The line, from 1.
        line: usize,
        /// The header or column.
        name: String,
        /// The value.
        found: String,
        /// The values that it may have.
        expected: String,
    },
    /// A track that contradicts the header for all tracks.
    #[error(
        "line {line}: found the {name} `{found}`, expected `{header}`, declared for all tracks in line {header_line}: correct one of them"
    )]
    Contradiction {
        /// The line, from 1.
        line: usize,
        /// The property.
        name: &'static str,
        /// The value of the track.
        found: String,
        /// The header.
        header: String,
        /// The line of the header.
        header_line: usize,
    },
    /// A header or the column line after the first track.
    #[error(
        "line {line}: found `{found}` after the first track, expected it before all tracks; import several GSuite files one by one"
    )]
    AfterTracks {
        /// The line, from 1.
        line: usize,
        /// The line.
        found: String,
    },
    /// A second line of columns.
    #[error("line {line}: found a second column line, expected one; the first is line {first}")]
    SecondColumns {
        /// The line, from 1.
        line: usize,
        /// The line of the first.
        first: usize,
    },
    /// Two columns of one name, whose capitals do not count.
    #[error(
        "line {line}: found two columns `{name}`, expected each name once, ignoring case: rename one of them"
    )]
    SameColumn {
        /// The line, from 1.
        line: usize,
        /// The name.
        name: String,
    },
    /// A column without a name.
    #[error(
        "line {line}: found no name of column {column}, expected names with one tab between them"
    )]
    NamelessColumn {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// No column of URLs.
    #[error(
        "line {line}: found the columns {found}, expected one of them to be `uri`, with a tab between the names"
    )]
    NoUri {
        /// The line, from 1.
        line: usize,
        /// The columns.
        found: String,
    },
    /// A line with other columns than announced.
    #[error("line {line}: found {found} columns, expected {expected} as in line {columns_line}")]
    Columns {
        /// The line, from 1.
        line: usize,
        /// The number found.
        found: usize,
        /// The number expected.
        expected: usize,
        /// The line that names the columns.
        columns_line: usize,
    },
    /// A column that has no place in a track.
    #[error(
        "line {line}: found the columns `{one}` and `{other}`, expected only one of them: the second is nested in the first"
    )]
    Clash {
        /// The line, from 1.
        line: usize,
        /// A column.
        one: String,
        /// A column that is inside it.
        other: String,
    },
    /// A character that no text holds.
    #[error(
        "line {line}: found the control character U+{character:04X}, expected text: remove it or write it as % and two hexadecimal digits"
    )]
    Control {
        /// The line, from 1.
        line: usize,
        /// The character.
        character: u32,
    },
}

//! What is wrong in a GSuite file.

use thiserror::Error;

/// Why a file is no GSuite file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GsuiteError {
    /// Bytes that are no text.
    #[error(
        "byte {0}: found bytes that are neither UTF-8 nor marked UTF-16, expected a GSuite file: save it as UTF-8 text"
    )]
    NotText(usize),
    /// Neither a header nor an address.
    #[error(
        "line {line}: found `{found}`, expected a FAIRtracks document (JSON), a GSuite file (headers that start with ##, a line of columns that starts with ###, addresses of tracks), or a table of addresses with a line of titles"
    )]
    NotGsuite {
        /// The line, from 1.
        line: usize,
        /// What is there.
        found: String,
    },
    /// No address where one belongs.
    #[error(
        "line {line}: found `{found}`, expected the address of a track such as https://example.org/peaks.bed"
    )]
    NoAddress {
        /// The line, from 1.
        line: usize,
        /// What is there.
        found: String,
    },
    /// The table of hits of a search.
    #[error(
        "this is a table of hits, which only chooses tracks: give the document of hits or the GSuite file as the tracks to import, and this as the table of those that you want"
    )]
    TableOfHits,
    /// A table whose cells are separated by commas.
    #[error(
        "line {line}: found a table with commas between its columns, expected tabs: save it as tab-separated text"
    )]
    Commas {
        /// The line, from 1.
        line: usize,
    },
    /// A table of addresses whose columns have no names.
    #[error(
        "line {line}: found {found} columns without names, expected one address a line, or a first line with names: add a line such as `###uri`, a tab and `title`, with `uri` above the addresses"
    )]
    NoTitles {
        /// The line, from 1.
        line: usize,
        /// How many columns there are.
        found: usize,
    },
    /// A table with addresses in several columns.
    #[error(
        "line {line}: found addresses in the columns {found}, expected one column of them: call the one whose files to import `uri`"
    )]
    SeveralAddresses {
        /// The line, from 1.
        line: usize,
        /// The columns.
        found: String,
    },
    /// A line that begins with `##` and is no header.
    #[error(
        "line {line}: found `{found}`, expected a header such as `##genome: hg38`; a comment begins with one #"
    )]
    Header {
        /// The line, from 1.
        line: usize,
        /// The line.
        found: String,
    },
    /// A header or column whose name holds `%` and two digits.
    #[error(
        "line {line}: found `{found}`, expected a name without % and two hexadecimal digits, which GSuite knows in values only"
    )]
    EncodedName {
        /// The line, from 1.
        line: usize,
        /// The name.
        found: String,
    },
    /// A header that was there before.
    #[error(
        "line {line}: found the header `{name}` again, expected it once: line {first} says `{before}`, this one `{found}`"
    )]
    Repeated {
        /// The line, from 1.
        line: usize,
        /// The line of the first.
        first: usize,
        /// The header.
        name: String,
        /// What the first says.
        before: String,
        /// What this one says.
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
    /// A track that says something else than the header for all tracks.
    #[error(
        "line {line}: found the {name} `{found}`, expected `{header}` as line {header_line} says of all tracks: correct one of them"
    )]
    Contradiction {
        /// The line, from 1.
        line: usize,
        /// What they differ in.
        name: &'static str,
        /// What the track says.
        found: String,
        /// What the header says.
        header: String,
        /// The line of the header.
        header_line: usize,
    },
    /// A header or the line of columns behind the first track.
    #[error(
        "line {line}: found `{found}` behind the first track, expected it before all tracks; give several GSuite files one by one"
    )]
    AfterTracks {
        /// The line, from 1.
        line: usize,
        /// The line.
        found: String,
    },
    /// A second line of columns.
    #[error("line {line}: found a second line of columns, expected one; the first is line {first}")]
    SecondColumns {
        /// The line, from 1.
        line: usize,
        /// The line of the first.
        first: usize,
    },
    /// Two columns of one name, whose capitals do not count.
    #[error(
        "line {line}: found two columns `{name}`, expected each name once, in capitals or not: rename one of them"
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
    /// No column of addresses.
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
        /// How many there are.
        found: usize,
        /// How many there should be.
        expected: usize,
        /// The line that names the columns.
        columns_line: usize,
    },
    /// A column that has no place in a track.
    #[error(
        "line {line}: found the columns `{one}` and `{other}`, expected one of them only: the second is inside the first"
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

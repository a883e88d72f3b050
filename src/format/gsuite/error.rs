//! What is wrong in a GSuite file.

use thiserror::Error;

/// Why a file is no GSuite file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GsuiteError {
    /// Bytes that are no text.
    #[error("byte {0}: found bytes that are not UTF-8 text, expected a GSuite file")]
    NotText(usize),
    /// Neither a header nor an address.
    #[error(
        "line {line}: found `{found}`, expected a GSuite file: headers that start with ##, a line of columns that starts with ###, or the address of a track"
    )]
    NotGsuite {
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
    /// A line with other columns than announced.
    #[error(
        "line {line}: found {found} columns, expected {expected} as in the line that starts with ###"
    )]
    Columns {
        /// The line, from 1.
        line: usize,
        /// How many there are.
        found: usize,
        /// How many there should be.
        expected: usize,
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
}

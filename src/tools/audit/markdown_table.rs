//! Tables in reports.

use std::fmt::Write as _;

use crate::galaxy::markdown::plain;

/// The most rows of a table in a report; the table of the tool has all.
pub const MOST_SHOWN: usize = 50;

/// Adds a row of texts.
pub fn push_row(text: &mut String, cells: &[&str]) {
    for cell in cells {
        let _ = write!(text, "| {} ", plain(cell));
    }
    text.push_str("|\n");
}

/// Adds the number of rows that are not shown.
pub fn push_rest(text: &mut String, all: usize) {
    if all > MOST_SHOWN {
        let _ = write!(text, "\nand {} more; see the table.\n", all - MOST_SHOWN);
    }
}

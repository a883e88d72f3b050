//! Memory limits of patterns: short texts such as `(a{1000}){99}` can be large programs.

use std::cell::Cell;

use regex::Error;
use regex::bytes::{Regex, RegexBuilder};

/// The memory limit of all patterns of a query, in bytes.
const MOST_ROOM: usize = 32 << 20;
/// The memory limits of one pattern, tried in turn: most patterns fit into the smallest.
const ROOMS: [usize; 4] = [8 << 10, 64 << 10, 256 << 10, 1 << 20];
/// The memory limit of a pattern during matching.
const MATCHING_ROOM: usize = 128 << 10;
const FULL: &str =
    "the patterns of the query are too large in total: use fewer patterns or shorter repetitions";

/// The remaining memory for the patterns of a query.
#[derive(Debug)]
pub struct Room(Cell<usize>);

impl Default for Room {
    fn default() -> Self {
        Room(Cell::new(MOST_ROOM))
    }
}

impl Room {
    /// Takes bytes of the budget.
    ///
    /// # Errors
    /// A sentence: the budget is exceeded.
    pub(super) fn take(&self, bytes: usize) -> Result<(), String> {
        self.0.set(self.0.get().checked_sub(bytes).ok_or(FULL)?);
        Ok(())
    }

    /// Compiles a regular expression in the dialect of the `regex` crate; `line_feed` is the byte that ends a line.
    ///
    /// # Errors
    /// A sentence: it is invalid, or the budget is exceeded.
    pub(super) fn built(&self, regex: &str, line_feed: u8) -> Result<Regex, String> {
        for bytes in ROOMS {
            let left = self.0.get().checked_sub(bytes).ok_or(FULL)?;
            let built = RegexBuilder::new(regex)
                .line_terminator(line_feed)
                .size_limit(bytes)
                .dfa_size_limit(MATCHING_ROOM)
                .build();
            match built {
                Ok(regex) => {
                    self.0.set(left);
                    return Ok(regex);
                }
                Err(Error::CompiledTooBig(_)) => {}
                Err(_) => return Err("the pattern is not a regular expression".to_owned()),
            }
        }
        Err("the pattern is too large: use shorter repetitions".to_owned())
    }
}

//! Names that are there already get a number.

use std::collections::HashSet;

/// The name, cut to `longest` characters, with ` (2)`, ` (3)` … at its end where others have it already; takes it.
pub fn numbered(name: &str, longest: usize, taken: &mut HashSet<String>) -> String {
    let ending_in = |end: &str| {
        let kept = name.chars().take(longest.saturating_sub(end.len()));
        kept.chain(end.chars()).collect::<String>()
    };
    let mut candidate = ending_in("");
    let mut number = 1;
    while !taken.insert(candidate.clone()) {
        number += 1;
        candidate = ending_in(&format!(" ({number})"));
    }
    candidate
}

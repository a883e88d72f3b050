//! Faults in the wording of a query.

use super::Pieces;
use super::random::Random;

/// Tokens that are often right somewhere, and rarely where they land.
const STRAYS: [&str; 24] = [
    "(", ")", "[", "]", ",", ".", ";", ":", "'", "\"", "->", "-", "?", "=", "%", "NOT", "AND",
    "IS", "NULL", "LIKE", "BETWEEN", "ESCAPE", "::", "1",
];

/// Drops, doubles, swaps or inserts a token.
pub fn add(random: &mut Random, pieces: &mut Pieces) {
    // Tokens stand at even positions, each with the gap behind it.
    let at = 2 * random.below(pieces.len() / 2);
    match random.below(4) {
        0 => drop(pieces.drain(at..at + 2)),
        1 => {
            let doubled = pieces[at..at + 2].to_vec();
            pieces.splice(at..at, doubled);
        }
        2 => {
            let other = 2 * random.below(pieces.len() / 2);
            pieces.swap(at, other);
        }
        _ => {
            let stray = [random.pick(&STRAYS), " "].map(ToString::to_string);
            pieces.splice(at..at, stray);
        }
    }
}

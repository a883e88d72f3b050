//! A text as a pattern sees it: characters that the pattern does not distinguish share one byte.
//!
//! A pattern names few characters and classes. Characters that it treats alike share one of 256 *colors* (a term of
//! PostgreSQL's engine), so a class of thousands of letters is a few bytes, and its program small and fast.

use std::collections::HashMap;

use super::set::{Set, after, bit};
use crate::text::letters::{KINDS, LetterKind};

/// The most sets of characters that a pattern may distinguish.
const MOST_SETS: usize = 256;
const TOO_MANY: &str = "the pattern is too large: it distinguishes too many characters";

/// The colors of a pattern.
#[derive(Debug, Clone)]
pub(super) struct Colors {
    /// The bounds of the ranges in the pattern.
    starts: Vec<char>,
    /// The color of each kind of character from each bound on.
    cells: Vec<[u8; KINDS.len()]>,
    ascii: [u8; 128],
    /// The colors in each set, one bit for each.
    members: Vec<[u64; 4]>,
}

impl Colors {
    /// Colors for these sets. If `words` count, the colors of word characters, and only these, are ASCII letters, digits and `_`.
    pub fn new(sets: &[Set], words: bool) -> Result<Colors, String> {
        if sets.len() > MOST_SETS {
            return Err(TOO_MANY.to_owned());
        }
        let ranges = || sets.iter().flat_map(|set| &set.ranges);
        let mut starts: Vec<char> = ranges()
            .flat_map(|(first, last)| [Some(*first), after(*last)])
            .flatten()
            .chain(['\0'])
            .collect();
        starts.sort_unstable();
        starts.dedup();
        let mut colors = Colors {
            cells: vec![[0; KINDS.len()]; starts.len()],
            starts,
            ascii: [0; 128],
            members: vec![[0; 4]; sets.len()],
        };
        let mut palette = Palette::new(words);
        for place in 0..colors.starts.len() {
            let (first, next) = (colors.starts[place], colors.starts.get(place + 1).copied());
            let only = (after(first) == next).then(|| LetterKind::of(first));
            let named: Vec<bool> = sets.iter().map(|set| holds(&set.ranges, first)).collect();
            for (column, kind) in KINDS.into_iter().enumerate() {
                if only.is_some_and(|only| only != kind) {
                    continue;
                }
                let within = |(set, named): (&Set, &bool)| {
                    (*named || set.kinds & bit(kind) != 0) != set.negated
                };
                let sets: Vec<bool> = sets.iter().zip(&named).map(within).collect();
                let is_word = kind.is_alphanumeric() || kind == LetterKind::Underscore;
                let color = palette.color(sets, is_word)?;
                colors.cells[place][column] = color;
            }
        }
        for ((sets, _), color) in palette.known {
            for (set, _) in sets.iter().enumerate().filter(|(_, within)| **within) {
                colors.members[set][usize::from(color) / 64] |= 1 << (color % 64);
            }
        }
        for number in 0..128_u8 {
            colors.ascii[usize::from(number)] = colors.found(char::from(number));
        }
        Ok(colors)
    }

    fn found(&self, character: char) -> u8 {
        let place = self.starts.partition_point(|start| *start <= character) - 1;
        let kind = LetterKind::of(character);
        let column = KINDS.iter().position(|known| *known == kind);
        column.map_or(0, |column| self.cells[place][column])
    }

    /// The color of a character.
    pub fn of(&self, character: char) -> u8 {
        match self.ascii.get(character as usize) {
            Some(color) => *color,
            None => self.found(character),
        }
    }

    /// The colors of a text, one a character.
    pub fn text(&self, text: &str) -> Vec<u8> {
        text.chars().map(|character| self.of(character)).collect()
    }

    /// Whether a color is in a set.
    pub fn is_in(&self, set: usize, color: u8) -> bool {
        self.members[set][usize::from(color) / 64] & (1 << (color % 64)) != 0
    }

    /// How much memory the colors take, in bytes.
    pub fn size(&self) -> usize {
        self.starts.len() * (KINDS.len() + 4) + self.members.len() * 32 + 256
    }
}

/// Whether one of the sorted, disjoint ranges contains the character.
fn holds(ranges: &[(char, char)], character: char) -> bool {
    let at = ranges.partition_point(|(_, last)| *last < character);
    ranges.get(at).is_some_and(|(first, _)| *first <= character)
}

/// The colors assigned so far: one for each combination of sets and word or non-word.
struct Palette {
    known: HashMap<(Vec<bool>, bool), u8>,
    words: bool,
    /// The remaining colors for word characters, and for all others.
    free: [Vec<u8>; 2],
}

impl Palette {
    fn new(words: bool) -> Self {
        let is_word = |color: &u8| words && (color.is_ascii_alphanumeric() || *color == b'_');
        let (word, other) = (0..=u8::MAX).rev().partition(is_word);
        Palette {
            known: HashMap::new(),
            words,
            free: [other, word],
        }
    }

    fn color(&mut self, sets: Vec<bool>, is_word: bool) -> Result<u8, String> {
        let is_word = is_word && self.words;
        let key = (sets, is_word);
        if let Some(color) = self.known.get(&key) {
            return Ok(*color);
        }
        let color = self.free[usize::from(is_word)].pop().ok_or(TOO_MANY)?;
        self.known.insert(key, color);
        Ok(color)
    }
}

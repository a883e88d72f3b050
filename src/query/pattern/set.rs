//! Sets of characters that a pattern distinguishes.

use crate::text::letters::{self, KINDS, LetterKind};

/// A set of characters: some ranges, and all characters of some kinds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Set {
    /// Sorted and disjoint, once the set is part of a pattern.
    pub ranges: Vec<(char, char)>,
    /// One bit for each of [`KINDS`].
    pub kinds: u16,
    /// Whether the set is negated.
    pub negated: bool,
}

/// The bit of a kind.
pub(super) fn bit(kind: LetterKind) -> u16 {
    1 << KINDS.iter().position(|known| *known == kind).unwrap_or(15)
}

impl Set {
    /// Every character.
    pub fn any() -> Self {
        Set {
            negated: true,
            ..Set::default()
        }
    }

    /// One character.
    pub fn one(character: char) -> Self {
        Set {
            ranges: vec![(character, character)],
            ..Set::default()
        }
    }

    /// Several characters.
    pub fn of(characters: impl IntoIterator<Item = char>) -> Self {
        let ranges = characters.into_iter().map(|c| (c, c)).collect();
        Set {
            ranges,
            ..Set::default()
        }
    }

    /// The case variants of a character in a case-insensitive regular expression. A title-case letter is not among its own
    /// variants, as in PostgreSQL.
    pub fn in_any_case(character: char) -> Self {
        Set::of([letters::lower(character), letters::upper(character)])
    }

    /// The class of this name, as in `[:alpha:]`.
    pub fn class(name: &str) -> Option<Self> {
        let of = |accepts: fn(LetterKind) -> bool| {
            let kinds = KINDS.into_iter().filter(|kind| accepts(*kind));
            Some(Set {
                kinds: kinds.map(bit).sum(),
                ..Set::default()
            })
        };
        let ranges = |ranges: &[(char, char)]| {
            Some(Set {
                ranges: ranges.to_vec(),
                ..Set::default()
            })
        };
        let is_graphic = |kind: LetterKind| {
            kind.is_alphanumeric() || matches!(kind, LetterKind::Symbol | LetterKind::Underscore)
        };
        match name {
            "alpha" => of(LetterKind::is_letter),
            "upper" => of(|kind| matches!(kind, LetterKind::Upper | LetterKind::Title)),
            "lower" => of(|kind| matches!(kind, LetterKind::Lower | LetterKind::Title)),
            "digit" => of(|kind| kind == LetterKind::Digit),
            "alnum" => of(LetterKind::is_alphanumeric),
            "word" => of(|kind| kind.is_alphanumeric() || kind == LetterKind::Underscore),
            "punct" => of(|kind| matches!(kind, LetterKind::Symbol | LetterKind::Underscore)),
            "space" => of(|kind| matches!(kind, LetterKind::Blank | LetterKind::Break)),
            "graph" => of(is_graphic),
            "print" => of(is_graphic).map(|graphic| graphic.with_kind(LetterKind::Blank)),
            "blank" => Some(Set::of([' ', '\t'])),
            "cntrl" => ranges(&[('\0', '\x1f'), ('\x7f', '\u{9f}')]),
            "xdigit" => ranges(&[('0', '9'), ('a', 'f'), ('A', 'F')]),
            "ascii" => ranges(&[('\0', '\x7f')]),
            _ => None,
        }
    }

    fn with_kind(mut self, kind: LetterKind) -> Self {
        self.kinds |= bit(kind);
        self
    }

    /// Adds all characters of another set that is not negated.
    pub fn add(&mut self, other: &Set) {
        self.ranges.extend(&other.ranges);
        self.kinds |= other.kinds;
    }

    /// Adds a range, in both cases if case is ignored.
    pub fn add_range(&mut self, first: char, last: char, ignore_case: bool) {
        self.ranges.push((first, last));
        if ignore_case {
            let cased = letters::cased();
            let start = cased.partition_point(|character| *character < first);
            for &character in cased[start..].iter().take_while(|c| **c <= last) {
                for other in [letters::lower(character), letters::upper(character)] {
                    self.ranges.push((other, other));
                }
            }
        }
    }

    /// The same set without a line feed.
    pub fn without_line_feed(mut self) -> Self {
        if self.negated {
            self.ranges.push(('\n', '\n'));
        }
        self
    }

    /// The same set with its ranges sorted and disjoint.
    pub fn normalized(mut self) -> Self {
        self.ranges.sort_unstable();
        let mut apart: Vec<(char, char)> = Vec::new();
        for (first, last) in self.ranges {
            match apart.last_mut() {
                Some((_, end)) if first <= *end || after(*end) == Some(first) => {
                    *end = last.max(*end);
                }
                _ => apart.push((first, last)),
            }
        }
        self.ranges = apart;
        self
    }
}

/// The character after this one.
pub(super) fn after(character: char) -> Option<char> {
    (character..=char::MAX).nth(1)
}

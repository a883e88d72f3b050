//! Character classes: letter, digit, symbol, space.
//!
//! They follow the locale `C.UTF-8` of glibc, common for PostgreSQL databases. The table in `letters.txt` was generated with
//! PostgreSQL 15 over all of Unicode; a test against PostgreSQL compares every character again.

use std::sync::LazyLock;

/// The class of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterKind {
    /// A letter in upper case.
    Upper,
    /// A letter in lower case.
    Lower,
    /// A letter that is upper and lower case at once, such as `ǅ`.
    Title,
    /// A letter without case, or a digit of another script than ASCII's.
    Letter,
    /// One of `0` to `9`.
    Digit,
    /// Punctuation, a sign, a combining mark, or a space that breaks no line.
    Symbol,
    /// `_`, which is punctuation and part of words.
    Underscore,
    /// A space.
    Blank,
    /// White space that cannot be printed: a tab, the end of a line or of a paragraph.
    Break,
    /// Any other control character.
    Control,
    /// Not a character of this locale.
    Unassigned,
}

/// All kinds.
pub const KINDS: [LetterKind; 11] = [
    LetterKind::Upper,
    LetterKind::Lower,
    LetterKind::Title,
    LetterKind::Letter,
    LetterKind::Digit,
    LetterKind::Symbol,
    LetterKind::Underscore,
    LetterKind::Blank,
    LetterKind::Break,
    LetterKind::Control,
    LetterKind::Unassigned,
];

impl LetterKind {
    /// The kind of a character.
    pub fn of(character: char) -> LetterKind {
        if character == '_' {
            return LetterKind::Underscore;
        }
        run(character).map_or(LetterKind::Unassigned, |run| run.at(character).0)
    }

    /// Whether it is a letter.
    pub fn is_letter(self) -> bool {
        matches!(
            self,
            LetterKind::Upper | LetterKind::Lower | LetterKind::Title | LetterKind::Letter
        )
    }

    /// Whether it is a letter or a digit.
    pub fn is_alphanumeric(self) -> bool {
        self.is_letter() || self == LetterKind::Digit
    }
}

/// The lower case of a character, itself if it has none.
pub fn lower(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    run(character).map_or(character, |run| moved(character, run.at(character).1))
}

/// The upper case of a character, itself if it has none.
pub fn upper(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_uppercase();
    }
    run(character).map_or(character, |run| moved(character, run.at(character).2))
}

/// All characters that have another case, in the order of their numbers.
pub fn cased() -> &'static [char] {
    static CASED: LazyLock<Vec<char>> = LazyLock::new(|| {
        let characters = RUNS
            .iter()
            .filter(|run| run.pairs || run.lower != 0 || run.upper != 0)
            .flat_map(|run| run.first..=run.last);
        characters.collect()
    });
    &CASED
}

/// All characters whose lower case is this one.
pub fn lowered_to(lower_case: char) -> Vec<char> {
    static BY_LOWER: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
        let mut pairs: Vec<(char, char)> = cased()
            .iter()
            .map(|&character| (lower(character), character))
            .filter(|(lower, character)| lower != character)
            .collect();
        pairs.sort_unstable();
        pairs
    });
    let start = BY_LOWER.partition_point(|(lower, _)| *lower < lower_case);
    let others = BY_LOWER[start..]
        .iter()
        .take_while(|(lower, _)| *lower == lower_case)
        .map(|(_, character)| *character);
    let itself = (lower(lower_case) == lower_case).then_some(lower_case);
    itself.into_iter().chain(others).collect()
}

/// Neighbours of one kind.
struct Run {
    first: char,
    last: char,
    kind: LetterKind,
    lower: i32,
    upper: i32,
    /// Upper and lower case by turns.
    pairs: bool,
}

impl Run {
    /// The kind of a character in the run, and how far away its lower and its upper case are.
    fn at(&self, character: char) -> (LetterKind, i32, i32) {
        if !self.pairs {
            (self.kind, self.lower, self.upper)
        } else if (u32::from(character) - u32::from(self.first)).is_multiple_of(2) {
            (LetterKind::Upper, 1, 0)
        } else {
            (LetterKind::Lower, 0, -1)
        }
    }
}

static RUNS: LazyLock<Vec<Run>> = LazyLock::new(|| {
    include_str!("letters.txt")
        .lines()
        .filter_map(read)
        .collect()
});

fn run(character: char) -> Option<&'static Run> {
    let at = RUNS.partition_point(|run| run.last < character);
    RUNS.get(at).filter(|run| run.first <= character)
}

fn moved(character: char, distance: i32) -> char {
    u32::from(character)
        .checked_add_signed(distance)
        .and_then(char::from_u32)
        .unwrap_or(character)
}

/// One line of the table; `None` for a remark.
fn read(line: &str) -> Option<Run> {
    let mut words = line.split(' ');
    let range = words.next()?;
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    let character = |number| char::from_u32(u32::from_str_radix(number, 16).ok()?);
    let name = words.next()?;
    let kind = match name {
        "upper" | "pairs" => LetterKind::Upper,
        "lower" => LetterKind::Lower,
        "title" => LetterKind::Title,
        "letter" => LetterKind::Letter,
        "digit" => LetterKind::Digit,
        "symbol" => LetterKind::Symbol,
        "blank" => LetterKind::Blank,
        "break" => LetterKind::Break,
        "control" => LetterKind::Control,
        _ => return None,
    };
    let (mut lower, mut upper) = (0, 0);
    for word in words {
        match (word.strip_prefix("lower"), word.strip_prefix("upper")) {
            (Some(distance), _) => lower = distance.parse().ok()?,
            (_, Some(distance)) => upper = distance.parse().ok()?,
            _ => return None,
        }
    }
    Some(Run {
        first: character(first)?,
        last: character(last)?,
        kind,
        lower,
        upper,
        pairs: name == "pairs",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read_and_in_order() {
        let lines = include_str!("letters.txt")
            .lines()
            .filter(|line| !line.starts_with('#'));
        assert_eq!(RUNS.len(), lines.count());
        assert!(RUNS.windows(2).all(|pair| pair[0].last < pair[1].first));
    }

    #[test]
    fn characters_are_what_the_locale_says() {
        for (character, kind) in [
            ('A', LetterKind::Upper),
            ('é', LetterKind::Lower),
            ('ǅ', LetterKind::Title),
            ('日', LetterKind::Letter),
            ('٣', LetterKind::Letter),
            ('7', LetterKind::Digit),
            ('_', LetterKind::Underscore),
            ('\u{301}', LetterKind::Symbol),
            ('\u{a0}', LetterKind::Symbol),
            ('\u{3000}', LetterKind::Blank),
            ('\u{2028}', LetterKind::Break),
            ('\t', LetterKind::Break),
            ('\u{85}', LetterKind::Control),
            ('\u{378}', LetterKind::Unassigned),
        ] {
            assert_eq!(LetterKind::of(character), kind, "{character:?}");
        }
    }

    #[test]
    fn several_letters_may_have_one_lower_case() {
        assert_eq!(lowered_to('k'), ['k', 'K', '\u{212a}']);
        assert_eq!(lowered_to('å'), ['å', 'Å', '\u{212b}']);
        assert_eq!(lowered_to('i'), ['i', 'I', 'İ']);
        assert_eq!(lowered_to('ß'), ['ß', 'ẞ']);
        assert!(lowered_to('K').is_empty());
        assert_eq!(lowered_to('日'), ['日']);
    }
}

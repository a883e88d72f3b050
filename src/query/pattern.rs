//! `LIKE` patterns and POSIX regular expressions, both brought to the `regex` crate's dialect.

use std::iter::Peekable;
use std::str::Chars;

use regex::Regex;

mod room;
mod similar;

pub use room::Room;

/// What a pattern is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `LIKE`: `%` stands for any text, `_` for one character; the character after the escape, a backslash unless
    /// another or none is given, is plain.
    Like(Option<char>),
    /// `SIMILAR TO`: as `LIKE`, with the quantifiers, brackets and alternatives of regular expressions.
    Similar(Option<char>),
    /// PostgreSQL's advanced regular expressions (manual section 9.7.3), the common subset.
    Posix,
}

/// The escape of a pattern that names none.
pub const BACKSLASH: Option<char> = Some('\\');

/// Compiles a pattern. Letters outside ASCII have no case and belong to no class, as in PostgreSQL's locale C.
///
/// # Errors
/// A sentence that names what the pattern holds that cannot be matched here, or that there is no room for it.
pub fn compile(
    pattern: &str,
    dialect: Dialect,
    ignore_case: bool,
    room: &Room,
) -> Result<Regex, String> {
    let mut translation = Translation {
        regex: String::new(),
        ignore_case,
    };
    match dialect {
        Dialect::Like(escape) => translation.like(pattern, escape)?,
        Dialect::Similar(escape) => translation.posix(&similar::to_posix(pattern, escape)?)?,
        Dialect::Posix => translation.posix(pattern)?,
    }
    room.built(&translation.regex)
}

const ENDS_IN_ESCAPE: &str =
    "the pattern ends in its escape character, expected a character after it";

/// A regular expression in the dialect of the `regex` crate, as it grows.
struct Translation {
    regex: String,
    ignore_case: bool,
}

impl Translation {
    fn like(&mut self, pattern: &str, escape: Option<char>) -> Result<(), String> {
        self.regex.push('^');
        let mut characters = pattern.chars();
        while let Some(character) = characters.next() {
            match character {
                c if Some(c) == escape => self.plain(characters.next().ok_or(ENDS_IN_ESCAPE)?),
                '%' => self.regex.push_str(".*"),
                '_' => self.regex.push('.'),
                c => self.plain(c),
            }
        }
        self.regex.push('$');
        Ok(())
    }

    /// Adds a character that stands for itself.
    fn plain(&mut self, character: char) {
        if self.ignore_case && character.is_ascii_alphabetic() {
            self.regex.push('[');
            self.regex.push(character.to_ascii_lowercase());
            self.regex.push(character.to_ascii_uppercase());
            self.regex.push(']');
        } else {
            self.regex
                .push_str(&regex::escape(character.encode_utf8(&mut [0; 4])));
        }
    }

    fn posix(&mut self, pattern: &str) -> Result<(), String> {
        if pattern.starts_with("***") {
            return Err(not_supported("a `***` prefix"));
        }
        let mut characters = pattern.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '\\' => self.escape(characters.next())?,
                '[' => self.bracket(&mut characters)?,
                '(' if characters.peek() == Some(&'?') => {
                    characters.next();
                    match characters.next() {
                        Some(':') => self.regex.push_str("(?:"),
                        Some('=' | '!' | '<') => return Err(not_supported("look-around `(?=…)`")),
                        _ => return Err(not_supported("options such as `(?i)`")),
                    }
                }
                '(' => self.regex.push_str("(?:"),
                // A brace is plain unless it starts a count.
                '{' if !characters.peek().is_some_and(char::is_ascii_digit) => self.plain('{'),
                '{' => {
                    self.regex.push('{');
                    while let Some(part) = characters.next_if(|c| c.is_ascii_digit() || *c == ',') {
                        self.regex.push(part);
                    }
                    characters
                        .next_if_eq(&'}')
                        .ok_or("a `{` is never closed, expected `}`")?;
                    self.regex.push('}');
                }
                ')' | '|' | '*' | '+' | '?' | '.' | '^' | '$' => self.regex.push(character),
                plain => self.plain(plain),
            }
        }
        Ok(())
    }

    /// Translates what stands after a backslash.
    fn escape(&mut self, letter: Option<char>) -> Result<(), String> {
        let letter = letter.ok_or(ENDS_IN_ESCAPE)?;
        match letter {
            'd' | 'w' | 's' => {
                self.regex.push('[');
                self.regex.push_str(class(letter));
                self.regex.push(']');
            }
            'D' | 'W' | 'S' => {
                self.regex.push_str("[^");
                self.regex.push_str(class(letter.to_ascii_lowercase()));
                self.regex.push(']');
            }
            'y' => self.regex.push_str(r"(?-u:\b)"),
            'm' => self.regex.push_str(r"(?-u:\b{start})"),
            'M' => self.regex.push_str(r"(?-u:\b{end})"),
            'A' => self.regex.push('^'),
            'Z' => self.regex.push('$'),
            '1'..='9' => return Err(not_supported("a back-reference such as `\\1`")),
            other => self
                .regex
                .push_str(&regex::escape(&control(other)?.to_string())),
        }
        Ok(())
    }

    /// Translates `[…]`, where only `]`, `^`, `-`, `\` and `[:class:]` are special.
    fn bracket(&mut self, characters: &mut Peekable<Chars<'_>>) -> Result<(), String> {
        const OPEN: &str = "a `[` is never closed, expected `]`";
        self.regex.push('[');
        if characters.next_if_eq(&'^').is_some() {
            self.regex.push('^');
        }
        let mut is_first = true;
        loop {
            let start = match characters.next().ok_or(OPEN)? {
                ']' if !is_first => break,
                '[' if characters.peek() == Some(&':') => {
                    self.named_class(characters)?;
                    is_first = false;
                    continue;
                }
                '[' if matches!(characters.peek(), Some('.' | '=')) => {
                    return Err(not_supported("`[.…]` and `[=…]`"));
                }
                '\\' => match characters.next().ok_or(ENDS_IN_ESCAPE)? {
                    letter @ ('d' | 'w' | 's') => {
                        self.regex.push_str(class(letter));
                        is_first = false;
                        continue;
                    }
                    letter => control(letter)?,
                },
                character => character,
            };
            is_first = false;
            let mut end = start;
            let mut ahead = characters.clone();
            if ahead.next() == Some('-') && ahead.peek().is_some_and(|next| *next != ']') {
                characters.next();
                end = match characters.next().ok_or(OPEN)? {
                    '\\' => control(characters.next().ok_or(ENDS_IN_ESCAPE)?)?,
                    '[' => return Err(not_supported("a range that ends in `[`")),
                    character => character,
                };
            }
            self.range(start, end)?;
        }
        self.regex.push(']');
        Ok(())
    }

    /// Translates `[:name:]` within brackets.
    fn named_class(&mut self, characters: &mut Peekable<Chars<'_>>) -> Result<(), String> {
        let mut name = String::from("[");
        while !name.ends_with(":]") || name.len() < 4 {
            name.push(
                characters
                    .next()
                    .ok_or("a `[:` is never closed, expected `:]`")?,
            );
        }
        let cased = self.ignore_case && (name == "[:lower:]" || name == "[:upper:]");
        self.regex.push_str(if cased { "[:alpha:]" } else { &name });
        Ok(())
    }

    /// Adds a range of characters, in both cases where case is ignored.
    fn range(&mut self, start: char, end: char) -> Result<(), String> {
        if start > end {
            return Err("a range in brackets ends before it starts".to_owned());
        }
        let mut push = |start: char, end: char| {
            self.regex
                .push_str(&regex::escape(start.encode_utf8(&mut [0; 4])));
            self.regex.push('-');
            self.regex
                .push_str(&regex::escape(end.encode_utf8(&mut [0; 4])));
        };
        push(start, end);
        if self.ignore_case {
            for (first, last, shift) in [('a', 'z', 'A'), ('A', 'Z', 'a')] {
                let (low, high) = (start.max(first), end.min(last));
                if low <= high {
                    let shifted = |c: char| char::from(c as u8 - first as u8 + shift as u8);
                    push(shifted(low), shifted(high));
                }
            }
        }
        Ok(())
    }
}

/// What a class escape holds, for use in brackets.
fn class(letter: char) -> &'static str {
    match letter {
        'd' => "0-9",
        'w' => "0-9A-Za-z_",
        _ => r" \t\n\x0b\x0c\r",
    }
}

/// The character that an escape stands for.
fn control(letter: char) -> Result<char, String> {
    Ok(match letter {
        't' => '\t',
        'n' => '\n',
        'r' => '\r',
        'f' => '\x0c',
        'v' => '\x0b',
        'B' => '\\',
        c if c.is_ascii_alphanumeric() => return Err(not_supported(&format!("`\\{c}`"))),
        plain => plain,
    })
}

fn not_supported(what: &str) -> String {
    format!("{what} in a regular expression is not supported by this search")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, dialect: Dialect, text: &str) -> bool {
        compile(pattern, dialect, false, &Room::default())
            .unwrap()
            .is_match(text)
    }

    #[test]
    fn like_covers_the_whole_text() {
        for (pattern, text, expected) in [
            ("Signal%", "Signal values\n(p-value)", true),
            ("ignal%", "Signal", false),
            ("S_gnal", "Signal", true),
            (r"100\%", "100%", true),
            (r"100\%", "1000", false),
            ("a.c", "abc", false),
            ("%é_", "xéß", true),
            ("", "", true),
        ] {
            assert_eq!(
                matches(pattern, Dialect::Like(BACKSLASH), text),
                expected,
                "{text} LIKE {pattern}"
            );
        }
        assert!(compile(r"a\", Dialect::Like(BACKSLASH), false, &Room::default()).is_err());
    }

    #[test]
    fn regular_expressions_search_within_the_text() {
        for (pattern, text, expected) in [
            ("b cell (peaks|signal)", "x b cell signal", true),
            (r"\.bigWig$", "a.bigWig", true),
            (r"\.bigWig$", "a.bigWig\n", false),
            ("a.b", "a\nb", true),
            (r"\mcell\M", "T cell", true),
            (r"[]x[&&-]", "[", true),
            ("[[:digit:]]{2}", "a12", true),
            (r"a\\b", r"a\b", true),
            ("#x y", "#x y", true),
        ] {
            assert_eq!(
                matches(pattern, Dialect::Posix, text),
                expected,
                "{text} ~ {pattern}"
            );
        }
    }

    #[test]
    fn similar_to_covers_the_whole_text_with_alternatives() {
        for (pattern, text, expected) in [
            ("%format_(3004|3006)", "x/format_3004", true),
            ("a.c", "abc", false),
            ("a|bc", "abc", false),
            ("[a-c]{2,3}", "abc", true),
            ("[%]_", "%x", true),
            ("[]_]x", "]x", true),
            ("[[]_", "[a", false),
            (r"100\%", "100%", true),
        ] {
            assert_eq!(
                matches(pattern, Dialect::Similar(BACKSLASH), text),
                expected,
                "{text} SIMILAR TO {pattern}"
            );
        }
        assert!(matches("a#%", Dialect::Like(Some('#')), "a%"));
        assert!(matches(r"a\%", Dialect::Like(None), r"a\b"));
    }

    #[test]
    fn case_is_ignored_for_ascii_letters_only() {
        let found = |pattern, text| {
            compile(pattern, Dialect::Posix, true, &Room::default())
                .unwrap()
                .is_match(text)
        };
        assert!(found("^[x-z]K[[:upper:]]$", "Yka"));
        assert!(!found("k", "\u{212a}"));
        assert!(!found("É", "é"));
        assert!(!found(r"\w", "é"));
    }

    #[test]
    fn names_what_it_cannot_match() {
        for (pattern, part) in [
            (r"(a)\1", "back-reference"),
            ("(?=a)", "look-around"),
            ("(?i)a", "options"),
            (r"\bx", r"`\b`"),
            ("[a", "never closed"),
            ("(", "not a regular expression"),
        ] {
            let message = compile(pattern, Dialect::Posix, false, &Room::default()).unwrap_err();
            assert!(message.contains(part), "{pattern}: {message}");
        }
    }

    #[test]
    fn patterns_have_room_for_many_words_and_not_for_endless_repetitions() {
        let room = Room::default();
        for number in 0..2_000 {
            let word = format!("%B cell {number}, naïve_%");
            assert!(compile(&word, Dialect::Like(BACKSLASH), true, &room).is_ok());
        }
        let room = Room::default();
        let message = |pattern: &str| compile(pattern, Dialect::Posix, false, &room).map_err(drop);
        assert!(message("(a{1000}){99}").is_err());
        let large = (0..1_000)
            .find(|number| message(&format!("(a{{90}}){{{}}}", 20 + number % 9)).is_err());
        assert!(large.is_some_and(|number| number > 20), "{large:?}");
    }
}

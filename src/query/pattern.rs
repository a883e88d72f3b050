//! `LIKE` patterns and POSIX regular expressions, both brought to the `regex` crate's dialect.

use regex::{Regex, RegexBuilder};

/// What a pattern is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `LIKE`: `%` stands for any text, `_` for one character, a backslash makes the next character plain.
    Like,
    /// PostgreSQL's advanced regular expressions (manual section 9.7.3), the common subset.
    Posix,
}

/// Compiles a pattern.
///
/// # Errors
/// A sentence that names what the pattern holds that cannot be matched here.
pub fn compile(pattern: &str, dialect: Dialect, ignore_case: bool) -> Result<Regex, String> {
    let translated = match dialect {
        Dialect::Like => like(pattern)?,
        Dialect::Posix => posix(pattern)?,
    };
    RegexBuilder::new(&translated)
        .case_insensitive(ignore_case)
        .dot_matches_new_line(true)
        .build()
        .map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => "the pattern is too large".to_owned(),
            _ => "the pattern is not a regular expression".to_owned(),
        })
}

fn like(pattern: &str) -> Result<String, String> {
    let mut translated = String::from("^");
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match character {
            '%' => translated.push_str(".*"),
            '_' => translated.push('.'),
            '\\' => {
                let next = characters
                    .next()
                    .ok_or("the pattern ends in a backslash, expected a character after it")?;
                push_plain(&mut translated, next);
            }
            plain => push_plain(&mut translated, plain),
        }
    }
    translated.push('$');
    Ok(translated)
}

/// Adds a character that stands for itself.
fn push_plain(translated: &mut String, character: char) {
    translated.push_str(&regex::escape(character.encode_utf8(&mut [0; 4])));
}

fn posix(pattern: &str) -> Result<String, String> {
    let mut translated = String::new();
    if pattern.starts_with("***") {
        return Err(not_supported("a `***` prefix"));
    }
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => escape(characters.next(), &mut translated, false)?,
            '[' => bracket(&mut characters, &mut translated)?,
            '(' if characters.peek() == Some(&'?') => {
                characters.next();
                match characters.next() {
                    Some(':') => translated.push_str("(?:"),
                    Some('=' | '!' | '<') => return Err(not_supported("look-around `(?=…)`")),
                    _ => return Err(not_supported("options such as `(?i)`")),
                }
            }
            '(' => translated.push_str("(?:"),
            ')' | '|' | '*' | '+' | '?' | '{' | '}' | '.' | '^' | '$' => translated.push(character),
            plain => push_plain(&mut translated, plain),
        }
    }
    Ok(translated)
}

fn not_supported(what: &str) -> String {
    format!("{what} in a regular expression is not supported offline")
}

/// Translates what stands after a backslash.
fn escape(letter: Option<char>, translated: &mut String, in_bracket: bool) -> Result<(), String> {
    let letter = letter.ok_or("the pattern ends in a backslash, expected a character after it")?;
    match letter {
        'd' | 'w' | 's' | 't' | 'n' | 'r' | 'f' | 'v' => {
            translated.push('\\');
            translated.push(letter);
        }
        'D' | 'W' | 'S' if !in_bracket => {
            translated.push('\\');
            translated.push(letter);
        }
        'y' if !in_bracket => translated.push_str(r"\b"),
        'Y' if !in_bracket => translated.push_str(r"\B"),
        'm' if !in_bracket => translated.push_str(r"\b{start}"),
        'M' if !in_bracket => translated.push_str(r"\b{end}"),
        'A' if !in_bracket => translated.push('^'),
        'Z' if !in_bracket => translated.push('$'),
        'B' => translated.push_str(r"\\"),
        '1'..='9' if !in_bracket => return Err(not_supported("a back-reference such as `\\1`")),
        c if c.is_ascii_alphanumeric() => return Err(not_supported(&format!("`\\{c}`"))),
        plain => push_plain(translated, plain),
    }
    Ok(())
}

/// Translates `[…]`, where only `]`, `^`, `-`, `\` and `[:class:]` are special.
fn bracket(
    characters: &mut std::iter::Peekable<std::str::Chars<'_>>,
    translated: &mut String,
) -> Result<(), String> {
    translated.push('[');
    if characters.next_if_eq(&'^').is_some() {
        translated.push('^');
    }
    let mut first = true;
    let mut after_hyphen = false;
    loop {
        let character = characters
            .next()
            .ok_or("a `[` is never closed, expected `]`")?;
        match character {
            ']' if !first => break,
            '[' if characters.peek() == Some(&':') => {
                let mut name = String::from("[");
                while !name.ends_with(":]") || name.len() < 4 {
                    name.push(
                        characters
                            .next()
                            .ok_or("a `[:` is never closed, expected `:]`")?,
                    );
                }
                translated.push_str(&name);
            }
            '[' if matches!(characters.peek(), Some('.' | '=')) => {
                return Err(not_supported("`[.…]` and `[=…]`"));
            }
            '\\' => escape(characters.next(), translated, true)?,
            // Two hyphens would mean a difference of sets here.
            '-' if after_hyphen => return Err(not_supported("`--` in brackets")),
            '-' => translated.push('-'),
            plain => push_plain(translated, plain),
        }
        first = false;
        after_hyphen = character == '-';
    }
    translated.push(']');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, dialect: Dialect, text: &str) -> bool {
        compile(pattern, dialect, false).unwrap().is_match(text)
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
                matches(pattern, Dialect::Like, text),
                expected,
                "{text} LIKE {pattern}"
            );
        }
        assert!(compile(r"a\", Dialect::Like, false).is_err());
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
    fn names_what_it_cannot_match() {
        for (pattern, part) in [
            (r"(a)\1", "back-reference"),
            ("(?=a)", "look-around"),
            ("(?i)a", "options"),
            (r"\bx", r"`\b`"),
            ("[a", "never closed"),
            ("(", "not a regular expression"),
        ] {
            let message = compile(pattern, Dialect::Posix, false).unwrap_err();
            assert!(message.contains(part), "{pattern}: {message}");
        }
    }
}

//! `LIKE` patterns and POSIX regular expressions with the semantics of PostgreSQL.
//!
//! A pattern becomes a `node` and the sets of characters that it distinguishes; letters and classes are those of
//! [`crate::text::letters`]. A text is matched as `colors` by the `regex` crate in linear time, or by `spans` if the parts of
//! a match count or the pattern has lookaround.

use std::sync::Arc;

use regex::bytes::Regex;

use crate::text::letters;
use colors::Colors;
use node::{Assertion, PatternNode};
use reader::Reader;
use set::Set;
use spans::Matcher;

mod colors;
mod node;
mod options;
mod positions;
mod program;
mod reader;
mod regex_budget;
mod replacement;
mod set;
mod similar;
mod spans;
#[cfg(test)]
mod tests;

pub use options::PatternOptions;
pub use regex_budget::Room;

/// The language of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `LIKE`: `%` matches any text, `_` one character; the escape, by default a backslash, makes the next character literal.
    Like(Option<char>),
    /// `SIMILAR TO`: as `LIKE`, with the quantifiers, brackets and alternatives of regular expressions.
    Similar(Option<char>),
    /// PostgreSQL's advanced regular expressions (manual section 9.7.3).
    Posix,
}

/// The default escape.
pub const BACKSLASH: Option<char> = Some('\\');

/// A compiled pattern.
#[derive(Debug, Clone)]
pub struct Pattern(Arc<Compiled>);

#[derive(Debug)]
struct Compiled {
    node: PatternNode,
    sets: usize,
    captures: usize,
    colors: Colors,
    /// `None` for a pattern with lookaround.
    regex: Option<Regex>,
}

const ENDS_IN_ESCAPE: &str =
    "found an escape character at the end of the pattern, expected a character after it";

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// A sentence that names the unsupported part of the pattern, or states that the budget is exceeded.
    pub fn new(
        pattern: &str,
        dialect: Dialect,
        options: PatternOptions,
        room: &Room,
    ) -> Result<Pattern, String> {
        let (node, reader) = match dialect {
            Dialect::Like(escape) => {
                let mut reader = Reader::new("", options);
                (like(pattern, escape, options, &mut reader)?, reader)
            }
            Dialect::Similar(escape) => {
                let mut reader = Reader::new(&similar::to_posix(pattern, escape)?, options);
                (reader.pattern()?, reader)
            }
            Dialect::Posix => {
                let mut reader = Reader::new(pattern, options);
                (reader.pattern()?, reader)
            }
        };
        let is_boundary = |node: &PatternNode| {
            use Assertion::{NoWordBoundary, WordBoundary, WordEnd, WordStart};
            matches!(
                node,
                PatternNode::Assert(WordStart | WordEnd | WordBoundary | NoWordBoundary)
            )
        };
        let colors = Colors::new(&reader.sets, node.any(&is_boundary))?;
        room.take(colors.size())?;
        let regex = program::regex(&node, &colors)
            .map(|regex| room.built(&regex, colors.of('\n')))
            .transpose()?;
        Ok(Pattern(Arc::new(Compiled {
            captures: reader.captures(),
            sets: reader.sets.len(),
            node,
            colors,
            regex,
        })))
    }

    /// For a `LIKE` pattern that ends in its escape character, the pattern up to that end: PostgreSQL reports the error only for a
    /// text that matches it. `None` for any other pattern.
    pub fn before_last(
        pattern: &str,
        dialect: Dialect,
        options: PatternOptions,
        room: &Room,
    ) -> Option<Pattern> {
        let Dialect::Like(Some(escape)) = dialect else {
            return None;
        };
        let start = pattern.strip_suffix(escape)?;
        Pattern::new(&format!("{start}_%"), dialect, options, room).ok()
    }

    /// Whether the pattern matches the text; `None` if that takes too long.
    pub fn is_match(&self, text: &str) -> Option<bool> {
        let Compiled {
            node,
            sets,
            colors,
            regex,
            ..
        } = self.0.as_ref();
        let colored = colors.text(text);
        match regex {
            Some(regex) => Some(regex.is_match(&colored)),
            None => Matcher::new(colors, *sets, &colored).is_match(node),
        }
    }

    /// `substring(text from pattern)`: the first group of the first match, or the whole match without a group; `Some(None)` if
    /// there is no match, `None` if it takes too long.
    pub fn extract(&self, text: &str) -> Option<Option<String>> {
        let found = self.matches(text, 0, true)?;
        let part = found.first().and_then(|captures| {
            let whole = captures.first().cloned().flatten();
            captures.get(1).cloned().unwrap_or(whole)
        });
        Some(part.map(|part| {
            let length = part.len();
            text.chars().skip(part.start).take(length).collect()
        }))
    }

    /// The matches from the character `from` on.
    fn matches(&self, text: &str, from: usize, only_first: bool) -> Option<Vec<spans::Captures>> {
        let Compiled {
            node,
            sets,
            captures,
            colors,
            regex,
        } = self.0.as_ref();
        let colored = colors.text(text);
        if let Some(regex) = regex
            && !regex.is_match(&colored)
        {
            return Some(Vec::new());
        }
        Matcher::new(colors, *sets, &colored).matches(node, *captures, from, only_first)
    }
}

/// A `LIKE` pattern.
fn like(
    pattern: &str,
    escape: Option<char>,
    options: PatternOptions,
    reader: &mut Reader,
) -> Result<PatternNode, String> {
    let any = reader.set(Set::any());
    let mut nodes = vec![PatternNode::Assert(Assertion::TextStart)];
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        let plain = match character {
            c if Some(c) == escape => characters.next().ok_or(ENDS_IN_ESCAPE)?,
            '%' => {
                nodes.push(PatternNode::any_number(PatternNode::Set(any)));
                continue;
            }
            '_' => {
                nodes.push(PatternNode::Set(any));
                continue;
            }
            plain => plain,
        };
        // `ILIKE` compares the lower case of both sides.
        let set = if options.ignore_case {
            Set::of(letters::lowered_to(letters::lower(plain)))
        } else {
            Set::one(plain)
        };
        nodes.push(PatternNode::Set(reader.set(set)));
    }
    nodes.push(PatternNode::Assert(Assertion::TextEnd));
    Ok(PatternNode::sequence(nodes))
}

fn not_supported(what: &str) -> String {
    format!("{what} in a regular expression is not supported")
}

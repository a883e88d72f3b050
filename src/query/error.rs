//! Errors in a query, with their place.

use std::fmt;
use std::ops::Range;

/// Byte range of a piece of the query text.
pub type Span = Range<usize>;

/// The kind of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryFault {
    /// The text is not an expression of the language.
    Syntax,
    /// A category, column, key path or function that does not exist.
    Name,
    /// An operator does not exist for the types on its two sides, or a literal does not fit its type.
    Type,
    /// A pattern that is not a regular expression or ends in its escape character. PostgreSQL reports that only when it matches
    /// a text.
    Pattern,
    /// PostgreSQL would answer, but this engine does not: sub-queries, rare functions and the like.
    NotSupported,
    /// Longer or deeper than the limits of [`super::parser`].
    Limit,
}

/// An error in a query, with its place.
///
/// [`fmt::Display`] writes the sentence with line and column, the line itself with a caret below the
/// place, and the hint if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// The kind of error.
    pub reason: QueryFault,
    /// Found and expected, in one sentence.
    pub message: String,
    /// The place in the text, in bytes.
    pub span: Span,
    /// What to do about it.
    pub hint: Option<String>,
    line_number: usize,
    column: usize,
    line: String,
    width: usize,
}

/// The longest part of the query in a message, in characters.
const SHOWN_CHARACTERS: usize = 100;

impl QueryError {
    /// An error at `span` of `text`.
    pub fn new(text: &str, span: Span, reason: QueryFault, message: impl Into<String>) -> Self {
        let start = floor_boundary(text, span.start);
        let end = floor_boundary(text, span.end).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let before = text[line_start..start].chars().count();
        let width = text[start..end.min(line_end)].chars().count().max(1);
        let skipped = before.saturating_sub(SHOWN_CHARACTERS / 2);
        let line: String = text[line_start..line_end]
            .trim_end_matches('\r')
            .chars()
            .skip(skipped)
            .take(SHOWN_CHARACTERS)
            .collect();
        QueryError {
            reason,
            message: message.into(),
            span: start..end,
            hint: None,
            line_number: text[..start].matches('\n').count() + 1,
            column: before + 1,
            width: width
                .min(SHOWN_CHARACTERS.saturating_sub(before - skipped))
                .max(1),
            line,
        }
    }

    /// The same error with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.line_number
    }

    /// The first character in its line, from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// The number of characters before the place in the displayed line.
    fn indent(&self) -> usize {
        (self.column - 1).min(SHOWN_CHARACTERS / 2)
    }
}

/// The nearest character boundary at or below `at`.
fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|&place| text.is_char_boundary(place))
        .unwrap_or(0)
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "query (line {}, column {}): {}",
            self.line_number, self.column, self.message
        )?;
        writeln!(f, "  {}", self.line.replace('\t', " "))?;
        write!(
            f,
            "  {}{}",
            " ".repeat(self.indent()),
            "^".repeat(self.width)
        )?;
        match &self.hint {
            Some(hint) => write!(f, "\nhint: {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for QueryError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_at_the_place_in_its_line() {
        let text = "true AND\nnope ? 'é'";
        let error = QueryError::new(text, 9..13, QueryFault::Name, "no category `nope`")
            .hint("say `tracks`");
        assert_eq!(
            error.to_string(),
            "query (line 2, column 1): no category `nope`\n  nope ? 'é'\n  ^^^^\nhint: say `tracks`"
        );
    }

    #[test]
    fn shows_a_window_of_a_very_long_line() {
        let text = format!("{}here", "x".repeat(3000));
        let error = QueryError::new(&text, 3000..3004, QueryFault::Syntax, "no");
        let shown = error.to_string();
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[1].find("here"), lines[2].find("^^^^"));
    }

    #[test]
    fn never_cuts_a_character() {
        let error = QueryError::new("é", 1..9, QueryFault::Syntax, "no");
        assert_eq!(error.span, 0..2);
    }
}

//! The encoding of a query for a TrackFind server, which inserts it into its own statement.
//!
//! The server changes it in three unexpected ways. It is inserted without brackets, so an `OR` would bypass the conditions of the
//! hub: it is sent as `( query⏎)`, with the line break for a trailing comment. Each `?` of the statement is doubled, which
//! the database driver reverts in operators but not in literals: literals with `?` are
//! sent in an equivalent form. And request headers are limited to 8 KiB: a longer query is sent in parts whose results are merged.
//!
//! Only the lexer reads the query, so unsupported constructs, such as sub-queries, are sent too. Only queries that the parser
//! understands are split.

mod aliases;
mod brackets;
mod split;

pub use aliases::{CategoryAlias, aliases, has_sub_query};
pub use split::{NotSplit, split};

use crate::query::error::{QueryError, QueryFault, Span};
use crate::query::lexer::{self, Lexeme, Token};

/// The prefix of the sent query.
const OPENING: &str = "( ";
/// The suffix of the sent query.
const CLOSING: &str = "\n)";

/// A query, or a part of one, and the text that is sent for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire {
    /// The original query.
    query: String,
    /// The pieces of it in this part, in order.
    kept: Vec<Span>,
    /// The sent text.
    text: String,
    /// The mapping of sent bytes to bytes of the part, in order.
    pieces: Vec<Piece>,
    is_rewritten: bool,
}

/// A range of sent bytes and its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    sent: Span,
    part: Span,
    /// Whether bytes correspond one to one; otherwise the ranges correspond as a whole.
    is_copy: bool,
}

impl Wire {
    /// Prepares a query for sending.
    ///
    /// # Errors
    /// An unclosed literal, comment or bracket, an unmatched closing bracket, a semicolon, or an empty query.
    pub fn new(query: &str) -> Result<Self, QueryError> {
        let lexemes = lexer::tokens(query)?;
        brackets::check(query, &lexemes)?;
        let whole = std::iter::once(0..query.len()).collect();
        Wire::of_lexemes(query, whole, query, &lexemes)
    }

    /// A part of a query, from some pieces of it.
    fn of_pieces(query: &str, kept: Vec<Span>) -> Result<Self, QueryError> {
        let part: String = kept.iter().map(|span| &query[span.clone()]).collect();
        let lexemes = lexer::tokens(&part)?;
        Wire::of_lexemes(query, kept, &part, &lexemes)
    }

    fn of_lexemes(
        query: &str,
        kept: Vec<Span>,
        part: &str,
        lexemes: &[Lexeme],
    ) -> Result<Self, QueryError> {
        let mut wire = Wire {
            query: query.to_owned(),
            kept,
            text: OPENING.to_owned(),
            pieces: Vec::new(),
            is_rewritten: false,
        };
        let mut end = 0;
        for (place, lexeme) in lexemes.iter().enumerate() {
            // Whitespace and comments. A question mark in a comment is harmless, but shifts the places of errors.
            let between = part[end..lexeme.span.start].replace('?', ".");
            wire.push(&between, end..lexeme.span.start, true);
            end = lexeme.span.end;
            let written = &part[lexeme.span.clone()];
            match &lexeme.token {
                Token::Text(text) if written.contains('?') => {
                    refuse_other_escapes(part, lexemes, place)?;
                    let spelled = respelled(text, &wire.text, written, lexemes.get(place + 1));
                    wire.push(&spelled, lexeme.span.clone(), false);
                    wire.is_rewritten = true;
                }
                _ => wire.push(written, lexeme.span.clone(), true),
            }
        }
        wire.text.push_str(CLOSING);
        Ok(wire)
    }

    fn push(&mut self, text: &str, part: Span, is_copy: bool) {
        let start = self.text.len();
        self.text.push_str(text);
        let sent = start..self.text.len();
        self.pieces.push(Piece {
            sent,
            part,
            is_copy,
        });
    }

    /// The sent text, with its brackets.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a literal differs from its original form.
    pub fn is_rewritten(&self) -> bool {
        self.is_rewritten
    }

    /// Maps an error of a server in the sent text to the original query.
    ///
    /// `place` is in bytes of [`Wire::text`]; `None` if the server does not give it.
    pub fn error(&self, place: Option<usize>, reason: QueryFault, message: &str) -> QueryError {
        let place = place.map_or(self.query.len(), |place| self.asked(place));
        let lexemes = lexer::tokens(&self.query).unwrap_or_default();
        let word = lexemes
            .into_iter()
            .map(|lexeme| lexeme.span)
            .find(|span| span.contains(&place));
        let span = word.unwrap_or(place..place);
        QueryError::new(&self.query, span, reason, message)
    }

    /// The origin of a sent byte in the original query; its end for the suffix.
    fn asked(&self, sent: usize) -> usize {
        let piece = self.pieces.iter().find(|piece| sent < piece.sent.end);
        let Some(piece) = piece else {
            return self.query.len();
        };
        let inside = sent.saturating_sub(piece.sent.start);
        let mut inside = piece.part.start + if piece.is_copy { inside } else { 0 };
        for span in &self.kept {
            if inside < span.len() {
                return span.start + inside;
            }
            inside -= span.len();
        }
        self.query.len()
    }
}

/// `U&'…' UESCAPE '…'` has an escape character other than the backslash, which the lexer ignores.
fn refuse_other_escapes(part: &str, lexemes: &[Lexeme], place: usize) -> Result<(), QueryError> {
    let names_escape =
        |lexeme: &Lexeme| matches!(&lexeme.token, Token::Word(word) if word == "uescape");
    let before = place.checked_sub(1).and_then(|place| lexemes.get(place));
    let after = lexemes.get(place + 1);
    if ![before, after].into_iter().flatten().any(names_escape) {
        return Ok(());
    }
    let message = "found a question mark in a literal with UESCAPE, expected the escape `\\003F` instead: a TrackFind server doubles question marks in literals";
    Err(QueryError::new(
        part,
        lexemes[place].span.clone(),
        QueryFault::NotSupported,
        message,
    ))
}

/// A literal of the same text without a question mark: `U&'…\003F…'`.
///
/// `before` is the text sent before it, `written` the original literal.
fn respelled(text: &str, before: &str, written: &str, next: Option<&Lexeme>) -> String {
    let mut spelled = String::with_capacity(text.len() + 16);
    // A word right before a quote stays a word before a quote, but not before a letter.
    let follows_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$' || !c.is_ascii();
    if before.ends_with(follows_word) {
        spelled.push(' ');
    }
    spelled.push_str("U&'");
    for character in text.chars() {
        match character {
            '?' => spelled.push_str("\\003F"),
            '\\' => spelled.push_str("\\\\"),
            '\'' => spelled.push_str("''"),
            other => spelled.push(other),
        }
    }
    spelled.push('\'');
    let is_before_text = next.is_some_and(|next| matches!(next.token, Token::Text(_)));
    if written.starts_with('$') && is_before_text {
        // A quoted literal can continue in the next quotes, a dollar-quoted one cannot.
        spelled.push_str("/**/");
    }
    spelled
}

#[cfg(test)]
mod tests;

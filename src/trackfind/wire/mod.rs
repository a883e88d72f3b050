//! A query as it travels to a TrackFind server, which pastes it into a statement of its own.
//!
//! Three things happen to it there that its author does not expect. It is pasted without brackets, so that an `OR` would
//! reach around the conditions that hold the hub together: it is sent as `( query⏎)`, the line break for a comment at its
//! end. Each `?` of the statement is doubled, which its database driver undoes in operators but not in literals: literals
//! that hold one are sent in another spelling of the same text. And the head of a request has room for 8 KiB: a query
//! that takes more is sent in parts whose answers together are the answer.
//!
//! Only the lexer looks at the query, so that what this engine does not know, such as a sub-query, travels too. Parts are
//! made only of what the parser understands.

mod aliases;
mod brackets;
mod split;

pub use aliases::{CategoryAlias, aliases, has_sub_query};
pub use split::{NotSplit, split};

use crate::query::error::{QueryError, QueryFault, Span};
use crate::query::lexer::{self, Lexeme, Token};

/// What stands before the query as it is sent.
const OPENING: &str = "( ";
/// What stands behind it.
const CLOSING: &str = "\n)";

/// A query, or a part of one, and the text that is sent for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire {
    /// The whole query as it was asked.
    query: String,
    /// The pieces of it that this part is made of, in their order.
    kept: Vec<Span>,
    /// What is sent.
    text: String,
    /// Which bytes of what is sent come from which of the part, in their order.
    pieces: Vec<Piece>,
    is_rewritten: bool,
}

/// Some bytes of what is sent and where they come from.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    sent: Span,
    part: Span,
    /// Whether each byte stands for the one at the same place; else all for all.
    is_copy: bool,
}

impl Wire {
    /// Makes a query ready to travel.
    ///
    /// # Errors
    /// A literal, comment or bracket that is not closed, a bracket that closes nothing, a semicolon, or no query at all:
    /// what would let the query out of the brackets that are put around it, or never be a query.
    pub fn new(query: &str) -> Result<Self, QueryError> {
        let lexemes = lexer::tokens(query)?;
        brackets::check(query, &lexemes)?;
        let whole = std::iter::once(0..query.len()).collect();
        Wire::of_lexemes(query, whole, query, &lexemes)
    }

    /// The part of a query that is made of some pieces of it.
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
            // Blanks and comments. A question mark in a comment says nothing, but moves the places of errors.
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

    /// What is sent, in its brackets.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a literal is spelled in another way than it was asked.
    pub fn is_rewritten(&self) -> bool {
        self.is_rewritten
    }

    /// An error that a server found at a place of what was sent, as one of the query that was asked.
    ///
    /// `place` is in bytes of [`Wire::text`]; `None` where the server does not say.
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

    /// Where in the query that was asked a byte of what is sent comes from; its end for what stands behind it.
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

/// `U&'…' UESCAPE '…'` names another escape character than the backslash, which the lexer does not look at.
fn refuse_other_escapes(part: &str, lexemes: &[Lexeme], place: usize) -> Result<(), QueryError> {
    let names_escape =
        |lexeme: &Lexeme| matches!(&lexeme.token, Token::Word(word) if word == "uescape");
    let before = place.checked_sub(1).and_then(|place| lexemes.get(place));
    let after = lexemes.get(place + 1);
    if ![before, after].into_iter().flatten().any(names_escape) {
        return Ok(());
    }
    let message = "found a question mark in a literal with UESCAPE, expected the escape `\\003F` in its place: a TrackFind server doubles question marks in literals";
    Err(QueryError::new(
        part,
        lexemes[place].span.clone(),
        QueryFault::NotSupported,
        message,
    ))
}

/// A literal of the same text without a question mark: `U&'…\003F…'`.
///
/// `before` is what is sent before it, `written` the literal as it was.
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
        // What is in quotes goes on in the next quotes, what is in dollar signs does not.
        spelled.push_str("/**/");
    }
    spelled
}

#[cfg(test)]
mod tests;

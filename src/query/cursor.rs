//! A place in the text of a query, and the steps that a reader of it takes.

use super::error::{QueryError, QueryFault};

/// A cursor in the text.
pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl Cursor<'_> {
    /// The rest of the text.
    pub(super) fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Peeks at the next character.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes the next character.
    pub(super) fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += character.len_utf8();
        Some(character)
    }

    /// Moves past `expected` if it comes next.
    pub(super) fn eat(&mut self, expected: &str) -> bool {
        let found = self.rest().starts_with(expected);
        if found {
            self.at += expected.len();
        }
        found
    }

    /// A syntax error from `start` to here.
    pub(super) fn error(&self, start: usize, message: impl Into<String>) -> QueryError {
        QueryError::new(self.text, start..self.at, QueryFault::Syntax, message)
    }

    /// Takes the characters that `accept` accepts.
    pub(super) fn take_while(&mut self, accept: impl Fn(char) -> bool) -> &str {
        let start = self.at;
        self.at += self
            .rest()
            .find(|c| !accept(c))
            .unwrap_or(self.rest().len());
        &self.text[start..self.at]
    }

    /// Skips whitespace, `-- …` and nested `/* … */`; returns whether a literal may continue after them: there was a line
    /// break and no `/* … */`.
    pub(super) fn skip_blanks_and_comments(&mut self) -> Result<bool, QueryError> {
        let (mut newline, mut block) = (false, false);
        loop {
            newline |= self
                .take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c'))
                .contains(['\n', '\r']);
            if self.eat("--") {
                self.take_while(|c| c != '\n' && c != '\r');
            } else if self.eat("/*") {
                let start = self.at - 2;
                block = true;
                let mut depth = 1;
                while depth > 0 {
                    if self.eat("*/") {
                        depth -= 1;
                    } else if self.eat("/*") {
                        depth += 1;
                    } else if self.next().is_none() {
                        return Err(QueryError::new(
                            self.text,
                            start..start + 2,
                            QueryFault::Syntax,
                            "found an unclosed comment, expected `*/`",
                        ));
                    }
                }
            } else {
                return Ok(newline && !block);
            }
        }
    }

    /// Reads up to the closing `quote`; a doubled one is an escape. `None` if it is unclosed.
    pub(super) fn doubled(&mut self, quote: char) -> Option<String> {
        self.next();
        let mut content = String::new();
        loop {
            match self.next()? {
                c if c == quote => {
                    if self.peek() != Some(quote) {
                        return Some(content);
                    }
                    self.next();
                    content.push(quote);
                }
                c => content.push(c),
            }
        }
    }
}

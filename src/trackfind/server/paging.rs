//! Clauses after the condition of a query, as in PostgreSQL: `ORDER BY tracks.id OFFSET 20`.

use std::iter::Peekable;
use std::vec::IntoIter;

use crate::query::lexer::{self, Lexeme, Token};
use crate::query::{QueryError, QueryFault};

/// The parts of a query text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Paged<'q> {
    pub condition: &'q str,
    /// The sort keys of the rows, most significant first.
    pub order: Vec<Key>,
    /// The number of rows skipped at the start.
    pub offset: usize,
    /// The limit of rows in the query itself.
    pub limit: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    /// The category, as a place in the list of names.
    pub category: usize,
    /// Whether the content of the object is compared instead of its id.
    pub by_content: bool,
    pub descending: bool,
}

/// Splits a query with a condition on the categories `names`; `columns` are their indices in the generated statement, which selects
/// content and id of each.
pub(super) fn split<'q>(
    text: &'q str,
    names: &[String],
    columns: &[usize],
) -> Result<Paged<'q>, QueryError> {
    let mut paged = Paged {
        condition: text,
        order: Vec::new(),
        offset: 0,
        limit: None,
    };
    // The parser of the condition reports errors in the text.
    let Ok(mut lexemes) = lexer::tokens(text) else {
        return Ok(paged);
    };
    let Some(start) = suffix(&lexemes) else {
        return Ok(paged);
    };
    paged.condition = &text[..lexemes[start].span.start];
    let mut reader = Reader {
        text,
        names,
        columns,
        rest: lexemes.split_off(start).into_iter().peekable(),
    };
    if reader.eat("order") {
        reader.expect("by")?;
        loop {
            paged.order.push(reader.key()?);
            if !reader.eat_mark(',') {
                break;
            }
        }
    }
    let (mut has_offset, mut has_limit) = (false, false);
    loop {
        if !has_offset && reader.eat("offset") {
            has_offset = true;
            paged.offset = reader.number()?;
            let _ = reader.eat("rows") || reader.eat("row");
        } else if !has_limit && reader.eat("limit") {
            has_limit = true;
            paged.limit = if reader.eat("all") {
                None
            } else {
                Some(reader.number()?)
            };
        } else {
            break;
        }
    }
    match reader.rest.peek() {
        None
        | Some(Lexeme {
            token: Token::End, ..
        }) => Ok(paged),
        Some(_) => Err(reader.unexpected("the end of the query")),
    }
}

/// Whether text appended to the query is effective, rather than part of a comment at its end.
pub(super) fn reads_on(text: &str) -> bool {
    lexer::tokens(&format!("{text} 1")).is_ok_and(|lexemes| {
        let last = lexemes.iter().rev().nth(1);
        last.is_some_and(|lexeme| lexeme.token == Token::Number("1".to_owned()))
    })
}

/// The end of the condition, outside of all brackets.
fn suffix(lexemes: &[Lexeme]) -> Option<usize> {
    let is_word = |at: usize, word: &str| {
        lexemes
            .get(at)
            .is_some_and(|lexeme| matches!(&lexeme.token, Token::Word(found) if found == word))
    };
    let mut depth = 0_usize;
    for (at, lexeme) in lexemes.iter().enumerate() {
        match lexeme.token {
            Token::Mark('(' | '[') => depth += 1,
            Token::Mark(')' | ']') => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ if is_word(at, "order") && is_word(at + 1, "by") => return Some(at),
            _ if is_word(at, "offset") || is_word(at, "limit") => return Some(at),
            _ => {}
        }
    }
    None
}

struct Reader<'q, 'n> {
    text: &'q str,
    names: &'n [String],
    columns: &'n [usize],
    rest: Peekable<IntoIter<Lexeme>>,
}

impl Reader<'_, '_> {
    fn eat_if(&mut self, is_wanted: impl Fn(&Token) -> bool) -> bool {
        self.rest
            .next_if(|lexeme| is_wanted(&lexeme.token))
            .is_some()
    }

    fn eat(&mut self, word: &str) -> bool {
        self.eat_if(|token| matches!(token, Token::Word(found) if found == word))
    }

    fn eat_mark(&mut self, mark: char) -> bool {
        self.eat_if(|token| *token == Token::Mark(mark))
    }

    fn expect(&mut self, word: &str) -> Result<(), QueryError> {
        if self.eat(word) {
            Ok(())
        } else {
            Err(self.unexpected(&word.to_uppercase()))
        }
    }

    fn unexpected(&mut self, expected: &str) -> QueryError {
        let span = self
            .rest
            .peek()
            .map_or(self.text.len()..self.text.len(), |lexeme| {
                lexeme.span.clone()
            });
        let found = match self.text.get(span.clone()) {
            None | Some("") => "the end of the query".to_owned(),
            Some(found) => format!("`{found}`"),
        };
        let message = format!("found {found}, expected {expected}");
        QueryError::new(self.text, span, QueryFault::Syntax, message)
    }

    /// The number of the current token, if it fits.
    fn number(&mut self) -> Result<usize, QueryError> {
        let number = match self.rest.peek() {
            Some(Lexeme {
                token: Token::Number(number),
                ..
            }) => number.parse().ok(),
            _ => None,
        };
        match number {
            Some(number) => {
                self.rest.next();
                Ok(number)
            }
            None => Err(self.unexpected("an integer")),
        }
    }

    /// `tracks.id`, `tracks.content` or the number of a column.
    fn key(&mut self) -> Result<Key, QueryError> {
        let expected = "a category and its id, such as tracks.id";
        let (category, by_content) = match self.rest.peek().map(|lexeme| lexeme.token.clone()) {
            Some(Token::Number(_)) => {
                let mut before = self.rest.clone();
                let column = self.number()?;
                let place = column
                    .checked_sub(1)
                    .and_then(|column| Some((*self.columns.get(column / 2)?, column % 2 == 0)));
                if place.is_none() {
                    std::mem::swap(&mut self.rest, &mut before);
                }
                place
            }
            Some(Token::Word(word)) => {
                let place = self.names.iter().position(|name| *name == word);
                match place {
                    None => None,
                    Some(place) => {
                        self.rest.next();
                        if !self.eat_mark('.') {
                            return Err(self.unexpected("`.id`"));
                        }
                        if self.eat("id") {
                            Some((place, false))
                        } else if self.eat("content") {
                            Some((place, true))
                        } else {
                            return Err(self.unexpected("`id`"));
                        }
                    }
                }
            }
            _ => None,
        }
        .ok_or_else(|| self.unexpected(expected))?;
        let descending = self.eat("desc");
        if !descending {
            self.eat("asc");
        }
        Ok(Key {
            category,
            by_content,
            descending,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<String> {
        ["tracks", "samples"].map(str::to_owned).to_vec()
    }

    fn key(category: usize, by_content: bool, descending: bool) -> Key {
        Key {
            category,
            by_content,
            descending,
        }
    }

    #[test]
    fn order_and_offset_are_taken_off_the_condition() {
        let text = "(true\n) order by tracks.id, samples.content DESC, 2 OFFSET 20";
        let paged = split(text, &names(), &[1, 0]).unwrap();
        assert_eq!(paged.condition, "(true\n) ");
        let order = [
            key(0, false, false),
            key(1, true, true),
            key(1, false, false),
        ];
        assert_eq!((paged.order, paged.offset), (order.to_vec(), 20));
        let text = "tracks.content->>'order' ? 'offset 5'";
        assert_eq!(split(text, &names(), &[0, 1]).unwrap().condition, text);
    }

    #[test]
    fn what_is_no_order_is_told_with_its_place() {
        for (text, place) in [
            ("true ORDER BY nosuch.id", "nosuch"),
            ("true ORDER BY tracks.content->>'k'", "->>"),
            ("true OFFSET x", "x"),
            ("true OFFSET 1 OFFSET 2", "OFFSET"),
            ("true ORDER BY 9", "9"),
            ("true ORDER BY tracks", ""),
        ] {
            let error = split(text, &names(), &[0, 1]).unwrap_err();
            assert_eq!(&text[error.span], place, "{text}");
        }
    }

    #[test]
    fn a_comment_hides_what_follows_it() {
        assert!(reads_on("true"));
        assert!(!reads_on("true -- all"));
        assert!(reads_on("true -- all\n"));
    }
}

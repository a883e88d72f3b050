//! Checks that brackets match, so that a query cannot escape from the brackets around it.

use crate::query::error::{QueryError, QueryFault};
use crate::query::lexer::{Lexeme, Token};

/// Rejects a query that is not valid inside brackets.
pub(super) fn check(query: &str, lexemes: &[Lexeme]) -> Result<(), QueryError> {
    let error = |lexeme: &Lexeme, message: String| {
        QueryError::new(query, lexeme.span.clone(), QueryFault::Syntax, message)
    };
    let mut open: Vec<(char, &Lexeme)> = Vec::new();
    for lexeme in lexemes {
        match lexeme.token {
            Token::Mark('(') => open.push((')', lexeme)),
            Token::Mark('[') => open.push((']', lexeme)),
            Token::Mark(mark @ (')' | ']')) => match open.pop() {
                Some((expected, _)) if expected == mark => {}
                Some((expected, _)) => {
                    return Err(error(
                        lexeme,
                        format!("found `{mark}`, expected `{expected}`"),
                    ));
                }
                None => {
                    let message = format!("found `{mark}` without an opening bracket");
                    return Err(error(lexeme, message));
                }
            },
            Token::Mark(';') => {
                let message = "found `;`, expected one condition".to_owned();
                return Err(
                    error(lexeme, message).hint("a query is one expression; remove the semicolon")
                );
            }
            _ => {}
        }
    }
    if let Some((expected, lexeme)) = open.pop() {
        let message = format!("found an unclosed bracket, expected `{expected}`");
        return Err(error(lexeme, message));
    }
    match lexemes {
        [] | [_] => Err(QueryError::new(
            query,
            0..query.len(),
            QueryFault::Syntax,
            "the query is empty, expected a condition such as tracks.content->'assembly_name' ? 'hg38'",
        )),
        _ => Ok(()),
    }
}

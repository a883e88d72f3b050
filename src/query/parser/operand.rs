//! What stands between operators: literals, names, brackets, lists.

use super::{Binding, Parser};
use crate::query::error::{QueryError, Reason};
use crate::query::lexer::Token;
use crate::query::syntax::{Expression, Kind};

/// Words that cannot be a category's name unless they stand in double quotes.
const RESERVED: &[&str] = &[
    "all",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "between",
    "both",
    "case",
    "cast",
    "collate",
    "desc",
    "distinct",
    "else",
    "end",
    "except",
    "false",
    "fetch",
    "for",
    "from",
    "group",
    "having",
    "ilike",
    "in",
    "intersect",
    "is",
    "isnull",
    "leading",
    "like",
    "limit",
    "not",
    "notnull",
    "null",
    "offset",
    "on",
    "or",
    "order",
    "select",
    "similar",
    "some",
    "symmetric",
    "table",
    "then",
    "trailing",
    "true",
    "union",
    "when",
    "where",
    "window",
    "with",
];

impl Parser<'_> {
    /// A literal, a name, a bracketed expression, or a prefix operator with its operand.
    pub(super) fn operand(&mut self) -> Result<Expression, QueryError> {
        let span = self.span();
        let kind = match self.token().clone() {
            Token::Text(text) => Kind::Text(text),
            Token::Number(number) => Kind::Number(number),
            Token::Mark('(') => return self.bracketed(),
            Token::QuotedName(_) => return self.name(),
            Token::Operator(sign) if sign == "-" || sign == "+" => {
                self.advance();
                let Token::Number(number) = self.token().clone() else {
                    return Err(self.not_supported("arithmetic is"));
                };
                let end = self.span().end;
                self.advance();
                let signed = if sign == "-" {
                    format!("-{number}")
                } else {
                    number
                };
                return self.build(Kind::Number(signed), span.start..end);
            }
            Token::Word(word) => match word.as_str() {
                "true" | "false" => Kind::Boolean(word == "true"),
                "null" => Kind::Null,
                "not" => {
                    self.advance();
                    let value = self.expression(Binding::Not)?;
                    let span = span.start..value.span.end;
                    return self.build(Kind::Not(Box::new(value)), span);
                }
                "array" => return self.array(),
                "case" => return Err(self.not_supported("CASE is")),
                "cast" => return Err(self.not_supported("casts are")),
                "exists" | "select" => return Err(self.not_supported("sub-queries are")),
                word if RESERVED.contains(&word) => {
                    return Err(self.unexpected("a category or a value"));
                }
                _ => return self.name(),
            },
            _ => return Err(self.unexpected("a category or a value")),
        };
        self.advance();
        self.build(kind, span)
    }

    fn bracketed(&mut self) -> Result<Expression, QueryError> {
        self.advance();
        if self.is_word(0, "select") {
            return Err(self.not_supported("sub-queries are"));
        }
        let inner = self.expression(Binding::Or)?;
        if *self.token() == Token::Mark(',') {
            return Err(self.not_supported("rows are"));
        }
        self.expect_mark(')')?;
        Ok(inner)
    }

    fn array(&mut self) -> Result<Expression, QueryError> {
        let start = self.span().start;
        self.advance();
        if *self.token() == Token::Mark('(') {
            return Err(self.not_supported("sub-queries are"));
        }
        self.expect_mark('[')?;
        let items = if self.eat_mark(']') {
            Vec::new()
        } else {
            self.list(']')?
        };
        let end = self.lexemes[self.at - 1].span.end;
        self.build(Kind::Array(items), start..end)
    }

    fn name(&mut self) -> Result<Expression, QueryError> {
        let start = self.span().start;
        let mut names = Vec::new();
        loop {
            match self.token().clone() {
                Token::Word(name) | Token::QuotedName(name) => names.push(name),
                _ => return Err(self.unexpected("a name")),
            }
            self.advance();
            if !self.eat_mark('.') {
                break;
            }
        }
        let end = self.lexemes[self.at - 1].span.end;
        if *self.token() == Token::Mark('(') {
            let message = format!(
                "the function `{}` is not supported offline",
                names.join(".")
            );
            return Err(self.error(start..end, Reason::NotSupported, message));
        }
        self.build(Kind::Name(names), start..end)
    }
}

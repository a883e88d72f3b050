//! Operands: literals, names, parentheses, lists.

use super::{Binding, Parser};
use crate::query::error::{QueryError, QueryFault};
use crate::query::lexer::Token;
use crate::query::syntax::{Expression, ExpressionKind, TypeName};
use crate::query::types::Scalar;

/// Reserved words, which need double quotes as the name of a category.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "all", "and", "any", "array", "as", "asc", "between", "both", "case", "cast", "collate", "desc", "distinct",
    "else", "end", "except", "false", "fetch", "for", "from", "group", "having", "ilike", "in", "intersect", "is",
    "isnull", "leading", "like", "limit", "not", "notnull", "null", "offset", "on", "or", "order", "select", "similar",
    "some", "symmetric", "table", "then", "trailing", "true", "union", "when", "where", "window", "with",
];

impl Parser<'_> {
    /// A literal, a name, a parenthesized expression, or a prefix operator with its operand.
    pub(super) fn operand(&mut self) -> Result<Expression, QueryError> {
        let span = self.span();
        let kind = match self.token().clone() {
            Token::Text(text) => ExpressionKind::Text(text),
            Token::Number(number) => ExpressionKind::Number(number),
            Token::Mark('(') => return self.bracketed(),
            Token::QuotedName(_) => return self.name(),
            Token::Operator(sign) if sign == "-" || sign == "+" => return self.signed(&sign),
            Token::Word(word) => match word.as_str() {
                "true" | "false" => ExpressionKind::Boolean(word == "true"),
                "null" => ExpressionKind::Null,
                "not" => {
                    self.advance();
                    let value = self.expression(Binding::Not)?;
                    let span = span.start..value.span.end;
                    return self.build(ExpressionKind::Not(Box::new(value)), span);
                }
                "array" => return self.array(),
                "case" => return Err(self.not_supported("CASE is")),
                "cast" => return self.cast(),
                "exists" | "select" => return Err(self.not_supported("sub-queries are")),
                word if RESERVED.contains(&word) => {
                    return Err(self.unexpected("a category or a value"));
                }
                _ => return self.name(),
            },
            Token::Operator(sign)
                if !["=", "<", ">", "<=", ">=", "<>", "*", "/", "%", "^"]
                    .contains(&sign.as_str())
                    && *self.token_after() != Token::End =>
            {
                let message = format!("found the operator `{sign}` without a left side");
                return Err(self.error(span, QueryFault::Type, message));
            }
            _ => return Err(self.unexpected("a category or a value")),
        };
        self.advance();
        self.build(kind, span)
    }

    /// A sign and its number. A cast after the number binds tighter, so the sign applies only if the cast gives a number.
    fn signed(&mut self, sign: &str) -> Result<Expression, QueryError> {
        let start = self.span().start;
        self.advance();
        let operand = self.expression(Binding::Postfix)?;
        let span = start..operand.span.end;
        let with_sign = |number: &str| {
            ExpressionKind::Number(if sign == "-" {
                format!("-{number}")
            } else {
                number.to_owned()
            })
        };
        let kind = match operand.kind {
            ExpressionKind::Number(number) if !number.starts_with('-') => with_sign(&number),
            ExpressionKind::Cast { value, target } => {
                match (&value.kind, Scalar::named(&target.name)) {
                    (ExpressionKind::Number(number), Some(scalar))
                        if scalar.is_number() && !target.is_list =>
                    {
                        let value = Box::new(self.build(with_sign(number), value.span.clone())?);
                        ExpressionKind::Cast { value, target }
                    }
                    _ => return Err(self.not_supported("arithmetic is")),
                }
            }
            _ => return Err(self.not_supported("arithmetic is")),
        };
        self.build(kind, span)
    }

    fn bracketed(&mut self) -> Result<Expression, QueryError> {
        let start = self.span().start;
        self.advance();
        self.refuse_sub_query()?;
        let mut inner = self.expression(Binding::Or)?;
        if *self.token() == Token::Mark(',') {
            return Err(self.not_supported("rows are"));
        }
        self.expect_mark(')')?;
        inner.span = start..self.last_end();
        Ok(inner)
    }

    fn array(&mut self) -> Result<Expression, QueryError> {
        let start = self.span().start;
        self.advance();
        if *self.token() == Token::Mark('(') {
            return Err(self.not_supported("sub-queries are"));
        }
        self.expect_mark('[')?;
        if *self.token() == Token::Mark('[') {
            return Err(self.not_supported("nested lists are"));
        }
        let items = if self.eat_mark(']') {
            Vec::new()
        } else {
            self.list(']')?
        };
        self.build(ExpressionKind::Array(items), start..self.last_end())
    }

    /// `CAST(value AS type)`
    fn cast(&mut self) -> Result<Expression, QueryError> {
        let start = self.span().start;
        self.advance();
        self.expect_mark('(')?;
        let value = Box::new(self.expression(Binding::Or)?);
        if !self.eat_word("as") {
            return Err(self.unexpected("AS and a type"));
        }
        let target = self.type_name()?;
        self.expect_mark(')')?;
        self.build(
            ExpressionKind::Cast { value, target },
            start..self.last_end(),
        )
    }

    /// The name of a type, such as `numeric`, `double precision` or `text[]`.
    pub(super) fn type_name(&mut self) -> Result<TypeName, QueryError> {
        let start = self.span().start;
        let Token::Word(mut name) = self.token().clone() else {
            return Err(self.unexpected("a type such as numeric or text"));
        };
        self.advance();
        for (first, second) in [("double", "precision"), ("character", "varying")] {
            if name == first && self.eat_word(second) {
                name = format!("{first} {second}");
            }
        }
        if *self.token() == Token::Mark('(') {
            return Err(self.not_supported("types with a length are"));
        }
        let is_list = self.eat_mark('[');
        if is_list {
            self.expect_mark(']')?;
        }
        let span = start..self.last_end();
        if Scalar::named(&name).is_none() {
            let message = format!("the type `{name}` is not supported");
            return Err(self
                .error(span, QueryFault::NotSupported, message)
                .hint("supported types: numeric, int, float8, text, boolean, jsonb"));
        }
        Ok(TypeName {
            name,
            is_list,
            span,
        })
    }

    /// A name, a function call, or a literal after its type (`numeric '1.5'`).
    fn name(&mut self) -> Result<Expression, QueryError> {
        let start = self.span().start;
        if let (Token::Word(word), Token::Text(text)) = (self.token(), self.token_after()) {
            if Scalar::named(word).is_none() {
                return Err(self.not_supported("this type is"));
            }
            let text = ExpressionKind::Text(text.clone());
            let target = self.type_name()?;
            let value = Box::new(self.build(text, self.span())?);
            self.advance();
            return self.build(
                ExpressionKind::Cast { value, target },
                start..self.last_end(),
            );
        }
        let mut names = Vec::new();
        loop {
            match self.token().clone() {
                Token::Word(name) | Token::QuotedName(name) => names.push(name),
                Token::Operator(star) if star == "*" => return Err(self.not_supported("`*` is")),
                _ => return Err(self.unexpected("a name")),
            }
            self.advance();
            if !self.eat_mark('.') {
                break;
            }
        }
        let end = self.last_end();
        if *self.token() == Token::Mark('(') {
            return self.call(names.join("."), start);
        }
        self.build(ExpressionKind::Name(names), start..end)
    }
}

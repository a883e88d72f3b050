//! Tokens → expression, by precedence climbing over PostgreSQL's operator table (manual section 4.1.6).

use super::error::{QueryError, QueryFault, Span};
use super::lexer::{self, Lexeme, Token};
use super::syntax::{Expression, ExpressionKind};

mod call;
mod operand;
mod predicate;

/// The longest query, in bytes.
pub const LONGEST_TEXT: usize = 64 * 1024;
/// The deepest nesting of parentheses and chains of operators.
pub const DEEPEST_NESTING: usize = 200;

/// The precedence of an operator, loosest first, as in PostgreSQL's grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    Not,
    Is,
    Comparison,
    Like,
    Operator,
    Sum,
    Product,
    Power,
    /// Keywords of PostgreSQL that this language does not support.
    Unknown,
    Postfix,
}

/// Parses a query.
///
/// # Errors
/// The first syntax error, or an exceeded limit.
pub fn parse(text: &str) -> Result<Expression, QueryError> {
    if text.len() > LONGEST_TEXT {
        let message = format!(
            "the query has {} bytes, expected at most {LONGEST_TEXT}",
            text.len()
        );
        return Err(QueryError::new(
            text,
            LONGEST_TEXT..LONGEST_TEXT,
            QueryFault::Limit,
            message,
        ));
    }
    let lexemes = lexer::tokens(text)?;
    let mut parser = Parser {
        text,
        lexemes,
        at: 0,
        nesting: 0,
    };
    let expression = parser.expression(Binding::Or)?;
    match parser.token() {
        Token::End => Ok(expression),
        _ => Err(parser.unexpected("an operator, AND, OR or the end of the query")),
    }
}

struct Parser<'t> {
    text: &'t str,
    lexemes: Vec<Lexeme>,
    at: usize,
    nesting: usize,
}

impl Parser<'_> {
    fn token(&self) -> &Token {
        &self.lexemes[self.at].token
    }

    fn token_after(&self) -> &Token {
        &self.lexemes[(self.at + 1).min(self.lexemes.len() - 1)].token
    }

    fn span(&self) -> Span {
        self.lexemes[self.at].span.clone()
    }

    fn advance(&mut self) {
        // The last lexeme is `End`.
        self.at = (self.at + 1).min(self.lexemes.len() - 1);
    }

    fn is_word(&self, offset: usize, word: &str) -> bool {
        self.lexemes
            .get(self.at + offset)
            .is_some_and(|l| matches!(&l.token, Token::Word(found) if found == word))
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.is_word(0, word);
        if found {
            self.advance();
        }
        found
    }

    fn eat_mark(&mut self, mark: char) -> bool {
        let found = *self.token() == Token::Mark(mark);
        if found {
            self.advance();
        }
        found
    }

    fn expect_mark(&mut self, mark: char) -> Result<(), QueryError> {
        if self.eat_mark(mark) {
            Ok(())
        } else {
            Err(self.unexpected(&format!("`{mark}`")))
        }
    }

    fn error(&self, span: Span, reason: QueryFault, message: impl Into<String>) -> QueryError {
        QueryError::new(self.text, span, reason, message)
    }

    fn not_supported(&self, what: &str) -> QueryError {
        self.error(
            self.span(),
            QueryFault::NotSupported,
            format!("{what} not supported"),
        )
    }

    fn unexpected(&self, expected: &str) -> QueryError {
        let span = self.span();
        let found = match self.token() {
            Token::End => "the end of the query".to_owned(),
            _ => format!("`{}`", &self.text[span.clone()]),
        };
        let error = self.error(
            span,
            QueryFault::Syntax,
            format!("found {found}, expected {expected}"),
        );
        match self.token() {
            Token::Mark(';') => error.hint("a query is one expression; remove the semicolon"),
            Token::Text(_) => error.hint("write a quote inside a value twice: 'Crohn''s disease'"),
            _ => error,
        }
    }

    /// Builds an expression, refusing one that is nested too deeply.
    fn build(&self, kind: ExpressionKind, span: Span) -> Result<Expression, QueryError> {
        let expression = Expression::new(kind, span);
        if expression.depth > DEEPEST_NESTING {
            Err(self.too_deep(expression.span))
        } else {
            Ok(expression)
        }
    }

    fn too_deep(&self, span: Span) -> QueryError {
        self.error(
            span,
            QueryFault::Limit,
            format!("the query is nested more than {DEEPEST_NESTING} levels deep"),
        )
    }

    /// An expression whose operators all bind at least as tightly as `loosest`.
    fn expression(&mut self, loosest: Binding) -> Result<Expression, QueryError> {
        self.nesting += 1;
        if self.nesting > DEEPEST_NESTING {
            return Err(self.too_deep(self.span()));
        }
        let mut left = self.operand()?;
        let mut previous = None;
        while let Some(binding) = self.binding() {
            if binding < loosest {
                break;
            }
            if previous == Some(binding) {
                return Err(self
                    .unexpected("AND or OR")
                    .hint("comparisons do not chain; put parentheses around one of them"));
            }
            let (expression, closed) = self.extend(left, binding)?;
            left = expression;
            let chains =
                closed || !matches!(binding, Binding::Comparison | Binding::Like | Binding::Is);
            previous = if chains { None } else { Some(binding) };
        }
        self.nesting -= 1;
        Ok(left)
    }

    /// The precedence of the operator at the cursor; `None` if there is none.
    fn binding(&self) -> Option<Binding> {
        Some(match self.token() {
            Token::Word(word) => match word.as_str() {
                "or" => Binding::Or,
                "and" => Binding::And,
                "is" | "isnull" | "notnull" => Binding::Is,
                "like" | "ilike" | "in" | "between" => Binding::Like,
                // `substring(a SIMILAR b ESCAPE c)` has no TO.
                "similar" if self.is_word(1, "to") => Binding::Like,
                "collate" | "at" | "overlaps" | "operator" => Binding::Unknown,
                "not"
                    if ["like", "ilike", "in", "between", "similar"]
                        .iter()
                        .any(|word| self.is_word(1, word)) =>
                {
                    Binding::Like
                }
                _ => return None,
            },
            Token::Operator(sign) => match sign.as_str() {
                "=" | "<>" | "<" | ">" | "<=" | ">=" => Binding::Comparison,
                "+" | "-" => Binding::Sum,
                "*" | "/" | "%" => Binding::Product,
                "^" => Binding::Power,
                _ => Binding::Operator,
            },
            Token::Cast | Token::Mark('[') => Binding::Postfix,
            _ => return None,
        })
    }

    /// `left` and the operator at the cursor with its right side; returns whether the result ends in a word or bracket, so that an
    /// operator of the same kind may follow.
    fn extend(
        &mut self,
        left: Expression,
        binding: Binding,
    ) -> Result<(Expression, bool), QueryError> {
        match binding {
            Binding::Or => self
                .chain(left, "or", Binding::And, ExpressionKind::Or)
                .map(|e| (e, true)),
            Binding::And => self
                .chain(left, "and", Binding::Not, ExpressionKind::And)
                .map(|e| (e, true)),
            Binding::Is => self.is_test(left),
            Binding::Like => self.like_or_in(left),
            Binding::Postfix if *self.token() == Token::Cast => {
                self.advance();
                let target = self.type_name()?;
                let span = left.span.start..target.span.end;
                let value = Box::new(left);
                self.build(ExpressionKind::Cast { value, target }, span)
                    .map(|e| (e, true))
            }
            Binding::Postfix => Err(self.not_supported("subscripts are")),
            Binding::Unknown => Err(self.not_supported("this word is")),
            Binding::Sum | Binding::Product | Binding::Power => {
                Err(self.not_supported("arithmetic is"))
            }
            Binding::Comparison | Binding::Operator | Binding::Not => self.operator(left, binding),
        }
    }

    /// An operator with two sides, or a comparison with the elements of a list.
    fn operator(
        &mut self,
        left: Expression,
        binding: Binding,
    ) -> Result<(Expression, bool), QueryError> {
        let at = self.span();
        let Token::Operator(sign) = self.token().clone() else {
            return Err(self.unexpected("an operator"));
        };
        self.advance();
        if ["any", "all", "some"]
            .iter()
            .any(|word| self.is_word(0, word))
        {
            let all = self.is_word(0, "all");
            self.advance();
            self.expect_mark('(')?;
            self.refuse_sub_query()?;
            let list = self.expression(Binding::Or)?;
            self.expect_mark(')')?;
            let span = left.span.start..self.last_end();
            let kind = ExpressionKind::Quantified {
                sign,
                at,
                sides: Box::new([left, list]),
                all,
            };
            return Ok((self.build(kind, span)?, true));
        }
        let tighter = if binding == Binding::Comparison {
            Binding::Like
        } else {
            Binding::Sum
        };
        let right = self.expression(tighter)?;
        let span = left.span.start..right.span.end;
        let kind = ExpressionKind::Operator {
            sign,
            at,
            sides: Box::new([left, right]),
        };
        Ok((self.build(kind, span)?, false))
    }

    /// The end of the token before this one.
    fn last_end(&self) -> usize {
        self.lexemes[self.at.saturating_sub(1)].span.end
    }

    fn refuse_sub_query(&self) -> Result<(), QueryError> {
        if ["select", "with", "values"]
            .iter()
            .any(|word| self.is_word(0, word))
        {
            return Err(self.not_supported("sub-queries are"));
        }
        Ok(())
    }

    /// `left AND b AND c …` as one expression, so that long lists are flat.
    fn chain(
        &mut self,
        left: Expression,
        word: &str,
        tighter: Binding,
        kind: fn(Vec<Expression>) -> ExpressionKind,
    ) -> Result<Expression, QueryError> {
        let mut terms = vec![left];
        while self.eat_word(word) {
            terms.push(self.expression(tighter)?);
        }
        let span = terms[0].span.start..terms[terms.len() - 1].span.end;
        self.build(kind(terms), span)
    }

    /// One or more expressions separated by commas, up to and with `close`.
    fn list(&mut self, close: char) -> Result<Vec<Expression>, QueryError> {
        let mut items = vec![self.expression(Binding::Or)?];
        while self.eat_mark(',') {
            items.push(self.expression(Binding::Or)?);
        }
        if !self.eat_mark(close) {
            return Err(self.unexpected(&format!("`,` or `{close}`")));
        }
        Ok(items)
    }
}

//! Predicates in words: `IS …`, `IN`, `BETWEEN`, `LIKE` and similar.

use super::{Binding, Parser};
use crate::query::error::QueryError;
use crate::query::syntax::{Expression, ExpressionKind, LikeOperator, Test};

impl Parser<'_> {
    /// The rest of an `IS` predicate; returns whether the result is closed.
    pub(super) fn is_test(&mut self, left: Expression) -> Result<(Expression, bool), QueryError> {
        let start = left.span.start;
        let value = Box::new(left);
        let (test, negated) = if self.eat_word("isnull") {
            (Test::Null, false)
        } else if self.eat_word("notnull") {
            (Test::Null, true)
        } else {
            self.advance();
            let negated = self.eat_word("not");
            if self.eat_word("distinct") {
                if !self.eat_word("from") {
                    return Err(self.unexpected("FROM"));
                }
                let right = self.expression(Binding::Comparison)?;
                let span = start..right.span.end;
                let kind = ExpressionKind::Distinct {
                    sides: Box::new([*value, right]),
                    negated,
                };
                return Ok((self.build(kind, span)?, false));
            }
            let words = [
                ("null", Test::Null),
                ("true", Test::True),
                ("false", Test::False),
                ("unknown", Test::Unknown),
            ];
            match words.into_iter().find(|(word, _)| self.is_word(0, word)) {
                Some((_, test)) => {
                    self.advance();
                    (test, negated)
                }
                None if [
                    "json",
                    "document",
                    "of",
                    "nfc",
                    "nfd",
                    "nfkc",
                    "nfkd",
                    "normalized",
                ]
                .iter()
                .any(|word| self.is_word(0, word)) =>
                {
                    return Err(self.not_supported("this test is"));
                }
                None => return Err(self.unexpected("NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM")),
            }
        };
        let kind = ExpressionKind::Is {
            value,
            test,
            negated,
        };
        Ok((self.build(kind, start..self.last_end())?, true))
    }

    pub(super) fn like_or_in(
        &mut self,
        left: Expression,
    ) -> Result<(Expression, bool), QueryError> {
        let start = left.span.start;
        let negated = self.eat_word("not");
        if self.eat_word("in") {
            self.expect_mark('(')?;
            self.refuse_sub_query()?;
            let list = self.list(')')?;
            let kind = ExpressionKind::In {
                value: Box::new(left),
                list,
                negated,
            };
            return Ok((self.build(kind, start..self.last_end())?, true));
        }
        if self.eat_word("between") {
            return self.between(left, negated).map(|e| (e, false));
        }
        let operator = if self.eat_word("similar") {
            if !self.is_word(0, "to") {
                return Err(self.unexpected("TO"));
            }
            LikeOperator::SimilarTo
        } else if self.is_word(0, "ilike") {
            LikeOperator::ILike
        } else {
            LikeOperator::Like
        };
        self.advance();
        if ["any", "all", "some"]
            .iter()
            .any(|word| self.is_word(0, word))
        {
            return Err(self.not_supported("LIKE with ANY or ALL is"));
        }
        let pattern = self.expression(Binding::Operator)?;
        let escape = if self.eat_word("escape") {
            Some(Box::new(self.expression(Binding::Operator)?))
        } else {
            None
        };
        let span = start..self.last_end();
        let kind = ExpressionKind::Like {
            sides: Box::new([left, pattern]),
            operator,
            escape,
            negated,
        };
        Ok((self.build(kind, span)?, false))
    }

    fn between(&mut self, left: Expression, negated: bool) -> Result<Expression, QueryError> {
        let symmetric = self.eat_word("symmetric");
        if !symmetric {
            self.eat_word("asymmetric");
        }
        // The first bound ends at AND, so it may contain only operators.
        if self.is_word(0, "not") {
            return Err(self.unexpected("a value"));
        }
        let low = self.expression(Binding::Operator)?;
        if !self.eat_word("and") {
            return Err(self.unexpected("AND and the second bound"));
        }
        let high = self.expression(Binding::Operator)?;
        let span = left.span.start..high.span.end;
        let kind = ExpressionKind::Between {
            parts: Box::new([left, low, high]),
            symmetric,
            negated,
        };
        self.build(kind, span)
    }
}

//! Patterns: `LIKE` and similar, regular expressions, and the predicates `IN` and `BETWEEN`.

use std::collections::HashSet;

use super::{BadPatterns, Resolver, Type, Typed};
use crate::query::error::{QueryError, QueryFault, Span};
use crate::query::pattern::{BACKSLASH, Dialect, Pattern, PatternOptions};
use crate::query::plan::{Comparison, Plan};
use crate::query::syntax::{Expression, LikeOperator};
use crate::query::types::Scalar;
use crate::query::value::Value;

impl Resolver<'_> {
    /// `text LIKE pattern ESCAPE escape`
    pub(super) fn like(
        &self,
        sides: &[Expression; 2],
        operator: LikeOperator,
        escape: Option<&Expression>,
        at: &Span,
    ) -> Result<Plan, QueryError> {
        let escape = match escape {
            None => BACKSLASH,
            Some(expression) => match self.escape(expression)? {
                Some(escape) => escape,
                None => return Ok(Plan::Null),
            },
        };
        let (dialect, sign) = match operator {
            LikeOperator::Like => (Dialect::Like(escape), "LIKE"),
            LikeOperator::ILike => (Dialect::Like(escape), "ILIKE"),
            LikeOperator::SimilarTo => (Dialect::Similar(escape), "SIMILAR TO"),
        };
        let ignore_case = operator == LikeOperator::ILike;
        self.matching(self.pair(sides)?, sign, at, dialect, ignore_case)
    }

    /// The escape character, `Some(None)` for none; `None` for `ESCAPE NULL`.
    fn escape(&self, expression: &Expression) -> Result<Option<Option<char>>, QueryError> {
        self.escape_of(&self.typed(expression)?)
    }

    /// The same for a value of known type.
    pub(super) fn escape_of(&self, typed: &Typed) -> Result<Option<Option<char>>, QueryError> {
        match &typed.plan {
            Plan::Null => Ok(None),
            Plan::Constant(Value::Text(text)) if text.chars().count() <= 1 => {
                Ok(Some(text.chars().next()))
            }
            Plan::Constant(Value::Text(_)) => Err(self.error(
                &typed.span,
                QueryFault::Pattern,
                "found several characters, expected one escape character or ''",
            )),
            _ => Err(self.not_supported(&typed.span, "an escape that is not a literal is")),
        }
    }

    /// `text LIKE pattern`, `text ~ pattern` and similar.
    pub(super) fn matching(
        &self,
        [text, source]: [Typed; 2],
        sign: &str,
        at: &Span,
        dialect: Dialect,
        ignore_case: bool,
    ) -> Result<Plan, QueryError> {
        let is_text = |typed: &Typed| matches!(typed.kind, Type::One(Scalar::Text) | Type::Unknown);
        if !is_text(&text) || !is_text(&source) {
            let error = self.misfit(&text, &source, sign, at);
            return Err(match text.kind {
                Type::One(Scalar::Jsonb) => {
                    error.hint("use ->> before the last name to get its text")
                }
                _ => error,
            });
        }
        let options = PatternOptions::of_case(ignore_case);
        let then = |value, pattern, at| Plan::Match { value, pattern, at };
        if matches!(dialect, Dialect::Like(_)) {
            return self.with_pattern(text.plan, &source, dialect, options, then);
        }
        // PostgreSQL compiles the regular expression of an operator before it reads any row.
        let before_rows = Resolver {
            bad_patterns: BadPatterns::Refused,
            ..*self
        };
        before_rows.with_pattern(text.plan, &source, dialect, options, then)
    }

    /// The result of `then` for a value and a literal pattern; NULL if the pattern is NULL.
    pub(super) fn with_pattern(
        &self,
        value: Plan,
        source: &Typed,
        dialect: Dialect,
        options: PatternOptions,
        then: impl FnOnce(Box<Plan>, Pattern, Span) -> Plan,
    ) -> Result<Plan, QueryError> {
        let Some(pattern) = self.literal(source, "a pattern that is not a literal is")? else {
            return Ok(Plan::Null);
        };
        let at = source.span.clone();
        match Pattern::new(&pattern, dialect, options, self.room) {
            Ok(pattern) => Ok(then(Box::new(value), pattern, at)),
            Err(message) => {
                let error = self.bad_pattern(source, message);
                let is_found_later = self.bad_patterns == BadPatterns::FoundWhenMet;
                if error.reason != QueryFault::Pattern || !is_found_later {
                    return Err(error);
                }
                let start = Pattern::before_last(&pattern, dialect, options, self.room);
                Ok(Plan::BadPattern {
                    value: Box::new(value),
                    start,
                    message: error.message,
                    at,
                })
            }
        }
    }

    /// The text of a literal; `None` for NULL.
    pub(super) fn literal(
        &self,
        typed: &Typed,
        otherwise: &str,
    ) -> Result<Option<String>, QueryError> {
        match &typed.plan {
            Plan::Null => Ok(None),
            Plan::Constant(Value::Text(text)) => Ok(Some(text.clone().into_owned())),
            _ => Err(self.not_supported(&typed.span, otherwise)),
        }
    }

    pub(super) fn bad_pattern(&self, source: &Typed, message: String) -> QueryError {
        let reason = if message.contains("not supported") || message.contains("too large") {
            QueryFault::NotSupported
        } else {
            QueryFault::Pattern
        };
        self.error(&source.span, reason, message)
    }

    /// `value IN (list)`
    pub(super) fn one_of(
        &self,
        value: &Expression,
        list: &[Expression],
        at: &Span,
    ) -> Result<Plan, QueryError> {
        let value = self.typed(value)?;
        let items: Result<Vec<Typed>, QueryError> =
            list.iter().map(|item| self.typed(item)).collect();
        let items = items?;
        // All elements take their common type if there is one, or else each is compared separately.
        let known = || {
            items
                .iter()
                .chain([&value])
                .filter_map(|item| match item.kind {
                    Type::One(scalar) => Some(scalar),
                    _ => None,
                })
        };
        let first = known().next().unwrap_or(Scalar::Text);
        let common = known().try_fold(first, Scalar::common);
        let Some(common) = common else {
            let misfit = items.iter().find(|item| match (item.kind, value.kind) {
                (Type::One(one), Type::One(other)) => one.common(other).is_none(),
                _ => false,
            });
            let item = misfit.unwrap_or(&items[0]);
            return Err(self.misfit(&value, item, "IN", at));
        };
        let value = Box::new(self.literal_as(value, common)?);
        let plans: Result<Vec<Plan>, QueryError> = items
            .into_iter()
            .map(|item| self.literal_as(item, common))
            .collect();
        Ok(is_any_of(value, plans?))
    }

    /// `value BETWEEN low AND high`
    pub(super) fn between(
        &self,
        parts: &[Expression; 3],
        symmetric: bool,
        at: &Span,
    ) -> Result<Plan, QueryError> {
        let within = |low: &Expression, high: &Expression| -> Result<Plan, QueryError> {
            let from = self.pair(&[parts[0].clone(), low.clone()])?;
            let to = self.pair(&[parts[0].clone(), high.clone()])?;
            Ok(Plan::And(vec![
                self.compare(from, Comparison::GreaterOrEqual, "BETWEEN", at)?,
                self.compare(to, Comparison::LessOrEqual, "BETWEEN", at)?,
            ]))
        };
        let straight = within(&parts[1], &parts[2])?;
        if !symmetric {
            return Ok(straight);
        }
        Ok(Plan::Or(vec![straight, within(&parts[2], &parts[1])?]))
    }
}

/// "The value equals one of these": known texts are looked up, others compared one by one.
pub(super) fn is_any_of(value: Box<Plan>, items: Vec<Plan>) -> Plan {
    let texts: Option<HashSet<String>> = items
        .iter()
        .filter(|item| !matches!(item, Plan::Null))
        .map(|item| match item {
            Plan::Constant(Value::Text(text)) => Some(text.clone().into_owned()),
            _ => None,
        })
        .collect();
    match texts {
        Some(texts) if !texts.is_empty() => {
            let has_null =
                texts.len() < items.len() && items.iter().any(|item| matches!(item, Plan::Null));
            Plan::InTexts {
                value,
                texts,
                has_null,
            }
        }
        _ => Plan::Quantified {
            value,
            comparison: Comparison::Equal,
            list: Box::new(super::constant_list(items)),
            all: false,
        },
    }
}

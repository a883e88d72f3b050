//! Names and types: an expression → a plan that can be evaluated.
//!
//! A string literal gets its type from its context, by PostgreSQL's rules for "unknown" literals (manual chapter 10).

use std::borrow::Cow;
use std::sync::Arc;

use super::error::{QueryError, QueryFault, Span};
use super::number::Numeric;
use super::pattern::Room;
use super::plan::{Comparison, Plan};
use super::syntax::{Expression, ExpressionKind, Test};
use super::types::{Scalar, Type};
use super::value::Value;

mod call;
mod literal;
mod matching;
mod names;
mod operators;
mod texts;

/// A plan with its type and place.
struct Typed {
    plan: Plan,
    kind: Type,
    span: Span,
}

/// The treatment of an invalid pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BadPatterns {
    /// The query is rejected.
    Refused,
    /// The query fails at the first text to match, as in PostgreSQL.
    FoundWhenMet,
}

/// Resolves the names and types of `expression`, read from `text`; the result is a condition over rows that
/// hold one object for each of `categories`; its patterns share the budget `room`, and `bad_patterns` defines the treatment
/// of invalid ones.
///
/// # Errors
/// The first unknown name or type mismatch.
pub(super) fn resolve(
    text: &str,
    expression: &Expression,
    categories: &[String],
    room: &Room,
    bad_patterns: BadPatterns,
) -> Result<Plan, QueryError> {
    let resolver = Resolver {
        text,
        categories,
        room,
        bad_patterns,
    };
    let typed = resolver.typed(expression)?;
    resolver.condition(typed)
}

struct Resolver<'q> {
    text: &'q str,
    categories: &'q [String],
    room: &'q Room,
    bad_patterns: BadPatterns,
}

impl Resolver<'_> {
    fn error(&self, span: &Span, reason: QueryFault, message: impl Into<String>) -> QueryError {
        QueryError::new(self.text, span.clone(), reason, message)
    }

    fn not_supported(&self, span: &Span, what: &str) -> QueryError {
        self.error(
            span,
            QueryFault::NotSupported,
            format!("{what} not supported"),
        )
    }

    fn typed(&self, expression: &Expression) -> Result<Typed, QueryError> {
        const CONDITION: Type = Type::One(Scalar::Boolean);
        let span = expression.span.clone();
        let (plan, kind) = match &expression.kind {
            ExpressionKind::Text(text) => (text_constant(text), Type::Unknown),
            ExpressionKind::Null => (Plan::Null, Type::Unknown),
            ExpressionKind::Boolean(flag) => (Plan::Constant(Value::Boolean(*flag)), CONDITION),
            ExpressionKind::Number(number) => self.number(number, &span)?,
            ExpressionKind::Name(names) => (self.content(names, &span)?, Type::One(Scalar::Jsonb)),
            ExpressionKind::Array(items) => self.list(items, &span)?,
            ExpressionKind::And(terms) => (Plan::And(self.conditions(terms)?), CONDITION),
            ExpressionKind::Or(terms) => (Plan::Or(self.conditions(terms)?), CONDITION),
            ExpressionKind::Not(value) => (
                Plan::Not(Box::new(self.condition(self.typed(value)?)?)),
                CONDITION,
            ),
            ExpressionKind::Is {
                value,
                test,
                negated,
            } => {
                let value = self.typed(value)?;
                let test = match test {
                    Test::Null => Plan::IsNull(Box::new(value.plan)),
                    Test::True => self.is(value, Some(true))?,
                    Test::False => self.is(value, Some(false))?,
                    Test::Unknown => self.is(value, None)?,
                };
                (negate(test, *negated), CONDITION)
            }
            ExpressionKind::Distinct { sides, negated } => {
                let sides = self.comparable(self.pair(sides)?, "IS DISTINCT FROM", &span)?;
                (
                    negate(Plan::IsDistinct(Box::new(sides)), *negated),
                    CONDITION,
                )
            }
            ExpressionKind::Like {
                sides,
                operator,
                escape,
                negated,
            } => {
                let plan = self.like(sides, *operator, escape.as_deref(), &span)?;
                (negate(plan, *negated), CONDITION)
            }
            ExpressionKind::In {
                value,
                list,
                negated,
            } => (
                negate(self.one_of(value, list, &span)?, *negated),
                CONDITION,
            ),
            ExpressionKind::Between {
                parts,
                symmetric,
                negated,
            } => (
                negate(self.between(parts, *symmetric, &span)?, *negated),
                CONDITION,
            ),
            ExpressionKind::Quantified {
                sign,
                at,
                sides,
                all,
            } => (self.quantified(sign, at, sides, *all)?, CONDITION),
            ExpressionKind::Operator { sign, at, sides } => self.operator(sign, at, sides)?,
            ExpressionKind::Cast { value, target } => self.cast(value, target, &span)?,
            ExpressionKind::Call { name, arguments } => self.call(name, arguments, &span)?,
        };
        Ok(Typed { plan, kind, span })
    }

    fn pair(&self, sides: &[Expression; 2]) -> Result<[Typed; 2], QueryError> {
        Ok([self.typed(&sides[0])?, self.typed(&sides[1])?])
    }

    fn conditions(&self, terms: &[Expression]) -> Result<Vec<Plan>, QueryError> {
        terms
            .iter()
            .map(|term| self.condition(self.typed(term)?))
            .collect()
    }

    /// `typed` as a condition; a literal may be one.
    fn condition(&self, typed: Typed) -> Result<Plan, QueryError> {
        match typed.kind {
            Type::One(Scalar::Boolean) => Ok(typed.plan),
            Type::Unknown => self.literal_as(typed, Scalar::Boolean),
            kind => {
                let message = format!("found {}, expected a condition", kind.name());
                let error = self.error(&typed.span, QueryFault::Type, message);
                Err(match kind {
                    Type::One(Scalar::Jsonb) => {
                        error.hint("add a test: … ? 'value', or … IS NOT NULL")
                    }
                    _ => error,
                })
            }
        }
    }

    fn is(&self, value: Typed, truth: Option<bool>) -> Result<Plan, QueryError> {
        Ok(Plan::Is {
            value: Box::new(self.condition(value)?),
            truth,
        })
    }

    /// A number has the narrowest type that holds it.
    fn number(&self, written: &str, span: &Span) -> Result<(Plan, Type), QueryError> {
        let number = Numeric::parse(written)
            .ok_or_else(|| self.error(span, QueryFault::Type, "the number is too large"))?;
        let is_whole = !written.contains(['.', 'e', 'E']);
        let scalar = match written.parse::<i64>() {
            Ok(whole) if i32::try_from(whole).is_ok() => Scalar::Integer,
            Ok(_) if is_whole => Scalar::BigInteger,
            _ => Scalar::Numeric,
        };
        Ok((
            Plan::Constant(Value::Number(Cow::Owned(number))),
            Type::One(scalar),
        ))
    }

    /// A list has the common type of its elements; literals only are text.
    fn list(&self, items: &[Expression], span: &Span) -> Result<(Plan, Type), QueryError> {
        if items.is_empty() {
            return Err(self.error(
                span,
                QueryFault::Type,
                "found an empty list, expected a value in it",
            ));
        }
        let items: Result<Vec<Typed>, QueryError> =
            items.iter().map(|item| self.typed(item)).collect();
        let (plans, scalar) = self.of_one_type(items?, "a list")?;
        Ok((constant_list(plans), Type::List(scalar)))
    }

    /// Converts values to their common type; literals only are text.
    fn of_one_type(
        &self,
        items: Vec<Typed>,
        place: &str,
    ) -> Result<(Vec<Plan>, Scalar), QueryError> {
        let mut common: Option<Scalar> = None;
        for item in &items {
            common = match (common, item.kind) {
                (known, Type::Unknown) => known,
                (None, Type::One(scalar)) => Some(scalar),
                (Some(known), Type::One(scalar)) => {
                    Some(known.common(scalar).ok_or_else(|| {
                        let message = format!(
                            "found {} and {} in {place}, expected one type",
                            Type::One(known).name(),
                            item.kind.name()
                        );
                        self.error(&item.span, QueryFault::Type, message)
                            .hint("put each value in single quotes: 'a', 'b'")
                    })?)
                }
                (_, Type::List(_)) => {
                    return Err(self.not_supported(&item.span, "a nested list is"));
                }
            };
        }
        let scalar = common.unwrap_or(Scalar::Text);
        let plans: Result<Vec<Plan>, QueryError> = items
            .into_iter()
            .map(|item| self.literal_as(item, scalar))
            .collect();
        Ok((plans?, scalar))
    }

    /// A comparison of two sides in their common type.
    fn compare(
        &self,
        sides: [Typed; 2],
        comparison: Comparison,
        sign: &str,
        at: &Span,
    ) -> Result<Plan, QueryError> {
        Ok(Plan::Compare {
            sides: Box::new(self.comparable(sides, sign, at)?),
            comparison,
        })
    }
}

fn negate(plan: Plan, negated: bool) -> Plan {
    if negated {
        Plan::Not(Box::new(plan))
    } else {
        plan
    }
}

fn text_constant(text: &str) -> Plan {
    Plan::Constant(Value::Text(Cow::Owned(text.to_owned())))
}

/// A list, constant if all its elements are.
fn constant_list(plans: Vec<Plan>) -> Plan {
    let known: Option<Vec<Option<Value<'static>>>> = plans
        .iter()
        .map(|plan| match plan {
            Plan::Constant(value) => Some(Some(value.clone())),
            Plan::Null => Some(None),
            _ => None,
        })
        .collect();
    match known {
        Some(values) => Plan::Constant(Value::List(Arc::new(values))),
        None => Plan::List(plans),
    }
}

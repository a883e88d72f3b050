//! Literals take their type from their context.

use std::sync::Arc;

use super::{Resolver, Typed, constant_list, text_constant};
use crate::query::array;
use crate::query::error::{QueryError, QueryFault, Span};
use crate::query::plan::Plan;
use crate::query::types::{Scalar, Type};
use crate::query::value::Value;

impl Resolver<'_> {
    /// The two sides of a comparison in their common type.
    pub(super) fn comparable(
        &self,
        [left, right]: [Typed; 2],
        sign: &str,
        at: &Span,
    ) -> Result<[Plan; 2], QueryError> {
        let scalar = match (left.kind, right.kind) {
            (Type::Unknown, Type::Unknown) => Scalar::Text,
            (Type::Unknown, Type::One(scalar)) | (Type::One(scalar), Type::Unknown) => scalar,
            (Type::One(one), Type::One(other)) => one
                .common(other)
                .ok_or_else(|| self.misfit(&left, &right, sign, at))?,
            (Type::List(_), _) | (_, Type::List(_)) => {
                return Err(self.not_supported(at, "comparison of whole lists is"));
            }
        };
        Ok([
            self.literal_as(left, scalar)?,
            self.literal_as(right, scalar)?,
        ])
    }

    /// Gives a literal this type; other values keep theirs.
    pub(super) fn literal_as(&self, typed: Typed, scalar: Scalar) -> Result<Plan, QueryError> {
        let Typed {
            plan,
            kind: Type::Unknown,
            span,
        } = typed
        else {
            return Ok(typed.plan);
        };
        let Plan::Constant(Value::Text(text)) = plan else {
            return Ok(plan);
        };
        match Value::Text(text.clone()).cast(scalar) {
            Some(value) => Ok(Plan::Constant(value)),
            None => Err(self.no_literal(&text, scalar, &span)),
        }
    }

    fn no_literal(&self, text: &str, scalar: Scalar, span: &Span) -> QueryError {
        let quoted = text.replace('\'', "''");
        match scalar {
            Scalar::Jsonb => self
                .error(
                    span,
                    QueryFault::Type,
                    format!("`=` after `->` compares JSON, and '{text}' is not JSON"),
                )
                .hint(format!(
                    "write ? '{quoted}' instead of = '{quoted}', or ->> before the last name"
                )),
            Scalar::Boolean => self.error(
                span,
                QueryFault::Type,
                "found a value, expected a condition, true or false",
            ),
            _ => self.error(
                span,
                QueryFault::Type,
                format!("found the value '{text}', expected {}", scalar.name()),
            ),
        }
    }

    /// `typed` as a list of this type; a literal is `'{a,b}'`.
    pub(super) fn literal_list(&self, typed: Typed, scalar: Scalar) -> Result<Plan, QueryError> {
        let Typed {
            plan: Plan::Constant(Value::Text(text)),
            kind: Type::Unknown,
            span,
        } = typed
        else {
            return Ok(typed.plan);
        };
        if text.trim_start().starts_with("{{") || text.trim_start().starts_with('[') {
            return Err(self.not_supported(&span, "a nested list is"));
        }
        let elements = array::parse(&text).map_err(|message| {
            self.error(&span, QueryFault::Type, message)
                .hint("write the values as array['a', 'b']")
        })?;
        let plans: Result<Vec<Plan>, QueryError> = elements
            .into_iter()
            .map(|element| match element {
                None => Ok(Plan::Null),
                Some(text) => {
                    let plan = text_constant(&text);
                    self.literal_as(
                        Typed {
                            plan,
                            kind: Type::Unknown,
                            span: span.clone(),
                        },
                        scalar,
                    )
                }
            })
            .collect();
        let plans = plans?;
        Ok(if plans.is_empty() {
            Plan::Constant(Value::List(Arc::default()))
        } else {
            constant_list(plans)
        })
    }

    /// "This operator does not work between these types", with what to do.
    pub(super) fn misfit(&self, left: &Typed, right: &Typed, sign: &str, at: &Span) -> QueryError {
        let message = format!(
            "`{sign}` does not work between {} and {}",
            left.kind.name(),
            right.kind.name()
        );
        let error = self.error(at, QueryFault::Type, message);
        let (Type::One(one), Type::One(other)) = (left.kind, right.kind) else {
            return error;
        };
        if one.is_number() || other.is_number() {
            let typed = if one.is_number() { right } else { left };
            let written = &self.text[typed.span.clone()];
            error.hint(format!("compare it as a number: ({written})::numeric"))
        } else {
            error
        }
    }
}

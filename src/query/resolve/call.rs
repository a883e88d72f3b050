//! Functions and casts.

use std::sync::Arc;

use super::{Resolver, Typed};
use crate::query::error::{QueryError, QueryFault, Span};
use crate::query::function::{Function, SUPPORTED};
use crate::query::plan::Plan;
use crate::query::syntax::{Expression, ExpressionKind, TypeName};
use crate::query::types::{Scalar, Type};
use crate::query::value::Value;

impl Resolver<'_> {
    /// `name(arguments)`
    pub(super) fn call(
        &self,
        name: &str,
        arguments: &[Expression],
        span: &Span,
    ) -> Result<(Plan, Type), QueryError> {
        let Some(function) = Function::named(name) else {
            let error = self.not_supported(span, &format!("the function `{name}` is"));
            return Err(error.hint(SUPPORTED));
        };
        let values: Result<Vec<Typed>, QueryError> = arguments
            .iter()
            .map(|argument| self.typed(argument))
            .collect();
        let values = values?;
        match function {
            Function::RegexpReplace => return self.regexp_replace(values, span),
            Function::Substring if is_pattern(&values) => return self.extract(values, span),
            Function::Concat | Function::ConcatWs => {
                return self.concatenated(function, values, name, span);
            }
            _ => {}
        }
        if function == Function::Coalesce {
            if values.is_empty() {
                return Err(self.error(
                    span,
                    QueryFault::Syntax,
                    "found no value in coalesce, expected at least one",
                ));
            }
            let (arguments, scalar) = self.of_one_type(values, "coalesce")?;
            let arguments = arguments
                .into_iter()
                .map(|plan| widened(plan, scalar, span))
                .collect();
            return Ok((
                Plan::Call {
                    function,
                    arguments,
                    at: span.clone(),
                },
                Type::One(scalar),
            ));
        }
        let (expected, least, result) = function.signature();
        if values.len() < least || values.len() > expected.len() {
            let names: Vec<&str> = expected.iter().map(|scalar| scalar.name()).collect();
            return Err(self.number_of_values(name, values.len(), &names.join(", "), span));
        }
        let arguments: Result<Vec<Plan>, QueryError> = values
            .into_iter()
            .zip(expected)
            .map(|(value, &scalar)| self.argument(value, scalar, name))
            .collect();
        Ok((
            Plan::Call {
                function,
                arguments: arguments?,
                at: span.clone(),
            },
            Type::One(result),
        ))
    }

    pub(super) fn number_of_values(
        &self,
        name: &str,
        given: usize,
        expected: &str,
        span: &Span,
    ) -> QueryError {
        let message = format!("found {given} values for `{name}`, expected {expected}");
        self.error(span, QueryFault::Type, message)
    }

    pub(super) fn argument(
        &self,
        value: Typed,
        scalar: Scalar,
        function: &str,
    ) -> Result<Plan, QueryError> {
        let fits = match value.kind {
            Type::Unknown => true,
            // Narrower integers are widened implicitly.
            Type::One(kind) => kind == scalar || kind.common(scalar) == Some(scalar),
            Type::List(_) => false,
        };
        if fits {
            return self.literal_as(value, scalar);
        }
        let message = format!(
            "found {} for `{function}`, expected {}",
            value.kind.name(),
            scalar.name()
        );
        let error = self.error(&value.span, QueryFault::Type, message);
        Err(match (value.kind, scalar) {
            (Type::One(Scalar::Jsonb), Scalar::Text) => {
                error.hint("use ->> before the last name to get its text")
            }
            (Type::One(Scalar::Text), Scalar::Jsonb) => {
                error.hint("use -> before the last name to keep it an attribute")
            }
            _ => error,
        })
    }

    /// `value::type`
    pub(super) fn cast(
        &self,
        value: &Expression,
        target: &TypeName,
        span: &Span,
    ) -> Result<(Plan, Type), QueryError> {
        let Some(scalar) = Scalar::named(&target.name) else {
            return Err(self.not_supported(&target.span, "this type is"));
        };
        if target.is_list && matches!(&value.kind, ExpressionKind::Array(items) if items.is_empty())
        {
            return Ok((
                Plan::Constant(Value::List(Arc::default())),
                Type::List(scalar),
            ));
        }
        let value = self.typed(value)?;
        if target.is_list {
            return match value.kind {
                Type::Unknown => Ok((self.literal_list(value, scalar)?, Type::List(scalar))),
                Type::List(kind) if kind == scalar => Ok((value.plan, value.kind)),
                _ => Err(self.not_supported(span, "a cast to a list is")),
            };
        }
        let kind = Type::One(scalar);
        match value.kind {
            Type::Unknown => {
                let literal = self.literal_as(value, scalar).map_err(|error| {
                    error.hint("a cast binds tighter than ->>: put parentheses around the attribute, (tracks.content->>'name')::numeric")
                })?;
                Ok((literal, kind))
            }
            Type::One(from) if from == scalar => Ok((value.plan, kind)),
            Type::One(from) if from.casts_to(scalar) => {
                let value = Box::new(value.plan);
                Ok((
                    Plan::Cast {
                        value,
                        target: scalar,
                        at: span.clone(),
                    },
                    kind,
                ))
            }
            Type::List(_) => Err(self.not_supported(span, "a cast of a list is")),
            Type::One(from) => {
                let message = format!("cannot cast {} to {}", from.name(), scalar.name());
                Err(self.error(span, QueryFault::Type, message))
            }
        }
    }
}

/// Whether the arguments of `substring` are a pattern rather than positions: texts or literals only.
fn is_pattern(values: &[Typed]) -> bool {
    let is_text = |value: &Typed| matches!(value.kind, Type::Unknown | Type::One(Scalar::Text));
    matches!(values.len(), 2 | 3) && values[1..].iter().all(is_text)
}

/// A value of the wider type if number types are mixed.
fn widened(plan: Plan, scalar: Scalar, at: &Span) -> Plan {
    match scalar {
        Scalar::Double | Scalar::Numeric => Plan::Cast {
            value: Box::new(plan),
            target: scalar,
            at: at.clone(),
        },
        _ => plan,
    }
}

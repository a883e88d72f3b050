//! Literals: the type that a string takes from what stands beside it, and equality, which gives it one.

use serde_json::Value as Json;

use super::{Resolver, Type, Typed};
use crate::query::array;
use crate::query::decimal::Decimal;
use crate::query::error::{QueryError, Reason, Span};
use crate::query::plan::Plan;
use crate::query::syntax::Expression;

impl Resolver<'_> {
    /// Takes `typed` as a list of texts; a literal spells one as `'{a,b}'`.
    pub(super) fn texts(&self, typed: Typed) -> Result<Plan, QueryError> {
        match typed.plan {
            Plan::Text(literal) => array::parse(&literal).map(Plan::Texts).map_err(|message| {
                self.error(&typed.span, Reason::Type, message)
                    .hint("write the values as array['a', 'b']")
            }),
            plan => Ok(plan),
        }
    }

    pub(super) fn equal(
        &self,
        left: &Expression,
        right: &Expression,
        sign: &str,
        at: &Span,
    ) -> Result<Plan, QueryError> {
        let (left, right) = (self.typed(left)?, self.typed(right)?);
        let kind = match (left.kind, right.kind) {
            (Type::Unknown, Type::Unknown) => Type::Text,
            (Type::Unknown, known) | (known, Type::Unknown) => known,
            (one, other) if one == other => one,
            (Type::Jsonb, Type::Number) | (Type::Number, Type::Jsonb) => {
                return Err(self
                    .misfit(&left, &right, sign, at)
                    .hint("put the number in single quotes: '42'"));
            }
            (Type::Text, Type::Number) | (Type::Number, Type::Text) => {
                return Err(self
                    .misfit(&left, &right, sign, at)
                    .hint("put the number in single quotes: '42'"));
            }
            _ => return Err(self.misfit(&left, &right, sign, at)),
        };
        Ok(Plan::Equal(Box::new([
            self.literal_as(left, kind)?,
            self.literal_as(right, kind)?,
        ])))
    }

    /// Gives an unknown literal the type that its other side has.
    fn literal_as(&self, typed: Typed, kind: Type) -> Result<Plan, QueryError> {
        let Typed {
            plan,
            kind: Type::Unknown,
            span,
        } = typed
        else {
            return Ok(typed.plan);
        };
        let Plan::Text(text) = plan else {
            return Ok(plan);
        };
        match kind {
            Type::Text | Type::Unknown => Ok(Plan::Text(text)),
            Type::Jsonb => serde_json::from_str::<Json>(&text)
                .map(Plan::Jsonb)
                .map_err(|_| {
                    self.error(
                        &span,
                        Reason::Type,
                        format!("found the value '{text}', expected JSON after `->` and `=`"),
                    )
                    .hint(format!(
                        "write ? '{0}' instead of = '{0}', or use ->> before the last name",
                        text.replace('\'', "''")
                    ))
                }),
            Type::Boolean => match spelled_boolean(&text) {
                Some(flag) => Ok(Plan::Boolean(flag)),
                None => {
                    Err(self.error(&span, Reason::Type, "found a value, expected true or false"))
                }
            },
            Type::Number => Decimal::parse(text.trim())
                .map(Plan::Number)
                .ok_or_else(|| self.error(&span, Reason::Type, "found a value, expected a number")),
            Type::TextArray => self.texts(Typed {
                plan: Plan::Text(text),
                kind: Type::Unknown,
                span,
            }),
        }
    }
}

/// The truth value that a literal spells, by PostgreSQL's input rules for booleans (manual section 8.6).
pub(super) fn spelled_boolean(text: &str) -> Option<bool> {
    let word = text.trim().to_ascii_lowercase();
    let starts =
        |whole: &str, least: usize| word.len() >= least && whole.starts_with(word.as_str());
    if starts("true", 1) || starts("yes", 1) || starts("on", 2) || word == "1" {
        Some(true)
    } else if starts("false", 1) || starts("no", 1) || starts("off", 2) || word == "0" {
        Some(false)
    } else {
        None
    }
}

//! Operators: their types and plans.

use std::collections::HashSet;

use super::{Resolver, Type, Typed, negate};
use crate::query::error::{QueryError, QueryFault, Span};
use crate::query::pattern::{BACKSLASH, Dialect};
use crate::query::plan::{Comparison, Plan};
use crate::query::syntax::Expression;
use crate::query::types::Scalar;
use crate::query::value::Value;

const JSONB: Type = Type::One(Scalar::Jsonb);
const TEXT: Type = Type::One(Scalar::Text);
const CONDITION: Type = Type::One(Scalar::Boolean);

impl Resolver<'_> {
    /// `left sign right`
    pub(super) fn operator(
        &self,
        sign: &str,
        at: &Span,
        sides: &[Expression; 2],
    ) -> Result<(Plan, Type), QueryError> {
        let [left, right] = self.pair(sides)?;
        if let Some(comparison) = Comparison::named(sign) {
            return Ok((
                self.compare([left, right], comparison, sign, at)?,
                CONDITION,
            ));
        }
        let regular =
            |sides, ignore_case| self.matching(sides, sign, at, Dialect::Posix, ignore_case);
        Ok(match sign {
            "->" => (self.step(left, right, sign, at)?, JSONB),
            "->>" => (self.step(left, right, sign, at)?, TEXT),
            "#>" => (self.path(left, right, sign, at)?, JSONB),
            "#>>" => (self.path(left, right, sign, at)?, TEXT),
            "?" => {
                self.expect(&left, &right, &[TEXT, Type::Unknown], sign, at)?;
                let value = Box::new(self.literal_as(left, Scalar::Jsonb)?);
                (
                    Plan::Exists {
                        value,
                        key: Box::new(right.plan),
                    },
                    CONDITION,
                )
            }
            "?|" | "?&" => {
                self.expect(
                    &left,
                    &right,
                    &[Type::List(Scalar::Text), Type::Unknown],
                    sign,
                    at,
                )?;
                let value = Box::new(self.literal_as(left, Scalar::Jsonb)?);
                let keys = self.literal_list(right, Scalar::Text)?;
                (exists_several(value, keys, sign == "?&"), CONDITION)
            }
            "@>" | "<@" => {
                self.expect(&left, &right, &[JSONB, Type::Unknown], sign, at)?;
                let left = self.literal_as(left, Scalar::Jsonb)?;
                let right = self.literal_as(right, Scalar::Jsonb)?;
                let sides = if sign == "@>" {
                    [left, right]
                } else {
                    [right, left]
                };
                (Plan::Contains(Box::new(sides)), CONDITION)
            }
            "||" => self.joined(left, right, at)?,
            "~" => (regular([left, right], false)?, CONDITION),
            "~*" => (regular([left, right], true)?, CONDITION),
            "!~" => (negate(regular([left, right], false)?, true), CONDITION),
            "!~*" => (negate(regular([left, right], true)?, true), CONDITION),
            "~~" | "~~*" | "!~~" | "!~~*" => {
                let like = Dialect::Like(BACKSLASH);
                let plan = self.matching([left, right], sign, at, like, sign.ends_with('*'))?;
                (negate(plan, sign.starts_with('!')), CONDITION)
            }
            "@?" | "@@" => {
                let what = format!("the JSON path operator `{sign}` is");
                let hint = "write steps with ->, and search the objects of a list with @>: tracks.content->'a'->'b' IS NOT NULL, samples.content->'visits' @> '[{\"place\": \"Oslo\"}]'";
                return Err(self.not_supported(at, &what).hint(hint));
            }
            _ => return Err(self.not_supported(at, &format!("the operator `{sign}` is"))),
        })
    }

    /// Checks the sides of an operator on an attribute; two literals are ambiguous.
    fn expect(
        &self,
        left: &Typed,
        right: &Typed,
        right_types: &[Type],
        sign: &str,
        at: &Span,
    ) -> Result<(), QueryError> {
        let fits = match left.kind {
            JSONB => right_types.contains(&right.kind),
            // Paths exist for `json` too, so a literal on the left is ambiguous.
            Type::Unknown if sign.starts_with(['-', '#']) => false,
            Type::Unknown if right.kind == Type::Unknown => sign == "?",
            Type::Unknown => right_types.contains(&right.kind),
            _ => false,
        };
        if fits {
            return Ok(());
        }
        let (one, other) = (left.kind.name(), right.kind.name());
        let message = match right.kind {
            Type::Unknown => format!("`{sign}` cannot be applied to {one}"),
            _ => format!("`{sign}` cannot be applied to {one} and {other}"),
        };
        let error = self.error(at, QueryFault::Type, message);
        Err(match (sign, left.kind, right.kind) {
            ("->" | "->>" | "?" | "?|" | "?&", TEXT, _) => {
                error.hint("`->>` gives text and ends a path; write `->` before it")
            }
            ("?", _, Type::List(_)) => {
                error.hint("write ?| array['a', 'b'] for one of several values")
            }
            ("?|" | "?&", _, TEXT) => error.hint("write the values as array['a', 'b']"),
            (_, JSONB, Type::One(scalar)) if scalar.is_number() => {
                error.hint("put the value in single quotes")
            }
            _ => error,
        })
    }

    /// `value -> key`, `value ->> key`
    fn step(&self, value: Typed, key: Typed, sign: &str, at: &Span) -> Result<Plan, QueryError> {
        let keys = [
            TEXT,
            Type::Unknown,
            Type::One(Scalar::Integer),
            Type::One(Scalar::SmallInteger),
        ];
        self.expect(&value, &key, &keys, sign, at)?;
        let value = Box::new(self.literal_as(value, Scalar::Jsonb)?);
        let as_text = sign == "->>";
        Ok(match key.kind {
            Type::One(Scalar::Integer | Scalar::SmallInteger) => Plan::Element {
                value,
                index: Box::new(key.plan),
                as_text,
            },
            _ => Plan::Member {
                value,
                key: Box::new(key.plan),
                as_text,
            },
        })
    }

    /// `value #> path`, `value #>> path`
    fn path(&self, value: Typed, path: Typed, sign: &str, at: &Span) -> Result<Plan, QueryError> {
        self.expect(
            &value,
            &path,
            &[Type::List(Scalar::Text), Type::Unknown],
            sign,
            at,
        )?;
        let value = Box::new(self.literal_as(value, Scalar::Jsonb)?);
        let path = Box::new(self.literal_list(path, Scalar::Text)?);
        Ok(Plan::Descend {
            value,
            path,
            as_text: sign == "#>>",
        })
    }

    /// `value = ANY (list)` and similar.
    pub(super) fn quantified(
        &self,
        sign: &str,
        at: &Span,
        sides: &[Expression; 2],
        all: bool,
    ) -> Result<Plan, QueryError> {
        let Some(comparison) = Comparison::named(sign) else {
            return Err(self.not_supported(at, &format!("`{sign}` with ANY or ALL is")));
        };
        let [value, list] = self.pair(sides)?;
        let (scalar, value_as) = match (value.kind, list.kind) {
            (Type::Unknown, Type::Unknown) => (Scalar::Text, Scalar::Text),
            (Type::One(scalar), Type::Unknown) => (scalar, scalar),
            (Type::Unknown, Type::List(scalar)) => (scalar, scalar),
            (Type::One(one), Type::List(other)) if one.common(other).is_some() => (other, one),
            (_, Type::One(_)) => {
                let message = format!("found {}, expected a list", list.kind.name());
                return Err(self
                    .error(&list.span, QueryFault::Type, message)
                    .hint("write the values as array['a', 'b']"));
            }
            _ => return Err(self.misfit(&value, &list, sign, at)),
        };
        let value = Box::new(self.literal_as(value, value_as)?);
        let list = Box::new(self.literal_list(list, scalar)?);
        Ok(Plan::Quantified {
            value,
            comparison,
            list,
            all,
        })
    }
}

/// `value ?| keys`, a lookup if the keys are constant.
fn exists_several(value: Box<Plan>, keys: Plan, all: bool) -> Plan {
    if !all && let Plan::Constant(Value::List(items)) = &keys {
        let text = |item: &Value<'static>| match item {
            Value::Text(text) => Some(text.clone().into_owned()),
            _ => None,
        };
        let keys: HashSet<String> = items.iter().flatten().filter_map(text).collect();
        return Plan::ExistsAnyOf { value, keys };
    }
    Plan::ExistsSeveral {
        value,
        keys: Box::new(keys),
        all,
    }
}

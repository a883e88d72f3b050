//! Operators: which types they take and which step of a plan they are.

use super::{Resolver, Type, Typed, negate};
use crate::query::error::{QueryError, Reason, Span};
use crate::query::pattern::{self, Dialect};
use crate::query::plan::Plan;
use crate::query::syntax::Expression;

impl Resolver<'_> {
    pub(super) fn operator(
        &self,
        sign: &str,
        at: &Span,
        sides: &[Expression; 2],
    ) -> Result<(Plan, Type), QueryError> {
        let regular = |ignore_case| self.matching(sides, sign, at, Dialect::Posix, ignore_case);
        Ok(match sign {
            "->" => (self.step(sides, sign, at, false)?, Type::Jsonb),
            "->>" => (self.step(sides, sign, at, true)?, Type::Text),
            "#>" => (self.path(sides, sign, at, false)?, Type::Jsonb),
            "#>>" => (self.path(sides, sign, at, true)?, Type::Text),
            "?" => {
                let [value, key] = self.pair(sides)?;
                self.expect(
                    &value,
                    Type::Jsonb,
                    &key,
                    &[Type::Text, Type::Unknown],
                    sign,
                    at,
                )?;
                (
                    Plan::Exists {
                        value: Box::new(value.plan),
                        key: Box::new(key.plan),
                    },
                    Type::Boolean,
                )
            }
            "?|" | "?&" => {
                let [value, keys] = self.pair(sides)?;
                self.expect(
                    &value,
                    Type::Jsonb,
                    &keys,
                    &[Type::TextArray, Type::Unknown],
                    sign,
                    at,
                )?;
                let plan = Plan::ExistsSeveral {
                    value: Box::new(value.plan),
                    keys: Box::new(self.texts(keys)?),
                    all: sign == "?&",
                };
                (plan, Type::Boolean)
            }
            "=" => (self.equal(&sides[0], &sides[1], sign, at)?, Type::Boolean),
            "<>" => (
                negate(self.equal(&sides[0], &sides[1], sign, at)?, true),
                Type::Boolean,
            ),
            "~" => (regular(false)?, Type::Boolean),
            "~*" => (regular(true)?, Type::Boolean),
            "!~" => (negate(regular(false)?, true), Type::Boolean),
            "!~*" => (negate(regular(true)?, true), Type::Boolean),
            "~~" | "~~*" | "!~~" | "!~~*" => {
                let plan = self.matching(sides, sign, at, Dialect::Like, sign.ends_with('*'))?;
                (negate(plan, sign.starts_with('!')), Type::Boolean)
            }
            _ => {
                let message = format!("the operator `{sign}` is not supported offline");
                return Err(self.error(at, Reason::NotSupported, message));
            }
        })
    }

    fn pair(&self, sides: &[Expression; 2]) -> Result<[Typed; 2], QueryError> {
        Ok([self.typed(&sides[0])?, self.typed(&sides[1])?])
    }

    /// Checks the sides of an operator on an attribute.
    fn expect(
        &self,
        left: &Typed,
        left_type: Type,
        right: &Typed,
        right_types: &[Type],
        sign: &str,
        at: &Span,
    ) -> Result<(), QueryError> {
        // An unknown literal on the left becomes what the operator wants; JSON text is then read once.
        if left.kind == left_type && right_types.contains(&right.kind) {
            return Ok(());
        }
        let error = self.misfit(left, right, sign, at);
        Err(match (sign, left.kind) {
            ("->" | "->>" | "?", Type::Text) => {
                error.hint("`->>` gives text and ends a path; write `->` before it")
            }
            ("?", _) if right.kind == Type::TextArray => {
                error.hint("for one of several values write ?| array['a', 'b']")
            }
            ("?|" | "?&", _) if right.kind == Type::Text => {
                error.hint("write the values as array['a', 'b']")
            }
            (_, Type::Jsonb) if right.kind == Type::Number => {
                error.hint("put the value in single quotes")
            }
            _ => error,
        })
    }

    pub(super) fn misfit(&self, left: &Typed, right: &Typed, sign: &str, at: &Span) -> QueryError {
        let message = format!(
            "`{sign}` does not work between {} and {}",
            left.kind.name(),
            right.kind.name()
        );
        self.error(at, Reason::Type, message)
    }

    fn step(
        &self,
        sides: &[Expression; 2],
        sign: &str,
        at: &Span,
        as_text: bool,
    ) -> Result<Plan, QueryError> {
        let [value, key] = self.pair(sides)?;
        self.expect(
            &value,
            Type::Jsonb,
            &key,
            &[Type::Text, Type::Unknown, Type::Number],
            sign,
            at,
        )?;
        let value = Box::new(value.plan);
        Ok(match key.plan {
            Plan::Number(number) => {
                let index = number.to_string().parse::<i32>().map_err(|_| {
                    self.error(
                        &key.span,
                        Reason::Type,
                        format!("found {number}, expected a key or a whole number"),
                    )
                })?;
                Plan::Element {
                    value,
                    index: i64::from(index),
                    as_text,
                }
            }
            plan => Plan::Member {
                value,
                key: Box::new(plan),
                as_text,
            },
        })
    }

    fn path(
        &self,
        sides: &[Expression; 2],
        sign: &str,
        at: &Span,
        as_text: bool,
    ) -> Result<Plan, QueryError> {
        let [value, path] = self.pair(sides)?;
        self.expect(
            &value,
            Type::Jsonb,
            &path,
            &[Type::TextArray, Type::Unknown],
            sign,
            at,
        )?;
        Ok(Plan::Descend {
            value: Box::new(value.plan),
            path: Box::new(self.texts(path)?),
            as_text,
        })
    }

    /// `text LIKE pattern`, `text ~ pattern` and their kin.
    pub(super) fn matching(
        &self,
        sides: &[Expression; 2],
        sign: &str,
        at: &Span,
        dialect: Dialect,
        ignore_case: bool,
    ) -> Result<Plan, QueryError> {
        let [text, found] = self.pair(sides)?;
        let is_text = |typed: &Typed| matches!(typed.kind, Type::Text | Type::Unknown);
        if !is_text(&text) || !is_text(&found) {
            let error = self.misfit(&text, &found, sign, at);
            return Err(match text.kind {
                Type::Jsonb => error.hint("use ->> before the last name to get its text"),
                _ => error,
            });
        }
        let value = Box::new(text.plan);
        match found.plan {
            Plan::Text(source) => {
                let pattern =
                    pattern::compile(&source, dialect, ignore_case).map_err(|message| {
                        let reason = if message.contains("not supported") {
                            Reason::NotSupported
                        } else {
                            Reason::Type
                        };
                        self.error(&found.span, reason, message)
                    })?;
                Ok(Plan::Match { value, pattern })
            }
            Plan::Null => Ok(Plan::Null),
            _ => Err(self.error(
                &found.span,
                Reason::NotSupported,
                "a pattern that is not a literal is not supported offline",
            )),
        }
    }
}

//! Text functions: `||`, `concat`, `substring` with a pattern, `regexp_replace`.

use std::borrow::Cow;

use super::{Resolver, Typed};
use crate::query::error::{QueryError, Span};
use crate::query::function::Function;
use crate::query::number::Numeric;
use crate::query::pattern::{Dialect, PatternOptions};
use crate::query::plan::Plan;
use crate::query::types::{Scalar, Type};
use crate::query::value::Value;

const TEXT: Type = Type::One(Scalar::Text);
const JSONB: Type = Type::One(Scalar::Jsonb);

impl Resolver<'_> {
    /// `left || right` for attributes or texts; with a text, the other side is converted to text.
    pub(super) fn joined(
        &self,
        left: Typed,
        right: Typed,
        at: &Span,
    ) -> Result<(Plan, Type), QueryError> {
        let is_json = |typed: &Typed| matches!(typed.kind, JSONB | Type::Unknown);
        let is_text = |typed: &Typed| matches!(typed.kind, TEXT | Type::Unknown);
        if matches!(left.kind, Type::List(_)) || matches!(right.kind, Type::List(_)) {
            return Err(self.not_supported(at, "`||` between lists is"));
        }
        let (function, scalar) =
            if is_json(&left) && is_json(&right) && (left.kind == JSONB || right.kind == JSONB) {
                (Function::JoinJsonb, Scalar::Jsonb)
            } else if is_text(&left) || is_text(&right) {
                (Function::JoinTexts, Scalar::Text)
            } else {
                return Err(self.misfit(&left, &right, "||", at));
            };
        let arguments = vec![
            self.as_scalar(left, scalar)?,
            self.as_scalar(right, scalar)?,
        ];
        let at = at.clone();
        Ok((
            Plan::Call {
                function,
                arguments,
                at,
            },
            Type::One(scalar),
        ))
    }

    /// A literal of this type, or a value cast to it.
    fn as_scalar(&self, typed: Typed, scalar: Scalar) -> Result<Plan, QueryError> {
        match typed.kind {
            Type::One(kind) if kind != scalar => Ok(Plan::Cast {
                value: Box::new(typed.plan),
                target: scalar,
                at: typed.span,
            }),
            _ => self.literal_as(typed, scalar),
        }
    }

    /// `concat(…)` and `concat_ws(separator, …)`, which take values of any type.
    pub(super) fn concatenated(
        &self,
        function: Function,
        values: Vec<Typed>,
        name: &str,
        span: &Span,
    ) -> Result<(Plan, Type), QueryError> {
        let mut arguments = Vec::new();
        for value in values {
            arguments.push(if function == Function::ConcatWs && arguments.is_empty() {
                self.argument(value, Scalar::Text, name)?
            } else if matches!(value.kind, Type::List(_)) {
                return Err(self.not_supported(&value.span, "a list as text is"));
            } else {
                self.literal_as(value, Scalar::Text)?
            });
        }
        if arguments.len() < if function == Function::ConcatWs { 2 } else { 1 } {
            return Err(self.number_of_values(name, arguments.len(), "at least one more", span));
        }
        let at = span.clone();
        Ok((
            Plan::Call {
                function,
                arguments,
                at,
            },
            TEXT,
        ))
    }

    /// `substring(text from pattern)`, `substring(text similar pattern escape character)`
    pub(super) fn extract(
        &self,
        values: Vec<Typed>,
        span: &Span,
    ) -> Result<(Plan, Type), QueryError> {
        let mut values = values.into_iter();
        let (Some(value), Some(source)) = (values.next(), values.next()) else {
            return Err(self.number_of_values("substring", 1, "2 or 3", span));
        };
        let value = self.argument(value, Scalar::Text, "substring")?;
        let dialect = match values.next() {
            None => Dialect::Posix,
            Some(escape) => match self.escape_of(&escape)? {
                Some(escape) => Dialect::Similar(escape),
                None => return Ok((Plan::Null, TEXT)),
            },
        };
        let options = PatternOptions::default();
        let plan = self.with_pattern(value, &source, dialect, options, |value, pattern, at| {
            Plan::Extract { value, pattern, at }
        })?;
        Ok((plan, TEXT))
    }

    /// `regexp_replace(text, pattern, replacement)`, with `flags`, or with `start`, `occurrence` and `flags`.
    pub(super) fn regexp_replace(
        &self,
        values: Vec<Typed>,
        span: &Span,
    ) -> Result<(Plan, Type), QueryError> {
        const NAME: &str = "regexp_replace";
        let given = values.len();
        let mut values = values.into_iter();
        let (Some(value), Some(source), Some(replacement)) =
            (values.next(), values.next(), values.next())
        else {
            return Err(self.number_of_values(NAME, given, "3 to 6", span));
        };
        let mut rest: Vec<Typed> = values.collect();
        let has_flags = match rest.as_slice() {
            [] | [_, _] => false,
            [only] => matches!(only.kind, Type::Unknown | TEXT),
            [_, _, _] => true,
            _ => return Err(self.number_of_values(NAME, given, "3 to 6", span)),
        };
        let flags = if has_flags { rest.pop() } else { None };
        let mut numbers = rest.into_iter();
        let mut number = |otherwise: i64| match numbers.next() {
            Some(number) => self.argument(number, Scalar::Integer, NAME),
            None => Ok(Plan::Constant(Value::Number(Cow::Owned(Numeric::from(
                otherwise,
            ))))),
        };
        let (options, everywhere) = match &flags {
            None => (PatternOptions::default(), false),
            Some(flags) => {
                let Some(text) = self.literal(flags, "flags that are not a literal are")? else {
                    return Ok((Plan::Null, TEXT));
                };
                PatternOptions::of_flags(&text)
                    .map_err(|message| self.bad_pattern(flags, message))?
            }
        };
        let start = number(1)?;
        // With an occurrence, the flag `g` has no effect.
        let occurrence = number(i64::from(!everywhere))?;
        let value = self.argument(value, Scalar::Text, NAME)?;
        let replacement = self.argument(replacement, Scalar::Text, NAME)?;
        if !matches!(source.kind, Type::Unknown | TEXT) {
            return Err(self.misfit(&source, &source, NAME, span));
        }
        let dialect = Dialect::Posix;
        let plan = self.with_pattern(value, &source, dialect, options, |value, pattern, at| {
            Plan::Replace {
                pattern,
                parts: Box::new([*value, replacement, start, occurrence]),
                at,
            }
        })?;
        Ok((plan, TEXT))
    }
}

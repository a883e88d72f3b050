//! The values of expressions, their comparison and casts.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

use serde_json::Value as Json;

use super::jsonb;
use super::number::{self, Numeric};
use super::order;
use super::types::Scalar;

/// A value; SQL's NULL is the absence of one.
#[derive(Debug, Clone)]
pub(super) enum Value<'a> {
    Boolean(bool),
    Text(Cow<'a, str>),
    /// Any exact number, regardless of the width of its type.
    Number(Cow<'a, Numeric>),
    Double(f64),
    Jsonb(Cow<'a, Json>),
    List(Arc<Vec<Option<Value<'a>>>>),
}

impl<'a> Value<'a> {
    /// A borrowed copy of a value.
    pub fn borrowed(&'a self) -> Value<'a> {
        match self {
            Value::Boolean(flag) => Value::Boolean(*flag),
            Value::Text(text) => Value::Text(Cow::Borrowed(text)),
            Value::Number(number) => Value::Number(Cow::Borrowed(number)),
            Value::Double(double) => Value::Double(*double),
            Value::Jsonb(json) => Value::Jsonb(Cow::Borrowed(json)),
            Value::List(items) => Value::List(Arc::clone(items)),
        }
    }

    /// The order of two values whose types are the same or both numbers; texts by their bytes.
    pub fn compare(&self, other: &Value<'_>) -> Option<Ordering> {
        Some(match (self, other) {
            (Value::Boolean(left), Value::Boolean(right)) => left.cmp(right),
            (Value::Text(left), Value::Text(right)) => left.as_bytes().cmp(right.as_bytes()),
            (Value::Number(left), Value::Number(right)) => left.cmp(right),
            (Value::Jsonb(left), Value::Jsonb(right)) => order::order(left, right),
            (left, right) => number::order_of_doubles(left.as_double()?, right.as_double()?),
        })
    }

    /// Whether two values are equal, which is faster than their order.
    pub fn equals(&self, other: &Value<'_>) -> Option<bool> {
        match (self, other) {
            (Value::Text(left), Value::Text(right)) => Some(left == right),
            (Value::Jsonb(left), Value::Jsonb(right)) => Some(jsonb::equal(left, right)),
            _ => self.compare(other).map(Ordering::is_eq),
        }
    }

    fn as_double(&self) -> Option<f64> {
        match self {
            Value::Double(double) => Some(*double),
            Value::Number(number) => number.to_double(),
            _ => None,
        }
    }

    /// The value as another type; `None` if PostgreSQL fails, as for `'abc'::int`.
    pub fn cast(self, target: Scalar) -> Option<Value<'a>> {
        if let Value::Jsonb(json) = &self
            && target != Scalar::Jsonb
            && target != Scalar::Text
        {
            return from_json(json)?.cast(target);
        }
        Some(match target {
            Scalar::Text => Value::Text(self.into_text()?),
            Scalar::Boolean => Value::Boolean(match self {
                Value::Boolean(flag) => flag,
                Value::Text(text) => spelled_boolean(&text)?,
                Value::Number(number) => *number != Numeric::zero(),
                _ => return None,
            }),
            Scalar::Jsonb => match self {
                Value::Jsonb(_) => self,
                Value::Text(text) => Value::Jsonb(Cow::Owned(jsonb::parse(&text)?)),
                _ => return None,
            },
            Scalar::SmallInteger => whole(self, i64::from(i16::MIN)..=i64::from(i16::MAX))?,
            Scalar::Integer => whole(self, i64::from(i32::MIN)..=i64::from(i32::MAX))?,
            Scalar::BigInteger => whole(self, i64::MIN..=i64::MAX)?,
            Scalar::Numeric => Value::Number(match self {
                Value::Number(number) => number,
                Value::Text(text) => Cow::Owned(Numeric::parse(&text)?),
                Value::Double(double) => Cow::Owned(Numeric::from_double(double)?),
                _ => return None,
            }),
            Scalar::Double => Value::Double(match self {
                Value::Text(text) => number::parse_double(&text)?,
                other => other.as_double()?,
            }),
        })
    }

    /// The value as PostgreSQL prints it.
    fn into_text(self) -> Option<Cow<'a, str>> {
        Some(match self {
            Value::Boolean(flag) => Cow::Borrowed(if flag { "true" } else { "false" }),
            Value::Text(text) => text,
            Value::Number(number) => Cow::Owned(number.to_string()),
            Value::Double(double) => Cow::Owned(number::print_double(double)),
            Value::Jsonb(json) => Cow::Owned(jsonb::print(&json)),
            Value::List(_) => return None,
        })
    }
}

/// The number or boolean of a JSON scalar.
fn from_json(json: &Json) -> Option<Value<'static>> {
    match json {
        Json::Bool(flag) => Some(Value::Boolean(*flag)),
        Json::Number(number) => Some(Value::Number(Cow::Owned(Numeric::parse(number.as_str())?))),
        _ => None,
    }
}

/// An integer in a range: texts must be an integer, other numbers are rounded.
fn whole(value: Value<'_>, range: std::ops::RangeInclusive<i64>) -> Option<Value<'_>> {
    let whole = match value {
        Value::Boolean(flag) => i64::from(flag),
        Value::Text(text) => number::parse_whole(&text)?,
        Value::Number(number) => number.rounded()?,
        Value::Double(double) => number::rounded_double(double)?,
        _ => return None,
    };
    range
        .contains(&whole)
        .then(|| Value::Number(Cow::Owned(Numeric::from(whole))))
}

/// The boolean value of a text, by PostgreSQL's input rules (manual section 8.6).
pub(super) fn spelled_boolean(text: &str) -> Option<bool> {
    let word = number::trimmed(text).to_ascii_lowercase();
    let starts =
        |whole: &str, least: usize| word.len() >= least && whole.starts_with(word.as_str());
    if starts("true", 1) || starts("yes", 1) || word == "on" || word == "1" {
        Some(true)
    } else if starts("false", 1) || starts("no", 1) || starts("off", 2) || word == "0" {
        Some(false)
    } else {
        None
    }
}

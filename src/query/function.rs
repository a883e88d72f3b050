//! The functions that the engine knows (manual chapter 9).

use std::borrow::Cow;

use serde_json::Value as Json;

use super::number::{self, Numeric};
use super::types::Scalar;
use super::value::Value;

/// A function of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Lower,
    Upper,
    Btrim,
    Length,
    SplitPart,
    JsonbArrayLength,
    /// Takes any number of arguments of one type.
    Coalesce,
}

impl Function {
    /// The function of this name, lower case.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "lower" => Function::Lower,
            "upper" => Function::Upper,
            "btrim" => Function::Btrim,
            "length" => Function::Length,
            "split_part" => Function::SplitPart,
            "jsonb_array_length" => Function::JsonbArrayLength,
            "coalesce" => Function::Coalesce,
            _ => return None,
        })
    }

    /// The types of the arguments and how many of them must be given, and the type of the result.
    /// [`Function::Coalesce`] has the type of its arguments.
    pub fn signature(self) -> (&'static [Scalar], usize, Scalar) {
        use Scalar::{Integer, Jsonb, Text};
        match self {
            Function::Lower | Function::Upper => (&[Text], 1, Text),
            Function::Btrim => (&[Text, Text], 1, Text),
            Function::Length => (&[Text], 1, Integer),
            Function::SplitPart => (&[Text, Text, Integer], 3, Text),
            Function::JsonbArrayLength => (&[Jsonb], 1, Integer),
            Function::Coalesce => (&[], 1, Text),
        }
    }

    /// Calls the function; where PostgreSQL fails, `complain` is told why and the result is NULL.
    pub fn call<'a>(
        self,
        arguments: impl Iterator<Item = Option<Value<'a>>>,
        complain: impl FnOnce(&str),
    ) -> Option<Value<'a>> {
        if self == Function::Coalesce {
            return arguments.flatten().next();
        }
        let values: Vec<Value<'a>> = arguments.collect::<Option<_>>()?;
        match (self, values.as_slice()) {
            // Letters outside ASCII have no case, as in PostgreSQL's locale C.
            (Function::Lower, [Value::Text(text)]) => {
                Some(Value::Text(Cow::Owned(text.to_ascii_lowercase())))
            }
            (Function::Upper, [Value::Text(text)]) => {
                Some(Value::Text(Cow::Owned(text.to_ascii_uppercase())))
            }
            (Function::Btrim, [Value::Text(text)]) => Some(owned(text.trim_matches(' '))),
            (Function::Btrim, [Value::Text(text), Value::Text(unwanted)]) => {
                Some(owned(text.trim_matches(|c| unwanted.contains(c))))
            }
            (Function::Length, [Value::Text(text)]) => Some(count(text.chars().count())),
            (
                Function::SplitPart,
                [
                    Value::Text(text),
                    Value::Text(separator),
                    Value::Number(field),
                ],
            ) => {
                let part = split_part(text, separator, field.rounded()?);
                if part.is_none() {
                    complain("split_part counts from 1, and 0 was asked for");
                }
                part.map(owned)
            }
            (Function::JsonbArrayLength, [Value::Jsonb(json)]) => match json.as_ref() {
                Json::Array(items) => Some(count(items.len())),
                _ => {
                    complain("jsonb_array_length met a value that is no list");
                    None
                }
            },
            _ => None,
        }
    }
}

fn owned<'a>(text: &str) -> Value<'a> {
    Value::Text(Cow::Owned(text.to_owned()))
}

fn count<'a>(count: usize) -> Value<'a> {
    Value::Number(Cow::Owned(
        number::parse_whole(&count.to_string()).map_or(Numeric::zero(), Numeric::from),
    ))
}

/// The part of this number, from 1, or from -1 at the end; empty where there is none, `None` for 0.
fn split_part<'t>(text: &'t str, separator: &str, field: i64) -> Option<&'t str> {
    if field == 0 {
        return None;
    }
    let parts: Vec<&str> = match separator {
        "" => vec![text],
        // No part is left of nothing.
        _ if text.is_empty() => Vec::new(),
        _ => text.split(separator).collect(),
    };
    let place = if field > 0 {
        field - 1
    } else {
        i64::try_from(parts.len()).ok()?.checked_add(field)?
    };
    Some(
        usize::try_from(place)
            .ok()
            .and_then(|place| parts.get(place))
            .copied()
            .unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_from_either_end() {
        assert_eq!(split_part("a:b:c", ":", 2), Some("b"));
        assert_eq!(split_part("a:b:c", ":", -1), Some("c"));
        assert_eq!(split_part("a:b:c", ":", 9), Some(""));
        assert_eq!(split_part("a:b:c", "", 1), Some("a:b:c"));
        assert_eq!(split_part("a:b:c", ":", 0), None);
    }
}

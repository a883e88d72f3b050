//! The supported functions (manual chapter 9).

use std::borrow::Cow;

use serde_json::Value as Json;

use super::jsonb;
use super::number::{self, Numeric};
use super::types::Scalar;
use super::value::Value;
use crate::text::folding;

mod texts;

/// A function of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Lower,
    Upper,
    Initcap,
    Btrim,
    Ltrim,
    Rtrim,
    Length,
    Left,
    Right,
    Replace,
    Reverse,
    Strpos,
    StartsWith,
    SplitPart,
    /// With positions; with a pattern it is a separate plan.
    Substring,
    RegexpReplace,
    /// Takes any number of arguments of any type.
    Concat,
    /// The same, with a separator.
    ConcatWs,
    /// `||` between texts.
    JoinTexts,
    /// `||` between attributes.
    JoinJsonb,
    JsonbArrayLength,
    JsonbTypeof,
    /// Takes any number of arguments of one type.
    Coalesce,
}

/// What to use instead of an unknown function.
pub(super) const SUPPORTED: &str = "use one of lower, upper, initcap, btrim, ltrim, rtrim, trim, length, left, right, replace, reverse, strpos, position, starts_with, split_part, substring, regexp_replace, concat, concat_ws, jsonb_array_length, jsonb_typeof, coalesce";

impl Function {
    /// The function of this name, lower case.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "lower" => Function::Lower,
            "upper" => Function::Upper,
            "initcap" => Function::Initcap,
            "btrim" => Function::Btrim,
            "ltrim" => Function::Ltrim,
            "rtrim" => Function::Rtrim,
            "length" | "char_length" | "character_length" => Function::Length,
            "left" => Function::Left,
            "right" => Function::Right,
            "replace" => Function::Replace,
            "reverse" => Function::Reverse,
            "strpos" => Function::Strpos,
            "starts_with" => Function::StartsWith,
            "split_part" => Function::SplitPart,
            "substring" | "substr" => Function::Substring,
            "regexp_replace" => Function::RegexpReplace,
            "concat" => Function::Concat,
            "concat_ws" => Function::ConcatWs,
            "jsonb_array_length" => Function::JsonbArrayLength,
            "jsonb_typeof" => Function::JsonbTypeof,
            "coalesce" => Function::Coalesce,
            _ => return None,
        })
    }

    /// The types of the arguments, the number of required ones, and the type of the result. [`Function::Coalesce`] has the type
    /// of its arguments.
    pub fn signature(self) -> (&'static [Scalar], usize, Scalar) {
        use Scalar::{Boolean, Integer, Jsonb, Text};
        match self {
            Function::Lower | Function::Upper | Function::Initcap | Function::Reverse => {
                (&[Text], 1, Text)
            }
            Function::Btrim | Function::Ltrim | Function::Rtrim => (&[Text, Text], 1, Text),
            Function::Length => (&[Text], 1, Integer),
            Function::Left | Function::Right => (&[Text, Integer], 2, Text),
            Function::Replace => (&[Text, Text, Text], 3, Text),
            Function::Strpos => (&[Text, Text], 2, Integer),
            Function::StartsWith => (&[Text, Text], 2, Boolean),
            Function::SplitPart => (&[Text, Text, Integer], 3, Text),
            Function::Substring => (&[Text, Integer, Integer], 2, Text),
            Function::JsonbArrayLength => (&[Jsonb], 1, Integer),
            Function::JsonbTypeof => (&[Jsonb], 1, Text),
            Function::JoinJsonb => (&[Jsonb, Jsonb], 2, Jsonb),
            Function::JoinTexts => (&[Text, Text], 2, Text),
            Function::RegexpReplace
            | Function::Concat
            | Function::ConcatWs
            | Function::Coalesce => (&[], 1, Text),
        }
    }

    /// Calls the function; where PostgreSQL fails, `complain` gets the reason and the result is NULL.
    pub fn call<'a>(
        self,
        mut arguments: impl Iterator<Item = Option<Value<'a>>>,
        complain: impl FnOnce(&str),
    ) -> Option<Value<'a>> {
        match self {
            Function::Coalesce => return arguments.flatten().next(),
            Function::Concat => return Some(text(texts::joined(arguments, ""))),
            Function::ConcatWs => {
                let Some(Value::Text(separator)) = arguments.next()? else {
                    return None;
                };
                return Some(text(texts::joined(arguments, &separator)));
            }
            _ => {}
        }
        let values: Vec<Value<'a>> = arguments.collect::<Option<_>>()?;
        if let [Value::Jsonb(json), rest @ ..] = values.as_slice() {
            return self.of_json(json, rest, complain);
        }
        let [Value::Text(first), rest @ ..] = values.as_slice() else {
            return None;
        };
        self.of_text(first, rest, complain)
    }

    fn of_json<'a>(
        self,
        json: &Json,
        rest: &[Value<'a>],
        complain: impl FnOnce(&str),
    ) -> Option<Value<'a>> {
        match (self, json, rest) {
            (Function::JsonbArrayLength, Json::Array(items), _) => Some(count(items.len())),
            (Function::JsonbArrayLength, ..) => {
                complain("found a value that is not a list, expected a list in jsonb_array_length");
                None
            }
            (Function::JsonbTypeof, ..) => Some(text(jsonb::type_name(json).to_owned())),
            (Function::JoinJsonb, _, [Value::Jsonb(other)]) => {
                Some(Value::Jsonb(Cow::Owned(jsonb::joined(json, other))))
            }
            _ => None,
        }
    }

    fn of_text<'a>(
        self,
        first: &str,
        rest: &[Value<'a>],
        complain: impl FnOnce(&str),
    ) -> Option<Value<'a>> {
        Some(match (self, rest) {
            (Function::Lower, []) => text(folding::lower(first)),
            (Function::Upper, []) => text(folding::upper(first)),
            (Function::Initcap, []) => text(folding::capitalized(first)),
            (Function::Reverse, []) => text(first.chars().rev().collect()),
            (Function::Btrim | Function::Ltrim | Function::Rtrim, _) => {
                let unwanted = match rest {
                    [Value::Text(unwanted)] => unwanted,
                    _ => " ",
                };
                let is_unwanted = |character| unwanted.contains(character);
                text(match self {
                    Function::Btrim => first.trim_matches(is_unwanted).to_owned(),
                    Function::Ltrim => first.trim_start_matches(is_unwanted).to_owned(),
                    _ => first.trim_end_matches(is_unwanted).to_owned(),
                })
            }
            (Function::Length, []) => count(first.chars().count()),
            (Function::Left, [Value::Number(number)]) => {
                text(texts::left(first, number.rounded()?))
            }
            (Function::Right, [Value::Number(number)]) => {
                text(texts::right(first, number.rounded()?))
            }
            (Function::Replace, [Value::Text(from), Value::Text(to)]) => {
                // An empty text has no position.
                text(if from.is_empty() {
                    first.to_owned()
                } else {
                    first.replace(from.as_ref(), to)
                })
            }
            (Function::Strpos, [Value::Text(wanted)]) => count(
                first
                    .find(wanted.as_ref())
                    .map_or(0, |at| first[..at].chars().count() + 1),
            ),
            (Function::StartsWith, [Value::Text(start)]) => {
                Value::Boolean(first.starts_with(start.as_ref()))
            }
            (Function::JoinTexts, [Value::Text(second)]) => text(format!("{first}{second}")),
            (Function::Substring, [Value::Number(start), rest @ ..]) => {
                let length = match rest {
                    [Value::Number(length)] => Some(length.rounded()?),
                    _ => None,
                };
                match texts::substring(first, start.rounded()?, length) {
                    Some(part) => text(part),
                    None => {
                        complain("found a negative length in substring, expected at least 0");
                        return None;
                    }
                }
            }
            (Function::SplitPart, [Value::Text(separator), Value::Number(field)]) => {
                match texts::split_part(first, separator, field.rounded()?) {
                    Some(part) => text(part.to_owned()),
                    None => {
                        complain("found field 0 in split_part, expected a number other than 0");
                        return None;
                    }
                }
            }
            _ => return None,
        })
    }
}

fn text<'a>(text: String) -> Value<'a> {
    Value::Text(Cow::Owned(text))
}

fn count<'a>(count: usize) -> Value<'a> {
    Value::Number(Cow::Owned(
        number::parse_whole(&count.to_string()).map_or(Numeric::zero(), Numeric::from),
    ))
}

//! PostgreSQL's `jsonb` operators (manual section 9.16) on parsed JSON.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::{Map, Value as Json};

use super::decimal::Decimal;

/// `object -> 'key'`: the member, or `None` if PostgreSQL gives NULL.
pub fn member<'a>(value: &'a Json, key: &str) -> Option<&'a Json> {
    value.as_object()?.get(key)
}

/// `array -> index`: the element, counted from 0, or from the end if negative. PostgreSQL stores a scalar as a list of one,
/// so its element 0 or -1 is the value itself.
pub fn element(value: &Json, index: i64) -> Option<&Json> {
    match value {
        Json::Array(items) => nth(items, index),
        Json::Object(_) => None,
        _ => matches!(index, 0 | -1).then_some(value),
    }
}

fn nth(items: &[Json], index: i64) -> Option<&Json> {
    let length = i64::try_from(items.len()).ok()?;
    let place = if index < 0 {
        length.checked_add(index)?
    } else {
        index
    };
    items.get(usize::try_from(place).ok()?)
}

/// `value #> '{a,0,b}'`: one step for each part, an index into an array.
pub fn descend<'a>(value: &'a Json, path: &[Option<String>]) -> Option<&'a Json> {
    path.iter().try_fold(value, |value, step| {
        let step = step.as_deref()?;
        match value {
            Json::Array(items) => nth(items, i64::from(step.trim_start().parse::<i32>().ok()?)),
            _ => member(value, step),
        }
    })
}

/// `value ? 'key'`: the value is that string, an array that contains it, or an object that has that key.
pub fn exists(value: &Json, key: &str) -> bool {
    match value {
        Json::String(text) => text == key,
        Json::Array(items) => items.iter().any(|item| item.as_str() == Some(key)),
        Json::Object(members) => members.contains_key(key),
        Json::Null | Json::Bool(_) | Json::Number(_) => false,
    }
}

/// `value ?| keys`: as [`exists`], for any of many keys.
pub fn exists_any(value: &Json, keys: &HashSet<String>) -> bool {
    match value {
        Json::String(text) => keys.contains(text),
        Json::Array(items) => items
            .iter()
            .filter_map(Json::as_str)
            .any(|text| keys.contains(text)),
        Json::Object(members) => members.keys().any(|key| keys.contains(key)),
        Json::Null | Json::Bool(_) | Json::Number(_) => false,
    }
}

/// `left = right`: numbers by value, objects regardless of key order.
pub fn equal(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Number(left), Json::Number(right)) => {
            let (left, right) = (left.as_str(), right.as_str());
            left == right
                || Decimal::parse(left).is_some_and(|left| Some(left) == Decimal::parse(right))
        }
        (Json::Array(left), Json::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| equal(left, right))
        }
        (Json::Object(left), Json::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(key, value)| right.get(key).is_some_and(|other| equal(value, other)))
        }
        _ => left == right,
    }
}

/// `value ->> …`: a string unchanged, any other value in PostgreSQL's output format; JSON's null is NULL.
pub fn text(value: &Json) -> Option<Cow<'_, str>> {
    match value {
        Json::Null => None,
        Json::String(text) => Some(Cow::Borrowed(text)),
        _ => Some(Cow::Owned(print(value))),
    }
}

/// Parses a value, as `'…'::jsonb` does.
pub fn parse(text: &str) -> Option<Json> {
    // `jsonb` cannot hold the character U+0000.
    crate::text::json::parse(text)
        .ok()
        .filter(|_| !text.contains("\\u0000"))
}

/// `left @> right`: `left` contains all of `right`, at the same place.
///
/// Order and number of list elements do not matter; at the top level a list also contains a scalar that is one of its
/// elements (manual section 8.14.3).
pub fn contains(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Array(items), right) if !right.is_array() && !right.is_object() => {
            items.iter().any(|item| equal(item, right))
        }
        _ => contains_within(left, right),
    }
}

fn contains_within(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Object(left), Json::Object(right)) => right.iter().all(|(key, value)| {
            left.get(key)
                .is_some_and(|found| contains_within(found, value))
        }),
        (Json::Array(left), Json::Array(right)) => right
            .iter()
            .all(|wanted| left.iter().any(|item| contains_within(item, wanted))),
        _ => equal(left, right),
    }
}

/// `jsonb_typeof(value)`
pub fn type_name(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    }
}

/// `left || right`: objects are merged, the right one takes precedence; other values are concatenated as lists, a scalar as a
/// list of one.
pub fn joined(left: &Json, right: &Json) -> Json {
    if let (Json::Object(left), Json::Object(right)) = (left, right) {
        let mut members = left.clone();
        members.extend(right.clone());
        return Json::Object(members);
    }
    let items = |value: &Json| match value {
        Json::Array(items) => items.clone(),
        other => vec![other.clone()],
    };
    let mut joined = items(left);
    joined.extend(items(right));
    Json::Array(joined)
}

/// The members of an object as `jsonb` keeps them: shorter keys first, then by bytes.
pub(super) fn sorted(members: &Map<String, Json>) -> Vec<(&String, &Json)> {
    let mut members: Vec<_> = members.iter().collect();
    members.sort_by_key(|(key, _)| (key.len(), *key));
    members
}

/// A value as `jsonb` prints it.
pub fn print(value: &Json) -> String {
    let mut printed = String::new();
    write(value, &mut printed, |number| number);
    printed
}

/// A text that is the same for two values if and only if they are [`equal`].
pub fn identity(value: &Json) -> String {
    let mut printed = String::new();
    write(value, &mut printed, Decimal::normalized);
    printed
}

/// Writes a value as `jsonb` prints it: shorter keys first, then by bytes; a space after `:` and `,`.
fn write(value: &Json, out: &mut String, number_as: fn(Decimal) -> Decimal) {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Json::Number(number) => match Decimal::parse(number.as_str()) {
            Some(decimal) => out.push_str(&number_as(decimal).to_string()),
            None => out.push_str(number.as_str()),
        },
        Json::String(text) => print_string(text, out),
        Json::Array(items) => {
            out.push('[');
            for (position, item) in items.iter().enumerate() {
                out.push_str(if position == 0 { "" } else { ", " });
                write(item, out, number_as);
            }
            out.push(']');
        }
        Json::Object(members) => {
            out.push('{');
            for (position, (key, value)) in sorted(members).into_iter().enumerate() {
                out.push_str(if position == 0 { "" } else { ", " });
                print_string(key, out);
                out.push_str(": ");
                write(value, out, number_as);
            }
            out.push('}');
        }
    }
}

fn print_string(text: &str, out: &mut String) {
    out.push_str(&Json::from(text).to_string());
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parsed(text: &str) -> Json {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn prints_text_as_postgresql_does() {
        for (value, expected) in [
            (r#""a\"b""#, Some("a\"b")),
            ("null", None),
            ("1.50", Some("1.50")),
            ("1e3", Some("1000")),
            ("true", Some("true")),
            (
                r#"{"bb":1,"a":[null,"x\ty"],"B":{}}"#,
                Some(r#"{"B": {}, "a": [null, "x\ty"], "bb": 1}"#),
            ),
        ] {
            assert_eq!(text(&parsed(value)).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn finds_strings_keys_and_list_members_but_never_numbers() {
        assert!(exists(&json!("a"), "a"));
        assert!(exists(&json!(["b", "a"]), "a"));
        assert!(exists(&json!({"a": 1}), "a"));
        assert!(!exists(&parsed("5"), "5"));
        assert!(!exists(&json!([["a"]]), "a"));
        assert!(!exists(&json!(null), "null"));
    }

    #[test]
    fn compares_by_value() {
        assert!(equal(
            &parsed(r#"{"a":1.0,"b":[1]}"#),
            &parsed(r#"{"b":[1e0],"a":1}"#)
        ));
        assert!(!equal(&json!([1, 2]), &json!([2, 1])));
        assert!(!equal(&json!("1"), &json!(1)));
    }

    #[test]
    fn equal_values_and_no_others_share_an_identity() {
        let values = [
            "1",
            "1.0",
            "10e-1",
            "0",
            "-0.0",
            "\"1\"",
            "null",
            "\"null\"",
            "[1]",
            "[1.00]",
            "{\"a\":1}",
        ];
        for left in values.map(parsed) {
            for right in values.map(parsed) {
                assert_eq!(
                    identity(&left) == identity(&right),
                    equal(&left, &right),
                    "{left} and {right}"
                );
            }
        }
    }

    #[test]
    fn counts_elements_from_either_end() {
        let list = json!(["a", "b"]);
        assert_eq!(element(&list, -1), Some(&json!("b")));
        assert_eq!(element(&list, 2), None);
        assert_eq!(element(&list, i64::MIN), None);
        let path = ["x", "-2"].map(|step| Some(step.to_owned()));
        assert_eq!(descend(&json!({"x": ["p", "q"]}), &path), Some(&json!("p")));
    }
}

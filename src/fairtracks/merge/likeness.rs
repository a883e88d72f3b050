//! Whether two descriptions say the same: numbers that are written differently are one number.

use serde_json::{Number, Value as Json};

use crate::archive::digest::Sha256Sum;

/// Whether two values are the same but for the text of numbers, such as `1.5` and `1.50`, and the order of keys.
pub(super) fn is_same(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Number(one), Json::Number(other)) => is_same_number(one, other),
        (Json::Array(one), Json::Array(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| is_same(one, other))
        }
        (Json::Object(one), Json::Object(other)) => {
            let is_in_other = |(key, value): (&String, &Json)| {
                other.get(key).is_some_and(|known| is_same(value, known))
            };
            one.len() == other.len() && one.iter().all(is_in_other)
        }
        _ => one == other,
    }
}

/// A sum of a value that is that of all values which are the same to [`is_same`], whole numbers beyond 2⁵³ excepted.
pub(super) fn fingerprint(value: &Json) -> Sha256Sum {
    let mut text = String::new();
    write(value, &mut text);
    Sha256Sum::of(text.as_bytes())
}

/// Writes a value with sorted keys, and each number in one form.
fn write(value: &Json, text: &mut String) {
    match value {
        Json::Array(values) => {
            text.push('[');
            for value in values {
                write(value, text);
                text.push(',');
            }
            text.push(']');
        }
        Json::Object(members) => {
            let mut members: Vec<(&String, &Json)> = members.iter().collect();
            members.sort_unstable_by_key(|(key, _)| *key);
            text.push('{');
            for (key, value) in members {
                text.push_str(&Json::from(key.as_str()).to_string());
                text.push(':');
                write(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Json::Number(number) => text.push_str(&in_one_form(number)),
        other => text.push_str(&other.to_string()),
    }
}

/// A number as text: whole numbers by their digits, as far as a float tells them apart, all others by the float.
fn in_one_form(number: &Number) -> String {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let text = number.to_string();
    let is_whole = !text.contains(['.', 'e', 'E']);
    match number.as_f64() {
        Some(float) if !is_whole || float.abs() < EXACT => format!("{float:?}"),
        _ => text,
    }
}

fn is_same_number(one: &Number, other: &Number) -> bool {
    if one == other {
        return true;
    }
    let [text, other_text] = [one, other].map(ToString::to_string);
    // Whole numbers may have more digits than a float tells apart.
    let is_whole = |text: &str| !text.contains(['.', 'e', 'E']);
    if is_whole(&text) && is_whole(&other_text) {
        return text == other_text;
    }
    matches!((one.as_f64(), other.as_f64()), (Some(one), Some(other)) if one.total_cmp(&other).is_eq())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::json::parse;

    #[test]
    fn numbers_are_compared_by_value_and_texts_by_characters() {
        let same = |one: &str, other: &str| {
            let [one, other] = [one, other].map(|text| parse(text).unwrap());
            let is_same = is_same(&one, &other);
            assert_eq!(
                fingerprint(&one) == fingerprint(&other),
                is_same,
                "{one} {other}"
            );
            is_same
        };
        assert!(same(
            r#"{"a": 1.50, "b": [2.0]}"#,
            r#"{"b": [2], "a": 1.5}"#
        ));
        assert!(same("1e3", "1000"));
        assert!(!same("1.5", "1.51"));
        assert!(!same(r#""1.50""#, r#""1.5""#));
        assert!(!same("9007199254740993", "9007199254740992"));
        assert!(!same("0", "-0.0"));
        assert!(!same(r#"["a", "b"]"#, r#"["a\",\"b"]"#));
        assert!(!same(r#"{"a": 1}"#, r#"{"a": 1, "b": 1}"#));
    }
}

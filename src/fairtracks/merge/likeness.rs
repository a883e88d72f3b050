//! Whether two descriptions say the same: numbers that are written differently are one number.

use serde_json::{Number, Value as Json};

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
        let same = |one: &str, other: &str| is_same(&parse(one).unwrap(), &parse(other).unwrap());
        assert!(same(
            r#"{"a": 1.50, "b": [2.0]}"#,
            r#"{"b": [2], "a": 1.5}"#
        ));
        assert!(same("1e3", "1000"));
        assert!(!same("1.5", "1.51"));
        assert!(!same(r#""1.50""#, r#""1.5""#));
        assert!(!same("9007199254740993", "9007199254740992"));
        assert!(!same(r#"{"a": 1}"#, r#"{"a": 1, "b": 1}"#));
    }
}

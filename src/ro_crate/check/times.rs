//! Times of actions, and the texts of values.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::iso8601::Iso;

/// The text of a value: a text, a number, or one of them with a type.
pub fn literal(value: &Json) -> Option<Cow<'_, str>> {
    match value {
        Json::String(text) => Some(text.as_str().into()),
        Json::Number(number) => Some(number.to_string().into()),
        Json::Object(members) => literal(members.get("@value")?),
        _ => None,
    }
}

/// The problem with the time of an action, if validators of Process Run Crates reject it. They accept a day, or a time with
/// `+hh:mm` and no fraction or one of three digits.
pub fn unusual(text: &str) -> Option<&'static str> {
    const EXPECTED: &str = "a day or a time, such as 2026-01-31T12:00:00+00:00";
    let has_dashes = text.as_bytes().get(4) == Some(&b'-') && text.as_bytes().get(7) == Some(&b'-');
    match Iso::of(text) {
        Iso::Day if has_dashes && text.len() == 10 => return None,
        Iso::Time if has_dashes && text.as_bytes().get(10) == Some(&b'T') => {}
        _ => return Some(EXPECTED),
    }
    let clock = text.get(10..).unwrap_or_default();
    let Some((clock, _)) = clock.split_once('+') else {
        return Some("an offset such as +00:00 after the time, not Z and not negative");
    };
    let fraction = clock.split_once('.').map(|(_, fraction)| fraction.len());
    if clock.split('.').next().map(str::len) != Some("T12:00:00".len()) {
        return Some(EXPECTED);
    }
    match fraction {
        None | Some(3) => None,
        Some(_) => Some("no fraction of a second, or one of three digits"),
    }
}

/// Whether one time is before another, if both have the same form.
pub fn is_before(one: &str, other: &str) -> bool {
    let is_plain =
        |text: &str| text.len() == 25 && text.ends_with("+00:00") && Iso::of(text) == Iso::Time;
    is_plain(one) && is_plain(other) && one < other
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn times_of_actions_are_those_that_validators_let_pass() {
        for good in [
            "2026-01-31",
            "2026-01-31T12:00:00+00:00",
            "2026-01-31T12:00:00.123+02:00",
        ] {
            assert_eq!(unusual(good), None, "{good}");
        }
        #[rustfmt::skip]
        let cases = [
            "2026", "2026-01-31T12:00:00Z", "2026-01-31T12:00:00-05:00", "2026-01-31T12:00:00.123456+00:00",
            "2026-01-31T12:00:00", "2026-01-31T12:00+00:00", "2026-01-31 12:00:00+00:00", "20260131", "2026-W05-6",
            "2026-02-30", "yesterday", "", "é",
        ];
        for bad in cases {
            assert!(unusual(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn only_times_that_are_written_alike_are_put_in_order() {
        let noon = "2026-01-31T12:00:00+00:00";
        assert!(is_before("2026-01-31T11:59:59+00:00", noon));
        assert!(!is_before(noon, noon));
        assert!(!is_before("2026-01-31T11:00:00-02:00", noon));
        for value in [
            json!("2024"),
            json!(2024),
            json!({"@value": "2024", "@type": "xsd:gYear"}),
        ] {
            assert_eq!(literal(&value).as_deref(), Some("2024"));
        }
        assert_eq!(literal(&json!({"@id": "2024"})), None);
    }
}

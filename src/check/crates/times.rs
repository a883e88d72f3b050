//! Dates and times as crates have them (ISO 8601).

use crate::model::values::date_time::DateTime;

/// How exact a text is as a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Iso {
    /// A day and a time of day, with an offset or without.
    Time,
    /// A day.
    Day,
    /// A year, or a month of a year.
    Part,
    /// No date or time.
    No,
}

/// What kind of date or time a text is.
pub fn iso(text: &str) -> Iso {
    let is_time = |text: &str| DateTime::parse(text).value.is_some();
    if is_time(text) || is_time(&format!("{text}Z")) || is_time(&format!("{text}:00Z")) {
        Iso::Time
    } else if is_time(&format!("{text}T00:00:00Z")) {
        Iso::Day
    } else if is_time(&format!("{text}-01T00:00:00Z"))
        || is_time(&format!("{text}-01-01T00:00:00Z"))
    {
        Iso::Part
    } else {
        Iso::No
    }
}

/// What is unusual in the time of an action, of the times that validators of Process Run Crates let pass: a day, or a time
/// with `+hh:mm` and no fraction or one of three digits.
pub fn unusual(text: &str) -> Option<&'static str> {
    match iso(text) {
        Iso::Day => return None,
        Iso::Time => {}
        Iso::Part | Iso::No => return Some("a day or a time, such as 2026-01-31T12:00:00+00:00"),
    }
    let clock = text.get(10..).unwrap_or_default();
    let Some((clock, _)) = clock.split_once('+') else {
        return Some("an offset such as +00:00 behind the time, not Z, a negative one or none");
    };
    let fraction = clock.split_once('.').map(|(_, fraction)| fraction.len());
    match fraction {
        None | Some(3) => None,
        Some(_) => Some("no fraction of a second, or three digits of it"),
    }
}

/// Whether one time is before another, where both are written alike.
pub fn is_before(one: &str, other: &str) -> bool {
    let is_plain =
        |text: &str| text.len() == 25 && text.ends_with("+00:00") && iso(text) == Iso::Time;
    is_plain(one) && is_plain(other) && one < other
}

#[cfg(test)]
mod tests {
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
        for bad in [
            "2026",
            "2026-01-31T12:00:00Z",
            "2026-01-31T12:00:00-05:00",
            "2026-01-31T12:00:00.123456+00:00",
            "2026-01-31T12:00:00",
            "2026-02-30",
            "yesterday",
            "",
            "é",
        ] {
            assert!(unusual(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn only_times_that_are_written_alike_are_put_in_order() {
        let noon = "2026-01-31T12:00:00+00:00";
        assert!(is_before("2026-01-31T11:59:59+00:00", noon));
        assert!(!is_before(noon, noon));
        assert!(!is_before("2026-01-31T11:00:00-02:00", noon));
        assert_eq!(iso("2026-01"), Iso::Part);
        assert_eq!(iso("2026-01-31T12:00"), Iso::Time);
    }
}

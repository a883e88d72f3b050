//! Numbers and dates as texts.

use jiff::ToSpan as _;
use jiff::civil::date;

/// Whole numbers up to this one are exact, 2^53.
const MOST_EXACT: f64 = 9_007_199_254_740_992.0;
const MOST_EXACT_WHOLE: u128 = 1 << 53;

/// Whether a whole number is beyond those that spreadsheet programs keep digit by digit.
pub(super) fn is_inexact(stored: &str) -> bool {
    // Reading the digits rounds the first whole number beyond.
    if let Ok(whole) = stored.trim().parse::<i128>() {
        return whole.unsigned_abs() > MOST_EXACT_WHOLE;
    }
    let value = stored.trim().parse::<f64>();
    value.is_ok_and(|value| value.is_finite() && value.abs() > MOST_EXACT)
}

/// A number as it is typed: whole numbers without a fraction, others by their shortest digits.
pub(super) fn number(stored: &str) -> Option<String> {
    let value: f64 = stored.trim().parse().ok()?;
    if !value.is_finite() {
        return None;
    }
    // Excel keeps fifteen digits.
    let is_whole = value.fract() == 0.0 && value.abs() < 1e15;
    Some(match is_whole && value != 0.0 {
        true => format!("{value:.0}"),
        // Also for the zero that has a sign.
        false if value == 0.0 => "0".to_owned(),
        false => value.to_string(),
    })
}

/// The day of a date, which is stored as days since the end of 1899, or the beginning of 1904; `None` for a time of day and for what
/// no calendar has.
pub(super) fn day(stored: &str, is_1904: bool) -> Option<String> {
    let days = stored.trim().parse::<f64>().ok()?.floor();
    let start = match is_1904 {
        true => date(1904, 1, 1),
        // Excel takes 1900 for a leap year, so that days after February count from a day earlier.
        false => date(1899, 12, 30),
    };
    if !(1.0..3_000_000.0).contains(&days) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation)] // Within the range above.
    let day = start.checked_add((days as i64).days()).ok()?;
    Some(day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_they_are_typed() {
        for (stored, typed) in [
            ("9606", "9606"),
            ("9606.0", "9606"),
            ("-100", "-100"),
            ("0.1", "0.1"),
            ("1.0000000000000001E-5", "0.00001"),
            ("-0", "0"),
        ] {
            assert_eq!(number(stored).as_deref(), Some(typed), "{stored}");
        }
        assert_eq!(number("inf"), None);
        for (stored, is_lost) in [
            ("9007199254740992", false),
            ("9007199254740993", true),
            ("-9007199254740993", true),
            ("12345678901234567890", true),
            ("-1.2345678901234567E19", true),
        ] {
            assert_eq!(is_inexact(stored), is_lost, "{stored}");
        }
    }

    #[test]
    fn days_are_those_of_excel() {
        assert_eq!(day("45901", false).as_deref(), Some("2025-09-01"));
        assert_eq!(day("44439.5", true).as_deref(), Some("2025-09-01"));
        assert_eq!(day("0.5", false), None);
        assert_eq!(day("1e300", false), None);
    }
}

//! Numbers as PostgreSQL reads, rounds, orders and prints them (manual section 8.1).

use std::cmp::Ordering;
use std::fmt;

use super::decimal::Decimal;

/// A value of `numeric`, ordered as in PostgreSQL: NaN equals itself and is the greatest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Numeric {
    NegativeInfinity,
    Finite(Decimal),
    Infinity,
    NotANumber,
}

impl Numeric {
    pub fn zero() -> Self {
        Numeric::from(0)
    }

    /// Parses a number, ignoring surrounding whitespace.
    pub fn parse(text: &str) -> Option<Self> {
        let text = trimmed(text);
        match special(text) {
            Some(double) if double.is_nan() => Some(Numeric::NotANumber),
            Some(double) => Some(if double > 0.0 {
                Numeric::Infinity
            } else {
                Numeric::NegativeInfinity
            }),
            None => Decimal::parse(text).map(Numeric::Finite),
        }
    }

    /// A double at its fifteen significant digits.
    pub fn from_double(double: f64) -> Option<Self> {
        if double.is_finite() {
            return Decimal::parse(&format!("{double:.14e}"))
                .map(|decimal| Numeric::Finite(decimal.normalized()));
        }
        Numeric::parse(&double.to_string())
    }

    /// The nearest double; `None` if it is too large.
    pub fn to_double(&self) -> Option<f64> {
        match self {
            Numeric::NegativeInfinity => Some(f64::NEG_INFINITY),
            Numeric::Infinity => Some(f64::INFINITY),
            Numeric::NotANumber => Some(f64::NAN),
            Numeric::Finite(decimal) => decimal
                .to_string()
                .parse()
                .ok()
                .filter(|double: &f64| double.is_finite()),
        }
    }

    /// The nearest integer, halves away from zero; `None` if it does not fit.
    pub fn rounded(&self) -> Option<i64> {
        match self {
            Numeric::Finite(decimal) => decimal.rounded(),
            _ => None,
        }
    }
}

impl From<i64> for Numeric {
    fn from(whole: i64) -> Self {
        // Digits always make a decimal.
        Decimal::parse(&whole.to_string()).map_or(Numeric::NotANumber, Numeric::Finite)
    }
}

impl fmt::Display for Numeric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Numeric::NegativeInfinity => f.write_str("-Infinity"),
            Numeric::Finite(decimal) => decimal.fmt(f),
            Numeric::Infinity => f.write_str("Infinity"),
            Numeric::NotANumber => f.write_str("NaN"),
        }
    }
}

/// A text without the surrounding whitespace that PostgreSQL ignores in numbers and booleans.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c'])
}

/// Infinities and NaN by name.
fn special(text: &str) -> Option<f64> {
    let (negative, name) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    match name.to_ascii_lowercase().as_str() {
        "infinity" | "inf" => Some(if negative {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        }),
        "nan" if name.len() == text.len() => Some(f64::NAN),
        _ => None,
    }
}

/// Parses a double; `None` if it is invalid or out of range.
pub(super) fn parse_double(text: &str) -> Option<f64> {
    let text = trimmed(text);
    if let Some(double) = special(text) {
        return Some(double);
    }
    let decimal = Decimal::parse(text);
    let double: f64 = text.parse().ok()?;
    let vanishes = double == 0.0 && decimal.is_none_or(|decimal| !decimal.is_zero());
    (double.is_finite() && !vanishes).then_some(double)
}

/// Reads a whole number.
pub(super) fn parse_whole(text: &str) -> Option<i64> {
    trimmed(text).parse().ok()
}

/// The nearest whole number, halves to the even one.
pub(super) fn rounded_double(double: f64) -> Option<i64> {
    let whole = double.round_ties_even();
    // The bounds are powers of two, so they are exact as doubles.
    let fits = (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&whole);
    #[allow(clippy::cast_possible_truncation)]
    fits.then_some(whole as i64)
}

/// The order of doubles: NaN equals itself and is the greatest.
pub(super) fn order_of_doubles(left: f64, right: f64) -> Ordering {
    left.partial_cmp(&right)
        .unwrap_or_else(|| left.is_nan().cmp(&right.is_nan()))
}

/// A double by its shortest digits, with an exponent from 1e+15 on and below 1e-04.
pub(super) fn print_double(double: f64) -> String {
    if !double.is_finite() {
        return if double.is_nan() {
            "NaN".to_owned()
        } else {
            double.to_string().replace("inf", "Infinity")
        };
    }
    let scientific = format!("{double:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..15).contains(&exponent) {
        return double.to_string();
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_doubles_as_postgresql_does() {
        for (double, expected) in [
            (1e15, "1e+15"),
            (123_456.75, "123456.75"),
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (-0.0, "-0"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(print_double(double), expected);
        }
    }

    #[test]
    fn rounds_halves_as_the_type_says() {
        assert_eq!(Numeric::parse("2.5").unwrap().rounded(), Some(3));
        assert_eq!(Numeric::parse("-2.5").unwrap().rounded(), Some(-3));
        assert_eq!(rounded_double(2.5), Some(2));
        assert_eq!(rounded_double(9.3e18), None);
        assert_eq!(Numeric::from_double(0.1).unwrap().to_string(), "0.1");
    }

    #[test]
    fn knows_the_special_values() {
        assert_eq!(Numeric::parse(" -inf "), Some(Numeric::NegativeInfinity));
        assert!(Numeric::parse("NaN") > Numeric::parse("Infinity"));
        assert_eq!(order_of_doubles(f64::NAN, f64::INFINITY), Ordering::Greater);
        assert_eq!(parse_double("1e400"), None);
        assert_eq!(parse_double("1e-400"), None);
        assert_eq!(parse_double("0e-400"), Some(0.0));
    }
}

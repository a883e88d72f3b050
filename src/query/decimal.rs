//! Numbers of any size, compared by value and printed as PostgreSQL's `numeric` prints them.

use std::cmp::Ordering;
use std::fmt;

/// A decimal number. Numbers of the same value are equal, such as `1.50` and `1.5`, but each keeps its number of decimal places.
#[derive(Debug, Clone)]
pub struct Decimal {
    negative: bool,
    /// The digits without leading zeros; empty for zero.
    digits: Vec<u8>,
    /// The number of decimal places; negative for trailing zeros before the point.
    scale: i64,
}

/// The most digits on either side of the point, the limit of PostgreSQL's `numeric`.
const MOST_DIGITS: i64 = 131_072;

impl Decimal {
    /// Parses a JSON or SQL number; `None` if it is invalid or too large for PostgreSQL's `numeric`.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.len() + fraction.len() == 0
            || !whole
                .bytes()
                .chain(fraction.bytes())
                .all(|b| b.is_ascii_digit())
        {
            return None;
        }
        let digits: Vec<u8> = whole
            .bytes()
            .chain(fraction.bytes())
            .skip_while(|&b| b == b'0')
            .collect();
        let scale = i64::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        let before_point = i64::try_from(digits.len()).ok()?.checked_sub(scale)?;
        if !digits.is_empty() && before_point > MOST_DIGITS || scale > MOST_DIGITS {
            return None;
        }
        Some(Decimal {
            negative: negative && !digits.is_empty(),
            digits,
            scale,
        })
    }

    /// The same value with the fewest decimal places.
    #[must_use]
    pub fn normalized(mut self) -> Self {
        while self.scale > 0 && self.digits.last().is_none_or(|&digit| digit == b'0') {
            self.digits.pop();
            self.scale -= 1;
        }
        self
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// The nearest integer, halves away from zero; `None` if it does not fit 64 bits.
    pub fn rounded(&self) -> Option<i64> {
        // Too many digits cannot fit; this also bounds the text below.
        if self.digits.len() as i64 - self.scale > 20 {
            return None;
        }
        let text = self.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let whole: i128 = whole.parse().ok()?;
        let away = i128::from(
            fraction
                .as_bytes()
                .first()
                .is_some_and(|&digit| digit >= b'5'),
        );
        i64::try_from(if self.negative {
            whole - away
        } else {
            whole + away
        })
        .ok()
    }

    /// The digits without trailing zeros, and the number of them before the point.
    fn magnitude(&self) -> (i64, &[u8]) {
        let end = self
            .digits
            .iter()
            .rposition(|&b| b != b'0')
            .map_or(0, |at| at + 1);
        (self.digits.len() as i64 - self.scale, &self.digits[..end])
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |number: &Decimal| match (number.digits.is_empty(), number.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let by_sign = sign(self).cmp(&sign(other));
        if by_sign != Ordering::Equal || self.digits.is_empty() {
            return by_sign;
        }
        let by_size = self.magnitude().cmp(&other.magnitude());
        if self.negative {
            by_size.reverse()
        } else {
            by_size
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negative {
            f.write_str("-")?;
        }
        let digits: String = self.digits.iter().map(|&b| char::from(b)).collect();
        let Ok(scale @ 1..) = usize::try_from(self.scale) else {
            let zeros = if self.digits.is_empty() {
                0
            } else {
                usize::try_from(-self.scale).unwrap_or(0)
            };
            return if digits.is_empty() {
                f.write_str("0")
            } else {
                write!(f, "{digits}{}", "0".repeat(zeros))
            };
        };
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = padded.split_at(padded.len() - scale);
        write!(f, "{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_as_numeric_does() {
        for (text, expected) in [
            ("1.50", "1.50"),
            ("1e3", "1000"),
            ("1.50e1", "15.0"),
            ("-0", "0"),
            ("-0.0", "0.0"),
            ("1E-3", "0.001"),
            ("-12e-1", "-1.2"),
            ("0e5", "0"),
            ("42", "42"),
        ] {
            assert_eq!(
                Decimal::parse(text).unwrap().to_string(),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn compares_by_value() {
        let number = |text| Decimal::parse(text).unwrap();
        assert_eq!(number("1.0"), number("1"));
        assert_eq!(number("-0"), number("0.00"));
        assert_eq!(number("1e3"), number("1000.0"));
        let sorted = [
            "-1e3", "-2", "-1.5", "0", "0.05", "0.5", "1.5", "2", "10", "1e3",
        ];
        assert!(
            sorted
                .windows(2)
                .all(|pair| number(pair[0]) < number(pair[1]))
        );
    }

    #[test]
    fn refuses_what_is_no_number_or_too_large() {
        #[rustfmt::skip]
        let cases = [
            "", ".", "-", "1e", "NaN", "1e999999999999", "1e200000", "0x1",
        ];
        for text in cases {
            assert!(Decimal::parse(text).is_none(), "{text}");
        }
    }
}

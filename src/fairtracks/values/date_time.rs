//! Times as JSON Schema asks for them: RFC 3339 with a time of day and an offset.

use jiff::{SignedDuration, civil};

use crate::fairtracks::fields::must;
use crate::fairtracks::finding::Reading;

/// Reads a time such as `2026-01-31T12:00:00+00:00`: the time in UTC since 1970-01-01T00:00:00Z, whatever its offset.
pub fn parse(text: &str) -> Reading<SignedDuration> {
    since_1970(text).map(Reading::good).unwrap_or_else(|| {
        Reading::none(must(
            "a date and time with an offset, such as 2026-01-31T12:00:00+00:00",
            "add the time and the offset",
        ))
    })
}

/// Stricter than `jiff`'s own reader, which takes all of ISO 8601, and without its limit of nine digits of a fraction.
fn since_1970(text: &str) -> Option<SignedDuration> {
    let (date, time) = text.split_once(['T', 't'])?;
    let at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, offset) = time.split_at(at);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
    if year == 0 || fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let ahead = if offset.eq_ignore_ascii_case("z") {
        0
    } else {
        let [hours, minutes] = numbers(offset.get(1..)?, ':', [2, 2])?;
        let ahead = i64::from(hours) * 60 + i64::from(minutes);
        let sign = if offset.starts_with('-') { -1 } else { 1 };
        (hours < 24 && minutes < 60).then_some(sign * ahead)?
    };
    let nanoseconds = format!("{fraction:0<9.9}").parse().ok()?;
    let [month, day, hour, minute, second] = [month, day, hour, minute, second].map(|of| of as i8);
    let local = civil::DateTime::new(year, month, day, hour, minute, second, nanoseconds).ok()?;
    let since = local.duration_since(civil::date(1970, 1, 1).at(0, 0, 0, 0));
    since.checked_sub(SignedDuration::from_mins(ahead))
}

/// Numbers of so many digits each, with a separator between them.
fn numbers<const N: usize>(text: &str, separator: char, digits: [usize; N]) -> Option<[i16; N]> {
    let mut parts = text.split(separator);
    let mut values = [0; N];
    for (value, digits) in values.iter_mut().zip(digits) {
        let part = parts.next()?;
        if part.len() != digits || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *value = part.parse().ok()?;
    }
    parts.next().is_none().then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_times_from_dates_and_days_that_do_not_exist() {
        for good in [
            "2020-07-07T19:02:59Z",
            "2024-02-29t00:00:00.5z",
            "2026-01-31T12:00:00+00:00",
            "0001-12-31T23:59:59-23:59",
        ] {
            assert!(since_1970(good).is_some(), "{good}");
        }
        #[rustfmt::skip]
        let cases = [
            "2020-07-07", "2020-07-07T19:02:59", "2020-07-07 19:02:59Z", "2023-02-29T00:00:00Z",
            "2020-13-01T00:00:00Z", "2020-07-07T24:00:00Z", "2020-07-07T19:02:60Z", "2020-07-07T19:02:59.Z",
            "2020-07-07T19:02:59+0100", "0000-01-01T00:00:00Z", "2020-7-7T19:02:59Z", "",
        ];
        for bad in cases {
            assert!(since_1970(bad).is_none(), "{bad}");
        }
    }
}

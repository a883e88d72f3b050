//! Times as JSON Schema asks for them: RFC 3339 with a time of day and an offset.

use crate::fairtracks::fields::must;
use crate::fairtracks::finding::Reading;

/// A time as written, known to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateTime<'d>(&'d str);

impl<'d> DateTime<'d> {
    /// Reads a time such as `2026-01-31T12:00:00+00:00`.
    pub fn parse(text: &'d str) -> Reading<Self> {
        if is_date_time(text) {
            return Reading::good(DateTime(text));
        }
        Reading::none(must(
            "a date and time with an offset, such as 2026-01-31T12:00:00+00:00",
            "a date alone is not enough",
        ))
    }

    /// The time as written.
    pub fn as_str(self) -> &'d str {
        self.0
    }
}

fn is_date_time(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    let Some((date, time)) = upper.split_once('T') else {
        return false;
    };
    let Some([year, month, day]) = numbers(date, '-', [4, 2, 2]) else {
        return false;
    };
    let is_day = year > 0 && (1..=12).contains(&month) && (1..=days(year, month)).contains(&day);
    let at = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, offset) = time.split_at(at);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let is_clock = numbers(clock, ':', [2, 2, 2])
        .is_some_and(|[hour, minute, second]| hour < 24 && minute < 60 && second < 60);
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let is_offset = offset == "Z"
        || offset
            .get(1..)
            .and_then(|offset| numbers(offset, ':', [2, 2]))
            .is_some_and(|[hour, minute]| hour < 24 && minute < 60);
    is_day && is_clock && is_fraction && is_offset
}

/// Numbers of so many digits each, with a separator between them.
fn numbers<const N: usize>(text: &str, separator: char, digits: [usize; N]) -> Option<[u32; N]> {
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

fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
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
            assert!(is_date_time(good), "{good}");
        }
        for bad in [
            "2020-07-07",
            "2020-07-07T19:02:59",
            "2020-07-07 19:02:59Z",
            "2023-02-29T00:00:00Z",
            "2020-13-01T00:00:00Z",
            "2020-07-07T24:00:00Z",
            "2020-07-07T19:02:60Z",
            "2020-07-07T19:02:59.Z",
            "2020-07-07T19:02:59+0100",
            "0000-01-01T00:00:00Z",
            "2020-7-7T19:02:59Z",
            "",
        ] {
            assert!(!is_date_time(bad), "{bad}");
        }
    }
}

//! Times of Galaxy: in UTC without saying so, and with parts of a second.

/// A time as RFC 3339 in UTC with `+00:00`, to the second; a time without a zone is in UTC. None of what is no time.
pub(super) fn as_utc(text: &str) -> Option<String> {
    let text = text.trim();
    if !text.is_ascii() || text.len() < 19 || text.len() > 40 {
        return None;
    }
    let number = |from: usize, to: usize| -> Option<i64> {
        let digits = &text[from..to];
        digits
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| digits.parse().ok())?
    };
    let bytes = text.as_bytes();
    let is_separated = bytes[4] == b'-'
        && bytes[7] == b'-'
        && matches!(bytes[10], b'T' | b't' | b' ')
        && bytes[13] == b':'
        && bytes[16] == b':';
    if !is_separated {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let is_time = (1..=12).contains(&month)
        && (1..=days_of(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60;
    if !is_time || year < 1000 {
        return None;
    }
    let mut rest = &text[19..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let digits = fraction.len()
            - fraction
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .len();
        if digits == 0 {
            return None;
        }
        rest = &fraction[digits..];
    }
    // A leap second has no place of its own here.
    let minutes = (days_before(year, month, day) * 24 + hour) * 60 + minute - offset(rest)?;
    let (date, of_day) = (minutes.div_euclid(24 * 60), minutes.rem_euclid(24 * 60));
    let (year, month, day) = date_of(date);
    (1000..=9999).contains(&year).then(|| {
        let (hour, minute, second) = (of_day / 60, of_day % 60, second.min(59));
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+00:00")
    })
}

/// The minutes that a zone is before UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone.is_empty() || zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match digits.len() {
        5 if digits.as_bytes()[2] == b':' => (&digits[..2], &digits[3..]),
        4 => (&digits[..2], &digits[2..]),
        2 => (digits, "00"),
        _ => return None,
    };
    let number = |text: &str| text.parse::<u8>().ok().map(i64::from);
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The days from the year 0 to a date.
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let before = year - 1;
    let years = before * 365 + before / 4 - before / 100 + before / 400;
    years + (1..month).map(|month| days_of(year, month)).sum::<i64>() + day - 1
}

fn date_of(days: i64) -> (i64, i64, i64) {
    let mut year = days / 366;
    while days_before(year + 1, 1, 1) <= days {
        year += 1;
    }
    let mut left = days - days_before(year, 1, 1);
    let mut month = 1;
    while month < 12 && left >= days_of(year, month) {
        left -= days_of(year, month);
        month += 1;
    }
    (year, month, left + 1)
}

#[cfg(test)]
mod tests {
    use super::as_utc;

    #[test]
    fn a_time_of_galaxy_is_in_utc_and_to_the_second() {
        for (given, expected) in [
            ("2026-11-24T08:10:22.123456", "2026-11-24T08:10:22+00:00"),
            ("2026-11-24 08:10:22", "2026-11-24T08:10:22+00:00"),
            ("2026-11-24T08:10:22Z", "2026-11-24T08:10:22+00:00"),
            ("2026-12-31T23:30:00-01:00", "2027-01-01T00:30:00+00:00"),
            ("2024-03-01T00:30:00+0100", "2024-02-29T23:30:00+00:00"),
            ("2000-01-01T00:00:00.5+05:30", "1999-12-31T18:30:00+00:00"),
        ] {
            assert_eq!(as_utc(given).as_deref(), Some(expected), "{given}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for given in [
            "",
            "yesterday",
            "None",
            "2026-02-29T00:00:00",
            "2026-13-01T00:00:00",
            "2026-11-24T24:10:22",
            "2026-11-24T08:10:22 /home/ann",
            "2026-11-24T08:10:22.",
            "2026-11-24T08:10:2\u{e9}1",
            "+026-11-24T08:10:22",
        ] {
            assert_eq!(as_utc(given), None, "{given}");
        }
    }
}

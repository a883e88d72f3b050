//! Dates and times of ISO 8601 in all forms that RO-Crate accepts: basic and extended; by month, week or day of the year;
//! reduced to month, week or year; with hours, minutes or seconds and a decimal fraction of the last.

use std::str::FromStr;

use jiff::civil::{Date, ISOWeekDate, Weekday};

/// The precision of a date or time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Iso {
    /// A day and a time of day, with an offset or without.
    Time,
    /// A day.
    Day,
    /// A year, or a month or a week of a year.
    Part,
    /// Well-formed, but the day or time does not exist.
    NoSuchDay,
    /// Not a date or time.
    No,
}

impl Iso {
    /// Classifies a text.
    pub fn of(text: &str) -> Self {
        let (date, time) = match text.find(['T', ' ']) {
            Some(at) => (&text[..at], Some(&text[at + 1..])),
            None => (text, None),
        };
        let Some(date) = date_kind(date) else {
            return Iso::No;
        };
        match (date, time) {
            // Validators accept a date before a lone T, which is invalid.
            (_, Some("")) => Iso::NoSuchDay,
            (Iso::Part, Some(_)) => Iso::No,
            (Iso::Day, Some(time)) if is_time(time) => Iso::Time,
            (Iso::NoSuchDay, Some(time)) if is_time(time) => Iso::NoSuchDay,
            (_, Some(_)) => Iso::No,
            (date, None) => date,
        }
    }

    /// Whether it is a date or time of any precision.
    pub fn is_time(self) -> bool {
        matches!(self, Iso::Time | Iso::Day | Iso::Part)
    }
}

/// The number of so many digits at the start of a text, and the rest.
fn digits<N: FromStr>(text: &str, count: usize) -> Option<(N, &str)> {
    let (digits, rest) = text.split_at_checked(count)?;
    let are_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    Some((are_digits.then(|| digits.parse().ok())??, rest))
}

/// A number of two digits that is not above a limit, and the rest.
fn two(text: &str, most: i8) -> Option<(i8, &str)> {
    digits(text, 2).filter(|(value, _)| *value <= most)
}

/// The kind of a date without a time of day.
fn date_kind(text: &str) -> Option<Iso> {
    let (year, rest) = digits(text.strip_prefix(['+', '-']).unwrap_or(text), 4)?;
    if rest.is_empty() {
        return Some(Iso::Part);
    }
    let (dash, rest) = match rest.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", rest),
    };
    let known = |is_known: bool| Some(if is_known { Iso::Day } else { Iso::NoSuchDay });
    if let Some(week) = rest.strip_prefix('W') {
        let (week, rest) = two(week, 53).filter(|(week, _)| *week > 0)?;
        if rest.is_empty() {
            return Some(Iso::Part);
        }
        let (day, rest) = digits::<i8>(rest.strip_prefix(dash)?, 1)?;
        let is_day = (1..=7).contains(&day) && rest.is_empty();
        return is_day.then(|| known(ISOWeekDate::new(year, week, Weekday::Monday).is_ok()))?;
    }
    if rest.len() == 3 {
        let (day, rest) = digits::<i16>(rest, 3)?;
        let is_day = (1..=366).contains(&day) && rest.is_empty();
        return is_day.then(|| {
            known(Date::new(year, 1, 1).is_ok_and(|first| day <= first.days_in_year()))
        })?;
    }
    let (month, rest) = two(rest, 12).filter(|(month, _)| *month > 0)?;
    if rest.is_empty() {
        return Some(Iso::Part);
    }
    let (day, rest) = two(rest.strip_prefix(dash)?, 31).filter(|(day, _)| *day > 0)?;
    rest.is_empty()
        .then(|| known(Date::new(year, month, day).is_ok()))?
}

/// Whether a text is a time of day, with an offset or without.
fn is_time(text: &str) -> bool {
    let at = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, offset) = text.split_at(at);
    is_clock(clock).unwrap_or(false) && is_offset(offset).unwrap_or(false)
}

/// Hours, minutes and seconds, each but the first may be missing, with a fraction of the last.
fn is_clock(text: &str) -> Option<bool> {
    let (whole, fraction) = match text.find(['.', ',']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let is_fraction =
        |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !fraction.is_none_or(is_fraction) {
        return Some(false);
    }
    let (hour, rest) = two(whole, 24)?;
    let colon = if rest.starts_with(':') { ":" } else { "" };
    let (mut rest, mut after) = (rest, 0);
    // The minute, and the second, which is 60 for a leap second.
    for most in [59, 60] {
        if rest.is_empty() {
            break;
        }
        let (value, further) = two(rest.strip_prefix(colon)?, most)?;
        (rest, after) = (further, after + value);
    }
    Some(rest.is_empty() && (hour < 24 || after == 0))
}

/// Nothing, `Z`, or hours and perhaps minutes behind a sign.
fn is_offset(text: &str) -> Option<bool> {
    if text.is_empty() || text == "Z" || text == "z" {
        return Some(true);
    }
    let (_, rest) = two(text.get(1..)?, 23)?;
    if rest.is_empty() {
        return Some(true);
    }
    let (_, rest) = two(rest.strip_prefix(':').unwrap_or(rest), 59)?;
    Some(rest.is_empty() && text.starts_with(['+', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_forms_of_the_standard_are_dates() {
        for (text, kind) in [
            ("2024", Iso::Part),
            ("2024-01", Iso::Part),
            ("2024-W05", Iso::Part),
            ("2024W05", Iso::Part),
            ("2024-01-31", Iso::Day),
            ("20240131", Iso::Day),
            ("2024-W05-1", Iso::Day),
            ("2024W051", Iso::Day),
            ("2020-W53-7", Iso::Day),
            ("2024-045", Iso::Day),
            ("2024366", Iso::Day),
            ("2024-01-01T10", Iso::Time),
            ("2024-01-01T10:30", Iso::Time),
            ("20240101T103000Z", Iso::Time),
            ("2024-01-01 10:30:00", Iso::Time),
            ("2024-01-01T10:30:00,5+01", Iso::Time),
            ("2024-01-01T10.25-0530", Iso::Time),
            ("2024-01-01T24:00", Iso::Time),
            ("2016-12-31T23:59:60Z", Iso::Time),
            ("2024-W01-1T10:30+01:00", Iso::Time),
            ("2024-02-30", Iso::NoSuchDay),
            ("2023-366", Iso::NoSuchDay),
            ("2024-W53-1", Iso::NoSuchDay),
            ("2023-02-29T10:00Z", Iso::NoSuchDay),
            ("2024-01-01T", Iso::NoSuchDay),
        ] {
            assert_eq!(Iso::of(text), kind, "{text}");
        }
    }

    #[test]
    fn what_has_another_form_is_no_date() {
        #[rustfmt::skip]
        let cases = [
            "", "yesterday", "24-01-01", "01/02/2024", "2024-13-01", "2024-1-1", "2024-0131", "202401-31", "2024-W5",
            "2024-W0512", "2024-367", "2024-01T10:00", "2024-01-01T25:00", "2024-01-01T24:01", "2024-01-01T10:61",
            "2024-01-01T10:3000", "2024-01-01T10:30:00 +01:00", "2024-01-01T10:30:00+", "2024-01-01T10:30.",
            "2024-01-01/2024-02-01", " 2024-01-01", "2024-é1", "２０２４",
        ];
        for text in cases {
            assert_eq!(Iso::of(text), Iso::No, "{text}");
        }
    }
}

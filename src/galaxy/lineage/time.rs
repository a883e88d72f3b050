//! Times of Galaxy: in UTC without saying so, and with parts of a second.

use jiff::SignedDuration;
use jiff::civil::DateTime;
use jiff::fmt::temporal::Pieces;

/// A time as RFC 3339 in UTC with `+00:00`, to the second, from year 1000 to 9999; a time without a zone is in UTC. `None` of
/// any other text.
pub(super) fn as_utc(text: &str) -> Option<String> {
    let text = text.trim();
    if !text.is_ascii() || !(19..=40).contains(&text.len()) {
        return None;
    }
    // `jiff` reads further forms of ISO 8601, which Galaxy does not write.
    let separators = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')];
    let (time, mut zone) = text.split_at(19);
    if !separators
        .iter()
        .all(|(at, separator)| time.as_bytes()[*at] == *separator)
    {
        return None;
    }
    if let Some(fraction) = zone.strip_prefix('.') {
        zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        if zone.len() == fraction.len() {
            return None;
        }
    }
    // A leap second becomes the second before it.
    let local: DateTime = time.parse().ok()?;
    let utc = local.checked_sub(offset(zone)?).ok()?;
    let is_in_range = local.year() >= 1000 && utc.year() >= 1000;
    is_in_range.then(|| utc.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string())
}

/// How far a zone is ahead of UTC: none, `Z`, `+hh`, `+hhmm`, `+hh:mm`.
fn offset(zone: &str) -> Option<SignedDuration> {
    if zone.is_empty() {
        return Some(SignedDuration::ZERO);
    }
    let is_short = matches!(zone.len(), 1 | 3 | 5 | 6) && !zone.contains('[');
    if !is_short || !zone.starts_with(['Z', 'z', '+', '-']) {
        return None;
    }
    let dated = format!("1970-01-01T00:00:00{zone}");
    let offset = SignedDuration::from(Pieces::parse(&dated).ok()?.to_numeric_offset()?);
    (offset.abs() < SignedDuration::from_hours(24)).then_some(offset)
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
        #[rustfmt::skip]
        let cases = [
            "", "yesterday", "None", "2026-02-29T00:00:00", "2026-13-01T00:00:00", "2026-11-24T24:10:22",
            "2026-11-24T08:10:22 /home/ann", "2026-11-24T08:10:22.", "2026-11-24T08:10:2\u{e9}1",
            "+026-11-24T08:10:22",
        ];
        for given in cases {
            assert_eq!(as_utc(given), None, "{given}");
        }
    }
}

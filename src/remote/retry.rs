//! Further attempts: how many, and how long to wait between them.

use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;

use super::fault::{AttemptError, Fault};
use super::part_file::PartFile;
use super::settings::TransferLimits;

/// Growth of a file beyond its previous maximum that counts as progress and resets the count of failures. Bytes that are discarded
/// and downloaded again do not count.
const PROGRESS: u64 = 1 << 20;
/// The most attempts regardless of progress, so that no server blocks a job for ever.
const MOST_ATTEMPTS: u32 = 100;

/// Tries until an attempt succeeds, a retry is pointless, or `retries` further attempts made no progress. Returns the number of
/// attempts.
pub(super) fn persist<'b>(
    limits: &TransferLimits,
    retries: u32,
    seed: &str,
    part: &mut PartFile<'b>,
    mut attempt: impl FnMut(&mut PartFile<'b>, u32) -> Result<(), AttemptError>,
) -> Result<u32, Fault> {
    let mut furthest = 0;
    attempts(limits, retries, seed, |number| {
        let mut outcome = attempt(part, number);
        let progressed = part.written() >= furthest + PROGRESS;
        if progressed {
            furthest = part.written();
        }
        if let Err(failure) = &mut outcome {
            failure.again &= part.thrown_away() <= limits.bytes_per_file;
        }
        (outcome.map(|()| number), progressed)
    })
}

/// The same for other requests: each attempt returns a result or a fault, and whether it made lasting progress.
pub(crate) fn attempts<T>(
    limits: &TransferLimits,
    retries: u32,
    seed: &str,
    mut attempt: impl FnMut(u32) -> (Result<T, AttemptError>, bool),
) -> Result<T, Fault> {
    let mut failures = 0;
    let mut number = 0;
    loop {
        number += 1;
        let (outcome, progressed) = attempt(number);
        let failure = match outcome {
            Ok(answer) => return Ok(answer),
            Err(failure) => failure,
        };
        if progressed {
            failures = 0;
        }
        if !failure.again || failures >= retries || number == MOST_ATTEMPTS {
            return Err(failure.fault);
        }
        thread::sleep(pause(limits, failures, seed, failure.wait));
        failures += 1;
    }
}

/// The wait after this many failures: exponential backoff, shortened by up to a half, so that jobs that failed together do not
/// retry together. The same seed gives the same pauses.
fn pause(limits: &TransferLimits, failures: u32, seed: &str, asked: Option<Duration>) -> Duration {
    let doubled = limits.retry_pause.saturating_mul(1 << failures.min(16));
    let hash = seed.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let share = (hash.rotate_left(failures * 7) >> 32) % 1024;
    let shortened = doubled.saturating_sub(doubled.mul_f64(share as f64 / 2048.0));
    shortened
        .max(asked.unwrap_or_default())
        .min(limits.longest_retry_pause)
}

/// Reads `Retry-After` (RFC 9110, 10.2.3): seconds, or a date in one of the three forms that recipients must accept (5.6.7).
pub(crate) fn retry_after(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date = http_date(text)?;
    let seconds = date.as_second().saturating_sub(now.as_second());
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

/// A date as HTTP writes it: that of mails, or one of the two older forms.
fn http_date(text: &str) -> Option<Timestamp> {
    if let Ok(date) = rfc2822::parse(text) {
        return Some(date.timestamp());
    }
    ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
        .iter()
        .find_map(|form| DateTime::strptime(form, text).ok())
        .and_then(|date| date.to_zoned(TimeZone::UTC).ok())
        .map(|date| date.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_differ_and_can_be_foretold() {
        let limits = TransferLimits::default();
        for failures in 0..20 {
            let doubled = Duration::from_secs(1 << failures.min(7)).min(limits.longest_retry_pause);
            let found = pause(&limits, failures, "a", None);
            assert_eq!(found, pause(&limits, failures, "a", None));
            assert!(found <= doubled && found >= doubled.min(Duration::from_secs(120)) / 2);
        }
        assert_ne!(pause(&limits, 3, "a", None), pause(&limits, 3, "b", None));
    }

    #[test]
    fn a_server_may_ask_for_more_time_but_not_for_ever() {
        let limits = TransferLimits::default();
        let asked = |seconds| pause(&limits, 0, "a", Some(Duration::from_secs(seconds)));
        assert_eq!(asked(50), Duration::from_secs(50));
        assert_eq!(asked(u64::MAX), limits.longest_retry_pause);
    }

    #[test]
    fn retry_after_is_read_in_both_spellings() {
        let now = Timestamp::from_second(784_111_777).unwrap();
        for (text, seconds) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("Sun, 06 Nov 1994 08:50:37 GMT", Some(60)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
            ("Sunday, 06-Nov-94 08:50:37 GMT", Some(60)),
            ("Sun Nov  6 08:50:37 1994", Some(60)),
            ("soon", None),
            ("-1", None),
            ("1.5", None),
            ("", None),
        ] {
            let expected = seconds.map(Duration::from_secs);
            assert_eq!(retry_after(text, now), expected, "{text}");
        }
    }
}

//! Numbers of the settings, each within its limits.

use std::time::Duration;

use serde::de::{Deserialize, Deserializer, Error as _};

/// A week, longer than any server requests.
const LONGEST_SECONDS: f64 = 604_800.0;

/// Reads a whole number from `LEAST` to `MOST`.
pub(super) fn whole<
    'de,
    D: Deserializer<'de>,
    N: TryFrom<u64>,
    const LEAST: u64,
    const MOST: u64,
>(
    value: D,
) -> Result<N, D::Error> {
    let number = u64::deserialize(value).ok();
    let number = number.filter(|number| (LEAST..=MOST).contains(number));
    let number = number.and_then(|number| N::try_from(number).ok());
    number.ok_or_else(|| match MOST {
        u64::MAX => D::Error::custom(format!(
            "number, expected a whole number of at least {LEAST}"
        )),
        _ => D::Error::custom(format!(
            "number, expected a whole number from {LEAST} to {MOST}"
        )),
    })
}

/// Reads a time in seconds.
pub(super) fn seconds<'de, D: Deserializer<'de>>(value: D) -> Result<Duration, D::Error> {
    let seconds = f64::deserialize(value).ok();
    let seconds = seconds.filter(|seconds| (0.001..=LONGEST_SECONDS).contains(seconds));
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let expected = "number, expected seconds, from 0.001 to 604800 (a week)";
    duration.ok_or_else(|| D::Error::custom(expected))
}

//! Accepted media types and codings, and cached versions, from the headers of a request (RFC 9110).

use std::borrow::Cow;

use axum::http::HeaderMap;
use axum::http::header::AsHeaderName;

pub fn takes_gzip(accept_encoding: Option<&str>) -> bool {
    let weight = |wanted: &[&str]| {
        let mut items = accept_encoding?.split(',');
        items.find_map(|item| {
            let mut parts = item.split(';').map(str::trim);
            let coding = parts.next()?;
            let is_wanted = wanted.iter().any(|name| coding.eq_ignore_ascii_case(name));
            let weight = parts.find_map(|part| part.strip_prefix("q=")?.trim().parse().ok());
            is_wanted.then_some(weight.unwrap_or(1.0_f32))
        })
    };
    weight(&["gzip", "x-gzip"]).or_else(|| weight(&["*"])) > Some(0.0)
}

/// The value of a header that is a list: what all its lines say.
pub fn combined(headers: &HeaderMap, name: impl AsHeaderName) -> Option<Cow<'_, str>> {
    let values = headers.get_all(name).iter();
    let mut texts = values.map(|value| String::from_utf8_lossy(value.as_bytes()));
    let first = texts.next()?;
    Some(texts.fold(first, |all, next| format!("{all}, {next}").into()))
}

/// The value of a header; `None` if it is repeated, since it is unknown which counts.
pub fn single(headers: &HeaderMap, name: impl AsHeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    if values.next().is_some() {
        return None;
    }
    value.to_str().ok()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestedRange {
    /// All of them; also what is asked in a way that a server may pass over, such as several parts.
    Whole,
    /// From the first position to the last, both included.
    Part(u64, u64),
    /// Bytes that are not there.
    Nothing,
}

/// Reads the header `Range` for a file of this size.
pub fn wanted(range: &str, size: u64) -> RequestedRange {
    let Some((unit, ranges)) = range.split_once('=') else {
        return RequestedRange::Whole;
    };
    let (Some((first, last)), true) = (
        ranges.trim().split_once('-'),
        unit.trim().eq_ignore_ascii_case("bytes"),
    ) else {
        return RequestedRange::Whole;
    };
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // A number beyond all files is as good as the largest one.
        digits.then(|| text.parse::<u64>().unwrap_or(u64::MAX))
    };
    let part = |first: u64, last: u64| {
        if first < size {
            RequestedRange::Part(first, last.min(size - 1))
        } else {
            RequestedRange::Nothing
        }
    };
    match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => part(first, last),
        (Some(first), None) if last.is_empty() => part(first, u64::MAX),
        (None, Some(0)) if first.is_empty() => RequestedRange::Nothing,
        (None, Some(length)) if first.is_empty() => part(size.saturating_sub(length), u64::MAX),
        _ => RequestedRange::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_for_those_who_take_it() {
        for accepted in [
            "gzip",
            "br, GZIP;q=0.5",
            "*",
            "x-gzip",
            "deflate;q=1, *;q=0.1",
        ] {
            assert!(takes_gzip(Some(accepted)), "{accepted}");
        }
        for refused in ["", "br", "gzip;q=0", "gzip; q=0.0, *", "identity", "*;q=0"] {
            assert!(!takes_gzip(Some(refused)), "{refused}");
        }
        assert!(!takes_gzip(None));
    }

    #[test]
    fn ranges_are_within_the_file() {
        assert_eq!(wanted("bytes=0-3", 10), RequestedRange::Part(0, 3));
        assert_eq!(wanted("bytes=4-", 10), RequestedRange::Part(4, 9));
        assert_eq!(wanted("bytes=-4", 10), RequestedRange::Part(6, 9));
        assert_eq!(wanted("bytes=-40", 10), RequestedRange::Part(0, 9));
        let endless = wanted("bytes=9-99999999999999999999999", 10);
        assert_eq!(endless, RequestedRange::Part(9, 9));
        for beyond in ["bytes=10-", "bytes=10-12", "bytes=-0"] {
            assert_eq!(wanted(beyond, 10), RequestedRange::Nothing, "{beyond}");
        }
        assert_eq!(wanted("bytes=0-", 0), RequestedRange::Nothing);
    }

    #[test]
    fn a_range_that_makes_no_sense_is_passed_over() {
        for odd in [
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=3-1",
            "bytes=a-b",
            "lines=0-1",
            "bytes=0-1,4-5",
            "bytes=+0-1",
        ] {
            assert_eq!(wanted(odd, 10), RequestedRange::Whole, "{odd}");
        }
    }
}

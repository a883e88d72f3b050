//! Resuming: the identity of a file between two requests, and the part of it in an answer (RFC 9110, 13 and 14).

use reqwest::header::{
    CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG,
    HeaderMap, HeaderName, LAST_MODIFIED, TRANSFER_ENCODING,
};

use super::content_disposition::in_content_disposition;

/// The metadata of a file in response headers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Head {
    /// Its size in bytes, if sent.
    pub size: Option<u64>,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    pub content_type: Option<String>,
    pub content_encoding: Option<String>,
    /// The name of the file that `Content-Disposition` gives.
    pub file_name: Option<String>,
}

/// `Content-Range: bytes first-last/size`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ContentRange {
    pub first: u64,
    pub last: u64,
    pub size: Option<u64>,
}

impl Head {
    pub fn of(headers: &HeaderMap) -> Self {
        Head {
            size: length(headers),
            etag: text(headers, &ETAG).filter(|tag| tag.starts_with('"')),
            last_modified: text(headers, &LAST_MODIFIED),
            content_type: text(headers, &CONTENT_TYPE),
            content_encoding: text(headers, &CONTENT_ENCODING),
            file_name: headers
                .get(CONTENT_DISPOSITION)
                .and_then(|value| std::str::from_utf8(value.as_bytes()).ok())
                .and_then(in_content_disposition),
        }
    }

    /// The value for `If-Range`: a strong entity tag, or else the time of the last change.
    pub fn validator(&self) -> Option<&str> {
        self.etag.as_deref().or(self.last_modified.as_deref())
    }

    /// Whether the headers of another answer are of the same version of the file; `None` if they cannot be compared.
    fn is_same_version(&self, headers: &HeaderMap) -> Option<bool> {
        let opaque = |tag: &str| tag.trim_start_matches("W/").to_owned();
        let tags = (self.etag.as_deref(), text(headers, &ETAG));
        if let (Some(one), Some(other)) = tags {
            return Some(opaque(one) == opaque(&other));
        }
        let times = (&self.last_modified, text(headers, &LAST_MODIFIED));
        match times {
            (Some(one), Some(other)) => Some(*one == other),
            _ => None,
        }
    }
}

/// The body of a response, by status and range headers together: neither is trusted alone, because a wrong one would append wrong
/// bytes or accept half a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RangeResponse {
    /// The whole file, from its beginning.
    Whole(Head),
    /// The bytes after those received.
    Rest {
        /// The end of the range, from the start of the file.
        end: u64,
        size: u64,
    },
    Complete,
    /// Status and headers contradict each other or the request.
    Contradiction(&'static str),
    /// No file.
    Refusal,
}

/// Classifies a response (RFC 9110, 14.4, 15.3.7 and 15.5.17). `resumed` is the metadata of the file and the number of bytes
/// received, if the rest was requested.
pub(crate) fn judge(
    status: u16,
    headers: &HeaderMap,
    resumed: Option<(&Head, u64)>,
) -> RangeResponse {
    match (status, resumed) {
        (200 | 206, _) if is_envelope(headers) => {
            RangeResponse::Contradiction("it sent a multipart body")
        }
        (200, None) => whole(headers),
        (200, Some((known, offset))) => whole_again(known, offset, headers),
        (206, None) => RangeResponse::Contradiction("it sent only a part of the file"),
        (206, Some((known, offset))) => rest(known, offset, headers),
        (416, Some((known, offset))) => {
            let is_complete = stated(headers) == Stated::Size(offset)
                && known.size.is_none_or(|size| size == offset)
                && known.is_same_version(headers) != Some(false);
            match is_complete {
                true => RangeResponse::Complete,
                false => RangeResponse::Contradiction("the rest of the file is missing"),
            }
        }
        _ => RangeResponse::Refusal,
    }
}

/// Status 200. `Content-Range` has no meaning here, but a server may rely on it, so it must agree.
fn whole(headers: &HeaderMap) -> RangeResponse {
    let head = Head::of(headers);
    let size = match stated(headers) {
        Stated::Nothing => return RangeResponse::Whole(head),
        Stated::Part(part) if part.first == 0 && part.size == Some(part.last + 1) => part.size,
        Stated::Size(size) if head.size == Some(size) => head.size,
        _ => None,
    };
    match size {
        Some(_) if head.size.is_none() || head.size == size => {
            RangeResponse::Whole(Head { size, ..head })
        }
        _ => RangeResponse::Contradiction("it declares a part of the file as the whole"),
    }
}

/// An answer 200 to a request for the rest: the whole file once more, usually because it has changed.
fn whole_again(known: &Head, offset: u64, headers: &HeaderMap) -> RangeResponse {
    let answer = whole(headers);
    let RangeResponse::Whole(head) = &answer else {
        return answer;
    };
    match (known.size, head.size) {
        // The same version has the same size: this is the rest under the status of the whole.
        (Some(old), Some(new))
            if old != new
                && (known.is_same_version(headers) == Some(true)
                    || known.is_same_version(headers).is_none()
                        && old - offset.min(old) == new) =>
        {
            RangeResponse::Contradiction("it declares a part of the file as the whole")
        }
        (Some(_), None) if known.is_same_version(headers) == Some(true) => {
            RangeResponse::Whole(Head {
                size: known.size,
                ..head.clone()
            })
        }
        _ => answer,
    }
}

/// Status 206. Without the size of the file, in this or an earlier response, completeness is unknown.
fn rest(known: &Head, offset: u64, headers: &HeaderMap) -> RangeResponse {
    let other = RangeResponse::Contradiction("it sent a range other than the requested one");
    let Stated::Part(part) = stated(headers) else {
        return other;
    };
    let new = Head::of(headers);
    let Some(size) = known.size.or(part.size) else {
        return RangeResponse::Contradiction("it sent a range without the size of the file");
    };
    let has_same_size = part.size.is_none_or(|stated| stated == size) && part.last < size;
    let has_its_length = new
        .size
        .is_none_or(|length| length == part.last - part.first + 1);
    let has_same_coding =
        new.content_encoding.is_none() || new.content_encoding == known.content_encoding;
    let is_same = known.is_same_version(headers) != Some(false);
    if part.first == offset && has_same_size && has_its_length && has_same_coding && is_same {
        let end = part.last + 1;
        return RangeResponse::Rest { end, size };
    }
    other
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stated {
    /// No such header.
    Nothing,
    /// `bytes first-last/size`.
    Part(ContentRange),
    /// `bytes */size`: no part, and the size of the file.
    Size(u64),
    /// Invalid or contradictory.
    Nonsense,
}

fn stated(headers: &HeaderMap) -> Stated {
    let mut values = headers.get_all(CONTENT_RANGE).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return match headers.contains_key(CONTENT_RANGE) {
            true => Stated::Nonsense,
            false => Stated::Nothing,
        };
    };
    let value = value.to_str().unwrap_or_default();
    if let Some(part) = ContentRange::parse(value) {
        return Stated::Part(part);
    }
    let size = value.trim().strip_prefix("bytes */").and_then(number);
    size.map_or(Stated::Nonsense, Stated::Size)
}

/// Whether the body is multipart (RFC 9110, 14.6), which was not requested.
fn is_envelope(headers: &HeaderMap) -> bool {
    let kind = text(headers, &CONTENT_TYPE).unwrap_or_default();
    kind.trim_start()
        .to_ascii_lowercase()
        .starts_with("multipart/byteranges")
}

impl ContentRange {
    /// Parses the header; `None` if it is not a range.
    pub fn parse(text: &str) -> Option<Self> {
        let (range, size) = text.trim().strip_prefix("bytes ")?.split_once('/')?;
        let (first, last) = range.trim().split_once('-')?;
        let part = ContentRange {
            first: number(first)?,
            last: number(last)?,
            size: match size.trim() {
                "*" => None,
                size => Some(number(size)?),
            },
        };
        let is_one = part.first <= part.last
            && part.last < u64::MAX
            && part.size.is_none_or(|size| part.last < size);
        is_one.then_some(part)
    }
}

/// A header as text, if it is one line of ASCII.
pub(crate) fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

fn length(headers: &HeaderMap) -> Option<u64> {
    if headers.contains_key(TRANSFER_ENCODING) {
        return None;
    }
    number(&text(headers, &CONTENT_LENGTH)?)
}

fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(first: u64, last: u64, size: Option<u64>) -> Option<ContentRange> {
        Some(ContentRange { first, last, size })
    }

    #[test]
    fn parts_are_read_and_nonsense_is_not() {
        for (text, expected) in [
            ("bytes 5-9/10", part(5, 9, Some(10))),
            ("bytes 5-9/*", part(5, 9, None)),
            ("bytes 0-0/1", part(0, 0, Some(1))),
            ("bytes */10", None),
            ("bytes 9-5/10", None),
            ("bytes 5-10/10", None),
            ("bytes 5-/10", None),
            ("bytes -5/10", None),
            ("bytes +5-9/10", None),
            ("bytes 5-9", None),
            ("items 5-9/10", None),
            ("bytes 0-18446744073709551615/*", None),
            ("bytes 0-99999999999999999999/*", None),
            ("", None),
        ] {
            assert_eq!(ContentRange::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn only_a_strong_tag_or_a_time_identifies_a_file() {
        let head = |etag: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ETAG, etag.parse().unwrap());
            Head::of(&headers)
        };
        assert_eq!(head("\"a\"").validator(), Some("\"a\""));
        assert_eq!(head("W/\"a\"").validator(), None);
        let mut with_time = head("W/\"a\"");
        with_time.last_modified = Some("Sun, 06 Nov 1994 08:49:37 GMT".to_owned());
        assert_eq!(with_time.validator(), Some("Sun, 06 Nov 1994 08:49:37 GMT"));
    }

    fn headers(lines: &[(HeaderName, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(name.clone(), value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn the_whole_is_the_whole_by_status_and_headers() {
        let whole = |lines: &[(HeaderName, &str)]| match judge(200, &headers(lines), None) {
            RangeResponse::Whole(head) => Ok(head.size),
            answer => Err(Box::new(answer)),
        };
        let range = |value| (CONTENT_RANGE, value);
        let length = |value| (CONTENT_LENGTH, value);
        assert_eq!(whole(&[]), Ok(None));
        assert_eq!(whole(&[length("10")]), Ok(Some(10)));
        assert_eq!(whole(&[range("bytes 0-9/10"), length("10")]), Ok(Some(10)));
        assert_eq!(whole(&[range("bytes 0-9/10")]), Ok(Some(10)));
        assert_eq!(whole(&[range("bytes */10"), length("10")]), Ok(Some(10)));
        for lie in [
            &[range("bytes 5-9/10"), length("5")][..],
            &[range("bytes 0-4/10"), length("5")],
            &[range("bytes 0-9/10"), length("5")],
            &[range("bytes 0-9/*"), length("10")],
            &[range("bytes */10")],
            &[range("bytes */10"), length("5")],
            &[range("bytes 0-9/10"), range("bytes 5-9/10")],
            &[range("items 0-9/10"), length("10")],
            &[range(""), length("10")],
            &[(CONTENT_TYPE, "Multipart/ByteRanges; boundary=x")],
        ] {
            assert!(
                matches!(
                    whole(lie).map_err(|answer| *answer),
                    Err(RangeResponse::Contradiction(_))
                ),
                "{lie:?}"
            );
        }
    }

    #[test]
    fn a_rest_under_the_status_of_the_whole_is_seen() {
        let known = Head {
            size: Some(10),
            etag: Some("\"a\"".to_owned()),
            ..Head::default()
        };
        let is_taken = |tag: Option<&str>, length: &str| {
            let mut lines = vec![(CONTENT_LENGTH, length)];
            lines.extend(tag.map(|tag| (ETAG, tag)));
            matches!(
                judge(200, &headers(&lines), Some((&known, 4))),
                RangeResponse::Whole(_)
            )
        };
        assert!(is_taken(Some("\"a\""), "10"));
        assert!(is_taken(Some("\"b\""), "6"));
        assert!(is_taken(None, "7"));
        assert!(!is_taken(Some("\"a\""), "6"));
        assert!(!is_taken(Some("W/\"a\""), "7"));
        assert!(!is_taken(None, "6"));
    }
}

//! Resuming: what identifies a file between two requests, and what part of it an answer brings (RFC 9110, 13 and 14).

use reqwest::header::{
    CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG,
    HeaderMap, HeaderName, LAST_MODIFIED, TRANSFER_ENCODING,
};

use crate::model::file_address::in_content_disposition;

/// What the head of an answer tells of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// Its size in bytes, if told.
    pub size: Option<u64>,
    /// Strong entity tag.
    pub etag: Option<String>,
    /// Time of the last change, as it was sent.
    pub last_modified: Option<String>,
    /// Media type, as it was sent.
    pub content_type: Option<String>,
    /// Coding of the content, as it was sent.
    pub content_encoding: Option<String>,
    /// The name of the file that `Content-Disposition` gives.
    pub file_name: Option<String>,
}

/// `Content-Range: bytes first-last/size`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
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

    /// What `If-Range` may hold: a strong entity tag, else the time of the last change.
    pub fn validator(&self) -> Option<&str> {
        self.etag.as_deref().or(self.last_modified.as_deref())
    }

    /// Whether an answer that brings the rest of this file, from byte `offset` on, really does. Answers with the end
    /// of what it brings.
    pub fn continues(&self, headers: &HeaderMap, offset: u64) -> Option<u64> {
        let part = text(headers, &CONTENT_RANGE).and_then(|range| Part::parse(&range))?;
        let rest = Head::of(headers);
        let is_same = self.etag.is_none() || rest.etag.is_none() || self.etag == rest.etag;
        let has_same_size = match (self.size, part.size) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        };
        let length = part.last - part.first + 1;
        let fits = part.first == offset && rest.size.is_none_or(|size| size == length);
        (is_same && has_same_size && fits).then_some(part.last + 1)
    }
}

impl Part {
    /// Reads the value of the header; nothing if it is no part of a file.
    pub fn parse(text: &str) -> Option<Self> {
        let (range, size) = text.trim().strip_prefix("bytes ")?.split_once('/')?;
        let (first, last) = range.trim().split_once('-')?;
        let part = Part {
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

/// The size that an answer 416 tells: `Content-Range: bytes */size`.
pub(super) fn whole_size(headers: &HeaderMap) -> Option<u64> {
    number(
        text(headers, &CONTENT_RANGE)?
            .trim()
            .strip_prefix("bytes */")?,
    )
}

/// A header as text, if it is one line of ASCII.
pub(super) fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
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

    fn part(first: u64, last: u64, size: Option<u64>) -> Option<Part> {
        Some(Part { first, last, size })
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
            assert_eq!(Part::parse(text), expected, "{text}");
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
}

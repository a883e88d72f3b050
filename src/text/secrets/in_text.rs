//! Secrets in text, mainly credentials of URLs.

use std::ops::Range;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::{address, clean_text};

/// Characters that stay unencoded in a re-encoded URL.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// Labels that mark the following text as an e-mail address rather than a password.
const LABELS: [&str; 17] = [
    "mailto", "mail", "email", "e-mail", "contact", "name", "from", "to", "cc", "bcc", "by",
    "author", "address", "user", "group", "reply-to", "orcid",
];

/// Removes the credentials of URLs in a text.
pub(super) fn without_credentials(text: &str, depth: usize) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(range) = next_address(rest) {
        clean.push_str(&rest[..range.start]);
        clean.push_str(&clean_address(&rest[range.clone()], depth));
        rest = &rest[range.end..];
    }
    clean.push_str(rest);
    without_bare_users(&clean)
}

fn clean_address(given: &str, depth: usize) -> String {
    let is_encoded =
        !given.contains("://") && !given.contains(":\\/\\/") && !given.contains(":\\\\");
    if is_encoded {
        let decoded = percent_decode_str(given).decode_utf8_lossy();
        let clean = clean_text(&decoded, depth + 1);
        return if clean == decoded {
            given.to_owned()
        } else {
            utf8_percent_encode(&clean, ENCODED).to_string()
        };
    }
    let is_json = given.contains(":\\/\\/");
    let plain = if is_json {
        given.replace("\\/", "/")
    } else {
        given.to_owned()
    };
    let clean = address::cleaned(&plain, depth + 1);
    match (clean == plain, is_json) {
        (true, _) => given.to_owned(),
        (false, true) => clean.replace('/', "\\/"),
        (false, false) => clean,
    }
}

/// Whether a text without spaces is several URLs with a separator between them.
pub(super) fn is_list(text: &str) -> bool {
    next_address(text).is_some_and(|range| text[range.end..].contains("://"))
}

/// The next URL: a scheme, a colon, two slashes, and everything up to a space or quotation mark.
fn next_address(text: &str) -> Option<Range<usize>> {
    let (start, after) = text
        .match_indices([':', '%'])
        .find_map(|(at, _)| scheme_before(text, at))?;
    let is_end = |c: char| c.is_whitespace() || c.is_control() || "\"<>`".contains(c);
    let ends = |(at, c): &(usize, char)| {
        is_end(*c) || ",;|".contains(*c) && begins_address(&text[after + at + 1..])
    };
    let end = text[after..].char_indices().find(ends);
    let end = end.map_or(text.len(), |(at, _)| after + at);
    // The signs of the sentence around it.
    let address = &text[start..end];
    let trimmed =
        address.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '*', '\\']);
    Some(start..start + trimmed.len().max(after - start))
}

/// The separator of scheme and host: plain, in JSON, mistyped, and percent-encoded once and twice.
const SIGNS: [&str; 5] = ["://", ":\\/\\/", ":\\\\", "%3A%2F%2F", "%253A%252F%252F"];
/// The longest scheme, and the range to search for a host.
const LONGEST_SCHEME: usize = 40;
const LONGEST_USER: usize = 300;

/// The start of the scheme whose separator is at a place, and the end of the separator.
fn scheme_before(text: &str, at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let is_here = |sign: &&&str| {
        bytes
            .get(at..at + sign.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(sign.as_bytes()))
    };
    let sign = SIGNS.iter().find(is_here)?;
    let is_of_scheme = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+-.:".contains(byte);
    let length = bytes[..at]
        .iter()
        .rev()
        .take(LONGEST_SCHEME)
        .take_while(is_of_scheme)
        .count();
    let letter = bytes[at - length..at]
        .iter()
        .position(u8::is_ascii_alphabetic)?;
    let start = at - length + letter;
    // A single letter is a Windows drive, and two backslashes also start paths.
    let is_address = || {
        bytes[at..]
            .iter()
            .take(LONGEST_USER)
            .any(|byte| *byte == b'@')
    };
    (at - start >= 2 && (*sign != ":\\\\" || is_address())).then(|| (start, at + sign.len()))
}

/// Whether a text begins with a scheme and its sign.
fn begins_address(text: &str) -> bool {
    let is_of_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let length = text
        .bytes()
        .take(LONGEST_SCHEME)
        .take_while(is_of_scheme)
        .count();
    length > 0 && text[length..].starts_with("://")
}

/// `ann:password@host.example` without a scheme before it.
fn without_bare_users(text: &str) -> String {
    if !text.contains('@') {
        return text.to_owned();
    }
    let mut clean = String::with_capacity(text.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end_matches(char::is_whitespace);
        match bare_user(word) {
            Some(range) => {
                clean.push_str(&word[..range.start]);
                clean.push_str(&word[range.end..]);
                clean.push_str(&piece[word.len()..]);
            }
            None => clean.push_str(piece),
        }
    }
    clean
}

fn bare_user(word: &str) -> Option<Range<usize>> {
    if word.contains("://") {
        return None;
    }
    let at = word.rfind('@')?;
    let host = &word[at + 1..];
    let end = host
        .find(|c: char| !c.is_ascii_alphanumeric() && !".-".contains(c))
        .unwrap_or(host.len());
    let start = word.find(|c: char| c.is_alphanumeric())?;
    let (user, password) = word.get(start..at)?.split_once(':')?;
    let is_host = host[..end].trim_matches('.').contains('.');
    let is_user = user
        .chars()
        .all(|c| c.is_alphanumeric() || "._-".contains(c));
    let is_label = LABELS.iter().any(|label| label.eq_ignore_ascii_case(user));
    (is_host && is_user && !is_label && !password.is_empty() && !password.contains("//"))
        .then_some(start..at + 1)
}

//! URLs as written by the converter: parsed, decoded and encoded again, more than necessary.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};

/// What the converter encodes in a host, in a path and in a query.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'_').remove(b'.').remove(b'-');
const PATH: &AsciiSet = &PLAIN.remove(b'/');
const QUERY: &AsciiSet = &PLAIN.remove(b'=').remove(b'&').remove(b' ');
/// The schemes of files on servers.
const REMOTE: [&str; 4] = ["ftp", "http", "https", "rsync"];
/// The scheme of tracks within the HyperBrowser.
const HYPERBROWSER: &str = "hb";

/// The URL encoded again, and whether it is on a server; `None` for a scheme that GSuite does not support, no host,
/// a fragment, or a query that is not made of `name=value`.
pub(super) fn requoted(address: &str) -> Option<(String, bool)> {
    if !address.is_ascii() {
        return None;
    }
    let (scheme, rest) = address.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    let is_remote = REMOTE.contains(&scheme.as_str());
    if !is_remote && scheme != HYPERBROWSER {
        return None;
    }
    let (host, rest) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len())),
        None => ("", rest),
    };
    let is_bracketed = [host.contains('['), host.contains(']')];
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let last = path.rfind('/').unwrap_or(0);
    let (path, suffix) = match path[last..].find(';') {
        Some(at) => (&path[..last + at], &path[last + at + 1..]),
        None => (path, ""),
    };
    let pairs_are_pairs = query.split(['&', ';']).all(|pair| pair.contains('='));
    if !fragment.is_empty()
        || is_bracketed[0] != is_bracketed[1]
        || !(query.is_empty() || pairs_are_pairs)
        || is_remote == host.is_empty()
        || !(is_remote || (path.starts_with('/') && suffix.is_empty() && query.is_empty()))
    {
        return None;
    }
    let mut written = format!("{scheme}:");
    if !host.is_empty() {
        written.push_str("//");
        written.push_str(&requoted_part(host, PLAIN));
    }
    let path = requoted_part(path, PATH);
    written.push_str(&path);
    if !suffix.is_empty() {
        written.push(';');
        written.push_str(&requoted_part(suffix, PLAIN));
    }
    if !query.is_empty() {
        written.push('?');
        written.push_str(&requoted_part(&query.replace('+', " "), QUERY).replace(' ', "+"));
    }
    Some((written, is_remote))
}

/// A part decoded and encoded again.
fn requoted_part(part: &str, encoded: &'static AsciiSet) -> String {
    let bytes: Vec<u8> = percent_decode_str(part).collect();
    percent_encode(&bytes, encoded).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_encoded_more_than_needed() {
        for row in [
            "https://h.org/a/@@download/b c → https://h.org/a/%40%40download/b%20c",
            "http://localhost:8080/x → http://localhost%3A8080/x",
            "HTTP://me@h/x;bed?file=/a+b → http://me%40h/x;bed?file=%2Fa+b",
            "ftp://h → ftp://h",
            "http://h/a%2Fb~ → http://h/a/b%7E",
            "hb:/track/name → hb:/track/name",
        ] {
            let (address, expected) = row.split_once(" → ").unwrap();
            assert_eq!(requoted(address).unwrap().0, expected);
        }
    }

    #[test]
    fn other_addresses_fail() {
        let others =
            "s3://bucket/x file:///x drs://h/x http:///x http://h/x#y http://h/x?y http://h/é";
        for address in others.split(' ').chain(["no scheme"]) {
            assert_eq!(requoted(address), None, "{address}");
        }
    }
}

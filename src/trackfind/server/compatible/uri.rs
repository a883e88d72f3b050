//! URLs as written by the converter: parsed, decoded and encoded again, more than necessary.

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
        written.push_str(&quoted(&unquoted(host.as_bytes()), ""));
    }
    let path = quoted(&unquoted(path.as_bytes()), "/");
    written.push_str(&path);
    if !suffix.is_empty() {
        written.push(';');
        written.push_str(&quoted(&unquoted(suffix.as_bytes()), ""));
    }
    if !query.is_empty() {
        let query = unquoted(query.replace('+', " ").as_bytes());
        written.push('?');
        written.push_str(&quoted(&query, "=& ").replace(' ', "+"));
    }
    Some((written, is_remote))
}

/// Decodes percent-encoding, if any.
pub(super) fn unquoted(text: &[u8]) -> Vec<u8> {
    let digit = |at: usize| char::from(*text.get(at)?).to_digit(16);
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let code = (byte == b'%')
            .then(|| Some(digit(at + 1)? * 16 + digit(at + 2)?))
            .flatten()
            .and_then(|code| u8::try_from(code).ok());
        bytes.push(code.unwrap_or(byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    bytes
}

/// Percent-encodes all characters except letters, digits, `_`, `.`, `-` and those in `safe`.
fn quoted(bytes: &[u8], safe: &str) -> String {
    bytes
        .iter()
        .map(|&byte| {
            let character = char::from(byte);
            let is_plain = byte.is_ascii_alphanumeric()
                || "_.-".contains(character)
                || (byte.is_ascii() && safe.contains(character));
            if is_plain {
                character.to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_encoded_more_than_needed() {
        for (address, expected) in [
            (
                "https://h.org/a/@@download/b c",
                "https://h.org/a/%40%40download/b%20c",
            ),
            ("http://localhost:8080/x", "http://localhost%3A8080/x"),
            (
                "HTTP://me@h/x;bed?file=/a+b",
                "http://me%40h/x;bed?file=%2Fa+b",
            ),
            ("ftp://h", "ftp://h"),
            ("http://h/a%2Fb~", "http://h/a/b%7E"),
            ("hb:/track/name", "hb:/track/name"),
        ] {
            assert_eq!(requoted(address).unwrap().0, expected);
        }
    }

    #[test]
    fn other_addresses_fail() {
        for address in [
            "s3://bucket/x",
            "file:///x",
            "drs://h/x",
            "no scheme",
            "http:///x",
            "http://h/x#y",
            "http://h/x?y",
            "http://h/é",
        ] {
            assert_eq!(requoted(address), None, "{address}");
        }
    }
}

//! URLs (RFC 3986) with the schemes that FAIRtracks allows.

use crate::fairtracks::fields::must;
use crate::fairtracks::finding::Reading;

/// The schemes of a track's `file_url`.
const FILE_SCHEMES: [&str; 4] = ["http", "https", "ftp", "rsync"];
/// The schemes of all other URLs.
const PAGE_SCHEMES: [&str; 3] = ["http", "https", "ftp"];

/// What names of files by their content start with (RFC 6920, section 3).
const CONTENT_NAME: &str = "ni:///";

/// Reads a URL of one of these schemes; surrounding whitespace and a scheme in capitals are accepted and reported. The URL is neither
/// decoded nor encoded anew, as servers distinguish such spellings.
fn parse<'d>(text: &'d str, schemes: &[&str]) -> Reading<&'d str> {
    let trimmed = text.trim();
    let (scheme, rest) = trimmed.split_once("://").unwrap_or_default();
    let wrong = |hint| {
        must(
            format!("a URL that starts with one of {}", starts(schemes)),
            hint,
        )
    };
    if trimmed.starts_with(CONTENT_NAME) {
        return Reading::none(wrong(
            "the file is not published: it is named by its bytes (RFC 6920); publish it and write its URL, for example by `--base-url` or a table of edits of `fairtracks_convert`",
        ));
    }
    if !schemes.contains(&scheme.to_lowercase().as_str()) {
        return Reading::none(wrong("write a public address"));
    }
    let reading = Reading::good(trimmed);
    if !schemes.contains(&scheme) || trimmed != text {
        return reading.with(wrong(
            "write the scheme in lower case, without whitespace around the URL",
        ));
    }
    if is_hierarchy(rest) {
        return reading;
    }
    let hint = "percent-encode whitespace and characters outside ASCII";
    reading.with(must("a URL (RFC 3986)", hint))
}

/// A page's URL, of the schemes `http`, `https` and `ftp`.
pub fn page(text: &str) -> Reading<&str> {
    parse(text, &PAGE_SCHEMES)
}

/// A track file's URL, which may be of the scheme `rsync` too.
pub fn file(text: &str) -> Reading<&str> {
    parse(text, &FILE_SCHEMES)
}

fn starts(schemes: &[&str]) -> String {
    let starts: Vec<String> = schemes
        .iter()
        .map(|scheme| format!("{scheme}://"))
        .collect();
    starts.join(", ")
}

/// Whether a text can follow `scheme://`: authority, path, query and fragment (RFC 3986, section 3).
fn is_hierarchy(text: &str) -> bool {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (text, query) = text.split_once('?').unwrap_or((text, ""));
    let (authority, path) = text.split_at(text.find('/').unwrap_or(text.len()));
    let (user, server) = authority.rsplit_once('@').unwrap_or(("", authority));
    let (host, port) = match server.rfind(']') {
        Some(end) => server.split_at(end + 1),
        None => server.split_at(server.find(':').unwrap_or(server.len())),
    };
    let is_address = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .is_some_and(|inner| holds_only(inner, ":") && inner.contains(':'));
    let is_port = port.is_empty()
        || port
            .strip_prefix(':')
            .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    holds_only(user, ":")
        && (is_address || holds_only(host, ""))
        && is_port
        && holds_only(path, ":@/")
        && holds_only(query, ":@/?")
        && holds_only(fragment, ":@/?")
}

/// Whether a text holds only unreserved characters, sub-delimiters, percent-encoded bytes, and these.
fn holds_only(text: &str, others: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let is_fine = match byte {
            b'%' => [bytes.next(), bytes.next()]
                .iter()
                .all(|digit| digit.is_some_and(|digit| digit.is_ascii_hexdigit())),
            _ => {
                byte.is_ascii_alphanumeric()
                    || b"-._~!$&'()*+,;=".contains(&byte)
                    || others.as_bytes().contains(&byte)
            }
        };
        if !is_fine {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_urls_from_what_only_looks_like_them() {
        for good in [
            "https://www.encodeproject.org/files/ENCFF625ZYB/@@download/ENCFF625ZYB.bed.gz",
            "ftp://user:secret@[::1]:21/a?b=/c?d#e/f?",
            "https://x.example:/%C3%A9",
        ] {
            assert_eq!(page(good), Reading::good(good), "{good}");
        }
        #[rustfmt::skip]
        let cases = [
            "https://x.example/a b", "https://x.example/é", "https://x.example/%4", "https://x.example/a[1]",
            "https://x.example:port/", "https://x.example/#a#b", "HTTPS://x.example/", " https://x.example/",
            "s3://bucket/key", "www.example.org",
        ];
        for bad in cases {
            assert!(!page(bad).remarks.is_empty(), "{bad}");
        }
    }

    #[test]
    fn a_name_of_bytes_is_no_url_and_says_what_to_do() {
        let reading = file("ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk");
        assert_eq!(reading.value, None);
        let hint = &reading.remarks[0].hint;
        assert!(hint.contains("the file is not published"), "{hint}");
    }

    #[test]
    fn forgives_what_leaves_no_doubt() {
        assert_eq!(
            page(" HTTPS://x.example/ ").value,
            Some("HTTPS://x.example/")
        );
        assert_eq!(
            file("rsync://x.example/a").value,
            Some("rsync://x.example/a")
        );
        assert_eq!(page("rsync://x.example/a").value, None);
    }
}

//! Credentials in one URL.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::names::is_secret_parameter;
use super::{DEEPEST, MOST_ROUNDS, clean_text};

/// Characters that stay unencoded in a re-encoded query value.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// Schemes that programs accept without slashes after the colon.
const LENIENT_SCHEMES: [&str; 6] = ["http", "https", "ftp", "ftps", "ws", "wss"];
/// Placeholders for a port number in documentation.
const PLACEHOLDERS: [&str; 2] = ["port", "portnumber"];

/// A URL for display and storage: without user name, password, fragment, and without access parameters in path and query, such as
/// store signatures. Nested URLs are treated alike; everything else is unchanged.
///
/// ```
/// use fairtracks::text::secrets::redacted;
/// assert_eq!(redacted("https://ann:secret@example.org/a%2Bb?f=1&sig=9"), "https://example.org/a%2Bb?f=1");
/// ```
pub fn redacted(address: &str) -> String {
    let mut shown: String = address.trim().chars().filter(|c| !c.is_control()).collect();
    for _ in 0..MOST_ROUNDS {
        let next = without_fragment(&cleaned(&shown, 0)).trim().to_owned();
        if next == shown {
            return shown;
        }
        shown = next;
    }
    String::new()
}

/// Whether a URL contains credentials, including its fragment.
pub fn has_some(address: &str) -> bool {
    let clean: String = address.trim().chars().filter(|c| !c.is_control()).collect();
    cleaned(&clean, 0) != clean
}

/// The URL without user name, password and fragment, but with the parameters that [`redacted`] leaves out: what is left without
/// them may be the URL of several files. None where nothing else is left out.
pub fn shortened(address: &str) -> Option<String> {
    let clean: String = address.trim().chars().filter(|c| !c.is_control()).collect();
    let whole = without_user(&clean);
    let whole = without_fragment(&whole).trim();
    (redacted(address) != whole).then(|| whole.to_owned())
}

fn without_fragment(address: &str) -> &str {
    address.split('#').next().unwrap_or_default()
}

/// The URL without credentials; the fragment stays if the URL has none.
pub(super) fn cleaned(address: &str, depth: usize) -> String {
    if depth > DEEPEST {
        return String::new();
    }
    let without = without_user(address);
    let (whole, fragment) = match without.split_once('#') {
        Some((whole, fragment)) => (whole, Some(fragment)),
        None => (without.as_str(), None),
    };
    let (path, query) = match whole.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (whole, None),
    };
    let mut clean = clean_path(path, depth);
    if let Some(query) = query {
        let kept = clean_parameters(query, depth);
        if !kept.is_empty() || query.is_empty() {
            clean.push('?');
            clean.push_str(&kept);
        }
    }
    let holds_no_secret = |fragment: &str| {
        clean_parameters(fragment, depth) == fragment && clean_text(fragment, depth + 1) == fragment
    };
    if let Some(fragment) = fragment
        && whole == clean
        && without == address
        && holds_no_secret(fragment)
    {
        clean.push('#');
        clean.push_str(fragment);
    }
    clean
}

/// The end of the scheme with its colon and slashes; 0 without a scheme.
fn end_of_scheme(address: &str) -> usize {
    let Some(colon) = address.find(':') else {
        return if address.starts_with("//") { 2 } else { 0 };
    };
    let scheme = &address[..colon];
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.:".contains(&byte));
    let slashes = address[colon + 1..]
        .bytes()
        .take_while(|byte| b"/\\".contains(byte))
        .count();
    let is_lenient = LENIENT_SCHEMES
        .iter()
        .any(|known| known.eq_ignore_ascii_case(scheme));
    if is_scheme && (slashes >= 2 || is_lenient) {
        return colon + 1 + slashes;
    }
    // `jdbc:postgresql://`, `git+ssh:`: the scheme of a scheme.
    match address.find("://") {
        Some(at)
            if is_scheme
                && address[..at]
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"+-.:".contains(&byte)) =>
        {
            at + 3
        }
        _ => 0,
    }
}

pub(super) fn without_user(address: &str) -> String {
    let start = end_of_scheme(address);
    let rest = &address[start..];
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let authority = &rest[..end];
    let after_last_at = |text: &str| {
        let plain = text.rfind('@').map(|at| at + 1);
        plain.max(text.rfind("%40").map(|at| at + "%40".len()))
    };
    let host = match after_last_at(authority) {
        Some(host) => host,
        None if start > 0 && !has_port(authority) => match rest.rfind('@') {
            // The password has a sign that ends the authority: `https://ann:pass/word@h.example/`.
            Some(at) => at + 1,
            None => {
                let colon = authority.find(':').unwrap_or(authority.len());
                return format!(
                    "{}{}…{}",
                    &address[..start],
                    &authority[..colon + 1],
                    &rest[end..]
                );
            }
        },
        None => return address.to_owned(),
    };
    format!("{}{}", &address[..start], &rest[host..])
}

/// Whether the text after the colon of an authority can be a port, or a placeholder for one.
fn has_port(authority: &str) -> bool {
    let after = match authority.rfind(']') {
        Some(end) => &authority[end + 1..],
        None => authority,
    };
    let Some((_, port)) = after.split_once(':') else {
        return true;
    };
    port.bytes().all(|byte| byte.is_ascii_digit())
        || port == "…"
        || port.starts_with(['{', '<', '$', '['])
        || PLACEHOLDERS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(port))
}

/// A path without access parameters of its segments (`;jsessionid=…`), with nested URLs cleaned.
fn clean_path(path: &str, depth: usize) -> String {
    let start = end_of_scheme(path);
    let (scheme, rest) = path.split_at(start);
    if let Some(inner) = address_within(rest) {
        let before = clean_path_parameters(&rest[..inner]);
        return format!("{scheme}{before}{}", cleaned(&rest[inner..], depth + 1));
    }
    let clean = clean_path_parameters(rest);
    let segments: Vec<String> = clean
        .split('/')
        .map(|segment| clean_encoded(segment, depth))
        .collect();
    format!("{scheme}{}", segments.join("/"))
}

fn clean_path_parameters(path: &str) -> String {
    if !path.contains(';') {
        return path.to_owned();
    }
    let segments = path.split('/').map(|segment| {
        let mut parts = segment.split(';');
        let mut clean = parts.next().unwrap_or_default().to_owned();
        for part in parts.filter(|part| !is_secret(part)) {
            clean.push(';');
            clean.push_str(part);
        }
        clean
    });
    segments.collect::<Vec<_>>().join("/")
}

/// The start of a nested URL in a path: `/web/2020/https://…`.
fn address_within(path: &str) -> Option<usize> {
    let at = path.find(":/")?;
    let is_of_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || b"+.-".contains(byte);
    let length = path[..at].bytes().rev().take_while(is_of_scheme).count();
    let start = at - length;
    let is_scheme = at - start >= 2 && path[start..].starts_with(|c: char| c.is_ascii_alphabetic());
    is_scheme.then_some(start)
}

/// Parameters, separated by `&` or `;`, without those that give access.
fn clean_parameters(parameters: &str, depth: usize) -> String {
    let mut clean = String::with_capacity(parameters.len());
    let mut rest = parameters;
    let mut separator = "";
    loop {
        let end = rest.find(['&', ';']).unwrap_or(rest.len());
        let parameter = &rest[..end];
        if !is_secret(parameter) {
            if !clean.is_empty() || !separator.is_empty() && parameter.is_empty() {
                clean.push_str(separator);
            }
            match parameter.split_once('=') {
                Some((name, value)) => {
                    clean.push_str(name);
                    clean.push('=');
                    clean.push_str(&clean_encoded(value, depth));
                }
                None => clean.push_str(parameter),
            }
        }
        if end == rest.len() {
            return clean;
        }
        separator = &rest[end..=end];
        rest = &rest[end + 1..];
    }
}

fn is_secret(parameter: &str) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    let last = name.rsplit(['?', '[', '/']).next().unwrap_or_default();
    is_secret_parameter(last, value)
}

/// A query value or path segment without credentials of nested URLs and texts, re-encoded if it had any.
fn clean_encoded(value: &str, depth: usize) -> String {
    if !value.contains(['%', ':', '@', '=', '+']) {
        return value.to_owned();
    }
    let spaced = value.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8_lossy();
    let clean = clean_text(&decoded, depth + 1);
    if clean == decoded {
        value.to_owned()
    } else if value.contains('%') {
        utf8_percent_encode(&clean, ENCODED).to_string()
    } else {
        clean.replace(' ', "+")
    }
}

#[cfg(test)]
mod tests;

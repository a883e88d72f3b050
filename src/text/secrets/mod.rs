//! Secrets: user names and passwords in URLs, keys, tokens. They are neither stored nor shown.
//!
//! URLs that must work stay unchanged: in documents of hits and GSuite files, which an import downloads from, and in the requests
//! themselves. Everywhere else (crates, pages, reports, tables, catalogs, lineage, provenance, messages) texts pass through this
//! module: [`redacted`] for a URL, [`without`] for any text, [`take_out`] for JSON.
//!
//! The names of secrets are in [`names`]: one list for URL parameters, one for everything else.

use std::borrow::Cow;

mod address;
mod in_text;
mod json;
mod named;
pub mod names;
mod quick;
mod service_keys;

pub use address::{has_some, redacted, shortened};
pub use json::{are_in, are_in_members, take_out};

/// The replacement of a secret in text.
pub const LEFT_OUT: &str = "…";
/// The most nested URLs that are examined; deeper ones are removed.
const DEEPEST: usize = 6;
/// The number of passes over a text, because the result of one rule may trigger another.
const MOST_ROUNDS: usize = 8;

/// A text without secrets: URLs lose their credentials; values named as secrets and keys of well-known services become `…`. A
/// text without secrets is unchanged.
///
/// ```
/// use fairtracks::text::secrets::without;
/// assert_eq!(without("see https://ann:pw@h.example/x, password: Hunter2"), "see https://h.example/x, password: …");
/// assert_eq!(without("the password of the portal is not needed"), "the password of the portal is not needed");
/// ```
pub fn without(text: &str) -> String {
    cleaned(text).into_owned()
}

/// As [`without`]; a text without secrets is not copied.
pub fn cleaned(text: &str) -> Cow<'_, str> {
    let mut clean = Cow::Borrowed(text);
    for _ in 0..MOST_ROUNDS {
        match once(&clean) {
            Some(next) => clean = Cow::Owned(next),
            None => return clean,
        }
    }
    LEFT_OUT.into()
}

/// A text with URLs stripped of credentials; other secrets stay.
pub fn without_credentials(text: &str) -> String {
    let mut clean = in_text::without_credentials(text, 0);
    for _ in 0..MOST_ROUNDS {
        let next = in_text::without_credentials(&clean, 0);
        if next == clean {
            return clean;
        }
        clean = next;
    }
    LEFT_OUT.to_owned()
}

/// A text after one pass of all rules; `None` if unchanged.
fn once(text: &str) -> Option<String> {
    if !quick::may_hold_some(text) {
        return None;
    }
    let trimmed = text.trim();
    let clean = if !is_address(trimmed) || in_text::is_list(trimmed) {
        clean_text(text, 0)
    } else if trimmed.contains(char::is_whitespace) {
        // A space may be part of the password, or the URL the first word of a sentence.
        clean_text(&address::without_user(text), 0)
    } else if has_some(trimmed) {
        redacted(trimmed)
    } else {
        return None;
    };
    (clean != text).then_some(clean)
}

/// A text without its secrets, cleaned once; `depth` counts the addresses and texts around it.
fn clean_text(text: &str, depth: usize) -> String {
    if depth > DEEPEST {
        return String::new();
    }
    if !quick::may_hold_some(text) {
        return text.to_owned();
    }
    let text = in_text::without_credentials(text, depth);
    let text = named::without(&text);
    service_keys::without(&text)
}

/// Whether a text has no secret.
pub fn is_clean(text: &str) -> bool {
    once(text).is_none()
}

/// Whether a text is a URL for lenient programs, even with spaces.
fn is_address(text: &str) -> bool {
    let first = text.split(char::is_whitespace).next().unwrap_or_default();
    first.contains(':') && url::Url::parse(text).is_ok_and(|url| url.has_host())
}

/// The start of a text up to a number of bytes: no rule reads further, so the time is linear in the length.
fn head(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests;

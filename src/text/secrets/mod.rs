//! Secrets: user names and passwords in addresses, keys, tokens. They open doors, so they are kept nowhere and shown nowhere.
//!
//! Where an address has to work, it stays as it is: in a document of hits and in a GSuite file, from which an import fetches,
//! and in the requests themselves. Everywhere else, in crates, pages, reports, tables, catalogs, lineage, provenance and
//! messages, texts pass through here: [`redacted`] for what is an address, [`without`] for any text, [`take_out`] for JSON.
//!
//! What counts as the name of a secret stands in [`names`], in one list for the parameters of addresses and one for all else.

use std::borrow::Cow;

mod address;
mod in_text;
mod json;
mod named;
pub mod names;
mod quick;
mod service_keys;

pub use address::{has_some, redacted};
pub use json::{are_in, are_in_members, take_out};

/// What stands in place of a secret in text.
pub const LEFT_OUT: &str = "…";
/// How deep addresses within addresses are looked into; what lies deeper is left out.
const DEEPEST: usize = 6;
/// How often a text is cleaned, as what one rule leaves may be of interest to another.
const MOST_ROUNDS: usize = 8;

/// A text without secrets: addresses in it lose their credentials, values that it names as secrets and keys of well-known
/// services become `…`. A text that has none stays as it is.
///
/// ```
/// use fairtracks::text::secrets::without;
/// assert_eq!(without("see https://ann:pw@h.example/x, password: Hunter2"), "see https://h.example/x, password: …");
/// assert_eq!(without("the password of the portal is not needed"), "the password of the portal is not needed");
/// ```
pub fn without(text: &str) -> String {
    let mut clean = Cow::Borrowed(text);
    for _ in 0..MOST_ROUNDS {
        match once(&clean) {
            Some(next) => clean = Cow::Owned(next),
            None => return clean.into_owned(),
        }
    }
    LEFT_OUT.to_owned()
}

/// A text whose addresses have no credentials; other secrets stay.
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

/// A text that was cleaned by each rule once; none where that changes nothing.
fn once(text: &str) -> Option<String> {
    if !quick::may_hold_some(text) {
        return None;
    }
    let trimmed = text.trim();
    let clean = if !is_address(trimmed) || in_text::is_list(trimmed) {
        clean_text(text, 0)
    } else if trimmed.contains(char::is_whitespace) {
        // A blank may be part of the password, or the address the first word of a sentence.
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

/// Whether a text is an address as generously as programs read them, and be it with a blank in it.
fn is_address(text: &str) -> bool {
    let first = text.split(char::is_whitespace).next().unwrap_or_default();
    first.contains(':') && url::Url::parse(text).is_ok_and(|url| url.has_host())
}

/// The beginning of a text, of at most so many bytes: no rule looks further, so that long texts take no longer than their
/// length.
fn head(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests;

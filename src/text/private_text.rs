//! Private data in texts: e-mail addresses, server paths, keys and credentials.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::text::secrets;

/// The replacement of an e-mail address.
const ADDRESS: &str = "(e-mail address)";
/// The longest name, in characters; Galaxy's own limit is 255.
const LONGEST_NAME: usize = 1000;

struct PrivatePatterns {
    email: Regex,
    path: Regex,
    key: Regex,
}

static PATTERNS: LazyLock<Option<PrivatePatterns>> = LazyLock::new(|| {
    let pattern = |text: &str| Regex::new(text).ok();
    Some(PrivatePatterns {
        // With the usual spellings that hide an address from programs; dots and numbers may follow it.
        email: pattern(concat!(
            r"[\p{Alphabetic}\p{N}._%+'-]+",
            r"(?:@|%40| *(?:\(at\)|\[at\]|\{at\}|<at>|&#64;|＠) *)",
            r"(?:[\p{Alphabetic}\p{N}-]+\.)+[\p{Alphabetic}\p{N}-]*\p{Alphabetic}",
            r"(?:[\p{Alphabetic}\p{N}-]*[\p{Alphabetic}\p{N}])?",
        ))?,
        // An absolute path of a server: `/folder/…`, `~/…`, `C:\…`, `file:…`, `\\server`.
        path: pattern(concat!(
            r"(?:^|[^\p{Alphabetic}\p{N}/\\._~%+*?)\]}-])",
            r"(/[^/\s]+/|~[^/\s]*/|[A-Za-z]:\\|[A-Za-z]:/(?:[^/]|$)|(?i-u:file:))|(\\\\)",
        ))?,
        // Hexadecimal digits that are a key by their number, as hashes, UUIDs and the keys of Galaxy are.
        key: pattern("-*(?:[0-9A-Fa-f]-*){32,}")?,
    })
});

fn email(text: &str) -> Option<Range<usize>> {
    Some(PATTERNS.as_ref()?.email.find(text)?.range())
}

/// Where the first absolute path of a server begins.
fn path(text: &str) -> Option<usize> {
    let found = PATTERNS.as_ref()?.path.captures(text)?;
    Some(found.get(1).or_else(|| found.get(2))?.start())
}

/// Where the first key of hexadecimal digits is.
fn key(text: &str) -> Option<Range<usize>> {
    Some(PATTERNS.as_ref()?.key.find(text)?.range())
}

/// Runs of key characters.
fn runs(text: &str, is_of_keys: fn(char) -> bool) -> impl Iterator<Item = &str> {
    text.split(move |c| !is_of_keys(c))
}

/// Whether there is a long text that looks as if chance had made it.
fn has_mixed_key(text: &str) -> bool {
    let is_mixed = |run: &str| {
        run.bytes().any(|byte| byte.is_ascii_digit())
            && run.bytes().any(|byte| byte.is_ascii_uppercase())
            && run.bytes().any(|byte| byte.is_ascii_lowercase())
    };
    let mut narrow = runs(text, |c| c.is_ascii_alphanumeric() || "+=_-".contains(c));
    let mut wide = runs(text, |c| c.is_ascii_alphanumeric() || "+=/".contains(c));
    narrow.any(|run| run.len() >= 32 && is_mixed(run))
        || wide.any(|run| run.len() >= 32 && is_mixed(run) && run.contains(['+', '=']))
}

/// Whether a text contains no private data: no e-mail address, server path, key or other secret.
pub(crate) fn is_public(text: &str) -> bool {
    let has_none = |patterns: &PrivatePatterns| {
        let patterns = [&patterns.email, &patterns.path, &patterns.key];
        !patterns.iter().any(|pattern| pattern.is_match(text))
    };
    PATTERNS.as_ref().is_some_and(has_none) && !has_mixed_key(text) && secrets::is_clean(text)
}

/// A text with each word replaced.
fn by_word(text: &str, mut made: impl FnMut(&str) -> String) -> String {
    let mut whole = String::with_capacity(text.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end_matches(char::is_whitespace);
        whole.push_str(&made(word));
        whole.push_str(&piece[word.len()..]);
    }
    whole
}

/// A word without what is a key by itself.
fn without_keys(word: &str) -> String {
    let mut made = word.to_owned();
    while let Some(range) = key(&made) {
        made.replace_range(range, secrets::LEFT_OUT);
    }
    made
}

/// A path's last segment, where a word or the whole is a path.
fn without_paths(text: &str) -> String {
    let last = |path: &str| {
        let trimmed = path.trim_end_matches(['/', '\\']);
        trimmed
            .rsplit(['/', '\\'])
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    if path(text) == Some(0) {
        return last(text);
    }
    by_word(text, |word| match path(word) {
        Some(at) => format!("{}{}", &word[..at], last(&word[at..])),
        None => word.to_owned(),
    })
}

fn name_once(text: &str) -> String {
    let short: String = text.trim().chars().take(LONGEST_NAME).collect();
    let mut text = secrets::without(&short);
    while let Some(range) = email(&text) {
        text.replace_range(range, ADDRESS);
    }
    by_word(&without_paths(&text), without_keys)
}

/// A name without private data: e-mail addresses are replaced, server paths reduced to their last segment, keys and other secrets
/// removed, and URLs stripped of credentials.
pub fn public_name(text: &str) -> String {
    let mut name = name_once(text);
    // The result of one rule may trigger another.
    for _ in 0..20 {
        let next = name_once(&name);
        if next == name {
            return name;
        }
        name = next;
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_an_address_does_not_hide_it() {
        for text in [
            "ann@h.example..file:",
            "ann@h.example.2026",
            "ann@h.example.",
            "ann@h.example-",
        ] {
            assert!(!public_name(text).contains("ann@"), "{}", public_name(text));
        }
        assert_eq!(public_name("score@10.5"), "score@10.5");
    }
}

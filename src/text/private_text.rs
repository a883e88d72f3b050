//! Private data in texts: e-mail addresses, server paths, keys and credentials.

use std::ops::Range;

use crate::text::secrets;

/// The replacement of an e-mail address.
const ADDRESS: &str = "(e-mail address)";
/// The longest name, in characters; Galaxy's own limit is 255.
const LONGEST_NAME: usize = 1000;
/// E-mail addresses, including forms obfuscated against programs.
const AT_SIGNS: [&str; 8] = ["@", "%40", "(at)", "[at]", "{at}", "<at>", "&#64;", "＠"];

/// The first e-mail address.
fn email(text: &str) -> Option<Range<usize>> {
    let is_local = |c: char| c.is_alphanumeric() || "._%+-'".contains(c);
    let is_domain = |c: char| c.is_alphanumeric() || c == '.' || c == '-';
    let signs = AT_SIGNS.iter().flat_map(|sign| text.match_indices(sign));
    let found = signs.filter_map(|(at, sign)| {
        let is_hidden = sign.len() > 1 && sign != "%40";
        let before = &text[..at];
        let before = if is_hidden {
            before.trim_end_matches(' ')
        } else {
            before
        };
        let local = before
            .char_indices()
            .rev()
            .take_while(|(_, c)| is_local(*c));
        let start = local.last()?.0;
        let rest = &text[at + sign.len()..];
        let gap = if is_hidden {
            rest.len() - rest.trim_start_matches(' ').len()
        } else {
            0
        };
        let rest = &rest[gap..];
        let end = rest.find(|c| !is_domain(c)).unwrap_or(rest.len());
        // Directly following dots or digits do not matter.
        let mut domain = rest[..end].split("..").next()?;
        let is_last_of_name = |label: &str| label.chars().any(char::is_alphabetic);
        while let Some((before, last)) = domain.rsplit_once('.')
            && !is_last_of_name(last)
        {
            domain = before;
        }
        let domain = domain.trim_end_matches('-');
        let is_name = domain.contains('.') && domain.split('.').all(|label| !label.is_empty());
        is_name.then(|| start..at + sign.len() + gap + domain.len())
    });
    found.min_by_key(|range| range.start)
}

/// The start of the first absolute server path: `/folder/…`, `~/…`, `C:\…`, `\\server`, `file:…`.
fn path(text: &str) -> Option<usize> {
    let mut before = None;
    for (at, c) in text.char_indices() {
        let is_start =
            before.is_none_or(|c: char| !c.is_alphanumeric() && !"/\\._-~%+*?)]}".contains(c));
        let rest = &text[at..];
        let is_path = match c {
            '/' | '~' => rest[1..].find('/').is_some_and(|slash| {
                let segment = &rest[1..1 + slash];
                !segment.contains(char::is_whitespace) && (c == '~' || !segment.is_empty())
            }),
            '\\' => rest.starts_with("\\\\"),
            _ if c.is_ascii_alphabetic() => {
                let is_drive = rest[1..].starts_with(":\\")
                    || rest[1..].starts_with(":/") && !rest[3..].starts_with('/');
                let scheme = rest.get(.."file:".len());
                is_drive || scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"))
            }
            _ => false,
        };
        if is_path && (is_start || c == '\\') {
            return Some(at);
        }
        before = Some(c);
    }
    None
}

/// Runs of key characters.
fn runs(text: &str, is_of_keys: fn(char) -> bool) -> impl Iterator<Item = &str> {
    text.split(move |c| !is_of_keys(c))
}

/// The first run of hexadecimal digits with the length of a key, such as hashes, UUIDs and API keys of Galaxy.
fn key(text: &str) -> Option<Range<usize>> {
    let mut end = 0;
    let pieces = text.split_inclusive(|c: char| !c.is_ascii_hexdigit() && c != '-');
    let mut hexadecimal = pieces.filter_map(|piece| {
        let start = end;
        end += piece.len();
        let run = piece.trim_end_matches(|c: char| !c.is_ascii_hexdigit() && c != '-');
        let digits = run.bytes().filter(u8::is_ascii_hexdigit).count();
        (digits >= 32).then(|| start..start + run.len())
    });
    hexadecimal.next()
}

/// Whether there is a long text that looks as if chance had made it.
fn has_key(text: &str) -> bool {
    let is_mixed = |run: &str| {
        run.bytes().any(|byte| byte.is_ascii_digit())
            && run.bytes().any(|byte| byte.is_ascii_uppercase())
            && run.bytes().any(|byte| byte.is_ascii_lowercase())
    };
    let mut narrow = runs(text, |c| c.is_ascii_alphanumeric() || "+=_-".contains(c));
    let mut wide = runs(text, |c| c.is_ascii_alphanumeric() || "+=/".contains(c));
    key(text).is_some()
        || narrow.any(|run| run.len() >= 32 && is_mixed(run))
        || wide.any(|run| run.len() >= 32 && is_mixed(run) && run.contains(['+', '=']))
}

/// Whether a text contains no private data: no e-mail address, server path, key or other secret.
pub(crate) fn is_public(text: &str) -> bool {
    email(text).is_none() && path(text).is_none() && !has_key(text) && secrets::is_clean(text)
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

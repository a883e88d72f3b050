//! What is private in texts: e-mail addresses, paths of servers, keys and credentials.

use std::ops::Range;

use crate::model::credentials;

/// What stands for an e-mail address.
const ADDRESS: &str = "(e-mail address)";
/// What stands for anything else that is private.
const LEFT_OUT: &str = "…";
/// How many characters a name may have; Galaxy's own limit is 255.
const LONGEST_NAME: usize = 1000;
/// What the keys of well-known services start with.
const STARTS_OF_KEYS: [&str; 12] = [
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "sk-",
    "AKIA",
    "eyJ",
];
/// What the names of secrets hold, in small letters, of letters and digits alone.
const SECRETS: [&str; 13] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "token",
    "secret",
    "apikey",
    "accesskey",
    "privatekey",
    "credential",
    "session",
    "cookie",
    "bearer",
];

/// Whether a name is that of a secret, such as a password.
pub(super) fn is_secret_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let plain: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let is_authentication = |at: usize| {
        let rest = &plain[at + "auth".len()..];
        !rest.starts_with("or") || rest.starts_with("oriz") || rest.starts_with("oris")
    };
    SECRETS.iter().any(|secret| plain.contains(secret))
        || words.any(|word| word == "pass")
        || plain
            .match_indices("auth")
            .any(|(at, _)| is_authentication(at))
}

/// Where the first e-mail address is.
fn email(text: &str) -> Option<Range<usize>> {
    let is_local = |c: char| c.is_alphanumeric() || "._%+-'".contains(c);
    let is_domain = |c: char| c.is_alphanumeric() || c == '.' || c == '-';
    let signs = text.match_indices('@').chain(text.match_indices("%40"));
    let found = signs.filter_map(|(at, sign)| {
        let start = text[..at]
            .char_indices()
            .rev()
            .take_while(|(_, c)| is_local(*c))
            .last()?
            .0;
        let rest = &text[at + sign.len()..];
        let end = rest.find(|c| !is_domain(c)).unwrap_or(rest.len());
        // What follows without a blank, dots or a number, does not make it less of an address.
        let mut domain = rest[..end].split("..").next()?;
        let is_last_of_name = |label: &str| label.chars().any(char::is_alphabetic);
        while let Some((before, last)) = domain.rsplit_once('.')
            && !is_last_of_name(last)
        {
            domain = before;
        }
        let domain = domain.trim_end_matches('-');
        let is_name = domain.contains('.') && domain.split('.').all(|label| !label.is_empty());
        is_name.then(|| start..at + sign.len() + domain.len())
    });
    found.min_by_key(|range| range.start)
}

/// Where the first absolute path of a server begins: `/folder/…`, `~/…`, `C:\…`, `\\server`, `file:…`.
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

/// The runs of characters that keys are made of.
fn runs(text: &str, is_of_keys: fn(char) -> bool) -> impl Iterator<Item = &str> {
    text.split(move |c| !is_of_keys(c))
}

/// Where the first key is that is one by its form: hexadecimal digits, as hashes, UUIDs and the keys of Galaxy, or what begins as
/// the keys of a well-known service do.
fn key(text: &str) -> Option<Range<usize>> {
    let of_service = STARTS_OF_KEYS.iter().flat_map(|start| {
        text.match_indices(start).filter_map(move |(at, _)| {
            // The short ones may be the end of a word.
            let is_within = text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let rest = &text[at + start.len()..];
            let length = rest
                .find(|c: char| !c.is_ascii_alphanumeric() && !"_-".contains(c))
                .unwrap_or(rest.len());
            let is_key = length >= 10 && (!is_within || start.contains('_'));
            is_key.then(|| at..at + start.len() + length)
        })
    });
    let mut end = 0;
    let pieces = text.split_inclusive(|c: char| !c.is_ascii_hexdigit() && c != '-');
    let hexadecimal = pieces.filter_map(|piece| {
        let start = end;
        end += piece.len();
        let run = piece.trim_end_matches(|c: char| !c.is_ascii_hexdigit() && c != '-');
        let digits = run.bytes().filter(u8::is_ascii_hexdigit).count();
        (digits >= 32).then(|| start..start + run.len())
    });
    of_service
        .chain(hexadecimal)
        .min_by_key(|range| range.start)
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

/// Whether nothing in a text is private: neither an e-mail address, a path of a server nor a key.
pub(super) fn is_public(text: &str) -> bool {
    email(text).is_none() && path(text).is_none() && !has_key(text)
}

/// A text of several words, with each of them made anew.
fn by_word(text: &str, mut made: impl FnMut(&str) -> String) -> String {
    let mut whole = String::with_capacity(text.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end_matches(char::is_whitespace);
        whole.push_str(&made(word));
        whole.push_str(&piece[word.len()..]);
    }
    whole
}

/// The addresses in a text without their credentials.
pub(super) fn without_credentials(text: &str) -> String {
    by_word(text, |word| {
        // A bracket or a sign before the address is not of it.
        let scheme = word.find("://").map(|at| {
            word[..at]
                .rfind(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c))
                .map_or(0, |at| {
                    at + word[at..].chars().next().map_or(1, char::len_utf8)
                })
        });
        match scheme {
            Some(start) if credentials::has_some(&word[start..]) => {
                format!(
                    "{}{}",
                    &word[..start],
                    credentials::redacted(&word[start..])
                )
            }
            _ => word.to_owned(),
        }
    })
}

/// A word without a key in it: `token=…`, or what is a key by itself.
fn without_keys(word: &str) -> String {
    if let Some(at) = word.find(['=', ':']) {
        let (name, value) = (&word[..at], &word[at + 1..]);
        if !value.is_empty()
            && value != LEFT_OUT
            && !value.starts_with("//")
            && is_secret_name(name)
        {
            return format!("{}{LEFT_OUT}", &word[..=at]);
        }
    }
    let mut made = word.to_owned();
    while let Some(range) = key(&made) {
        made.replace_range(range, LEFT_OUT);
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
    let mut text = without_credentials(&short);
    while let Some(range) = email(&text) {
        text.replace_range(range, ADDRESS);
    }
    by_word(&without_paths(&text), without_keys)
}

/// A name as it may be told: an e-mail address in it is told as such, of a server's path the last segment stays, keys are
/// left out, and addresses have no credentials.
pub fn public_name(text: &str) -> String {
    let mut name = name_once(text);
    // What one rule leaves may be of interest to another.
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

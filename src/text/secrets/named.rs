//! Values that a text names as secrets: `password: X`, `"token": "X"`, `Authorization: Bearer X`, `--token X`.

use std::ops::Range;

use super::names::{
    is_doubtful_name, is_listed, is_secret_name, looks_like_a_key, may_be_password,
};
use super::{LEFT_OUT, head};

/// The longest name of a secret, in bytes.
const LONGEST_NAME: usize = 80;
const LONGEST_VALUE: usize = 4096;
/// Words that begin a sentence about a secret rather than the secret: "password: not needed".
const PROSE: &str = "\
    a an and any are as ask at available by can contact for from given has how if in is it may \
    must n/a needed no none not null of on only optional or protected provided required see sent \
    same the to true false unknown via was with";
/// Schemes of HTTP authentication, followed by the secret.
const AUTHENTICATION: &str =
    "basic bearer digest token negotiate apikey ntlm hmac key aws4-hmac-sha256 aws";
/// A text without the values that it names as secrets.
pub(super) fn without(text: &str) -> String {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (at, sign) in text.char_indices() {
        let found = match sign {
            ':' | '=' => after_sign(text, at),
            '>' => within_element(text, at),
            _ => None,
        };
        ranges.extend(found);
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let found = after_words(line).into_iter();
        ranges.extend(found.map(|range| start + range.start..start + range.end));
        start += line.len();
    }
    if ranges.is_empty() {
        return text.to_owned();
    }
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut clean = String::with_capacity(text.len());
    let mut done = 0;
    for range in ranges {
        if range.start >= done && &text[range.clone()] != LEFT_OUT {
            clean.push_str(&text[done..range.start]);
            clean.push_str(LEFT_OUT);
            done = range.end;
        }
    }
    clean.push_str(&text[done..]);
    clean
}

/// The name that ends before a place: the last word, and with the one before it.
fn name_before(text: &str) -> (&str, String) {
    let text = text.trim_end_matches([' ', '"', '\'', '`', '\\', '*']);
    let is_name = |c: char| c.is_alphanumeric() || "_-.%".contains(c);
    let start_of = |text: &str| {
        let start = text.rfind(|c| !is_name(c));
        start.map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        })
    };
    let start = start_of(text);
    let name = text[start..].trim_start_matches('-');
    let before = text[..start].strip_suffix(' ').unwrap_or_default();
    (name, format!("{} {name}", &before[start_of(before)..]))
}

fn after_sign(text: &str, at: usize) -> Option<Range<usize>> {
    let (name, two_words) = name_before(&text[..at]);
    if name.is_empty() || name.len() > LONGEST_NAME {
        return None;
    }
    let is_secret = is_secret_name(name) || is_secret_name(&two_words.replace(' ', ""));
    let is_password = may_be_password(name);
    if !is_secret && !is_password && !is_doubtful_name(name) {
        return None;
    }
    let after = &text[at + 1..];
    // A comparison, or a path in a program.
    if after.starts_with(&text[at..=at]) || text[..at].ends_with(&text[at..=at]) {
        return None;
    }
    let value = after.trim_start_matches(['=', ':', '>', ' ', '\t']);
    // A URL, or the working directory of a shell.
    if after.starts_with("//") || value.starts_with('/') && name.eq_ignore_ascii_case("pwd") {
        return None;
    }
    let start = text.len() - value.len();
    let range = value_at(text, start, name)?;
    let value = &text[range.clone()];
    let is_prose = PROSE.split(' ').any(|word| {
        word.eq_ignore_ascii_case(value.trim_end_matches(['.', ',', ';', ':', ')', '!', '?']))
    });
    (!is_prose
        && (is_secret
            || is_password && is_told(value)
            || looks_like_a_key(value)
            || value.contains(LEFT_OUT) && value != LEFT_OUT))
        .then_some(range)
}

/// The text of an element that is named as a secret: `<password>X</password>`.
fn within_element(text: &str, at: usize) -> Option<Range<usize>> {
    let mut before = text.as_bytes()[..at].iter().rev().take(LONGEST_NAME);
    let name = &text[at - before.position(|byte| *byte == b'<')?..at];
    let length = head(&text[at + 1..], LONGEST_VALUE).find("</")?;
    let is_element = is_secret_name(name) && text[at + 1 + length + 2..].starts_with(name);
    (is_element && length > 0).then_some(at + 1..at + 1 + length)
}

/// The value that starts here: up to the closing quotation mark, to the end of the line for cookies, or else one word, and the
/// next one too if the first is an authentication scheme.
fn value_at(text: &str, start: usize, name: &str) -> Option<Range<usize>> {
    let rest = &text[start..];
    let opening: &str = ["\\\"", "\\'", "\"", "'", "`"]
        .iter()
        .find(|quote| rest.starts_with(**quote))
        .copied()
        .unwrap_or_default();
    let start = start + opening.len();
    let rest = head(&text[start..], LONGEST_VALUE);
    if !opening.is_empty() {
        let end = rest.find(opening).unwrap_or(rest.len());
        return (end > 0).then_some(start..start + end);
    }
    let line = rest
        .find(['\n', '\r', '"'])
        .map_or(rest, |end| &rest[..end]);
    let line = line.trim_end();
    let is_cookie = name.to_ascii_lowercase().ends_with("cookie");
    let first = word_of(line);
    let scheme = first.trim_end_matches(':').to_ascii_lowercase();
    let mut end = if is_cookie && line.contains('=') {
        line.len()
    } else if is_listed(AUTHENTICATION, &scheme) && first.len() < line.len() {
        if ["digest", "aws4-hmac-sha256", "hmac"].contains(&scheme.as_str()) {
            line.len()
        } else {
            let gap = line[first.len()..].len() - line[first.len()..].trim_start().len();
            first.len() + gap + word_of(&line[first.len() + gap..]).len()
        }
    } else {
        first.len()
    };
    // The sign that ends a sentence is not of the value.
    end = line[..end]
        .trim_end_matches(['.', ',', ';', ')', ']', '}', '!', '?', '\''])
        .len();
    (end > 0).then_some(start..start + end)
}

fn word_of(text: &str) -> &str {
    let is_end = |c: char| c.is_whitespace() || "&\"<>".contains(c);
    &text[..text.find(is_end).unwrap_or(text.len())]
}

/// Secrets after words: `--token X`, `-u ann:X`, `Bearer X`, `pw is X`, `password X`.
fn after_words(line: &str) -> Vec<Range<usize>> {
    let words: Vec<(usize, &str)> = line
        .split_inclusive(char::is_whitespace)
        .scan(0, |start, piece| {
            let at = *start;
            *start += piece.len();
            Some((at, piece.trim_end_matches(char::is_whitespace)))
        })
        .filter(|(_, word)| !word.is_empty())
        .collect();
    let mut found = Vec::new();
    for (place, (_, word)) in words.iter().enumerate() {
        let Some(&next) = words.get(place + 1) else {
            break;
        };
        let bare = word.trim_start_matches(['(', '"', '\'', '`', '[']);
        let is_option = bare.starts_with('-') && !bare.contains(['=', ':']);
        let name = bare.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = name.to_ascii_lowercase();
        let is_secret = (is_secret_name(name) || may_be_password(name))
            && !bare.ends_with(['=', ':', '.', ',', ';', ')']);
        if is_option {
            let is_user =
                ["-u", "--user", "--proxy-user", "-U"].contains(&bare) && next.1.contains(':');
            let is_key = ["-k", "-t", "-p", "-a", "-P"].contains(&bare)
                && looks_like_a_key(unquoted(next).1);
            let is_named = is_secret && bare.starts_with("--") || is_key;
            if (is_user || is_named) && !next.1.starts_with('-') {
                found.extend(range_of(next));
            }
        } else if lower == "bearer" && is_token(unquoted(next).1) {
            found.extend(range_of(next));
        } else if is_secret && ["is", "was", "ist", "=", "->", "→", "–"].contains(&next.1) {
            let value = words
                .get(place + 2)
                .copied()
                .filter(|value| is_told(unquoted(*value).1));
            found.extend(value.and_then(range_of));
        } else if is_secret && is_told(unquoted(next).1) && !is_accession(unquoted(next).1) {
            found.extend(range_of(next));
        }
    }
    found
}

fn unquoted((at, word): (usize, &str)) -> (usize, &str) {
    let start = word.len()
        - word
            .trim_start_matches(['"', '\'', '`', '(', '\\', '<', '[', '“', '‘', '«'])
            .len();
    let value = word[start..].trim_end_matches([
        '"', '\'', '`', ')', '.', ',', ';', '\\', '>', ']', '!', '?', ':', '”', '’', '»',
    ]);
    (at + start, value)
}

fn range_of(word: (usize, &str)) -> Option<Range<usize>> {
    let (start, value) = unquoted(word);
    (!value.is_empty() && value != LEFT_OUT).then(|| start..start + value.len())
}

/// Whether a word is rather a secret than a word: letters and digits, or letters and signs in it.
fn is_told(word: &str) -> bool {
    let has = |is: fn(char) -> bool| word.chars().any(is);
    word.chars().count() >= 5
        && has(char::is_alphabetic)
        && (has(|c| c.is_ascii_digit()) || has(|c| "!$%&*+=?@^~#".contains(c)))
        && !word.contains("://")
}

fn is_token(word: &str) -> bool {
    word.len() >= 8 && word.bytes().any(|byte| byte.is_ascii_digit()) || looks_like_a_key(word)
}

/// Capitals, then digits: `GSM945229`, `K562`.
fn is_accession(word: &str) -> bool {
    let number = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
    number.len() < word.len()
        && number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

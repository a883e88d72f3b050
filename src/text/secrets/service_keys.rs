//! Keys of well-known services, recognized by their form.

use std::ops::Range;

use super::{LEFT_OUT, head};

/// Prefixes of such keys, and the fewest letters, digits, `_` and `-` that follow.
const STARTS: [(&str, usize); 2] = [
    (
        "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- gldt- xoxb- xoxp- xoxa- xoxs- sk_live_ \
         rk_live_ sk-ant- sk-proj-",
        10,
    ),
    ("hf_ npm_ pypi- dop_v1_ sk- ya29.", 20),
];
/// Keys of a fixed length: how they begin, and how many letters and digits follow. A sequence of amino acids has no digit.
const FIXED: [(&str, usize); 3] = [("AKIA", 16), ("ASIA", 16), ("AIza", 35)];

/// The longest key, and the longest private key in PEM.
const LONGEST: usize = 4096;
const LONGEST_PRIVATE_KEY: usize = 32_768;

/// A text without such keys.
pub(super) fn without(text: &str) -> String {
    let mut ranges = all(text);
    if ranges.is_empty() {
        return text.to_owned();
    }
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut clean = String::with_capacity(text.len());
    let mut done = 0;
    for range in ranges.into_iter().filter(|range| range.start < range.end) {
        if range.start >= done {
            clean.push_str(&text[done..range.start]);
            clean.push_str(LEFT_OUT);
            done = range.end;
        }
    }
    clean.push_str(&text[done..]);
    clean
}

fn is_of_keys(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_-".contains(c)
}

fn all(text: &str) -> Vec<Range<usize>> {
    let begins = |at: usize| !text[..at].ends_with(|c: char| c.is_alphanumeric());
    let run = |at: usize| {
        let rest = head(&text[at..], LONGEST);
        at + rest.find(|c| !is_of_keys(c)).unwrap_or(rest.len())
    };
    let has_digit = |range: &Range<usize>| {
        text[range.clone()]
            .bytes()
            .any(|byte| byte.is_ascii_digit())
    };
    let starts = STARTS
        .into_iter()
        .flat_map(|(starts, least)| starts.split(' ').map(move |start| (start, least)));
    let open = starts.flat_map(|(start, least)| {
        let places = text.match_indices(start);
        places.filter_map(move |(at, _)| {
            let range = at..run(at + start.len());
            let is_key = range.len() >= start.len() + least && (begins(at) || start.contains('_'));
            (is_key && has_digit(&range)).then_some(range)
        })
    });
    let fixed = FIXED.iter().flat_map(|(start, length)| {
        let places = text.match_indices(start);
        places.filter_map(move |(at, _)| {
            let range = at..run(at);
            (range.len() == start.len() + length && begins(at) && has_digit(&range))
                .then_some(range)
        })
    });
    open.chain(fixed)
        .chain(web_tokens(text))
        .chain(private_keys(text))
        .collect()
}

/// JSON Web Tokens (RFC 7519): three parts, the first of which is JSON.
fn web_tokens(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices("eyJ").filter_map(|(at, _)| {
        let is_of_token = |c: char| is_of_keys(c) || c == '.';
        let rest = head(&text[at..], LONGEST);
        let end = rest.find(|c| !is_of_token(c)).unwrap_or(rest.len());
        let token = rest[..end].trim_end_matches('.');
        let is_token =
            !text[..at].ends_with(is_of_token) && token.len() >= 20 && token.contains('.');
        is_token.then(|| at..at + token.len())
    })
}

/// Private keys in PEM (RFC 7468), whole or cut off.
fn private_keys(text: &str) -> impl Iterator<Item = Range<usize>> {
    const END: &str = "PRIVATE KEY-----";
    text.match_indices("-----BEGIN ").filter_map(|(at, _)| {
        let label = head(&text[at..], 60).find(END)?;
        let after = at + label + END.len();
        let rest = head(&text[after..], LONGEST_PRIVATE_KEY);
        let length = rest.find(END).map_or(rest.len(), |end| end + END.len());
        Some(at..after + length)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_known_by_their_form() {
        let private_keys = [
            "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\nMIIE",
        ];
        let keys = "\
            ghp_0123456789abcd github_pat_11ABCDEFG0abcdefghij glpat-x7Kq9Wz4RtKq9Wz4Rt \
            xoxb-123456789012-abc AKIAIOSFODNN7EXAMPLE AIzaSyA1234567890abcdefghijklmnopqrstuv \
            sk-proj-abc123abc123 hf_abcdefghijklmnopqrst12 \
            eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";
        for key in keys.split(' ').chain(private_keys) {
            assert_eq!(
                without(&format!("of {key} there")).trim_end_matches(" there"),
                "of …",
                "{key}"
            );
        }
        let none = "\
            MKAKIAFLGHKLMNPQRSTVWYA AKIAFLGHKLMNPQRSTVWY SK-MEL-28 \
            task-oriented-analysis-of-2024-data-sets half_of_the_genome eyJ";
        for text in none.split(' ') {
            assert_eq!(without(text), text);
        }
    }
}

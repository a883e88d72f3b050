//! A quick check whether a text may contain secrets: nearly all texts contain none, and tables have millions of them.

use std::sync::LazyLock;

use regex::bytes::Regex;

/// Prefixes of words that every named secret has, in lower case, as a regular expression. `code` names one as a word of its own, and
/// is in each accession of ENCODE.
const WORDS: &str = "\
    -a |-k |-p |-t |-u|aiza|akia|asia|auth|bearer|(?:^|[^0-9a-z])code|cookie|cred|dop_v1|eyj|gho_|ghp_|ghr_|ghs_|\
    ghu_|github_pat|gldt-|glpat-|hf_|hgsid|jwt|kennwort|key|nonce|npm_|pass|private|pw|pypi-|rk_|\
    secret|sess|sid|sig|sk-|sk_|state|ticket|token|verif|x-api|xapi|xox|ya29";

/// One of the words in any case, or an encoded character. `None` if it does not compile, which a test rules out.
static PATTERN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!("(?i-u:{WORDS}|%)")).ok());

/// Whether a text needs the full check: it has a URL with more than a host and a path, a user name, an encoded character, or a
/// word that names secrets.
pub(super) fn may_hold_some(text: &str) -> bool {
    let bytes = text.as_bytes();
    let has_word = || {
        PATTERN
            .as_ref()
            .is_none_or(|pattern| pattern.is_match(bytes))
    };
    may_have_user(bytes) || may_have_user_or_parameters(bytes) || has_word()
}

/// Whether a text with `@` may have a user name and a password. It has none without a colon, nor where the only colon is that of a
/// URL whose host ends before the `@`, such as `https://h.example/files/@@download/a.bed`.
fn may_have_user(bytes: &[u8]) -> bool {
    if memchr::memchr(b'@', bytes).is_none() {
        return false;
    }
    let Some(colon) = memchr::memchr(b':', bytes) else {
        return false;
    };
    let after = &bytes[colon + 1..];
    let Some(address) = after.strip_prefix(b"//") else {
        return true;
    };
    let is_of_host = |byte: &&u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
    let host = address.iter().take_while(is_of_host).count();
    memchr::memchr(b':', after).is_some() || host == 0 || address.get(host) != Some(&b'/')
}

/// Whether a text has a URL with more than a host and a path.
fn may_have_user_or_parameters(bytes: &[u8]) -> bool {
    let mut pairs = bytes.windows(2);
    let has_slashes = pairs.any(|pair| pair[0] == b':' && matches!(pair[1], b'/' | b'\\'));
    let has_parts = || bytes.iter().any(|byte| matches!(byte, b'?' | b'#' | b';'));
    let colons = || bytes.iter().filter(|byte| **byte == b':').count();
    has_slashes && (has_parts() || colons() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_texts_need_no_slow_look() {
        assert!(PATTERN.is_some());
        for text in [
            "K562",
            "insdc.gca:GCF_000001405.26",
            "http://purl.obolibrary.org/obo/OBI_0002017",
            "CD4-positive, alpha-beta T cell",
            "https://hgdownload.example.org/goldenPath/hg38/x.bb",
            "https://h.example.org/files/@@download/x.bed (a file)",
            "/files/@@download/x.bed",
            "https://www.encodeproject.org/files/@@download/x.bed",
            "encode:ENCFF001AAA (pattern of the rule)",
        ] {
            assert!(!may_hold_some(text), "{text}");
        }
        for text in [
            "ann:a@b",
            "Code: 1",
            "x_code=1",
            "https://ann@h.example.org/x",
            "https:/ann@h.example.org/x",
            "x?y://",
            "https://h:80/",
            "Password",
            "X-API: a",
            "https://h/x?a=1",
            "GHP_0",
            "see -U x",
        ] {
            assert!(may_hold_some(text), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_rules_leave_a_text_alone_that_needs_no_slow_look(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "@", ":", "/", "//", "://", "https://", "h.example", "ann", "a b", " ", "\\", "=", ">", "x.bed", "\n", "\"", ".", "-", "é",
                ]),
                1..9,
            ),
        ) {
            let text = parts.concat();
            if !may_hold_some(&text) {
                let clean = super::super::in_text::without_credentials(&text, 0);
                let clean = super::super::named::without(&clean);
                proptest::prop_assert_eq!(&super::super::service_keys::without(&clean), &text);
                let trimmed = text.trim();
                if super::super::is_address(trimmed) {
                    proptest::prop_assert!(!super::super::has_some(trimmed), "{}", text);
                    proptest::prop_assert_eq!(super::super::address::without_user(&text), text);
                }
            }
        }
    }
}

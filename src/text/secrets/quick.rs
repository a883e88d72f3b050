//! A quick check whether a text may contain secrets: nearly all texts contain none, and tables have millions of them.

use std::sync::LazyLock;

use regex::bytes::Regex;

/// Prefixes of words that every named secret has, in lower case, as a regular expression.
const WORDS: &str = "\
    -a |-k |-p |-t |-u|aiza|akia|asia|auth|bearer|code|cookie|cred|dop_v1|eyj|gho_|ghp_|ghr_|ghs_|\
    ghu_|github_pat|gldt-|glpat-|hf_|hgsid|jwt|kennwort|key|nonce|npm_|pass|private|pw|pypi-|rk_|\
    secret|sess|sid|sig|sk-|sk_|state|ticket|token|verif|x-api|xapi|xox|ya29";

/// One of the words in any case, a character of URLs with a user name, or an encoded character. `None` if it does not compile,
/// which a test rules out.
static PATTERN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!("(?i-u:{WORDS}|[@%])")).ok());

/// Whether a text needs the full check: it has a URL with more than a host and a path, a character of a user name, an encoded
/// character, or a word that names secrets.
pub(super) fn may_hold_some(text: &str) -> bool {
    let has_word = |text: &str| {
        let pattern = PATTERN.as_ref();
        pattern.is_none_or(|pattern| pattern.is_match(text.as_bytes()))
    };
    may_have_user_or_parameters(text.as_bytes()) || has_word(text)
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
        ] {
            assert!(!may_hold_some(text), "{text}");
        }
        for text in [
            "a@b",
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
}

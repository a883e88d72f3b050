//! A quick look whether a text may hold secrets: nearly all texts hold none, and tables have millions of them.

/// Beginnings of words without which a text names no secret, in small letters.
const WORDS: [&str; 47] = [
    "-a ",
    "-k ",
    "-p ",
    "-t ",
    "-u",
    "aiza",
    "akia",
    "asia",
    "auth",
    "bearer",
    "code",
    "cookie",
    "cred",
    "dop_v1",
    "eyj",
    "gho_",
    "ghp_",
    "ghr_",
    "ghs_",
    "ghu_",
    "github_pat",
    "gldt-",
    "glpat-",
    "hf_",
    "hgsid",
    "jwt",
    "kennwort",
    "key",
    "nonce",
    "npm_",
    "pass",
    "private",
    "pw",
    "pypi-",
    "rk_",
    "secret",
    "sess",
    "sid",
    "sig",
    "sk-",
    "sk_",
    "state",
    "ticket",
    "token",
    "verif",
    "xox",
    "ya29",
];
/// A word more, which stands in names of headers: `X-Api`.
const HEADER: [&str; 2] = ["x-api", "xapi"];

/// Whether a text needs a slow look: it has an address with more than a host and a path, a sign of a user name, an encoded
/// sign, or a word that names secrets.
pub(super) fn may_hold_some(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut colons, mut has_slashes, mut has_parts) = (0, false, false);
    let mut before = 0;
    for (at, byte) in bytes.iter().copied().enumerate() {
        match byte {
            b'@' | b'%' => return true,
            b':' => colons += 1,
            b'/' | b'\\' if before == b':' => has_slashes = true,
            b'?' | b'#' | b';' => has_parts = true,
            _ => {}
        }
        before = byte;
        let begins = |words: &[&str]| {
            words.iter().any(|word| {
                let end = at + word.len();
                bytes
                    .get(at..end)
                    .is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
            })
        };
        let is_word = match byte.to_ascii_lowercase() {
            b'-' | b'a' | b'b' | b'c' | b'd' | b'e' | b'g' | b'h' | b'j' | b'k' | b'n' | b'p'
            | b'r' | b's' | b't' | b'v' | b'y' => begins(of_letter(byte.to_ascii_lowercase())),
            b'x' => begins(&["xox"]) || begins(&HEADER),
            _ => false,
        };
        if is_word {
            return true;
        }
    }
    has_slashes && (has_parts || colons > 1)
}

/// The words that begin with a letter.
fn of_letter(letter: u8) -> &'static [&'static str] {
    let first = WORDS.partition_point(|word| word.as_bytes()[0] < letter);
    let length = WORDS[first..].partition_point(|word| word.as_bytes()[0] == letter);
    &WORDS[first..first + length]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_texts_need_no_slow_look() {
        assert!(WORDS.is_sorted());
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

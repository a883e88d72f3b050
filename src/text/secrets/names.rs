//! The names of secrets: one list for URL parameters, one for all other places.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// URL parameters that give access, in lower-case letters and digits only.
const PARAMETERS: &str = "\
    accesscode accesskey apikey auth authcode authkey authorization awsaccesskeyid bearer cfduid \
    cfid connectsid credential credentials galaxysession gda googleaccessid hdnea hdntl hdnts \
    hmac jsessionid jwt keypairid otp ossaccesskeyid pass passcode passphrase passwd passwort \
    phpsessid policy privatekey privatelink pw qak resourcekey rlkey secretkey sesskey session \
    sessionid sessionkey sharedaccesssignature sharekey sid sig signingkey subscriptionkey \
    userpass";
/// Prefixes of such parameters at stores with signed URLs.
const PARAMETER_STARTS: &str = "xamz xgoog xoss xobs xcos xmssignature qsign oauth aspsessionid";
/// Suffixes of further ones.
const PARAMETER_ENDS: &str =
    "token secret password signature pwd jwt apikey accesskey secretkey sessionid sessid";
/// Parameters that give access if their value looks random, and otherwise select content: `?key=tracks/peaks.bed`.
const DOUBTFUL_PARAMETERS: &str = "code hgsid key nonce state ticket verifier";

/// Further names in text whose value decides whether it is a secret.
const DOUBTFUL_NAMES: &str =
    "bearer sig signature credential credentials auth session sessionkey sid";

/// The most words of a name that are examined.
const MOST_WORDS: usize = 8;

/// Names of tool parameters, headers and values in text that always contain a secret.
const SECRETS: &str = "\
    password passwd passwort passphrase pwd secret apikey accesskey privatekey authkey resourcekey \
    privatelink jsessionid phpsessid passord kennwort subscriptionkey";
/// Names that do so as a word of their own.
const SECRET_WORDS: &str = "pw passcode token rlkey cookie xapi xauth";
/// Suffixes of the names of tokens and headers.
const SECRET_ENDS: &str = "token cookie sessionid sharekey signingkey jwt";
/// Parameters of tools whose text is what people typed in prose or on a command line; `code` is not among them, for that
/// is a program's text.
const FREE_TEXT: &str = "\
    base64 b64 cmd cmdline command commandline comment comments email header headers httpheader \
    httpheaders login mail note notes user useremail username";
/// Tool parameters that contain a secret regardless of their value; a value in free text must look like one.
const TOOL_SECRETS: &str = "token credential session cookie bearer signature";

/// The words of one of the lists.
fn words_of(list: &str) -> impl Iterator<Item = &str> {
    list.split(' ')
}

/// Whether a list of words with spaces between them has this word.
pub(super) fn is_listed(list: &str, word: &str) -> bool {
    words_of(list).any(|known| known == word)
}

/// A name in lower-case letters and digits only, as in the lists: `X-Amz-Signature` is `xamzsignature`.
fn plain(name: &str) -> String {
    let decoded: Cow<'_, str> = percent_decode_str(name).decode_utf8_lossy();
    let letters = decoded.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether a URL parameter gives access rather than selects content.
pub(super) fn is_secret_parameter(name: &str, value: &str) -> bool {
    let name = plain(name);
    is_listed(PARAMETERS, &name)
        || words_of(PARAMETER_STARTS).any(|start| name.starts_with(start))
        || words_of(PARAMETER_ENDS).any(|end| name.ends_with(end))
        || (is_listed(DOUBTFUL_PARAMETERS, &name) || name.ends_with("key"))
            && looks_like_a_key(&percent_decode_str(value).decode_utf8_lossy())
}

/// Whether a name in text, of a header or of a member of an object is that of a secret: `db_password`, `X-Auth-Token`.
///
/// Words in which such a name is only a part (`tokens`, `secretory`) are none.
pub fn is_secret_name(name: &str) -> bool {
    if !may_be_secret(name) {
        return false;
    }
    let plain = plain(name);
    let is_end = |known: &str| plain.ends_with(known);
    let words: Vec<String> = words(name).take(MOST_WORDS).collect();
    // `password2`, `api_key_old`, but neither `secretory` nor `secretion_assay`.
    let is_of_words = |known: &str| {
        (0..words.len()).any(|first| {
            (first..words.len()).any(|last| {
                let joined = words[first..=last].concat();
                joined.trim_end_matches(|c: char| c.is_ascii_digit()) == known
            })
        })
    };
    words_of(SECRETS).any(|known| is_end(known) || is_of_words(known))
        || is_listed(SECRET_WORDS, &plain)
        || words_of(SECRET_ENDS).any(is_end)
        || words.last().is_some_and(|word| word == "pw")
        || plain.ends_with("authorization")
        || plain.ends_with("auth") && plain != "auth"
}

/// A part of each name of [`is_secret_name`].
const STEMS: [&[u8]; 13] = [
    b"pass", b"pwd", b"secret", b"key", b"link", b"sess", b"wort", b"pw", b"token", b"cookie",
    b"xapi", b"auth", b"jwt",
];
/// The number of letters and digits of a name that the quick check reads.
const QUICK: usize = 64;

/// A quick look without memory of its own: every member of every object of a document has a name.
fn may_be_secret(name: &str) -> bool {
    if !name.is_ascii() || name.contains('%') || name.len() > QUICK {
        return true;
    }
    let mut letters = [0; QUICK];
    let mut length = 0;
    for byte in name.bytes().filter(u8::is_ascii_alphanumeric) {
        letters[length] = byte.to_ascii_lowercase();
        length += 1;
    }
    let plain = &letters[..length];
    STEMS
        .iter()
        .any(|stem| plain.windows(stem.len()).any(|part| part == *stem))
}

/// Whether a name has `pass` as a separate word, which may be a password or the result of a check.
pub(super) fn may_be_password(name: &str) -> bool {
    words(name).any(|word| word == "pass")
}

/// Whether a name in text may be that of a secret, if its value looks like one.
pub(super) fn is_doubtful_name(name: &str) -> bool {
    let plain = plain(name);
    is_listed(DOUBTFUL_PARAMETERS, &plain)
        || is_listed(DOUBTFUL_NAMES, &plain)
        || plain.ends_with("key") && plain.len() > "key".len()
        || is_authentication(&plain)
}

/// Whether a tool parameter is private by its name, regardless of its value.
pub fn is_secret_tool_parameter(name: &str) -> bool {
    let plain = plain(name);
    is_secret_name(name)
        || may_be_password(name)
        || [SECRETS, TOOL_SECRETS]
            .into_iter()
            .flat_map(words_of)
            .any(|secret| plain.contains(secret))
        || is_authentication(&plain)
}

/// Whether a tool parameter is free text by its name: `note`, `cmd`, `header`.
pub fn is_free_text_parameter(name: &str) -> bool {
    is_listed(FREE_TEXT, &plain(name))
        || words(name)
            .last()
            .is_some_and(|last| is_listed(FREE_TEXT, &last))
}

fn words(name: &str) -> impl Iterator<Item = String> {
    let parts = name.split(|c: char| !c.is_alphanumeric());
    parts.map(str::to_lowercase).filter(|word| !word.is_empty())
}

/// Whether a name holds `auth` that is not an author's.
fn is_authentication(plain: &str) -> bool {
    plain.match_indices("auth").any(|(at, _)| {
        let rest = &plain[at + "auth".len()..];
        !rest.starts_with("or") || rest.starts_with("oriz") || rest.starts_with("oris")
    })
}

/// Whether a value looks random: a UUID, hexadecimal digits, or 16 or more letters and digits in a row. Paths, file names and
/// accessions do not.
pub fn looks_like_a_key(value: &str) -> bool {
    let value = value.trim();
    if value.starts_with("eyJ") && value.len() >= 20 {
        return true;
    }
    let value = value.strip_prefix("4/0").unwrap_or(value);
    let value = value.trim_end_matches('=');
    if !value
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_+".contains(&byte))
    {
        return false;
    }
    let has = |run: &str, is: fn(&u8) -> bool| run.bytes().any(|byte| is(&byte));
    let is_mixed = |run: &str| has(run, u8::is_ascii_digit) && has(run, u8::is_ascii_alphabetic);
    let is_hexadecimal = |run: &str| run.bytes().all(|byte| byte.is_ascii_hexdigit());
    let parts = value.split(['-', '_', '+']);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let digits: usize = parts.iter().map(|part| part.len()).sum();
    let is_all_hexadecimal = parts.iter().all(|part| is_hexadecimal(part));
    let is_accession = |run: &str| {
        let number = run.trim_start_matches(|c: char| c.is_ascii_uppercase());
        number.len() < run.len() && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_random = |run: &str| {
        let classes = [
            u8::is_ascii_digit,
            u8::is_ascii_uppercase,
            u8::is_ascii_lowercase,
        ];
        let all_three = classes.iter().all(|is| has(run, *is));
        is_mixed(run) && !is_accession(run) && (run.len() >= 16 || run.len() >= 12 && all_three)
    };
    is_all_hexadecimal && digits >= 10 && is_mixed(value)
        || is_all_hexadecimal && digits >= 32
        || parts.iter().any(|part| is_random(part))
}

#[cfg(test)]
mod tests;

//! Credentials in addresses: they open doors, and are written nowhere.

use serde_json::Value as Json;
use url::Url;

/// Parameters of a query that are keys to a file and not its name, in small letters.
const SECRET_PARAMETERS: [&str; 14] = [
    "signature",
    "sig",
    "token",
    "access_token",
    "auth",
    "authorization",
    "api_key",
    "apikey",
    "awsaccesskeyid",
    "password",
    "passwd",
    "secret",
    "key-pair-id",
    "policy",
];
/// What the names of such parameters start with at the large stores.
const SECRET_STARTS: [&str; 3] = ["x-amz-", "x-goog-", "x-oss-"];
/// What the names of others end in.
const SECRET_ENDS: [&str; 6] = ["token", "secret", "password", "signature", "pwd", "jwt"];

/// Whether a parameter's value is one that nobody would give a file as its name: long, and of letters and digits alone.
fn looks_like_a_key(parameter: &str) -> bool {
    let value = parameter.split_once('=').map_or("", |(_, value)| value);
    value.len() >= 20
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// An address as it may be shown and kept: without user name, password, fragment, and parameters of the query that
/// are keys, such as the signature of a store. All else stays as it was given.
///
/// ```
/// use fairtracks::model::credentials::redacted;
/// assert_eq!(redacted("https://ann:secret@example.org/a%2Bb?f=1&sig=9"), "https://example.org/a%2Bb?f=1");
/// ```
pub fn redacted(address: &str) -> String {
    let clean: String = address.trim().chars().filter(|c| !c.is_control()).collect();
    let whole = clean.split('#').next().unwrap_or_default();
    let (before, query) = match whole.split_once('?') {
        Some((before, query)) => (before, Some(query)),
        None => (whole, None),
    };
    let readable = Url::parse(&clean).is_ok_and(|url| url.has_host());
    let mut shown = if readable {
        without_user(before)
    } else {
        // Where the user name ends in what is no address, nobody knows.
        let secret = whole.rfind('@').map_or(0, |at| at + 1);
        let scheme = whole.find("://").map_or(0, |at| at + 3).min(secret);
        return format!("{}{}", &whole[..scheme], &whole[secret..])
            .split('?')
            .next()
            .unwrap_or_default()
            .to_owned();
    };
    let kept: Vec<&str> = query
        .into_iter()
        .flat_map(|query| query.split('&'))
        .filter(|parameter| !is_secret(parameter))
        .collect();
    if query.is_some() && (!kept.is_empty()) {
        shown.push('?');
        shown.push_str(&kept.join("&"));
    }
    shown
}

fn without_user(before: &str) -> String {
    let Some(colon) = before.find(':') else {
        return before.to_owned();
    };
    let slashes = before[colon + 1..]
        .chars()
        .take_while(|c| matches!(c, '/' | '\\'))
        .count();
    let start = colon + 1 + slashes;
    let end = before[start..]
        .find(['/', '\\'])
        .map_or(before.len(), |at| start + at);
    let host = before[start..end]
        .rfind('@')
        .map_or(start, |at| start + at + 1);
    format!("{}{}", &before[..start], &before[host..])
}

fn is_secret(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default();
    let name = percent_encoding::percent_decode_str(name)
        .decode_utf8_lossy()
        .to_ascii_lowercase();
    SECRET_PARAMETERS.contains(&name.as_str())
        || SECRET_STARTS.iter().any(|start| name.starts_with(start))
        || SECRET_ENDS.iter().any(|end| name.ends_with(end))
        || name == "key" && looks_like_a_key(parameter)
}

/// Whether an address holds credentials.
pub fn has_some(address: &str) -> bool {
    let whole = address.trim().split('#').next().unwrap_or_default();
    redacted(address) != whole
}

/// A text as it may be shown and kept: without credentials where it is an address that has some, else as it is.
pub fn without(text: &str) -> String {
    if is_address(text) && has_some(text) {
        redacted(text)
    } else {
        text.to_owned()
    }
}

/// Takes credentials out of every text of a value that is an address; says how many had some. A fragment stays where there
/// is nothing else to hide.
pub fn take_out(value: &mut Json) -> usize {
    match value {
        Json::String(text) if is_address(text) => {
            let found = has_some(text);
            if found {
                *text = redacted(text);
            }
            usize::from(found)
        }
        Json::Array(items) => items.iter_mut().map(take_out).sum(),
        Json::Object(members) => members.values_mut().map(take_out).sum(),
        _ => 0,
    }
}

/// Whether a text in a value is an address with credentials.
pub fn are_in(value: &Json) -> bool {
    match value {
        Json::String(text) => text.contains(['@', '?']) && is_address(text) && has_some(text),
        Json::Array(items) => items.iter().any(are_in),
        Json::Object(members) => members.values().any(are_in),
        _ => false,
    }
}

/// Whether a text is one address, as generously as programs read them, and not a sentence with one in it.
fn is_address(text: &str) -> bool {
    Url::parse(text.trim()).is_ok_and(|url| url.has_host())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn no_secret_is_shown() {
        for (given, shown) in [
            ("https://u:p@h.org/x", "https://h.org/x"),
            (
                "https://u:p%40ss@h.org:81/x?a=1#t=2",
                "https://h.org:81/x?a=1",
            ),
            ("https://u:p@ss@h.org/x@y", "https://h.org/x@y"),
            ("http:u:p@h.org/x", "http:h.org/x"),
            ("http:\\\\u:p@h.org\\x", "http:\\\\h.org\\x"),
            ("https://u:p/ss@h.org/x", "https://h.org/x"),
            ("ftp://u@h.org/x", "ftp://h.org/x"),
            ("https://u:p@:99999/x", "https://:99999/x"),
            ("u:p@h.org/x?sig=1", "h.org/x"),
            (
                "https://s.org/x?X-Amz-Signature=1&b=%2B&X%2DAmz-Credential=2&Sig=3",
                "https://s.org/x?b=%2B",
            ),
            ("https://s.org/x?sig=1", "https://s.org/x"),
            (
                "https://s.org/x?private_token=1&jwt=2&a=3",
                "https://s.org/x?a=3",
            ),
            (
                "https://s.org/1?key=0123abcd-0123-abcd-0123-abcd0123abcd",
                "https://s.org/1",
            ),
        ] {
            assert_eq!(redacted(given), shown, "{given}");
        }
    }

    #[test]
    fn an_address_stays_as_it_was_given() {
        for text in [
            "https://www.encodeproject.org/files/ENCFF625ZYB/@@download/ENCFF625ZYB.bed.gz",
            "https://example.org/a%2Bb/c+d?file=x%20y&t=a,b;c",
            "ftp://ftp.ebi.ac.uk/pub/a%23b/C001.bb",
            "https://example.org/a//b/./",
            "https://example.org/get?key=tracks/peaks.bed",
        ] {
            assert_eq!(redacted(text), text);
        }
    }

    #[test]
    fn they_are_found_wherever_a_document_has_addresses() {
        for odd in ["https://u:p@x.example/my file.bed", "https:u:p@x.example/x"] {
            let mut value = json!({ "file_url": odd });
            assert_eq!(take_out(&mut value), 1, "{odd}");
        }
        let mut value = json!({"a": ["https://u:p@x.example/"], "b": {"c": "me@x.example", "d": "see https://u:p@x"}});
        assert_eq!(take_out(&mut value), 1);
        assert_eq!(
            value,
            json!({"a": ["https://x.example/"], "b": {"c": "me@x.example", "d": "see https://u:p@x"}})
        );
    }
}

//! The address of a file: reading it, and showing it without its secrets.

use url::Url;

use super::fault::Fault;

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

/// Reads an address. White space around it is dropped; the rest stays as it was given, as far as the standard for
/// addresses lets it.
pub(super) fn parse(text: &str) -> Result<Url, Fault> {
    let wrong = |problem: &str| Fault::Address {
        address: redacted(text),
        problem: problem.to_owned(),
    };
    let text = text.trim();
    if text.is_empty() {
        return Err(wrong("it is empty"));
    }
    if text.chars().any(char::is_control) {
        return Err(wrong(
            "there is a line break or another control character in it",
        ));
    }
    let url = Url::parse(text).map_err(|error| match error {
        url::ParseError::RelativeUrlWithoutBase => {
            wrong("it does not start with https:// or the like")
        }
        error => wrong(&error.to_string()),
    })?;
    Ok(url)
}

/// An address as it may be shown and kept: without user name, password, fragment, and parameters of the query that
/// are keys, such as the signature of a store. All else stays as it was given.
///
/// ```
/// use fairtracks::remote::redacted;
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
}

/// Host and, where it is not the usual one, port: the name of a server in messages.
pub(super) fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// What to do about an address that is not fetched, by its scheme.
pub(super) fn refused_scheme(scheme: &str) -> Fault {
    let advice = match scheme {
        "rsync" => {
            "the same server often offers https, so look for the file there, or ask the administrator for a mirror in the site's settings"
        }
        "s3" | "gs" | "az" | "abfs" => "take the https address that the store offers for the file",
        "file" => "files of this machine are read only through a mirror in the site's settings",
        "sftp" | "scp" | "ssh" | "ftps" | "gsiftp" | "globus" => {
            "it needs an account, so fetch the file yourself and upload it to Galaxy"
        }
        "drs" | "htsget" | "doi" | "ark" => "ask its resolver for the https address of the file",
        "data" | "javascript" | "mailto" | "about" => "it is no address of a file",
        _ => "take an address of the file that starts with https:, http: or ftp:",
    };
    Fault::Scheme {
        scheme: scheme.to_owned(),
        advice,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        ] {
            assert_eq!(redacted(text), text);
        }
        let url = parse("  https://h.org/@@download/a%2Bb?x=%2F&y ").unwrap();
        assert_eq!(url.as_str(), "https://h.org/@@download/a%2Bb?x=%2F&y");
    }
}

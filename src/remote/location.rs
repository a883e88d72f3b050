//! The address of a file: reading it, and naming its host.

use url::Url;

use super::fault::Fault;
use crate::text::secrets::redacted;

/// Reads an address. White space around it is dropped; the rest stays as it was given, as far as the standard for
/// addresses lets it.
pub(crate) fn parse(text: &str) -> Result<Url, Fault> {
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

/// Host and, where it is not the usual one, port: the name of a server in messages.
pub(crate) fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// What to do about an address that is not fetched, by its scheme.
pub(crate) fn refused_scheme(scheme: &str) -> Fault {
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
    fn an_address_is_read_as_it_was_given() {
        let url = parse("  https://h.org/@@download/a%2Bb?x=%2F&y ").unwrap();
        assert_eq!(url.as_str(), "https://h.org/@@download/a%2Bb?x=%2F&y");
    }
}

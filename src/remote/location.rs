//! Parses the URL of a file, and names its host.

use url::Url;

use super::fault::Fault;
use crate::text::secrets::redacted;

/// Parses a URL. Surrounding whitespace is removed; the rest is unchanged, as far as the URL standard allows.
pub(crate) fn parse(text: &str) -> Result<Url, Fault> {
    let wrong = |problem: &str| Fault::Address {
        address: redacted(text),
        problem: problem.to_owned(),
    };
    let text = text.trim();
    if text.is_empty() {
        return Err(wrong("empty"));
    }
    if text.chars().any(char::is_control) {
        return Err(wrong("a line break or another control character"));
    }
    let url = Url::parse(text).map_err(|error| match error {
        url::ParseError::RelativeUrlWithoutBase => wrong("no scheme such as https://"),
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

/// The advice for a URL with an unsupported scheme.
pub(crate) fn refused_scheme(scheme: &str) -> Fault {
    let advice = match scheme {
        "rsync" => {
            "try https on the same server, or ask the administrator for a mirror in the site's settings"
        }
        "s3" | "gs" | "az" | "abfs" => "use the https URL of the file in the store",
        "file" => "local files are read only through a mirror in the site's settings",
        "sftp" | "scp" | "ssh" | "ftps" | "gsiftp" | "globus" => {
            "it requires an account; download the file yourself and upload it to Galaxy"
        }
        "drs" | "htsget" | "doi" | "ark" => "use its resolver to get the https URL of the file",
        "ni" => {
            "it is the name of the bytes, and the file has no public URL; use the file itself, or a document with its URL"
        }
        "data" | "javascript" | "mailto" | "about" => "not the URL of a file",
        _ => "use a URL of the file with https:, http: or ftp:",
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

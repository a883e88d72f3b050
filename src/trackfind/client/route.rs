//! URLs of requests: everything percent-encoded except unreserved characters.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use super::error::ServerError;
use crate::remote::fault::Fault;
use crate::remote::location;
use crate::text::secrets::redacted;

/// All but the unreserved characters of RFC 3986: a TrackFind server rejects many others, and truncates queries at some.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A request to a server.
#[derive(Debug, Clone)]
pub(super) struct ServerRequest<'q> {
    /// The parts of the path below `api/v1`.
    pub path: Vec<&'q str>,
    /// Names and values of the query string.
    pub parameters: Vec<(&'static str, &'q str)>,
    /// The subject of the request, in messages.
    pub about: String,
}

impl<'q> ServerRequest<'q> {
    /// A request without parameters.
    pub fn new(path: &[&'q str], about: impl Into<String>) -> Self {
        ServerRequest {
            path: path.to_vec(),
            parameters: Vec::new(),
            about: about.into(),
        }
    }

    /// The same with a parameter, unless it is empty.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &'q str) -> Self {
        if !value.is_empty() {
            self.parameters.push((name, value));
        }
        self
    }

    /// Its URL, given the base URL of the API.
    pub fn url(&self, base: &Url) -> Result<Url, ServerError> {
        let mut text = base.as_str().trim_end_matches('/').to_owned();
        for part in &self.path {
            // A path with these would lead elsewhere, however they are encoded.
            if matches!(*part, "" | "." | "..") {
                return Err(ServerError::Address {
                    address: (*part).to_owned(),
                    problem: "not a valid name of a repository, hub or category".to_owned(),
                });
            }
            text.push('/');
            text.extend(utf8_percent_encode(part, ENCODED));
        }
        for (place, (name, value)) in self.parameters.iter().enumerate() {
            text.push(if place == 0 { '?' } else { '&' });
            text.push_str(name);
            text.push('=');
            text.extend(utf8_percent_encode(value, ENCODED));
        }
        Url::parse(&text).map_err(|error| ServerError::Address {
            address: redacted(&text),
            problem: error.to_string(),
        })
    }
}

/// The base URL of the API from user input: the URL of the server, of its API or of any page below.
pub(super) fn base(address: &str) -> Result<Url, ServerError> {
    let wrong = |problem: String| ServerError::Address {
        address: redacted(address),
        problem,
    };
    let mut url = match location::parse(address) {
        Ok(url) => url,
        Err(Fault::Address { problem, .. }) => return Err(wrong(problem)),
        Err(fault) => return Err(wrong(fault.to_string())),
    };
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("no https:// or http:// at the start".to_owned()));
    }
    url.set_query(None);
    url.set_fragment(None);
    let path = url.path();
    let root = path.find("/api/v1").map_or(path, |at| &path[..at]);
    let path = format!("{}/api/v1", root.trim_end_matches('/'));
    url.set_path(&path);
    Ok(url)
}

/// The URL of a server for messages and storage: without user, query and fragment, and without the common part.
pub(super) fn shown(base: &Url) -> String {
    let mut shown = base.clone();
    let _ = shown.set_username("");
    let _ = shown.set_password(None);
    let text = shown.to_string();
    text.strip_suffix("api/v1").unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_known_by_any_address_of_it() {
        for (typed, begins, expected) in [
            ("https://t.org", "https://t.org/api/v1", "https://t.org/"),
            (
                " https://t.org/api/v1/ ",
                "https://t.org/api/v1",
                "https://t.org/",
            ),
            (
                "http://t.org:81/api/v1/hubs/Example",
                "http://t.org:81/api/v1",
                "http://t.org:81/",
            ),
            (
                "https://t.org/tf/?x#!y",
                "https://t.org/tf/api/v1",
                "https://t.org/tf/",
            ),
            (
                "https://ann:s3cret@t.org",
                "https://ann:s3cret@t.org/api/v1",
                "https://t.org/",
            ),
        ] {
            let base = base(typed).unwrap();
            assert_eq!(base.as_str(), begins);
            assert_eq!(shown(&base), expected);
        }
        for typed in [
            "",
            "trackfind.elixir.no",
            "ftp://t.org/",
            "https://",
            "nonsense",
        ] {
            let message = base(typed).unwrap_err().to_string();
            let expected = "expected the URL of a TrackFind server such as";
            assert!(message.contains(expected), "{message}");
        }
    }

    #[test]
    fn names_and_values_are_encoded_whole() {
        let question = ServerRequest::new(&["search", "Track Hub", "a/b (é)"], "x")
            .with("query", "( a->'b' ?| array['c%']\n)")
            .with("categories", "");
        let url = question
            .url(&Url::parse("https://t.org/api/v1").unwrap())
            .unwrap();
        assert_eq!(
            url.as_str(),
            "https://t.org/api/v1/search/Track%20Hub/a%2Fb%20%28%C3%A9%29?query=%28%20a-%3E%27b%27%20%3F%7C%20array%5B%27c%25%27%5D%0A%29"
        );
    }

    #[test]
    fn no_name_leads_out_of_the_api() {
        let base = Url::parse("https://t.org/api/v1").unwrap();
        for name in ["..", ".", ""] {
            assert!(ServerRequest::new(&["hubs", name], "x").url(&base).is_err());
        }
    }
}

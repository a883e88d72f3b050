//! URIs of GA4GH DRS 1.5: `drs://host/id`, and compact identifiers such as `drs://prefix:accession`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value as Json;
use url::Url;

/// The unreserved characters of RFC 3986 stay as they are.
const IN_ID: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
const SCHEME: &str = "drs://";
const RESOLVER: &str = "https://resolver.api.identifiers.org/";

/// Where an object of DRS is described.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DrsAddress {
    /// At this URL.
    Object(Url),
    /// At the URL that a resolver of compact identifiers has: the URL of its answer.
    Compact(Url),
}

/// Whether a text is a URI of DRS.
pub fn is_drs(text: &str) -> bool {
    let start = text.trim_start().get(..SCHEME.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(SCHEME))
}

impl DrsAddress {
    /// Reads a URI.
    ///
    /// # Errors
    /// It has no host or no id.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "found `{text}`, expected drs://host/id, or a compact identifier such as drs://prefix:accession"
            )
        };
        let text = text.trim();
        let rest = text.get(SCHEME.len()..).filter(|_| is_drs(text));
        let rest = rest.filter(|rest| !rest.contains(['?', '#', '\\']));
        let rest = rest.ok_or_else(wrong)?;
        if let Some((prefix, accession)) = rest.split_once(':') {
            // A prefix may have a provider before it. A host has no colon.
            let mut parts = prefix.split('/');
            let is_word = |part: &str| {
                let mut bytes = part.bytes();
                !part.is_empty() && bytes.all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
            };
            let is_prefix = parts.all(is_word) && prefix.matches('/').count() <= 1;
            let is_dots = prefix.split('/').any(|part| part.chars().all(|c| c == '.'));
            if !is_prefix || is_dots || accession.is_empty() {
                return Err(wrong());
            }
            let path = format!("{prefix}:{}", encoded(accession));
            let url = Url::parse(RESOLVER).and_then(|url| url.join(&format!("./{path}")));
            return url.map(DrsAddress::Compact).map_err(|_| wrong());
        }
        let (host, id) = rest.split_once('/').ok_or_else(wrong)?;
        let is_host = !host.is_empty() && !host.contains('@');
        let (true, false) = (is_host, id.is_empty()) else {
            return Err(wrong());
        };
        let url = format!("https://{host}/ga4gh/drs/v1/objects/{}", encoded(id));
        Url::parse(&url)
            .map(DrsAddress::Object)
            .map_err(|_| wrong())
    }
}

/// An id, which a URI may have encoded already.
fn encoded(id: &str) -> String {
    let id = percent_decode_str(id).decode_utf8_lossy();
    utf8_percent_encode(&id, &IN_ID).to_string()
}

/// The URL of an object in the answer of the resolver: that of the most recommended resource.
pub fn resolved(answer: &Json) -> Option<Url> {
    let resources = answer["payload"]["resolvedResources"].as_array()?;
    let index = |resource: &Json| {
        let index = &resource["recommendation"]["recommendationIndex"];
        index.as_i64().unwrap_or_default()
    };
    // The first of several that are equal.
    let best = resources
        .iter()
        .rev()
        .max_by_key(|resource| index(resource))?;
    let url = Url::parse(best["compactIdentifierResolvedUrl"].as_str()?).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

/// The URL of an access method that has no URL of its own.
pub fn access_url(object: &Url, access_id: &str) -> Option<Url> {
    let path = object.path().trim_end_matches('/');
    let mut url = object.clone();
    url.set_path(&format!("{path}/access/{}", encoded(access_id)));
    url.set_query(None);
    Some(url)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_uri_leads_to_a_server_or_to_a_resolver() {
        for (uri, url) in [
            (
                "drs://d.example.org/t1",
                "https://d.example.org/ga4gh/drs/v1/objects/t1",
            ),
            (
                "DRS://d.example.org/a/b",
                "https://d.example.org/ga4gh/drs/v1/objects/a%2Fb",
            ),
            (
                "drs://d.example.org/a%2Fb",
                "https://d.example.org/ga4gh/drs/v1/objects/a%2Fb",
            ),
            (
                "drs://d.example.org/..",
                "https://d.example.org/ga4gh/drs/v1/objects/..",
            ),
        ] {
            match DrsAddress::parse(uri) {
                Ok(DrsAddress::Object(found)) if url.ends_with("..") => {
                    // The standard for URLs takes both away, so that the server finds no object.
                    assert!(found.path().starts_with("/ga4gh/drs/v1/"), "{found}");
                }
                Ok(DrsAddress::Object(found)) => assert_eq!(found.as_str(), url),
                other => panic!("{other:?}"),
            }
        }
        for (uri, url) in [
            (
                "drs://dg.4503:abc/1",
                "https://resolver.api.identifiers.org/dg.4503:abc%2F1",
            ),
            (
                "drs://p/drs.42:7",
                "https://resolver.api.identifiers.org/p/drs.42:7",
            ),
        ] {
            let url = Url::parse(url).unwrap();
            assert_eq!(DrsAddress::parse(uri), Ok(DrsAddress::Compact(url)));
        }
        for wrong in [
            "drs://",
            "drs://h",
            "drs://h/",
            "drs:///x",
            "drs://a@h/x",
            "drs://h/x?y",
            "drs://../x:1",
            "https://h/x",
        ] {
            assert!(DrsAddress::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_most_recommended_resource_counts() {
        let resource = |url: &str, index: i64| json!({"compactIdentifierResolvedUrl": url, "recommendation": {"recommendationIndex": index}});
        let of = |resources: Vec<Json>| {
            resolved(&json!({"payload": {"resolvedResources": resources}})).map(String::from)
        };
        let all = vec![
            resource("https://a.example.org/1", 0),
            resource("https://b.example.org/1", 99),
            resource("https://c.example.org/1", 99),
        ];
        assert_eq!(of(all).as_deref(), Some("https://b.example.org/1"));
        assert_eq!(of(vec![resource("file:///etc/passwd", 1)]), None);
        assert_eq!(of(Vec::new()), None);
    }
}

//! Answers of the Track Hub Registry: they lead to a hub, whose own files say more than the copy in the registry.

use serde_json::Value as Json;
use url::Url;

use crate::text::json::{self, JsonKind};

/// Whether a file may be an answer of the registry: it is an object of JSON.
pub fn is_registry_answer(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"{")
}

/// The URL of the only hub in an answer: a search (`items`, or `_source` in each item of the old registry), or one trackDb.
///
/// # Errors
/// The answer has no hub, several hubs, or states an error.
pub fn hub_of_answer(bytes: &[u8]) -> Result<Url, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let answer = json::read(text, JsonKind::Metadata);
    let answer = answer.map_err(|error| json::located(&error))?.value;
    for key in ["error", "detail", "message"] {
        if let Some(said) = answer[key].as_str() {
            return Err(format!("found an answer that states an error: {said}"));
        }
    }
    let single = std::slice::from_ref(&answer);
    let items = answer["items"].as_array().map_or(single, Vec::as_slice);
    let url_of = |item: &Json| {
        let own = &item["hub"]["url"];
        let old = &item["_source"]["hub"]["url"];
        own.as_str().or(old.as_str()).map(str::to_owned)
    };
    let mut urls: Vec<String> = items.iter().filter_map(url_of).collect();
    urls.sort();
    urls.dedup();
    match urls.as_slice() {
        [url] => {
            let parsed = Url::parse(url).ok();
            let is_file = |url: &Url| ["http", "https", "ftp"].contains(&url.scheme());
            let parsed = parsed.filter(is_file);
            parsed.ok_or_else(|| {
                format!("found the hub `{url}`, expected a URL of http, https or ftp")
            })
        }
        [] => Err("found no hub, expected `hub` with a `url`: change the search".to_owned()),
        several => Err(format!(
            "found {} hubs, expected one: give the URL of one of them: {}",
            several.len(),
            several[..several.len().min(MOST_SHOWN)].join(", ")
        )),
    }
}

/// Hubs that a message names.
const MOST_SHOWN: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_leads_to_its_only_hub() {
        let item = |url: &str| serde_json::json!({"trackdb_id": 1, "hub": {"name": "h", "url": url}, "source": {"url": "https://h.example.org/hg38/trackDb.txt", "checksum": "0123456789abcdef0123456789abcdef"}});
        let one = item("https://h.example.org/hub.txt");
        let of = |answer: &Json| hub_of_answer(answer.to_string().as_bytes()).map(String::from);
        let url = Ok("https://h.example.org/hub.txt".to_owned());
        assert_eq!(of(&one), url);
        assert_eq!(of(&serde_json::json!({"items": [one, one]})), url);
        assert_eq!(of(&serde_json::json!({"items": [{"_source": one}]})), url);
        let two = serde_json::json!({"items": [one, item("https://i.example.org/hub.txt")]});
        assert_eq!(
            of(&two),
            Err("found 2 hubs, expected one: give the URL of one of them: https://h.example.org/hub.txt, https://i.example.org/hub.txt".to_owned())
        );
        assert_eq!(
            of(&serde_json::json!({"items": []})),
            Err("found no hub, expected `hub` with a `url`: change the search".to_owned())
        );
        assert!(of(&item("file:///etc/hosts")).is_err());
        assert_eq!(
            of(&serde_json::json!({"error": "TrackDB document not found."})),
            Err("found an answer that states an error: TrackDB document not found.".to_owned())
        );
    }
}

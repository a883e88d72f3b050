//! Answers of the Track Hub Registry: they lead to hubs, whose own files say more than the copy in the registry.

use serde_json::Value as Json;
use url::Url;

use crate::text::json::{self, JsonKind};

/// Whether a file may be an answer of the registry: it is an object of JSON.
pub fn is_registry_answer(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"{")
}

/// The URLs of the hubs in an answer, each once: a search (`items`, or `_source` in each item of the old registry), or one trackDb.
///
/// # Errors
/// The answer has no hub, too many hubs, or states an error.
pub fn hubs_of_answer(bytes: &[u8]) -> Result<Vec<Url>, String> {
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
    if urls.is_empty() && answer["items"].is_null() {
        return Err("found another kind of JSON, expected an answer of the Track Hub Registry, or the files of a hub with `hub.txt`: select the source that fits the file".to_owned());
    }
    if urls.is_empty() {
        return Err("found no hub, expected `hub` with a `url`: change the search".to_owned());
    }
    if urls.len() > MOST_HUBS {
        return Err(format!(
            "found {} hubs, expected at most {MOST_HUBS}: narrow the search, or give the URL of one of them: {}",
            urls.len(),
            urls[..MOST_SHOWN].join(", ")
        ));
    }
    let parsed = urls.into_iter().map(|url| {
        let parsed = Url::parse(&url).ok();
        let is_file = |url: &Url| ["http", "https", "ftp"].contains(&url.scheme());
        let parsed = parsed.filter(is_file);
        parsed.ok_or_else(|| format!("found the hub `{url}`, expected a URL of http, https or ftp"))
    });
    parsed.collect()
}

/// Hubs of one answer that are read.
pub const MOST_HUBS: usize = 20;
/// Hubs that a message names.
const MOST_SHOWN: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_leads_to_its_hubs() {
        let item = |url: &str| serde_json::json!({"trackdb_id": 1, "hub": {"name": "h", "url": url}, "source": {"url": "https://h.example.org/hg38/trackDb.txt", "checksum": "0123456789abcdef0123456789abcdef"}});
        let first = "https://h.example.org/hub.txt";
        let one = item(first);
        let of = |answer: &Json| {
            let urls = hubs_of_answer(answer.to_string().as_bytes())?;
            Ok::<_, String>(urls.into_iter().map(String::from).collect::<Vec<_>>())
        };
        let url = Ok(vec![first.to_owned()]);
        assert_eq!(of(&one), url);
        assert_eq!(of(&serde_json::json!({"items": [one, one]})), url);
        assert_eq!(of(&serde_json::json!({"items": [{"_source": one}]})), url);
        let second = "https://i.example.org/hub.txt";
        let two = serde_json::json!({"items": [item(second), one]});
        assert_eq!(of(&two), Ok(vec![first.to_owned(), second.to_owned()]));
        let many =
            (0..=MOST_HUBS).map(|number| item(&format!("https://h.example.org/{number}/hub.txt")));
        let problem = of(&serde_json::json!({"items": many.collect::<Vec<_>>()})).unwrap_err();
        assert!(
            problem.starts_with("found 21 hubs, expected at most 20: narrow the search"),
            "{problem}"
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

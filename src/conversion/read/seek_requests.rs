//! Requests for the items of SEEK: a list has their titles alone, and an item refers to others.

use serde_json::Value as Json;
use url::Url;

/// What describes the files of an item: the relationships of each type that are followed.
const RELATED: [(&str, &[&str]); 3] = [
    (
        "data_files",
        &["assays", "studies", "samples", "creators", "publications"],
    ),
    ("assays", &["study", "samples", "organisms"]),
    ("studies", &["investigation", "creators", "publications"]),
];

/// The URLs of the items that a list or an item refers to, in their order. `from` is the URL of the answer.
pub fn requests(answer: &Json, from: &Url) -> Vec<Url> {
    match &answer["data"] {
        Json::Array(items) => {
            let short = items.iter().filter(|item| item["relationships"].is_null());
            short.filter_map(|item| item_url(item, from)).collect()
        }
        item @ Json::Object(_) => {
            let kind = item["type"].as_str().unwrap_or_default();
            let related = RELATED.iter().find(|(known, _)| *known == kind);
            let names = related.map_or(&[][..], |(_, names)| *names);
            let related = names.iter().flat_map(|name| {
                let data = &item["relationships"][*name]["data"];
                let single = std::slice::from_ref(data);
                data.as_array().map_or(single, Vec::as_slice)
            });
            related.filter_map(|item| item_url(item, from)).collect()
        }
        _ => Vec::new(),
    }
}

/// The URL of an item: the one that it states, or its type and its id on the same server.
fn item_url(item: &Json, from: &Url) -> Option<Url> {
    if let Some(own) = item["links"]["self"].as_str() {
        return from
            .join(own)
            .ok()
            .filter(|url| url.origin() == from.origin());
    }
    let (kind, id) = (item["type"].as_str()?, item["id"].as_str()?);
    let is_plain = |text: &str| {
        let mut bytes = text.bytes();
        !text.is_empty() && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    if !is_plain(kind) || !is_plain(id) {
        return None;
    }
    let path = from.path().trim_end_matches('/');
    let known = [
        "data_files",
        "assays",
        "studies",
        "samples",
        "projects",
        "investigations",
    ];
    let mut segments: Vec<&str> = path.split('/').collect();
    // SEEK may be in a folder of its server.
    if let Some(place) = segments.iter().position(|segment| known.contains(segment)) {
        segments.truncate(place);
    }
    let mut url = from.clone();
    url.set_path(&format!("{}/{kind}/{id}", segments.join("/")));
    url.set_query(None);
    url.set_fragment(None);
    Some(url)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn urls(answer: &Json, from: &str) -> Vec<String> {
        let found = requests(answer, &Url::parse(from).unwrap());
        found.into_iter().map(String::from).collect()
    }

    #[test]
    fn a_list_leads_to_its_items_and_an_item_to_what_describes_it() {
        let list = json!({"data": [
            {"id": "4", "type": "data_files", "links": {"self": "/seek/data_files/4"}},
            {"id": "5", "type": "data_files", "attributes": {"title": "x"}},
            {"id": "6", "type": "data_files", "relationships": {}},
            {"id": "../7", "type": "data_files"},
            {"id": "8", "type": "data_files", "links": {"self": "http://10.1.2.3/data_files/8"}}]});
        let from = "https://h.example.org/seek/projects/1/data_files?page=1";
        let expected = [
            "https://h.example.org/seek/data_files/4",
            "https://h.example.org/seek/data_files/5",
        ];
        assert_eq!(urls(&list, from), expected);
        let item = json!({"data": {"id": "4", "type": "data_files", "relationships": {
            "assays": {"data": [{"id": "3", "type": "assays"}]},
            "studies": {"data": []},
            "projects": {"data": [{"id": "1", "type": "projects"}]}}}});
        let expected = ["https://h.example.org/seek/assays/3"];
        assert_eq!(
            urls(&item, "https://h.example.org/seek/data_files/4"),
            expected
        );
        let assay = json!({"data": {"id": "3", "type": "assays", "relationships": {
            "study": {"data": {"id": "2", "type": "studies"}},
            "data_files": {"data": [{"id": "9", "type": "data_files"}]}}}});
        assert_eq!(
            urls(&assay, "https://h.example.org/assays/3"),
            ["https://h.example.org/studies/2"]
        );
    }
}

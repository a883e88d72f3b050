//! Requests for what the analyses of FAANG belong to: their specimens, the specimens that these are derived from, and their datasets.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use url::Url;

/// Ids that one request asks for, so that its URL stays short.
const MOST_IN_REQUEST: usize = 50;

/// An index, the field of its ids, and the members of hits that hold them.
const RELATED: [(&str, &str, &[&str]); 2] = [
    (
        "specimen",
        "biosampleId",
        &["sampleAccessions", "derivedFrom"],
    ),
    ("dataset", "accession", &["datasetAccession"]),
];

/// The URLs of the answers that describe what the hits of an answer belong to, without ids that are known. `from` is its URL.
pub fn requests(answer: &Json, from: &Url, known: &mut BTreeSet<String>) -> Vec<Url> {
    let hits = answer.pointer("/hits/hits").and_then(Json::as_array);
    let hits: Vec<&Json> = hits
        .into_iter()
        .flatten()
        .map(|hit| &hit["_source"])
        .collect();
    let mut urls = Vec::new();
    for (index, field, members) in RELATED {
        let mut ids = Vec::new();
        for member in hits
            .iter()
            .flat_map(|hit| members.iter().map(|key| &hit[*key]))
        {
            add_ids(member, &mut ids);
        }
        ids.retain(|id| known.insert(id.clone()));
        for ids in ids.chunks(MOST_IN_REQUEST) {
            urls.extend(request(from, index, field, ids));
        }
    }
    urls
}

/// The accessions in a value: texts, lists, or lists that were written as a text.
fn add_ids(value: &Json, ids: &mut Vec<String>) {
    match value {
        Json::String(text) => {
            let words = text.split(|c: char| !c.is_ascii_alphanumeric());
            let is_accession = |word: &&str| {
                word.starts_with(|c: char| c.is_ascii_uppercase())
                    && word.ends_with(|c: char| c.is_ascii_digit())
            };
            ids.extend(words.filter(is_accession).map(str::to_owned));
        }
        Json::Array(items) => items.iter().for_each(|item| add_ids(item, ids)),
        _ => {}
    }
}

/// The URL of a search of another index of the same server.
fn request(from: &Url, index: &str, field: &str, ids: &[String]) -> Option<Url> {
    let segments: Vec<&str> = from.path().split('/').collect();
    let search = segments.iter().position(|segment| *segment == "_search")?;
    let before = segments.get(..search.checked_sub(1)?)?;
    let mut url = from.clone();
    url.set_path(&format!("{}/{index}/_search/", before.join("/")));
    url.set_query(None);
    url.query_pairs_mut()
        .append_pair("size", &MOST_IN_REQUEST.to_string())
        .append_pair("filters", &json!({field: ids}).to_string());
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn analyses_lead_to_specimens_and_datasets() {
        let hit = |source: Json| json!({"_source": source});
        let answer = json!({"hits": {"hits": [
            hit(json!({"accession": "ERZ1", "sampleAccessions": "['SAMEA1', 'SAMEA2']", "datasetAccession": "PRJEB1"})),
            hit(json!({"sampleAccessions": ["SAMEA2", "SAMEA3"]}))]}});
        let from =
            Url::parse("https://f.example.org/api/analysis/_search/?q=liver&from_=0").unwrap();
        let mut known = BTreeSet::new();
        let urls = requests(&answer, &from, &mut known);
        let shown: Vec<(String, String)> = urls
            .iter()
            .map(|url| {
                let filters = url.query_pairs().find(|(name, _)| name == "filters");
                (url.path().to_owned(), filters.unwrap().1.into_owned())
            })
            .collect();
        let expected = [
            (
                "/api/specimen/_search/",
                r#"{"biosampleId":["SAMEA1","SAMEA2","SAMEA3"]}"#,
            ),
            ("/api/dataset/_search/", r#"{"accession":["PRJEB1"]}"#),
        ];
        let expected = expected.map(|(path, filters)| (path.to_owned(), filters.to_owned()));
        assert_eq!(shown, expected);
        assert!(requests(&answer, &from, &mut known).is_empty());
    }
}

//! Requests for what the analyses and files of FAANG belong to: their specimens, the specimens that these are derived from, and
//! the datasets of analyses.
//!
//! The portal names some indices with a date, such as `2026_03_26_file`, and others without. A search of an index with a date leads to
//! indices of the same date.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use url::Url;

use super::portal_rows::no_track;

/// Ids that one request asks for, so that its URL stays short.
const MOST_IN_REQUEST: usize = 50;

/// An index, the field of its ids, and the members of hits that hold them.
const RELATED: [(&str, &str, &[&str]); 2] = [
    (
        "specimen",
        "biosampleId",
        &["sampleAccessions", "derivedFrom", "specimen"],
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
        .filter(|source| !is_no_track(source))
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

/// Whether a hit is a file without a track.
fn is_no_track(source: &Json) -> bool {
    let text = |key: &str| source[key].as_str().unwrap_or_default();
    source["url"].is_string() && no_track(text("name"), text("type")).is_some()
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

/// The date before the name of an index, with the character behind it; empty without one.
fn date_of(index: &str) -> &str {
    let date = index.get(.."2026_03_26_".len()).unwrap_or_default();
    let digits = date.chars().filter(char::is_ascii_digit).count();
    match date.split('_').map(str::len).eq([4, 2, 2, 0]) && digits == 8 {
        true => date,
        false => "",
    }
}

/// The URL of a search of another index of the same server.
fn request(from: &Url, index: &str, field: &str, ids: &[String]) -> Option<Url> {
    let segments: Vec<&str> = from.path().split('/').collect();
    let search = segments.iter().position(|segment| *segment == "_search")?;
    let own = search.checked_sub(1)?;
    let (before, date) = (segments.get(..own)?, date_of(segments[own]));
    let mut url = from.clone();
    url.set_path(&format!("{}/{date}{index}/_search/", before.join("/")));
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

    #[test]
    fn an_index_with_a_date_leads_to_indices_of_the_same_date() {
        let answer = json!({"hits": {"hits": [
            {"_source": {"name": "a.bw", "url": "f.example.org/a.bw", "type": "bw", "specimen": "SAMEA1"}},
            {"_source": {"name": "b.fastq.gz", "url": "f.example.org/b.fastq.gz", "type": "fastq", "specimen": "SAMEA2"}}]}});
        for (index, asked) in [
            ("2026_03_26_file", "/data/2026_03_26_specimen/_search/"),
            ("file", "/data/specimen/_search/"),
            ("20260326_a_file", "/data/specimen/_search/"),
        ] {
            let from = format!("https://f.example.org/data/{index}/_search/?size=10");
            let from = Url::parse(&from).unwrap();
            let urls = requests(&answer, &from, &mut BTreeSet::new());
            let paths: Vec<&str> = urls.iter().map(Url::path).collect();
            assert_eq!(paths, [asked], "{index}");
            assert!(urls[0].query().unwrap().contains("SAMEA1"));
            assert!(!urls[0].query().unwrap().contains("SAMEA2"));
        }
    }
}

//! Searches of ENCODE: pages, searches with more results than pages reach, and answers without a track.

use fairtracks::conversion::read::portal_api::PortalApi;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use url::Url;

use super::online_pages::{answer, convert, document};
use super::pages::{part, walked};
use super::portals::{converted_json, file, refusal};
use crate::support::scripted_server::Server;

const SEARCH: &str = "https://e.example.org/search/?type=File&field=accession";

/// A search of so many files. Every page repeats the request, as those of the portal do.
fn search(url: &Url, total: usize) -> String {
    let all = url
        .query_pairs()
        .any(|(name, value)| name == "limit" && value == "all");
    let found = match all {
        true => (0..total).map(|id| json!({"id": id})).collect(),
        false => part(url, "from", "limit", total),
    };
    let graph: Vec<Json> = found
        .iter()
        .map(|item| json!({"@id": format!("/files/{}/", item["id"]), "@type": ["File"]}))
        .collect();
    json!({"@id": url[url::Position::BeforePath..], "@graph": graph, "total": total}).to_string()
}

#[test]
fn a_search_is_asked_for_by_pages_in_the_order_of_accessions() {
    let (asked, items) = walked(PortalApi::Encode, SEARCH, |url| search(url, 1200)).unwrap();
    assert_eq!(items, 1200);
    let page = |from: usize| {
        format!(
            "/search/?type=File&field=accession&sort=accession&format=json&from={from}&limit=500"
        )
    };
    assert_eq!(asked, [page(0), page(500), page(1000)]);
    let (asked, items) = walked(PortalApi::Encode, SEARCH, |url| search(url, 0)).unwrap();
    assert_eq!((asked.len(), items), (1, 0));
    let part = format!("{SEARCH}&limit=7&from=3");
    let (asked, items) = walked(PortalApi::Encode, &part, |url| search(url, 1200)).unwrap();
    assert_eq!((asked.len(), items), (1, 7));
}

#[test]
fn more_files_than_pages_reach_are_asked_for_at_once() {
    let (asked, items) = walked(PortalApi::Encode, SEARCH, |url| search(url, 9501)).unwrap();
    assert_eq!(items, 9501);
    let whole = "/search/?type=File&field=accession&sort=accession&format=json&limit=all";
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert_eq!(asked[1], whole);
    let (asked, _) = walked(PortalApi::Encode, SEARCH, |url| search(url, 9500)).unwrap();
    assert_eq!(asked.len(), 19);
    // A search that grows while it is read.
    let mut total = 9300;
    let grown = walked(PortalApi::Encode, SEARCH, |url| {
        total += 150;
        search(url, total)
    });
    let (asked, items) = grown.unwrap();
    assert_eq!((asked.len(), items), (3, 9750));
}

#[test]
fn pages_that_repeat_or_state_errors_end_the_search() {
    // A portal that ignores `from`.
    let same = |url: &Url| {
        let mut first = url.clone();
        first.set_query(Some("limit=500"));
        let answer: Json = serde_json::from_str(&search(&first, 1500)).unwrap();
        json!({"@id": url.as_str(), "@graph": answer["@graph"], "total": 1500}).to_string()
    };
    let problem = walked(PortalApi::Encode, SEARCH, same).unwrap_err();
    assert!(
        problem.ends_with("from=500&limit=500 a second time, expected a new one: the pages have no end; inform the provider of the service"),
        "{problem}"
    );
    for (body, said) in [
        (
            "{\"status\": \"error\", \"description\": \"bad filter\"}",
            "found an answer that states an error: bad filter",
        ),
        (
            "{\"total\": 3}",
            "found JSON of another shape, expected an answer of the search of ENCODE with `@graph`: check the URL",
        ),
        (
            "<html>",
            "found a web page (HTML), expected an answer of the search of ENCODE with `@graph`: check the URL",
        ),
    ] {
        let problem = walked(PortalApi::Encode, SEARCH, |_| body.to_owned());
        assert_eq!(problem.unwrap_err(), said);
    }
    let cut = walked(PortalApi::Encode, SEARCH, |_| "{\"@graph\": [".to_owned());
    assert!(cut.unwrap_err().contains("line 1"));
}

#[test]
fn a_status_without_an_answer_is_an_error() {
    let server = Server::start(|_| answer("404 Not Found", "{\"title\": \"Not Found\"}"));
    let outcome = convert(
        &["--source", "encode", "--url", &server.url("/serach/")],
        "",
    );
    assert_eq!(outcome.status, 1);
    assert!(
        outcome
            .stderr
            .ends_with("has no answer to this request (status 404: Not Found): check the URL\n"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn the_files_of_all_pages_are_in_the_document() {
    // The portal gives two files in a page, however many it is asked for.
    let server = Server::start(|request| {
        if request.target.contains("type=Experiment&") {
            return answer("200 OK", &file("encode_experiments.json"));
        }
        let url = Url::parse(&format!("http://h.example.org{}", request.target)).unwrap();
        let mut page: Json = serde_json::from_str(&file("encode_files.json")).unwrap();
        let files = page["@graph"].as_array().unwrap().clone();
        let from = url.query_pairs().find(|(name, _)| name == "from");
        let from: usize = from.unwrap().1.parse().unwrap();
        page["@graph"] = files.into_iter().skip(from).take(2).collect();
        answer("200 OK", &page.to_string())
    });
    let outcome = convert(
        &["--source", "encode", "--url", &server.url("/search/")],
        "",
    );
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert_eq!(document(&outcome)["tracks"].as_array().unwrap().len(), 4);
    assert_eq!(server.seen().len(), 4);
}

#[test]
fn a_saved_page_of_several_says_how_many_files_there_are() {
    let mut page: Json = serde_json::from_str(&file("encode_files.json")).unwrap();
    page["@id"] = json!("/search/?type=File&limit=25");
    page["total"] = json!(311);
    let converted = converted_json("encode", &page);
    assert_eq!(
        refusal(&converted, "total", "311"),
        "found 5 hits in all answers: request the pages that follow"
    );
}

#[test]
fn a_search_for_raw_data_says_what_to_search_for() {
    let mut page: Json = serde_json::from_str(&file("encode_files.json")).unwrap();
    for item in page["@graph"].as_array_mut().unwrap() {
        item["output_category"] = json!("raw data");
        item["file_format"] = json!("fastq");
    }
    page["@graph"][0]["file_format"] = json!("idat");
    let outcome = converted_json("encode", &page).outcome;
    assert_eq!(outcome.status, 1);
    assert_eq!(
        outcome.stderr,
        "error: found 5 files of ENCODE with raw data alone (4 `fastq`, 1 `idat`), expected at least one track: search for a processed format such as `file_format=bigWig` or `file_format=bed` in place of these\n"
    );
    let experiments: Json = serde_json::from_str(&file("encode_experiments.json")).unwrap();
    let outcome = converted_json("encode", &experiments).outcome;
    assert_eq!(outcome.status, 1);
    assert!(
        outcome.stderr.ends_with(
            " of ENCODE and no file, expected files: search with `type=File` in place of `type=Experiment`\n"
        ),
        "{}",
        outcome.stderr
    );
}

proptest! {
    // Answers have thousands of files.
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn laws_all_files_come_once_however_many_there_are(total in 0_usize..12_000, cap in 100_usize..500) {
        let mut seen = Vec::new();
        let outcome = walked(PortalApi::Encode, SEARCH, |url| {
            let mut page: Json = serde_json::from_str(&search(url, total)).unwrap();
            let graph = page["@graph"].as_array_mut().unwrap();
            match url.query_pairs().any(|(name, _)| name == "from") {
                true => graph.truncate(cap),
                false => seen.clear(),
            }
            seen.extend(graph.iter().map(|item| item["@id"].to_string()));
            page.to_string()
        });
        prop_assert_eq!(outcome.unwrap().1, total as u64);
        let expected: Vec<String> = (0..total).map(|id| format!("\"/files/{id}/\"")).collect();
        prop_assert_eq!(seen, expected);
    }
}

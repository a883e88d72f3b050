//! Searches of portals, from the first request to the document.

use std::collections::HashMap;

use serde_json::{Value as Json, json};
use url::Url;

use super::online_pages::{answer, convert, document};
use super::portals::file;
use crate::support::scripted_server::{Act, Request, Server};

fn fixture(name: &str) -> Json {
    serde_json::from_str(&file(name)).unwrap()
}

fn parameters(request: &Request) -> HashMap<String, String> {
    let url = Url::parse(&format!("http://h.example.org{}", request.target)).unwrap();
    url.query_pairs().into_owned().collect()
}

fn tracks(document: &Json) -> usize {
    document["tracks"].as_array().unwrap().len()
}

#[test]
fn an_accession_of_ena_is_a_report() {
    let server = Server::start(|request| {
        let parameters = parameters(request);
        let has =
            |name: &str, value: &str| parameters.get(name).is_some_and(|known| known == value);
        match request.path() {
            "/ena/filereport" if has("accession", "PRJEB999901") && has("limit", "0") => {
                vec![Act::Send(framed("text/plain", &file("ena_analysis.tsv")))]
            }
            "/ena/filereport" if has("accession", "PRJEB1") => {
                vec![Act::Send(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec())]
            }
            _ => answer("400 Bad Request", "{\"message\": \"Invalid accession\"}"),
        }
    });
    let search = |accession: &str| {
        let url = server.url("/ena");
        convert(
            &["--source", "ena", "--query", accession, "--url", &url],
            "",
        )
    };
    let outcome = search("PRJEB999901");
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert!(tracks(&document(&outcome)) > 1);
    let outcome = search("PRJEB1");
    assert!(
        outcome
            .stderr
            .starts_with("ENA has no analysis with files for this search: change the search\n"),
        "{}",
        outcome.stderr
    );
    assert_eq!(tracks(&document(&outcome)), 0);
    let outcome = search("PRJEB2");
    assert_eq!(outcome.status, 1);
    assert!(
        outcome.stderr.contains("(status 400: Invalid accession)"),
        "{}",
        outcome.stderr
    );
}

fn framed(kind: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

#[test]
fn a_project_of_gdc_is_read_page_by_page() {
    // The portal gives two files in a page, however many it is asked for.
    let server = Server::start(|request| {
        let parameters = parameters(request);
        assert!(parameters["filters"].contains("TCGA-X"), "{parameters:?}");
        let from: usize = parameters["from"].parse().unwrap();
        let mut page = fixture("gdc_files.json");
        let hits = page["data"]["hits"].as_array().unwrap().clone();
        page["data"]["pagination"]["total"] = hits.len().into();
        let part: Vec<Json> = hits.into_iter().skip(from).take(2).collect();
        page["data"]["hits"] = part.into();
        answer("200 OK", &page.to_string())
    });
    let outcome = convert(
        &[
            "--source",
            "gdc",
            "--query",
            "TCGA-X",
            "--url",
            &server.url("/"),
        ],
        "",
    );
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let hits = fixture("gdc_files.json")["data"]["hits"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(server.seen().len(), hits.div_ceil(2));
    assert!(tracks(&document(&outcome)) > 1);
}

#[test]
fn words_for_faang_find_analyses_and_their_specimens() {
    let server = Server::start(|request| match request.path() {
        "/api/analysis/_search/" => answer("200 OK", &file("faang_analysis.json")),
        "/api/specimen/_search/" => answer("200 OK", &file("faang_specimen.json")),
        _ => vec![Act::Send(framed("text/plain", "This index doesn't exist!"))],
    });
    let outcome = convert(
        &[
            "--source",
            "faang",
            "--query",
            "liver",
            "--url",
            &server.url("/api"),
        ],
        "",
    );
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let document = document(&outcome);
    assert!(tracks(&document) > 0);
    let species = document["samples"].as_array().unwrap().iter();
    assert!(
        species
            .clone()
            .any(|sample| sample["species_id"].is_string()),
        "{species:?}"
    );
    let table = std::fs::read_to_string(outcome.folder.join("out.tsv")).unwrap();
    assert!(
        table.contains("not downloaded: ") && table.contains("This index doesn't exist!"),
        "{table}"
    );
    let first = &server.seen()[0];
    assert_eq!(parameters(first)["q"], "liver");
}

#[test]
fn a_list_of_seek_leads_to_items_and_what_describes_them() {
    let items = || {
        let all = [
            fixture("seek_data_files.json"),
            fixture("seek_related.json"),
        ];
        let all = all
            .into_iter()
            .flat_map(|value| match value["data"].clone() {
                Json::Array(items) => items,
                item => vec![item],
            });
        all.collect::<Vec<Json>>()
    };
    let server = Server::start(move |request| {
        let path = request.path().trim_matches('/').to_owned();
        assert!(
            request
                .header("accept")
                .starts_with("application/vnd.api+json")
        );
        if path == "data_files" {
            let files = items()
                .into_iter()
                .filter(|item| item["type"] == "data_files");
            let short = files.map(|item| json!({"id": item["id"], "type": "data_files", "attributes": {"title": "x"}}));
            return answer(
                "200 OK",
                &json!({"data": short.collect::<Vec<_>>(), "links": {"next": null}}).to_string(),
            );
        }
        let (kind, id) = path.split_once('/').unwrap();
        let mut items = items().into_iter();
        match items.find(|item| item["type"] == kind && item["id"] == id) {
            Some(item) => answer("200 OK", &json!({"data": item}).to_string()),
            None => answer(
                "404 Not Found",
                "{\"errors\": [{\"title\": \"Not found\"}]}",
            ),
        }
    });
    let outcome = convert(
        &["--source", "seek", "--url", &server.url("/data_files")],
        "",
    );
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let document = document(&outcome);
    assert!(tracks(&document) > 1);
    assert!(!document["experiments"].as_array().unwrap().is_empty());
    let mut asked: Vec<String> = server
        .seen()
        .into_iter()
        .map(|request| request.target)
        .collect();
    let all = asked.len();
    asked.sort();
    asked.dedup();
    assert_eq!(asked.len(), all, "{asked:?}");
    assert!(
        asked.iter().any(|target| target.starts_with("/assays/")),
        "{asked:?}"
    );
}

//! Pages of Data Connect as servers send them: empty ones first, a data model on one page alone, and errors in the body.

use serde_json::{Value as Json, json};

use super::online_pages::{answer, convert, document};
use super::portals::{converted, file};
use crate::support::Outcome;
use crate::support::scripted_server::{Act, Server};

/// The rows of the table of the test data, and their data model.
fn table() -> (Json, Json, Json) {
    let page: Json = serde_json::from_str(&file("data_connect_page.json")).unwrap();
    (
        page["data_model"].clone(),
        page["data"][0].clone(),
        page["data"][1].clone(),
    )
}

/// Converts the table of a server with these pages by their queries; the outcome and the queries that it was asked for.
fn of_pages(pages: Vec<(&'static str, Json)>) -> (Outcome, Vec<String>) {
    let server = Server::start(move |request| {
        let query = request
            .target
            .split_once('?')
            .map_or("", |(_, query)| query);
        let page = pages.iter().find(|(known, _)| *known == query);
        match page {
            Some((_, body)) => answer("200 OK", &body.to_string()),
            None => answer("404 Not Found", "{}"),
        }
    });
    let url = server.url("/dc/table/lab/data");
    let outcome = convert(&["--source", "data-connect", "--url", &url], "");
    let asked = server.seen().into_iter().map(|request| {
        let query = request.target.split_once('?');
        query.map_or(String::new(), |(_, query)| query.to_owned())
    });
    (outcome, asked.collect())
}

#[test]
fn a_data_model_on_an_empty_first_page_describes_the_rows_that_follow() {
    let (model, one, other) = table();
    let (outcome, asked) = of_pages(vec![
        (
            "",
            json!({"data_model": model, "data": [], "pagination": {"next_page_url": "data?page=1"}}),
        ),
        (
            "page=1",
            json!({"data": [], "pagination": {"next_page_url": "?page=2"}}),
        ),
        (
            "page=2",
            json!({"data": [one], "pagination": {"next_page_url": "/dc/table/lab/data?page=3"}}),
        ),
        (
            "page=3",
            json!({"data": [other], "pagination": {"next_page_url": null}}),
        ),
    ]);
    assert_eq!(
        outcome.stderr,
        "converted to 2 tracks, 2 experiments, 1 sample, 1 study; the document conforms to FAIRtracks\n"
    );
    assert_eq!(asked, ["", "page=1", "page=2", "page=3"]);
}

#[test]
fn errors_on_pages_with_and_without_rows_are_rows_of_the_table() {
    let (model, one, other) = table();
    let (outcome, _) = of_pages(vec![
        (
            "",
            json!({"data": [], "errors": [{"title": "Still starting"}], "pagination": {"next_page_url": "data?page=1"}}),
        ),
        (
            "page=1",
            json!({"data_model": model, "data": [one, other], "errors": [{"title": "One source is offline", "detail": "s3"}]}),
        ),
    ]);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert_eq!(document(&outcome)["tracks"].as_array().unwrap().len(), 2);
    let log = std::fs::read_to_string(outcome.folder.join("out.tsv")).unwrap();
    for said in ["Still starting", "One source is offline"] {
        let row = format!("\terrors\t{said}\t");
        assert_eq!(log.matches(&row).count(), 1, "{log}");
    }
}

#[test]
fn errors_in_place_of_rows_end_the_conversion() {
    let errors = json!([{"title": "Query failed", "detail": "the table is locked"}]);
    for page in [
        json!({"data": [], "errors": errors}),
        json!({"errors": errors}),
    ] {
        let (outcome, _) = of_pages(vec![("", page)]);
        assert_eq!(outcome.status, 1);
        assert!(
            outcome.stderr.ends_with(
                "found an answer that states an error: Query failed: the table is locked\n"
            ),
            "{}",
            outcome.stderr
        );
        assert!(!outcome.folder.join("out.json").exists());
    }
}

#[test]
fn a_circle_of_empty_pages_is_an_error() {
    let next = |url: &str| json!({"data": [], "pagination": {"next_page_url": url}});
    let (outcome, asked) = of_pages(vec![
        ("", next("data?page=1")),
        ("page=1", next("../lab/data")),
    ]);
    assert_eq!(outcome.status, 1);
    assert_eq!(asked, ["", "page=1"]);
    assert!(
        outcome.stderr.contains(
            "/dc/table/lab/data a second time, expected a new one: the pages have no end"
        ),
        "{}",
        outcome.stderr
    );
}

#[test]
fn a_server_that_is_not_ready_is_asked_again() {
    let (model, one, other) = table();
    let server = Server::start(move |request| match request.number {
        0 | 1 => vec![Act::Send(
            b"HTTP/1.1 202 Accepted\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n".to_vec(),
        )],
        _ => answer(
            "200 OK",
            &json!({"data_model": model, "data": [one, other]}).to_string(),
        ),
    });
    let url = server.url("/dc/table/lab/data");
    let outcome = convert(&["--source", "data-connect", "--url", &url], "");
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert_eq!(document(&outcome)["tracks"].as_array().unwrap().len(), 2);
}

#[test]
fn a_data_model_that_is_a_schema_of_fairtracks_makes_rows_its_objects() {
    let schema = "https://raw.githubusercontent.com/fairtracks/fairtracks_standard/v1/current/json/schema/fairtracks_track.schema.json";
    let page = json!({"data_model": {"$ref": schema}, "data": [
        {"local_id": "T", "file_url": "https://h.example.org/T.bed", "experiment_ref": "E"}]});
    let samples = json!({"data_model": {"properties": {
        "key": {"$ref": "#/$defs/id"}, "species": {"$ref": "#/$defs/species"}},
        "$defs": {
            "id": {"$ref": "fairtracks_sample.schema.json#/properties/local_id"},
            "species": {"$ref": "fairtracks_sample.schema.json#/properties/species_id"}}},
        "data": [{"key": "S", "species": "taxonomy:9606"}]});
    let experiments = json!({"data": [{"local_id": "E", "sample_ref": "S"}]});
    let converted = converted(
        "data-connect",
        &[
            ("1.json", &page.to_string()),
            ("2.json", &samples.to_string()),
            ("experiments.json", &experiments.to_string()),
        ],
    );
    let document = converted.document();
    assert_eq!(
        document["tracks"][0]["file_url"],
        "https://h.example.org/T.bed"
    );
    assert_eq!(document["samples"][0]["species_id"], "taxonomy:9606");
}

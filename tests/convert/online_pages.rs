//! Services with pages, as the tool asks them.

use std::fs;

use serde_json::{Value as Json, json};

use super::hub::hub_files;
use super::portals::file;
use crate::support::Outcome;
use crate::support::converting::{COLLECTION, OUTPUTS};
use crate::support::folder;
use crate::support::running::{CONVERT, run_at};
use crate::support::scripted_server::{Act, Request, Server};

/// Settings of a site with short pauses.
pub const SITE: &str = "allow_private_hosts = [\"127.0.0.1\"]\n[limits]\nretries = 1\nretry_seconds = 0.001\nlongest_retry_seconds = 0.01\nserver_seconds = 2\n";

/// An answer of JSON.
pub fn answer(status: &str, body: &str) -> Vec<Act> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    vec![Act::Send(head.into_bytes())]
}

/// Converts at a site with short pauses and more limits.
pub fn convert(options: &[&str], limits: &str) -> Outcome {
    let place = folder();
    let site = place.join("site.toml");
    fs::write(&site, format!("{SITE}{limits}")).unwrap();
    run_at(
        &site,
        CONVERT,
        &place,
        &[options, &OUTPUTS, &COLLECTION].concat(),
    )
}

/// The document of a conversion.
pub fn document(outcome: &Outcome) -> Json {
    let bytes = fs::read(outcome.folder.join("out.json"));
    serde_json::from_slice(&bytes.unwrap_or_else(|_| panic!("{outcome:?}"))).unwrap()
}

/// A server of Data Connect with a table of two rows: three empty pages, then a row on each of two pages.
fn data_connect(request: &Request) -> Vec<Act> {
    let page: Json = serde_json::from_str(&file("data_connect_page.json")).unwrap();
    let body = match request.target.as_str() {
        "/dc/tables" => json!({"tables": [{"name": "lab"}], "pagination": null}),
        "/dc/table/lab/data" => json!({"data": [], "pagination": {"next_page_url": "data?page=a"}}),
        "/dc/table/lab/data?page=a" => {
            json!({"data": [], "pagination": {"next_page_url": "data?page=b"}})
        }
        "/dc/table/lab/data?page=b" => {
            json!({"data": [], "pagination": {"next_page_url": format!("http://{}/dc/table/lab/data?page=c", request.header("host"))}})
        }
        "/dc/table/lab/data?page=c" => {
            json!({"data_model": page["data_model"], "data": [page["data"][0]], "pagination": {"next_page_url": "/dc/table/lab/data?page=d"}})
        }
        "/dc/table/lab/data?page=d" => {
            json!({"data_model": page["data_model"], "data": [page["data"][1]]})
        }
        "/dc/table/empty/data" => json!({"data": []}),
        _ => {
            return answer(
                "404 Not Found",
                "{\"errors\": [{\"title\": \"Unknown table\"}]}",
            );
        }
    };
    answer("200 OK", &body.to_string())
}

#[test]
fn a_server_of_data_connect_is_polled_and_no_page_is_asked_for_twice() {
    let server = Server::start(data_connect);
    let outcome = convert(
        &["--source", "data-connect", "--url", &server.url("/dc")],
        "",
    );
    assert_eq!(
        outcome.stderr,
        "converted to 2 tracks, 2 experiments, 1 sample, 1 study; the document conforms to FAIRtracks\n"
    );
    let asked: Vec<String> = server
        .seen()
        .into_iter()
        .map(|request| request.target)
        .collect();
    let rows = |page: &str| format!("/dc/table/lab/data{page}");
    assert_eq!(
        asked,
        [
            "/dc/tables".to_owned(),
            rows(""),
            rows("?page=a"),
            rows("?page=b"),
            rows("?page=c"),
            rows("?page=d")
        ]
    );
    assert!(
        server
            .seen()
            .iter()
            .all(|request| request.header("accept") == "application/json")
    );
    let from = &document(&outcome)["converted_from"]["source"];
    assert_eq!(from["files"].as_array().unwrap().len(), 6);
}

#[test]
fn a_search_without_results_is_a_document_without_objects() {
    let server = Server::start(|request| match request.path() {
        "/api/search" => answer(
            "200 OK",
            "{\"total_entries\": 0, \"next\": null, \"items\": []}",
        ),
        _ => data_connect(request),
    });
    for (options, said) in [
        (
            [
                "--source",
                "data-connect",
                "--url",
                &server.url("/dc/table/empty"),
            ]
            .to_vec(),
            "the table has no rows: change the search\n",
        ),
        (
            [
                "--source",
                "hub",
                "--query",
                "nothing",
                "--url",
                &server.url("/"),
            ]
            .to_vec(),
            "the Track Hub Registry has no hub for these words: change the search\n",
        ),
    ] {
        let outcome = convert(&options, "");
        assert_eq!(outcome.status, 0, "{outcome:?}");
        assert!(outcome.stderr.starts_with(said), "{}", outcome.stderr);
        assert_eq!(document(&outcome)["tracks"], json!([]));
        let report = fs::read_to_string(outcome.folder.join("out.md")).unwrap();
        assert!(report.contains("change the search."), "{report}");
    }
}

#[test]
fn all_hubs_that_the_registry_finds_are_read() {
    let server = Server::start(|request| {
        let here = format!("http://{}", request.header("host"));
        let item =
            |hub: &str| json!({"hub": {"name": hub, "url": format!("{here}/{hub}/hub.txt")}});
        if request.path() == "/thr/api/search" {
            assert_eq!(
                (&request.method[..], &request.body[..]),
                ("POST", "{\"query\":\"blood DNase\"}")
            );
            let (items, next) = match request.target.contains("page=1&") {
                true => (
                    vec![item("one"), item("gone")],
                    json!(format!("{here}/thr/api/search?page=2&entries_per_page=50")),
                ),
                false => (vec![item("two"), item("one")], Json::Null),
            };
            let body = json!({"total_entries": 4, "next": next, "items": items});
            return answer("200 OK", &body.to_string());
        }
        let path = request.path().trim_start_matches('/');
        let (hub, path) = path.split_once('/').unwrap();
        let files = hub_files();
        let file = files
            .iter()
            .find(|(name, _)| *name == path && hub != "gone");
        match file {
            Some((_, text)) if path == "hub.txt" => {
                answer("200 OK", &text.replacen("hub ", &format!("hub {hub}_"), 1))
            }
            Some((_, text)) => answer("200 OK", text),
            None => answer("404 Not Found", ""),
        }
    });
    let outcome = convert(
        &[
            "--source",
            "hub",
            "--query",
            "blood DNase",
            "--url",
            &server.url("/thr/"),
        ],
        "",
    );
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let document = document(&outcome);
    let urls: Vec<&str> = document["tracks"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|track| track["file_url"].as_str())
        .collect();
    let of = |hub: &str| {
        urls.iter()
            .filter(|url| url.contains(&format!("/{hub}/")))
            .count()
    };
    assert!(of("one") > 0, "{urls:?}");
    assert_eq!(of("one"), of("two"));
    let table = fs::read_to_string(outcome.folder.join("out.tsv")).unwrap();
    assert!(
        table.contains("/gone/hub.txt\thub reader\tthe hub cannot be read: "),
        "{table}"
    );
    assert_eq!(document["converted_from"]["query"], "blood DNase");
}

#[test]
fn hostile_services_are_errors() {
    let server = Server::start(|request| match request.path() {
        "/away/table/t/data" => {
            crate::support::scripted_server::replies::redirect("http://10.1.2.3/table/t/data")
                .acts()
        }
        "/inside/table/t/data" => answer(
            "200 OK",
            "{\"data\": [{\"id\": 1}], \"pagination\": {\"next_page_url\": \"http://10.1.2.3/x\"}}",
        ),
        "/html/table/t/data" => answer("200 OK", "<html><title>Log in</title></html>"),
        "/cut/table/t/data" => vec![
            Act::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"data\": [".to_vec()),
            Act::Close,
        ],
        "/error/table/t/data" => answer(
            "400 Bad Request",
            "{\"errors\": [{\"title\": \"Bad\", \"detail\": \"no table\"}]}",
        ),
        "/huge/table/t/data" => answer(
            "200 OK",
            &format!("{{\"data\": [{{\"x\": \"{}\"}}]}}", "x".repeat(5000)),
        ),
        "/loop/table/t/data" => answer(
            "200 OK",
            "{\"data\": [{\"id\": 1}], \"pagination\": {\"next_page_url\": \"data\"}}",
        ),
        "/never/table/t/data" => {
            let next = format!("data?page={}", request.number);
            answer(
                "200 OK",
                &json!({"data": [], "pagination": {"next_page_url": next}}).to_string(),
            )
        }
        "/down/table/t/data" => answer("503 Service Unavailable", ""),
        _ => answer("404 Not Found", "{}"),
    });
    for (path, limits, said) in [
        (
            "away",
            "",
            "10.1.2.3 is a private address and was not contacted",
        ),
        (
            "inside",
            "",
            "10.1.2.3 is a private address and was not contacted",
        ),
        (
            "html",
            "",
            "found a web page (HTML), expected a page of a table of Data Connect with `data`: check the URL",
        ),
        (
            "cut",
            "",
            "closed the connection before the file was complete at every attempt",
        ),
        (
            "error",
            "",
            "refuses the request (status 400: Bad: no table): check the URL or the search",
        ),
        ("huge", "bytes_per_job = 4000\n", "larger than 4000 bytes"),
        (
            "loop",
            "",
            "a second time, expected a new one: the pages have no end",
        ),
        ("never", "", "the service was not ready within 2 seconds"),
        (
            "down",
            "",
            "was overloaded or out of order at every attempt (last status 503)",
        ),
        (
            "other",
            "",
            "has no answer to this request (status 404): check the URL",
        ),
    ] {
        let url = server.url(&format!("/{path}/table/t/data"));
        let outcome = convert(&["--source", "data-connect", "--url", &url], limits);
        assert_eq!(outcome.status, 1, "{path}");
        assert!(
            outcome.stderr.starts_with("error: --url: "),
            "{path}: {}",
            outcome.stderr
        );
        assert!(outcome.stderr.contains(said), "{path}: {}", outcome.stderr);
        assert!(!outcome.folder.join("out.json").exists());
    }
}

#[test]
fn a_search_for_a_source_without_one_is_a_usage_error() {
    for (options, said) in [
        (
            ["--source", "ihec", "--query", "x"],
            "error: --query: found a search for a source without one",
        ),
        (
            ["--source", "table", "--query", "x"],
            "error: --query: found a search for tables, expected files",
        ),
        (
            ["--source", "data-connect", "--query", "x"],
            "error: --query: found `x`, expected the URL of a server or a table",
        ),
    ] {
        let outcome = convert(&options, "");
        assert_eq!(outcome.status, 2, "{outcome:?}");
        assert!(outcome.stderr.starts_with(said), "{}", outcome.stderr);
    }
}

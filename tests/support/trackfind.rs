//! A TrackFind server that answers what it is told to answer.

use fairtracks::remote::Settings;
use fairtracks::trackfind::client::Server as Client;
use percent_encoding::percent_decode_str;
use serde_json::{Value as Json, json};

use super::scripted_server::{Act, Request, Server};

/// Loopback allowed, short pauses, and a patience that leaves time for a busy machine.
pub const QUICK: &str = "
allow_private_hosts = [\"127.0.0.1\"]
[limits]
stall_seconds = 2.0
retry_seconds = 0.001
longest_retry_seconds = 0.01
retries = 2
";

/// A client of a server, with the settings of the tests.
pub fn client(server: &Server) -> Client {
    Client::new(&server.url(""), &Settings::parse(QUICK).unwrap()).unwrap()
}

/// An answer with a body of a kind.
pub fn answer(status: &str, kind: &str, body: &str) -> Vec<Act> {
    let length = body.len();
    let text = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    vec![Act::Send(text.into_bytes())]
}

/// An answer as a TrackFind server gives it.
pub fn json_answer(body: &Json) -> Vec<Act> {
    answer("200 OK", "application/json", &body.to_string())
}

/// An answer of TrackFind without a word.
pub fn silent(status: &str) -> Vec<Act> {
    vec![Act::Send(
        format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n").into_bytes(),
    )]
}

/// A value of the query of a request, decoded.
pub fn parameter(request: &Request, name: &str) -> Option<String> {
    let (_, query) = request.target.split_once('?')?;
    let found = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(found, _)| *found == name)?;
    Some(
        percent_decode_str(found.1)
            .decode_utf8()
            .unwrap()
            .into_owned(),
    )
}

/// The row of a track with this number.
pub fn row(number: usize) -> Json {
    json!({
        "doc_info": {"local_id": "d", "doc_version": "1"},
        "experiments": {"local_id": "e", "sample_ref": "s", "study_ref": "t"},
        "studies": {"local_id": "t"},
        "tracks": {"local_id": format!("t{number}"), "label_short": format!("track {number}"), "experiment_ref": "e",
            "file_url": format!("https://tracks.example.org/{number}.bed")},
        "samples": {"local_id": "s", "sample_type": {"summary": "K562"}},
        "collection_info": {"local_id": "c"}
    })
}

/// What a server with `count` tracks in its hub `Example` / `Blood` answers, however they are asked for.
pub fn honest(request: &Request, count: usize) -> Vec<Act> {
    match request.path().strip_prefix("/api/v1").unwrap_or_default() {
        "/repositories" => json_answer(&json!(["Example", "Blueprint"])),
        "/hubs/Example" => json_answer(&json!(["Blood", "H1"])),
        "/categories/Example/Blood" => json_answer(&json!([
            "tracks",
            "experiments",
            "samples",
            "studies",
            "doc_info",
            "collection_info",
            "non_standard_samples"
        ])),
        "/values/Example/Blood/doc_info" => json_answer(&json!(["d"])),
        "/search/Example/Blood" => {
            let query = parameter(request, "query").unwrap_or_default();
            let offset = query
                .split("OFFSET ")
                .nth(1)
                .map_or(0, |text| text.parse().unwrap());
            let limit: usize = parameter(request, "limit").map_or(0, |text| text.parse().unwrap());
            let end = if limit == 0 {
                count
            } else {
                count.min(offset + limit)
            };
            json_answer(&(offset..end).map(row).collect())
        }
        _ => silent("500 Internal Server Error"),
    }
}

/// A server that is honest but where `other` answers.
pub fn server(
    count: usize,
    other: impl Fn(&Request) -> Option<Vec<Act>> + Send + Sync + 'static,
) -> Server {
    Server::start(move |request| other(request).unwrap_or_else(|| honest(request, count)))
}

/// Whether a request is one of a route: `search`, `values`, ….
pub fn is_route(request: &Request, route: &str) -> bool {
    request.path().starts_with(&format!("/api/v1/{route}"))
}

//! Sources that the tool downloads itself.

use std::fs;

use serde_json::{Value as Json, json};

use super::portals::file;
use crate::support::Outcome;
use crate::support::converting::COLLECTION;
use crate::support::folder;
use crate::support::running::{CONVERT, run_at};
use crate::support::scripted_server::{Act, Request, Server};

fn answer(status: &str, body: &str) -> Vec<Act> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    vec![Act::Send(head.into_bytes())]
}

/// A portal with the files and experiments of the test data.
fn portal(request: &Request) -> Vec<Act> {
    let of_type = |name: &str| request.target.contains(&format!("type={name}&"));
    if request.target.contains("assembly=none") {
        let body = json!({"@graph": [], "notification": "No results found"});
        return answer("404 Not Found", &body.to_string());
    }
    match of_type("Experiment") {
        true => answer("200 OK", &file("encode_experiments.json")),
        false => answer("200 OK", &file("encode_files.json")),
    }
}

fn convert(source: &str, url: &str) -> Outcome {
    let place = folder();
    let site = place.join("site.toml");
    let settings =
        "allow_private_hosts = [\"127.0.0.1\"]\n[limits]\nretries = 1\nretry_seconds = 0.001\n";
    fs::write(&site, settings).unwrap();
    let own = [
        "--source",
        source,
        "--url",
        url,
        "--output-document",
        "out.json",
    ];
    run_at(&site, CONVERT, &place, &[&own[..], &COLLECTION].concat())
}

#[test]
fn a_search_of_encode_is_sent_with_its_experiments() {
    let server = Server::start(portal);
    let outcome = convert("encode", &server.url("/search/?type=File&assembly=GRCh38"));
    assert_eq!(
        outcome.stderr,
        "converted to 4 tracks, 3 experiments, 3 samples, 1 study; 1 value is missing or breaks a rule of FAIRtracks\n"
    );
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    assert!(
        seen[0]
            .target
            .starts_with("/search/?type=File&assembly=GRCh38&sort=accession&field=accession&"),
        "{}",
        seen[0].target
    );
    assert!(
        seen[1].target.starts_with(
            "/search/?type=Experiment&accession=ENCSR999AAA&accession=ENCSR999AAB&accession=ENCSR999AAC&field="
        ),
        "{}",
        seen[1].target
    );
    assert!(
        seen[0]
            .header("user-agent")
            .starts_with("fairtracks-galaxy/")
    );
    let document: Json =
        serde_json::from_slice(&fs::read(outcome.folder.join("out.json")).unwrap()).unwrap();
    let from = &document["converted_from"]["source"];
    assert_eq!(from["files"].as_array().unwrap().len(), 2);
    assert!(
        from["url"]
            .as_str()
            .unwrap()
            .ends_with("/search/?type=File&assembly=GRCh38")
    );
}

#[test]
fn a_search_without_results_is_a_document_without_tracks() {
    let server = Server::start(portal);
    let outcome = convert("encode", &server.url("/search/?type=File&assembly=none"));
    assert_eq!(outcome.status, 0);
    assert!(
        outcome.stderr.starts_with(
            "ENCODE has no file for this search: change the search\nconverted to 0 tracks, "
        ),
        "{}",
        outcome.stderr
    );
    let document: Json =
        serde_json::from_slice(&fs::read(outcome.folder.join("out.json")).unwrap()).unwrap();
    assert_eq!(document["tracks"], json!([]));
}

#[test]
fn faults_of_servers_are_errors() {
    let server = Server::start(|request| match request.path() {
        "/hub.txt" => answer("200 OK", "hub h\ngenomesFile genomes.txt\n"),
        "/genomes.txt" => answer("500 Internal Server Error", ""),
        "/html.json" => answer("200 OK", "<html>"),
        _ => answer("404 Not Found", ""),
    });
    for (source, path, said) in [
        ("hub", "/hub.txt", "error: genomes.txt: "),
        (
            "hub",
            "/other.txt",
            "error: found no file or several files that start with the setting `hub`",
        ),
        ("ihec", "/other.json", "error: --url: found no file at "),
        ("ihec", "/html.json", "error: http://127.0.0.1"),
        ("encode", "/html.json", "error: --url: http://127.0.0.1"),
    ] {
        let outcome = convert(source, &server.url(path));
        assert_eq!(outcome.status, 1, "{path}");
        assert!(
            outcome.stderr.starts_with(said),
            "{path}: {}",
            outcome.stderr
        );
        assert!(!outcome.folder.join("out.json").exists());
    }
}

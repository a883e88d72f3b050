//! `fairtracks_serve`: how it starts, what it is called, what it says, how it ends.

use std::fs;
use std::io::Read as _;
use std::net::TcpStream;

use crate::support::searching::{BLOOD, TWIN};
use crate::support::serve_process::{Server, argument, head, send};
use crate::support::{Outcome, folder, project, run};
use serde_json::{Value as Json, json};

fn refused(options: &[&str]) -> Outcome {
    run(env!("CARGO_BIN_EXE_fairtracks_serve"), options)
}

/// A document like the collection for tests, its collection and its file called otherwise.
fn renamed(changes: Json, file: &str) -> String {
    let mut document: Json = serde_json::from_slice(&fs::read(project(BLOOD)).unwrap()).unwrap();
    let collection = document["collection_info"].as_object_mut().unwrap();
    for (key, value) in changes.as_object().unwrap() {
        collection.insert(key.clone(), value.clone());
    }
    let path = folder().join(file);
    fs::write(&path, document.to_string()).unwrap();
    argument(&path)
}

fn hubs(server: &Server) -> Vec<(String, String)> {
    let hubs = server.get("/api/v1/hubs").json();
    let text = |hub: &Json, key: &str| hub[key].as_str().unwrap().to_owned();
    let hubs = hubs.as_array().unwrap().iter();
    hubs.map(|hub| (text(hub, "repository"), text(hub, "hub")))
        .collect()
}

#[test]
fn documents_alone_are_named_after_their_collections() {
    let (blood, twin) = (argument(&project(BLOOD)), argument(&project(TWIN)));
    let server = Server::start_with(&["--document", &blood, "--document", &twin]);
    let named = |repository: &str, hub: &str| (repository.to_owned(), hub.to_owned());
    let expected = [
        named("example", "Blood for tests"),
        named("encode", "H3K4me3 in four"),
    ];
    assert_eq!(hubs(&server), expected);
    let found = server.get("/api/v1/search/example/Blood%20for%20tests?query=true&limit=1");
    assert_eq!(found.status, 200);
}

#[test]
fn what_cannot_stand_in_an_address_is_replaced_in_names() {
    let odd = renamed(
        json!({"local_id": "a/b:c", "short_name": " 50% of\\blood; \n"}),
        "x.json",
    );
    let nameless = renamed(
        json!({"local_id": "", "short_name": ""}),
        "cells.fairtracks.json",
    );
    let dots = renamed(json!({"local_id": "..:.", "short_name": ".."}), "x.json");
    let server = Server::start_with(&[
        "--document",
        &odd,
        "--document",
        &nameless,
        "--document",
        &dots,
    ]);
    let named = |repository: &str, hub: &str| (repository.to_owned(), hub.to_owned());
    let expected = [
        named("a-b", "50- of-blood-"),
        named("example", "cells"),
        named("example", "x"),
    ];
    assert_eq!(hubs(&server), expected);
}

#[test]
fn the_first_line_is_the_address_and_then_what_is_offered_is_told() {
    let server = Server::start(&[]);
    let (status, said) = server.stop();
    assert_eq!(status, Some(0));
    assert_eq!(said, "Example/Blood: 62 tracks\n");
}

#[test]
fn one_line_tells_of_each_request() {
    let server = Server::start(&[]);
    server.get("/");
    server.ask("DELETE", &format!("/{}", "x".repeat(1_000)), &[]);
    server.send(b"nonsense\r\n\r\n");
    let (_, said) = server.stop();
    let lines: Vec<Vec<&str>> = said
        .lines()
        .skip(1)
        .map(|line| line.split(' ').collect())
        .collect();
    assert_eq!(lines.len(), 3, "{said}");
    assert_eq!(lines[0][1..4], ["200", "GET", "/"]);
    assert!(lines[0][5].ends_with("ms"), "{said}");
    assert_eq!(lines[1][1..3], ["404", "DELETE"]);
    assert_eq!(lines[1][3], format!("/{}…", "x".repeat(199)));
    assert_eq!(lines[2][1..4], ["400", "-", "-"]);
    assert!(!said.contains("127.0.0.1"), "{said}");
}

#[test]
fn with_quiet_no_line_tells_of_a_request() {
    let server = Server::start(&["--quiet"]);
    server.get("/");
    assert_eq!(server.stop().1, "Example/Blood: 62 tracks\n");
}

#[test]
fn the_page_lists_the_hubs_with_their_texts_escaped() {
    let odd = renamed(
        json!({"local_id": "<b>:x", "short_name": "\"Blood\" & <script>"}),
        "x.json",
    );
    let server = Server::start_with(&["--document", &odd]);
    let page = server.get("/");
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    let page = page.text();
    assert!(page.contains("&lt;b&gt;"), "{page}");
    assert!(
        page.contains("&quot;Blood&quot; &amp; &lt;script&gt;"),
        "{page}"
    );
    assert!(!page.contains("<script"), "{page}");
}

#[test]
fn the_addresses_on_the_page_lead_somewhere() {
    let server = Server::start(&["--document", &argument(&project(TWIN))]);
    let page = server.get("/").text();
    let links: Vec<String> = page
        .split("href=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"))
        // Slashes are written as characters in some templates.
        .map(|link| link.replace("&#x2f;", "/"))
        .collect();
    assert!(links.len() >= 7, "{links:?}");
    for link in &links {
        let reply = server.get(link);
        assert_eq!(reply.status, 200, "{link}: {reply:?}");
        assert!(
            !link.contains("/search/") || reply.json()[0]["tracks"].is_object(),
            "{link}"
        );
    }
}

#[test]
fn sigterm_and_ctrl_c_end_it_in_order() {
    for signal in ["TERM", "INT"] {
        let server = Server::start(&[]);
        let _idle = server.connect();
        server.signal(signal);
        assert_eq!(server.ended().0, Some(0), "{signal}");
    }
}

#[test]
fn what_is_under_way_is_finished_at_the_end() {
    let files = folder();
    fs::write(files.join("large.bam"), vec![b'a'; 32 << 20]).unwrap();
    let server = Server::start(&["--files", &argument(&files)]);
    let mut stream = server.connect();
    send(&mut stream, "GET", "/files/large.bam", &[]);
    assert_eq!(head(&mut stream).unwrap().status, 200);
    server.signal("TERM");
    // No further client is taken once the signal is heard.
    while TcpStream::connect(&server.address).is_ok() {}
    server.says("shutting down: finishing requests in progress");
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    assert_eq!(rest.len(), 32 << 20);
    assert_eq!(server.ended().0, Some(0));
}

#[test]
fn a_second_signal_ends_at_once() {
    let files = folder();
    fs::write(files.join("large.bam"), vec![b'a'; 32 << 20]).unwrap();
    let server = Server::start(&["--files", &argument(&files)]);
    let mut stream = server.connect();
    send(&mut stream, "GET", "/files/large.bam", &[]);
    head(&mut stream).unwrap();
    server.signal("TERM");
    while TcpStream::connect(&server.address).is_ok() {}
    server.signal("TERM");
    assert_eq!(server.ended().0, Some(0));
}

#[test]
fn a_place_that_cannot_be_listened_at_is_told() {
    let server = Server::start(&[]);
    let blood = argument(&project(BLOOD));
    for (address, expected) in [
        (server.address.as_str(), "the port is in use"),
        (
            "here",
            "expected an address and a port such as 127.0.0.1:8080",
        ),
    ] {
        let outcome = refused(&["--document", &blood, "--listen", address]);
        assert_eq!(outcome.status, 1);
        assert!(outcome.stderr.contains(expected), "{outcome:?}");
        assert!(outcome.stderr.contains(address), "{outcome:?}");
    }
}

#[test]
fn a_document_that_is_none_is_named() {
    let file = folder().join("list.json");
    fs::write(&file, "[]").unwrap();
    let file = argument(&file);
    for option in [format!("--hub=A/B={file}"), format!("--document={file}")] {
        let outcome = refused(&[&option, "--listen", "127.0.0.1:0"]);
        assert_eq!(outcome.status, 1);
        assert!(
            outcome
                .stderr
                .contains(&format!("{file}: found a JSON array")),
            "{outcome:?}"
        );
    }
}

#[test]
fn two_documents_of_one_name_are_refused() {
    let blood = format!("Example/Blood={}", argument(&project(BLOOD)));
    let outcome = refused(&["--hub", &blood, "--hub", &blood, "--listen", "127.0.0.1:0"]);
    assert_eq!(outcome.status, 1);
    let problem = "found the hub Example/Blood twice, expected a unique name";
    assert!(outcome.stderr.contains(problem), "{outcome:?}");
}

#[test]
fn documents_of_one_collection_are_numbered() {
    let blood = argument(&project(BLOOD));
    let server = Server::start_with(&["--document", &blood, "--document", &blood]);
    let names: Vec<String> = hubs(&server).into_iter().map(|(_, hub)| hub).collect();
    assert_eq!(names, ["Blood for tests", "Blood for tests (2)"]);
}

#[test]
fn wrong_usage_says_what_is_expected() {
    let blood = argument(&project(BLOOD));
    for (options, expected) in [
        (vec![], "--hub <REPOSITORY/HUB=FILE>"),
        (
            vec!["--hub".to_owned(), blood.clone()],
            "Example/Blood=blood.json",
        ),
        (
            vec![format!("--hub=A/B/C={blood}")],
            "not allowed in a segment of a URL",
        ),
        (
            vec![format!("--hub=A/50%={blood}")],
            "not allowed in a segment of a URL",
        ),
        (vec![format!("--hub=../B={blood}")], "found the name `..`"),
        (
            vec![format!("--hub=A/={blood}")],
            "Example/Blood=blood.json",
        ),
        (
            vec![format!("--hub=A/B={blood}"), "--seconds=0".to_owned()],
            "0 is not in 1..",
        ),
    ] {
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let outcome = refused(&options);
        assert_eq!(outcome.status, 2, "{options:?}");
        assert!(
            outcome.stderr.contains(expected),
            "{options:?}: {}",
            outcome.stderr
        );
    }
}

#[test]
fn a_folder_of_files_that_is_none_is_named() {
    let blood = argument(&project(BLOOD));
    for files in [blood.clone(), argument(&folder().join("nowhere"))] {
        let outcome = refused(&[
            "--document",
            &blood,
            "--files",
            &files,
            "--listen",
            "127.0.0.1:0",
        ]);
        assert_eq!(outcome.status, 1);
        assert!(outcome.stderr.contains(&files), "{outcome:?}");
    }
}

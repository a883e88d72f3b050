//! A TrackFind server that fails, or something else that answers: what the user is told.

use crate::support::scripted_server::replies::{Framing, framed};
use crate::support::scripted_server::{Act, Request, Server};
use crate::support::trackfind;
use crate::support::trackfind::{QUICK, answer, client, is_route, json_answer, server, silent};
use fairtracks::remote::Settings;
use fairtracks::trackfind::client::{FoundTracks, Server as Client, ServerError};
use serde_json::json;

fn search(server: &Server) -> Result<FoundTracks, ServerError> {
    client(server).search("Example", "Blood", "true", &[], None)
}

/// What is told of a search where one route answers in its own way, and how often that route was asked.
fn message(
    route: &'static str,
    acts: impl Fn(&Request) -> Vec<Act> + Send + Sync + 'static,
) -> (String, usize) {
    let server = server(3, move |request| {
        is_route(request, route).then(|| acts(request))
    });
    let error = search(&server).unwrap_err();
    let asked = server
        .seen()
        .into_iter()
        .filter(|request| is_route(request, route));
    (error.to_string(), asked.count())
}

const JSON: &str = "application/json";
const TOMCAT: &str = "<!doctype html><html lang=\"en\"><head><title>HTTP Status 400 – Bad Request</title></head></html>";
const LOGIN: &str = "<html><body><form>secret words, password</form></body></html>";

#[test]
fn answers_that_are_none_are_told_by_what_they_mean() {
    let rows: [(&str, &str, &str, &str, &[&str]); 17] = [
        (
            "search",
            "200 OK",
            "text/html",
            LOGIN,
            &[
                "found a web page, perhaps a login page, expected JSON",
                "open the URL in a browser",
            ],
        ),
        (
            "repositories",
            "200 OK",
            JSON,
            LOGIN,
            &["found a web page, perhaps a login page, expected JSON"],
        ),
        (
            "search",
            "200 OK",
            JSON,
            "ERROR: out of memory",
            &["found text that is not JSON"],
        ),
        (
            "search",
            "200 OK",
            JSON,
            "",
            &["found an empty answer, expected JSON"],
        ),
        (
            "search",
            "200 OK",
            JSON,
            "{\"rows\": []}",
            &["found JSON of another shape"],
        ),
        (
            "repositories",
            "200 OK",
            JSON,
            "[1, 2]",
            &["found JSON of another shape"],
        ),
        (
            "search",
            "200 OK",
            JSON,
            "[{\"tracks\": null}]",
            &["a row of its answer has no `tracks`"],
        ),
        (
            "search",
            "400 Bad Request",
            "text/html;charset=utf-8",
            TOMCAT,
            &[
                "status 400 and a web page: the web server in front of TrackFind rejects the request",
            ],
        ),
        (
            "repositories",
            "404 Not Found",
            "text/html",
            TOMCAT,
            &["does not answer like a TrackFind server (status 404"],
        ),
        (
            "search",
            "405 Method Not Allowed",
            "",
            "",
            &["does not answer like a TrackFind server (status 405"],
        ),
        (
            "search",
            "406 Not Acceptable",
            "",
            "",
            &["status 406, it does not provide JSON"],
        ),
        (
            "search",
            "414 URI Too Long",
            "",
            "",
            &[", the request is too long"],
        ),
        (
            "search",
            "401 Unauthorized",
            "text/html",
            LOGIN,
            &["denies access (status 401)", "ask the server's provider"],
        ),
        (
            "search",
            "500 Internal Server Error",
            "",
            "",
            &[
                "for the search in Blood (status 500 without a message)",
                "out of order",
            ],
        ),
        (
            "search",
            "500 Internal Server Error",
            JSON,
            "I/O error on POST request\nfor \"http://x\"",
            &[
                "status 500: I/O error on POST request for",
                "send this message",
            ],
        ),
        (
            "categories",
            "500 Internal Server Error",
            JSON,
            "Cannot invoke \"x.y()\" because it is null",
            &["the categories of Blood", "Cannot invoke"],
        ),
        ("search", "418 I'm a teapot", "", "", &["status 418"]),
    ];
    for (route, status, kind, body, expected) in rows {
        let (message, asked) = message(route, move |_| answer(status, kind, body));
        for part in expected {
            assert!(message.contains(part), "{status} {body}: {message}");
        }
        assert!(
            !message.contains("secret words") && !message.contains('<'),
            "{message}"
        );
        assert_eq!(asked, 1, "{status}: asking again changes nothing");
    }
}

#[test]
fn what_may_pass_is_tried_again_and_then_told() {
    let half = |framing| {
        let reply = framed("200 OK", br#"[{"tracks": {}}]"#, &[], framing);
        move |_: &Request| reply.broken(reply.wire().len() - 6, Act::Close)
    };
    for (name, (message, asked), expected) in [
        (
            "length",
            message("search", half(Framing::Length)),
            "the connection was interrupted at every attempt",
        ),
        (
            "chunks",
            message("search", half(Framing::Chunks)),
            "the connection was interrupted at every attempt",
        ),
        (
            "connection",
            message("search", half(Framing::Connection)),
            "the connection was interrupted at every attempt",
        ),
        (
            "reset",
            message("search", |_| vec![Act::Reset]),
            "the connection was interrupted at every attempt",
        ),
        (
            "busy",
            message("search", |_| silent("503 Service Unavailable")),
            "overloaded or out of order at every attempt (last status 503",
        ),
        (
            "gateway",
            message("repositories", |_| {
                answer("502 Bad Gateway", "text/html", LOGIN)
            }),
            "status 502",
        ),
    ] {
        assert!(message.contains(expected), "{name}: {message}");
        assert!(message.contains("try again later"), "{name}: {message}");
        assert_eq!(asked, 3, "{name}: once, and twice again");
    }
}

#[test]
fn a_server_that_was_busy_once_is_asked_again() {
    let server = server(3, |request| {
        (is_route(request, "search") && request.number == 0)
            .then(|| silent("503 Service Unavailable"))
    });
    assert_eq!(search(&server).unwrap().rows.len(), 3);
}

#[test]
fn nobody_answers_at_an_address_without_a_server() {
    let address = Server::start(|_| Vec::new()).url("");
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let settings = Settings::parse(QUICK).unwrap();
    let ask = |address: &str| {
        Client::new(address, &settings)
            .unwrap()
            .repositories()
            .unwrap_err()
    };
    let message = ask(&format!("http://{port}")).to_string();
    assert!(
        message.contains("connection refused")
            && message
                .contains("try again later, or ask the administrator whether a firewall blocks it"),
        "{message}"
    );
    let message = ask("http://trackfind.invalid").to_string();
    assert!(
        message.contains("unknown host") && message.contains("typing error"),
        "{message}"
    );
    let unseen = Client::new(&address, &Settings::default())
        .unwrap()
        .repositories()
        .unwrap_err();
    assert!(matches!(unseen, ServerError::Private { .. }), "{unseen}");
    assert!(
        unseen.to_string().contains("allow_private_hosts"),
        "{unseen}"
    );
}

#[test]
fn redirects_are_followed_where_they_may_be() {
    let honest = server(3, |_| None);
    let place = honest.url("");
    let moved = Server::start(move |request| {
        let text = format!(
            "HTTP/1.1 301 Moved\r\nLocation: {place}{}\r\nContent-Length: 0\r\n\r\n",
            request.target
        );
        vec![Act::Send(text.into_bytes())]
    });
    assert_eq!(search(&moved).unwrap().rows.len(), 3);
    for (location, expected) in [
        ("http://10.0.0.1/secret", "10.0.0.1 is a private address"),
        ("ftp://h.example/", "sent a redirect that was not followed:"),
    ] {
        let (message, _) = message("repositories", move |_| {
            vec![Act::Send(
                format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n")
                    .into_bytes(),
            )]
        });
        assert!(
            message.contains(expected) && !message.contains("secret"),
            "{message}"
        );
    }
}

#[test]
fn an_answer_without_end_is_cut() {
    let (message, asked) = message("repositories", |_| {
        let head =
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
                .to_vec();
        let mut acts = vec![Act::Send(head)];
        acts.extend(std::iter::repeat_n(Act::Send(vec![b' '; 8 << 20]), 9));
        acts
    });
    assert!(message.contains("exceeds 64 MiB"), "{message}");
    assert_eq!(asked, 1);
}

#[test]
fn rows_of_another_hub_are_not_taken_for_those_of_this_one() {
    let (message, _) = message("search", |_| {
        let mut row = trackfind::row(1);
        row["doc_info"]["local_id"] = "other document".into();
        json_answer(&json!([row]))
    });
    assert!(
        message.contains(
            "answered with tracks of the document other document instead of the hub Blood"
        ),
        "{message}"
    );
    let (message, _) = self::message("search", |_| {
        let mut row = trackfind::row(1);
        row["doc_info"]["local_id"] = "other".into();
        json_answer(&json!([trackfind::row(0), row]))
    });
    assert!(
        message.contains("tracks of 2 documents (d, other)"),
        "{message}"
    );
}

#[test]
fn a_hub_without_a_document_is_not_searched() {
    let (message, _) = message("categories", |_| {
        json_answer(&json!(["ENCODE_File", "ENCODE_Experiment"]))
    });
    assert!(
        message.contains("has no category `collection_info`") && message.contains("choose a hub"),
        "{message}"
    );
}

#[test]
fn names_that_plain_routes_do_not_find_are_told() {
    let server = server(3, |_| None);
    let client = client(&server);
    for (error, expected) in [
        (
            client.hubs("Exampel").unwrap_err(),
            "has no repository `Exampel`: did you mean `Example`?",
        ),
        (
            client.categories("Example", "blod").unwrap_err(),
            "has no hub `blod`: did you mean `Blood`?",
        ),
        (
            client.metamodel("Nope", "Blood", "", "").unwrap_err(),
            "has no repository `Nope`",
        ),
        (
            client.metamodel("Example", "Blood", "", "").unwrap_err(),
            "the attributes and values of Blood (status 500 without a message)",
        ),
        (
            client
                .values("Example", "Blood", "sample", "local_id", "", "")
                .unwrap_err(),
            "has no category `sample`: did you mean `samples`?",
        ),
    ] {
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[test]
fn a_server_that_tells_its_reasons_is_quoted() {
    let (message, _) = message("categories", |_| {
        answer(
            "404 Not Found",
            JSON,
            r#"{"status": 404, "error": {"reason": "hub", "message": "no such hub today"}}"#,
        )
    });
    assert!(message.contains("no such hub today"), "{message}");
    let (message, _) = self::message("search", |_| {
        answer(
            "400 Bad Request",
            JSON,
            r#"{"status": 400, "error": {"reason": "name", "message": "no such thing", "place": {"start": 2, "end": 6, "line": 1, "column": 3}, "hint": "do that"}}"#,
        )
    });
    assert!(
        message.contains("query (line 1, column 1): no such thing\n  true\n  ^^^^\nhint: do that"),
        "{message}"
    );
}

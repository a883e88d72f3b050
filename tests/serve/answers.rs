//! `fairtracks_serve` as HTTP: tags, compression, methods, and answers that are kept.

use std::fs;
use std::io::{Read as _, Write as _};
use std::thread;

use crate::support::searching::BLOOD;
use crate::support::serve_process::{Reply, Server, argument, reply, send};
use crate::support::{folder, project};
use flate2::read::GzDecoder;
use serde_json::Value as Json;

const SEARCH: &str = "/api/v1/search/Example/Blood?query=true";

fn unpacked(reply: &Reply) -> Vec<u8> {
    assert_eq!(reply.header("content-encoding"), Some("gzip"));
    let mut bytes = Vec::new();
    GzDecoder::new(reply.body.as_slice())
        .read_to_end(&mut bytes)
        .unwrap();
    bytes
}

#[test]
fn every_route_answers() {
    let server = Server::start(&[]);
    for route in [
        "/api/v1/repositories",
        "/api/v1/hubs",
        "/api/v1/hubs/Example",
        "/api/v1/categories/Example/Blood",
        "/api/v1/metamodel/Example/Blood",
        "/api/v1/attributes/Example/Blood/tracks",
        "/api/v1/values/Example/Blood/tracks?path=assembly_name",
        "/api/v1/count/Example/Blood?query=true",
        "/api/v1/openapi.json",
        SEARCH,
    ] {
        let reply = server.get(route);
        assert_eq!(reply.status, 200, "{route}: {reply:?}");
        assert_eq!(
            reply.header("content-type"),
            Some("application/json"),
            "{route}"
        );
        reply.json();
    }
}

#[test]
fn an_answer_that_is_known_is_not_sent_again() {
    let server = Server::start(&[]);
    for target in [SEARCH, "/", "/api/v1/openapi.json"] {
        let first = server.get(target);
        let tag = first.header("etag").unwrap();
        for known in [
            tag.to_owned(),
            format!("W/{tag}"),
            format!("\"other\", {tag}"),
            "*".to_owned(),
        ] {
            let again = server.ask("GET", target, &[&format!("If-None-Match: {known}")]);
            assert_eq!(
                (again.status, again.body.len()),
                (304, 0),
                "{target} {known}"
            );
            assert_eq!(again.header("etag"), Some(tag), "{target}");
        }
        let other = server.ask("GET", target, &["If-None-Match: \"other\""]);
        assert_eq!((other.status, other.body), (200, first.body), "{target}");
    }
}

#[test]
fn the_tag_is_that_of_the_bytes_and_not_of_the_request() {
    let server = Server::start(&[]);
    let tag = |target: &str| server.get(target).header("etag").unwrap().to_owned();
    assert_eq!(tag(SEARCH), tag(&format!("{SEARCH}&limit=0")));
    assert_ne!(tag(SEARCH), tag(&format!("{SEARCH}&limit=1")));
}

#[test]
fn who_takes_gzip_gets_gzip() {
    let server = Server::start(&[]);
    for target in [SEARCH, "/", "/api/v1/openapi.json"] {
        let plain = server.get(target);
        assert_eq!(plain.header("content-encoding"), None);
        assert_eq!(plain.header("vary"), Some("accept, accept-encoding"));
        // The second time it is kept.
        for _ in 0..2 {
            let packed = server.ask("GET", target, &["Accept-Encoding: br, gzip"]);
            assert_eq!(unpacked(&packed), plain.body, "{target}");
            assert_ne!(packed.header("etag"), plain.header("etag"), "{target}");
            let known = format!("If-None-Match: {}", packed.header("etag").unwrap());
            assert_eq!(
                server
                    .ask("GET", target, &["Accept-Encoding: gzip", &known])
                    .status,
                304
            );
        }
        let refused = server.ask("GET", target, &["Accept-Encoding: gzip;q=0"]);
        assert_eq!(refused.body, plain.body, "{target}");
    }
}

#[test]
fn small_answers_are_not_compressed() {
    let server = Server::start(&[]);
    let reply = server.ask("GET", "/api/v1/repositories", &["Accept-Encoding: gzip"]);
    assert_eq!(reply.header("content-encoding"), None);
}

#[test]
fn head_tells_what_get_would_send() {
    let server = Server::start(&[]);
    for target in [SEARCH, "/", "/api/v1/openapi.json", "/nothing"] {
        let got = server.get(target);
        let mut stream = server.connect();
        send(&mut stream, "HEAD", target, &["Connection: close"]);
        let message = reply(&mut stream, "HEAD").unwrap();
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap();
        assert!(rest.is_empty(), "{target}");
        assert_eq!(message.status, got.status, "{target}");
        for name in ["content-length", "content-type", "etag"] {
            assert_eq!(message.header(name), got.header(name), "{target} {name}");
        }
    }
}

#[test]
fn pages_of_other_sites_may_read() {
    let server = Server::start(&[]);
    let asked = [
        "Origin: https://example.org",
        "Access-Control-Request-Method: GET",
    ];
    let preflight = server.ask("OPTIONS", SEARCH, &asked);
    assert_eq!(preflight.status, 204);
    assert_eq!(
        preflight.header("access-control-allow-methods"),
        Some("GET, HEAD, OPTIONS")
    );
    assert!(
        preflight
            .header("access-control-allow-headers")
            .unwrap()
            .contains("range")
    );
    for target in [SEARCH, "/nothing"] {
        let reply = server.get(target);
        assert_eq!(
            reply.header("access-control-allow-origin"),
            Some("*"),
            "{target}"
        );
        assert!(
            reply
                .header("access-control-expose-headers")
                .unwrap()
                .contains("x-total-count")
        );
    }
}

#[test]
fn what_changes_things_is_not_allowed() {
    let server = Server::start(&[]);
    for target in [SEARCH, "/", "/api/v1/openapi.json"] {
        for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE", "FROB"] {
            let reply = server.ask(method, target, &[]);
            assert_eq!(reply.status, 405, "{method} {target}");
            assert_eq!(
                reply.header("allow"),
                Some("GET, HEAD, OPTIONS"),
                "{method} {target}"
            );
        }
    }
}

#[test]
fn a_total_is_told_beside_a_page_of_rows() {
    let server = Server::start(&[]);
    for _ in 0..2 {
        let reply = server.get(&format!("{SEARCH}&limit=2"));
        assert_eq!(reply.json().as_array().unwrap().len(), 2);
        assert_eq!(reply.header("x-total-count"), Some("60"));
    }
}

#[test]
fn json_and_gsuite_of_one_address_are_kept_apart() {
    let server = Server::start(&[]);
    for _ in 0..2 {
        let json = server.ask("GET", SEARCH, &["Accept: application/json"]);
        assert!(json.body.starts_with(b"["));
        let suite = server.ask("GET", SEARCH, &["Accept: text/plain"]);
        assert!(suite.text().starts_with("##"), "{suite:?}");
        assert_eq!(
            suite.header("content-type"),
            Some("text/plain;charset=UTF-8")
        );
    }
}

#[test]
fn in_faithful_manner_nothing_is_added_to_answers() {
    let server = Server::start(&["--faithful"]);
    for _ in 0..2 {
        let reply = server.ask(
            "GET",
            SEARCH,
            &["Accept-Encoding: gzip", "If-None-Match: *"],
        );
        assert_eq!(reply.status, 200);
        assert!(reply.text().starts_with("[ {\n"), "{reply:?}");
        for name in [
            "etag",
            "content-encoding",
            "vary",
            "access-control-allow-origin",
            "x-total-count",
        ] {
            assert_eq!(reply.header(name), None, "{name}");
        }
    }
    for beyond in [
        "/api/v1/openapi.json",
        "/api/v1/hubs",
        "/api/v1/count/Example/Blood?query=true",
    ] {
        assert_eq!(server.get(beyond).status, 404, "{beyond}");
    }
    let refused = server.get("/api/v1/search/Example/Blood?query=nonsense");
    assert_eq!((refused.status, refused.body.len()), (400, 0));
}

#[test]
fn the_same_answers_come_without_a_cache() {
    let (kept, not_kept) = (Server::start(&[]), Server::start(&["--cache", "0"]));
    for target in [SEARCH, "/api/v1/metamodel/Example/Blood"] {
        for _ in 0..2 {
            assert_eq!(kept.get(target).body, not_kept.get(target).body, "{target}");
        }
    }
}

#[test]
fn a_search_that_takes_too_long_is_ended() {
    // Nothing joins these categories, so that there are more combinations than anybody could wait for.
    let mut document: Json = serde_json::from_slice(&fs::read(project(BLOOD)).unwrap()).unwrap();
    for category in ["tracks", "samples", "studies"] {
        let objects = document[category].as_array().unwrap().clone();
        let many = (0..2_000).map(|number| {
            let mut object = objects[number % objects.len()].clone();
            object["local_id"] = format!("example:{category}-{number}").into();
            object
        });
        document[category] = many.collect();
    }
    let file = folder().join("large.json");
    fs::write(&file, document.to_string()).unwrap();
    let server = Server::start(&[
        "--hub",
        &format!("Example/Large={}", argument(&file)),
        "--seconds",
        "1",
    ]);
    let query = "tracks.content-%3E%3E'local_id'=samples.content-%3E%3E'local_id'";
    let categories = "tracks,samples,studies";
    let reply = server.get(&format!(
        "/api/v1/search/Example/Large?categories={categories}&query={query}"
    ));
    assert_eq!(
        (reply.status, reply.header("retry-after")),
        (503, Some("5")),
        "{reply:?}"
    );
    assert_eq!(reply.json()["error"]["reason"], "time");
    assert_eq!(server.get(SEARCH).status, 200);
}

#[test]
fn many_clients_ask_at_a_time() {
    let server = Server::start(&[]);
    let expected: Vec<Vec<u8>> = (1..9)
        .map(|limit| server.get(&format!("{SEARCH}&limit={limit}")).body)
        .collect();
    thread::scope(|scope| {
        for client in 0..16 {
            let (server, expected) = (&server, &expected);
            scope.spawn(move || {
                let mut stream = server.connect();
                for turn in 0..20 {
                    let limit = (client + turn) % 8 + 1;
                    // Half of them ask in words of their own, which no cache knows.
                    let words = if client % 2 == 0 {
                        String::new()
                    } else {
                        format!("%20AND%20'{client}-{turn}'='{client}-{turn}'")
                    };
                    send(
                        &mut stream,
                        "GET",
                        &format!("{SEARCH}{words}&limit={limit}"),
                        &[],
                    );
                    assert_eq!(reply(&mut stream, "GET").unwrap().body, expected[limit - 1]);
                }
            });
        }
    });
}

#[test]
fn memory_does_not_grow_with_what_was_asked() {
    let server = Server::start(&["--cache", "1"]);
    let mut stream = server.connect();
    let mut ask = |number: usize| {
        let words = format!("%20AND%20'{number}'='{number}'");
        send(&mut stream, "GET", &format!("{SEARCH}{words}"), &[]);
        assert_eq!(reply(&mut stream, "GET").unwrap().status, 200);
    };
    (0..50).for_each(&mut ask);
    let before = server.memory();
    (50..300).for_each(&mut ask);
    let grown = server.memory().saturating_sub(before);
    // All 250 answers would be four times as much.
    assert!(grown < 16 << 20, "{grown} bytes");
}

#[test]
fn a_client_of_http_1_0_is_served() {
    let server = Server::start(&[]);
    let mut stream = server.connect();
    stream
        .write_all(b"GET /api/v1/repositories HTTP/1.0\r\n\r\n")
        .unwrap();
    let mut all = Vec::new();
    stream.read_to_end(&mut all).unwrap();
    assert!(String::from_utf8(all).unwrap().ends_with("[\"Example\"]"));
}

//! `fairtracks_serve` and what requests must have, may set as conditions, and may ask.

use std::fs;
use std::io::Write as _;

use crate::support::folder;
use crate::support::serve_process::{Reply, Server, argument, reply};
use serde_json::Value as Json;

const SEARCH: &str = "/api/v1/search/Example/Blood?query=true";
const BEFORE: &str = "Thu, 01 Jan 1970 00:00:00 GMT";
const AFTER: &str = "Fri, 31 Dec 9999 23:59:59 GMT";

/// The answer to a request with these lines alone.
fn lines(server: &Server, lines: &[&str]) -> Reply {
    let mut stream = server.connect();
    let request = lines.join("\r\n") + "\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    reply(&mut stream, "GET").unwrap()
}

/// A server with a file, whose time is in the year 1994.
fn with_file() -> Server {
    let files = folder();
    let file = files.join("peaks.bed");
    fs::write(&file, "chr1\t10\t20\nchr2\t30\t40\n").unwrap();
    let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(784_111_777);
    let file = fs::File::options().append(true).open(&file).unwrap();
    file.set_modified(time).unwrap();
    Server::start(&["--files", &argument(&files)])
}

#[test]
fn a_request_without_a_host_or_with_two_is_a_bad_one() {
    for options in [&[][..], &["--faithful"]] {
        let server = Server::start(options);
        for target in ["/", "/api/v1/repositories", "/nothing"] {
            let request = format!("GET {target} HTTP/1.1");
            for hosts in [
                &[][..],
                &["Host: localhost", "Host: localhost"],
                &["Host: a", "Host: b"],
                &["Host: a/b"],
                &["Host: a b"],
                &["Host: user@a"],
            ] {
                let reply = lines(&server, &[&[request.as_str()], hosts].concat());
                assert_eq!(reply.status, 400, "{options:?} {target} {hosts:?}");
                assert_eq!(reply.header("connection"), Some("close"));
            }
            let old = format!("GET {target} HTTP/1.0");
            let found = lines(&server, &[&request, "Host: localhost:1"]).status;
            assert_eq!(lines(&server, &[&old]).status, found, "{target}");
            assert_ne!(found, 400, "{target}");
        }
    }
    let refused = lines(&Server::start(&[]), &["OPTIONS / HTTP/1.1"]).json();
    let message = "found no Host header, expected one";
    assert_eq!(refused["error"]["message"], message);
}

#[test]
fn another_version_than_the_one_that_is_wanted_is_not_sent() {
    let server = with_file();
    for target in [
        SEARCH,
        "/",
        "/health",
        "/api/v1/openapi.json",
        "/files/peaks.bed",
    ] {
        // Once it is new, once it is kept.
        for _ in 0..2 {
            let refused = server.ask("GET", target, &["If-Match: \"other\""]);
            assert_eq!(refused.status, 412, "{target}");
            assert_eq!(refused.json()["error"]["reason"], "precondition");
        }
        let tag = server.get(target).header("etag").unwrap().to_owned();
        for wanted in [
            format!("If-Match: {tag}"),
            format!("If-Match: \"other\", {tag}"),
            "If-Match: *".to_owned(),
        ] {
            assert_eq!(
                server.ask("GET", target, &[&wanted]).status,
                200,
                "{target} {wanted}"
            );
        }
        let weak = format!("If-Match: W/{tag}");
        assert_eq!(server.ask("GET", target, &[&weak]).status, 412, "{target}");
        let two = ["If-Match: \"other\"", &format!("If-Match: {tag}")];
        assert_eq!(server.ask("GET", target, &two).status, 200, "{target}");
        // What is wanted is looked at before what is known.
        let known = format!("If-None-Match: {tag}");
        let both = server.ask("GET", target, &["If-Match: \"other\"", &known]);
        assert_eq!(both.status, 412, "{target}");
        let both = server.ask("GET", target, &[&format!("If-Match: {tag}"), &known]);
        assert_eq!(both.status, 304, "{target}");
    }
    let nothing = server.ask("GET", "/nothing", &["If-Match: *"]);
    assert_eq!(nothing.status, 404);
}

#[test]
fn the_tag_of_one_coding_is_not_that_of_the_other() {
    let server = Server::start(&[]);
    let plain = server.get(SEARCH).header("etag").unwrap().to_owned();
    let packed = server.ask("GET", SEARCH, &["Accept-Encoding: gzip"]);
    let packed = packed.header("etag").unwrap();
    for (tag, coding, matches) in [
        (plain.as_str(), "identity", true),
        (plain.as_str(), "gzip", false),
        (packed, "gzip", true),
        (packed, "identity", false),
    ] {
        let coding = format!("Accept-Encoding: {coding}");
        let status = |condition: &str| {
            let condition = format!("{condition}: {tag}");
            server.ask("GET", SEARCH, &[&coding, &condition]).status
        };
        assert_eq!(
            status("If-Match"),
            if matches { 200 } else { 412 },
            "{tag} {coding}"
        );
        assert_eq!(
            status("If-None-Match"),
            if matches { 304 } else { 200 },
            "{tag} {coding}"
        );
    }
}

#[test]
fn a_file_that_has_changed_since_is_not_sent() {
    let server = with_file();
    let get = |headers: &[&str]| server.ask("GET", "/files/peaks.bed", headers).status;
    let (before, after) = (
        format!("If-Unmodified-Since: {BEFORE}"),
        format!("If-Unmodified-Since: {AFTER}"),
    );
    assert_eq!(get(&[&before]), 412);
    assert_eq!(get(&[&after]), 200);
    assert_eq!(
        get(&["If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT"]),
        200
    );
    assert_eq!(
        get(&["If-Unmodified-Since: Sunday, 06-Nov-94 08:49:36 GMT"]),
        412
    );
    assert_eq!(get(&["If-Unmodified-Since: nonsense"]), 200);
    // A tag is more exact than a time.
    assert_eq!(get(&["If-Match: *", &before]), 200);
    // Parts too, and the condition goes before the range.
    assert_eq!(get(&[&after, "Range: bytes=0-3"]), 206);
    assert_eq!(get(&[&before, "Range: bytes=0-3"]), 412);
    assert_eq!(get(&[&before, "Range: bytes=99-"]), 412);
    assert_eq!(get(&["If-Match: \"other\"", "Range: bytes=0-3"]), 412);
    assert_eq!(get(&[&before, &format!("If-Modified-Since: {AFTER}")]), 412);
    // An answer of the interface has no time.
    assert_eq!(server.ask("GET", SEARCH, &[&before]).status, 200);
}

#[test]
fn there_are_no_parts_of_a_head() {
    let reply = with_file().ask("HEAD", "/files/peaks.bed", &["Range: bytes=0-3"]);
    assert_eq!(
        (reply.status, reply.header("content-length")),
        (200, Some("22"))
    );
}

#[test]
fn what_is_not_declared_is_refused_by_name() {
    let server = Server::start(&[]);
    let hub = "Example/Blood";
    for (target, expected) in [
        (format!("search/{hub}?query=true&limits=1"), "`limits`"),
        (
            format!("search/{hub}?query=true&query=true"),
            "`query` twice",
        ),
        (format!("search/{hub}?query=true&limit=+1"), "limit= 1"),
        (format!("search/{hub}?query=true&limit="), "limit=,"),
        (format!("search/{hub}?query=true&limit=0x10"), "limit=0x10"),
        (format!("search/{hub}?query=true&limit=1.0"), "limit=1.0"),
        (format!("count/{hub}?query=true&limit=1"), "`limit`"),
        (format!("metamodel/{hub}?flat=yes"), "flat=yes"),
        (format!("metamodel/{hub}?flat="), "flat=,"),
        (format!("metamodel/{hub}?valueFilter=a"), "`valueFilter`"),
        (
            format!("values/{hub}/tracks?path=assembly_name&limit=1"),
            "`limit`",
        ),
        ("hubs?repository=Example".to_owned(), "`repository`"),
        ("repositories?_=1".to_owned(), "`_`"),
    ] {
        let reply = server.get(&format!("/api/v1/{target}"));
        assert_eq!(reply.status, 400, "{target}: {reply:?}");
        let error = &reply.json()["error"];
        assert_eq!(error["reason"], "parameter", "{target}");
        assert!(
            error["message"].as_str().unwrap().contains(expected),
            "{target}: {error}"
        );
    }
    let meant = server
        .get(&format!("/api/v1/search/{hub}?query=true&limits=1"))
        .json();
    assert_eq!(meant["error"]["hint"], "did you mean limit?");
    // TrackFind passes over what it does not know.
    let faithful = Server::start(&["--faithful"]);
    let reply = faithful.get(&format!("/api/v1/search/{hub}?query=true&limits=1&limit="));
    assert_eq!(reply.status, 200);
}

#[test]
fn all_that_is_taken_is_declared() {
    let files = argument(&folder());
    let server = Server::start(&["--files", &files, "--query-bytes", "500", "--rows", "7"]);
    let description = server.get("/api/v1/openapi.json").json();
    let resolved = |item: &Json| match item["$ref"].as_str() {
        Some(reference) => description
            .pointer(reference.trim_start_matches('#'))
            .unwrap()
            .clone(),
        None => item.clone(),
    };
    for (path, methods) in description["paths"].as_object().unwrap() {
        for method in ["get", "head", "options"] {
            assert!(methods[method].is_object(), "{path} {method}");
        }
        for status in ["200", "304", "400", "408", "412", "414", "431", "503"] {
            for method in ["get", "head"] {
                let responses = &methods[method]["responses"];
                assert!(responses[status].is_object(), "{path} {method} {status}");
            }
        }
        let parameters = methods["get"]["parameters"].as_array().unwrap();
        let parameters: Vec<Json> = parameters.iter().map(resolved).collect();
        let has = |name: &str| parameters.iter().any(|parameter| parameter["name"] == name);
        assert!(has("If-Match") && has("If-None-Match"), "{path}");
        let of_time = has("If-Modified-Since") && has("If-Unmodified-Since");
        assert_eq!(of_time, path.starts_with("/files"), "{path}");
        let query = parameters
            .iter()
            .find(|parameter| parameter["name"] == "query");
        if let Some(query) = query {
            assert_eq!(query["schema"]["maxLength"], 500, "{path}");
            assert!(
                query["description"].as_str().unwrap().contains("500 bytes"),
                "{path}"
            );
        }
    }
    let message = &description["components"]["responses"]["TooManyRows"]["description"];
    assert!(message.as_str().unwrap().contains("7 rows"), "{message}");
    let ids: Vec<&Json> = description["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|methods| methods.as_object().unwrap().values())
        .map(|operation| &operation["operationId"])
        .collect();
    let distinct: std::collections::HashSet<&str> =
        ids.iter().filter_map(|id| id.as_str()).collect();
    assert_eq!(distinct.len(), ids.len());
}

//! What a TrackFind server says of a failure, and what the user is advised to do then.

use crate::support::scripted_server::{Act, Request};
use crate::support::trackfind::{answer, client, is_route, server};

const JSON: &str = "application/json";

/// What is told of a search that is answered so, and how often it was asked.
fn message(acts: impl Fn(&Request) -> Vec<Act> + Send + Sync + 'static) -> (String, usize) {
    let server = server(3, move |request| {
        is_route(request, "search").then(|| acts(request))
    });
    let found = client(&server).search("Example", "Blood", "true", &[], None);
    let seen = server.seen().into_iter();
    let asked = seen.filter(|request| is_route(request, "search")).count();
    (found.unwrap_err().to_string(), asked)
}

fn with_headers(status: &str, headers: &str, body: &[u8]) -> Vec<Act> {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n");
    vec![Act::Send([head.as_bytes(), body].concat())]
}

#[test]
fn a_search_that_takes_too_long_is_told_with_the_advice_of_the_server() {
    let (message, asked) = message(|_| {
        let body = r#"{"status": 503, "error": {"reason": "time", "message": "it takes too long", "hint": "name every category between two that belong together"}}"#;
        answer("503 Service Unavailable", JSON, body)
    });
    assert!(
        message.ends_with(
            "(status 503: it takes too long): name every category between two that belong together"
        ),
        "{message}"
    );
    assert_eq!(asked, 1, "it takes as long the next time");
}

#[test]
fn a_search_that_takes_too_long_is_to_be_narrower_where_the_server_advises_nothing() {
    let (message, _) = message(|_| {
        let body = r#"{"error": {"reason": "time", "message": "it takes too long", "hint": " "}}"#;
        answer("503 Service Unavailable", JSON, body)
    });
    assert!(
        message.contains("narrow the search") && !message.contains("later"),
        "{message}"
    );
}

#[test]
fn a_server_that_is_overloaded_is_asked_again_and_then_quoted() {
    let (message, asked) = message(|_| {
        let body = r#"{"error": {"reason": "overloaded", "message": "too many searches are under way", "hint": "ask again in a few seconds"}}"#;
        answer("503 Service Unavailable", JSON, body)
    });
    assert!(
        message.ends_with("(status 503 at every attempt: too many searches are under way): ask again in a few seconds"),
        "{message}"
    );
    assert_eq!(asked, 3);
}

#[test]
fn what_a_server_cannot_do_is_to_be_asked_in_another_way() {
    for body in ["`~~*` is not supported", ""] {
        let (message, asked) = message(move |_| answer("501 Not Implemented", "text/plain", body));
        assert!(
            message.contains("status 501") && message.contains(body),
            "{message}"
        );
        assert!(
            message.contains("use other operators") && !message.contains("try again"),
            "{message}"
        );
        assert_eq!(asked, 1);
    }
}

#[test]
fn the_hint_of_a_name_that_is_not_there_is_given() {
    let (message, _) = message(|_| {
        let body = r#"{"error": {"reason": "page", "message": "no such page", "hint": "begin at the first"}}"#;
        answer("404 Not Found", JSON, body)
    });
    assert!(
        message.ends_with("(no such page): begin at the first"),
        "{message}"
    );
}

#[test]
fn a_redirect_into_a_network_names_both_hosts_and_allows_nothing() {
    for (location, host, what) in [
        (
            "http://169.254.169.254/latest",
            "169.254.169.254",
            "link-local",
        ),
        ("http://10.0.0.1:8080/api", "10.0.0.1:8080", "private"),
    ] {
        let served = server(3, move |_| {
            let headers = format!("Location: {location}\r\n");
            Some(with_headers("302 Found", &headers, b""))
        });
        let message = client(&served).repositories().unwrap_err().to_string();
        let asked = served.url("").replace("http://", "");
        let asked = asked.trim_end_matches('/');
        let expected = format!("{asked} sent a redirect that was not followed: {host} is ");
        assert!(message.starts_with(&expected), "{message}");
        assert!(message.contains(what), "{message}");
        assert!(!message.contains("allow_private_hosts"), "{message}");
    }
}

#[test]
fn an_answer_that_is_compressed_unasked_is_told_as_that() {
    let gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x8b, 0x8e, 5, 0];
    let headers = "Content-Type: application/json\r\nContent-Encoding: gzip\r\n";
    let (message, asked) = message(move |_| with_headers("200 OK", headers, &gzip));
    assert!(
        message.contains("the search in Blood (it compressed its answer, content-encoding: gzip; expected no compression"),
        "{message}"
    );
    assert!(
        message.contains("inform the provider of the server"),
        "{message}"
    );
    assert_eq!(asked, 1);
    let (message, _) = self::message(move |_| with_headers("500 Sorry", headers, &gzip));
    assert!(
        message.contains("status 500 without a message"),
        "{message}"
    );
}

#[test]
fn an_answer_that_is_not_compressed_is_read_whatever_it_says() {
    for encoding in ["identity", "gzip"] {
        let served = server(3, move |request| {
            let headers =
                format!("Content-Type: application/json\r\nContent-Encoding: {encoding}\r\n");
            request
                .path()
                .ends_with("/repositories")
                .then(|| with_headers("200 OK", &headers, b"[\"Example\"]"))
        });
        assert_eq!(client(&served).repositories().unwrap(), ["Example"]);
    }
}

//! Requests whose answers are held in memory.

use std::time::Duration;

use fairtracks::remote::{Fault, RemoteAnswer, RemoteQuestion};
use url::Url;

use crate::support::fetching::{QUICK, fetcher};
use crate::support::scripted_server::replies::{Framing, framed, redirect, status};
use crate::support::scripted_server::{Act, Server};

fn ask(url: &str, body: Option<&[u8]>) -> Result<RemoteAnswer, Fault> {
    let url = Url::parse(url).unwrap();
    fetcher(QUICK).ask(&RemoteQuestion {
        url: &url,
        accept: "application/json",
        body,
        most: 100,
    })
}

fn json(body: &str) -> Vec<Act> {
    let kind = [("Content-Type", "application/json".to_owned())];
    framed("200 OK", body.as_bytes(), &kind, Framing::Length).acts()
}

#[test]
fn a_body_is_sent_with_post_and_only_some_redirects_keep_it() {
    let server = Server::start(|request| match request.path() {
        "/307" => {
            let to = [("Location", "/end".to_owned())];
            status("307 Temporary Redirect", &to).acts()
        }
        "/302" => redirect("/end").acts(),
        _ => json(&format!("{} {}", request.method, request.body)),
    });
    for (path, said) in [("/end", "POST {}"), ("/307", "POST {}"), ("/302", "GET ")] {
        let answer = ask(&server.url(path), Some(b"{}")).unwrap();
        assert_eq!(String::from_utf8(answer.body).unwrap(), said, "{path}");
    }
    let posted = &server.seen()[0];
    assert_eq!(posted.header("content-type"), "application/json");
    assert_eq!(posted.header("accept"), "application/json");
    assert_eq!(ask(&server.url("/end"), None).unwrap().body, b"GET ");
}

#[test]
fn statuses_with_a_meaning_are_answers_and_passing_ones_are_asked_again() {
    let server = Server::start(|request| match request.path() {
        "/busy" if request.number < 2 => status("503 Service Unavailable", &[]).acts(),
        "/busy" => json("{}"),
        "/later" => status("202 Accepted", &[("Retry-After", "7".to_owned())]).acts(),
        "/none" => status("404 Not Found", &[]).acts(),
        "/denied" => status("403 Forbidden", &[]).acts(),
        "/cut" if request.number == 0 => vec![
            Act::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{".to_vec()),
            Act::Close,
        ],
        "/cut" => json("{}"),
        _ => json(&"x".repeat(101)),
    });
    let status_of = |path: &str| ask(&server.url(path), None).map(|answer| answer.status);
    assert_eq!(status_of("/busy"), Ok(200));
    assert_eq!(status_of("/none"), Ok(404));
    assert_eq!(status_of("/cut"), Ok(200));
    let later = ask(&server.url("/later"), None).unwrap();
    assert_eq!(
        (later.status, later.retry_after),
        (202, Some(Duration::from_secs(7)))
    );
    let kind = |path: &str| ask(&server.url(path), None).unwrap_err().kind();
    assert_eq!(kind("/denied"), "denied");
    assert_eq!(kind("/large"), "file-too-large");
    assert_eq!(
        ask("ftp://h.example.org/x", None).unwrap_err().kind(),
        "scheme"
    );
    assert_eq!(
        ask("http://10.1.2.3/x", None).unwrap_err().kind(),
        "private-host"
    );
    let secret = ask("http://ann:s3cret@127.0.0.1:1/x?token=t0ken", None).unwrap_err();
    assert!(!secret.to_string().contains("s3cret") && !secret.to_string().contains("t0ken"));
}

#[test]
fn digests_are_computed_without_a_file() {
    let server = Server::start(|request| {
        let content = crate::support::scripted_server::replies::Content::new(5, 50_000);
        match request.number {
            // The rest is asked for, and the digest is that of the whole.
            0 => {
                let reply = content.answer(request);
                reply.broken(reply.head.len() + 20_000, Act::Close)
            }
            _ => content.answer(request).acts(),
        }
    });
    let fetched = fetcher(QUICK).digest(&server.url("/x.bed"), true).unwrap();
    let bytes = crate::support::scripted_server::replies::bytes(5, 50_000);
    assert_eq!(
        fetched.digests.sha256,
        fairtracks::archive::digest::Sha256Sum::of(&bytes)
    );
    assert!(fetched.digests.md5.is_some() && fetched.resumed);
}

//! `fairtracks_serve` among rough clients: whatever they send, they hear an HTTP error or are cut off, and it lives on.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::Shutdown;
use std::thread;
use std::time::Duration;

use crate::support::folder;
use crate::support::serve_process::{Server, argument, head, reply, send};

#[track_caller]
fn lives(server: &Server) {
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn addresses_of_100_kb_are_too_long() {
    let server = Server::start(&[]);
    let long = "a".repeat(100_000);
    for target in [
        format!("/{long}"),
        format!("/api/v1/search/Example/Blood?query={long}"),
        format!("/files/{long}"),
    ] {
        let request = format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        let reply = server.send(request.as_bytes()).unwrap();
        assert!(matches!(reply.status, 414 | 431), "{reply:?}");
        assert!(reply.text().contains("64 KiB"), "{reply:?}");
        lives(&server);
    }
}

#[test]
fn in_faithful_manner_a_request_above_8_kib_is_a_bad_one() {
    let server = Server::start(&["--faithful"]);
    for length in [8_300, 70_000, 200_000] {
        let reply = server.get(&format!(
            "/api/v1/search/Example/Blood?query={}",
            "a".repeat(length)
        ));
        assert_eq!(reply.status, 400, "{length}");
        assert_eq!(
            reply.header("content-type"),
            Some("text/html;charset=utf-8")
        );
        assert!(reply.text().contains("HTTP Status 400"), "{reply:?}");
    }
    let headers = format!("X-Long: {}", "a".repeat(8_000));
    assert_eq!(
        server
            .ask("GET", "/api/v1/repositories", &[&headers])
            .status,
        200
    );
    let headers = format!("X-Long: {}", "a".repeat(8_200));
    assert_eq!(
        server
            .ask("GET", "/api/v1/repositories", &[&headers])
            .status,
        400
    );
}

#[test]
fn in_faithful_manner_what_tomcat_refuses_is_refused() {
    let server = Server::start(&["--faithful"]);
    for character in ["<", ">", "|", "[", "]", "{", "}", "\"", "^", "`", "\\"] {
        let target = format!("/api/v1/search/Example/Blood?query=a{character}b");
        let reply = server.get(&target);
        assert_eq!(reply.status, 400, "{character}");
        assert!(reply.text().contains("HTTP Status 400"), "{character}");
    }
}

#[test]
fn what_is_no_http_is_refused_with_the_reason() {
    let server = Server::start(&[]);
    for bytes in [
        &b"nonsense\r\n\r\n"[..],
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /a b HTTP/1.1\r\n\r\n",
        b"GET /\x01 HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
        b"GET /?query=a->b HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\0\0\0\0\0\0\0\0\r\n\r\n",
    ] {
        let reply = server.send(bytes).unwrap();
        assert_eq!(reply.status, 400, "{bytes:?}: {reply:?}");
        let error = &reply.json()["error"];
        assert!(
            error["hint"].as_str().unwrap().contains("percent-encode"),
            "{error}"
        );
        lives(&server);
    }
}

#[test]
fn bad_percent_encoding_is_an_error_of_the_client() {
    let server = Server::start(&[]);
    for target in [
        "/api/v1/search/Example/Blood?query=%",
        "/api/v1/search/Example/Blood?query=%zz",
        "/api/v1/search/Example/Blood?query=%ff%fe",
        "/api/v1/hubs/%",
        "/api/v1/hubs/%ff",
        "/api/v1/search/Example%2FBlood?query=true",
        "/api/v1/%00",
        "/%",
    ] {
        let reply = server.get(target);
        assert!((400..500).contains(&reply.status), "{target}: {reply:?}");
        lives(&server);
    }
}

#[test]
fn floods_of_headers_are_too_large() {
    let server = Server::start(&[]);
    let many: String = (0..5_000)
        .map(|number| format!("X-{number}: x\r\n"))
        .collect();
    let long = format!("X-Long: {}\r\n", "a".repeat(3_000_000));
    for headers in [many, long] {
        let request = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
        let reply = server.send(request.as_bytes()).unwrap();
        assert_eq!(reply.status, 431, "{reply:?}");
        lives(&server);
    }
}

#[test]
fn a_client_that_never_finishes_its_request_is_cut_off() {
    let server = Server::start(&["--client-seconds", "1"]);
    for half in [&b""[..], b"GET", b"GET / HTTP/1.1\r\nHost: lo"] {
        let mut stream = server.connect();
        stream.write_all(half).unwrap();
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap();
        let message = String::from_utf8(rest).unwrap();
        assert_eq!(
            message.starts_with("HTTP/1.1 408 "),
            !half.is_empty(),
            "{message}"
        );
        assert_eq!(
            message.contains("did not arrive in time"),
            !half.is_empty(),
            "{message}"
        );
    }
    lives(&server);
}

#[test]
fn a_client_that_sends_header_after_header_is_cut_off() {
    let server = Server::start(&["--client-seconds", "1"]);
    let mut stream = server.connect();
    stream.write_all(b"GET / HTTP/1.1\r\n").unwrap();
    // Ends once the server has closed the connection, however slowly it is fed.
    while stream.write_all(b"X: x\r\n").is_ok() {
        thread::sleep(Duration::from_millis(100));
    }
    lives(&server);
}

#[test]
fn a_client_that_takes_up_nothing_is_cut_off() {
    let files = folder();
    fs::write(files.join("large.bam"), vec![0; 32 << 20]).unwrap();
    let options = [
        "--files",
        &argument(&files),
        "--client-seconds",
        "1",
        "--connections",
        "1",
    ];
    let server = Server::start(&options);
    let mut stream = server.connect();
    send(&mut stream, "GET", "/files/large.bam", &[]);
    assert_eq!(head(&mut stream).unwrap().status, 200);
    // The only connection is taken until the server has lost its patience.
    while server
        .send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        .is_none_or(|reply| reply.status != 200)
    {
        thread::sleep(Duration::from_millis(100));
    }
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    assert!(rest.len() < 32 << 20);
}

#[test]
fn half_requests_do_no_harm() {
    let server = Server::start(&[]);
    let whole = b"GET /api/v1/search/Example/Blood?query=true HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for length in 0..whole.len() {
        let mut stream = server.connect();
        stream.write_all(&whole[..length]).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        assert!(reply(&mut stream, "GET").is_none_or(|reply| reply.status == 400));
    }
    lives(&server);
}

#[test]
fn clients_that_go_away_do_no_harm() {
    let server = Server::start(&[]);
    for _ in 0..100 {
        let mut stream = server.connect();
        send(
            &mut stream,
            "GET",
            "/api/v1/search/Example/Blood?query=true",
            &[],
        );
    }
    lives(&server);
}

#[test]
fn requests_that_come_together_are_answered_one_after_the_other() {
    let server = Server::start(&[]);
    let mut stream = server.connect();
    let targets = ["/", "/nothing", "/api/v1/openapi.json", "/"];
    let together: String = targets
        .iter()
        .map(|target| format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .collect();
    stream.write_all(together.as_bytes()).unwrap();
    let statuses = targets.map(|_| reply(&mut stream, "GET").unwrap().status);
    assert_eq!(statuses, [200, 404, 200, 200]);
}

#[test]
fn a_body_is_not_taken_for_a_request() {
    let server = Server::start(&[]);
    let mut stream = server.connect();
    let inner = "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";
    send(
        &mut stream,
        "GET",
        "/",
        &[&format!("Content-Length: {}", inner.len())],
    );
    let _ = stream.write_all(inner.as_bytes());
    let first = reply(&mut stream, "GET").unwrap();
    assert_eq!(
        (first.status, first.header("connection")),
        (200, Some("close"))
    );
    assert!(reply(&mut stream, "GET").is_none());
    lives(&server);
}

#[test]
fn an_endless_body_is_not_read() {
    let server = Server::start(&[]);
    let mut stream = server.connect();
    send(&mut stream, "POST", "/", &["Transfer-Encoding: chunked"]);
    assert_eq!(reply(&mut stream, "POST").unwrap().status, 405);
    let piece = [b"10000\r\n", vec![b'a'; 0x10000].as_slice(), b"\r\n"].concat();
    while stream.write_all(&piece).is_ok() {}
    lives(&server);
}

#[test]
fn connections_beyond_the_limit_are_told_to_come_back() {
    let server = Server::start(&["--connections", "2"]);
    let mut kept = [server.connect(), server.connect()];
    for stream in &mut kept {
        send(stream, "GET", "/", &[]);
        assert_eq!(reply(stream, "GET").unwrap().status, 200);
    }
    let mut third = server.connect();
    let message = reply(&mut third, "GET").unwrap();
    assert_eq!(
        (message.status, message.header("retry-after")),
        (503, Some("5"))
    );
    let [first, mut second] = kept;
    drop(first);
    send(&mut second, "GET", "/", &[]);
    assert_eq!(reply(&mut second, "GET").unwrap().status, 200);
    while server
        .send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        .is_none_or(|reply| reply.status != 200)
    {
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn many_connections_at_a_time_are_served() {
    let server = Server::start(&[]);
    let mut streams: Vec<_> = (0..300).map(|_| server.connect()).collect();
    for _ in 0..3 {
        for stream in &mut streams {
            send(stream, "GET", "/", &[]);
        }
        for stream in &mut streams {
            assert_eq!(reply(stream, "GET").unwrap().status, 200);
        }
    }
}

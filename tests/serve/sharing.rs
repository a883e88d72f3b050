//! `fairtracks_serve` shares what it has: whatever one client asks or leaves unread, others are answered.

use std::fs;
use std::io::ErrorKind;
use std::net::{IpAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::searching::BLOOD;
use crate::support::serve_process::{Reply, Server, argument, reply, send};
use crate::support::{folder, project};
use serde_json::Value as Json;
use tokio::net::TcpSocket;
use tokio::runtime::Builder;

/// Longer than anything takes that goes well.
const PATIENCE: Duration = Duration::from_secs(60);

/// Bytes of an answer with all rows, which no buffer of a connection holds.
const LARGE: usize = 6 << 20;
/// What asks for more combinations than anybody could wait for.
const ENDLESS: &str = "/api/v1/search/Example/Large?categories=tracks,samples,studies\
                       &query=tracks.content-%3E%3E'local_id'=samples.content-%3E%3E'local_id'";

fn blood() -> Json {
    serde_json::from_slice(&fs::read(project(BLOOD)).unwrap()).unwrap()
}

/// A server with the hub `Example/Large` besides.
fn server(large: &Json, options: &[&str]) -> Server {
    let file = folder().join("large.json");
    fs::write(&file, large.to_string()).unwrap();
    let hub = format!("Example/Large={}", argument(&file));
    Server::start(&[&["--hub", &hub], options].concat())
}

/// A connection of another client than the one at 127.0.0.1.
fn connect_from(server: &Server, client: &str) -> TcpStream {
    let runtime = Builder::new_current_thread().enable_io().build().unwrap();
    let stream = runtime.block_on(async {
        let socket = TcpSocket::new_v4().unwrap();
        let client: IpAddr = client.parse().unwrap();
        socket.bind((client, 0).into()).unwrap();
        let stream = socket.connect(server.address.parse().unwrap()).await;
        stream.unwrap().into_std().unwrap()
    });
    stream.set_nonblocking(false).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// A request of the client that asks too much, whose answer is not read.
fn left_unread(server: &Server, target: &str) -> TcpStream {
    let mut stream = connect_from(server, "127.0.0.2");
    send(&mut stream, "GET", target, &[]);
    stream
}

/// The answer to the client that asks too much.
fn own(server: &Server, target: &str) -> Reply {
    reply(&mut left_unread(server, target), "GET").unwrap()
}

/// Whether an answer has come, or the connection has ended.
fn has_heard(stream: &TcpStream) -> bool {
    stream.set_nonblocking(true).unwrap();
    let heard = stream.peek(&mut [0]);
    stream.set_nonblocking(false).unwrap();
    !matches!(heard, Err(error) if error.kind() == ErrorKind::WouldBlock)
}

/// A document whose answers are large and soon found.
fn wordy(bytes: usize) -> Json {
    let mut document = blood();
    let tracks = document["tracks"].as_array_mut().unwrap();
    let note = "a".repeat(bytes / 60);
    for track in tracks {
        track["note"] = note.as_str().into();
    }
    document
}

/// A document whose categories have many combinations.
fn many_combinations() -> Json {
    let mut document = blood();
    for category in ["tracks", "samples", "studies"] {
        let objects = document[category].as_array().unwrap().clone();
        let many = (0..1_000).map(|number| {
            let mut object = objects[number % objects.len()].clone();
            object["local_id"] = format!("example:{category}-{number}").into();
            object
        });
        document[category] = many.collect();
    }
    document
}

#[test]
fn who_reads_slowly_keeps_nobody_else_from_searching() {
    let options = ["--memory", "32", "--cache", "0", "--client-seconds", "300"];
    let server = server(
        &wordy(LARGE),
        &[&options[..], &["--seconds", "300"]].concat(),
    );
    let all = |words: usize| {
        format!("/api/v1/search/Example/Large?query=true%20AND%20'{words}'='{words}'")
    };
    let before = server.memory();
    let mut slow: Vec<TcpStream> = (0..60)
        .map(|number| left_unread(&server, &all(number)))
        .collect();
    // Two of them get what they may all have together.
    let heard = |slow: &[TcpStream]| slow.iter().filter(|stream| has_heard(stream)).count();
    let start = Instant::now();
    while heard(&slow) < 2 {
        assert!(start.elapsed() < PATIENCE, "nobody was answered");
        thread::sleep(Duration::from_millis(20));
    }
    for target in [
        "/api/v1/search/Example/Large?query=true&limit=1",
        "/api/v1/count/Example/Large?query=true",
        "/api/v1/metamodel/Example/Blood",
        "/api/v1/hubs",
        "/api/v1/openapi.json",
        "/health",
        &all(100),
    ] {
        assert_eq!(server.get(target).status, 200, "{target}");
    }
    assert!(server.get(&all(101)).body.len() > LARGE);
    assert_eq!(heard(&slow), 2);
    let grown = server.memory().saturating_sub(before);
    // What is counted, and the buffers of 60 connections beside it.
    assert!(grown < (32 + 48) << 20, "{grown} bytes");
    // Nothing is lost of what was promised.
    let promised = slow.iter_mut().find(|stream| has_heard(stream)).unwrap();
    assert!(reply(promised, "GET").unwrap().body.len() > LARGE);
}

#[test]
fn a_search_without_end_keeps_nobody_else_from_searching() {
    let server = server(&many_combinations(), &["--seconds", "300"]);
    let endless: Vec<TcpStream> = (0..20)
        .map(|number| left_unread(&server, &format!("{ENDLESS}%20AND%20'{number}'='{number}'")))
        .collect();
    for target in [
        "/api/v1/search/Example/Blood?query=true",
        "/api/v1/values/Example/Large/tracks?path=assembly_name",
    ] {
        assert_eq!(server.get(target).status, 200, "{target}");
    }
    assert!(!endless.iter().any(has_heard));
    // Who asked too much still sees what needs no search.
    assert_eq!(own(&server, "/api/v1/repositories").status, 200);
    // Who no longer waits gives back what the search took.
    drop(endless);
    assert_eq!(
        own(&server, "/api/v1/count/Example/Blood?query=true").status,
        200
    );
}

#[test]
fn in_faithful_manner_a_bare_or_keeps_nobody_else_from_searching() {
    let server = server(&many_combinations(), &["--faithful", "--seconds", "300"]);
    // The second condition ranges over every object of every hub, in each category.
    let bare = "/api/v1/search/Example/Large?query=false%20OR%20tracks.content-%3E%3E'local_id'=\
                samples.content-%3E%3E'nothing'";
    let endless: Vec<TcpStream> = (0..8)
        .map(|number| left_unread(&server, &format!("{bare}&limit={number}")))
        .collect();
    let found = server.get("/api/v1/search/Example/Blood?query=true&limit=1");
    assert_eq!(found.status, 200);
    assert!(!endless.iter().any(has_heard));
}

#[test]
fn an_answer_of_more_memory_than_a_client_may_have_is_refused_with_what_to_do() {
    let server = server(&wordy(3 * LARGE / 2), &["--memory", "16"]);
    let refused = server.get("/api/v1/search/Example/Large?query=true");
    assert_eq!(refused.status, 413, "{refused:?}");
    let error = &refused.json()["error"];
    assert_eq!(error["reason"], "memory");
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("10 MiB of memory"),
        "{error}"
    );
    assert!(
        error["hint"].as_str().unwrap().contains("limit="),
        "{error}"
    );
    let page = server.get("/api/v1/search/Example/Large?query=true&limit=20");
    assert_eq!(page.status, 200);
}

#[test]
fn who_has_fewer_connections_takes_one_of_who_has_most() {
    let server = Server::start(&["--connections", "3"]);
    let mut greedy: Vec<TcpStream> = (0..3).map(|_| left_unread(&server, "/health")).collect();
    for stream in &mut greedy {
        assert_eq!(reply(stream, "GET").unwrap().status, 200);
    }
    // One more of its own, it does not get.
    assert_eq!(own(&server, "/health").status, 503);
    let mut kept = server.connect();
    for _ in 0..2 {
        send(&mut kept, "GET", "/health", &[]);
        assert_eq!(reply(&mut kept, "GET").unwrap().status, 200);
    }
    // The oldest connection has made room, the others are as they were.
    assert!(reply(&mut greedy[0], "GET").is_none());
    for stream in &mut greedy[1..] {
        send(stream, "GET", "/health", &[]);
        assert_eq!(reply(stream, "GET").unwrap().status, 200);
    }
}

#[test]
fn behind_a_proxy_clients_are_those_that_it_names() {
    let endless = |server: &Server| -> Vec<TcpStream> {
        let ask = |number: usize| {
            let mut stream = server.connect();
            let target = format!("{ENDLESS}%20AND%20'{number}'='{number}'");
            send(&mut stream, "GET", &target, &["X-Forwarded-For: 192.0.2.1"]);
            stream
        };
        (0..40).map(ask).collect()
    };
    let count = "/api/v1/count/Example/Blood?query=true";
    let named = ["X-Forwarded-For: 192.0.2.2"];
    let server = server(
        &many_combinations(),
        &["--seconds", "5", "--proxy", "127.0.0.1"],
    );
    let streams = endless(&server);
    assert_eq!(server.ask("GET", count, &named).status, 200);
    assert!(!streams.iter().any(has_heard));
}

//! `fairtracks_serve --files`: track files, whole and in parts.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use crate::support::folder;
use crate::support::serve_process::{Server, argument};

/// The file that is asked for in parts.
const TRACK: &[u8] = b"chr1\t10\t20\nchr2\t30\t40\n";

/// A server, and the folder whose files it serves; a secret lies beside the folder.
fn served() -> (Server, PathBuf) {
    let around = folder();
    let files = around.join("files");
    fs::create_dir_all(files.join("cells/.private")).unwrap();
    fs::write(around.join("secret.txt"), "secret").unwrap();
    fs::write(files.join("peaks.bed"), TRACK).unwrap();
    fs::write(files.join(".hidden.txt"), "secret").unwrap();
    fs::write(files.join("cells/.private/key.txt"), "secret").unwrap();
    fs::write(files.join("cells/T cell+1.bigWig"), "signal").unwrap();
    (Server::start(&["--files", &argument(&files)]), files)
}

#[test]
fn a_file_is_served_with_its_size_and_type() {
    let (server, _) = served();
    let reply = server.get("/files/peaks.bed");
    assert_eq!((reply.status, reply.body.as_slice()), (200, TRACK));
    assert_eq!(
        reply.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(reply.header("accept-ranges"), Some("bytes"));
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    let reply = server.get("/files/cells/T%20cell%2B1.bigWig");
    assert_eq!((reply.status, reply.text().as_str()), (200, "signal"));
    assert_eq!(
        reply.header("content-type"),
        Some("application/octet-stream")
    );
}

#[test]
fn head_tells_of_a_file_without_sending_it() {
    let (server, _) = served();
    let reply = server.ask("HEAD", "/files/peaks.bed", &["Connection: close"]);
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-length"), Some("22"));
}

#[test]
fn a_part_is_the_part_that_was_asked_for() {
    let (server, _) = served();
    for (range, expected, wanted) in [
        ("bytes=0-3", &b"chr1"[..], "bytes 0-3/22"),
        ("bytes=11-", b"chr2\t30\t40\n", "bytes 11-21/22"),
        ("bytes=-3", b"40\n", "bytes 19-21/22"),
        ("bytes=21-500", b"\n", "bytes 21-21/22"),
        ("bytes=-500", TRACK, "bytes 0-21/22"),
    ] {
        let reply = server.ask("GET", "/files/peaks.bed", &[&format!("Range: {range}")]);
        assert_eq!(
            (reply.status, reply.body.as_slice()),
            (206, expected),
            "{range}"
        );
        assert_eq!(reply.header("content-range"), Some(wanted), "{range}");
    }
}

#[test]
fn a_part_beyond_the_end_is_not_satisfiable() {
    let (server, _) = served();
    for range in ["bytes=22-", "bytes=500-600", "bytes=-0"] {
        let reply = server.ask("GET", "/files/peaks.bed", &[&format!("Range: {range}")]);
        assert_eq!((reply.status, reply.body.len()), (416, 0), "{range}");
        assert_eq!(reply.header("content-range"), Some("bytes */22"), "{range}");
    }
}

#[test]
fn what_is_no_single_part_is_answered_with_the_whole() {
    let (server, _) = served();
    for range in ["bytes=0-1,4-5", "bytes=9-2", "bytes=x", "lines=1-2"] {
        let reply = server.ask("GET", "/files/peaks.bed", &[&format!("Range: {range}")]);
        assert_eq!(
            (reply.status, reply.body.as_slice()),
            (200, TRACK),
            "{range}"
        );
    }
}

#[test]
fn a_part_of_another_version_is_not_given() {
    let (server, files) = served();
    let first = server.get("/files/peaks.bed");
    let tag = format!("If-Range: {}", first.header("etag").unwrap());
    let date = format!("If-Range: {}", first.header("last-modified").unwrap());
    for known in [&tag, &date] {
        let reply = server.ask("GET", "/files/peaks.bed", &["Range: bytes=0-3", known]);
        assert_eq!(reply.status, 206, "{known}");
    }
    let file = fs::File::options()
        .append(true)
        .open(files.join("peaks.bed"))
        .unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(86_400))
        .unwrap();
    for known in [&tag, &date] {
        let reply = server.ask("GET", "/files/peaks.bed", &["Range: bytes=0-3", known]);
        assert_eq!(
            (reply.status, reply.body.as_slice()),
            (200, TRACK),
            "{known}"
        );
    }
}

#[test]
fn who_has_the_file_already_is_told_so() {
    let (server, _) = served();
    let first = server.get("/files/peaks.bed");
    let tag = format!("If-None-Match: {}", first.header("etag").unwrap());
    let date = format!(
        "If-Modified-Since: {}",
        first.header("last-modified").unwrap()
    );
    for known in [tag.as_str(), date.as_str()] {
        let reply = server.ask("GET", "/files/peaks.bed", &[known]);
        assert_eq!(reply.status, 304, "{known}");
    }
    for other in [
        "If-None-Match: \"x\"",
        "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
        "If-Modified-Since: x",
    ] {
        assert_eq!(
            server.ask("GET", "/files/peaks.bed", &[other]).status,
            200,
            "{other}"
        );
    }
}

#[test]
fn a_file_of_many_pieces_arrives_whole() {
    let (server, files) = served();
    let large: Vec<u8> = (0..3_000_001_u32)
        .map(|number| (number % 251) as u8)
        .collect();
    fs::write(files.join("large.bam"), &large).unwrap();
    assert!(server.get("/files/large.bam").body == large);
    let reply = server.ask("GET", "/files/large.bam", &["Range: bytes=131071-1000000"]);
    assert!(reply.body == large[131_071..=1_000_000]);
}

#[test]
fn nothing_outside_the_folder_is_served() {
    let (server, files) = served();
    symlink(
        files.parent().unwrap().join("secret.txt"),
        files.join("link.txt"),
    )
    .unwrap();
    symlink(files.parent().unwrap(), files.join("up")).unwrap();
    symlink(files.join(".hidden.txt"), files.join("hidden-link.txt")).unwrap();
    for path in [
        "../secret.txt",
        "%2e%2e/secret.txt",
        ".%2E/secret.txt",
        "cells/../../secret.txt",
        "..%2fsecret.txt",
        "..%5csecret.txt",
        "%2e%2e%2fsecret.txt",
        "link.txt",
        "up/secret.txt",
        "hidden-link.txt",
        ".hidden.txt",
        "%2ehidden.txt",
        "cells/.private/key.txt",
        "/etc/passwd",
        "%2fetc/passwd",
        "peaks.bed%00.txt",
        "peaks.bed/",
        "./peaks.bed",
        "%ff%fe",
        "",
        "cells",
        "cells/",
    ] {
        let reply = server.get(&format!("/files/{path}"));
        assert_eq!(reply.status, 404, "{path}: {reply:?}");
        assert!(!reply.text().contains("secret"), "{path}");
    }
    symlink(files.join("peaks.bed"), files.join("inside.bed")).unwrap();
    assert_eq!(server.get("/files/inside.bed").body, TRACK);
}

#[test]
fn a_file_can_only_be_read() {
    let (server, files) = served();
    for method in ["PUT", "DELETE", "POST", "PATCH"] {
        let reply = server.ask(method, "/files/peaks.bed", &[]);
        assert_eq!(reply.status, 405, "{method}");
        assert_eq!(
            reply.header("allow"),
            Some("GET, HEAD, OPTIONS"),
            "{method}"
        );
    }
    assert_eq!(fs::read(files.join("peaks.bed")).unwrap(), TRACK);
}

#[test]
fn without_a_folder_there_are_no_files() {
    let server = Server::start(&[]);
    assert_eq!(server.get("/files/peaks.bed").status, 404);
}

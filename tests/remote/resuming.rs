//! A transfer goes on where it broke off only where that is the same file; limits and disks end it by name.

use crate::support;
use crate::support::fetching;
use std::fs;

use crate::support::fetching::{Case, Expected, QUICK, fetcher, run_all};
use crate::support::scripted_server::replies::{Content, Framing, Reply, bytes, framed, redirect};
use crate::support::scripted_server::{Act, Request, Server};

const SIZE: usize = 5000;
const CUT: usize = 2000;

/// A server that breaks off at byte 2,000 and then lies as told, `times` times.
fn lying(times: usize, lie: impl Fn(&Content) -> Reply + Send + Sync + 'static) -> Case {
    let content = Content::new(1, SIZE);
    Case::new(move |request: &Request| {
        let honest = content.answer(request);
        match request.number {
            0 => honest.broken(honest.head.len() + CUT, Act::Close),
            number if number <= times => lie(&content).acts(),
            _ => honest.acts(),
        }
    })
}

fn part(content: &Content, range: &str, body: &[u8]) -> Reply {
    content.reply(
        "206 Partial Content",
        body,
        &[("Content-Range", range.to_owned())],
    )
}

#[test]
fn a_rest_that_is_not_the_rest_is_not_appended() {
    let ranges = [
        "bytes 0-4999/5000",
        "bytes 1999-4999/5000",
        "bytes 2001-4999/5000",
        "bytes 2000-4998/5000",
        "bytes 2000-5000/5000",
        "bytes 2000-4999/5001",
        "bytes 2000-4999/4999",
        "bytes 4999-2000/5000",
        "bytes */5000",
        "items 2000-4999/5000",
        "2000-4999/5000",
        "bytes 2000-4999",
        "bytes -3000/5000",
        "",
    ];
    let mut cases = Vec::new();
    for range in ranges {
        for (times, expected) in [
            (1, Expected::Complete(bytes(1, SIZE))),
            (usize::MAX, Expected::Fault(&["garbled"])),
        ] {
            let case = lying(times, move |content| {
                part(content, range, &content.bytes[CUT..])
            });
            cases.push(case.named(format!("`{range}` {times}"), expected));
        }
    }
    let complete = || Expected::Complete(bytes(1, SIZE));
    let honest = "bytes 2000-4999/5000";
    let case = lying(1, move |_| {
        part(&Content::new(2, SIZE), honest, &bytes(2, SIZE)[CUT..])
    });
    cases.push(case.named("a rest of another version", complete()));
    let case = lying(1, move |content| {
        part(content, honest, &content.bytes[CUT..4000])
    });
    cases.push(case.named("a rest shorter than its range", complete()));
    let case = lying(1, |content| {
        part(content, "bytes 2000-2999/5000", &content.bytes[CUT..3000])
    });
    cases.push(case.named("a part of the rest", complete()));
    let case = lying(1, move |content| {
        let long = [&content.bytes[CUT..], b"more"].concat();
        let content = Content {
            framing: Framing::Chunks,
            ..content.clone()
        };
        part(&content, honest, &long)
    });
    cases.push(case.named("a rest longer than its range", complete()));
    let case = lying(1, |content| {
        let kind = "multipart/byteranges; boundary=x".to_owned();
        content.reply("206 Partial Content", b"--x", &[("Content-Type", kind)])
    });
    cases.push(case.named("parts in an envelope", complete()));
    for range in ["bytes */5000", "bytes */2000", "bytes */0", ""] {
        let case = lying(1, move |content| {
            let range = range.to_owned();
            content.reply(
                "416 Range Not Satisfiable",
                b"",
                &[("Content-Range", range)],
            )
        });
        cases.push(case.named(format!("no rest, `{range}`"), complete()));
    }
    let case = lying(1, |content| content.reply("200 OK", &content.bytes, &[]));
    cases.push(case.named("all again", complete()));
    run_all(cases);
}

#[test]
fn a_file_that_changes_on_the_way_comes_in_its_new_version() {
    let mut cases = Vec::new();
    for length in [100, CUT, SIZE, 9000] {
        let (old, new) = (Content::new(1, SIZE), Content::new(2, length));
        let expected = Expected::Complete(new.bytes.clone());
        let case = Case::new(move |request: &Request| match request.number {
            0 => {
                let reply = old.answer(request);
                reply.broken(reply.head.len() + CUT, Act::Close)
            }
            1 => {
                let reply = new.answer(request);
                reply.broken(reply.wire().len() - 1, Act::Close)
            }
            _ => new.answer(request).acts(),
        });
        cases.push(case.named(format!("{length} bytes"), expected));
    }
    run_all(cases);
}

#[test]
fn a_part_that_nobody_asked_for_is_no_file() {
    let always = Case::new(|_: &Request| {
        let content = Content::new(1, SIZE);
        part(&content, "bytes 0-4999/5000", &content.bytes).acts()
    });
    run_all(vec![always.named("a part", Expected::Fault(&["garbled"]))]);
}

#[test]
fn a_rest_is_asked_for_with_the_version_it_must_belong_to() {
    let time = "Sun, 06 Nov 1994 08:49:37 GMT";
    for (version, expected) in [
        (vec![("ETag", "\"v 1\"")], Some("\"v 1\"")),
        (
            vec![("ETag", "\"v 1\""), ("Last-Modified", time)],
            Some("\"v 1\""),
        ),
        (
            vec![("ETag", "W/\"v 1\""), ("Last-Modified", time)],
            Some(time),
        ),
        (vec![("ETag", "W/\"v 1\"")], None),
        (vec![], None),
    ] {
        let content = Content {
            version: version
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned()))
                .collect(),
            ..Content::new(1, SIZE)
        };
        let server = Server::start(move |request| {
            let reply = content.answer(request);
            match request.number {
                0 => reply.broken(reply.head.len() + CUT, Act::Close),
                _ => reply.acts(),
            }
        });
        let place = support::folder().join("track");
        let fetched = fetcher(QUICK)
            .fetch(&server.url("/x"), &place, false)
            .unwrap();
        let seen = server.seen();
        let range = expected.map_or(String::new(), |_| format!("bytes={CUT}-"));
        assert_eq!(seen[1].header("range"), range, "{version:?}");
        assert_eq!(seen[1].header("if-range"), expected.unwrap_or_default());
        assert_eq!(seen[0].header("range"), "");
        assert_eq!((fetched.resumed, fetched.attempts), (expected.is_some(), 2));
    }
}

#[test]
fn a_body_whose_end_alone_was_lost_is_complete() {
    let content = Content {
        framing: Framing::Chunks,
        ..Content::new(1, SIZE)
    };
    let expected = Expected::Complete(content.bytes.clone());
    let case = Case::new(move |request: &Request| {
        let reply = content.answer(request);
        match request.number {
            0 => reply.broken(reply.wire().len() - b"0\r\n\r\n".len(), Act::Close),
            _ => reply.acts(),
        }
    });
    run_all(vec![case.named("the last chunk", expected)]);
}

#[test]
fn bytes_come_as_they_are_served() {
    let mut content = Content::new(1, SIZE);
    content
        .version
        .push(("Content-Encoding", "gzip".to_owned()));
    content
        .version
        .push(("Content-Type", "application/x-bed".to_owned()));
    let expected = content.bytes.clone();
    let server = Server::start(move |request| content.answer(request).acts());
    let place = support::folder().join("track");
    let fetched = fetcher(QUICK)
        .fetch(&server.url("/x"), &place, false)
        .unwrap();
    assert_eq!(fs::read(place).unwrap(), expected);
    assert_eq!(fetched.content_encoding.as_deref(), Some("gzip"));
    assert_eq!(fetched.content_type.as_deref(), Some("application/x-bed"));
    let seen = server.seen();
    assert_eq!(seen[0].header("accept-encoding"), "identity");
    assert!(
        seen[0]
            .header("user-agent")
            .starts_with("fairtracks-galaxy/")
    );
}

#[test]
fn slow_empty_and_small_files_come() {
    let mut cases = Vec::new();
    for length in [0, 1, 300] {
        for framing in [Framing::Length, Framing::Chunks, Framing::Connection] {
            let content = Content {
                framing,
                ..Content::new(1, length)
            };
            let expected = Expected::Complete(content.bytes.clone());
            let case = Case::new(move |request: &Request| {
                let reply = content.answer(request);
                vec![Act::Trickle(reply.wire()), Act::Close]
            });
            cases.push(case.named(format!("{length} {framing:?}"), expected));
        }
    }
    run_all(cases);
}

#[test]
fn a_file_above_the_limit_is_refused_or_cut() {
    let too_large = || Expected::Fault(&["file-too-large"]);
    let declared = Case::new(|_: &Request| {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n";
        vec![Act::Send(head.into()), Act::Stall]
    });
    let undeclared = Case::new(|_: &Request| {
        let reply = framed("200 OK", &bytes(1, 300_000), &[], Framing::Chunks);
        vec![Act::Send(reply.wire()), Act::Stall]
    });
    let rest = lying(1, |content| {
        let mut reply = part(content, "bytes 2000-100000/*", b"");
        reply.head = b"HTTP/1.1 206 x\r\nContent-Range: bytes 2000-100000/5000\r\n\r\n".to_vec();
        reply
    });
    let just_right = Content::new(1, 100_000);
    let expected = Expected::Complete(just_right.bytes.clone());
    let fits = Case::new(move |request: &Request| just_right.answer(request).acts());
    run_all(vec![
        declared.named("declared", too_large()),
        undeclared.named("undeclared", too_large()),
        rest.named("nonsense of a rest", Expected::Complete(bytes(1, SIZE))),
        fits.named("just right", expected),
    ]);
}

#[test]
fn a_job_has_its_limits_and_what_failed_does_not_count() {
    let server = Server::start(|request| match request.path() {
        "/cut" => {
            let reply = Content::new(1, SIZE).answer(request);
            reply.broken(reply.head.len() + CUT, Act::Close)
        }
        _ => Content::new(1, SIZE).answer(request).acts(),
    });
    let settings = format!("{QUICK}bytes_per_job = 12000\nfiles_per_job = 5\n");
    let fetcher = fetcher(&settings);
    let folder = support::folder();
    let kinds: Vec<&str> = ["/a", "/cut", "/b", "/c", "/d", "/e"]
        .iter()
        .map(|path| {
            let outcome = fetcher.fetch(&server.url(path), &folder.join(&path[1..]), false);
            outcome.map_or_else(|fault| fault.kind(), |_| "came")
        })
        .collect();
    let expected = [
        "came",
        "interrupted",
        "came",
        "job-too-large",
        "job-too-large",
        "too-many-files",
    ];
    assert_eq!(kinds, expected);
    assert_eq!(fs::read_dir(folder).unwrap().count(), 2);
}

#[test]
fn a_full_disk_and_a_missing_folder_have_names() {
    let server = Server::start(|request| Content::new(1, SIZE).answer(request).acts());
    let folder = support::folder();
    #[cfg(target_os = "linux")]
    {
        // The device that is always full, in the place of the file.
        std::os::unix::fs::symlink("/dev/full", folder.join("track.part")).unwrap();
        let fault = fetcher(QUICK).fetch(&server.url("/x"), &folder.join("track"), false);
        assert_eq!(fault.unwrap_err().kind(), "disk-full");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    }
    let nowhere = folder.join("none").join("track");
    let fault = fetcher(QUICK).fetch(&server.url("/x"), &nowhere, false);
    assert_eq!(fault.unwrap_err().kind(), "disk");
}

#[test]
fn redirects_have_an_end() {
    let server = Server::start(|request| {
        let number: usize = request.path()[1..].parse().unwrap();
        match number {
            0 => Content::new(1, SIZE).answer(request).acts(),
            99 => redirect("/99").acts(),
            _ => redirect(&format!("{}?sig=t0ken", number - 1)).acts(),
        }
    });
    let folder = support::folder();
    for (path, kind) in [("/10", "came"), ("/11", "redirect"), ("/99", "redirect")] {
        let outcome = fetcher(QUICK).fetch(&server.url(path), &folder.join("track"), false);
        fetching::shows_no_secret(&outcome).unwrap();
        assert_eq!(
            outcome.map_or_else(|fault| fault.kind(), |_| "came"),
            kind,
            "{path}"
        );
    }
}

#[test]
fn one_connection_serves_many_files() {
    let server = Server::start(|request| Content::new(1, 100).answer(request).acts());
    let fetcher = fetcher(QUICK);
    let folder = support::folder();
    for number in 0..20 {
        let place = folder.join(number.to_string());
        fetcher
            .fetch(&server.url(&format!("/{number}")), &place, false)
            .unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[test]
fn heads_with_many_or_old_lines_are_read() {
    let mut cases = Vec::new();
    let lines = |count: usize| "X: y\r\n".repeat(count);
    for (count, expected) in [
        (900, Expected::Complete(Content::new(1, SIZE).bytes)),
        (1100, Expected::Fault(&["head"])),
    ] {
        let case = Case::new(move |request: &Request| {
            let reply = Content::new(1, SIZE).answer(request);
            let head = String::from_utf8(reply.head).unwrap();
            let head = head.replace("\r\n\r\n", &format!("\r\n{}\r\n", lines(count)));
            vec![Act::Send(head.into_bytes()), Act::Send(reply.body)]
        });
        cases.push(case.named(format!("{count} lines"), expected));
    }
    for line in ["X: a\r\n b\r\n", "X : a\r\n", "X: \u{e9}\r\n", "X:\r\n"] {
        let case = Case::new(move |request: &Request| {
            let reply = Content::new(1, SIZE).answer(request);
            let head = String::from_utf8(reply.head).unwrap();
            let head = head.replace("\r\n\r\n", &format!("\r\n{line}\r\n"));
            vec![Act::Send(head.into_bytes()), Act::Send(reply.body)]
        });
        let complete = Expected::Complete(Content::new(1, SIZE).bytes);
        cases.push(case.named(format!("an old line {line:?}"), complete));
    }
    run_all(cases);
}

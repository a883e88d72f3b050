//! Every lie that a server can tell about parts of a file, in its first answer and on a resume: the file comes whole or a fault
//! has a name, and no lie keeps a job for long.

use crate::support;
use std::fs;

use crate::support::fetching::{Case, Expected, QUICK, fetcher, run_all};
use crate::support::scripted_server::replies::{Content, Framing, Reply, bytes, framed};
use crate::support::scripted_server::{Act, Request, Server};

const SIZE: usize = 5000;
const CUT: usize = 2000;
const TIME: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
const LATER: &str = "Mon, 07 Nov 1994 08:49:37 GMT";

type Headers = Vec<(&'static str, String)>;

fn headers(lines: &[(&'static str, &str)]) -> Headers {
    let lines = lines.iter();
    lines
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect()
}

/// A version of the file: with an entity tag, with a time, with both.
fn versions() -> Vec<(&'static str, Headers)> {
    vec![
        ("tag", headers(&[("ETag", "\"1\"")])),
        ("time", headers(&[("Last-Modified", TIME)])),
        (
            "both",
            headers(&[("ETag", "\"1\""), ("Last-Modified", TIME)]),
        ),
    ]
}

fn content(version: &[(&'static str, String)], framing: Framing) -> Content {
    Content {
        version: version.to_vec(),
        framing,
        ..Content::new(1, SIZE)
    }
}

/// An answer with a status and `Content-Range` of its own choice.
struct Lie {
    status: &'static str,
    ranges: &'static [&'static str],
    /// The bytes of the file that it sends.
    body: std::ops::Range<usize>,
}

impl Lie {
    fn reply(&self, content: &Content) -> Reply {
        let ranges = self.ranges.iter();
        let ranges: Headers = ranges
            .map(|range| ("Content-Range", (*range).to_owned()))
            .collect();
        content.reply(self.status, &content.bytes[self.body.clone()], &ranges)
    }

    fn name(&self) -> String {
        format!("{} {:?} {:?}", self.status, self.ranges, self.body)
    }
}

fn lies(
    rows: &[(
        &'static str,
        &'static [&'static str],
        std::ops::Range<usize>,
    )],
) -> Vec<Lie> {
    let lie = |(status, ranges, body): &(&'static str, &'static [&'static str], _)| Lie {
        status,
        ranges,
        body: std::ops::Range::clone(body),
    };
    rows.iter().map(lie).collect()
}

/// Lies to somebody who asks for the whole file.
fn lies_at_first() -> Vec<Lie> {
    lies(&[
        ("200 OK", &["bytes 0-1999/5000"], 0..CUT),
        ("200 OK", &["bytes 2000-4999/5000"], CUT..SIZE),
        ("200 OK", &["bytes 0-4999/*"], 0..SIZE),
        ("200 OK", &["bytes 0-4999/5000"], 0..CUT),
        ("200 OK", &["bytes 0-4999/9000"], 0..SIZE),
        ("200 OK", &["bytes */5000"], 0..CUT),
        (
            "200 OK",
            &["bytes 0-4999/5000", "bytes 0-1999/2000"],
            0..SIZE,
        ),
        ("200 OK", &["nonsense"], 0..CUT),
        ("206 Partial Content", &["bytes 0-1999/5000"], 0..CUT),
        ("206 Partial Content", &["bytes 0-4999/5000"], 0..SIZE),
        ("206 Partial Content", &[], 0..SIZE),
    ])
}

/// Lies to somebody who has 2,000 bytes and asks for the rest.
fn lies_on_resume() -> Vec<Lie> {
    lies(&[
        ("200 OK", &["bytes 2000-4999/5000"], CUT..SIZE),
        ("200 OK", &["bytes 2000-4999/*"], CUT..SIZE),
        (
            "200 OK",
            &["bytes 0-1999/2000", "bytes 2000-4999/5000"],
            CUT..SIZE,
        ),
        ("200 OK", &["bytes */5000"], CUT..SIZE),
        ("200 OK", &["nonsense"], CUT..SIZE),
        ("200 OK", &[], CUT..SIZE),
        ("206 Partial Content", &["bytes 0-4999/5000"], 0..SIZE),
        ("206 Partial Content", &["bytes 1000-4999/5000"], 1000..SIZE),
        ("206 Partial Content", &["bytes 3000-4999/5000"], 3000..SIZE),
        ("206 Partial Content", &["bytes 2000-4999/6000"], CUT..SIZE),
        ("206 Partial Content", &["bytes 2000-4998/4999"], CUT..4999),
        ("206 Partial Content", &["bytes 2000-4999/5000"], CUT..4000),
        ("206 Partial Content", &["bytes 2000-3999/5000"], CUT..SIZE),
        ("206 Partial Content", &["bytes 2000-9999/*"], CUT..SIZE),
        (
            "206 Partial Content",
            &["bytes 2000-4999/5000", "bytes 0-4999/5000"],
            CUT..SIZE,
        ),
        ("206 Partial Content", &["bytes */5000"], CUT..SIZE),
        ("206 Partial Content", &["nonsense"], CUT..SIZE),
        ("206 Partial Content", &[], CUT..SIZE),
        ("416 Range Not Satisfiable", &["bytes */5000"], 0..0),
        ("416 Range Not Satisfiable", &["bytes */2000"], 0..0),
        ("416 Range Not Satisfiable", &["bytes */1000"], 0..0),
        ("416 Range Not Satisfiable", &["bytes */*"], 0..0),
        ("416 Range Not Satisfiable", &["bytes 2000-4999/5000"], 0..0),
        ("416 Range Not Satisfiable", &["nonsense"], 0..0),
        ("416 Range Not Satisfiable", &[], 0..0),
    ])
}

fn complete() -> Expected {
    Expected::Complete(bytes(1, SIZE))
}

#[test]
fn a_first_answer_that_contradicts_itself_is_no_file() {
    let mut cases = Vec::new();
    for (which, version) in versions().into_iter().chain([("none", vec![])]) {
        for framing in [Framing::Length, Framing::Connection] {
            for lie in lies_at_first() {
                // Without a length the end of the connection contradicts the range only where that tells the size.
                let name = format!("{} {which} {framing:?}", lie.name());
                let lying = content(&version, framing);
                let lie = lie.reply(&lying);
                let always = lie.clone();
                let case = Case::new(move |_: &Request| always.acts());
                let kinds = &["garbled", "interrupted"];
                cases.push(case.named(format!("always {name}"), Expected::Fault(kinds)));
                let case = Case::new(move |request: &Request| match request.number {
                    0 => lie.acts(),
                    _ => lying.answer(request).acts(),
                });
                cases.push(case.named(format!("once {name}"), complete()));
            }
        }
    }
    run_all(cases);
}

#[test]
fn a_range_that_is_the_whole_is_the_whole() {
    let mut cases = Vec::new();
    for range in ["bytes 0-4999/5000", "bytes */5000"] {
        let case = Case::new(move |_: &Request| {
            let content = Content::new(1, SIZE);
            let range = [("Content-Range", range.to_owned())];
            content.reply("200 OK", &content.bytes, &range).acts()
        });
        cases.push(case.named(range, complete()));
    }
    run_all(cases);
}

/// A server that breaks off whole answers, and answers otherwise to whom asks for the rest, `times` times.
fn misleading(
    content: Content,
    cut: usize,
    times: usize,
    lie: impl Fn(&Content) -> Reply + Send + Sync + 'static,
) -> impl Fn(&Request) -> Vec<Act> + Send + Sync + 'static {
    move |request: &Request| {
        let honest = content.answer(request);
        match request.number {
            number if number > times => honest.acts(),
            _ if request.offset().is_some() => lie(&content).acts(),
            _ => honest.broken(honest.head.len() + cut, Act::Close),
        }
    }
}

#[test]
fn a_rest_is_taken_only_where_status_and_range_say_so() {
    let mut cases = Vec::new();
    for (which, version) in versions() {
        for lie in lies_on_resume() {
            for (times, expected) in [
                (1, complete()),
                (
                    usize::MAX,
                    Expected::Fault(&["garbled", "interrupted", "answer"]),
                ),
            ] {
                let name = format!("{} {which} {times}", lie.name());
                let content = content(&version, Framing::Length);
                let reply = lie.reply(&content);
                let case = Case::new(misleading(content, CUT, times, move |_| reply.clone()));
                cases.push(case.named(name, expected));
            }
        }
    }
    run_all(cases);
}

#[test]
fn a_rest_of_another_version_or_form_is_not_appended() {
    let others = [
        ("tag", vec![("ETag", "\"2\"")]),
        ("weak tag", vec![("ETag", "W/\"2\"")]),
        ("time", vec![("Last-Modified", LATER)]),
        ("coding", vec![("Content-Encoding", "gzip")]),
        (
            "envelope",
            vec![("Content-Type", "multipart/byteranges; boundary=x")],
        ),
    ];
    let mut cases = Vec::new();
    for (which, version) in &versions()[..2] {
        for (what, lines) in &others {
            let is_compared = match *what {
                "tag" | "weak tag" => *which == "tag",
                "time" => *which == "time",
                _ => true,
            };
            if !is_compared {
                continue;
            }
            for status in ["206 Partial Content", "416 Range Not Satisfiable"] {
                let mut lines = headers(lines);
                let (body, range) = match status {
                    "206 Partial Content" => {
                        (bytes(2, SIZE)[CUT..].to_vec(), "bytes 2000-4999/5000")
                    }
                    _ => (Vec::new(), "bytes */2000"),
                };
                lines.push(("Content-Range", range.to_owned()));
                let reply = framed(status, &body, &lines, Framing::Length);
                let content = content(version, Framing::Length);
                let case = Case::new(misleading(content, CUT, 1, move |_| reply.clone()));
                cases.push(case.named(format!("{what} {status} {which}"), complete()));
            }
        }
    }
    run_all(cases);
}

#[test]
fn where_nobody_told_the_size_a_part_is_not_taken_for_the_rest() {
    // The first answer comes in chunks, so its size is not known.
    let cases = [
        ("bytes 2000-2999/5000", CUT..3000),
        ("bytes 2000-2999/*", CUT..3000),
        ("bytes 2000-4999/*", CUT..SIZE),
        ("bytes 2000-4999/5000", CUT..SIZE),
    ]
    .map(|(range, part)| {
        let content = content(&versions()[0].1, Framing::Chunks);
        // Two chunks of 1,000 bytes with what is around them.
        let case = Case::new(misleading(content, CUT + 14, 1, move |content| {
            let range = [("Content-Range", range.to_owned())];
            let length = Content {
                framing: Framing::Length,
                ..content.clone()
            };
            length.reply("206 Partial Content", &content.bytes[part.clone()], &range)
        }));
        case.named(range, complete())
    });
    run_all(cases.into());
}

#[test]
fn a_416_with_the_size_of_what_is_here_completes_it() {
    let content = content(&versions()[0].1, Framing::Chunks);
    let expected = Expected::Complete(content.bytes.clone());
    let case = Case::new(move |request: &Request| {
        let reply = content.answer(request);
        match request.number {
            0 => reply.broken(reply.wire().len() - b"0\r\n\r\n".len(), Act::Close),
            _ => {
                let range = [("Content-Range", "bytes */5000".to_owned())];
                content
                    .reply("416 Range Not Satisfiable", b"", &range)
                    .acts()
            }
        }
    });
    run_all(vec![case.named("the size", expected)]);
}

const MEBIBYTE: usize = 1 << 20;

/// Fetches a file of 4 MiB: what became of it, and how many requests it took.
fn fetch_large(
    script: impl Fn(&Request) -> Vec<Act> + Send + Sync + 'static,
    bytes_per_file: usize,
    retries: usize,
) -> (Result<Vec<u8>, &'static str>, usize) {
    let server = Server::start(script);
    let place = support::folder().join("track");
    let settings = QUICK
        .replace(
            "bytes_per_file = 100000",
            &format!("bytes_per_file = {bytes_per_file}"),
        )
        .replace("retries = 3", &format!("retries = {retries}"));
    let outcome = fetcher(&settings).fetch(&server.url("/x"), &place, false);
    let outcome = outcome.map(|_| fs::read(&place).unwrap());
    (outcome.map_err(|fault| fault.kind()), server.seen().len())
}

#[test]
fn bytes_that_are_thrown_away_are_no_progress() {
    let large = Content::new(1, 4 * MEBIBYTE);
    for status in ["206 Partial Content", "416 Range Not Satisfiable", "200 OK"] {
        let lie = move |content: &Content| {
            let size = content.bytes.len();
            let range = match status {
                "200 OK" => format!("bytes {}-{}/{size}", 2 * MEBIBYTE, size - 1),
                _ => String::new(),
            };
            let body = &content.bytes[2 * MEBIBYTE..];
            content.reply(status, body, &[("Content-Range", range)])
        };
        let script = misleading(large.clone(), 2 * MEBIBYTE, usize::MAX, lie);
        let (outcome, requests) = fetch_large(script, 100 * MEBIBYTE, 3);
        assert!(
            matches!(outcome, Err("garbled" | "interrupted")),
            "{status}: {:?}",
            outcome.err()
        );
        assert!(requests <= 6, "{status}: {requests} requests");
    }
}

#[test]
fn a_file_that_comes_further_each_time_comes_in_the_end() {
    let large = Content {
        has_parts: false,
        ..Content::new(1, 4 * MEBIBYTE)
    };
    let expected = large.bytes.clone();
    let script = move |request: &Request| {
        let reply = large.answer(request);
        // Each place twice: the second time brings nothing new.
        let place = (request.number / 2 + 1) * 5 * MEBIBYTE / 4;
        if place < large.bytes.len() {
            return reply.broken(reply.head.len() + place, Act::Close);
        }
        reply.acts()
    };
    let (outcome, requests) = fetch_large(script, 100 * MEBIBYTE, 3);
    assert!(outcome == Ok(expected), "another file");
    assert_eq!(requests, 7);
}

#[test]
fn what_is_thrown_away_has_the_limit_of_a_file() {
    let large = Content {
        has_parts: false,
        ..Content::new(1, 4 * MEBIBYTE)
    };
    let script = move |request: &Request| {
        let reply = large.answer(request);
        let place = (request.number + 1) * 5 * MEBIBYTE / 4;
        reply.broken(reply.head.len() + place.min(4 * MEBIBYTE - 1), Act::Close)
    };
    let (outcome, requests) = fetch_large(script, 5_000_000, 100);
    assert_eq!(outcome, Err("interrupted"));
    assert!(requests <= 5, "{requests} requests");
}

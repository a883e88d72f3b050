//! Whatever a server does, a file comes complete, or its absence has a name: each kind of fault in each phase.

use crate::support::fetching::{Case, Expected, run_all};
use crate::support::scripted_server::replies::{Content, Framing, redirect, status};
use crate::support::scripted_server::{Act, Request};

const SIZE: usize = 5000;

/// Where in the exchange something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    BeforeHead,
    InHead,
    AtFirstByte,
    InMiddle,
    AtLastByte,
    BeforeHeadOfResume,
    InHeadOfResume,
    AtFirstByteOfResume,
    InMiddleOfResume,
    AtLastByteOfResume,
    AtSecondRedirect,
    InHeadOfSecondRedirect,
    AfterRedirects,
}

const PHASES: [Phase; 13] = [
    Phase::BeforeHead,
    Phase::InHead,
    Phase::AtFirstByte,
    Phase::InMiddle,
    Phase::AtLastByte,
    Phase::BeforeHeadOfResume,
    Phase::InHeadOfResume,
    Phase::AtFirstByteOfResume,
    Phase::InMiddleOfResume,
    Phase::AtLastByteOfResume,
    Phase::AtSecondRedirect,
    Phase::InHeadOfSecondRedirect,
    Phase::AfterRedirects,
];

impl Phase {
    fn is_in_resume(self) -> bool {
        matches!(
            self,
            Phase::BeforeHeadOfResume
                | Phase::InHeadOfResume
                | Phase::AtFirstByteOfResume
                | Phase::InMiddleOfResume
                | Phase::AtLastByteOfResume
        )
    }

    fn is_behind_redirects(self) -> bool {
        matches!(
            self,
            Phase::AtSecondRedirect | Phase::InHeadOfSecondRedirect | Phase::AfterRedirects
        )
    }

    /// How many bytes of an answer come before the fault.
    fn place(self, head: usize, whole: usize) -> usize {
        match self {
            Phase::BeforeHead | Phase::BeforeHeadOfResume | Phase::AtSecondRedirect => 0,
            Phase::InHead | Phase::InHeadOfResume | Phase::InHeadOfSecondRedirect => head / 2,
            Phase::AtFirstByte | Phase::AtFirstByteOfResume => head,
            Phase::InMiddle | Phase::InMiddleOfResume | Phase::AfterRedirects => {
                head + (whole - head) / 2
            }
            Phase::AtLastByte | Phase::AtLastByteOfResume => whole - 1,
        }
    }
}

/// What a server does to a connection.
fn breakages() -> Vec<(&'static str, Act)> {
    vec![
        ("close", Act::Close),
        ("reset", Act::Reset),
        ("stall", Act::Stall),
    ]
}

/// A connection that breaks in a phase, `times` times; all other requests are answered honestly.
fn breaking(phase: Phase, act: Act, times: usize, content: Content) -> Case {
    let script = move |request: &Request| {
        let honest = content.answer(request);
        if phase.is_behind_redirects() {
            let reply = match request.path() {
                "/x" => return redirect("/second?X-Amz-Signature=t0ken").acts(),
                "/second" => redirect("/third?X-Amz-Signature=t0ken"),
                _ => honest,
            };
            let is_place = (request.path() == "/third") == (phase == Phase::AfterRedirects);
            if !is_place || request.number >= times {
                return reply.acts();
            }
            let place = phase.place(reply.head.len(), reply.wire().len());
            return reply.broken(place, act.clone());
        }
        let mut number = request.number;
        if phase.is_in_resume() {
            // The first attempt breaks off, so that there is something to resume.
            if number == 0 {
                // Where the end of the connection is the end of the file, only a break is no end.
                let act = match content.framing {
                    Framing::Connection => Act::Reset,
                    _ => Act::Close,
                };
                return honest.broken(honest.head.len() + 2000, act);
            }
            number -= 1;
        }
        if number >= times {
            return honest.acts();
        }
        let place = phase.place(honest.head.len(), honest.wire().len());
        honest.broken(place, act.clone())
    };
    Case::new(script)
}

/// What a server tells of a version of a file: a name for it, the headers, whether parts can be had.
type Version = (&'static str, Vec<(&'static str, String)>, bool);

fn versions() -> Vec<Version> {
    let time = "Sun, 06 Nov 1994 08:49:37 GMT".to_owned();
    vec![
        ("tag", vec![("ETag", "\"1\"".to_owned())], true),
        ("time", vec![("Last-Modified", time)], true),
        ("weak tag", vec![("ETag", "W/\"1\"".to_owned())], true),
        ("no parts", vec![("ETag", "\"1\"".to_owned())], false),
        ("no version", vec![], true),
    ]
}

fn with(version: &[(&'static str, String)], has_parts: bool, framing: Framing) -> Content {
    Content {
        version: version.to_vec(),
        has_parts,
        framing,
        ..Content::new(1, SIZE)
    }
}

#[test]
fn a_connection_that_breaks_once_delays_a_file_and_nothing_more() {
    let mut cases = Vec::new();
    for phase in PHASES {
        for (what, act) in breakages() {
            for (which, version, has_parts) in versions() {
                let content = with(&version, has_parts, Framing::Length);
                let expected = Expected::Complete(content.bytes.clone());
                let case = breaking(phase, act.clone(), 1, content);
                cases.push(case.named(format!("{what} {phase:?} {which}"), expected));
            }
            let content = with(&versions()[0].1, true, Framing::Chunks);
            let expected = Expected::Complete(content.bytes.clone());
            let case = breaking(phase, act.clone(), 1, content);
            cases.push(case.named(format!("{what} {phase:?} chunks"), expected));
        }
    }
    assert!(cases.len() > 200, "{}", cases.len());
    run_all(cases);
}

#[test]
fn a_connection_that_always_breaks_is_given_up_with_a_name() {
    let mut cases = Vec::new();
    for phase in PHASES {
        for (what, act) in breakages() {
            for framing in [Framing::Length, Framing::Chunks] {
                // Without parts nothing is gained by an attempt.
                let content = with(&[], false, framing);
                let kinds: &[&str] = match what {
                    "stall" => &["stalled"],
                    _ => &["interrupted"],
                };
                let case = breaking(phase, act.clone(), usize::MAX, content);
                let name = format!("always {what} {phase:?} {framing:?}");
                cases.push(case.named(name, Expected::Fault(kinds)));
            }
        }
    }
    run_all(cases);
}

#[test]
fn a_body_that_ends_with_its_connection_is_taken_unless_that_breaks() {
    let content = with(&versions()[0].1, true, Framing::Connection);
    let expected = || Expected::Complete(content.bytes.clone());
    let mut cases = Vec::new();
    for phase in PHASES {
        for (what, act) in [("reset", Act::Reset), ("stall", Act::Stall)] {
            // Between the last byte and the end a broken connection is told from an ended one; a reset may also take
            // with it what was sent before.
            let case = breaking(phase, act, 1, content.clone());
            cases.push(case.named(format!("{what} {phase:?} connection"), expected()));
        }
    }
    run_all(cases);
}

/// Answers that are no file, with what becomes of them: `None` where a further attempt may succeed.
const STATUSES: [(&str, Option<&str>); 38] = [
    ("400 Bad Request", Some("answer")),
    ("401 Unauthorized", Some("denied")),
    ("402 Payment Required", Some("answer")),
    ("403 Forbidden", Some("denied")),
    ("404 Not Found", Some("not-found")),
    ("405 Method Not Allowed", Some("answer")),
    ("406 Not Acceptable", Some("answer")),
    ("407 Proxy Authentication Required", Some("denied")),
    ("409 Conflict", Some("answer")),
    ("410 Gone", Some("not-found")),
    ("411 Length Required", Some("answer")),
    ("412 Precondition Failed", Some("answer")),
    ("414 URI Too Long", Some("answer")),
    ("418 I'm a teapot", Some("answer")),
    ("421 Misdirected Request", Some("answer")),
    ("431 Request Header Fields Too Large", Some("answer")),
    ("451 Unavailable For Legal Reasons", Some("answer")),
    ("201 Created", Some("answer")),
    ("202 Accepted", Some("answer")),
    ("203 Non-Authoritative Information", Some("answer")),
    ("207 Multi-Status", Some("answer")),
    ("300 Multiple Choices", Some("answer")),
    ("305 Use Proxy", Some("answer")),
    ("306 Unused", Some("answer")),
    ("302 Found", Some("redirect")),
    ("307 Temporary Redirect", Some("redirect")),
    ("600 What", Some("answer")),
    ("999 Request Denied", Some("answer")),
    ("408 Request Timeout", None),
    ("425 Too Early", None),
    ("429 Too Many Requests", None),
    ("500 Internal Server Error", None),
    ("501 Not Implemented", None),
    ("502 Bad Gateway", None),
    ("503 Service Unavailable", None),
    ("504 Gateway Timeout", None),
    ("507 Insufficient Storage", None),
    ("599 Timeout", None),
];

fn answering(line: &'static str, phase: usize, times: usize, after: Option<&str>) -> Case {
    let headers: Vec<(&'static str, String)> = after
        .map(|after| ("Retry-After", after.to_owned()))
        .into_iter()
        .collect();
    let content = Content::new(1, SIZE);
    let script = move |request: &Request| {
        let honest = content.answer(request);
        let number = match (phase, request.path()) {
            (1, _) if request.number == 0 => {
                return honest.broken(honest.head.len() + 2000, Act::Close);
            }
            (1, _) => request.number - 1,
            (2, "/x") => return redirect("/second").acts(),
            _ => request.number,
        };
        if number < times {
            status(line, &headers).acts()
        } else {
            honest.acts()
        }
    };
    Case::new(script)
}

#[test]
fn an_answer_that_is_no_file_is_told_at_once_or_tried_again() {
    let mut cases = Vec::new();
    for (line, kind) in STATUSES {
        for (phase, place) in ["at first", "on the resume", "after a redirect"]
            .iter()
            .enumerate()
        {
            let complete = || Expected::Complete(Content::new(1, SIZE).bytes);
            let name = format!("{line} {place}");
            match kind {
                Some(kind) => {
                    let kinds: &'static [&str] = vec![kind].leak();
                    let case = answering(line, phase, 1, None);
                    cases.push(case.named(name, Expected::Fault(kinds)));
                }
                None => {
                    for after in [None, Some("0"), Some("86400"), Some("nonsense")] {
                        let case = answering(line, phase, 1, after);
                        cases.push(case.named(format!("{name} {after:?}"), complete()));
                    }
                    let always = answering(line, phase, usize::MAX, None);
                    cases.push(always.named(format!("always {name}"), Expected::Fault(&["busy"])));
                }
            }
        }
    }
    run_all(cases);
}

#[test]
fn a_refusal_with_a_time_to_come_back_passes() {
    let mut cases = Vec::new();
    for (phase, place) in ["at first", "on the resume", "after a redirect"]
        .iter()
        .enumerate()
    {
        for after in [
            "0",
            "86400",
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "Fri, 31 Dec 2100 23:59:59 GMT",
        ] {
            let case = answering("403 Forbidden", phase, 1, Some(after));
            let complete = Expected::Complete(Content::new(1, SIZE).bytes);
            cases.push(case.named(format!("{place} {after}"), complete));
        }
        let always = answering("403 Forbidden", phase, usize::MAX, Some("1"));
        cases.push(always.named(format!("always {place}"), Expected::Fault(&["busy"])));
        let nonsense = answering("403 Forbidden", phase, usize::MAX, Some("soon"));
        cases.push(nonsense.named(format!("nonsense {place}"), Expected::Fault(&["denied"])));
    }
    run_all(cases);
}

#[test]
fn heads_that_are_none_are_named() {
    let heads: [&[u8]; 12] = [
        b"hello\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
        b"HTTP/9.9 200 OK\r\nContent-Length: 1\r\n\r\nx",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nabc",
        b"HTTP/1.1 200 OK\r\nBad Header\r\n\r\nx",
        b"220 ftp.example.org ready\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    ];
    let mut cases = Vec::new();
    for head in heads {
        let name = String::from_utf8_lossy(head).into_owned();
        // Only the body behind this head is none.
        let kinds: &[&str] = match name.contains("chunked") {
            true => &["interrupted"],
            false => &["head"],
        };
        let always = Case::new(move |_: &Request| vec![Act::Send(head.to_vec()), Act::Close]);
        cases.push(always.named(format!("always {name}"), Expected::Fault(kinds)));
        let content = Content::new(1, SIZE);
        let expected = Expected::Complete(content.bytes.clone());
        let once = Case::new(move |request: &Request| match request.number {
            0 => vec![Act::Send(head.to_vec()), Act::Close],
            _ => content.answer(request).acts(),
        });
        cases.push(once.named(format!("once {name}"), expected));
    }
    let endless = Case::new(|_: &Request| {
        let line = format!("X: {}\r\n", "y".repeat(8000)).repeat(200);
        vec![
            Act::Send(b"HTTP/1.1 200 OK\r\n".to_vec()),
            Act::Send(line.into_bytes()),
            Act::Stall,
        ]
    });
    cases.push(endless.named("a head without an end", Expected::Fault(&["head"])));
    run_all(cases);
}

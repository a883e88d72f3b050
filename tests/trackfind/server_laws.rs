//! Whatever is asked: the sane mode never fails itself, and the faithful mode never breaks down.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::service::{body, encoded, faithful, sane, twin};
use fairtracks::trackfind::server::{HubOptions, Request, ServerAnswer, Service};
use proptest::prelude::*;

const SEARCH: &str = "/api/v1/search/Example/Example";
const STEPS: [&str; 14] = [
    "repositories",
    "hubs",
    "categories",
    "metamodel",
    "attributes",
    "values",
    "search",
    "count",
    "Example",
    "tracks",
    "nosuch",
    "%2F",
    "%zz",
    "",
];
const PIECES: [&str; 30] = [
    "true",
    "NULL",
    "tracks.content",
    "samples.content",
    "nosuch.content",
    "->'file_format'",
    "->>'local_id'",
    "->'a?'",
    " ? 'x'",
    " = '1'",
    "::int > 1",
    " AND ",
    " OR ",
    "NOT ",
    "(",
    ")",
    "'",
    "\"",
    " ORDER BY tracks.id",
    " OFFSET 2",
    " LIMIT 1",
    " -- ",
    "/*",
    "%",
    "é",
    "?|",
    "array['a']",
    "\u{0}",
    " ~ '('",
    " LIKE 'x\\'",
];
const NAMES: [&str; 9] = [
    "query",
    "categories",
    "limit",
    "flat",
    "path",
    "filter",
    "attributes",
    "valuesFilter",
    "x",
];
const VALUES: [&str; 12] = [
    "true",
    "tracks",
    "tracks,samples",
    "nosuch",
    "Tracks,tracks",
    "1",
    "-1",
    "99999999999999999999",
    "sample_type->cell_line",
    "tracks.content->'file_url'",
    "%",
    "",
];

fn path() -> impl Strategy<Value = String> {
    let routes = prop::sample::select(&STEPS[..8]);
    let known = routes.prop_map(|route| match route {
        "repositories" | "hubs" => format!("/api/v1/{route}"),
        "attributes" | "values" => format!("/api/v1/{route}/Example/Example/tracks"),
        _ => format!("/api/v1/{route}/Example/Example"),
    });
    let any = prop::collection::vec(prop::sample::select(&STEPS[..]), 0..6)
        .prop_map(|steps| format!("/{}", steps.join("/")));
    prop_oneof![4 => known, 1 => any, 1 => ".{0,30}"]
}

fn query() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(&PIECES[..]), 1..7);
    let text = prop_oneof![
        3 => pieces.prop_map(|pieces| pieces.concat()),
        2 => prop::sample::select(&VALUES[..]).prop_map(str::to_owned),
        1 => ".{0,20}",
    ];
    let pair = (prop::sample::select(&NAMES[..]), text)
        .prop_map(|(name, value)| format!("{name}={}", encoded(&value)));
    let pairs = prop::collection::vec(pair, 0..4).prop_map(|pairs| pairs.join("&"));
    prop_oneof![6 => pairs, 1 => ".{0,40}"]
}

fn accept() -> impl Strategy<Value = Option<&'static str>> {
    prop::sample::select(vec![
        None,
        Some("application/json"),
        Some("text/plain"),
        Some("text/html, */*;q=x"),
        Some(";,/"),
    ])
}

fn few(options: HubOptions) -> HubOptions {
    HubOptions {
        most_rows: 500,
        ..options
    }
}

/// Asks with patience for about a hundred thousand combinations.
fn asked(service: &Service, path: &str, query: &str, accept: Option<&str>) -> ServerAnswer {
    let looks = AtomicUsize::new(0);
    service.answer(&Request {
        method: "GET",
        path,
        query: Some(query),
        accept,
        goes_on: &|| looks.fetch_add(1, Ordering::Relaxed) < 100,
        reserve: &|_| true,
    })
}

proptest! {
    #[test]
    fn the_sane_mode_answers_or_says_what_is_wrong(path in path(), query in query(), accept in accept()) {
        static SERVICE: OnceLock<Service> = OnceLock::new();
        let service = SERVICE.get_or_init(|| twin(few(sane())));
        let answer = asked(service, &path, &query, accept);
        prop_assert!(answer.status < 500, "{answer:?}");
        if answer.status != 200 {
            let body = body(&answer);
            prop_assert_eq!(&body["status"], answer.status);
            prop_assert!(body["error"]["message"].is_string());
        } else if answer.content_type == Some("application/json") {
            let _ = body(&answer);
        }
    }

    #[test]
    fn the_faithful_mode_never_breaks_down(path in path(), query in query(), accept in accept()) {
        static SERVICE: OnceLock<Service> = OnceLock::new();
        let service = SERVICE.get_or_init(|| twin(few(faithful())));
        let answer = asked(service, &path, &query, accept);
        prop_assert!([200, 400, 404, 405, 406, 500, 501, 503].contains(&answer.status), "{answer:?}");
        if answer.status == 200 && answer.content_type == Some("application/json") {
            let _ = body(&answer);
        }
    }
}

#[test]
fn memory_is_asked_for_before_it_is_taken() {
    for options in [sane(), faithful()] {
        let service = twin(options);
        for (path, query, accept) in [
            (SEARCH, "query=true", None),
            (SEARCH, "query=true", Some("text/plain")),
            (SEARCH, "query=true&categories=tracks,samples", None),
            ("/metamodel/Example/Example", "", None),
            ("/values/Example/Example/tracks", "path=local_id", None),
        ] {
            let request = |reserve: &(dyn Fn(usize) -> bool + Sync)| {
                service.answer(&Request {
                    method: "GET",
                    path,
                    query: Some(query),
                    accept,
                    goes_on: &|| true,
                    reserve,
                })
            };
            let most = AtomicUsize::new(0);
            let given = request(&|bytes| {
                most.fetch_max(bytes, Ordering::Relaxed);
                true
            });
            let most = most.into_inner();
            assert_eq!(given.status, 200, "{path}");
            assert!(
                given.body.len() <= most,
                "{path}?{query} {accept:?}: {most}"
            );
            let refused = request(&|bytes| bytes < most);
            assert!(matches!(refused.status, 413 | 503), "{path}?{query}");
        }
    }
}

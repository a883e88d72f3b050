//! Large results come in pages, and long queries go in parts.

use crate::support::scripted_server;
use crate::support::trackfind;
use std::collections::BTreeSet;

use crate::support::scripted_server::{Request, Server};
use crate::support::trackfind::{answer, client, is_route, json_answer, parameter, server};
use fairtracks::trackfind::client::{FoundTracks, ServerError};

fn search(server: &Server, query: &str) -> Result<FoundTracks, ServerError> {
    client(server).search("Example", "Blood", query, &[], None)
}

fn searches(server: &Server) -> Vec<Request> {
    let seen = server.seen().into_iter();
    seen.filter(|request| is_route(request, "search")).collect()
}

#[test]
fn a_large_result_comes_in_pages_until_one_is_not_full() {
    for (tracks, pages) in [(99, 1), (999, 2), (1000, 2), (2500, 3)] {
        let server = server(tracks, |_| None);
        let found = search(&server, "true").unwrap();
        let ids: BTreeSet<String> = found
            .rows
            .iter()
            .map(|row| row["tracks"]["local_id"].to_string())
            .collect();
        assert_eq!((found.rows.len(), ids.len()), (tracks, tracks));
        let asked = searches(&server);
        assert_eq!(asked.len(), pages, "{tracks}");
        if pages == 3 {
            let last = parameter(&asked[2], "query").unwrap();
            assert!(
                last.starts_with("( true\n) ORDER BY tracks.id") && last.ends_with(" OFFSET 2000"),
                "{last}"
            );
        }
    }
}

#[test]
fn a_server_that_says_how_many_there_are_may_give_smaller_pages() {
    let server = server(0, |request| {
        is_route(request, "search").then(|| {
            let query = parameter(request, "query").unwrap();
            let offset: usize = query.split("OFFSET ").nth(1).map_or(0, |text| text.parse().unwrap());
            let rows: serde_json::Value = (offset..25.min(offset + 10)).map(trackfind::row).collect();
            let body = rows.to_string();
            let head = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Total-Count: 25\r\nContent-Length: {}\r\n\r\n", body.len());
            vec![scripted_server::Act::Send((head + &body).into_bytes())]
        })
    });
    assert_eq!(search(&server, "true").unwrap().rows.len(), 25);
}

/// The first row and the number of rows that are asked for.
fn window(request: &Request) -> (usize, usize) {
    let query = parameter(request, "query").unwrap();
    let offset = query.split("OFFSET ").nth(1);
    let limit = parameter(request, "limit").unwrap();
    (
        offset.map_or(0, |text| text.parse().unwrap()),
        limit.parse().unwrap(),
    )
}

#[test]
fn a_server_that_cuts_pages_without_a_word_loses_no_row() {
    // The last pages of 300 and of 0 rows, a cut by bytes that leaves any number of rows, and short pages.
    for (tracks, cuts, asked) in [
        (2300, [500, 500], 6),
        (1500, [500, 500], 4),
        (900, [347, 120], 7),
        (23, [5, 5], 6),
        (40, [16, 16], 4),
    ] {
        let server = server(0, move |request| {
            is_route(request, "search").then(|| {
                let (offset, limit) = window(request);
                let length = limit.min(if offset == 0 { cuts[0] } else { cuts[1] });
                json_answer(
                    &(offset..tracks.min(offset + length))
                        .map(trackfind::row)
                        .collect(),
                )
            })
        });
        let found = search(&server, "true").unwrap();
        assert_eq!(found.rows.len(), tracks, "{cuts:?}");
        assert_eq!(searches(&server).len(), asked, "{cuts:?}");
        let some = client(&server).search("Example", "Blood", "true", &[], Some(20));
        assert_eq!(some.unwrap().rows.len(), 20, "{cuts:?}");
    }
}

#[test]
fn a_small_result_is_one_question_unless_it_may_be_a_cut_page() {
    for (tracks, asked) in [(0, 1), (1, 1), (3, 1), (62, 1), (60, 2), (64, 2), (500, 2)] {
        let server = server(tracks, |_| None);
        assert_eq!(search(&server, "true").unwrap().rows.len(), tracks);
        assert_eq!(searches(&server).len(), asked, "{tracks} tracks");
    }
}

#[test]
fn a_server_that_cuts_and_knows_no_offset_is_not_believed() {
    for tracks in [5, 500] {
        let server = server(0, move |request| {
            is_route(request, "search")
                .then(|| json_answer(&(0..tracks).map(trackfind::row).collect()))
        });
        let message = search(&server, "true").unwrap_err().to_string();
        assert!(message.contains("it repeats the same rows"), "{message}");
    }
}

#[test]
fn rows_that_are_too_wide_for_a_page_come_in_smaller_ones() {
    // Each row repeats a document of 200 kB, so that 400 of them are more than an answer may have.
    let wide = "x".repeat(200_000);
    let server = server(0, move |request| {
        is_route(request, "search").then(|| {
            let (offset, limit) = window(request);
            let rows: Vec<String> = (offset..400.min(offset + limit))
                .map(|number| format!("{{\"tracks\":{{\"n\":{number}}},\"doc_info\":{{\"x\":\"{wide}\"}},\"collection_info\":{{}}}}"))
                .collect();
            answer("200 OK", "application/json", &format!("[{}]", rows.join(",")))
        })
    });
    let mut numbers = BTreeSet::new();
    let chosen = ["tracks".to_owned()];
    client(&server)
        .search_each("Example", "Blood", "true", &chosen, None, &mut |row| {
            numbers.insert(row["tracks"]["n"].to_string());
        })
        .unwrap();
    assert_eq!(numbers.len(), 400);
    let asked: Vec<usize> = searches(&server).iter().map(|one| window(one).1).collect();
    assert_eq!(asked[..2], [1000, 100]);
    assert!(asked[2..].iter().all(|limit| *limit == 100), "{asked:?}");
}

#[test]
fn a_server_that_gives_one_row_at_a_time_is_asked_for_one() {
    let server = server(0, |request| {
        is_route(request, "search").then(|| {
            let (offset, limit) = window(request);
            match limit {
                1 => json_answer(&(offset..3.min(offset + 1)).map(trackfind::row).collect()),
                _ => trackfind::silent("413 Content Too Large"),
            }
        })
    });
    let ask = |limit| client(&server).search("Example", "Blood", "true", &[], limit);
    assert_eq!(ask(None).unwrap().rows.len(), 3);
    assert_eq!(ask(Some(2)).unwrap().rows.len(), 2);
}

#[test]
fn no_more_rows_are_taken_than_the_limit() {
    // Rows as small as can be, as there are many of them.
    let server = server(0, |request| {
        is_route(request, "search").then(|| {
            let query = parameter(request, "query").unwrap();
            let offset: usize = query
                .split("OFFSET ")
                .nth(1)
                .map_or(0, |text| text.parse().unwrap());
            let limit: usize = parameter(request, "limit").unwrap().parse().unwrap();
            let rows: Vec<String> = (offset..offset + limit)
                .map(|number| format!("{{\"tracks\":{{\"n\":{number}}},\"doc_info\":{{}},\"collection_info\":{{}}}}"))
                .collect();
            answer("200 OK", "application/json", &format!("[{}]", rows.join(",")))
        })
    });
    let chosen = ["tracks".to_owned()];
    let ask = |limit| client(&server).search("Example", "Blood", "true", &chosen, limit);
    assert_eq!(ask(Some(1500)).unwrap().rows.len(), 1500);
    let error = ask(None).unwrap_err();
    assert!(
        matches!(error, ServerError::TooManyRows { most: 50_000, .. }),
        "{error}"
    );
    assert!(error.to_string().contains("add a condition"), "{error}");
}

#[test]
fn a_server_that_knows_no_offset_does_not_keep_a_job_for_ever() {
    let server = server(0, |request| {
        is_route(request, "search").then(|| json_answer(&(0..1000).map(trackfind::row).collect()))
    });
    let error = search(&server, "true").unwrap_err();
    assert!(
        error.to_string().contains("it repeats the same rows"),
        "{error}"
    );
}

#[test]
fn a_list_that_is_too_long_for_a_request_is_asked_in_parts() {
    // The server finds the tracks whose names stand in what it is asked, and one that all parts find.
    let server = server(0, |request| {
        assert!(
            request.target.len() + 512 < 8192,
            "{} bytes",
            request.target.len()
        );
        is_route(request, "search").then(|| {
            let query = parameter(request, "query").unwrap();
            let numbers =
                (0..600).filter(|n| *n == 7 || query.contains(&format!("'cell type {n}'")));
            let (offset, limit) = window(request);
            let numbers = numbers.skip(offset).take(limit);
            json_answer(&numbers.map(trackfind::row).collect())
        })
    });
    let values: Vec<String> = (0..600).map(|n| format!("'cell type {n}'")).collect();
    for query in [
        format!("samples.content->'a' ?| array[{}]", values.join(", ")),
        format!(
            "tracks.content->>'b' = 'x' AND samples.content->>'a' IN ({})",
            values.join(",")
        ),
        format!("samples.content->>'a' = ANY(array[{}])", values.join(",")),
        values
            .iter()
            .map(|value| format!("samples.content->'a' ? {value}"))
            .collect::<Vec<_>>()
            .join(" OR "),
    ] {
        let found = search(&server, &query).unwrap();
        let ids: BTreeSet<String> = found
            .rows
            .iter()
            .map(|row| row["tracks"]["local_id"].to_string())
            .collect();
        assert_eq!(
            (found.rows.len(), ids.len()),
            (600, 600),
            "{}",
            &query[..60]
        );
        assert!(
            found.sent.len() > 1 && found.notes[0].contains("split into"),
            "{:?}",
            found.notes
        );
    }
}

#[test]
fn parts_that_find_the_same_rows_are_no_server_that_repeats_itself() {
    let server = server(2500, |_| None);
    let values: Vec<String> = (0..600).map(|n| format!("'cell type {n}'")).collect();
    let query = format!("samples.content->'a' ?| array[{}]", values.join(", "));
    let found = search(&server, &query).unwrap();
    assert!(found.sent.len() > 1);
    assert_eq!(found.rows.len(), 2500);
}

#[test]
fn what_cannot_be_asked_in_parts_is_refused_with_its_length() {
    let server = server(1, |_| None);
    let values: Vec<String> = (0..600).map(|n| format!("'cell type {n}'")).collect();
    for query in [
        format!("NOT samples.content->'a' ?| array[{}]", values.join(",")),
        format!("samples.content->'a' ?& array[{}]", values.join(",")),
        format!("tracks.content->>'label_long' = '{}'", "x".repeat(9000)),
        format!("tracks.content->>'label_long' = '{}'", "x".repeat(90_000)),
    ] {
        let message = search(&server, &query).unwrap_err().to_string();
        assert!(
            message.contains(&format!("the query has {} characters", query.len())),
            "{message}"
        );
        assert!(message.contains("remove values or conditions"), "{message}");
    }
    assert!(searches(&server).is_empty());
}

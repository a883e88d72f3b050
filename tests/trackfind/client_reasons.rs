//! A TrackFind server keeps to itself why it refuses a query; its database's words are found elsewhere and shown in the query.

use crate::support::scripted_server::{Act, Request, Server};
use crate::support::trackfind::{answer, client, is_route, parameter, server, silent};
use fairtracks::trackfind::client::ServerError;

/// What a server writes before each query.
const BEFORE: &str = "SELECT DISTINCT tracks.content \"é\" FROM tf_current_objects tracks WHERE tracks.object_type_id = 11 AND ";

/// The answer of `/values` to a query in which `wrong` is not known: PostgreSQL counts characters from 1.
fn refused(query: &str, wrong: &str, message: &str) -> Option<Vec<Act>> {
    let place = query.find(wrong)?;
    let position = BEFORE.chars().count() + query[..place].chars().count() + 1;
    // The text of an error is labelled as JSON where JSON was asked for.
    let body = format!("ERROR: {message}\n  Hint: Look at it.\n  Position: {position}");
    Some(answer(
        "500 Internal Server Error",
        "application/json",
        &body,
    ))
}

/// A server that does not know the word `wrong` in a query.
fn reluctant(wrong: &'static str) -> Server {
    server(1, move |request| {
        let query = parameter(request, "query").unwrap_or_default();
        if is_route(request, "search") && query.contains(wrong) {
            return Some(silent("400 Bad Request"));
        }
        if is_route(request, "values") && !query.is_empty() {
            return refused(&query, wrong, &format!("column \"{wrong}\" does not exist")).or_else(
                || {
                    refused(
                        &query,
                        "fairtracks_probe",
                        "column \"fairtracks_probe\" does not exist",
                    )
                },
            );
        }
        None
    })
}

fn message(server: &Server, query: &str) -> String {
    client(server)
        .search("Example", "Blood", query, &[], None)
        .unwrap_err()
        .to_string()
}

#[test]
fn the_words_of_the_database_are_shown_at_their_place_in_the_query() {
    let server = reluctant("nope");
    let query = "tracks.content->>'label' LIKE 'what? é%' -- why?\nAND (nope ? 'x' OR $$?$$ = 'y')";
    let message = message(&server, query);
    assert!(
        message.starts_with(
            "query (line 2, column 6): column \"nope\" does not exist\n  AND (nope ? 'x' OR $$?$$ = 'y')\n       ^^^^\nhint: Look at it."
        ),
        "{message}"
    );
    assert!(
        message.contains("message of the database of 127.0.0.1:"),
        "{message}"
    );
    let asked: Vec<Request> = server
        .seen()
        .into_iter()
        .filter(|request| is_route(request, "values"))
        .collect();
    assert_eq!(parameter(&asked[0], "path").unwrap(), "local_id");
    assert_eq!(
        parameter(&asked[1], "query").unwrap(),
        "( fairtracks_probe\n)"
    );
    assert_eq!(asked.len(), 2);
}

#[test]
fn a_place_in_a_literal_that_was_respelled_is_the_literal() {
    let server = reluctant("what\\003F");
    let message = message(&server, "tracks.content->'a' = 'what?'");
    assert!(
        message.contains("column 23)") && message.contains("\n                        ^^^^^^^\n"),
        "{message}"
    );
}

#[test]
fn a_place_in_a_part_of_a_long_query_is_found_in_the_whole() {
    let server = reluctant("nope");
    let values: Vec<String> = (0..600).map(|n| format!("'cell type {n}'")).collect();
    let query = format!(
        "samples.content->'a' ?| array[{}]\nAND nope ? 'b'",
        values.join(",")
    );
    let message = message(&server, &query);
    assert!(
        message.starts_with("query (line 2, column 5): column \"nope\""),
        "{message}"
    );
}

#[test]
fn an_end_that_comes_too_early_is_shown_at_the_end() {
    let server = server(1, |request| {
        if is_route(request, "search") {
            return Some(silent("400 Bad Request"));
        }
        let query = parameter(request, "query")?;
        let wrong = if query.contains("probe") {
            "fairtracks_probe"
        } else {
            ")"
        };
        refused(
            &query,
            wrong,
            &format!("syntax error at or near \"{wrong}\""),
        )
    });
    let message = message(&server, "tracks.content->'a' =");
    assert!(
        message.contains("(line 1, column 22): syntax error at or near \")\""),
        "{message}"
    );
}

#[test]
fn without_a_place_the_words_are_shown_all_the_same() {
    let server = server(1, |request| {
        match (is_route(request, "search"), parameter(request, "query")) {
            (true, _) => Some(silent("400 Bad Request")),
            (false, Some(_)) => Some(answer(
                "500 Internal Server Error",
                "text/plain;charset=UTF-8",
                "ERROR: invalid input syntax for integer: \"42.0\"",
            )),
            _ => None,
        }
    });
    let message = message(&server, "(tracks.content->>'n')::int = 42");
    assert!(
        message.contains("invalid input syntax for integer: \"42.0\""),
        "{message}"
    );
}

#[test]
fn a_server_that_says_nothing_anywhere_is_told_with_what_to_do() {
    for values in ["500 Internal Server Error", "200 OK"] {
        let server = server(1, move |request| {
            match (is_route(request, "search"), parameter(request, "query")) {
                (true, _) => Some(silent("400 Bad Request")),
                (false, Some(_)) => Some(answer(
                    values,
                    "application/json",
                    if values == "200 OK" { "[]" } else { "" },
                )),
                _ => None,
            }
        });
        let message = message(&server, "tracks.content->'a' ? 'b'");
        assert!(
            message.contains("the server rejects this query without a reason"),
            "{message}"
        );
        assert!(
            message.contains("hint: try the first condition alone"),
            "{message}"
        );
    }
}

#[test]
fn values_say_at_once_what_is_wrong_with_their_query() {
    let server = reluctant("nope");
    let error = client(&server)
        .values("Example", "Blood", "samples", "local_id", "", "nope = 'a'")
        .unwrap_err();
    assert!(matches!(error, ServerError::Refused { .. }), "{error}");
    assert!(
        error
            .to_string()
            .contains("(line 1, column 1): column \"nope\" does not exist"),
        "{error}"
    );
}

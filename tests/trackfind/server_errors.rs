//! What is answered when something is wrong: the table of TrackFind's errors, a row a test, in both modes.

use crate::support::corpus::TWIN;
use crate::support::service::{
    ask, body, changed, empty, faithful, hub, ids, json, listed, raw, sane, search, text, twin,
};
use fairtracks::trackfind::server::{HubOptions, Request, ServerAnswer, Service};
use serde_json::Value as Json;

const VALUES: &str = "/api/v1/values/Example/Example/tracks";

fn get(service: &Service, path: &str) -> ServerAnswer {
    ask(service, path, &[], None)
}

/// The status, the reason and what to do, of an error in the sane mode.
fn message(answer: &ServerAnswer) -> (u16, String, String) {
    assert_eq!(answer.content_type, Some("application/json"));
    let body = body(answer);
    assert_eq!(body["status"], answer.status);
    assert!(!body["error"]["message"].as_str().unwrap().is_empty());
    let text = |key: &str| body["error"][key].as_str().unwrap_or_default().to_owned();
    (answer.status, text("reason"), text("hint"))
}

#[test]
fn a_query_that_fails_in_the_database_is_refused_without_a_reason() {
    let service = twin(faithful());
    for query in [
        "tracks.content->'a' ? ",
        "track.content ? 'a'",
        "tracks.nosuch ? 'a'",
        "(tracks.content->>'local_id')::int > 1",
        "true; DROP TABLE tf_objects",
        "",
    ] {
        assert_eq!(
            empty(&search(&service, &[("query", query)])),
            400,
            "{query}"
        );
    }
    let negative = [("query", "true"), ("limit", "-1")];
    assert_eq!(empty(&search(&service, &negative)), 400);
}

#[test]
fn a_query_that_is_wrong_is_refused_with_the_place_and_what_to_do() {
    let service = twin(sane());
    let answer = search(
        &service,
        &[("query", "true AND\n'é' = 'é' AND track.content ? 'x'")],
    );
    let (status, reason, hint) = message(&answer);
    assert_eq!((status, reason.as_str()), (400, "name"));
    assert_eq!(hint, "did you mean tracks.content?");
    let place: Json =
        serde_json::from_str(r#"{"start":23,"end":36,"line":2,"column":15}"#).unwrap();
    assert_eq!(body(&answer)["error"]["place"], place);
    let negative = search(&service, &[("query", "true"), ("limit", "-1")]);
    assert_eq!(message(&negative).1, "limit");
}

#[test]
fn parameters_that_are_missing_or_unreadable_are_refused() {
    let (trackfind, ours) = (twin(faithful()), twin(sane()));
    for (path, query) in [
        ("/api/v1/search/Example/Example", ""),
        ("/api/v1/search/Example/Example", "query=true&limit=abc"),
        (VALUES, ""),
        ("/api/v1/metamodel/Example/Example", "flat=maybe"),
    ] {
        assert_eq!(
            empty(&raw(&trackfind, path, Some(query), None)),
            400,
            "{path}"
        );
        let answer = message(&raw(&ours, path, Some(query), None));
        assert_eq!((answer.0, answer.1.as_str()), (400, "parameter"));
    }
}

#[test]
fn nothing_found_is_no_error() {
    let nothing = [("query", "false")];
    for (options, list) in [(faithful(), "[ ]"), (sane(), "[]")] {
        let service = twin(options);
        assert_eq!(text(&search(&service, &nothing)), list);
        let path = "/api/v1/search/Example/Example";
        let suite = ask(&service, path, &nothing, Some("text/plain"));
        assert_eq!((suite.status, text(&suite).lines().count()), (200, 4));
    }
}

#[test]
fn an_unknown_hub_is_an_error_of_the_server_without_a_word() {
    let (trackfind, ours) = (twin(faithful()), twin(sane()));
    for hub in ["Example/Exampel", "Nosuch/Example"] {
        for path in [
            format!("search/{hub}?query=true"),
            format!("metamodel/{hub}"),
            format!("categories/{hub}"),
            format!("attributes/{hub}/tracks"),
            format!("values/{hub}/tracks?path=local_id"),
        ] {
            let (path, query) = path.split_once('?').unwrap_or((&path, ""));
            let path = format!("/api/v1/{path}");
            assert_eq!(empty(&raw(&trackfind, &path, Some(query), None)), 500);
            let (status, reason, hint) = message(&raw(&ours, &path, Some(query), None));
            assert_eq!((status, reason.as_str()), (404, "hub"));
            assert!(hint.contains("Example/Example"), "{hint}");
        }
    }
}

#[test]
fn an_unknown_repository_is_one_too() {
    assert_eq!(empty(&get(&twin(faithful()), "/api/v1/hubs/Exampel")), 500);
    let (status, _, hint) = message(&get(&twin(sane()), "/api/v1/hubs/Exampel"));
    assert_eq!((status, hint.as_str()), (404, "did you mean Example?"));
}

#[test]
fn attributes_of_an_unknown_category_are_an_error() {
    let path = "/api/v1/attributes/Example/Example/track";
    assert_eq!(empty(&get(&twin(faithful()), path)), 500);
    let (status, reason, hint) = message(&get(&twin(sane()), path));
    assert_eq!((status, reason.as_str()), (404, "category"));
    assert_eq!(hint, "did you mean tracks?");
}

#[test]
fn attributes_below_a_leaf_or_an_unknown_path_are_none() {
    for options in [faithful(), sane()] {
        let service = twin(options);
        for path in ["local_id", "nosuch", "file_format->term_id"] {
            let answer = ask(
                &service,
                "/api/v1/attributes/Example/Example/tracks",
                &[("path", path)],
                None,
            );
            assert!(listed(&answer).is_empty(), "{path}");
        }
    }
}

#[test]
fn values_where_there_are_none_at_all_are_an_error_of_the_server() {
    let service = changed(faithful(), |document| {
        document["samples"] = Json::Array(Vec::new());
    });
    let asked = |path: &str, filter: &str| {
        ask(
            &service,
            path,
            &[("path", "local_id"), ("filter", filter)],
            None,
        )
    };
    assert_eq!(
        empty(&asked("/api/v1/values/Example/Example/nosuch", "")),
        500
    );
    assert_eq!(
        empty(&asked("/api/v1/values/Example/Example/samples", "")),
        500
    );
    assert_eq!(empty(&asked(VALUES, "nowhere in the category")), 500);
    // The filter finds something in the category, but not in this attribute.
    assert!(listed(&asked(VALUES, "bigWig")).is_empty());
    let ours = twin(sane());
    let answer = ask(
        &ours,
        VALUES,
        &[("path", "local_id"), ("filter", "nowhere")],
        None,
    );
    assert!(listed(&answer).is_empty());
    let answer = ask(
        &ours,
        "/api/v1/values/Example/Example/trakcs",
        &[("path", "x")],
        None,
    );
    assert_eq!(message(&answer).2, "did you mean tracks?");
}

#[test]
fn values_of_an_unknown_path_are_none() {
    for options in [faithful(), sane()] {
        let service = twin(options);
        for path in ["nosuch", "file_format", "Local_id", ""] {
            let answer = ask(&service, VALUES, &[("path", path)], None);
            assert!(listed(&answer).is_empty(), "{path}");
        }
    }
}

#[test]
fn values_of_a_wrong_query_tell_what_the_database_says_and_where() {
    let service = twin(faithful());
    let said = |query: &str, accept: &str| {
        let parameters = [("path", "local_id"), ("query", query)];
        let answer = ask(&service, VALUES, &parameters, Some(accept));
        assert_eq!(answer.status, 500);
        // The text is labelled as what was asked for, even if it is no JSON.
        let label = if accept == "*/*" {
            "text/plain;charset=UTF-8"
        } else {
            accept
        };
        assert_eq!(answer.content_type, Some(label));
        let (message, position) = text(&answer).split_once("\n  Position: ").unwrap();
        (message.to_owned(), position.parse::<usize>().unwrap())
    };
    let (message, start) = said(")", "application/json");
    assert_eq!(message, "ERROR: syntax error at or near \")\"");
    for (query, message, place) in [
        ("'é' = 'é' AND x", "column \"x\" does not exist", 14),
        (
            "samples.content ? 'a' AND nosuch.content ? 'b'",
            "missing FROM-clause entry for table \"nosuch\"",
            26,
        ),
        (
            "true AND 'open",
            "unterminated quoted string at or near \"'open\"",
            9,
        ),
        ("true AND", "syntax error at end of input", 8),
        ("'a?' = 'b' AND x", "column \"x\" does not exist", 16),
    ] {
        let expected = (format!("ERROR: {message}"), start + place);
        assert_eq!(said(query, "*/*"), expected, "{query}");
    }
}

#[test]
fn an_unknown_category_holds_every_object_of_every_hub() {
    let hubs = || vec![hub("Example", json(TWIN)), hub("Other", json(TWIN))];
    let service = Service::new(hubs(), faithful()).unwrap();
    let parameters = [("query", "true"), ("categories", "nosuch")];
    let objects = 2 * (4 + 1 + 1 + 1 + 1 + 1);
    let answer = search(&service, &parameters);
    assert_eq!(ids(&answer, "nosuch").len(), objects);
    let capital = [
        ("query", "tracks.content ? 'file_url'"),
        ("categories", "Tracks"),
    ];
    assert_eq!(ids(&search(&service, &capital), "Tracks").len(), 2 * 4);
    let twice = [("query", "true"), ("categories", "Tracks,tracks")];
    assert_eq!(empty(&search(&service, &twice)), 400);
    let no_name = [("query", "true"), ("categories", "select")];
    assert_eq!(empty(&search(&service, &no_name)), 400);
    let ours = Service::new(hubs(), sane()).unwrap();
    let (status, reason, hint) = message(&search(&ours, &capital));
    assert_eq!((status, reason.as_str()), (400, "category"));
    assert_eq!(hint, "did you mean tracks?");
}

#[test]
fn a_converter_that_fails_is_an_error_of_the_server() {
    let accent = |document: &mut Json| document["samples"][0]["species_name"] = "é".into();
    let path = "/api/v1/search/Example/Example";
    let parameters = [("query", "true")];
    let service = changed(faithful(), accent);
    let answer = ask(&service, path, &parameters, Some("text/plain"));
    assert_eq!(answer.status, 500);
    assert!(text(&answer).starts_with("500 INTERNAL SERVER ERROR: [<!DOCTYPE HTML"));
    let service = changed(sane(), accent);
    let answer = ask(&service, path, &parameters, Some("text/plain"));
    assert!(text(&answer).contains("%C3%A9"));
}

#[test]
fn other_methods_are_refused_with_those_that_there_are() {
    for (options, allowed) in [(faithful(), "GET"), (sane(), "GET, HEAD, OPTIONS")] {
        let service = twin(options);
        let by = |method| {
            service.answer(&Request {
                method,
                path: "/api/v1/repositories",
                query: None,
                accept: None,
                goes_on: &|| true,
                reserve: &|_| true,
            })
        };
        assert_eq!(by("HEAD"), by("GET"));
        let answer = by("POST");
        assert_eq!(answer.status, 405);
        assert_eq!(answer.headers, [("Allow", allowed.to_owned())]);
    }
}

#[test]
fn an_answer_of_a_kind_that_there_is_not_is_refused() {
    for path in ["/api/v1/search/Example/Example", "/api/v1/repositories"] {
        let parameters = [("query", "true")];
        let answer = ask(&twin(faithful()), path, &parameters, Some("text/html"));
        assert_eq!(empty(&answer), 406);
        let answer = ask(&twin(sane()), path, &parameters, Some("application/xml"));
        assert_eq!(message(&answer).1, "accept");
    }
}

#[test]
fn what_should_be_encoded_never_reaches_trackfind() {
    let service = twin(faithful());
    let path = "/api/v1/search/Example/Example";
    for sign in ['<', '>', '|', '[', ']', '{', '}', '"', '^', '`', '\\'] {
        let answer = raw(&service, path, Some(&format!("query=true{sign}")), None);
        assert_eq!(answer.status, 400);
        assert_eq!(answer.content_type, Some("text/html;charset=utf-8"));
        assert!(text(&answer).contains("HTTP Status 400"));
    }
    for path in [
        "/api/v1/hubs/a%2Fb",
        "/api/v1//hubs/x",
        "/api/v1/hubs/a;b",
        "/api/v1/hubs/%25",
    ] {
        assert_eq!(get(&service, path).status, 400, "{path}");
    }
    // Raw signs that are no harm, and a plus for a blank.
    let answer = raw(
        &service,
        path,
        Some("query=tracks.content+?+'local_id'"),
        None,
    );
    assert_eq!(ids(&answer, "tracks").len(), 4);
    // An ampersand ends the query; what is left of it is wrong.
    let cut = "query=tracks.content->'raw_file_ids'+?&+array['a']".replace('>', "%3E");
    assert_eq!(
        raw(&service, path, Some(&cut.replace(['[', ']'], "")), None).status,
        400
    );
    let ours = raw(
        &twin(sane()),
        path,
        Some("query=tracks.content->'nosuch' IS NULL"),
        None,
    );
    assert_eq!(ids(&ours, "tracks").len(), 4);
}

#[test]
fn a_parameter_that_is_encoded_wrongly_is_dropped() {
    let path = "/api/v1/search/Example/Example";
    let query = Some("query=tracks.content->>'local_id'+LIKE+'%foo%'");
    let encoded = query.map(|query| query.replace('>', "%3E"));
    assert_eq!(
        empty(&raw(&twin(faithful()), path, encoded.as_deref(), None)),
        400
    );
    let (status, reason, hint) = message(&raw(&twin(sane()), path, query, None));
    assert_eq!((status, reason.as_str()), (400, "address"));
    assert!(hint.contains("%25"));
}

#[test]
fn a_query_that_is_too_long_is_refused() {
    let short = |options| HubOptions {
        longest_query: 10,
        ..options
    };
    let parameters = [("query", "true AND true")];
    assert_eq!(empty(&search(&twin(short(faithful())), &parameters)), 400);
    assert_eq!(
        message(&search(&twin(short(sane())), &parameters)).1,
        "limit"
    );
}

#[test]
fn two_hubs_of_one_name_are_refused() {
    let hubs = vec![hub("Example", json(TWIN)), hub("Example", json(TWIN))];
    let error = Service::new(hubs, sane()).unwrap_err().to_string();
    assert!(
        error.contains("found the hub Example/Example twice"),
        "{error}"
    );
}

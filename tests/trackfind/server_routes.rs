//! What each route answers in its own mode and in TrackFind's.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::corpus::TWIN;
use crate::support::searching::BLOOD;
use crate::support::service::{
    ask, body, changed, faithful, hub, ids, json, listed, raw, sane, search, text, twin,
};
use fairtracks::trackfind::server::{HubOptions, Request, Service};
use serde_json::json;

const PATH: &str = "/api/v1/search/Example/Example";

fn list(service: &Service, path: &str, parameters: &[(&str, &str)]) -> Vec<String> {
    listed(&ask(service, path, parameters, None))
}

#[test]
fn repositories_and_hubs_are_listed() {
    let hubs = || vec![hub("H1 (1)", json(TWIN)), hub("Blood", json(BLOOD))];
    for options in [sane(), faithful()] {
        let service = Service::new(hubs(), options).unwrap();
        assert_eq!(list(&service, "/api/v1/repositories", &[]), ["Example"]);
        let mut names = list(&service, "/api/v1/hubs/Example/", &[]);
        names.sort();
        assert_eq!(names, ["Blood", "H1 (1)"]);
        let path = "/api/v1/search/Example/H1%20(1)";
        assert_eq!(
            ids(&ask(&service, path, &[("query", "true")], None), "tracks").len(),
            4
        );
    }
    let service = Service::new(hubs(), sane()).unwrap();
    let all = ask(&service, "/api/v1/hubs", &[], None);
    let expected = json!([
        {"repository": "Example", "hub": "H1 (1)", "tracks": 4},
        {"repository": "Example", "hub": "Blood", "tracks": 62},
    ]);
    assert_eq!(body(&all), expected);
    let service = Service::new(hubs(), faithful()).unwrap();
    assert_eq!(ask(&service, "/api/v1/hubs", &[], None).status, 404);
}

#[test]
fn categories_have_a_copy_of_the_samples_if_wanted() {
    let path = "/api/v1/categories/Example/Example";
    let categories = [
        "tracks",
        "experiments",
        "samples",
        "studies",
        "collection_info",
        "doc_info",
    ];
    assert_eq!(list(&twin(sane()), path, &[]), categories);
    let service = twin(HubOptions {
        copy_samples: true,
        ..sane()
    });
    assert_eq!(list(&service, path, &[]).len(), 7);
    let query = [("query", "non_standard_samples.content ? 'species_id'")];
    assert_eq!(
        ids(&search(&service, &query), "non_standard_samples").len(),
        4
    );
}

#[test]
fn attributes_are_the_next_steps_of_a_path() {
    for options in [sane(), faithful()] {
        let service = twin(options);
        let below = |path: &str| {
            let path = [("path", path)];
            let mut found = list(
                &service,
                "/api/v1/attributes/Example/Example/samples",
                &path,
            );
            found.sort();
            found
        };
        assert_eq!(
            below("sample_type"),
            ["cell_line", "organism_part", "summary"]
        );
        assert_eq!(below("sample_type->cell_line"), ["term_id", "term_label"]);
        assert_eq!(below("").len(), 7);
    }
}

#[test]
fn an_underscore_stands_for_any_sign_in_a_path_of_trackfinds() {
    let path = [("path", "sample_typ_")];
    let attributes = "/api/v1/attributes/Example/Example/samples";
    // What it stands for is not cut off, so that the first step comes again.
    assert_eq!(list(&twin(faithful()), attributes, &path), ["sample_type"]);
    assert!(list(&twin(sane()), attributes, &path).is_empty());
    let capital = |document: &mut serde_json::Value| {
        document["samples"][0]["Donor"] = json!({"sex": "F"});
    };
    let path = [("path", "Donor")];
    assert_eq!(
        list(&changed(faithful(), capital), attributes, &path),
        ["Donor"]
    );
    assert_eq!(list(&changed(sane(), capital), attributes, &path), ["sex"]);
}

#[test]
fn values_can_be_narrowed_by_a_filter_and_by_a_search() {
    for options in [sane(), faithful()] {
        let is_faithful = options.faithful;
        let service = twin(options);
        let of = |more: &[(&str, &str)]| {
            let parameters = [&[("path", "file_format->term_label")], more].concat();
            let mut found = list(
                &service,
                "/api/v1/values/Example/Example/tracks",
                &parameters,
            );
            found.sort();
            found
        };
        let all = ["ENCODE narrow peak format", "bigBed", "bigWig"];
        assert_eq!(of(&[]), all);
        assert_eq!(of(&[("filter", "BIG")]), all[1..]);
        let segments = "tracks.content->'geometric_track_type' ? 'Segments'";
        assert_eq!(of(&[("query", segments)]), all[..2]);
        assert_eq!(of(&[("query", segments), ("filter", "big")]), ["bigBed"]);
        // A search that finds nothing narrows nothing in TrackFind.
        let nothing = of(&[("query", "false")]);
        assert_eq!(nothing.len(), if is_faithful { 3 } else { 0 });
    }
}

#[test]
fn the_assembly_has_its_old_name_too_if_wanted() {
    for options in [sane(), faithful()] {
        let service = twin(HubOptions {
            epico_alias: true,
            ..options
        });
        let values = "/api/v1/values/Example/Example/tracks";
        let path = ("path", "genome_assembly");
        assert_eq!(list(&service, values, &[path]), ["hg38"]);
        assert_eq!(list(&service, values, &[path, ("query", "true")]), ["hg38"]);
        let attributes = list(&service, "/api/v1/attributes/Example/Example/tracks", &[]);
        assert!(attributes.contains(&"genome_assembly".to_owned()));
        let metamodel = ask(&service, "/api/v1/metamodel/Example/Example", &[], None);
        assert_eq!(
            body(&metamodel)["tracks"]["genome_assembly"],
            json!(["hg38"])
        );
    }
    let answer = ask(
        &twin(sane()),
        "/api/v1/metamodel/Example/Example",
        &[],
        None,
    );
    assert!(body(&answer)["tracks"].get("genome_assembly").is_none());
}

#[test]
fn an_attribute_that_is_both_a_value_and_a_branch_breaks_trackfinds_tree_only() {
    let change = |document: &mut serde_json::Value| {
        document["tracks"][0]["file_format"] = "BED".into();
    };
    let path = "/api/v1/metamodel/Example/Example";
    let flat = [("flat", "true")];
    let service = changed(faithful(), change);
    assert_eq!(ask(&service, path, &[], None).status, 500);
    let both = body(&ask(&service, path, &flat, None));
    assert_eq!(both["tracks"]["file_format"], json!(["BED"]));
    let tree = body(&ask(&changed(sane(), change), path, &[], None));
    assert_eq!(tree["tracks"]["file_format"][""], json!(["BED"]));
    assert!(tree["tracks"]["file_format"]["term_label"].is_array());
}

#[test]
fn a_limit_counts_rows_and_the_total_is_told() {
    for options in [sane(), faithful()] {
        let is_faithful = options.faithful;
        let service = twin(options);
        let answer = search(&service, &[("query", "true"), ("limit", "3")]);
        assert_eq!(ids(&answer, "tracks").len(), 3);
        assert_eq!(answer.headers.is_empty(), is_faithful);
        let all = search(&service, &[("query", "true"), ("limit", "0")]);
        assert_eq!(ids(&all, "tracks").len(), 4);
    }
    let count = ask(
        &twin(sane()),
        "/api/v1/count/Example/Example",
        &[("query", "true")],
        None,
    );
    assert_eq!(body(&count), json!({"rows": 4}));
}

#[test]
fn values_that_cannot_be_used_as_asked_are_counted() {
    let query =
        "tracks.content->>'local_id' IS NULL OR (tracks.content->>'assembly_name')::int > 1";
    let answer = search(&twin(sane()), &[("query", query)]);
    assert_eq!(answer.status, 200);
    let unusable = ("X-Unusable-Values", "4".to_owned());
    assert!(answer.headers.contains(&unusable), "{:?}", answer.headers);
}

#[test]
fn pages_follow_each_other() {
    for options in [sane(), faithful()] {
        let service = twin(options);
        let page = |offset: usize| {
            let query = format!("(true\n) ORDER BY tracks.id, samples.id OFFSET {offset}");
            ids(
                &search(&service, &[("query", &query), ("limit", "3")]),
                "tracks",
            )
        };
        let both = [page(0), page(3)].concat();
        assert_eq!(
            both,
            ["ENCFF625ZYB", "ENCFF718EPO", "ENCFF717PIO", "ENCFF955LOC"]
                .map(|id| format!("encode:{id}"))
        );
        assert!(page(4).is_empty());
    }
    let ours = search(&twin(sane()), &[("query", "true ORDER BY nosuch.id")]);
    assert_eq!(body(&ours)["error"]["place"]["start"], 14);
    let trackfind = twin(faithful());
    let hidden = [("query", "true -- all of them"), ("limit", "1")];
    assert_eq!(ids(&search(&trackfind, &hidden), "tracks").len(), 4);
    let twice = [("query", "true LIMIT 2"), ("limit", "1")];
    assert_eq!(search(&trackfind, &twice).status, 400);
}

#[test]
fn categories_without_a_link_are_combined_each_with_each() {
    for options in [sane(), faithful()] {
        let service = changed(options, |document| {
            let other = json!({"local_id": "other", "global_id": "biosample:X"});
            document["samples"].as_array_mut().unwrap().push(other);
        });
        let rows = |categories: &str| {
            let parameters = [("query", "true"), ("categories", categories)];
            ids(&search(&service, &parameters), "tracks").len()
        };
        assert_eq!(rows("tracks,samples"), 8);
        assert_eq!(rows("tracks,samples,experiments"), 4);
    }
}

#[test]
fn a_question_mark_in_a_value_never_matches_on_a_trackfind_server() {
    let change = |document: &mut serde_json::Value| {
        document["tracks"][0]["file_url"] = "https://tracks.example.org/get?file=a.bed".into();
    };
    let query = |literal: &str| format!("tracks.content->>'file_url' = {literal}");
    let plain = query("'https://tracks.example.org/get?file=a.bed'");
    let escaped = query("U&'https://tracks.example.org/get\\003Ffile=a.bed'");
    for (options, finds_plain) in [(sane(), 1), (faithful(), 0)] {
        let service = changed(options, change);
        let found = |query: &str| ids(&search(&service, &[("query", query)]), "tracks").len();
        assert_eq!(found(&plain), finds_plain);
        assert_eq!(found(&escaped), 1);
    }
}

#[test]
fn an_or_without_brackets_leaves_the_hub_on_a_trackfind_server() {
    let hubs = || vec![hub("Example", json(TWIN)), hub("Other", json(BLOOD))];
    let query = "tracks.content ? 'nosuch' OR tracks.content->'assembly_name' ? 'hg38' AND samples.content ? 'species_id' \
                 AND experiments.content ? 'technique' AND studies.content ? 'publication' AND \
                 doc_info.content ? 'doc_url' AND collection_info.content ? 'doc_ref'";
    let ours = Service::new(hubs(), sane()).unwrap();
    assert_eq!(ids(&search(&ours, &[("query", query)]), "tracks").len(), 4);
    let trackfind = Service::new(hubs(), faithful()).unwrap();
    let cut = search(&trackfind, &[("query", query)]);
    assert_eq!(
        (cut.status, cut.content_type),
        (503, Some("text/plain;charset=UTF-8"))
    );
    let bracketed = format!("({query}\n)");
    let kept = search(&trackfind, &[("query", &bracketed)]);
    assert_eq!(ids(&kept, "tracks").len(), 4);
}

#[test]
fn an_answer_of_too_many_rows_says_what_to_do() {
    let service = twin(HubOptions {
        most_rows: 3,
        ..sane()
    });
    let answer = search(&service, &[("query", "true")]);
    assert_eq!(answer.status, 413);
    let error = &body(&answer)["error"];
    assert!(
        error["hint"].as_str().unwrap().contains("limit=3"),
        "{error}"
    );
    let answer = search(&service, &[("query", "true"), ("limit", "3")]);
    assert_eq!(answer.headers, [("X-Total-Count", "4".to_owned())]);
}

#[test]
fn a_search_ends_when_the_time_is_up() {
    let tracks = |document: &mut serde_json::Value| {
        let track = document["tracks"][0].clone();
        document["tracks"] = vec![track; 1100].into();
    };
    let looks = AtomicUsize::new(0);
    let answer = changed(sane(), tracks).answer(&Request {
        method: "GET",
        path: PATH,
        query: Some("query=true"),
        accept: None,
        goes_on: &|| {
            looks.fetch_add(1, Ordering::Relaxed);
            false
        },
        reserve: &|_| true,
    });
    assert_eq!((answer.status, looks.into_inner()), (503, 1));
    assert_eq!(body(&answer)["error"]["reason"], "time");
}

#[test]
fn rows_are_what_the_document_says() {
    let number = |document: &mut serde_json::Value| {
        document["tracks"][0]["score"] = serde_json::from_str("1.50").unwrap();
        document["tracks"][0]["none"] = serde_json::Value::Null;
    };
    let parameters = [("query", "tracks.content ? 'score'")];
    let service = changed(sane(), number);
    let track = &body(&search(&service, &parameters))[0]["tracks"];
    let mut document = json(TWIN);
    number(&mut document);
    assert_eq!(track.to_string(), document["tracks"][0].to_string());
    let service = changed(faithful(), number);
    let answer = search(&service, &parameters);
    assert!(text(&answer).contains("\"score\" : 1.5,"));
    assert!(!text(&answer).contains("\"none\""));
    let as_text = [("query", "tracks.content->>'score' = '1.5'")];
    assert_eq!(ids(&search(&service, &as_text), "tracks").len(), 1);
}

#[test]
fn the_header_accept_decides_between_json_and_gsuite() {
    for options in [sane(), faithful()] {
        let service = twin(options);
        for (accept, is_suite) in [
            (None, false),
            (Some("*/*"), false),
            (Some("text/plain"), true),
        ] {
            let answer = raw(&service, PATH, Some("query=true"), accept);
            assert_eq!(text(&answer).starts_with("##location: remote"), is_suite);
        }
    }
}

//! What a genuine TrackFind answered, asked of `fairtracks_serve --faithful` again.
//!
//! A choice of the recordings stands in `tests/recorded/`, whose README tells where they are from. The environment
//! variable `TRACKFIND_RECORDINGS` names a folder with all of them; without it they are looked for in
//! `../shared/data/trackfind` beside the checkout, and passed over if they are not there.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use fairtracks::service::{Options, Service};
use serde_json::Value as Json;
use support::serving::{ask, body, faithful, hub, json, raw};

/// All recordings, or nothing if this machine has none.
fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("TRACKFIND_RECORDINGS").map_or_else(
        || support::project("../shared/data/trackfind"),
        PathBuf::from,
    );
    folder.is_dir().then_some(folder)
}

/// The lines of a file of recordings, those of the choice first.
fn recorded(name: &str) -> Vec<Json> {
    let chosen = support::project("tests/recorded").join(name);
    let all = folder().map(|folder| folder.join(format!("recorded_{name}")));
    let text = |path: PathBuf| fs::read_to_string(path).unwrap_or_default();
    let texts = [text(chosen), all.map(text).unwrap_or_default()].concat();
    texts
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The last six digits of the `local_id` of each track found, sorted.
fn digits(rows: &Json) -> Vec<String> {
    let id = |row: &Json| {
        let id = row["tracks"]["local_id"].as_str().unwrap();
        id[id.len() - 6..].to_owned()
    };
    let mut digits: Vec<String> = rows.as_array().unwrap().iter().map(id).collect();
    digits.sort();
    digits
}

#[test]
fn random_queries_find_the_same_tracks() {
    let blood = hub("Blueprint", json("test-data/blood.fairtracks.json"));
    let service = Service::new(vec![blood], faithful()).unwrap();
    let mut differing: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let queries = recorded("queries.jsonl");
    assert!(!queries.is_empty());
    for asked in &queries {
        let query = asked["query"].as_str().unwrap();
        let answer = ask(
            &service,
            "/api/v1/search/Example/Blueprint",
            &[("query", query)],
            None,
        );
        let status = asked["status"].as_u64().unwrap();
        let said = if status != u64::from(answer.status) {
            // Which of several values that cannot be cast is met first, or none, is up to the planner of the database.
            if query.contains("::") && [status, u64::from(answer.status)] != [400, 501] && answer.status != 501 {
                "a cast".to_owned()
            } else {
                format!("{status} there, {} here", answer.status)
            }
        } else if status == 200 && serde_json::json!(digits(&body(&answer))) != asked["tracks"] {
            "other tracks".to_owned()
        } else {
            continue;
        };
        differing.entry(said).or_default().push(query.to_owned());
    }
    for (said, queries) in &differing {
        println!("{said}: {} times", queries.len());
        for query in queries.iter().take(12) {
            println!("  {query}");
        }
    }
    differing.remove("a cast");
    assert!(differing.is_empty());
}

#[test]
fn requests_of_every_kind_are_answered_alike() {
    let options = Options {
        copy_samples: true,
        ..faithful()
    };
    let example = hub("Example", json("test-data/h1_h3k4me3.fairtracks.json"));
    let service = Service::new(vec![example], options).unwrap();
    let mut tally: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let requests = recorded("answers.jsonl");
    assert!(!requests.is_empty());
    for asked in &requests {
        let address = asked["address"].as_str().unwrap();
        let (path, query) = match address.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (address, None),
        };
        let answer = raw(&service, path, query, asked["accept"].as_str());
        let expected = asked["body"].as_str().unwrap();
        let text = String::from_utf8_lossy(&answer.body);
        let said = if asked["status"].as_u64() != Some(u64::from(answer.status)) {
            format!("{} there, {} here", asked["status"], answer.status)
        } else if asked["status"] != 200 || text == expected {
            "same".to_owned()
        } else if serde_json::from_str::<Json>(&text).ok() == serde_json::from_str(expected).ok() {
            "same JSON".to_owned()
        } else {
            "other content".to_owned()
        };
        tally.entry(said).or_default().push(format!("{} {address} {}", asked["method"], asked["accept"]));
    }
    for (said, requests) in &tally {
        println!("{said}: {} times", requests.len());
        for request in requests.iter().take(if said == "same" { 0 } else { 25 }) {
            println!("  {request}");
        }
    }
}

//! What a genuine TrackFind answered, asked of `fairtracks_serve --faithful` again.
//!
//! `tests/recorded/` has a selection of the recordings; its README gives their source. The environment variable
//! `TRACKFIND_RECORDINGS` names a folder with all of them; without it only the selection is used.

use crate::support;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::support::service::{ask, body, faithful, hub, json as document};
use fairtracks::trackfind::server::{HubOptions, Request, Service};
use serde_json::{Value as Json, json};

/// The folder of all recordings; `None` if the environment names none.
fn folder() -> Option<PathBuf> {
    std::env::var_os("TRACKFIND_RECORDINGS").map(PathBuf::from)
}

/// The lines of a file of recordings, those of the choice first.
fn recorded(name: &str) -> Vec<Json> {
    let chosen = support::project("tests/recorded").join(name);
    let all = folder().map(|folder| folder.join(format!("trackfind/recorded_{name}")));
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

/// What differs, by kind.
#[derive(Default)]
struct Differences(BTreeMap<String, Vec<String>>);

impl Differences {
    fn add(&mut self, kind: impl Into<String>, asked: &str) {
        self.0
            .entry(kind.into())
            .or_default()
            .push(asked.to_owned());
    }

    /// Prints a few of each kind.
    fn show(&self) {
        for (kind, asked) in &self.0 {
            println!("{kind}: {} times", asked.len());
            asked
                .iter()
                .take(12)
                .for_each(|asked| println!("  {asked}"));
        }
    }
}

/// Whether a value that cannot be used may end the query, there or here: which of several is met first, or whether any is,
/// is up to the planner of the database.
fn may_break_off(query: &str) -> bool {
    query.contains("::") || query.contains("jsonb_array_length")
}

#[test]
fn random_queries_find_the_same_tracks() {
    let blood = hub("Blueprint", document("test-data/blood.fairtracks.json"));
    let service = Service::new(vec![blood], faithful()).unwrap();
    let mut differences = Differences::default();
    let queries = recorded("queries.jsonl");
    assert!(!queries.is_empty());
    for asked in &queries {
        let query = asked["query"].as_str().unwrap();
        let path = "/api/v1/search/Example/Blueprint";
        let answer = ask(&service, path, &[("query", query)], None);
        let status = u16::try_from(asked["status"].as_u64().unwrap()).unwrap();
        match (status, answer.status) {
            (200, 200) if json!(digits(&body(&answer))) == asked["tracks"] => {}
            (200, 200) => differences.add("other tracks", query),
            (400, 400) => {}
            (200 | 400, 200 | 400) if may_break_off(query) => {}
            (there, here) => differences.add(format!("{there} there, {here} here"), query),
        }
    }
    differences.show();
    assert!(differences.0.is_empty());
}

/// What we refuse by name, although TrackFind answers.
const REFUSED_BY_NAME: [&str; 6] = [
    "pg_sleep",
    "tracks.id",
    "tracks.object_type_id",
    "current_user",
    "%40%3F",
    "%40%40",
];

/// A list whose order a server does not promise, in one that can be compared.
fn sorted(json: Json) -> Json {
    match json {
        Json::Array(items) => {
            let mut items: Vec<Json> = items.into_iter().map(sorted).collect();
            items.sort_by_key(Json::to_string);
            Json::Array(items)
        }
        Json::Object(members) => {
            let mut members: Vec<_> = members.into_iter().collect();
            members.sort_by(|(one, _), (other, _)| one.cmp(other));
            members
                .into_iter()
                .map(|(key, value)| (key, sorted(value)))
                .collect()
        }
        other => other,
    }
}

#[test]
fn requests_of_every_kind_are_answered_alike() {
    let example = hub(
        "Example",
        document("tests/recorded/fairtracks.example.json"),
    );
    let options = HubOptions {
        copy_samples: true,
        ..faithful()
    };
    let service = Service::new(vec![example], options).unwrap();
    let mut differences = Differences::default();
    let (mut same, mut reordered) = (0, 0);
    let requests = recorded("answers.jsonl");
    assert!(!requests.is_empty());
    for asked in &requests {
        // These methods are answered by the server around the service.
        if asked["method"] == "HEAD" || asked["method"] == "OPTIONS" {
            continue;
        }
        let address = asked["address"].as_str().unwrap();
        let (path, query) = match address.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (address, None),
        };
        let answer = service.answer(&Request {
            reserve: &|_| true,
            method: asked["method"].as_str().unwrap(),
            path,
            query,
            accept: asked["accept"].as_str(),
            goes_on: &|| true,
        });
        let status = u16::try_from(asked["status"].as_u64().unwrap()).unwrap();
        let expected = asked["body"].as_str().unwrap();
        let text = String::from_utf8_lossy(&answer.body);
        let read = |text: &str| serde_json::from_str::<Json>(text).ok().map(sorted);
        if status == 200 && answer.status == 200 {
            if text == expected {
                same += 1;
            } else if read(&text).is_some()
                && read(&text) == read(expected)
                && !path.contains("/search/")
            {
                // Rows are the same to the byte, names and values may stand in another order.
                reordered += 1;
            } else {
                differences.add("other content", address);
            }
        } else if answer.status == 501 {
            if !REFUSED_BY_NAME.iter().any(|name| address.contains(name)) {
                differences.add("not supported", address);
            }
        // What the firewall of the genuine server refuses with another status is refused here too.
        } else if status != answer.status && (status < 400 || answer.status < 400) {
            let said = format!("{status} there, {} here", answer.status);
            differences.add(said, address);
        }
    }
    println!("{same} answers are the same to the byte, {reordered} in another order");
    differences.show();
    assert!(differences.0.is_empty());
    assert!(same > reordered);
}

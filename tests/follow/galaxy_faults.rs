//! A job asks a Galaxy that is slow, cuts its responses or refuses: the job ends well on what the crates prove, and says what to do.

use std::fs;
use std::process::Stdio;

use serde_json::{Value as Json, json};

use crate::support::following::{crates, row};
use crate::support::importing::nine;
use crate::support::running::{FOLLOW, command, outcome};
use crate::support::scripted_server::{Act, Request, Server};
use crate::support::{Outcome, folder};

const DNASE: &str = "example:cells_dnase";
const KEY: &str = "plant0123456789abcdef0123456789ab";

fn send(status: &str, body: &str) -> Vec<Act> {
    let length = body.len();
    let text = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n{body}");
    vec![Act::Send(text.into_bytes())]
}

/// A Galaxy that responds as it should until it is asked for datasets.
fn galaxy(request: &Request) -> Option<Vec<Act>> {
    let body = match request.path() {
        "/api/version" => json!({"version_major": "26.1"}),
        "/api/users/current" => json!({"id": "u", "is_admin": false}),
        "/api/jobs" => json!([{"id": "running"}]),
        "/api/jobs/running" => {
            let uuid = "00000000-0000-4000-8000-000000000001";
            let input = json!({"id": "d1", "src": "hda", "uuid": uuid});
            json!({"id": "running", "inputs": {"results_0": input}, "outputs": {"output_report": {"id": "r", "src": "hda"}}})
        }
        "/api/datasets/r" => json!({"id": "r", "hid": 7}),
        _ => return None,
    };
    Some(send("200 OK", &body.to_string()))
}

/// Follows an imported track by a job of the Galaxy at `address`, with the crate of the track.
fn follow(address: &str, options: &[&str]) -> Outcome {
    let came = nine(&[]);
    let place = folder();
    fs::create_dir(place.join("results")).unwrap();
    let bytes = came.bytes(&came.element("output_tracks", DNASE));
    fs::write(place.join("results/0000"), bytes).unwrap();
    let described = json!([{"element_identifier": "peaks", "name": "peaks", "extension": "bed", "dbkey": "hg38", "tags": [],
        "uuid": "00000000-0000-4000-8000-000000000001"}]);
    fs::write(place.join("described.json"), described.to_string()).unwrap();
    let job = json!({"galaxy": address, "history": "h", "output": "output_report", "number": 7});
    fs::write(place.join("galaxy_job.json"), job.to_string()).unwrap();
    fs::write(place.join("key"), KEY).unwrap();
    fs::write(
        place.join("site.toml"),
        "[limits]\nretry_seconds = 0.001\nstall_seconds = 5.0\n",
    )
    .unwrap();
    let crates = crates(&came);
    let crates: Vec<&str> = crates.iter().map(|path| path.to_str().unwrap()).collect();
    let arguments = [
        &["results", "--described", "described.json"][..],
        &["--galaxy-job", "galaxy_job.json", "--crates"],
        &crates,
        &["--output-folder", ".", "--output-table", "outcomes.tsv"],
        &["--output-report", "report.md"],
        &["--galaxy-metadata", "galaxy.json"],
        options,
    ];
    let mut command = command(FOLLOW, &place, &arguments.concat());
    command
        .env("FAIRTRACKS_CONFIG", place.join("site.toml"))
        .stdin(Stdio::from(fs::File::open(place.join("key")).unwrap()));
    let outcome = outcome(&mut command);
    fs::remove_file(place.join("key")).unwrap();
    outcome
}

/// The track is proven by its bytes, and the key is nowhere.
fn ends_well(followed: &Outcome) {
    assert_eq!(followed.status, 0, "{}", followed.stderr);
    let found = row(followed, "peaks");
    assert_eq!(found["proven_tracks"], DNASE);
    assert!(!followed.stderr.contains(KEY));
    followed.assert_nowhere(KEY);
}

#[test]
fn a_galaxy_that_cannot_be_asked_is_told_with_what_to_do() {
    type Script = fn(&Request) -> Vec<Act>;
    let refusals: [(Script, &str); 5] = [
        (|_| send("401 Unauthorized", "{}"), "rejected the key"),
        (
            |_| send("403 Forbidden", "{}"),
            "does not respond like Galaxy",
        ),
        (
            |_| send("200 OK", "<html>Log in</html>"),
            "does not respond like Galaxy",
        ),
        (|_| send("503 Service Unavailable", ""), "no response from"),
        (
            |_| {
                vec![
                    Act::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{\"ver".to_vec()),
                    Act::Reset,
                ]
            },
            "no response from",
        ),
    ];
    for (script, said) in refusals {
        let server = Server::start(script);
        let followed = follow(&server.url("/"), &[]);
        ends_well(&followed);
        let report = followed.text("report.md");
        assert!(report.contains("the lineage could not be read"), "{report}");
        assert!(report.contains(said), "{said}: {report}");
        assert!(report.contains("give an export of the history"), "{report}");
        assert!(report.contains("ask your administrator"), "{report}");
    }
}

#[test]
fn datasets_that_cannot_be_read_leave_the_lineage_incomplete() {
    type Script = fn() -> Vec<Act>;
    let faults: [Script; 4] = [
        || send("500 Internal Server Error", "{}"),
        || send("200 OK", "<html>an error page</html>"),
        || {
            vec![
                Act::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{\"id".to_vec()),
                Act::Close,
            ]
        },
        || vec![Act::Reset],
    ];
    for fault in faults {
        let server = Server::start(move |request| galaxy(request).unwrap_or_else(fault));
        let followed = follow(&server.url("/"), &[]);
        ends_well(&followed);
        let report = followed.text("report.md");
        assert!(
            report.contains("Galaxy could not return all of it"),
            "{report}"
        );
    }
}

#[test]
fn a_slow_galaxy_ends_at_the_limit_with_what_is_known() {
    let server = Server::start(|request| galaxy(request).unwrap_or_else(|| vec![Act::Stall]));
    let followed = follow(&server.url("/"), &["--lineage-seconds", "2"]);
    ends_well(&followed);
    let report = followed.text("report.md");
    assert!(report.contains("incomplete"), "{report}");
    assert!(report.contains("an export of the history"), "{report}");
}

#[test]
fn a_tool_without_a_usable_name_is_named_by_its_id() {
    type Script = fn() -> Vec<Act>;
    let scripts: [(Script, &str); 4] = [
        (|| send("403 Forbidden", "{}"), ""),
        (|| send("200 OK", "{\"version\": \"1.0.2\"}"), ""),
        (
            || {
                send(
                    "200 OK",
                    &json!({"name": "Cut ".repeat(10 << 18)}).to_string(),
                )
            },
            "Cut Cut",
        ),
        (
            || {
                send(
                    "200 OK",
                    &json!({"name": "<b>Cut</b>\u{1b}[31m **x**"}).to_string(),
                )
            },
            "<b>Cut</b> [31m **x**",
        ),
    ];
    for (script, named) in scripts {
        let server = Server::start(move |request| {
            let body = match request.path() {
                "/api/datasets/d1" => {
                    json!({"id": "d1", "name": "peaks", "extension": "bed", "creating_job": "j1"})
                }
                "/api/jobs/j1" => {
                    json!({"id": "j1", "tool_id": "Cut1", "state": "ok", "outputs": {"out": {"id": "d1", "src": "hda"}}})
                }
                "/api/tools/Cut1" => return script(),
                _ => return galaxy(request).unwrap_or_else(|| send("404 Not Found", "{}")),
            };
            send("200 OK", &body.to_string())
        });
        let followed = follow(&server.url("/"), &["--output-lineage", "lineage.json"]);
        ends_well(&followed);
        let lineage: Json = serde_json::from_str(&followed.text("lineage.json")).unwrap();
        let job = &lineage["jobs"][0];
        assert_eq!(job["tool_id"], "Cut1");
        let name = job["tool_name"].as_str().unwrap_or_default();
        assert!(name.starts_with(named), "{name}");
        assert_eq!(name.is_empty(), named.is_empty());
    }
}

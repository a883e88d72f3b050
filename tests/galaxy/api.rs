//! A Galaxy is asked for lineage: what it is asked, what is told of it, and how it fails.

use std::time::Duration;

use crate::support::scripted_server::{Act, Request, Server};
use fairtracks::galaxy::lineage::api::{ApiError, Bounds, GalaxyApi};
use fairtracks::galaxy::lineage::lineage_json;
use fairtracks::galaxy::lineage::{Lineage, StopReason};
use fairtracks::remote::Settings;
use serde_json::{Value as Json, json};

const KEY: &str = "plant0123456789abcdef0123456789ab";

fn answer(status: &str, kind: &str, body: &str) -> Vec<Act> {
    let length = body.len();
    let text = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    vec![Act::Send(text.into_bytes())]
}

fn json_answer(body: &Json) -> Vec<Act> {
    answer("200 OK", "application/json", &body.to_string())
}

fn dataset(id: &str, job: Option<&str>, copied_from: Option<&str>) -> Json {
    json!({
        "id": id, "uuid": "00000000-0000-4000-8000-000000000001", "name": format!("data of {id} by ann@plant.example"), "extension": "bed",
        "genome_build": "hg38", "tags": ["name:x"], "file_size": 7, "file_name": "/srv/plant/x.dat", "peek": "plant", "accessible": true,
        "hashes": [{"id": "h", "hash_function": "MD5", "hash_value": "ab".repeat(16), "extra_files_path": null, "transform": [{"action": "to_posix_lines"}]}],
        "sources": [{"id": "s", "source_uri": "https://ann:plant@h.example/x?token=plant", "extra_files_path": null, "transform": [{"action": "to_posix_lines"}]}],
        "creating_job": job, "copied_from_history_dataset_association_id": copied_from, "copied_from_ldda_id": null
    })
}

fn job(id: &str, tool: &str, inputs: &[&str], outputs: &[&str]) -> Json {
    let links = |ids: &[&str]| -> Json {
        let link = |(number, id): (usize, &&str)| {
            (
                format!("port{number}"),
                json!({"id": id, "src": "hda", "uuid": "u"}),
            )
        };
        Json::Object(ids.iter().enumerate().map(link).collect())
    };
    json!({
        "id": id, "tool_id": tool, "tool_version": "1.0", "state": "ok", "exit_code": 0, "create_time": "2026-11-24T08:10:22.123456",
        "update_time": "2026-11-24T08:11:00.5", "params": {"count": "3", "text": "\"abc\"", "chromInfo": "\"/srv/plant\"", "where": "\"/srv/plant/x\""},
        "inputs": links(inputs), "outputs": links(outputs)
    })
}

/// A history: `result` is a copy of `cut`, made of `track` and of `private`, which is another user's; `track` was imported.
fn history(request: &Request) -> Vec<Act> {
    if request.header("x-api-key") != KEY {
        return answer(
            "401 Unauthorized",
            "application/json",
            r#"{"err_msg": "Provided API key is not valid."}"#,
        );
    }
    json_answer(&match request.path() {
        "/galaxy/api/version" => json!({"version_major": "26.1", "version_minor": "2"}),
        "/galaxy/api/users/current" => json!({"id": "u", "is_admin": false}),
        "/galaxy/api/datasets/result" => dataset("result", None, Some("cut")),
        "/galaxy/api/datasets/cut" => dataset("cut", Some("j2"), None),
        "/galaxy/api/datasets/track" => dataset("track", Some("j1"), None),
        "/galaxy/api/datasets/plain" => dataset("plain", Some("j4"), None),
        "/galaxy/api/datasets/hidden" => {
            json!({"id": "hidden", "accessible": false, "name": "plant"})
        }
        "/galaxy/api/datasets/seen" => dataset("seen", Some("j3"), None),
        "/galaxy/api/jobs/j1" => job(
            "j1",
            "shed.example/repos/x/fairtracks/fairtracks_import/1.0",
            &["before"],
            &["track"],
        ),
        "/galaxy/api/jobs/j2" => job("j2", "Cut1", &["track", "private"], &["cut", "other"]),
        "/galaxy/api/jobs/j3" => job("j3", "Cut1", &["hidden"], &["seen"]),
        "/galaxy/api/jobs/j4" => job("j4", "Cut1", &["track"], &["plain"]),
        "/galaxy/api/tools/Cut1/citations" => json!([
            {"format": "bibtex", "content": "@article{A, title={Plant}, DOI={10.1093/Cut/1}, year={2010}}"},
            {"format": "bibtex", "content": "@misc{b, title={ann@plant.example}, url={https://plant.example/x}}"},
            {"format": "bibtex", "content": "@misc{c, doi = {/srv/plant}}"},
        ]),
        "/galaxy/api/tools/shed.example/repos/x/y/sort/2.0/citations" => json!([
            {"format": "bibtex", "content": "@MISC{10.1000/sort, DOI = {10.1000/sort}}"},
        ]),
        "/galaxy/api/datasets/sorted" => dataset("sorted", Some("j5"), None),
        "/galaxy/api/jobs/j5" => job(
            "j5",
            "shed.example/repos/x/y/sort/2.0",
            &["plain"],
            &["sorted"],
        ),
        "/galaxy/api/datasets/private" => {
            return answer(
                "403 Forbidden",
                "application/json",
                r#"{"err_msg": "plant"}"#,
            );
        }
        _ => return answer("404 Not Found", "application/json", "{}"),
    })
}

fn settings() -> Settings {
    Settings::parse("[limits]\nstall_seconds = 5.0\nretry_seconds = 0.001\n").unwrap()
}

fn ask_with(
    server: &Server,
    key: &str,
    ids: &[&str],
    bounds: &Bounds,
) -> Result<Lineage, ApiError> {
    let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
    let galaxy = GalaxyApi::connect(&server.url("/galaxy/"), key, bounds.clone(), &settings())?;
    Ok(galaxy.lineage(&ids, &|_| None)?.lineage)
}

fn ask(server: &Server, ids: &[&str]) -> Result<Lineage, ApiError> {
    ask_with(server, KEY, ids, &Bounds::default())
}

fn stops(lineage: &Lineage) -> Vec<(&str, StopReason)> {
    lineage
        .stopped
        .iter()
        .map(|stop| (stop.at.as_str(), stop.why))
        .collect()
}

#[test]
fn lineage_goes_back_to_the_import() {
    let server = Server::start(history);
    let lineage = ask(&server, &["plain", ""]).unwrap();
    assert!(lineage.complete, "{:?}", lineage.stopped);
    assert_eq!(lineage.galaxy.version, "26.1.2");
    assert_eq!(lineage.leaves, ["plain", ""]);
    let ids: Vec<&str> = lineage
        .datasets
        .iter()
        .map(|dataset| dataset.id.as_str())
        .collect();
    assert_eq!(ids, ["plain", "track"]);
    let made = &lineage.jobs[0];
    assert_eq!(made.start.as_deref(), Some("2026-11-24T08:10:22+00:00"));
    assert_eq!(
        serde_json::to_value(&made.parameters).unwrap(),
        json!({"count": 3, "text": "abc"})
    );
    assert_eq!(made.inputs[0].dataset, "track");
    assert_eq!(lineage.datasets[1].sources[0].url, "https://h.example/x");
    assert!(lineage.datasets[1].sources[0].transformed);
    assert!(lineage.jobs[1].is_import() && lineage.jobs[1].inputs.is_empty());
    assert!(lineage.seconds.is_some());
}

#[test]
fn nothing_is_told_of_what_the_user_may_not_see() {
    let server = Server::start(history);
    let lineage = ask(&server, &["result", "seen"]).unwrap();
    assert_eq!(
        stops(&lineage),
        [("cut", StopReason::Access), ("seen", StopReason::Access)]
    );
    let copied = lineage.datasets[0].copied_from.as_deref();
    assert_eq!(copied, Some("cut"));
    let cut = lineage.jobs.iter().find(|job| job.id == "j2").unwrap();
    let inputs: Vec<&str> = cut
        .inputs
        .iter()
        .map(|port| port.dataset.as_str())
        .collect();
    assert_eq!(inputs, ["track"]);
    assert!(cut.parameters.is_empty());
    let written = lineage_json::write(&lineage);
    for gone in ["plant", "private", "hidden", "other"] {
        assert!(!written.contains(gone), "{gone}: {written}");
    }
}

#[test]
fn the_publications_of_tools_are_named_by_their_dois() {
    let server = Server::start(history);
    let lineage = ask(&server, &["sorted"]).unwrap();
    let cited = |id: &str| {
        let job = lineage.jobs.iter().find(|job| job.id == id).unwrap();
        job.citations.clone()
    };
    assert_eq!(cited("j4"), ["10.1093/cut/1"]);
    assert_eq!(cited("j5"), ["10.1000/sort"]);
    // The import is of this suite.
    assert!(cited("j1").is_empty());
    let written = lineage_json::write(&lineage);
    assert!(!written.contains("plant"), "{written}");
    assert_eq!(lineage_json::read(written.as_bytes()).unwrap(), lineage);
}

#[test]
fn an_administrator_is_told_only_of_the_own_datasets() {
    let server = Server::start(|request| match request.path() {
        "/galaxy/api/users/current" => json_answer(&json!({"id": "u", "is_admin": true})),
        // The list has the datasets of the user's own histories.
        "/galaxy/api/datasets" if request.target.contains("dataset-result") => {
            json_answer(&json!([dataset("result", None, Some("cut"))]))
        }
        "/galaxy/api/datasets" => json_answer(&json!([])),
        _ => history(request),
    });
    let lineage = ask(&server, &["result"]).unwrap();
    assert_eq!(stops(&lineage), [("result", StopReason::Access)]);
    assert_eq!(lineage.datasets.len(), 1);
    assert!(
        server
            .seen()
            .iter()
            .all(|request| !request.path().contains("/datasets/"))
    );
}

#[test]
fn the_key_is_in_a_header_and_nowhere_else() {
    let server = Server::start(history);
    ask(&server, &["result"]).unwrap();
    for request in server.seen() {
        assert_eq!(request.header("x-api-key"), KEY);
        assert!(!request.target.contains("plant"), "{}", request.target);
        assert!(!request.target.contains("display"), "{}", request.target);
    }
    let error = ask_with(&server, "plantbutwrong", &["result"], &Bounds::default()).unwrap_err();
    assert!(matches!(error, ApiError::WrongKey { .. }), "{error:?}");
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(!text.contains("plant"), "{text}");
    }
}

#[test]
fn no_redirect_gets_the_key() {
    let other = Server::start(history);
    let place = other.url("/galaxy/api/version");
    let server = Server::start(move |_| {
        let text = format!("HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n");
        vec![Act::Send(text.into_bytes())]
    });
    let error = ask(&server, &["result"]).unwrap_err();
    assert!(
        error.to_string().contains("redirect to another URL"),
        "{error}"
    );
    assert!(other.seen().is_empty());
}

#[test]
fn what_is_no_galaxy_is_told_as_such() {
    let server = Server::start(|_| answer("200 OK", "text/html", "<html>plant</html>"));
    let message = ask(&server, &["result"]).unwrap_err().to_string();
    assert!(message.contains("not respond like Galaxy"), "{message}");
    assert!(!message.contains("plant"), "{message}");
    let server = Server::start(|_| answer("404 Not Found", "text/html", "no"));
    assert!(matches!(
        ask(&server, &["result"]),
        Err(ApiError::NotGalaxy { .. })
    ));
    let server = Server::start(|_| vec![Act::Reset]);
    assert!(matches!(
        ask(&server, &["result"]),
        Err(ApiError::Unreachable { .. })
    ));
    assert_eq!(server.seen().len(), 2, "tried again once");
}

#[test]
fn addresses_and_keys_that_are_none_are_refused() {
    for (address, key, expected) in [
        ("galaxy", KEY, "no valid URL"),
        ("ftp://h.example/", KEY, "neither https:// nor http://"),
        ("https://ann:plant@h.example/", KEY, "user name or password"),
        ("https://h.example/", " ", "no key"),
        ("https://h.example/", "pl\u{e4}nt\n1", "characters"),
    ] {
        let connected = GalaxyApi::connect(address, key, Bounds::default(), &settings());
        let Err(error) = connected else {
            panic!("{address} was accepted");
        };
        assert!(error.to_string().contains(expected), "{error}");
        assert!(!format!("{error} {error:?}").contains("plant"), "{error}");
    }
}

#[test]
fn an_ancestor_that_fails_twice_ends_the_lineage_there() {
    for (status, attempts) in [("500 Oh", 2), ("200 OK", 1), ("418 No", 1)] {
        let server = Server::start(move |request| match request.path() {
            "/galaxy/api/datasets/track" => answer(status, "text/html", "<html>"),
            _ => history(request),
        });
        let lineage = ask(&server, &["plain"]).unwrap();
        assert_eq!(stops(&lineage), [("plain", StopReason::Error)], "{status}");
        let asked = server
            .seen()
            .into_iter()
            .filter(|request| request.path().ends_with("/track"));
        assert_eq!(asked.count(), attempts, "{status}");
    }
}

/// A chain without end: dataset `d5` was made by job `j5` of dataset `d6`.
fn endless(request: &Request) -> Vec<Act> {
    let number = |id: &str| id[1..].parse::<usize>().unwrap();
    match request.path().rsplit('/').next().unwrap() {
        "version" | "current" => history(request),
        id if id.starts_with('d') => {
            // What `d0` was made of was made of nothing.
            let job = format!("j{}", number(id));
            json_answer(&dataset(
                id,
                Some(job.as_str()).filter(|_| !(1..=6000).contains(&number(id))),
                None,
            ))
        }
        "j0" => {
            let many: Vec<String> = (1..=6000).map(|number| format!("d{number}")).collect();
            json_answer(&job(
                "j0",
                "Cat1",
                &many.iter().map(String::as_str).collect::<Vec<_>>(),
                &["d0"],
            ))
        }
        id => json_answer(&job(
            id,
            "Cut1",
            &[&format!("d{}", number(id) + 1)],
            &[&format!("d{}", number(id))],
        )),
    }
}

#[test]
fn no_more_is_asked_than_the_bounds_allow() {
    let server = Server::start(endless);
    let lineage = ask(&server, &["d10000"]).unwrap();
    assert_eq!(lineage.datasets.len(), 51);
    assert_eq!(stops(&lineage), [("d10050", StopReason::Limit)]);

    let bounds = Bounds {
        depth: 1,
        ..Bounds::default()
    };
    let lineage = ask_with(&server, KEY, &["d0"], &bounds).unwrap();
    assert_eq!(lineage.datasets.len(), 5000);
    assert!(stops(&lineage).contains(&("d0", StopReason::Limit)));

    let bounds = Bounds {
        time: Duration::ZERO,
        ..Bounds::default()
    };
    let error = ask_with(&server, KEY, &["d0"], &bounds).unwrap_err();
    assert!(error.to_string().contains("time limit reached"), "{error}");
}

//! A job asks its Galaxy no further than to datasets that documents identify by a recorded checksum or source URL.

use std::fs;
use std::process::Stdio;

use fairtracks::archive::digest::DigestFunction;
use serde_json::{Value as Json, json};

use crate::support::following::row;
use crate::support::recognised::{OTHER, REGIONS, URL, document_file, sum, track};
use crate::support::running::{FOLLOW, command, outcome};
use crate::support::scripted_server::{Act, Request, Server};
use crate::support::{Outcome, folder};

const KEY: &str = "plant0123456789abcdef0123456789ab";
const UUID: &str = "00000000-0000-4000-8000-000000000001";

fn dataset(id: &str, job: &str) -> Json {
    json!({"id": id, "uuid": format!("uuid of {id}"), "name": id, "extension": "bed", "genome_build": "hg38", "tags": [],
        "accessible": true, "creating_job": job, "hashes": [], "sources": []})
}

fn job(id: &str, tool: &str, inputs: &[&str], output: &str) -> Json {
    let port = |id: &str| json!({"id": id, "src": "hda"});
    let inputs = inputs.iter().map(|id| ((*id).to_owned(), port(id)));
    json!({"id": id, "tool_id": tool, "tool_version": "1", "state": "ok", "inputs": Json::Object(inputs.collect()),
        "outputs": {"output": port(output)}})
}

/// A Galaxy in which `result` was made of `mine`, and that by a tool of `before`. Of `mine` it has recorded `more`.
fn galaxy(request: &Request, more: &Json) -> Vec<Act> {
    let body = match request.path() {
        "/api/version" => json!({"version_major": "26.1"}),
        "/api/users/current" => json!({"id": "u", "is_admin": false}),
        "/api/jobs" => json!([{"id": "running"}]),
        "/api/jobs/running" => json!({"id": "running",
            "inputs": {"results_0": {"id": "result", "src": "hda", "uuid": UUID}}, "outputs": {"output_report": {"id": "r", "src": "hda"}}}),
        "/api/datasets/r" => json!({"id": "r", "hid": 7}),
        "/api/datasets/result" => dataset("result", "sorting"),
        "/api/datasets/mine" => {
            let mut mine = dataset("mine", more["creating_job"].as_str().unwrap_or("making"));
            for (key, value) in more.as_object().unwrap() {
                mine[key] = value.clone();
            }
            mine
        }
        "/api/datasets/before" => dataset("before", "upload"),
        "/api/jobs/sorting" => job("sorting", "sort1", &["mine"], "result"),
        "/api/jobs/making" => job("making", "cat1", &["before"], "mine"),
        "/api/jobs/import" => job("import", "fairtracks_import", &[], "mine"),
        "/api/jobs/upload" => job("upload", "upload1", &[], "before"),
        _ => json!({}),
    };
    let body = body.to_string();
    let length = body.len();
    vec![Act::Send(
        format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}").into_bytes(),
    )]
}

/// Follows the result with a document; the requests that the Galaxy got.
fn follow(more: Json) -> (Outcome, Vec<String>) {
    let server = Server::start(move |request| galaxy(request, &more));
    let place = folder();
    fs::create_dir(place.join("results")).unwrap();
    let bytes =
        "chr1\t1\t2\tof more than sixty-four bytes, so that it is equal to none by chance\n";
    fs::write(place.join("results/0000"), bytes).unwrap();
    let described = json!([{"element_identifier": "result", "name": "result", "extension": "bed", "uuid": UUID}]);
    fs::write(place.join("described.json"), described.to_string()).unwrap();
    let job =
        json!({"galaxy": server.url("/"), "history": "h", "output": "output_report", "number": 7});
    fs::write(place.join("galaxy_job.json"), job.to_string()).unwrap();
    fs::write(place.join("key"), KEY).unwrap();
    let document = document_file(&[track("open", "open_chromatin.bed", REGIONS)]);
    #[rustfmt::skip]
    let arguments = [
        "results", "--described", "described.json", "--galaxy-job", "galaxy_job.json", "--documents", document.to_str().unwrap(),
        "--output-folder", ".", "--output-table", "outcomes.tsv", "--output-report", "report.md", "--output-lineage", "used.json",
    ];
    let mut command = command(FOLLOW, &place, &arguments);
    command.stdin(Stdio::from(fs::File::open(place.join("key")).unwrap()));
    let outcome = outcome(&mut command);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    let seen = server.seen().into_iter();
    (
        outcome,
        seen.map(|request| request.path().to_owned()).collect(),
    )
}

fn is_asked(seen: &[String], path: &str) -> bool {
    seen.iter().any(|known| known == path)
}

#[test]
fn a_recorded_url_or_checksum_of_a_track_ends_the_walk() {
    let md5 =
        |bytes| json!([{"hash_function": "MD5", "hash_value": sum(DigestFunction::Md5, bytes)}]);
    let url = json!([{"source_uri": URL}]);
    for (more, is_identified) in [
        (json!({"sources": url}), true),
        (json!({"hashes": md5(REGIONS)}), true),
        (json!({"sources": url, "hashes": md5(REGIONS)}), true),
        // A checksum that differs beats the URL.
        (json!({"sources": url, "hashes": md5(OTHER)}), false),
        (json!({}), false),
    ] {
        let (outcome, seen) = follow(more.clone());
        let row = row(&outcome, "result");
        let (tracks, evidence) = match is_identified {
            true => ("example:open", "lineage"),
            false => ("", ""),
        };
        assert_eq!(row["proven_tracks"], tracks, "{more}");
        assert_eq!(row["evidence"], evidence, "{more}");
        assert_eq!(
            is_asked(&seen, "/api/datasets/before"),
            !is_identified,
            "{more}"
        );
        // The upload of what comes before is one.
        let steps = if is_identified { "1" } else { "3" };
        assert_eq!(row["steps"], steps, "{more}");
        let lineage = outcome.text("used.json");
        assert_eq!(lineage.contains("cat1"), !is_identified, "{lineage}");
    }
}

#[test]
fn a_copy_of_an_identified_dataset_ends_the_walk_at_the_copy() {
    let more = json!({"sources": [{"source_uri": URL}], "copied_from_history_dataset_association_id": "before", "creating_job": "upload"});
    let (outcome, seen) = follow(more);
    assert_eq!(row(&outcome, "result")["proven_tracks"], "example:open");
    assert!(!is_asked(&seen, "/api/datasets/before"));
}

#[test]
fn the_job_of_an_import_is_asked_since_its_crates_say_more() {
    let more = json!({"sources": [{"source_uri": URL}], "creating_job": "import"});
    let (outcome, _) = follow(more);
    assert_eq!(row(&outcome, "result")["proven_tracks"], "example:open");
    let lineage: Json = serde_json::from_str(&outcome.text("used.json")).unwrap();
    let jobs = lineage["jobs"].as_array().unwrap().iter();
    let tools: Vec<&Json> = jobs.map(|job| &job["tool_id"]).collect();
    assert_eq!(tools, ["sort1", "fairtracks_import"]);
}

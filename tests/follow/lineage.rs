//! fairtracks_follow takes lineage from a file, from an exported history and from a Galaxy, and says what it got.

use crate::support;
use std::fs;
use std::path::Path;

use crate::support::running::{FOLLOW, command, outcome};
use crate::support::scripted_server::{Act, Server};
use serde_json::{Value as Json, json};

/// Runs the tool in a folder with a result in it; says whether it succeeded, and what it said.
fn follow(folder: &Path, arguments: &[&str]) -> (bool, String) {
    fs::write(folder.join("result.bed"), "chr1\t0\t10\n".repeat(10)).unwrap();
    let all = [
        "result.bed",
        "--output-folder",
        "crates",
        "--output-lineage",
        "lineage.out",
        "--date",
        "2026-11-24",
    ];
    let mut command = command(FOLLOW, folder, &[&all, arguments].concat());
    let outcome = outcome(command.env("GALAXY_API_KEY", "plantkey"));
    (outcome.status == 0, outcome.stderr)
}

/// A zip archive with the attributes of a history with one dataset.
fn export(path: &Path, uuid: &str) {
    use std::io::Write as _;
    let datasets = json!([{"encoded_id": "00000000000000aa", "name": "peaks", "dataset_uuid": uuid, "extension": "bed"}]);
    let mut writer = zip::ZipWriter::new(fs::File::create(path).unwrap());
    for (name, text) in [
        ("datasets_attrs.txt", datasets.to_string()),
        ("jobs_attrs.txt", "[]".to_owned()),
    ] {
        writer
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap();
}

fn written(folder: &Path) -> Json {
    serde_json::from_slice(&fs::read(folder.join("lineage.out")).unwrap()).unwrap()
}

#[test]
fn the_manual_names_the_sources_of_the_lineage() {
    let manual = crate::support::run(crate::support::running::FOLLOW, &["--help"]).stdout;
    let manual = manual.split("Usage:").next().unwrap();
    let manual = manual.split_whitespace().collect::<Vec<_>>().join(" ");
    for source in [
        "`--galaxy`",
        "`--galaxy-job`",
        "`--history-export`",
        "`--lineage`",
    ] {
        assert!(manual.contains(source), "no {source}: {manual}");
    }
    assert!(!manual.contains("wrapper"), "{manual}");
}

#[test]
fn a_file_of_a_newer_version_is_refused() {
    let folder = support::folder();
    fs::write(folder.join("lineage.json"), r#"{"version": 2}"#).unwrap();
    let (is_done, said) = follow(&folder, &["--lineage", "lineage.json"]);
    assert!(
        !is_done && said.contains("lineage.json: found lineage version 2"),
        "{said}"
    );
}

#[test]
fn the_time_of_a_walk_is_told() {
    let folder = support::folder();
    let ids = (0..2000).map(|number| json!({"id": number.to_string()}));
    let mut datasets = vec![json!({"id": "a", "name": "/srv/plant/x"})];
    datasets.extend(ids.skip(1));
    let walk = json!({"version": 1, "producer": "walk", "complete": true, "datasets": datasets, "jobs": [], "seconds": 0.5});
    fs::write(folder.join("lineage.json"), walk.to_string()).unwrap();
    let (is_done, said) = follow(&folder, &["--lineage", "lineage.json"]);
    assert!(
        is_done && said.contains("2000 datasets, 0 jobs in 0.5 s (0.2 s per 1,000 datasets)"),
        "{said}"
    );
    assert_eq!(written(&folder)["datasets"][0]["name"], "x");
}

#[test]
fn a_result_is_found_in_an_export_by_its_uuid() {
    let folder = support::folder();
    let uuid = "00000000-0000-4000-8000-000000000001";
    export(&folder.join("history.zip"), uuid);
    let (is_done, said) = follow(
        &folder,
        &["--history-export", "history.zip", "--dataset", uuid],
    );
    assert!(
        is_done && said.contains("the history export: 1 dataset, 0 jobs"),
        "{said}"
    );
    assert_eq!(written(&folder)["leaves"], json!(["00000000000000aa"]));
}

#[test]
fn an_export_without_the_results_is_told_as_such() {
    let folder = support::folder();
    export(
        &folder.join("history.zip"),
        "00000000-0000-4000-8000-000000000001",
    );
    let (is_done, said) = follow(&folder, &["--history-export", "history.zip"]);
    assert!(
        is_done && said.contains("it contains none of the results"),
        "{said}"
    );
    fs::write(folder.join("other.zip"), "chr1").unwrap();
    let (is_done, said) = follow(&folder, &["--history-export", "other.zip"]);
    assert!(
        !is_done
            && said.contains("history export other.zip: found neither a tar nor a zip archive"),
        "{said}"
    );
}

#[test]
fn a_galaxy_is_asked_with_the_key_of_the_environment() {
    let folder = support::folder();
    let server = Server::start(|request| {
        let body = match request.path() {
            "/api/version" => r#"{"version_major": "26.1"}"#,
            "/api/users/current" => r#"{"id": "u", "is_admin": false}"#,
            _ => r#"{"id": "aa", "name": "peaks", "uuid": "00000000-0000-4000-8000-000000000001"}"#,
        };
        assert_eq!(request.header("x-api-key"), "plantkey");
        let text = format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        vec![Act::Send(text.into_bytes())]
    });
    let url = server.url("/");
    let (is_done, said) = follow(&folder, &["--galaxy", &url, "--dataset", "aa"]);
    assert!(is_done && said.contains("1 dataset, 0 jobs in"), "{said}");
    assert_eq!(written(&folder)["producer"], "api");
    let (is_done, said) = follow(&folder, &["--galaxy", &url]);
    assert!(
        !is_done && said.contains("expected `--dataset ID` for each"),
        "{said}"
    );
    drop(server);
    let (is_done, said) = follow(&folder, &["--galaxy", &url, "--dataset", "aa"]);
    assert!(!is_done && !said.contains("plantkey"), "{said}");
}

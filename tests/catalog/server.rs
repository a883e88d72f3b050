//! `fairtracks_catalog` and TrackFind servers.

use crate::support;
use std::fs;

use crate::support::running::{CATALOG, run_at};
use crate::support::scripted_server::{Act, Request, Server};
use crate::support::searching::{BLOOD, TWIN};
use crate::support::{Outcome, folder, project, serve_process};
use serde_json::{Value as Json, json};

fn answer(status: &str, body: &str) -> Vec<Act> {
    let length = body.len();
    let text = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    vec![Act::Send(text.into_bytes())]
}

fn ok(body: &Json) -> Vec<Act> {
    answer("200 OK", &body.to_string())
}

fn row(track: &str, cells: &str) -> Json {
    json!({
        "tracks": {"local_id": track, "assembly_name": "hg38"},
        "experiments": {"local_id": "e"}, "studies": {"local_id": "u"},
        "samples": {"sample_type": {"summary": cells}, "height": 42.0},
        "doc_info": {"local_id": "d"}, "collection_info": {"local_id": "c"}
    })
}

/// Two repositories, one of which has a hub that fails.
fn trackfind(request: &Request) -> Vec<Act> {
    let metamodel = json!({
        "tracks": {"local_id": ["t1", "t2", "t3"], "assembly_name": ["hg38"]},
        "samples": {"sample_type->summary": ["liver", "K562", "B cell"], "height": ["42.0"]},
        "non_standard_samples": {"sex": ["f"]}
    });
    let categories = json!([
        "tracks",
        "experiments",
        "samples",
        "studies",
        "doc_info",
        "collection_info",
        "non_standard_samples"
    ]);
    match request.path() {
        "/api/v1/repositories" => ok(&json!(["Example", "Other"])),
        "/api/v1/hubs/Example" => ok(&json!(["Blood", "Broken"])),
        "/api/v1/hubs/Other" => ok(&json!(["Two words"])),
        "/api/v1/metamodel/Example/Blood" | "/api/v1/metamodel/Other/Two%20words" => ok(&metamodel),
        "/api/v1/categories/Example/Blood" => ok(&categories),
        "/api/v1/search/Example/Blood" if request.target.contains("OFFSET") => ok(&json!([])),
        "/api/v1/search/Example/Blood" => ok(&json!([
            row("t1", "K562"),
            row("t2", "K562"),
            row("t2", "liver")
        ])),
        _ => answer("500 Internal Server Error", ""),
    }
}

fn catalog(server: &Server, arguments: &[&str]) -> Outcome {
    catalog_of(&server.url(""), arguments)
}

fn catalog_of(address: &str, arguments: &[&str]) -> Outcome {
    let folder = folder();
    let site = folder.join("site.toml");
    let settings =
        "allow_private_hosts = [\"127.0.0.1\"]\n[limits]\nretries = 1\nretry_seconds = 0.001\n";
    fs::write(&site, settings).unwrap();
    run_at(
        &site,
        CATALOG,
        &folder,
        &[&["--server", address], arguments].concat(),
    )
}

fn hubs(table: &str) -> Vec<String> {
    let mut hubs: Vec<String> = table
        .lines()
        .skip(1)
        .map(|line| line.split('\t').take(2).collect::<Vec<_>>().join(" / "))
        .collect();
    hubs.dedup();
    hubs
}

#[test]
fn all_hubs_of_a_server_are_listed_without_counts() {
    let server = Server::start(trackfind);
    let outcome = catalog(&server, &[]);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    assert_eq!(
        hubs(&outcome.stdout),
        ["Example / Blood", "Other / Two words"]
    );
    let line = "Example\tBlood\tsamples\tsample_type->summary\tB cell\t\n";
    assert!(outcome.stdout.contains(line), "{}", outcome.stdout);
    assert!(
        outcome.stderr.contains("2 hubs hold 6 tracks"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn a_hub_that_does_not_answer_is_told_and_the_others_are_listed() {
    let server = Server::start(trackfind);
    let folder = folder();
    let report = folder.join("report.md");
    let outcome = catalog(
        &server,
        &[
            "--repository",
            "Example",
            "--output-report",
            report.to_str().unwrap(),
        ],
    );
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    assert!(
        outcome.stderr.contains("\nExample / Broken: "),
        "{}",
        outcome.stderr
    );
    let report = fs::read_to_string(report).unwrap();
    assert!(
        report.contains("## Unavailable hubs\n\n- Example / Broken: "),
        "{report}"
    );
    assert!(
        report.contains("### Cell or tissue type\n\n3 values: B cell, K562, liver"),
        "{report}"
    );
}

#[test]
fn where_no_hub_answers_the_exit_status_is_1() {
    let server = Server::start(trackfind);
    let outcome = catalog(&server, &["--repository", "Example", "--hub", "Broken"]);
    assert_eq!((outcome.status, outcome.stdout.as_str()), (1, ""));
    assert!(
        outcome
            .stderr
            .contains("no hub could be listed: Example / Broken: "),
        "{}",
        outcome.stderr
    );
    let outcome = catalog(&server, &["--hub", "Nowhere"]);
    assert_eq!(outcome.status, 1);
    assert!(
        outcome
            .stderr
            .contains("found no hub `Nowhere` in any repository"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn a_hub_is_found_in_whatever_repository_it_is() {
    let server = Server::start(trackfind);
    let outcome = catalog(&server, &["--hub", "Two words"]);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    assert_eq!(hubs(&outcome.stdout), ["Other / Two words"]);
}

#[test]
fn tracks_are_counted_where_asked_each_once() {
    let server = Server::start(trackfind);
    let outcome = catalog(
        &server,
        &["--repository", "Example", "--hub", "Blood", "--count"],
    );
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    for line in [
        "samples\tsample_type->summary\tK562\t2\n",
        "samples\tsample_type->summary\tliver\t1\n",
        "samples\tsample_type->summary\tB cell\t0\n",
        "samples\theight\t42\t2\n",
        "tracks\tlocal_id\tt3\t0\n",
        "non_standard_samples\tsex\tf\t\n",
    ] {
        assert!(outcome.stdout.contains(line), "{line}\n{}", outcome.stdout);
    }
    assert!(
        outcome.stderr.contains("holds 3 tracks"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn a_hub_whose_tracks_cannot_be_counted_is_listed_without_counts() {
    let server = Server::start(trackfind);
    let outcome = catalog(&server, &["--repository", "Other", "--count"]);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    assert!(
        outcome.stdout.contains("sample_type->summary\tK562\t\n"),
        "{}",
        outcome.stdout
    );
    assert!(
        outcome
            .stderr
            .contains("Other / Two words: tracks not counted: "),
        "{}",
        outcome.stderr
    );
}

/// What is said, the table and the report.
fn with_report(address: &str, arguments: &[&str]) -> (String, String, String) {
    let folder = folder();
    let [table, report] = ["table.tsv", "report.md"].map(|name| folder.join(name));
    let outputs = ["--output-table", "--output-report"];
    let [table_path, report_path] = [&table, &report].map(|path| path.to_str().unwrap());
    let outputs = [outputs[0], table_path, outputs[1], report_path];
    let outcome = catalog_of(address, &[&outputs, arguments].concat());
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    let [table, report] = [table, report].map(|path| fs::read_to_string(path).unwrap());
    (outcome.stderr, table, report)
}

/// The lines of a table below the titles, without the hub.
fn lines(table: &str) -> Vec<String> {
    let mut lines: Vec<String> = table
        .lines()
        .skip(1)
        .map(|line| line.split('\t').skip(2).collect::<Vec<_>>().join("\t"))
        .collect();
    lines.sort();
    lines
}

#[test]
fn a_document_counts_the_same_as_a_server_that_serves_it() {
    let twin = project(TWIN).to_str().unwrap().to_owned();
    let tool = CATALOG;
    let of_document = support::run(tool, &["--document", &twin]);
    for mode in [&[] as &[&str], &["--faithful"]] {
        let hub = format!("Example/H1={twin}");
        let server = serve_process::Server::start_with(&[&["--hub", &hub], mode].concat());
        let address = format!("http://{}", server.address);
        let of_server = catalog_of(&address, &["--count"]);
        assert_eq!(of_server.status, 0, "{}", of_server.stderr);
        assert_eq!(lines(&of_server.stdout), lines(&of_document.stdout));
        assert_eq!(of_server.stdout.lines().count(), 98);
    }
}

#[test]
fn tracks_that_a_server_has_and_does_not_find_are_told() {
    let server = serve_process::Server::start(&[]);
    let address = format!("http://{}", server.address);
    let (said, table, report) = with_report(&address, &["--count"]);
    for expected in [
        "The hub Example / Blood holds 62 tracks\n",
        "Example / Blood: the server finds 60 of its 62 tracks, and only these are counted",
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
    assert!(table.contains("collection_info\tshort_name\tBlood for tests\t60\n"));
    for expected in [
        "**The hub Example / Blood holds 62 tracks**",
        "62 tracks. 2 of them lack an experiment, sample or study; only a search that",
    ] {
        assert!(report.contains(expected), "{expected}\n{report}");
    }
    // The tracks that are not found have an assembly too.
    let (_, assemblies) = report.split_once("### Genome assembly\n").unwrap();
    let (assemblies, _) = assemblies.split_once("###").unwrap();
    assert!(!assemblies.contains("*no value*"), "{assemblies}");
}

#[test]
fn a_hub_without_tracks_leaves_the_sum_of_the_others_known() {
    let [blood, empty] = [BLOOD, "test-data/no_hits.fairtracks.json"].map(project);
    let [blood, empty] = [("Blood", blood), ("Empty", empty)]
        .map(|(name, path)| format!("Example/{name}={}", path.display()));
    let server = serve_process::Server::start_with(&["--hub", &blood, "--hub", &empty]);
    let address = format!("http://{}", server.address);
    for counting in [&[] as &[&str], &["--count"]] {
        let (said, _, report) = with_report(&address, counting);
        assert!(said.contains("2 hubs hold 62 tracks\n"), "{said}");
        assert!(report.contains("| Example / Empty | 0 | "), "{report}");
    }
}

#[test]
fn where_values_are_not_counted_some_may_find_nothing_and_that_is_told() {
    let server = serve_process::Server::start(&[]);
    let address = format!("http://{}", server.address);
    let message = "some of the values may find nothing";
    let (said, _, report) = with_report(&address, &[]);
    for text in [&said, &report] {
        assert_eq!(text.matches(message).count(), 1, "{text}");
        assert!(text.contains("Count the tracks of each value"), "{text}");
    }
    for arguments in [["--count", "--value="], ["--value", "no such value"]] {
        let (said, _, report) = with_report(&address, &arguments);
        assert!(
            !said.contains(message) && !report.contains(message),
            "{said}"
        );
    }
    // The form of the tool calls it the same.
    let wrapper = support::text("galaxy-tools/fairtracks_catalog.xml");
    assert!(wrapper.contains("label=\"Count the tracks of each value\""));
}

#[test]
fn a_server_of_tracks_without_samples_holds_them_and_counts_none() {
    let blood = support::text(BLOOD);
    let mut document: Json = serde_json::from_str(&blood).unwrap();
    document["samples"] = json!([]);
    let folder = folder();
    let path = folder.join("document.json");
    fs::write(&path, document.to_string()).unwrap();
    let hub = format!("Example/Blood={}", path.display());
    let server = serve_process::Server::start_with(&["--hub", &hub]);
    let address = format!("http://{}", server.address);
    let (said, table, report) = with_report(&address, &["--count"]);
    assert!(said.contains("Example / Blood holds 62 tracks"), "{said}");
    assert!(
        table.contains("tracks\tassembly_name\tmm10\t0\n"),
        "{table}"
    );
    let message = "62 tracks. 62 of them lack an experiment, sample or study";
    assert!(report.contains(message), "{report}");
}

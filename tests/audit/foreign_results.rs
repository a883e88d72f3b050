//! Results that crates by other programs describe: their sources are what their actions read.

use serde_json::json;

use crate::support::following::{Galaxy, crates, row};
use crate::support::foreign_crates::{WorkflowRun, foreign};
use crate::support::packaging::{Given, package};
use crate::support::running::{AUDIT, run_in};
use crate::support::{Outcome, folder};

/// The following of the output of a workflow, by the crate of its run.
fn followed(crate_: &std::path::Path, bytes: &str) -> Outcome {
    let mut galaxy = Galaxy::default();
    let result = galaxy.uploaded(bytes.as_bytes());
    galaxy.dataset_mut(&result)["element_identifier"] = "overlaps".into();
    galaxy.follow_by(None, &[&result], &[crate_.to_path_buf()], &[])
}

#[test]
fn the_sources_of_a_result_are_the_inputs_of_its_workflow() {
    let run = WorkflowRun::default();
    let followed = followed(&run.written("run.zip"), run.output);
    let found = row(&followed, "overlaps");
    assert_eq!(found["proven_tracks"], "in", "{found:?}");
    let crates = crates(&followed);
    let crate_ = crates[0].to_str().unwrap();
    let outcome = run_in(
        AUDIT,
        &folder(),
        &[
            crate_,
            "--uses",
            "tool=Overlaps",
            "--output-table",
            "outcomes.tsv",
        ],
    );
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    let found = &outcome.rows()[0];
    assert_eq!((&*found["result"], &*found["uses"]), ("overlaps", "yes"));
    assert_eq!(
        (&*found["source_tracks"], &*found["matching_steps"]),
        ("1", "Overlaps")
    );
}

#[test]
fn a_result_of_a_workflow_is_packed_as_a_result() {
    let run = WorkflowRun::default();
    let data = [Given::new("overlaps", "bed", run.output)];
    let packed = package(&data, &[run.written("run.zip")], &["--title", "Overlaps"]);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    let paths: Vec<String> = packed.opened().order;
    assert!(
        paths.iter().any(|path| path == "results/overlaps.bed"),
        "{paths:?}"
    );
}

#[test]
fn a_download_without_inputs_is_still_a_source() {
    let bytes = WorkflowRun::default().output;
    let graph = json!([
        {"@id": "./", "@type": "Dataset", "name": "download", "datePublished": "2026-01-01", "hasPart": [{"@id": "out.bed"}]},
        {"@id": "#get", "@type": "CreateAction", "result": {"@id": "out.bed"}},
        {"@id": "out.bed", "@type": "File", "name": "downloaded"},
    ]);
    let crate_ = foreign("download.zip", graph, &[("out.bed", bytes)]);
    let followed = followed(&crate_, bytes);
    assert_eq!(row(&followed, "overlaps")["evidence"], "content (SHA-256)");
}

/// A crate of a source file under a licence.
fn licensed(name: &str, licence: &serde_json::Value, bytes: &str) -> std::path::PathBuf {
    let graph = json!([
        {"@id": "./", "@type": "Dataset", "name": name, "datePublished": "2026-01-01", "license": licence,
            "hasPart": [{"@id": "in.bed"}]},
        {"@id": "in.bed", "@type": "File", "name": name},
    ]);
    foreign(&format!("{name}.zip"), graph, &[("in.bed", bytes)])
}

#[test]
fn licences_agree_only_if_those_in_words_do() {
    let by = json!({"@id": "https://spdx.org/licenses/CC-BY-4.0"});
    let bytes = ["one", "other"].map(|name| format!("chr1\t1\t2\t{name}\n").repeat(9));
    let data = || {
        ["one", "other"]
            .iter()
            .zip(&bytes)
            .map(|(name, bytes)| Given::new(name, "bed", bytes))
    };
    let data: Vec<Given> = data().collect();
    for (licence, expected) in [
        (json!("CC0"), None),
        (json!("CC0-1.0"), None),
        (json!("CC-BY-4.0"), Some(by.clone())),
        (json!("CC BY 4.0"), Some(by.clone())),
        (by.clone(), Some(by.clone())),
    ] {
        let crates = [
            licensed("one", &by, &bytes[0]),
            licensed("other", &licence, &bytes[1]),
        ];
        let packed = package(&data, &crates, &["--title", "Two"]);
        assert_eq!(packed.status, 0, "{}", packed.stderr);
        let stated = packed.opened().root()["license"].clone();
        let finding = packed
            .stderr
            .contains("found different licences in the crates (");
        match expected {
            Some(licence) => assert_eq!((stated, finding), (licence, false)),
            None => assert_eq!(
                (stated, finding),
                (json!({"@id": "#licence-not-stated"}), true)
            ),
        }
        let chosen = package(&data, &crates, &["--title", "Two", "--licence", "MIT"]);
        assert!(
            !chosen.stderr.contains("different licences"),
            "{}",
            chosen.stderr
        );
    }
}

#[test]
fn a_licence_in_words_is_taken_over_where_it_is_clear_and_named_where_it_is_not() {
    let bytes = "chr1\t1\t2\n".repeat(9);
    let packed = |licence: &str| {
        let crate_ = licensed("one", &json!(licence), &bytes);
        let data = [Given::new("one", "bed", &bytes)];
        package(&data, &[crate_], &["--title", "One"])
    };
    let clear = packed("CC0");
    assert_eq!(
        clear.opened().root()["license"]["@id"],
        "https://spdx.org/licenses/CC0-1.0"
    );
    assert!(!clear.stderr.contains("licence"), "{}", clear.stderr);
    let unclear = packed("Creative Commons");
    let finding = "found the licence `Creative Commons` in the crates, expected its SPDX identifier or URL, such as CC-BY-4.0";
    assert!(unclear.stderr.contains(finding), "{}", unclear.stderr);
    assert!(
        !unclear.stderr.contains("no licence given"),
        "{}",
        unclear.stderr
    );
}

#[test]
fn a_document_of_another_standard_is_reported_and_the_crate_is_used() {
    let graph = json!([
        {"@id": "./", "@type": "Dataset", "name": "older", "datePublished": "2026-01-01",
            "hasPart": [{"@id": "metadata/fairtracks.json"}, {"@id": "out.bed"}]},
        {"@id": "metadata/fairtracks.json", "@type": "File", "name": "document",
            "conformsTo": {"@id": "https://raw.githubusercontent.com/fairtracks/fairtracks_standard/v2/current/json/schema/fairtracks.schema.json"}},
        {"@id": "#a", "@type": "CreateAction", "instrument": {"@id": "#t"}, "result": {"@id": "out.bed"}},
        {"@id": "#t", "@type": "SoftwareApplication", "name": "bedtools"},
        {"@id": "out.bed", "@type": "File", "name": "out.bed"},
    ]);
    let files = [
        ("metadata/fairtracks.json", "{\"version\": 2}"),
        ("out.bed", "1"),
    ];
    let crate_ = foreign("older.zip", graph, &files);
    let crate_ = crate_.to_str().unwrap();
    for (arguments, rows) in [
        (vec![crate_, "--uses", "tool=bedtools"], 1),
        (vec!["--difference", crate_, crate_], 0),
    ] {
        let all = [&arguments[..], &["--output-table", "outcomes.tsv"]].concat();
        let outcome = run_in(AUDIT, &folder(), &all);
        assert_eq!(outcome.status, 0, "{}", outcome.stderr);
        assert_eq!(outcome.rows().len(), rows);
        assert!(
            outcome.stderr.contains("not a FAIRtracks document"),
            "{}",
            outcome.stderr
        );
        assert!(
            outcome.stderr.contains("document not used"),
            "{}",
            outcome.stderr
        );
    }
}

//! What differs between two results.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::support::Outcome;
use crate::support::following::{Galaxy, crates};
use crate::support::importing::nine;
use crate::support::running::{AUDIT, run_in};
use crate::support::{folder, project};

const DNASE: &str = "example:cells_dnase";
const H3K4ME3: &str = "example:cells_h3k4me3";

/// A tool with its version and the value of its parameter.
type Run<'r> = (&'r str, &'r str, &'r str);

/// The crate of a result that tools, one after the other, made of a track.
fn result(came: &Outcome, track: &str, runs: &[Run<'_>]) -> PathBuf {
    let mut galaxy = Galaxy::default();
    let ids = galaxy.imported(came);
    let names = came.names("output_tracks");
    let mut last = ids[names.iter().position(|known| known == track).unwrap()].clone();
    for (tool, version, value) in runs {
        let bytes =
            format!("{track} {runs:?}: bytes that no other file of the tests has, more than 64\n");
        last = galaxy.run(tool, &[&last], bytes);
        let job = galaxy.jobs.last_mut().unwrap();
        job["tool_version"] = (*version).into();
        job["parameters"] = json!({"column": value});
    }
    galaxy.dataset_mut(&last)["element_identifier"] = "result".into();
    let followed = galaxy.follow(&[&last], &crates(came), &[]);
    assert_eq!(followed.status, 0, "{}", followed.stderr);
    crates(&followed).remove(0)
}

fn difference(first: &Path, second: &Path) -> Outcome {
    let arguments = [
        "--difference",
        first.to_str().unwrap(),
        second.to_str().unwrap(),
        "--output-table",
        "outcomes.tsv",
        "--output-report",
        "report.md",
        "--galaxy-metadata",
        "galaxy.json",
    ];
    let outcome = run_in(AUDIT, &folder(), &arguments);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    outcome
}

/// The differences but those of the bytes of results, each as one text.
fn rows(outcome: &Outcome) -> Vec<String> {
    let rows = outcome.rows().into_iter();
    let rows = rows.filter(|row| row["aspect"] != "result");
    rows.map(|row| {
        let cells =
            ["aspect", "name", "property", "first", "second"].map(|title| row[title].clone());
        cells.join("|")
    })
    .collect()
}

#[test]
fn versions_and_parameters_that_differ_are_named() {
    let came = nine(&[]);
    let first = result(
        &came,
        DNASE,
        &[("sort1", "1.2.0", "1"), ("Cut1", "1.0.2", "c1")],
    );
    let second = result(
        &came,
        DNASE,
        &[("sort1", "1.3.0", "1"), ("Cut1", "1.0.2", "c2")],
    );
    let outcome = difference(&first, &second);
    assert_eq!(
        rows(&outcome),
        [
            "step|sort1|version|1.2.0|1.3.0",
            "step|Cut1|parameter column|c1|c2"
        ]
    );
    let verdict = "Differences: 1 result, 1 tool version, 1 parameter";
    assert!(outcome.stderr.contains(verdict), "{}", outcome.stderr);
    let report = outcome.report();
    let all = outcome.rows();
    let sums = all.iter().find(|row| row["property"] == "sha256").unwrap();
    for sum in [&sums["first"], &sums["second"]] {
        assert_eq!(sum.len(), 64);
        assert!(report.contains(&format!("| {}… |", &sum[..31])), "{report}");
        assert!(!report.contains(sum.as_str()), "{report}");
    }
    assert!(
        report.contains("| sort1 | version | 1.2.0 | 1.3.0 |"),
        "{report}"
    );
    let result = &outcome.rows()[0];
    assert_eq!(
        (&*result["aspect"], &*result["property"]),
        ("result", "sha256")
    );
}

#[test]
fn source_tracks_and_steps_that_one_alone_has_are_named() {
    let came = nine(&[]);
    let first = result(&came, DNASE, &[("sort1", "1.2.0", "1")]);
    let second = result(
        &came,
        H3K4ME3,
        &[("sort1", "1.2.0", "1"), ("Cut1", "1.0.2", "c1")],
    );
    assert_eq!(
        rows(&difference(&first, &second)),
        [
            "source track|example:cells_dnase|presence|present|absent",
            "source track|example:cells_h3k4me3|presence|absent|present",
            "step|Cut1|presence|absent|present",
        ]
    );
}

#[test]
fn a_reversed_order_is_a_difference() {
    let came = nine(&[]);
    let [sort, cut] = [("sort1", "1.2.0", "1"), ("Cut1", "1.0.2", "c1")];
    let first = result(&came, DNASE, &[sort, cut]);
    let second = result(&came, DNASE, &[cut, sort]);
    let outcome = difference(&first, &second);
    assert_eq!(rows(&outcome), ["step|sort1|order|before Cut1|after Cut1"]);
}

#[test]
fn a_tool_that_ran_more_often_is_a_difference() {
    let came = nine(&[]);
    let sort = ("sort1", "1.2.0", "1");
    let first = result(&came, DNASE, &[sort]);
    let second = result(&came, DNASE, &[sort, sort]);
    let found = rows(&difference(&first, &second));
    assert_eq!(found, ["step|sort1|presence|absent|present"]);
}

#[test]
fn metadata_of_a_source_track_that_changed_are_named() {
    let came = nine(&[]);
    let runs = [("sort1", "1.2.0", "1")];
    let first = result(&came, DNASE, &runs);
    let mut document: Json =
        serde_json::from_str(&crate::support::text("test-data/tracks.fairtracks.json")).unwrap();
    for track in document["tracks"].as_array_mut().unwrap() {
        track["label_long"] = "another label".into();
    }
    let document = crate::support::importing::written("other.json", document.to_string());
    let other = crate::support::importing::import(&[&document], &[]);
    let second = result(&other, DNASE, &runs);
    let found = rows(&difference(&first, &second));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("source track|example:cells_dnase|label|"));
    assert!(found[0].ends_with("|another label"), "{found:?}");
}

#[test]
fn the_crate_of_a_result_and_its_publication_do_not_differ() {
    let folder = project("test-data/version_0_1_0");
    let outcome = difference(
        &folder.join("result.crate.zip"),
        &folder.join("full.crate.zip"),
    );
    assert_eq!(outcome.rows().len(), 0);
    assert!(
        outcome.stderr.contains("No differences"),
        "{}",
        outcome.stderr
    );
    assert!(!outcome.report().contains("history_dataset_as_table"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// A result does not differ from itself, and what the first has more than the second, the second has less.
    #[test]
    fn laws_differences_are_symmetric(
        one in prop::collection::vec((0..3_usize, 0..2_usize, 0..2_usize), 1..4),
        other in prop::collection::vec((0..3_usize, 0..2_usize, 0..2_usize), 1..4),
    ) {
        let run = |(tool, version, value): &(usize, usize, usize)| {
            (["sort1", "Cut1", "cat1"][*tool], ["1.0", "2.0"][*version], ["a", "b"][*value])
        };
        let came = nine(&[]);
        let [first, second] = [&one, &other].map(|runs| {
            let runs: Vec<Run<'_>> = runs.iter().map(run).collect();
            result(&came, DNASE, &runs)
        });
        prop_assert!(difference(&first, &first).rows().is_empty());
        let there = difference(&first, &second).rows();
        let back = difference(&second, &first).rows();
        let presences = |rows: &[crate::support::outcome::Row], side: &str| {
            rows.iter().filter(|row| row["property"] == "presence" && row[side] == "present").count()
        };
        prop_assert_eq!(presences(&there, "first"), presences(&back, "second"));
        prop_assert_eq!(presences(&there, "second"), presences(&back, "first"));
        prop_assert_eq!(there.is_empty(), one == other);
    }
}

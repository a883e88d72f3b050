//! `fairtracks_audit` as its users meet it.

use std::fs;

use serde_json::json;

use crate::support::importing::written;
use crate::support::running::{AUDIT, run_in};
use crate::support::{Outcome, folder, project};

fn fixture(name: &str) -> String {
    project(&format!("test-data/{name}"))
        .to_str()
        .unwrap()
        .to_owned()
}

fn audit(arguments: &[&str]) -> Outcome {
    run_in(AUDIT, &folder(), arguments)
}

#[test]
fn without_an_output_the_table_is_printed() {
    let outcome = audit(&[
        &fixture("version_0_1_0/result.crate.zip"),
        "--uses",
        "track=cells_dnase",
    ]);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    let lines: Vec<&str> = outcome.stdout.lines().collect();
    assert!(
        lines[0].starts_with("#result\tcrate\tuses\t"),
        "{}",
        lines[0]
    );
    assert!(lines[1].starts_with("shared regions\tresult.crate.zip\tyes\texample:cells_dnase\t"));
}

#[test]
fn a_question_that_is_none_is_a_usage_error_with_what_to_do() {
    let crate_ = fixture("version_0_1_0/result.crate.zip");
    for (arguments, message) in [
        (
            vec!["--uses", "trak=x"],
            "error: --uses: found `trak`, expected track, study, donor, checksum, tool or version",
        ),
        (
            vec!["--uses", "cells"],
            "error: --uses: found `cells`, expected track,",
        ),
        (
            vec!["--uses", "tool= "],
            "error: --uses: found no value for tool, expected one, for example tool=Cut1",
        ),
        (
            vec!["--uses", "checksum=x"],
            "error: --uses: found the checksum `x`, expected hexadecimal digits",
        ),
        (
            vec!["--uses", "checksum=789b93741023c4275153dc99a35eed3"],
            "error: --uses: found a checksum of 31 digits, expected 32 (MD5), 40 (SHA-1), 64 (SHA-256), 96",
        ),
        (
            vec![
                "--uses",
                "checksum=SHA-256:789b93741023c4275153dc99a35eed32",
            ],
            "error: --uses: found a checksum of 32 digits, expected 64 (SHA-256): give the whole checksum",
        ),
        (vec![], "error: --uses: found none, expected at least one"),
    ] {
        let mut all = vec![crate_.as_str()];
        all.extend(arguments);
        let outcome = audit(&all);
        assert_eq!(outcome.status, 2, "{all:?}");
        assert!(outcome.stderr.contains(message), "{}", outcome.stderr);
    }
    let both = audit(&["--difference", &crate_, &crate_, "--uses", "tool=x"]);
    assert_eq!(both.status, 2);
    assert_eq!(audit(&["--uses", "tool=x"]).status, 2, "no crate");
}

#[test]
fn the_form_asks_as_the_options_do() {
    let form = json!({"question": {"kind": "uses", "crates": [], "uses": [
        {"__index__": 0, "kind": "tool", "value": "bedtools_intersectbed"},
        {"__index__": 1, "kind": "version", "value": "2.31.1"},
    ]}});
    let form = written("form.json", form.to_string());
    let names = written("names.json", "[\"it's <mine>\"]");
    let outcome = audit(&[
        &fixture("version_0_1_0/result.crate.zip"),
        "--form",
        form.to_str().unwrap(),
        "--names",
        names.to_str().unwrap(),
    ]);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    assert!(
        outcome
            .stdout
            .contains("shared regions\tit's <mine>\tyes\t\tbedtools_intersectbed 2.31.1+galaxy0\t")
    );
    let empty = json!({"question": {"uses": [{"kind": "tool", "value": null}]}});
    let empty = written("form.json", empty.to_string());
    let outcome = audit(&[
        &fixture("version_0_1_0/result.crate.zip"),
        "--form",
        empty.to_str().unwrap(),
    ]);
    assert_eq!(outcome.status, 2);
    assert!(
        outcome
            .stderr
            .contains("audit form: found no value for tool")
    );
}

#[test]
fn a_file_that_is_no_crate_fails_where_it_is_all_there_is() {
    let notes = written("notes.txt", "no crate");
    let notes = notes.to_str().unwrap();
    let good = fixture("version_0_1_0/result.crate.zip");
    for arguments in [
        vec![notes, "--uses", "tool=x"],
        vec!["--difference", &good, notes],
    ] {
        let outcome = audit(&[&arguments[..], &["--output-table", "table.tsv"]].concat());
        assert_eq!(outcome.status, 1, "{arguments:?}");
        assert!(
            outcome.stderr.contains("error: notes.txt: "),
            "{}",
            outcome.stderr
        );
        assert!(!outcome.folder.join("table.tsv").exists());
    }
}

#[test]
fn a_folder_of_crates_is_read_in_the_order_of_names() {
    let place = folder();
    let crates = place.join("crates");
    fs::create_dir(&crates).unwrap();
    for (from, to) in [
        ("version_0_1_0/result.crate.zip", "b.zip"),
        ("results/shared_regions_again.crate.zip", "a.zip"),
    ] {
        fs::copy(fixture(from), crates.join(to)).unwrap();
    }
    let outcome = run_in(
        AUDIT,
        &place,
        &["crates", "--uses", "tool=bedtools_intersectbed"],
    );
    let names = outcome
        .stdout
        .lines()
        .skip(1)
        .map(|line| line.split('\t').nth(1).unwrap());
    assert_eq!(names.collect::<Vec<_>>(), ["a.zip", "b.zip"]);
}

#[test]
fn a_folder_without_files_and_a_comparison_without_results_say_so() {
    let place = folder();
    fs::create_dir_all(place.join("crates/inside")).unwrap();
    let outcome = run_in(AUDIT, &place, &["crates", "--uses", "tool=x"]);
    assert_eq!(outcome.status, 1, "{}", outcome.stderr);
    let message = "error: crates: found no files in this folder, expected crates (zip)";
    assert!(outcome.stderr.contains(message), "{}", outcome.stderr);
    let track = fixture("version_0_1_0/light.crate.zip");
    let result = fixture("version_0_1_0/result.crate.zip");
    let none = audit(&["--difference", &track, &track]);
    let message = "Found no results in light.crate.zip and light.crate.zip: compare crates of FAIRtracks follow";
    assert!(none.stderr.contains(message), "{}", none.stderr);
    let one = audit(&["--difference", &result, &track]);
    let message = ". Found no results in light.crate.zip";
    assert!(one.stderr.contains(message), "{}", one.stderr);
}

#[test]
fn a_question_without_answer_names_the_values_that_are_there() {
    let crate_ = fixture("version_0_1_0/result.crate.zip");
    for (uses, hint) in [
        ("track=cells_dnas", "did you mean `cells_dnase`?"),
        ("tool=intersectbed", "did you mean `bedtools_intersectbed`?"),
        ("version=9", "the values are "),
    ] {
        let outcome = audit(&[&crate_, "--uses", uses]);
        assert!(outcome.stderr.contains(hint), "{uses}: {}", outcome.stderr);
    }
    let found = audit(&[&crate_, "--uses", "track=cells_dnase"]);
    assert!(!found.stderr.contains("no result uses"), "{}", found.stderr);
}

#[test]
fn a_track_without_a_value_of_the_kind_cannot_be_excluded() {
    let crate_ = fixture("version_0_1_0/result.crate.zip");
    let outcome = audit(&[&crate_, "--uses", "donor=D-17"]);
    let line = outcome.stdout.lines().nth(1).unwrap_or_default();
    assert!(
        line.starts_with("shared regions\tresult.crate.zip\tunknown\t"),
        "{line}"
    );
    let verdict = "1 cannot be excluded: its source tracks have no donor to compare";
    assert!(outcome.stderr.contains(verdict), "{}", outcome.stderr);
    // Another track is not the one asked for, whatever its donor is.
    let both = audit(&[&crate_, "--uses", "track=other", "--uses", "donor=D-17"]);
    assert_eq!(both.stdout.lines().count(), 1, "{}", both.stdout);
}

//! Crates by other programs: tools of workflows, steps of which little is stated, files without checksums.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::support::foreign_crates::{TOOL, WorkflowRun, process, recorded_step};
use crate::support::running::{AUDIT, run_in};
use crate::support::{Outcome, folder};

fn run(arguments: &[&str]) -> Outcome {
    let all = [arguments, &["--output-table", "outcomes.tsv"]].concat();
    let outcome = run_in(AUDIT, &folder(), &all);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    outcome
}

fn answer(crate_: &Path, uses: &[&str]) -> String {
    let mut arguments = vec![crate_.to_str().unwrap()];
    arguments.extend(uses.iter().flat_map(|uses| ["--uses", *uses]));
    let outcome = run(&arguments);
    match outcome.rows().as_slice() {
        [] => "no".to_owned(),
        rows => rows[0]["uses"].clone(),
    }
}

fn difference(first: &Path, second: &Path) -> (Vec<String>, Outcome) {
    let outcome = run(&[
        "--difference",
        first.to_str().unwrap(),
        second.to_str().unwrap(),
    ]);
    let rows = outcome.rows().into_iter();
    let rows = rows.map(|row| format!("{}|{}|{}", row["aspect"], row["name"], row["property"]));
    (rows.collect(), outcome)
}

fn workflow(run: WorkflowRun, name: &str) -> PathBuf {
    run.written(name)
}

#[test]
fn a_tool_that_the_workflow_contains_cannot_be_excluded() {
    let crate_ = workflow(WorkflowRun::default(), "run.zip");
    let whole = format!("tool={TOOL}/2.30.0+galaxy2");
    for (uses, expected) in [
        (vec!["tool=bedtools_intersectbed"], "unknown"),
        (vec!["tool=Bedtools Intersect Intervals"], "unknown"),
        (vec![whole.as_str()], "unknown"),
        (vec!["version=2.30.0"], "unknown"),
        (
            vec!["tool=bedtools_intersectbed", "version=2.30.0"],
            "unknown",
        ),
        (vec!["tool=Overlaps"], "yes"),
        (vec!["tool=bedtools_intersectbed", "version=2.31.0"], "no"),
        (vec!["tool=bedtools"], "no"),
        (vec!["tool=samtools_sort"], "no"),
    ] {
        assert_eq!(answer(&crate_, &uses), expected, "{uses:?}");
    }
    let outcome = run(&[
        crate_.to_str().unwrap(),
        "--uses",
        "tool=bedtools_intersectbed",
    ]);
    let expected =
        "1 cannot be excluded: its workflow contains bedtools_intersectbed 2.30.0+galaxy2";
    assert!(outcome.stderr.contains(expected), "{}", outcome.stderr);
}

#[test]
fn a_step_of_a_workflow_that_is_recorded_uses_its_tool() {
    let crate_ = recorded_step("recorded.zip");
    for (uses, expected) in [
        (vec!["tool=BEDTOOLS_INTERSECT"], "yes"),
        (vec!["tool=BEDTOOLS_INTERSECT", "version=2.31.1"], "yes"),
        (vec!["version=2.31.2"], "no"),
        (vec!["tool=SAMTOOLS_SORT"], "no"),
    ] {
        assert_eq!(answer(&crate_, &uses), expected, "{uses:?}");
    }
}

#[test]
fn a_step_without_a_tool_or_a_version_cannot_be_excluded() {
    let no_version = json!({"@id": "#t", "@type": "SoftwareApplication", "name": "bedtools"});
    let no_version = process("version.zip", Some(no_version));
    let no_tool = process("tool.zip", None);
    let no_parts = json!({"@id": "#w", "@type": ["SoftwareSourceCode", "ComputationalWorkflow"], "name": "main"});
    let no_parts = process("parts.zip", Some(no_parts));
    for (crate_, uses, expected) in [
        (&no_version, vec!["version=2.30.0"], "unknown"),
        (
            &no_version,
            vec!["tool=bedtools", "version=2.30.0"],
            "unknown",
        ),
        (&no_version, vec!["tool=samtools", "version=2.30.0"], "no"),
        (&no_version, vec!["tool=bedtools"], "yes"),
        (&no_tool, vec!["tool=bedtools"], "unknown"),
        (&no_parts, vec!["tool=bedtools"], "unknown"),
        (&no_parts, vec!["version=2.30.0"], "unknown"),
    ] {
        assert_eq!(answer(crate_, &uses), expected, "{uses:?}");
    }
    let outcome = run(&[no_version.to_str().unwrap(), "--uses", "version=2.30.0"]);
    let expected = "1 cannot be excluded: its steps have no version to compare";
    assert!(outcome.stderr.contains(expected), "{}", outcome.stderr);
}

#[test]
fn the_files_in_crates_and_the_tools_of_workflows_are_compared() {
    let first = workflow(WorkflowRun::default(), "first.zip");
    let other = WorkflowRun {
        version: "2.31.1+galaxy0",
        output: "other bytes",
        ..WorkflowRun::default()
    };
    let (rows, _) = difference(&first, &workflow(other, "other.zip"));
    let tool = "step|bedtools_intersectbed|version";
    assert_eq!(rows, ["result|out|sha256", "result|out|bytes", tool]);
    let other = WorkflowRun {
        input: "another input",
        ..WorkflowRun::default()
    };
    let (rows, outcome) = difference(&first, &workflow(other, "input.zip"));
    assert_eq!(rows, ["input file|in|sha256"]);
    assert!(
        outcome.stderr.contains("Differences: 1 input file"),
        "{}",
        outcome.stderr
    );
    let (rows, outcome) = difference(&first, &first);
    assert!(rows.is_empty(), "{rows:?}");
    assert!(
        !outcome.stderr.contains("cannot be compared"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn contents_without_a_checksum_are_said_to_be_not_compared() {
    let first = workflow(WorkflowRun::default(), "first.zip");
    let without = WorkflowRun {
        has_files: false,
        ..WorkflowRun::default()
    };
    let (rows, outcome) = difference(&first, &workflow(without, "without.zip"));
    assert!(!rows.iter().any(|row| row.ends_with("sha256")), "{rows:?}");
    let expected = "contents of in and 1 other file cannot be compared (no checksum)";
    assert!(outcome.stderr.contains(expected), "{}", outcome.stderr);
}

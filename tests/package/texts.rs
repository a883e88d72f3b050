//! What a package says in words: names in the history, methods, citation, and the same numbers everywhere.

use crate::support::packaging::{SAID, Story, package};
use serde_json::Value as Json;

#[test]
fn outputs_are_named_by_the_title_and_the_numbers() {
    let packed = Story::new().packed(&[]);
    let metadata: Json = serde_json::from_slice(&packed.read("galaxy.json")).unwrap();
    let name = |output: &str| metadata[output]["name"].as_str().unwrap().to_owned();
    let title = SAID[1];
    assert_eq!(name("output_crate"), format!("{title}: 1 result, 2 tracks"));
    assert_eq!(name("output_report"), format!("{title}: report"));
    for output in [
        "output_crate",
        "output_report",
        "output_picture",
        "output_tracks",
        "output_steps",
    ] {
        assert!(name(output).starts_with(title), "{output}");
        assert_eq!(
            metadata[output]["info"],
            "1 result from 2 source tracks; 2 tools, 2 jobs"
        );
    }
    assert!(metadata["output_tracks"]["metadata"]["column_names"].is_array());
}

#[test]
fn the_numbers_are_the_same_in_report_page_and_methods() {
    let packed = Story::new().packed(&[]);
    let counts = "2 tools, 2 jobs";
    let report = packed.text("report.md");
    assert!(
        report.contains(&format!("**1 result from 2 source tracks; {counts}**")),
        "{report}"
    );
    assert!(packed.stderr.contains(counts), "{}", packed.stderr);
    let opened = packed.opened();
    assert!(opened.preview().contains(counts));
    let methods = String::from_utf8(opened.files["metadata/methods.md"].clone()).unwrap();
    assert!(
        methods.contains("with 2 tools in 2 jobs: sort1"),
        "{methods}"
    );
    let steps = packed.text("steps.tsv");
    let rows = steps.lines().skip(1);
    assert_eq!(
        rows.filter(|row| row.contains("\ttool\t")).count(),
        2,
        "{steps}"
    );
}

#[test]
fn works_are_cited_with_authors_that_are_known() {
    let opened = Story::new().packed(&[]).opened();
    let citation = String::from_utf8(opened.files["CITATION.cff"].clone()).unwrap();
    for known in [
        "10.12688/f1000research.28449.1",
        "10.1093/nar/gkae410",
        "FAIRtracks tools for Galaxy",
        "pubmed:22955617",
    ] {
        assert!(citation.contains(known), "{known}: {citation}");
    }
    for invented in ["Authors of", "not stated", "usegalaxy.org", "name: others"] {
        assert!(!citation.contains(invented), "{invented}: {citation}");
    }
}

#[test]
fn without_a_creator_there_is_no_citation_and_the_report_says_so() {
    let story = Story::new();
    let packed = package(
        &story.data(),
        &story.crates(),
        &["--title", "T", "--licence", "CC0-1.0"],
    );
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    let opened = packed.opened();
    assert!(!opened.files.contains_key("CITATION.cff"));
    assert!(!opened.preview().contains("How to cite"));
    let report = packed.text("report.md");
    assert!(
        report.contains("has no `CITATION.cff`: fill in *Your name*"),
        "{report}"
    );
    let by_organisation = ["--title", "T", "--organisation-name", "Brown University"];
    let packed = package(&story.data(), &story.crates(), &by_organisation).opened();
    let citation = String::from_utf8(packed.files["CITATION.cff"].clone()).unwrap();
    assert!(
        citation.contains("authors:\n  - name: \"Brown University\"\n"),
        "{citation}"
    );
}

#[test]
fn crates_that_are_not_needed_are_one_finding() {
    let story = Story::new();
    let names = story.imported.names("output_crates");
    let all: Vec<_> = names
        .iter()
        .map(|name| story.imported.crate_path(name))
        .collect();
    let lineage = ["--lineage", story.lineage.to_str().unwrap()];
    let packed = package(
        std::slice::from_ref(&story.result),
        &all,
        &[&SAID[..], &lineage].concat(),
    );
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    let report = packed.text("report.md");
    assert!(report.contains("## Findings (1)"), "{report}");
    assert!(
        report.contains("**may**: 7 crates not used: they describe none of the data"),
        "{report}"
    );
}

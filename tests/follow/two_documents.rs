//! `fairtracks_follow --documents`: two documents that describe the same track.

use std::path::PathBuf;

use serde_json::json;

use crate::support::Outcome;
use crate::support::following::{Galaxy, row};
use crate::support::importing::written;
use crate::support::recognised::{REGIONS, document, track, upload};

/// A document of one track, whose sample has this age.
fn document_of_age(name: &str, age: &str) -> PathBuf {
    let mut document = document(&[track("open", "open_chromatin.bed", REGIONS)]);
    for sample in document["samples"].as_array_mut().unwrap() {
        sample["age"] = json!("AGE");
    }
    written(name, document.to_string().replace("\"AGE\"", age))
}

/// An upload of the track, recognised by two documents that state these ages.
fn followed(ages: [&str; 2]) -> Outcome {
    let documents = [
        document_of_age("first.json", ages[0]),
        document_of_age("second.json", ages[1]),
    ];
    let [first, second] = documents.each_ref().map(|path| path.to_str().unwrap());
    let mut galaxy = Galaxy::default();
    let id = upload(&mut galaxy, "mine", REGIONS, None);
    galaxy.follow(&[&id], &[], &["--documents", first, second])
}

#[test]
fn a_number_written_in_two_ways_is_no_difference() {
    let came = followed(["1.50", "1.5"]);
    let findings = row(&came, "mine")["findings"].clone();
    assert!(!findings.contains("differently"), "{findings}");
    assert!(!findings.contains("conflicting descriptions"), "{findings}");
}

#[test]
fn another_number_asks_for_nothing_and_each_document_is_named() {
    let came = followed(["1.5", "2"]);
    let found = row(&came, "mine");
    assert!(
        !found["findings"].contains("#recognition-"),
        "{}",
        found["findings"]
    );
    assert!(
        !["must", "should"].contains(&found["strength"].as_str()),
        "{}",
        found["findings"]
    );
    // Each document is named where its track was identified.
    let crate_ = came.crate_of("mine");
    let text = crate_.metadata.to_string();
    for name in ["first.json", "second.json"] {
        assert!(
            text.contains(&format!("against the FAIRtracks document {name}")),
            "{name}"
        );
    }
}

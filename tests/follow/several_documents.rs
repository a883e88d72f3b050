//! One track that two documents describe: findings name both, and what says the same is no difference.

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::support::following::{crates, follow_in, row};
use crate::support::importing::written;
use crate::support::recognised::{REGIONS, document, track};
use crate::support::{Outcome, folder};

/// The document of a track with a sample that has this height as it is written.
fn with_height(height: &str) -> String {
    let mut document = document(&[track("open", "open_chromatin.bed", REGIONS)]);
    for sample in document["samples"].as_array_mut().unwrap() {
        sample["height"] = "HEIGHT".into();
    }
    document.to_string().replace("\"HEIGHT\"", height)
}

/// The same from another source.
fn of_another_source(text: &str) -> String {
    let document: Json = serde_json::from_str(text).unwrap();
    let version = document["doc_info"]["doc_version"]
        .as_str()
        .unwrap()
        .to_owned();
    text.replace(&version, &"f".repeat(64))
}

/// Follows the file of the track with these options, which need no crate or document besides.
fn follow(options: &[&str]) -> Outcome {
    let place = folder();
    std::fs::write(place.join("mine.bed"), REGIONS).unwrap();
    let all = [&["mine.bed"], options].concat();
    let all: Vec<String> = all.into_iter().map(str::to_owned).collect();
    let came = follow_in(&place, &all);
    assert_eq!(came.status, 0, "{}", came.stderr);
    came
}

/// The crate of the file by a document.
fn crate_by(document: &Path, options: &[&str]) -> PathBuf {
    let documents = ["--documents", document.to_str().unwrap()];
    let came = follow(&[&documents, options].concat());
    crates(&came).remove(0)
}

/// Strength and findings of the file, by the crates that two documents gave it, `first.zip` and `second.zip`.
fn of_crates_by(documents: [&Path; 2]) -> [String; 2] {
    of_crates(documents.map(|document| crate_by(document, &[])))
}

fn of_crates(crates: [PathBuf; 2]) -> [String; 2] {
    let place = folder();
    let names = ["first.zip", "second.zip"].map(|name| place.join(name));
    for (path, from) in names.iter().zip(crates) {
        std::fs::copy(from, path).unwrap();
    }
    let [first, second] = names.each_ref().map(|path| path.to_str().unwrap());
    let came = follow(&["--crates", first, second]);
    let row = row(&came, "mine.bed");
    ["strength", "findings"].map(|title| row[title].clone())
}

#[test]
fn documents_that_differ_in_a_value_are_both_named_and_need_no_action() {
    let [one, other] = ["1.5", "1.75"].map(|height| written("tracks.json", with_height(height)));
    let [strength, findings] = of_crates_by([&one, &other]);
    assert_eq!(strength, "may", "{findings}");
    let expected = "first.zip and second.zip describe example:";
    assert!(findings.contains(expected), "{findings}");
    assert!(findings.contains("(samples) differently"), "{findings}");
    // The documents have one name, and each identified the file by itself.
    assert!(!findings.contains("#recognition"), "{findings}");
}

#[test]
fn objects_of_one_id_in_two_sources_are_one_finding_that_names_both() {
    let one = with_height("1.5");
    let other = of_another_source(&with_height("1.75"));
    let [one, other] = [one, other].map(|text| written("tracks.json", text));
    let [strength, findings] = of_crates_by([&one, &other]);
    assert_eq!(strength, "may", "{findings}");
    let of_track: Vec<&str> = findings
        .split("; conflicting")
        .filter(|finding| finding.contains("example:open (tracks)"))
        .collect();
    assert_eq!(of_track.len(), 1, "{findings}");
    let expected =
        "first.zip and second.zip use it for different objects; renamed to example:open#";
    assert!(of_track[0].contains(expected), "{findings}");
}

#[test]
fn equal_numbers_are_no_difference() {
    for source in [str::to_owned as fn(&str) -> String, of_another_source] {
        let [one, other] = [with_height("1.5"), source(&with_height("1.50"))];
        let [one, other] = [one, other].map(|text| written("tracks.json", text));
        assert_eq!(of_crates_by([&one, &other]), ["", ""]);
    }
}

#[test]
fn crates_that_name_one_person_differently_are_named() {
    let document = written("tracks.json", with_height("1.5"));
    let of_creator = |name: &str| {
        let creator = [
            "--creator-name",
            name,
            "--creator-orcid",
            "0000-0002-1825-0097",
        ];
        crate_by(&document, &creator)
    };
    let [strength, findings] = of_crates(["J. Carberry", "Josiah Carberry"].map(of_creator));
    assert_eq!(strength, "may", "{findings}");
    let person = "describe https://orcid.org/0000-0002-1825-0097 differently";
    let orders = ["first.zip and second.zip", "second.zip and first.zip"];
    let is_told = |order: &&str| findings.contains(&format!("{order} {person}"));
    assert_eq!(
        orders.iter().filter(|order| is_told(order)).count(),
        1,
        "{findings}"
    );
}

#[test]
fn documents_of_one_run_are_named_as_the_user_knows_them() {
    let place = folder();
    let mut second = document(&[track("open", "open_chromatin.bed", REGIONS)]);
    // The same track of the same source at another address.
    second["tracks"][0]["file_url"] = json!("https://mirror.example.org/open_chromatin.bed");
    let first = document(&[track("open", "open_chromatin.bed", REGIONS)]);
    for (name, document) in [("000001.json", first), ("000002.json", second)] {
        std::fs::write(place.join(name), document.to_string()).unwrap();
    }
    let names = place.join("names.json");
    std::fs::write(&names, "[\"My tracks\", \"Their tracks\"]").unwrap();
    let [one, other] = ["000001.json", "000002.json"].map(|name| place.join(name));
    let came = follow(&[
        "--documents",
        one.to_str().unwrap(),
        other.to_str().unwrap(),
        "--document-names",
        names.to_str().unwrap(),
    ]);
    let row = row(&came, "mine.bed");
    assert_eq!(row["strength"], "may");
    let expected = "My tracks and Their tracks describe example:open (tracks) differently";
    assert!(row["findings"].contains(expected), "{}", row["findings"]);
}

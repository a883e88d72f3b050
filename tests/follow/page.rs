//! What there is to look at: the picture, the rows of the report, and the page of all crates.

use std::fs;

use crate::support::Outcome;
use crate::support::following::{Galaxy, crates};
use crate::support::importing::{CREDITS, nine};

const PICTURE: [&str; 4] = [
    "--output-picture",
    "picture.png",
    "--output-page",
    "page.html",
];

/// Nine tracks, sorted each for itself; all of them ranked in one table.
fn followed(options: &[&str]) -> Outcome {
    let came = nine(&CREDITS);
    let mut galaxy = Galaxy::default();
    let tracks = galaxy.imported(&came);
    let mut results = Vec::new();
    for (number, track) in tracks.iter().enumerate() {
        let bytes = format!(
            "{number}: a sorted track that has bytes which occur in no other file at all\n"
        );
        let sorted = galaxy.run("bedtools_sortbed", &[track], bytes);
        let name = galaxy.dataset(track)["name"].clone();
        galaxy.dataset_mut(&sorted)["element_identifier"] = name;
        galaxy.dataset_mut(&sorted)["name"] = format!("Sort on data {number}").into();
        results.push(sorted);
    }
    let sorted: Vec<&str> = results.iter().map(String::as_str).collect();
    let ranked = galaxy.run(
        "fairtracks_overlap",
        &sorted,
        "one table with a row for each of the nine tracks of the import\n",
    );
    galaxy.dataset_mut(&ranked)["name"] = "Ranking".into();
    results.push(ranked);
    let results: Vec<&str> = results.iter().map(String::as_str).collect();
    galaxy.follow(&results, &crates(&came), options)
}

fn text(followed: &Outcome, name: &str) -> String {
    assert_eq!(followed.status, 0, "{}", followed.stderr);
    fs::read_to_string(followed.folder.join(name)).unwrap()
}

#[test]
fn the_report_has_the_picture_and_a_row_for_each_crate() {
    let followed = followed(&PICTURE);
    let report = text(&followed, "report.md");
    assert!(
        report.contains("history_dataset_as_image(output=\"output_picture\")"),
        "{report}"
    );
    let rows: Vec<&str> = report
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    assert_eq!(rows.len(), 10, "{report}");
    let one = rows
        .iter()
        .find(|row| row.starts_with("| `example:cells_dnase`"))
        .unwrap();
    for part in [
        "Sort on data",
        "](https://",
        "cells_dnase",
        "bedtools\\_sortbed 1.0.0",
    ] {
        assert!(one.contains(part), "{part}: {one}");
    }
    let ranking = rows
        .iter()
        .find(|row| row.starts_with("| `Ranking`"))
        .unwrap();
    assert!(ranking.contains("and 4 more"), "{ranking}");
    let png = fs::read(followed.folder.join("picture.png")).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
}

#[test]
fn the_page_shows_every_crate_and_runs_nothing() {
    let page = text(&followed(&PICTURE), "page.html");
    assert_eq!(page.matches("<details id=\"crate-").count(), 10);
    for part in [
        "The source tracks of all 10 results are confirmed.",
        "Crates (10)",
        "<b>Ranking</b>",
        "9 source tracks, 10 steps",
        "Same steps as <a href=\"#crate-1\">",
        "cells_dnase.bed from ",
        "ni:&#x2f;&#x2f;&#x2f;sha-256;",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    // The picture of all, of the first sorted track, of the one track that was decompressed, and of the ranking.
    assert_eq!(page.matches("<svg").count(), 4);
    for forbidden in [
        "<script",
        "<iframe",
        "<object",
        "javascript:",
        " onclick",
        " onload",
    ] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn without_picture_and_page_the_report_asks_for_none() {
    let followed = followed(&[]);
    let report = text(&followed, "report.md");
    assert!(!report.contains("history_dataset_as_image"), "{report}");
    assert!(report.contains("## Crates"));
    assert!(!followed.folder.join("page.html").exists());
}

#[test]
fn the_same_results_give_the_same_page() {
    let pages =
        [followed(&PICTURE), followed(&PICTURE)].map(|followed| text(&followed, "page.html"));
    assert_eq!(pages[0], pages[1]);
}

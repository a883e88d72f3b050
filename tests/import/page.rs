//! What there is to look at: the picture, the links of the report, and the page of all crates.

use std::fs;
use std::path::Path;

use crate::support::importing::{CREDITS, FAULTY, import, nine};
use crate::support::{Outcome, project};

const LOOKED_AT: [&str; 4] = [
    "--output-picture",
    "picture.png",
    "--output-page",
    "page.html",
];

fn nine_looked_at() -> Outcome {
    nine(&[&CREDITS[..], &LOOKED_AT].concat())
}

fn text(came: &Outcome, name: &str) -> String {
    assert_eq!(came.status, 0, "{}", came.stderr);
    fs::read_to_string(came.folder.join(name)).unwrap()
}

#[test]
fn the_page_shows_each_track_with_its_file_and_its_checks() {
    let page = text(&nine_looked_at(), "page.html");
    assert_eq!(page.matches("<details id=\"crate-").count(), 9);
    for part in [
        "All 9 tracks were imported.",
        "Crates (9)",
        "<b>example:cells_dnase</b> · Cells, DNase: regions",
        ">cells_dnase.bed from tracks.example.org</a>",
        "href=\"ftp:&#x2f;&#x2f;ftp.example.org&#x2f;cells&#x2f;cells_h3k27me3.broadPeak\"",
        "ni:&#x2f;&#x2f;&#x2f;sha-256;",
        "verified",
        "From files of providers to tracks",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert_eq!(page.matches("<svg").count(), 1);
    for forbidden in ["<script", "<iframe", "javascript:", " onclick", " onload"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn the_report_links_each_crate_to_the_file_of_its_track() {
    let came = nine_looked_at();
    let report = text(&came, "report.md");
    assert!(
        report.contains("history_dataset_as_image(output=\"output_picture\")"),
        "{report}"
    );
    let rows = report.lines().filter(|line| line.starts_with("| `"));
    assert_eq!(rows.count(), 9);
    let link = "(https://tracks.example.org/cells/cells_h3k4me3.narrowPeak.gz)";
    let row = report.lines().find(|line| line.contains(link)).unwrap();
    assert!(
        row.contains("`example:cells_h3k4me3`") && row.contains("gzip decompressed"),
        "{row}"
    );
    assert!(
        fs::read(came.folder.join("picture.png"))
            .unwrap()
            .starts_with(b"\x89PNG")
    );
}

#[test]
fn missing_tracks_stand_on_top_of_the_page() {
    let came = import(&[Path::new(&project(FAULTY))], &LOOKED_AT);
    let page = text(&came, "page.html");
    assert_eq!(page.matches("<p class=\"finding\">missing: ").count(), 4);
    assert_eq!(page.matches("<details id=\"crate-").count(), 2);
}

#[test]
fn registered_tracks_are_in_page_and_picture_too() {
    let came = nine(&[&["--register-only"], &LOOKED_AT[..]].concat());
    let page = text(&came, "page.html");
    assert!(page.contains("Registration by URL, no"), "{page}");
    assert_eq!(page.matches("<details id=\"crate-").count(), 5);
}

#[test]
fn nothing_to_import_is_a_page_without_a_picture() {
    let nothing = project("test-data/no_hits.fairtracks.json");
    let page = text(&import(&[Path::new(&nothing)], &LOOKED_AT), "page.html");
    assert!(
        page.contains("No tracks to import.") && !page.contains("<svg"),
        "{page}"
    );
}

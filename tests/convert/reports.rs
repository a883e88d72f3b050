//! What the report and the table say to a curator.

use std::fs;

use crate::support::converting::{Converted, laboratory};
use crate::support::folder;
use crate::support::running::{CONVERT, run_in};

#[test]
fn the_report_names_files_without_their_folders_and_says_where_missing_values_go() {
    let place = folder();
    let path = place.join("laboratory.csv");
    fs::write(&path, laboratory()).unwrap();
    let path = path.display().to_string();
    let outcome = run_in(CONVERT, &place, &[&path, "--output-report", "out.md"]);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let report = fs::read_to_string(place.join("out.md")).unwrap();
    assert!(report.contains("Converted: `laboratory.csv`."), "{report}");
    let (_, missing) = report.split_once("## Missing values").unwrap();
    let (missing, rest) = missing.split_once("\n## ").unwrap();
    assert!(
        missing.contains("| Field | Records | First record | Reason |"),
        "{missing}"
    );
    assert!(
        missing.contains("FAIRtracks requires these values"),
        "{missing}"
    );
    assert!(
        rest.contains("| Field | Records | First record | First value | Reason |"),
        "{rest}"
    );
}

#[test]
fn a_file_without_a_format_of_tracks_stays_a_track_and_its_row_says_so() {
    let place = folder();
    fs::write(place.join("a.bed"), "").unwrap();
    let options = [
        "--files",
        "a.bed",
        "--output-document",
        "out.json",
        "--output-table",
        "out.tsv",
    ];
    let converted = Converted::of(&place, run_in(CONVERT, &place, &options));
    let track = &converted.document()["tracks"][0];
    assert_eq!(track["file_name"], "a.bed");
    assert!(track.get("file_format").is_none());
    let refused = converted.rows_of("not taken over");
    let row = refused
        .iter()
        .find(|row| row[2] == "tracks.file_format")
        .unwrap();
    assert!(row[5].ends_with("; the track has no format"), "{row:?}");
    assert!(
        refused.iter().all(|row| row[2] != "tracks.file_name"),
        "{refused:?}"
    );
}

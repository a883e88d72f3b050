//! What the report and the table say to a curator.

use std::fs;

use super::portals::{converted, file};
use crate::support::converting::{Converted, convert, laboratory};
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
        rest.contains("| Field | Source field | Records | First record | First value | Reason |"),
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

#[test]
fn a_row_names_the_column_of_its_value_as_a_spreadsheet_shows_it() {
    let table = "id,Cell type,Notes,Sample,Organism\nt1,Bcell,x,s1,human\nt2,,,s1,mouse\nt3,N/A,,s2,human\n";
    let converted = convert(&[("lab.csv", table)], &[]);
    let of = |outcome: &str, field: &str| {
        let rows = converted.rows_of(outcome).into_iter();
        let titles = rows.filter(|row| row[2] == field).map(|row| row[7].clone());
        titles.collect::<Vec<_>>()
    };
    let title = "Cell type (column B)";
    assert_eq!(
        of("not taken over", "samples.sample_type.cell_type"),
        [title]
    );
    assert_eq!(of("changed", "Cell type"), [title]);
    assert_eq!(of("not read", "Notes"), ["Notes (column C)"]);
    assert_eq!(
        of("changed", "samples.species_id")[0],
        "Organism (column E)"
    );
    // Two rows of one sample contradict each other.
    assert_eq!(
        of("not taken over", "samples.species_id"),
        ["Organism (column E)"]
    );
    let missing = converted.rows_of("missing");
    assert!(missing.iter().all(|row| row[7].is_empty()), "{missing:?}");
}

#[test]
fn less_precise_values_beside_the_term_that_was_taken_need_no_work() {
    let spared = |converted: &Converted| -> Vec<[String; 4]> {
        let rows = converted.rows_of("not needed").into_iter();
        rows.map(|row| [2, 3, 6, 7].map(|column| row[column].clone()))
            .collect()
    };
    let ihec = converted("ihec", &[("hub.json", &file("ihec_hub.json"))]);
    assert!(ihec.rows_of("not taken over").is_empty(), "{:?}", ihec.rows);
    let rows = spared(&ihec);
    let assay = [
        "experiments.technique",
        "ChIP-Seq",
        "2",
        "experiment.assay_type",
    ];
    assert!(rows.iter().any(|row| *row == assay), "{rows:?}");
    let other = [
        "experiments.target.sequence_feature",
        "Chromatin Accessibility",
        "2",
        "experiment.experiment_type",
    ];
    assert!(rows.iter().any(|row| *row == other), "{rows:?}");
    let encode = converted("encode", &[("files.json", &file("encode_files.json"))]);
    let rows = spared(&encode);
    assert!(
        rows.iter()
            .any(|row| row[..2] == ["tracks.file_format", "bed"]),
        "{rows:?}"
    );
    let refused = encode.rows_of("not taken over");
    assert!(
        refused.iter().all(|row| row[2] != "experiments.technique"),
        "{refused:?}"
    );
}

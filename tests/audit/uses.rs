//! Which results use a track, a study, a donor, a checksum, a tool or a version.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value as Json;

use crate::support::Outcome;
use crate::support::following::{Galaxy, crates};
use crate::support::importing::{import, nine, written};
use crate::support::packaging::{Given, package};
use crate::support::running::{AUDIT, run_in};
use crate::support::{folder, text};

const DNASE: &str = "example:cells_dnase";
const H3K4ME3: &str = "example:cells_h3k4me3";

/// Lines that no other file has.
fn regions(of: &str) -> String {
    format!("chr1\t100\t200\t{of}\nchr2\t300\t400\tmade of more than sixty-four bytes by a tool\n")
}

/// Three results: of one track, of two, and of an upload; their crates, named after them.
fn three() -> (Vec<PathBuf>, Outcome) {
    let came = nine(&[]);
    let mut galaxy = Galaxy::default();
    let ids = galaxy.imported(&came);
    let names = came.names("output_tracks");
    let id = |name: &str| ids[names.iter().position(|known| known == name).unwrap()].clone();
    let sorted = galaxy.run("sort1", &[&id(DNASE)], regions("sorted"));
    let both = galaxy.run(
        "toolshed.g2.bx.psu.edu/repos/iuc/bedtools/bedtools_intersectbed/2.31.1+galaxy0",
        &[&sorted, &id(H3K4ME3)],
        regions("both"),
    );
    let own = galaxy.uploaded(regions("my own").as_bytes());
    for (dataset, name) in [(&sorted, "sorted"), (&both, "both"), (&own, "own")] {
        galaxy.dataset_mut(dataset)["element_identifier"] = name.into();
    }
    let last = galaxy.jobs.iter_mut();
    for job in last.filter(|job| job["tool_id"].as_str().unwrap().contains("bedtools")) {
        job["tool_version"] = "2.31.1+galaxy0".into();
        job["tool_name"] = "bedtools Intersect intervals".into();
    }
    let followed = galaxy.follow(&[&sorted, &both, &own], &crates(&came), &[]);
    (crates(&followed), followed)
}

fn audit(crates: &[PathBuf], uses: &[&str]) -> Outcome {
    let mut arguments: Vec<String> = crates
        .iter()
        .map(|path| path.to_str().unwrap().to_owned())
        .collect();
    for criterion in uses {
        arguments.extend(["--uses".to_owned(), (*criterion).to_owned()]);
    }
    let outputs = [
        "--output-table",
        "outcomes.tsv",
        "--output-report",
        "report.md",
    ];
    arguments.extend(outputs.map(str::to_owned));
    arguments.extend(["--galaxy-metadata", "galaxy.json"].map(str::to_owned));
    let outcome = run_in(AUDIT, &folder(), &arguments);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    outcome
}

/// The results with their answers.
fn answers(outcome: &Outcome) -> Vec<String> {
    let rows = outcome.rows().into_iter();
    rows.map(|row| format!("{}: {}", row["result"], row["uses"]))
        .collect()
}

#[test]
fn results_are_found_by_all_that_they_use() {
    let (crates, _) = three();
    let track_sum = nine(&[]).row(H3K4ME3)["sha256"].clone();
    let document: Json = serde_json::from_str(&text("test-data/tracks.fairtracks.json")).unwrap();
    let provided = document["tracks"].as_array().unwrap().iter();
    let provided = provided
        .filter(|track| track["local_id"] == H3K4ME3)
        .map(|track| {
            track["checksum"]["cs_hash"]
                .as_str()
                .unwrap()
                .to_uppercase()
        });
    let provided = provided.collect::<String>();
    let study = document["studies"][0]["study_name"].as_str().unwrap();
    let unknown = "own: unknown";
    for (uses, expected) in [
        (vec!["track=example:cells_dnase".to_owned()], vec!["sorted: yes", "both: yes", unknown]),
        (vec!["track=CELLS_H3K4ME3".to_owned()], vec!["both: yes", unknown]),
        (vec!["track=cells_dnas".to_owned()], vec![unknown]),
        (vec![format!("checksum={track_sum}")], vec!["both: yes", unknown]),
        (vec![format!("checksum={provided}")], vec!["both: yes", unknown]),
        (vec![format!("study={study}")], vec!["sorted: yes", "both: yes", unknown]),
        (vec!["tool=sort1".to_owned()], vec!["sorted: yes", "both: yes"]),
        (vec!["tool=bedtools_intersectbed".to_owned()], vec!["both: yes"]),
        (vec!["tool=Bedtools intersect intervals".to_owned()], vec!["both: yes"]),
        (vec!["tool=intersect".to_owned()], vec![]),
        (
            vec!["tool=toolshed.g2.bx.psu.edu/repos/iuc/bedtools/bedtools_intersectbed/2.31.1+galaxy0".to_owned()],
            vec!["both: yes"],
        ),
        (
            vec!["tool=https://toolshed.g2.bx.psu.edu/repos/iuc/bedtools".to_owned()],
            vec!["both: yes"],
        ),
        (vec!["tool=toolshed.g2.bx.psu.edu/repos/iuc/bed".to_owned()], vec![]),
        (vec!["version=2.31.1".to_owned()], vec!["both: yes"]),
        (vec!["version=2.31.1+galaxy0".to_owned()], vec!["both: yes"]),
        (vec!["version=2.31".to_owned()], vec![]),
        // Values of one kind are alternatives, kinds are not.
        (
            vec!["tool=sort1".to_owned(), "version=2.31.1".to_owned()],
            vec![],
        ),
        (
            vec!["tool=sort1".to_owned(), "tool=bedtools_intersectbed".to_owned(), "version=2.31.1".to_owned()],
            vec!["both: yes"],
        ),
        (
            vec!["track=cells_h3k4me3".to_owned(), "tool=sort1".to_owned(), "version=1.0.0".to_owned()],
            vec!["both: yes"],
        ),
    ] {
        let uses: Vec<&str> = uses.iter().map(String::as_str).collect();
        let found = answers(&audit(&crates, &uses));
        assert_eq!(found, expected, "{uses:?}");
    }
}

#[test]
fn a_row_names_what_matches_and_where() {
    let (crates, followed) = three();
    let outcome = audit(&crates, &["track=cells_h3k4me3", "tool=sort1"]);
    let row = &outcome.rows()[0];
    assert_eq!(row["result"], "both");
    assert_eq!(row["crate"], "both.rocrate.zip");
    assert_eq!(row["matching_tracks"], H3K4ME3);
    assert_eq!(row["matching_steps"], "sort1 1.0.0");
    assert_eq!((&*row["source_tracks"], &*row["dbkey"]), ("2", "hg38"));
    let known = crate::support::following::row(&followed, "both");
    assert_eq!(row["sha256"], known["sha256"]);
    let verdict = "1 of 3 results uses track cells_h3k4me3, tool sort1";
    assert!(outcome.stderr.contains(verdict), "{}", outcome.stderr);
    let report = outcome.report();
    assert!(report.contains("| tool sort1 | 2 |"), "{report}");
    assert!(
        report.contains("| both | both.rocrate.zip | yes |"),
        "{report}"
    );
    assert!(report.contains("history_dataset_as_table(output=\"output_table\""));
    let columns = &outcome.galaxy()["output_table"]["metadata"]["column_names"];
    assert_eq!(columns[2], "uses");
}

#[test]
fn a_donor_is_found_by_the_document_in_the_crate() {
    let mut document: Json =
        serde_json::from_str(&text("test-data/tracks.fairtracks.json")).unwrap();
    document["samples"][0]["donor"] = serde_json::json!({"id": "example:D-17", "sex": "female"});
    let document = written("donor.json", document.to_string());
    let came = import(&[&document], &["--choose-ids", DNASE]);
    let mut galaxy = Galaxy::default();
    let ids = galaxy.imported(&came);
    let sorted = galaxy.run("sort1", &[&ids[0]], regions("sorted"));
    let followed = galaxy.follow(&[&sorted], &crates(&came), &[]);
    for (donor, count) in [("D-17", 1), ("example:d-17", 1), ("female", 1), ("D-1", 0)] {
        let found = audit(&crates(&followed), &[&format!("donor={donor}")]);
        assert_eq!(found.rows().len(), count, "{donor}");
    }
}

#[test]
fn a_crate_for_publication_is_asked_result_by_result() {
    let (crates, _) = three();
    let data = ["sorted", "both", "own"].map(|name| {
        let bytes = match name {
            "own" => regions("my own"),
            name => regions(name),
        };
        Given::new(name, "bed", bytes)
    });
    let packed = package(&data, &crates, &["--title", "Three results"]);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    let zip = packed
        .files()
        .into_iter()
        .find(|(_, bytes)| bytes.starts_with(b"PK"));
    let (name, _) = zip.expect("a crate");
    let found = answers(&audit(
        &[packed.folder.join(name)],
        &["track=cells_h3k4me3"],
    ));
    let found: BTreeSet<String> = found.into_iter().collect();
    let expected = ["both: yes", "own: unknown"].map(str::to_owned);
    assert_eq!(found, BTreeSet::from(expected));
}

#[test]
fn crates_of_tracks_and_files_that_are_no_crates_are_reported_and_do_no_harm() {
    let (mut all, _) = three();
    let came = nine(&[]);
    all.extend(crates(&came));
    all.push(written("notes.txt", "no crate"));
    let outcome = audit(&all, &["track=cells_dnase"]);
    assert_eq!(answers(&outcome)[..2], ["sorted: yes", "both: yes"]);
    let report = outcome.report();
    assert!(report.contains("9 crates without results"), "{report}");
    assert!(outcome.stderr.contains("notes.txt: "), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("; not used"), "{}", outcome.stderr);
}

//! Files that version 0.1.0 wrote, read by the tools of today: `test-data/version_0_1_0/`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::support::following::{follow_in, row};
use crate::support::importing::{NINE, good, sha256};
use crate::support::packaging::{faults, package_in};
use crate::support::running::{CATALOG, Outcome, SEARCH};
use crate::support::{folder, project, run};

/// The track that the crates are about.
const TRACK: &str = "example:cells_dnase";
/// What was made of it.
const RESULT: &str = "shared regions";

fn kept(name: &str) -> PathBuf {
    project("test-data/version_0_1_0").join(name)
}

fn shown(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

fn cells(path: &Path) -> Vec<Vec<String>> {
    let table = fs::read_to_string(path).unwrap();
    let lines = table.lines();
    lines
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

fn followed(options: &[&str]) -> Outcome {
    let place = folder();
    let described = json!([{"element_identifier": RESULT, "name": RESULT, "extension": "bed", "dbkey": "hg38", "id": "f2db41e1fa331bff"}]);
    fs::write(place.join("described.json"), described.to_string()).unwrap();
    let result = shown(&kept("shared_regions.bed"));
    let arguments = [&[result.as_str(), "--described", "described.json"], options].concat();
    let arguments: Vec<String> = arguments.into_iter().map(str::to_owned).collect();
    follow_in(&place, &arguments)
}

fn packaged(crates: &[&str]) -> Outcome {
    let crates: Vec<String> = crates.iter().map(|name| shown(&kept(name))).collect();
    let result = shown(&kept("shared_regions.bed"));
    let mut arguments = vec![result.as_str(), "--title", "Once more", "--crates"];
    arguments.extend(crates.iter().map(String::as_str));
    package_in(&folder(), &arguments)
}

#[test]
fn its_crates_have_no_faults() {
    for name in ["light.crate.zip", "result.crate.zip", "full.crate.zip"] {
        assert_eq!(faults(&kept(name)), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn the_track_of_its_light_crate_is_imported_again() {
    let came = good(&[&kept("light.crate.zip")]);
    assert_eq!(came.names("output_tracks"), [TRACK]);
    let bytes = came.bytes(&came.element("output_tracks", TRACK));
    assert_eq!(
        bytes,
        fs::read(project("test-data/tracks/cells_dnase.bed")).unwrap()
    );
    let row = came.row(TRACK);
    assert_eq!((&*row["status"], &*row["dbkey"]), ("imported", "hg38"));
}

#[test]
fn what_its_full_crate_holds_goes_back_into_galaxy() {
    let came = good(&[&kept("full.crate.zip")]);
    assert_eq!(came.names("output_tracks"), [RESULT, TRACK]);
    let result = came.bytes(&came.element("output_tracks", RESULT));
    assert_eq!(result, fs::read(kept("shared_regions.bed")).unwrap());
    let light = fs::read(came.crate_path(TRACK)).unwrap();
    assert_eq!(
        light,
        fs::read(kept("light.crate.zip")).unwrap(),
        "byte for byte"
    );
}

#[test]
fn its_lineage_leads_to_the_track_of_its_light_crate() {
    let (lineage, light) = (
        shown(&kept("lineage.json")),
        shown(&kept("light.crate.zip")),
    );
    let came = followed(&["--lineage", &lineage, "--crates", &light]);
    assert_eq!(came.status, 0, "{}", came.stderr);
    let row = row(&came, RESULT);
    assert_eq!(
        (&*row["proven_tracks"], &*row["evidence"]),
        (TRACK, "lineage")
    );
    assert!(row["tools"].contains("bedtools_intersectbed 2.31.1"));
}

#[test]
fn its_crates_prove_by_content_what_the_result_was_made_of() {
    for name in ["result.crate.zip", "full.crate.zip"] {
        let came = followed(&["--crates", &shown(&kept(name))]);
        assert_eq!(came.status, 0, "{}", came.stderr);
        let row = row(&came, RESULT);
        assert_eq!(
            (&*row["proven_tracks"], &*row["evidence"]),
            (TRACK, "content (SHA-256)"),
            "{name}"
        );
    }
}

#[test]
fn its_crates_are_packed_with_the_data() {
    let packed = packaged(&["result.crate.zip", "light.crate.zip"]);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    assert!(packed.text("tracks.tsv").contains(TRACK));
    assert!(packed.text("steps.tsv").contains("bedtools_intersectbed"));
    let opened = packed.opened();
    let own = |name: &str| {
        let metadata = crate::support::importing::Opened::new(&fs::read(kept(name)).unwrap());
        metadata.files["ro-crate-metadata.json"].clone()
    };
    for name in ["result.crate.zip", "light.crate.zip"] {
        let metadata = own(name);
        let inside = format!("inputs/{}/ro-crate-metadata.json", &sha256(&metadata)[..16]);
        assert_eq!(opened.files[&inside], metadata, "{name}, byte for byte");
    }
    assert_eq!(packed.faults(), Vec::<String>::new());
}

#[test]
fn its_conditions_find_the_tracks_that_they_found() {
    let (document, conditions) = (shown(&project(NINE)), shown(&kept("conditions.json")));
    let found = run(
        SEARCH,
        &["--document", &document, "--conditions", &conditions],
    );
    assert_eq!(found.status, 0, "{}", found.stderr);
    let ids: Vec<&str> = found
        .stdout
        .lines()
        .skip(1)
        .filter_map(|line| line.split('\t').next())
        .collect();
    assert_eq!(
        ids,
        [TRACK, "example:cells_coverage", "example:cells_scores"]
    );
}

#[test]
fn its_catalog_and_the_table_of_forms_have_the_columns_of_today() {
    let place = folder();
    let (table, forms) = (shown(&place.join("table")), shown(&place.join("forms")));
    let document = shown(&project(NINE));
    let outputs = ["--output-table", &table, "--output-form-table", &forms];
    let arguments = ["--document", &document, "--attribute", "species"];
    let run = run(CATALOG, &[&arguments[..], &outputs].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
    for (old, new) in [("catalog.tsv", table), ("form_table.tsv", forms)] {
        let (old, new) = (cells(&kept(old)), cells(Path::new(&new)));
        assert_eq!(old[0], new[0]);
        // What follows the first six columns is made for people.
        let values =
            |rows: &[Vec<String>]| rows.iter().map(|row| row[..6].to_vec()).collect::<Vec<_>>();
        assert_eq!(values(&old), values(&new));
    }
}

#[test]
fn values_of_its_catalog_find_as_many_tracks_as_it_says() {
    for row in &cells(&kept("catalog.tsv"))[1..] {
        let [_, _, category, attribute, value, tracks] = row.as_slice() else {
            panic!("{row:?}");
        };
        let asked = json!({"version": 1, "join": "and", "conditions": [{"category": category, "path": [attribute], "operator": "is", "values": [value]}]});
        let conditions = folder().join("conditions.json");
        fs::write(&conditions, asked.to_string()).unwrap();
        let document = shown(&project(NINE));
        let found = run(
            SEARCH,
            &["--document", &document, "--conditions", &shown(&conditions)],
        );
        assert_eq!(
            found.stdout.lines().count() - 1,
            tracks.parse::<usize>().unwrap(),
            "{row:?}"
        );
    }
}

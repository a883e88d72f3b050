//! Results that are tracks themselves: recognised by a document, or described by a crate of another program.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::support::following::{crates, follow_in};
use crate::support::importing::{Opened, written};
use crate::support::packaging::{faults, package_in};
use crate::support::running::{AUDIT, run_in};
use crate::support::{Outcome, folder, project, text};

const MD5: &str = "de880f5362e2056f2267cc4099f29a3c";

fn monocytes() -> String {
    let path = project("test-data/results/monocytes.bed");
    path.to_str().unwrap().to_owned()
}

/// The file followed with an option that names what describes it.
fn followed(option: &str, given: &Path, more: &[&str]) -> Outcome {
    let given = given.to_str().unwrap();
    let mut arguments = vec![monocytes(), option.to_owned(), given.to_owned()];
    arguments.extend(more.iter().map(|text| (*text).to_owned()));
    let came = follow_in(&folder(), &arguments);
    assert_eq!(came.status, 0, "{}", came.stderr);
    came
}

/// The document in which the first three tracks have the checksum of the file.
fn three_with_one_checksum() -> PathBuf {
    let mut document: Json =
        serde_json::from_str(&text("test-data/blood.fairtracks.json")).unwrap();
    for track in document["tracks"]
        .as_array_mut()
        .unwrap()
        .iter_mut()
        .take(3)
    {
        track["checksum"] = json!({"cs_method": "MD5", "cs_hash": MD5});
    }
    written("three.json", document.to_string())
}

fn audit(crates: &[PathBuf], uses: &str) -> Outcome {
    let crates = crates.iter().map(|path| path.to_str().unwrap());
    let mut arguments: Vec<&str> = crates.collect();
    arguments.extend(["--uses", uses, "--output-table", "outcomes.tsv"]);
    let outcome = run_in(AUDIT, &folder(), &arguments);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    outcome
}

/// The tracks that match, of the one result.
fn matching(crates: &[PathBuf], uses: &str) -> Vec<String> {
    let outcome = audit(crates, uses);
    let rows = outcome.rows();
    let yes = rows.iter().filter(|row| row["uses"] == "yes");
    let tracks = yes.flat_map(|row| row["matching_tracks"].split(',').map(str::to_owned));
    tracks.collect()
}

#[test]
fn each_of_several_tracks_with_one_checksum_is_found() {
    let came = followed("--documents", &three_with_one_checksum(), &[]);
    let crates = crates(&came);
    let ids = ["BLD000001", "BLD000002", "BLD000003"];
    for id in ids {
        let found = matching(&crates, &format!("track={id}"));
        assert_eq!(found, [format!("example:{id}")], "{id}");
    }
    assert!(matching(&crates, "track=BLD000004").is_empty());
    let all = ids.map(|id| format!("example:{id}"));
    assert_eq!(matching(&crates, &format!("checksum={MD5}")), all);
    let row = &audit(&crates, "track=BLD000002").rows()[0];
    assert_eq!(row["source_tracks"], "3");
    // Each was recognised by itself.
    let findings = &crate::support::following::row(&came, "monocytes.bed")["findings"];
    assert!(!findings.contains("differently"), "{findings}");
}

#[test]
fn a_sample_sheet_has_the_name_tag_of_each_track_with_one_checksum() {
    let came = followed(
        "--documents",
        &three_with_one_checksum(),
        &["--sample-sheet"],
    );
    let galaxy = came.galaxy().to_string();
    for id in ["BLD000001", "BLD000002", "BLD000003"] {
        assert!(galaxy.contains(&format!("\"name:{id}\"")), "{id}: {galaxy}");
    }
}

#[test]
fn the_checksum_that_a_document_has_is_found() {
    let document = project("test-data/blood.fairtracks.json");
    let crates = crates(&followed("--documents", &document, &[]));
    for prefix in ["", "MD5:", "md5: "] {
        let found = matching(&crates, &format!("checksum={prefix}{MD5}"));
        assert_eq!(found, ["example:BLD000001"], "{prefix}");
    }
}

#[test]
fn a_result_that_is_the_track_of_another_crate_is_not_derived_from_itself() {
    let foreign = project("test-data/crates/blood_three_tracks.full.crate.zip");
    let crates = crates(&followed("--crates", &foreign, &[]));
    let found = faults(&crates[0]);
    assert!(found.is_empty(), "{found:?}");
    let opened = Opened::new(&std::fs::read(&crates[0]).unwrap());
    let graph = opened.graph();
    let based = graph.iter().filter(|entity| !entity["isBasedOn"].is_null());
    let based: Vec<&Json> = based.collect();
    assert_eq!(based.len(), 1);
    assert_ne!(based[0]["isBasedOn"]["@id"], based[0]["@id"]);
    assert_eq!(matching(&crates, "track=BLD000001"), ["example:BLD000001"]);
}

#[test]
fn the_crate_of_a_recognised_file_is_no_unused_crate() {
    let document = project("test-data/blood.fairtracks.json");
    let crates = crates(&followed("--documents", &document, &[]));
    let crate_ = crates[0].to_str().unwrap();
    let place = folder();
    let data = monocytes();
    let arguments = [&data, "--crates", crate_, "--title", "Monocytes"];
    let packed = package_in(&place, &arguments);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    let said = format!("{}{}", packed.stderr, packed.report());
    assert!(!said.contains("not used"), "{said}");
}

#[test]
fn one_result_of_several_crates_is_one_row() {
    let document = project("test-data/blood.fairtracks.json");
    let one = crates(&followed("--documents", &document, &[])).remove(0);
    let foreign = project("test-data/crates/blood_three_tracks.full.crate.zip");
    let other = crates(&followed("--crates", &foreign, &[])).remove(0);
    let place = folder();
    let names = ["light.zip", "again.zip", "other.zip"];
    let paths = names.map(|name| place.join(name));
    for (path, from) in paths.iter().zip([&one, &one, &other]) {
        std::fs::copy(from, path).unwrap();
    }
    let found = audit(&paths, "track=BLD000001");
    let rows = found.rows();
    assert_eq!(rows.len(), 1);
    let crates: BTreeSet<&str> = rows[0]["crate"].split(", ").collect();
    assert_eq!(crates, BTreeSet::from(names));
    assert!(found.stderr.contains("1 of 1 result uses track BLD000001"));
}

//! `fairtracks_package` with results that have no crate yet.

use std::collections::BTreeSet;
use std::fs;

use crate::support::Outcome;
use crate::support::following::Galaxy;
use crate::support::importing::{CREDITS, Opened, nine, sha256};
use crate::support::packaging::{Given, SAID, Story, package};
use serde_json::{Value as Json, json};

/// The result of a story with the crates of its tracks alone.
fn result_only(story: &Story, options: &[&str]) -> Outcome {
    let options = [&SAID[..], options].concat();
    let packed = package(
        std::slice::from_ref(&story.result),
        &story.track_crates,
        &options,
    );
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    assert_eq!(packed.faults(), Vec::<String>::new());
    packed
}

fn with_lineage(story: &Story, options: &[&str]) -> Outcome {
    let lineage = ["--lineage", story.lineage.to_str().unwrap()];
    result_only(story, &[&lineage, options].concat())
}

fn tools_of(steps: &str) -> Vec<&str> {
    let lines = steps
        .lines()
        .skip(1)
        .filter(|line| line.contains("\ttool\t"));
    lines.map(|line| line.split('\t').nth(4).unwrap()).collect()
}

#[test]
fn a_result_without_a_crate_is_followed_to_its_tracks() {
    let story = Story::new();
    let packed = with_lineage(&story, &["--strict"]);
    let opened = packed.opened();
    let sources: BTreeSet<String> = opened.entity("results/shared_regions.bed")["isBasedOn"]
        .as_array()
        .unwrap()
        .iter()
        .map(|source| source["@id"].as_str().unwrap().to_owned())
        .collect();
    let track = |given: &Given| format!("#track-{}", &sha256(&given.bytes)[..16]);
    assert_eq!(sources, story.tracks.iter().map(track).collect());
    let ids: Vec<Json> = opened.document()["tracks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|track| track["local_id"].clone())
        .collect();
    assert_eq!(ids, ["example:cells_dnase", "example:cells_signal"]);
    let report = packed.text("report.md");
    assert!(report.contains("1 result from 2 source tracks"), "{report}");
    assert!(!report.contains("## Findings"), "{report}");
}

#[test]
fn the_publications_of_the_tools_are_cited_in_the_methods() {
    let story = Story::new();
    let mut lineage: Json = serde_json::from_slice(&fs::read(&story.lineage).unwrap()).unwrap();
    for job in lineage["jobs"].as_array_mut().unwrap() {
        if job["tool_id"] == "sort1" {
            job["citations"] = json!(["10.1093/sort/1"]);
        }
    }
    fs::write(&story.lineage, lineage.to_string()).unwrap();
    let packed = with_lineage(&story, &[]);
    let opened = packed.opened();
    let methods = String::from_utf8(opened.files["metadata/methods.md"].clone()).unwrap();
    let cited = "sort1 (version 1.0.0; doi:10.1093/sort/1; 1 job) and cat1 (version 1.0.0; 1 job)";
    assert!(methods.contains(cited), "{methods}");
    let article = opened.entity("https://doi.org/10.1093/sort/1");
    assert_eq!(article["@type"], "ScholarlyArticle");
}

#[test]
fn the_methods_name_tools_as_galaxy_shows_them() {
    let story = Story::new();
    let mut lineage: Json = serde_json::from_slice(&fs::read(&story.lineage).unwrap()).unwrap();
    for job in lineage["jobs"].as_array_mut().unwrap() {
        if job["tool_id"] == "sort1" {
            job["tool_name"] = json!("Sort data in order");
            job["citations"] = json!(["10.1093/sort/1"]);
        }
    }
    fs::write(&story.lineage, lineage.to_string()).unwrap();
    let packed = with_lineage(&story, &[]);
    let opened = packed.opened();
    let methods = String::from_utf8(opened.files["metadata/methods.md"].clone()).unwrap();
    let named = "Sort data in order (sort1 1.0.0; doi:10.1093/sort/1; 1 job) and cat1 (version 1.0.0; 1 job)";
    assert!(methods.contains(named), "{methods}");
    let report = packed.text("report.md");
    assert!(
        report.contains("`Sort data in order (sort1 1.0.0)`"),
        "{report}"
    );
    // Tables are joined by ids.
    assert_eq!(tools_of(&packed.text("steps.tsv")), ["sort1", "cat1"]);
}

#[test]
fn following_in_the_package_finds_what_following_before_it_finds() {
    let story = Story::new();
    let at_once = with_lineage(&story, &[]);
    let crates = [
        &story.track_crates[..],
        std::slice::from_ref(&story.result_crate),
    ]
    .concat();
    let one_by_one = package(std::slice::from_ref(&story.result), &crates, &SAID);
    assert_eq!(at_once.text("tracks.tsv"), one_by_one.text("tracks.tsv"));
    // Kind, tool, version and parameters; the names of datasets are those that were given.
    let done = |packed: &Outcome| -> Vec<Vec<String>> {
        let steps = packed.text("steps.tsv");
        let lines = steps.lines().filter(|line| !line.contains("\tmatch\t"));
        let columns = |line: &str| {
            let cells: Vec<&str> = line.split('\t').collect();
            [2, 4, 5, 11]
                .map(|column| cells[column].to_owned())
                .to_vec()
        };
        lines.map(columns).collect()
    };
    assert_eq!(done(&at_once), done(&one_by_one));
    assert_eq!(tools_of(&at_once.text("steps.tsv")), ["sort1", "cat1"]);
    let nested = |packed: &Outcome| -> usize {
        let opened = packed.opened();
        let pages = opened
            .order
            .iter()
            .filter(|name| name.starts_with("inputs/") && name.ends_with("/ro-crate-preview.html"));
        pages.count()
    };
    assert_eq!(
        nested(&at_once),
        nested(&one_by_one),
        "the light crate of the result is inside"
    );
}

#[test]
fn a_crate_that_is_there_is_taken_and_nothing_is_followed() {
    let story = Story::new();
    let lineage = ["--lineage", story.lineage.to_str().unwrap()];
    let given = package(&story.data(), &story.crates(), &SAID);
    let with_lineage = package(
        &story.data(),
        &story.crates(),
        &[&SAID[..], &lineage].concat(),
    );
    assert!(given.read("crate.zip") == with_lineage.read("crate.zip"));
}

/// The imports come into a Galaxy; the dataset id and the bytes of one of the tracks.
fn galaxy_track(galaxy: &mut Galaxy, imported: &Outcome) -> (String, Vec<u8>) {
    let ids = galaxy.imported(imported);
    let elements = imported.elements("output_tracks");
    let at = elements
        .iter()
        .position(|element| element["name"] == "example:cells_dnase")
        .unwrap();
    (ids[at].clone(), imported.bytes(&elements[at]))
}

#[test]
fn a_result_with_the_name_and_size_of_a_track_is_followed_too() {
    // A sorted track keeps its element identifier and its size.
    let imported = nine(&CREDITS);
    let mut galaxy = Galaxy::default();
    let (id, bytes) = galaxy_track(&mut galaxy, &imported);
    let sorted: Vec<u8> = bytes.into_iter().rev().collect();
    let made = galaxy.run("sort1", &[&id], &sorted);
    let lineage = crate::support::folder().join("lineage.json");
    fs::write(&lineage, galaxy.lineage(&[&made]).to_string()).unwrap();
    let mut result = Given::new("example:cells_dnase", "bed", &sorted);
    result.described["id"] = json!(made);
    let crates = [imported.crate_path("example:cells_dnase")];
    let options = [
        &SAID[..],
        &["--strict", "--lineage", lineage.to_str().unwrap()],
    ]
    .concat();
    let packed = package(&[result], &crates, &options);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    assert_eq!(packed.faults(), Vec::<String>::new());
    let opened: Opened = packed.opened();
    let entity = opened.entity("results/example_cells_dnase.bed");
    assert_eq!(entity["sha256"], json!(sha256(&sorted)));
    assert!(entity["isBasedOn"].is_array() || entity["isBasedOn"].is_object());
    assert_eq!(tools_of(&packed.text("steps.tsv")), ["sort1"]);
}

#[test]
fn a_result_with_the_bytes_of_a_track_is_a_result_where_a_tool_made_it() {
    let imported = nine(&CREDITS);
    let mut galaxy = Galaxy::default();
    let (id, bytes) = galaxy_track(&mut galaxy, &imported);
    let made = galaxy.run("sort1", &[&id], &bytes);
    let lineage = crate::support::folder().join("lineage.json");
    fs::write(&lineage, galaxy.lineage(&[&id, &made]).to_string()).unwrap();
    let [track, result] = [&id, &made].map(|id| {
        let mut given = Given::new("example:cells_dnase", "bed", &bytes);
        given.described["id"] = json!(id);
        given.described["uuid"] = galaxy.dataset(id)["uuid"].clone();
        given
    });
    let crates = [imported.crate_path("example:cells_dnase")];
    let options = [
        &SAID[..],
        &["--strict", "--lineage", lineage.to_str().unwrap()],
    ]
    .concat();
    let packed = package(&[track, result], &crates, &options);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    assert_eq!(packed.faults(), Vec::<String>::new());
    assert!(
        packed
            .text("report.md")
            .contains("**1 result from 1 source track; 1 tool, 1 job**"),
        "{}",
        packed.text("report.md")
    );
    let opened = packed.opened();
    let data = opened.order.iter().filter(|name| name.ends_with(".bed"));
    let data: Vec<&String> = data.collect();
    assert_eq!(
        data,
        [
            "tracks/example_cells_dnase.bed",
            "results/example_cells_dnase.bed"
        ]
    );
}

#[test]
fn a_result_of_unknown_origin_is_reported_first_and_nothing_is_guessed() {
    let mut galaxy = Galaxy::default();
    let upload = galaxy.uploaded(b"chr1\t1\t2\n");
    let made = galaxy.run("sort1", &[&upload], "chr1\t7\t9\n");
    let story = Story::new();
    let lineage = crate::support::folder().join("lineage.json");
    fs::write(&lineage, galaxy.lineage(&[&made]).to_string()).unwrap();
    // The name of a track is a hint, and no proof.
    let mut result = Given::new("example:cells_dnase", "bed", "chr1\t7\t9\n");
    result.described["id"] = json!(made);
    let lineage = ["--lineage", lineage.to_str().unwrap()];
    let options = [&SAID[..], &lineage].concat();
    let packed = package(std::slice::from_ref(&result), &story.track_crates, &options);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    assert_eq!(packed.faults(), Vec::<String>::new());
    let report = packed.text("report.md");
    let first = report.lines().nth(2).unwrap();
    assert!(
        first.contains("source tracks of the result could not be confirmed"),
        "{report}"
    );
    let opened = packed.opened();
    let path = "results/example_cells_dnase.bed";
    assert_eq!(opened.entity(path)["isBasedOn"], Json::Null);
    assert!(
        opened.entity(path)["description"]
            .as_str()
            .is_some_and(|text| text.contains("could not be confirmed")),
        "{}",
        opened.entity(path)
    );
    let strict = package(
        std::slice::from_ref(&result),
        &story.track_crates,
        &[&options[..], &["--strict"]].concat(),
    );
    assert_eq!(strict.status, 1);
    assert!(
        strict.stderr.contains("found 1 of 1 files"),
        "{}",
        strict.stderr
    );
    let accepted = package(
        &[result],
        &story.track_crates,
        &[&options[..], &["--accept-identifiers", "--strict"]].concat(),
    );
    assert_eq!(accepted.status, 0, "{}", accepted.stderr);
}

#[test]
fn crates_taken_for_data_are_refused_by_name() {
    let story = Story::new();
    let taken = Given::new(
        "shared regions",
        "zip",
        fs::read(&story.result_crate).unwrap(),
    );
    let packed = package(&[taken], &story.track_crates, &SAID);
    assert_eq!(packed.status, 1);
    assert!(
        packed
            .stderr
            .contains("error: shared regions: found RO-Crates as the only data"),
        "{}",
        packed.stderr
    );
}

//! `fairtracks_follow`: results find their source tracks by content and by lineage, and by nothing else.

use crate::support;
use crate::support::Outcome;
use crate::support::following::{Galaxy, crates, row};
use crate::support::importing::{CREDITS, gzip, many, nine};

const DNASE: &str = "example:cells_dnase";
const H3K4ME3: &str = "example:cells_h3k4me3";
/// So many bytes that they cannot be equal by chance.
const REGIONS: &str =
    "chr1\t100\t200\tregions that a tool has made\nchr2\t300\t400\tof more than sixty-four bytes\n";

/// A Galaxy with the nine tracks, and the ids of the datasets of two of them.
fn galaxy() -> (Galaxy, Outcome, String, String) {
    let came = nine(&[&CREDITS[..], &["--tags"]].concat());
    let mut galaxy = Galaxy::default();
    let ids = galaxy.imported(&came);
    let id = |name: &str| {
        ids[came
            .names("output_tracks")
            .iter()
            .position(|known| known == name)
            .unwrap()]
        .clone()
    };
    let (one, other) = (id(DNASE), id(H3K4ME3));
    (galaxy, came, one, other)
}

#[test]
fn a_result_of_two_tracks_and_three_steps_has_its_whole_story() {
    let (mut galaxy, came, dnase, h3k4me3) = galaxy();
    let sorted = galaxy.run("sort1", &[&dnase], "sorted");
    let both = galaxy.run(
        "toolshed.g2.bx.psu.edu/repos/iuc/bedtools/bedtools_intersectbed/1.0.0",
        &[&sorted, &h3k4me3],
        "both",
    );
    let result = galaxy.run("Cut1", &[&both], REGIONS);
    galaxy.dataset_mut(&result)["name"] = "Open promoters".into();
    let followed = galaxy.follow(&[&result], &crates(&came), &CREDITS);
    let found = row(&followed, "Open promoters");
    assert_eq!(found["proven_tracks"], format!("{DNASE},{H3K4ME3}"));
    assert_eq!(
        (&*found["evidence"], &*found["steps"], &*found["findings"]),
        ("lineage", "3", "")
    );
    assert_eq!(found["genome_builds"], "hg38");

    let crate_ = followed.crate_of("Open promoters");
    let about = crate_.track();
    assert_eq!(about["name"], "Open promoters");
    assert_eq!(about["sha256"], found["sha256"].as_str());
    assert_eq!(about["contentSize"], found["bytes"].as_str());
    let sources = crate_.follow(about, "isBasedOn");
    let mut names: Vec<&str> = sources
        .iter()
        .map(|source| source["alternateName"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["cells_dnase.bed", "cells_h3k4me3.narrowPeak"]);
    let steps: Vec<_> = crate_
        .of_type("CreateAction")
        .into_iter()
        .filter(|action| action["@id"].as_str().unwrap().starts_with("#step-"))
        .collect();
    let tools: Vec<&str> = steps
        .iter()
        .map(|step| step["instrument"]["@id"].as_str().unwrap())
        .collect();
    assert_eq!(tools.len(), 3);
    assert!(tools.contains(&"https://usegalaxy.org/?tool_id=Cut1&version=1.0.0"));
    assert!(tools.contains(
        &"https://toolshed.g2.bx.psu.edu/repos/iuc/bedtools/bedtools_intersectbed/1.0.0"
    ));
    let last = steps
        .iter()
        .find(|step| step["result"]["@id"] == about["@id"])
        .unwrap();
    assert_eq!(last["endTime"], "2026-02-02T10:03:30+00:00");
    assert!(
        crate_
            .follow(last, "object")
            .iter()
            .any(|object| object["name"] == "column" && object["value"] == "1")
    );
    assert_eq!(
        crate_.document()["tracks"].as_array().unwrap().len(),
        2,
        "one document of both tracks"
    );
    let mentioned = many(&crate_.root()["mentions"]);
    let actions = crate_.graph().iter().filter(|entity| {
        many(&entity["@type"])
            .iter()
            .any(|kind| kind.as_str().unwrap().ends_with("Action"))
    });
    assert_eq!(
        actions.count(),
        mentioned.len(),
        "all actions are mentioned"
    );
}

#[test]
fn the_crates_of_the_tracks_go_along_byte_for_byte_and_no_others() {
    let (mut galaxy, came, dnase, _) = galaxy();
    let result = galaxy.run("sort1", &[&dnase], REGIONS);
    let followed = galaxy.follow(&[&result], &crates(&came), &[]);
    let crate_ = followed.crate_of("data 9");
    let inner: Vec<&String> = crate_
        .order
        .iter()
        .filter(|name| name.starts_with("inputs/"))
        .collect();
    assert_eq!(inner.len(), 1);
    assert_eq!(
        crate_.files[inner[0]],
        came.crate_of(DNASE).files["ro-crate-metadata.json"]
    );
}

#[test]
fn bytes_are_known_again_also_packed_and_without_any_lineage() {
    let (mut galaxy, came, _, _) = galaxy();
    let element = came.element("output_tracks", H3K4ME3);
    let bytes = came.bytes(&element);
    let copy = galaxy.run("cat", &[], &bytes);
    let packed = galaxy.run("gzip", &[], gzip(&bytes));
    let other = galaxy.run("other", &[], REGIONS);
    let followed = galaxy.follow_by(None, &[&copy, &packed, &other], &crates(&came), &[]);
    for result in ["data 9", "data 10"] {
        let found = row(&followed, result);
        assert_eq!(
            (&*found["proven_tracks"], &*found["evidence"]),
            (H3K4ME3, "content (SHA-256)")
        );
    }
    let unknown = row(&followed, "data 11");
    assert_eq!(unknown["proven_tracks"], "");
    assert!(
        unknown["findings"].contains("and there is no lineage"),
        "{}",
        unknown["findings"]
    );
    assert_eq!(
        followed.crate_of("data 11").track()["isBasedOn"],
        serde_json::Value::Null
    );
}

#[test]
fn names_and_tags_suggest_and_count_only_where_the_user_says_so() {
    let (mut galaxy, came, _, _) = galaxy();
    let result = galaxy.run("sort1", &[], REGIONS);
    galaxy.dataset_mut(&result)["element_identifier"] = DNASE.into();
    galaxy.dataset_mut(&result)["tags"] = came.element("output_tracks", H3K4ME3)["tags"].clone();
    let followed = galaxy.follow_by(None, &[&result], &crates(&came), &[]);
    let found = row(&followed, DNASE);
    assert_eq!(found["proven_tracks"], "");
    assert_eq!(found["suggested_tracks"], format!("{DNASE},{H3K4ME3}"));
    assert_eq!(found["suggested_by"], "identifier,tag");
    assert_eq!(
        followed.crate_of(DNASE).track()["isBasedOn"],
        serde_json::Value::Null
    );
    let accepted = galaxy.follow_by(None, &[&result], &crates(&came), &["--accept-identifiers"]);
    let found = row(&accepted, DNASE);
    assert_eq!(
        (&*found["proven_tracks"], &*found["evidence"]),
        (&*format!("{DNASE},{H3K4ME3}"), "accepted")
    );
    assert_eq!(
        many(&accepted.crate_of(DNASE).track()["isBasedOn"]).len(),
        2
    );
}

#[test]
fn equal_bytes_are_no_proof_where_the_lineage_leads_elsewhere() {
    let (mut galaxy, came, dnase, _) = galaxy();
    let bytes = came.bytes(&came.element("output_tracks", H3K4ME3));
    let result = galaxy.run("filter", &[&dnase], bytes);
    let followed = galaxy.follow(&[&result], &crates(&came), &[]);
    let found = row(&followed, "data 9");
    assert_eq!(found["proven_tracks"], DNASE);
    assert_eq!(
        (&*found["suggested_tracks"], &*found["suggested_by"]),
        (H3K4ME3, "same bytes")
    );
}

#[test]
fn a_few_bytes_of_an_earlier_result_prove_nothing() {
    let (mut galaxy, came, dnase, h3k4me3) = galaxy();
    let count = galaxy.run("wc", &[&dnase], "3\n");
    let first = galaxy.follow(&[&count], &crates(&came), &[]);
    let other = galaxy.run("wc", &[&h3k4me3], "3\n");
    let empty = galaxy.run("filter", &[&h3k4me3], "");
    let followed = galaxy.follow_by(
        None,
        &[&other, &empty],
        &[crates(&came), crates(&first)].concat(),
        &[],
    );
    let equal = row(&followed, "data 10");
    assert_eq!(
        [&equal["proven_tracks"], &equal["suggested_by"]],
        ["", "bytes of a result"],
        "the track itself has other bytes"
    );
    let reason = format!(
        "describes this file as a result of {DNASE}, but a file of 2 bytes may equal it by chance"
    );
    assert!(equal["findings"].contains(&reason), "{equal:?}");
    assert!(
        !equal["findings"].contains("no crate describes"),
        "{equal:?}"
    );
    assert_eq!(
        row(&followed, "data 11")["suggested_tracks"],
        "",
        "an empty file is like any other"
    );
}

#[test]
fn tracks_of_two_genome_builds_are_told_on_top() {
    let (mut galaxy, came, dnase, h3k4me3) = galaxy();
    let hg19 = support::importing::changed(|document| {
        for track in document["tracks"].as_array_mut().unwrap() {
            track["assembly_name"] = "hg19".into();
            track["local_id"] = format!("{}_hg19", track["local_id"].as_str().unwrap()).into();
        }
    });
    let other = support::importing::good(&[&hg19]);
    let ids = galaxy.imported(&other);
    let place = other
        .names("output_tracks")
        .iter()
        .position(|name| name.contains("cells_scores"))
        .unwrap();
    let good = galaxy.run("sort1", &[&h3k4me3], REGIONS);
    let mixed = galaxy.run("intersect", &[&dnase, &ids[place]], "mixed");
    let followed = galaxy.follow(
        &[&good, &mixed],
        &[crates(&came), crates(&other)].concat(),
        &[],
    );
    let rows = followed.rows();
    assert_eq!(rows[0]["strength"], "must", "the worst first");
    assert!(
        rows[0]["findings"].starts_with("source tracks have different genome builds: hg19"),
        "{}",
        rows[0]["findings"]
    );
    assert_eq!(rows[1]["findings"], "");
    let report = followed.report();
    assert!(report.find("different genome builds").unwrap() < report.find("## Summary").unwrap());
    let page = followed.crate_of(&rows[0]["result"]).preview();
    let body = &page[page.find("<body").unwrap()..];
    assert!(body.find("different genome builds").unwrap() < body.find("<table").unwrap());
}

#[test]
fn a_missing_crate_is_asked_for_by_number_and_name_in_the_history() {
    let (mut galaxy, came, dnase, h3k4me3) = galaxy();
    let result = galaxy.run("intersect", &[&dnase, &h3k4me3], REGIONS);
    let only_one = [came.crate_path(DNASE)];
    let followed = galaxy.follow(&[&result], &only_one, &[]);
    let found = row(&followed, "data 9");
    assert_eq!(found["proven_tracks"], DNASE);
    assert!(
        found["findings"].contains(&format!(
            "no crate describes datasets that FAIRtracks import made, in the history 2: {H3K4ME3}: add the collection of crates of that import"
        )),
        "{}",
        found["findings"]
    );
}

#[test]
fn what_is_not_proven_fails_where_the_user_is_strict_and_is_written_all_the_same() {
    let (mut galaxy, came, _, _) = galaxy();
    let result = galaxy.uploaded(REGIONS.as_bytes());
    let followed = galaxy.follow(&[&result], &crates(&came), &["--strict"]);
    assert_eq!(followed.status, 1);
    assert!(
        followed
            .stderr
            .contains("--strict: found 1 of 1 results without confirmed source tracks"),
        "{}",
        followed.stderr
    );
    assert_eq!(followed.rows().len(), 1);
    assert_eq!(
        followed.crate_of("my own regions").track()["name"],
        "my own regions"
    );
}

#[test]
fn copies_and_uploads_on_the_way_are_told() {
    let (mut galaxy, came, dnase, _) = galaxy();
    let copy = galaxy.copy(&dnase);
    let own = galaxy.uploaded(b"chr1\t1\t2\n");
    let result = galaxy.run("intersect", &[&copy, &own], REGIONS);
    let again = galaxy.copy(&result);
    let followed = galaxy.follow(&[&again], &crates(&came), &[]);
    let found = followed.rows().remove(0);
    assert_eq!(found["proven_tracks"], DNASE);
    assert!(
        found["findings"].contains("my own regions"),
        "{}",
        found["findings"]
    );
    assert_eq!(found["strength"], "may");
}

#[test]
fn what_was_taken_out_of_a_collection_is_that_alone() {
    let (mut galaxy, came, dnase, h3k4me3) = galaxy();
    let copy = galaxy.copy(&dnase);
    // Galaxy tells that the whole collection was read.
    let extracted = galaxy.run(
        "__EXTRACT_DATASET__",
        &[&dnase, &h3k4me3],
        "a dataset of its own",
    );
    let job = galaxy.dataset(&extracted)["created_by"].clone();
    galaxy.dataset_mut(&copy)["created_by"] = job;
    let result = galaxy.run("sort1", &[&copy], REGIONS);
    let name = galaxy.dataset(&result)["name"].as_str().unwrap().to_owned();
    let followed = galaxy.follow(&[&result], &crates(&came), &[]);
    let found = row(&followed, &name);
    assert_eq!((&*found["proven_tracks"], &*found["steps"]), (DNASE, "1"));
}

#[test]
fn broken_inputs_are_named() {
    let (mut galaxy, came, dnase, _) = galaxy();
    let result = galaxy.run("sort1", &[&dnase], REGIONS);
    let no_zip = support::importing::written("notes.txt", "no crate");
    let failed = galaxy.follow(&[&result], &[no_zip], &[]);
    assert_eq!(failed.status, 1);
    assert!(failed.stderr.contains("notes.txt"), "{}", failed.stderr);
    assert!(
        !failed.folder.join("outcomes.tsv").exists(),
        "outputs appear whole or not at all"
    );
    let mut lineage = galaxy.lineage(&[&result]);
    lineage["version"] = 2.into();
    let failed = galaxy.follow_by(Some(&lineage), &[&result], &crates(&came), &[]);
    assert_eq!(failed.status, 1, "{}", failed.stderr);
    assert!(failed.stderr.contains("version"), "{}", failed.stderr);
}

#[test]
fn a_result_whose_positions_contradict_its_genome_build_is_reported() {
    let (mut galaxy, came, dnase, _) = galaxy();
    let lifted = "chr1\t248956000\t249250000\tregions on another assembly than Galaxy states\n";
    let result = galaxy.run("lift1", &[&dnase], lifted);
    galaxy.dataset_mut(&result)["name"] = "Lifted".into();
    let followed = galaxy.follow(&[&result], &crates(&came), &CREDITS);
    let found = row(&followed, "Lifted");
    assert_eq!(found["proven_tracks"], DNASE);
    assert!(
        found["findings"].contains("coordinates contradict hg38: chr1 has an interval to 249250000, expected at most 248956422; they fit hg19"),
        "{found:?}"
    );
}

//! `fairtracks_package` with FAIRtracks documents that identify data which were not imported.

use std::fs;
use std::path::{Path, PathBuf};

use fairtracks::archive::digest::DigestFunction;
use serde_json::{Value as Json, json};

use crate::support::following::{Galaxy, crates};
use crate::support::importing::{gzip, nine, sha256, written};
use crate::support::packaging::{Given, SAID, package};
use crate::support::recognised::{OTHER, REGIONS, URL, document_file, follow, sum, track, upload};
use crate::support::{Outcome, folder};

const RESULT: &[u8] =
    b"a result with so many bytes that they are equal to none by chance, whatever they are";

fn document() -> PathBuf {
    document_file(&[
        track("open", "open_chromatin.bed", REGIONS),
        track("closed", "closed_chromatin.bed", OTHER),
    ])
}

/// Packs data with documents.
fn package_with(data: &[Given], documents: &[&Path], options: &[&str]) -> Outcome {
    let documents = documents.iter().map(|path| path.to_str().unwrap());
    let documents: Vec<&str> = documents.collect();
    let options = [&SAID[..], &["--documents"], &documents, options].concat();
    package(data, &[], &options)
}

/// The same, which goes well and gives a crate without faults.
fn packed(data: &[Given], documents: &[&Path], options: &[&str]) -> Outcome {
    let packed = package_with(data, documents, options);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    assert_eq!(packed.faults(), Vec::<String>::new());
    packed
}

/// One of the data of a Galaxy.
fn given(galaxy: &Galaxy, id: &str, name: &str, bytes: &[u8]) -> Given {
    let mut given = Given::new(name, "bed", bytes);
    given.described["id"] = json!(id);
    given.described["uuid"] = galaxy.dataset(id)["uuid"].clone();
    given
}

fn lineage(galaxy: &Galaxy, leaf: &str) -> PathBuf {
    let path = folder().join("lineage.json");
    fs::write(&path, galaxy.lineage(&[leaf]).to_string()).unwrap();
    path
}

#[test]
fn an_own_file_is_identified_by_its_checksum_and_packed_as_a_track() {
    let document = document();
    let data = [Given::new("mine", "bed", REGIONS)];
    let packed = packed(&data, &[&document], &["--strict"]);
    let opened = packed.opened();
    assert_eq!(opened.files["tracks/mine.bed"], REGIONS);
    assert_eq!(opened.document()["tracks"][0]["local_id"], "example:open");
    assert_eq!(opened.document()["tracks"].as_array().unwrap().len(), 1);
    let page = |name: &&String| name.starts_with("inputs/") && name.ends_with("-preview.html");
    assert_eq!(opened.order.iter().filter(page).count(), 1);
    let action = opened.graph().iter().find(|entity| {
        let id = entity["@id"].as_str().unwrap();
        id.starts_with("#recognition-")
    });
    let description = action.unwrap()["description"].as_str().unwrap();
    assert!(
        description.starts_with(
            "Identified by its MD5 against the FAIRtracks document tracks.fairtracks.json"
        ),
        "{description}"
    );
    assert!(packed.text("tracks.tsv").contains("example:open"));
    for text in [&packed.report(), &packed.stderr] {
        assert!(text.contains("1 source track"), "{text}");
        let searched = "1 FAIRtracks document (2 tracks): 1 dataset and 0 ancestors identified by checksum or source URL";
        assert!(text.contains(searched), "{text}");
    }
    assert!(!packed.report().contains("## Findings"));
}

#[test]
fn the_metadata_are_those_that_following_gives() {
    let mut galaxy = Galaxy::default();
    let id = upload(&mut galaxy, "mine", REGIONS, None);
    let tracks = [track("open", "open_chromatin.bed", REGIONS)];
    let followed = follow(&galaxy, &id, &tracks, &[]);
    let data = [Given::new("mine", "bed", REGIONS)];
    let packed_at_once = packed(&data, &[&document()], &[]);
    let document = |of: &Json| of["tracks"].clone();
    assert_eq!(
        document(&packed_at_once.opened().document()),
        document(&followed.crate_of("mine").document())
    );
    // The crate of a following gives the same package of the file.
    let by_crate = package(&data, &crates(&followed), &SAID);
    assert_eq!(by_crate.status, 0, "{}", by_crate.stderr);
    let ids = |packed: &Outcome| -> Vec<String> {
        let table = packed.text("tracks.tsv");
        let lines = table.lines().skip(1);
        lines
            .map(|line| line.split('\t').next().unwrap().to_owned())
            .collect()
    };
    assert_eq!(ids(&by_crate), ids(&packed_at_once));
}

#[test]
fn a_result_of_an_identified_file_is_traced_back_to_it() {
    let mut galaxy = Galaxy::default();
    let uploaded = upload(&mut galaxy, "mine", REGIONS, None);
    galaxy.dataset_mut(&uploaded)["hashes"] =
        json!([{"function": "MD5", "value": sum(DigestFunction::Md5, REGIONS)}]);
    let id = galaxy.run("sort1", &[&uploaded], RESULT);
    let lineage = lineage(&galaxy, &id);
    let options = ["--strict", "--lineage", lineage.to_str().unwrap()];
    let data = [given(&galaxy, &id, "sorted", RESULT)];
    let packed = packed(&data, &[&document()], &options);
    let opened = packed.opened();
    assert_eq!(opened.document()["tracks"][0]["local_id"], "example:open");
    assert!(packed.text("steps.tsv").contains("sort1"));
    let report = packed.report();
    assert!(
        report.contains("**1 result from 1 source track; 1 tool, 1 job**"),
        "{report}"
    );
    assert!(
        report.contains("0 datasets and 1 ancestor identified"),
        "{report}"
    );
    assert!(!report.contains("## Findings"), "{report}");
}

#[test]
fn the_source_url_identifies_a_file_that_galaxy_decompressed() {
    let document = document_file(&[track("open", "open_chromatin.bed.gz", &gzip(REGIONS))]);
    let mut galaxy = Galaxy::default();
    let url = format!("{URL}.gz");
    let id = upload(&mut galaxy, "mine", REGIONS, Some(&url));
    let lineage = lineage(&galaxy, &id);
    let options = ["--strict", "--lineage", lineage.to_str().unwrap()];
    let data = [given(&galaxy, &id, "mine", REGIONS)];
    let packed = packed(&data, &[&document], &options);
    let opened = packed.opened();
    let file = opened.entity("tracks/mine.bed");
    assert_eq!(file["sha256"], sha256(REGIONS));
    assert_eq!(opened.document()["tracks"][0]["local_id"], "example:open");
}

#[test]
fn a_changed_byte_is_not_identified_and_a_name_only_suggests() {
    let document = document_file(&[track("open", "open_chromatin.bed", REGIONS)]);
    let mut galaxy = Galaxy::default();
    let id = upload(&mut galaxy, "mine", OTHER, Some(URL));
    let lineage = lineage(&galaxy, &id);
    let options = ["--lineage", lineage.to_str().unwrap()];
    let changed = packed(
        &[given(&galaxy, &id, "mine", OTHER)],
        &[&document],
        &options,
    );
    assert!(
        changed
            .report()
            .contains("mine: checksum mismatch: found the MD5"),
        "{}",
        changed.report()
    );

    let named = [Given::new("open_chromatin.bed", "bed", OTHER)];
    let unproven = packed(&named, &[&document], &[]);
    let report = unproven.report();
    // One finding gives the reason and what to do.
    let reason = "open_chromatin.bed: source tracks could not be confirmed: no crate or document has the checksum of this file, and there is no lineage; compare this file with the suggested track before you accept matches by identifier. Packed without provenance";
    let said = unproven.stderr.lines();
    let about = |line: &&str| line.contains("open_chromatin.bed: ") && !line.contains("mismatch");
    let said: Vec<&str> = said.filter(about).collect();
    assert_eq!(said, [format!("should: {reason}")]);
    assert!(!report.contains("no crate describes"), "{report}");
    assert!(!report.contains("not used"), "{report}");
    assert!(
        !unproven
            .opened()
            .files
            .contains_key("metadata/fairtracks.json")
    );
    let strict = package_with(&named, &[&document], &["--strict"]);
    assert_eq!(strict.status, 1);
    let accepted = packed(&named, &[&document], &["--strict", "--accept-identifiers"]);
    assert_eq!(
        accepted.opened().document()["tracks"][0]["local_id"],
        "example:open"
    );
}

#[test]
fn crates_take_precedence_over_documents() {
    let imported = nine(&[]);
    let name = "example:cells_dnase";
    let bytes = imported.bytes(&imported.element("output_tracks", name));
    let document = document_file(&[track("again", "again.bed", &bytes)]);
    let options = [&SAID[..], &["--documents", document.to_str().unwrap()]].concat();
    let data = [Given::new("mine", "bed", &bytes)];
    let packed = package(&data, &crates(&imported), &options);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    assert_eq!(packed.opened().document()["tracks"][0]["local_id"], name);
    assert!(
        packed
            .stderr
            .contains("0 datasets and 0 ancestors identified")
    );
}

#[test]
fn a_file_that_is_no_document_is_named_and_the_others_are_used() {
    let no_document = written("regions.json", "chr1\t1\t2\n");
    let document = document();
    let data = [Given::new("mine", "bed", REGIONS)];
    let both = [document.as_path(), no_document.as_path()];
    let came = packed(&data, &both, &[]);
    assert!(
        came.report().contains("regions.json: "),
        "{}",
        came.report()
    );
    assert!(came.stderr.contains("; not used"), "{}", came.stderr);
    let strict = package_with(&data, &both, &["--strict"]);
    assert_eq!(strict.status, 1);
    let message = "found 1 of 2 FAIRtracks documents unreadable";
    assert!(strict.stderr.contains(message), "{}", strict.stderr);
    assert_eq!(strict.opened().files["tracks/mine.bed"], REGIONS);

    let alone = package_with(&data, &[&no_document], &[]);
    assert_eq!(alone.status, 1);
    assert!(
        alone.stderr.contains("error: regions.json: "),
        "{}",
        alone.stderr
    );
    assert!(!alone.folder.join("crate.zip").exists());
}

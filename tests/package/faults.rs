//! `fairtracks_package` with data, crates and words that are not as they should be.

use std::collections::BTreeSet;
use std::fs;

use crate::support::Outcome;
use crate::support::folder;
use crate::support::following::Galaxy;
use crate::support::importing::{Opened, many, nine, sha256};
use crate::support::packaging::{Given, SAID, Story, package, package_in};
use serde_json::json;

fn data_paths(opened: &Opened) -> Vec<String> {
    let names = opened.order.iter();
    let data = names.filter(|name| name.starts_with("tracks/") || name.starts_with("results/"));
    data.cloned().collect()
}

fn refused(packed: &Outcome, words: &[&str]) {
    assert_eq!(packed.status, 1, "{}", packed.stderr);
    for word in words {
        assert!(packed.stderr.contains(word), "{word}: {}", packed.stderr);
    }
    let names: Vec<_> = fs::read_dir(&packed.folder).unwrap().collect();
    let left: Vec<String> = names
        .into_iter()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("crate.zip") || name.contains("report"))
        .collect();
    assert_eq!(left, Vec::<String>::new(), "nothing half done is left");
}

#[test]
fn a_file_that_is_not_there_is_named_and_nothing_is_written() {
    let arguments = [&["no_such_file.bed"], &SAID[..]].concat();
    refused(&package_in(&folder(), &arguments), &["no_such_file.bed"]);
}

#[test]
fn a_crate_without_a_title_is_not_made() {
    let data = [Given::new("a", "bed", "chr1\t1\t2\n")];
    let packed = package(&data, &[], &[]);
    assert_eq!(packed.status, 2);
    assert!(packed.stderr.contains("--title: found none, expected"));
}

#[test]
fn people_are_who_they_are_by_ids_that_are_ids() {
    let data = [Given::new("a", "bed", "chr1\t1\t2\n")];
    for (options, word) in [
        (
            ["--creator", "Josiah Carberry; 0000-0002-1825-0098"],
            "ORCID",
        ),
        (["--funding", "A council; council"], "ROR id"),
        (["--licence", "free for all"], "licence"),
    ] {
        let options = [&["--title", "T"], &options[..]].concat();
        refused(&package(&data, &[], &options), &[word]);
    }
}

#[test]
fn data_that_no_crate_tells_of_are_packed_and_told() {
    let story = Story::new();
    let mut data = story.data();
    data.push(Given::new("my own", "tabular", "a\tb\n"));
    let packed = package(&data, &story.crates(), &SAID);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    assert_eq!(packed.faults(), Vec::<String>::new());
    let opened = packed.opened();
    assert_eq!(opened.files["results/my_own.tabular"], b"a\tb\n");
    assert_eq!(
        opened.entity("results/my_own.tabular")["sha256"],
        json!(sha256(b"a\tb\n"))
    );
    let message = "my own: no crate describes this file";
    assert!(packed.text("report.md").contains(message));
    assert!(opened.preview().contains(message));
    let strict = package(&data, &story.crates(), &[&SAID[..], &["--strict"]].concat());
    assert_eq!(strict.status, 1);
    assert!(strict.stderr.contains("1 of 4 files"), "{}", strict.stderr);
    assert!(strict.read("crate.zip") == packed.read("crate.zip"));
}

#[test]
fn what_a_crate_foretells_wrongly_is_seen_and_packed_as_it_is() {
    let story = Story::new();
    let mut data = story.data();
    // As long as the track, and of the same name.
    let last = data[1].bytes.len() - 1;
    data[1].bytes[last] ^= 1;
    let packed = package(&data, &story.crates(), &SAID);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    assert_eq!(packed.faults(), Vec::<String>::new());
    let opened = packed.opened();
    let path = "results/example_cells_signal.bigwig";
    assert!(opened.files[path] == data[1].bytes);
    assert_eq!(opened.entity(path)["sha256"], json!(sha256(&data[1].bytes)));
    let message = "a crate describes a file of this name with other content";
    assert!(packed.stderr.contains(message), "{}", packed.stderr);
}

#[test]
fn crates_of_other_data_are_left_out_and_named() {
    let story = Story::new();
    let mut crates = story.crates();
    crates.push(story.imported.crate_path("example:cells_peaks"));
    let packed = package(&story.data(), &crates, &SAID);
    assert!(
        packed.stderr.contains("it describes none of the data"),
        "{}",
        packed.stderr
    );
    let without = story.packed(&[]).opened();
    let folders = |opened: &Opened| -> BTreeSet<String> {
        let names = opened
            .order
            .iter()
            .filter(|name| name.starts_with("inputs/"));
        names.cloned().collect()
    };
    assert_eq!(folders(&packed.opened()), folders(&without));
}

#[test]
fn one_crate_that_cannot_be_read_does_not_stop_the_others() {
    let story = Story::new();
    let place = folder();
    for (name, bytes) in [
        ("empty.crate.zip", &b""[..]),
        ("text.crate.zip", b"chr1\t1\t2\n"),
    ] {
        let bad = place.join(name);
        fs::write(&bad, bytes).unwrap();
        let crates = [&[bad], &story.crates()[..]].concat();
        let packed = package(&story.data(), &crates, &SAID);
        assert_eq!(packed.status, 0, "{}", packed.stderr);
        assert_eq!(packed.faults(), Vec::<String>::new());
        let line = packed.stderr.lines().find(|line| line.contains(name));
        assert!(
            line.is_some_and(|line| line.ends_with("; not used")),
            "{}",
            packed.stderr
        );
        assert!(packed.text("report.md").contains(name));
        let strict = package(&story.data(), &crates, &[&SAID[..], &["--strict"]].concat());
        assert_eq!(strict.status, 1);
        assert!(
            strict.stderr.contains("crates unreadable"),
            "{}",
            strict.stderr
        );
    }
}

#[test]
fn the_same_file_twice_is_there_twice() {
    let story = Story::new();
    let mut data = story.data();
    data.push(story.tracks[0].clone());
    data.push(story.result.clone().called("another name"));
    let packed = package(&data, &story.crates(), &SAID);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    assert_eq!(packed.faults(), Vec::<String>::new());
    let opened = packed.opened();
    assert_eq!(
        data_paths(&opened),
        [
            "tracks/example_cells_dnase.bed",
            "tracks/example_cells_signal.bigwig",
            "results/shared_regions.bed",
            "tracks/example_cells_dnase_2.bed",
            "results/another_name.bed",
        ]
    );
    for path in [
        "tracks/example_cells_dnase_2.bed",
        "results/another_name.bed",
    ] {
        assert!(
            many(&opened.root()["hasPart"]).contains(&json!({"@id": path})),
            "{path}"
        );
        assert!(opened.entity(path)["sha256"].is_string());
    }
    assert_eq!(
        opened.entity("results/another_name.bed")["isBasedOn"],
        opened.entity("results/shared_regions.bed")["isBasedOn"]
    );
}

#[test]
fn no_name_leads_out_of_the_crate_or_hides_another_file() {
    let names = [
        "../../etc/passwd",
        "a/../../b",
        "CON\u{202e}.bed",
        "A.bed",
        "a.bed",
        "..",
        "x\ny",
        "-rf",
    ];
    let data: Vec<Given> = names
        .iter()
        .enumerate()
        .map(|(number, name)| Given::new(name, "bed", format!("chr1\t1\t{number}\n")))
        .collect();
    let packed = package(&data, &[], &SAID);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    assert_eq!(packed.faults(), Vec::<String>::new());
    let paths = data_paths(&packed.opened());
    assert_eq!(paths.len(), names.len());
    let small: BTreeSet<String> = paths.iter().map(|path| path.to_lowercase()).collect();
    assert_eq!(small.len(), names.len(), "{paths:?}");
    for path in &paths {
        let name = path.strip_prefix("results/").unwrap();
        assert!(
            !name.contains('/') && !name.starts_with(['.', '-']),
            "{path}"
        );
    }
}

#[test]
fn tracks_on_different_genome_builds_are_the_first_finding() {
    // The last of the nine is of a mouse.
    let came = nine(&[]);
    let mut galaxy = Galaxy::default();
    let tracks = galaxy.imported(&came);
    let merged = galaxy.run("cat1", &[&tracks[0], &tracks[8]], "chr1\t1\t9\n");
    let names = came.names("output_crates");
    let crates: Vec<_> = names.iter().map(|name| came.crate_path(name)).collect();
    let followed = galaxy.follow(&[&merged], &crates, &[]);
    assert_eq!(followed.status, 0, "{}", followed.stderr);
    let element = &followed.elements("output_crates")[0];
    let crate_ = followed.folder.join(element["filename"].as_str().unwrap());
    let data = [Given::new("mixed", "bed", "chr1\t1\t9\n")];
    let packed = package(&data, &[crate_], &SAID);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    let report = packed.text("report.md");
    let findings: Vec<&str> = report
        .lines()
        .filter(|line| line.starts_with("- **"))
        .collect();
    assert!(
        findings[0].contains("**must**") && findings[0].contains("different genome builds"),
        "{report}"
    );
}

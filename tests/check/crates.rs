//! `fairtracks_check` on crates: one fault a crate, each with its place and what is said of it.

use crate::support;
use crate::support::crates;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::crates::{
    Fault, Parts, TRACK, data, findings, graph, judge, light, root, runs, story,
};
use crate::support::{Outcome, folder, project};
use fairtracks::fairtracks::finding::{Finding, Strength};
use fairtracks::ro_crate::imported_track::ImportStatus;

const FULL: &str = "test-data/crates/blood_three_tracks.full.crate.zip";

fn full() -> Parts {
    Parts::open(&project(FULL))
}

/// The light crate of the first track of the full crate, as the import makes it.
fn imported(credits: &[&str]) -> PathBuf {
    let folder = folder();
    let outcome = support::run(
        env!("CARGO_BIN_EXE_fairtracks_import"),
        &[
            &[
                project(FULL).to_str().unwrap(),
                "--output-folder",
                folder.to_str().unwrap(),
                "--choose-ids",
                "example:BLD000001",
            ],
            credits,
        ]
        .concat(),
    );
    assert_eq!(outcome.status, 0, "{outcome:?}");
    folder.join("crates/example_BLD000001.rocrate.zip")
}

fn check(arguments: &[&str]) -> Outcome {
    support::run(env!("CARGO_BIN_EXE_fairtracks_check"), arguments)
}

/// A file with these bytes, by its path.
fn file(name: &str, bytes: &[u8]) -> String {
    let path = folder().join(name);
    fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

fn judge_all(base: &Parts, faults: &[Fault]) {
    let wrong: Vec<String> = faults
        .iter()
        .filter_map(|fault| judge(base, fault).err())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The findings that are more than worth a look.
fn grave(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .filter(|finding| finding.strength != Strength::May)
        .map(|finding| format!("{} {}", finding.place, finding.what))
        .collect()
}

#[test]
fn each_fault_of_the_graph_is_told_at_its_place() {
    judge_all(&full(), &graph::entities());
    judge_all(&full(), &graph::context());
    judge_all(&full(), &root::references());
}

#[test]
fn each_fault_of_descriptor_and_root_is_told_at_its_place() {
    judge_all(&full(), &root::faults());
}

#[test]
fn each_fault_of_the_data_is_told_at_its_place() {
    judge_all(&full(), &data::hashes());
    judge_all(&full(), &data::files());
    judge_all(&full(), &data::document());
    judge_all(&full(), &data::coordinates());
}

#[test]
fn each_fault_of_actions_and_chain_is_told_at_its_place() {
    judge_all(&full(), &runs::actions());
    judge_all(&full(), &runs::chain());
}

#[test]
fn each_fault_of_a_light_crate_and_of_the_crate_before_is_told_at_its_place() {
    judge_all(&Parts::open(&imported(&[])), &light::faults());
}

#[test]
fn crates_of_this_suite_break_no_rule() {
    let credits = [
        "--creator-name",
        "Josiah Carberry",
        "--creator-orcid",
        "0000-0002-1825-0097",
        "--organisation-name",
        "University of Oslo",
        "--organisation-ror",
        "01xtthb56",
        "--licence",
        "CC0-1.0",
    ];
    for path in [project(FULL), imported(&[]), imported(&credits)] {
        let found = findings(&fs::read(&path).unwrap());
        assert_eq!(grave(&found), [""; 0], "{}", path.display());
    }
    let before = findings(&fs::read(imported(&[])).unwrap());
    let message: Vec<&str> = before.iter().map(|finding| finding.what.as_str()).collect();
    assert_eq!(
        message[..3],
        ["no `author`", "no `publisher`", "no `agent`"]
    );
    let after = findings(&fs::read(imported(&credits)).unwrap());
    assert_eq!(after.len(), before.len() - 3, "people are known now");
}

#[test]
fn crates_of_tracks_from_an_address_break_no_rule() {
    let documents = [
        "blood.fairtracks.json",
        "valid/complete.json",
        "valid/document_of_hits.json",
    ];
    for document in documents {
        for arrival in [
            story::fetched(b"chr1\t1\t2\n", b"chr1\t1\t2\n"),
            story::fetched(b"packed", b"unpacked"),
            ImportStatus::Registered,
        ] {
            let found = findings(&story::packed(document, &arrival));
            assert_eq!(grave(&found), [""; 0], "{document} {arrival:?}");
        }
    }
}

#[test]
fn a_changed_sum_in_the_chain_of_a_light_crate_is_told() {
    let unpacked = story::fetched(b"packed", b"unpacked");
    let path = file("c.zip", &story::packed("blood.fairtracks.json", &unpacked));
    let base = Parts::open(Path::new(&path));
    let mut parts = base.clone();
    let served = parts.id_that_begins("#served-");
    parts.set(&served, "sha256", crates::OTHER_SUM.into());
    let place = format!("c.zip/ro-crate-metadata.json#{}", parts.pointer(&served));
    let found = findings(&parts.pack());
    let source = &found[0];
    assert_eq!(
        source.strength,
        Strength::Must,
        "the source has other bytes"
    );
    assert_eq!(source.place.to_string(), format!("{place}/sha256"));
    let message = format!("\"{served}\", which does not match `sha256`");
    let id = found
        .iter()
        .find(|finding| finding.what == message)
        .unwrap();
    assert_eq!(id.place.to_string(), format!("{place}/@id"));
}

#[test]
fn a_crate_whose_bytes_were_changed_is_told_with_both_checksums() {
    let damaged = project("test-data/crates/damaged/sha256_of_a_track_wrong.crate.zip");
    let damaged = damaged.to_str().unwrap();
    let outcome = check(&[damaged]);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let line = outcome.stdout.lines().nth(1).unwrap();
    let cells: Vec<&str> = line.split('\t').collect();
    assert_eq!(cells[0], "must");
    assert_eq!(
        cells[1],
        format!("{damaged}/ro-crate-metadata.json#/@graph/3/sha256")
    );
    assert!(cells[2].starts_with("\"a3ead5eedad5df82"), "{line}");
    let found = "3887b1279a172fcad99691ae32559c3dfe8ca9d9c5199b39a76c4a857ef35baf";
    assert_eq!(
        cells[3],
        format!("{found}, the SHA-256 of the file in the archive")
    );
    assert_eq!(check(&[damaged, "--strict"]).status, 1);
    let whole = project(FULL);
    assert_eq!(check(&[whole.to_str().unwrap(), "--strict"]).status, 0);
}

#[test]
fn what_the_gate_refuses_is_one_finding() {
    let bytes = full().pack();
    let mut shifted = bytes.clone();
    let name = b"metadata/fairtracks.json";
    let at = bytes.windows(name.len()).rposition(|part| part == name);
    shifted[at.unwrap()] = b'n';
    for (name, bytes, sentence) in [
        (
            "cut.zip",
            &bytes[..bytes.len() / 2],
            "no complete zip archive",
        ),
        (
            "kind.zip",
            b"PK, a text".as_slice(),
            "no complete zip archive",
        ),
        (
            "names.zip",
            &shifted,
            "entry \"netadata/fairtracks.json\": local header and central directory disagree",
        ),
    ] {
        let path = file(name, bytes);
        let outcome = check(&[&path]);
        assert_eq!(outcome.status, 0, "{outcome:?}");
        assert_eq!(outcome.stdout.lines().count(), 2, "{}", outcome.stdout);
        let line = outcome.stdout.lines().nth(1).unwrap();
        assert!(
            line.starts_with(&format!("must\t{path}#\t{sentence}")),
            "{line}"
        );
        assert_eq!(check(&[&path, "--strict"]).status, 1);
    }
}

#[test]
fn metadata_that_are_no_graph_are_one_finding() {
    for (text, expected) in [
        (
            "{\"@graph\": ",
            "line 1, column 11: the document is truncated",
        ),
        ("[]", "no JSON object"),
        ("{\"@context\": \"x\"}", "no list (/@graph)"),
        ("", "the file is empty"),
    ] {
        let mut parts = full();
        parts.files.clear();
        parts.page = crates::Page::Missing;
        let mut packer = fairtracks::archive::packer::Packer::new(
            std::io::Cursor::new(Vec::new()),
            text.as_bytes(),
        )
        .unwrap();
        packer
            .add("x", b"x", fairtracks::archive::packer::Compression::Store)
            .unwrap();
        let found = findings(&packer.finish().unwrap().into_inner());
        assert_eq!(grave(&found).len(), 1, "{found:?}");
        let place = found[0].place.to_string();
        assert_eq!(place, "c.zip/ro-crate-metadata.json#");
        assert!(found[0].what.contains(expected), "{}", found[0].what);
    }
}

#[test]
fn a_damaged_file_is_told_and_the_rest_is_checked() {
    let mut bytes = fs::read(project(FULL)).unwrap();
    let line = b"BLD000001_chr2";
    let at = bytes.windows(line.len()).rposition(|part| part == line);
    bytes[at.unwrap()] = b'X';
    let found = findings(&bytes);
    assert_eq!(grave(&found).len(), 1, "{found:?}");
    assert_eq!(found[0].place.to_string(), format!("c.zip/{TRACK}#"));
    assert!(found[0].what.contains("is damaged: CRC-32 mismatch"));
}

#[test]
fn documents_and_crates_are_checked_together_and_keep_their_own_ids() {
    let (one, other) = (project(FULL), imported(&[]));
    let document = project("test-data/valid/complete.json");
    let [one, other, document] = [&one, &other, &document].map(|path| path.to_str().unwrap());
    let report = folder().join("report.md");
    let outcome = check(&[
        one,
        document,
        other,
        one,
        "--strict",
        "--output-report",
        report.to_str().unwrap(),
    ]);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let report = fs::read_to_string(report).unwrap();
    let verdict = "**The document and the 3 crates conform to RO-Crate and FAIRtracks: ";
    assert!(report.contains(verdict), "{report}");
}

#[test]
fn a_crate_is_known_by_its_first_bytes_also_from_a_pipe() {
    let path = file("crate.json", &full().pack());
    let outcome = check(&[&path]);
    assert!(
        outcome.stderr.starts_with("The crate conforms"),
        "{outcome:?}"
    );
    let output = std::process::Command::new("sh")
        .arg("-c")
        .arg("cat \"$1\" | \"$0\" -")
        .args([env!("CARGO_BIN_EXE_fairtracks_check"), &path])
        .output()
        .unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.starts_with("The crate conforms"), "{message}");
}

#[test]
fn what_a_document_in_a_crate_lacks_is_told_where_asked_for() {
    let mut parts = full();
    let text = String::from_utf8(parts.file(crates::DOCUMENT).clone()).unwrap();
    let text = text.replacen("\"summary\": \"CD14-positive monocyte\"", "\"x\": 1", 1);
    *parts.file(crates::DOCUMENT) = text.into_bytes();
    parts.refresh(crates::DOCUMENT);
    let path = file("c.zip", &parts.pack());
    let place = "/metadata/fairtracks.json#/samples/0/sample_type/summary\tnothing\t\"CD14-positive monocyte";
    assert!(!check(&[&path]).stdout.contains(place));
    let message = check(&[&path, "--augment"]).stdout;
    assert!(message.contains(place), "{message}");
}

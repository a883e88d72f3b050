//! Files that are given in place of a FAIRtracks document or of a crate: every tool names what they are, and says what to do.

use crate::support;
use std::fs;
use std::io::Write as _;

use crate::support::{Outcome, folder, project};
use flate2::Compression;
use flate2::write::GzEncoder;

/// Files of other kinds: name, content, and how messages name it.
fn others() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        (
            "bundle.json",
            text(
                r#"{"bundle_metadata": {}, "experiments": [], "samples": [], "studies": [], "files": []}"#,
            ),
            "a bundle of the FGA-WG standard",
        ),
        (
            "draft_2.json",
            text(
                r#"{"document": {"global_id": "doi:10.1/x"}, "collection_info": {}, "studies": [], "experiments": [], "samples": [], "tracks": []}"#,
            ),
            "a document of the draft of FAIRtracks 2",
        ),
        (
            "ro-crate-metadata.json",
            text(
                r#"{"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [{"@id": "./", "@type": "Dataset"}]}"#,
            ),
            "the metadata file of an RO-Crate",
        ),
        (
            "answer.json",
            text(r#"[{"tracks": {"local_id": "x"}}]"#),
            "1 hit in the response of a TrackFind server",
        ),
        ("list.json", text("[1, 2]"), "a JSON array of 2 values"),
        (
            "error.json",
            text(r#"{"error": "quota exceeded"}"#),
            "an error message of a server (\"quota exceeded\")",
        ),
        (
            "page.json",
            text("\n<!DOCTYPE html>\n<html><body>Sign in"),
            "an HTML page",
        ),
        (
            "table.tsv",
            text("chr1\t1\t2\tpeak\n"),
            "a table of 4 columns",
        ),
        (
            "text.json",
            text("Forbidden\n"),
            "plain text (\"Forbidden\")",
        ),
        (
            "lines.jsonl",
            text("{\"a\": 1}\n{\"a\": 2}\n"),
            "JSON Lines",
        ),
        ("paper.json", text("%PDF-1.7\n"), "a PDF"),
        (
            "page.json.gz",
            gzip(b"<html>"),
            "a gzip file with an HTML page in it",
        ),
        (
            "history.tgz",
            gzip(&tar()),
            "a gzip file with a tar archive in it",
        ),
    ]
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The start of a tar archive.
fn tar() -> Vec<u8> {
    let mut bytes = vec![0; 512];
    bytes[..4].copy_from_slice(b"a.gz");
    bytes[257..262].copy_from_slice(b"ustar");
    bytes
}

/// The tools that take documents, with the options before the document and behind it.
const TOOLS: [(&str, &[&str], &[&str]); 4] = [
    (env!("CARGO_BIN_EXE_fairtracks_check"), &[], &[]),
    (
        env!("CARGO_BIN_EXE_fairtracks_search"),
        &["--document"],
        &["--query", "true"],
    ),
    (
        env!("CARGO_BIN_EXE_fairtracks_catalog"),
        &["--document"],
        &[],
    ),
    (
        env!("CARGO_BIN_EXE_fairtracks_import"),
        &[],
        &["--output-folder", "OUT"],
    ),
];

fn run(tool: usize, file: &str, out: &str) -> Outcome {
    let (program, before, behind) = TOOLS[tool];
    let behind = behind.iter().map(|it| if *it == "OUT" { out } else { *it });
    let arguments: Vec<&str> = before.iter().copied().chain([file]).chain(behind).collect();
    support::run(program, &arguments)
}

/// Asserts that a tool names the file, what it found in it, and what it expected.
fn assert_refused(outcome: &Outcome, program: &str, name: &str, kind: &str, expected: &str) {
    assert_ne!(outcome.status, 0, "{program} {name}");
    for message in [
        format!("{name}: found {kind}"),
        format!(", expected {expected}"),
    ] {
        assert!(outcome.stderr.contains(&message), "{program}: {outcome:?}");
    }
}

#[test]
fn every_tool_that_takes_a_document_names_what_it_got() {
    let folder = folder();
    let out = folder.join("out");
    for (name, content, kind) in others() {
        let path = folder.join(name);
        fs::write(&path, content).unwrap();
        for (number, (program, ..)) in TOOLS.iter().enumerate() {
            let outcome = run(number, path.to_str().unwrap(), out.to_str().unwrap());
            let expected = "a FAIRtracks document (JSON)";
            // To the import, a table is a faulty list of tracks.
            let is_list = kind.starts_with("a table of") || kind == "a list of addresses";
            if program.ends_with("import") && is_list {
                assert!(
                    outcome.stderr.contains("table.tsv: line 1: found `chr1"),
                    "{outcome:?}"
                );
                continue;
            }
            assert_refused(&outcome, program, name, kind, expected);
        }
    }
}

#[test]
fn a_crate_or_a_list_goes_to_the_tools_that_take_it() {
    let crate_ = project("test-data/crates/blood_three_tracks.full.crate.zip");
    let outcome = run(1, crate_.to_str().unwrap(), "");
    assert!(
        outcome
            .stderr
            .contains("found a zip archive, expected a FAIRtracks document"),
        "{outcome:?}"
    );
    let list = folder().join("list.gsuite");
    fs::write(
        &list,
        "##location: remote\n###uri\nhttps://tracks.example.org/a.bed\n",
    )
    .unwrap();
    for tool in [0, 1, 2] {
        let outcome = run(tool, list.to_str().unwrap(), "");
        for wanted in [
            "found a GSuite list of tracks, expected a FAIRtracks document (JSON)",
            ": give it to FAIRtracks import",
        ] {
            assert!(outcome.stderr.contains(wanted), "{outcome:?}");
        }
    }
}

#[test]
fn a_document_that_is_packed_by_gzip_is_read() {
    let document = fs::read(project("test-data/valid/complete.json")).unwrap();
    let packed = folder().join("complete.json.gz");
    fs::write(&packed, gzip(&document)).unwrap();
    let packed = packed.to_str().unwrap();
    let outcome = run(0, packed, "");
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert!(
        outcome.stderr.starts_with("The document conforms to"),
        "{outcome:?}"
    );
    let plain = project("test-data/valid/complete.json");
    let query = ["--query", "true"];
    let hits = |file: &str| {
        let arguments = [&["--document", file], query.as_slice()].concat();
        support::run(env!("CARGO_BIN_EXE_fairtracks_search"), &arguments).stdout
    };
    let found = hits(plain.to_str().unwrap());
    assert!(found.contains("encode:ENCFF718EPO"), "{found}");
    assert_eq!(hits(packed), found);
    let bytes = gzip(&document);
    let cut = folder().join("cut.json.gz");
    fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    let outcome = run(0, cut.to_str().unwrap(), "");
    assert!(
        outcome.stderr.contains("the gzip file is truncated"),
        "{outcome:?}"
    );
}

#[test]
fn tools_that_take_crates_name_what_they_got() {
    let folder = folder();
    let result = folder.join("result.bed");
    fs::write(&result, "chr1\t1\t2\n").unwrap();
    let document = fs::read(project("test-data/valid/complete.json")).unwrap();
    let others = others()
        .into_iter()
        .filter(|(name, ..)| !name.ends_with("gz"));
    let documents = [
        ("document.json", document, "a FAIRtracks document"),
        ("none.zip", Vec::new(), "an empty file"),
    ];
    for (name, content, kind) in others.chain(documents) {
        let path = folder.join(name);
        fs::write(&path, content).unwrap();
        let (result, path) = (result.to_str().unwrap(), path.to_str().unwrap());
        let out = folder.join("out");
        for program in [
            env!("CARGO_BIN_EXE_fairtracks_follow"),
            env!("CARGO_BIN_EXE_fairtracks_package"),
        ] {
            let output = out.to_str().unwrap();
            let option = if program.ends_with("follow") {
                "--output-folder"
            } else {
                "--output-crate"
            };
            let mut arguments = vec![result, "--crates", path, option, output];
            if program.ends_with("package") {
                arguments.extend(["--title", "Peaks"]);
            }
            let outcome = support::run(program, &arguments);
            assert_refused(&outcome, program, name, kind, "an RO-Crate (zip)");
        }
    }
}

#[test]
fn a_packed_document_may_begin_with_many_blanks() {
    let document = fs::read(project("test-data/no_hits.fairtracks.json")).unwrap();
    let packed = gzip(&[vec![b' '; 3_000_000], document].concat());
    let path = folder().join("blanks.json.gz");
    fs::write(&path, packed).unwrap();
    let outcome = run(0, path.to_str().unwrap(), "");
    assert_eq!(outcome.status, 0, "{outcome:?}");
}

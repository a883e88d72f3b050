//! `fairtracks_search` when it cannot answer: messages, exit statuses, and no half-written output.

use crate::support;
use std::fs;
use std::path::Path;

use crate::support::searching::{TWIN, search};
use crate::support::{folder, project};

#[test]
fn what_is_no_document_is_named_and_leaves_no_output() {
    for (file, place, problem) in [
        (
            "invalid/not_json.json",
            "This file holds a sentence",
            "plain text",
        ),
        ("invalid/truncated_document.json", "line 71", "truncated"),
        (
            "invalid/not_a_fairtracks_document.json",
            "",
            "not a FAIRtracks document: found members type, features",
        ),
        (
            "invalid/tracks_not_an_array.json",
            "/tracks",
            "found an object, expected a list of objects",
        ),
        (
            "invalid/pre_v1_shape.json",
            "/tracks/0",
            "before FAIRtracks v1",
        ),
    ] {
        let folder = folder();
        let output = folder.join("hits.json");
        let document = project("test-data").join(file);
        let arguments = ["--document", document.to_str().unwrap(), "--query", "true"];
        let outcome = search(
            &[
                &arguments[..],
                &["--output-document", output.to_str().unwrap()],
            ]
            .concat(),
        );
        assert_eq!(outcome.status, 1, "{file}");
        for part in [document.to_str().unwrap(), place, problem] {
            assert!(outcome.stderr.contains(part), "{file}: {}", outcome.stderr);
        }
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "{file}");
    }
}

#[test]
fn bytes_of_all_kinds_are_refused_with_their_place() {
    let folder = folder();
    let twin = support::text(TWIN);
    let utf16: Vec<u8> = twin.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes, problem) in [
        ("empty", Vec::new(), "the file is empty"),
        (
            "latin1",
            b"{\"a\": \"\xe9\"}".to_vec(),
            "byte 8: found bytes that are not UTF-8",
        ),
        (
            "utf16",
            [b"\xff\xfe".to_vec(), utf16].concat(),
            "the file is UTF-16 or UTF-32 text, expected UTF-8",
        ),
        (
            "brackets",
            vec![b'['; 1_000_000],
            "line 1, column 128: invalid JSON (more than 127 nested lists and objects)",
        ),
        (
            "list",
            b"[]".to_vec(),
            "found a JSON array of 0 values, expected a FAIRtracks document",
        ),
    ] {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap();
        let outcome = search(&["--document", path.to_str().unwrap(), "--query", "true"]);
        assert_eq!(outcome.status, 1, "{name}");
        assert!(
            outcome.stderr.contains(problem),
            "{name}: {}",
            outcome.stderr
        );
    }
}

#[test]
fn a_wrong_query_is_shown_with_a_caret() {
    let twin = project(TWIN);
    let outcome = search(&[
        "--document",
        twin.to_str().unwrap(),
        "--query",
        "tracks.content->'assembly_name' ? \"hg38\"",
    ]);
    assert_eq!(outcome.status, 1);
    assert_eq!(
        outcome.stderr,
        "error: query (line 1, column 35): found the unknown name \"hg38\", expected a category, such as tracks.content\n  \
         tracks.content->'assembly_name' ? \"hg38\"\n                                    ^^^^^^\n\
         hint: double quotes mark a name; write a value in single quotes: 'hg38'\n"
    );
}

#[test]
fn wrong_usage_has_its_own_exit_status() {
    let twin = project(TWIN);
    let twin = twin.to_str().unwrap();
    assert_eq!(search(&["--document", twin]).status, 2);
    assert_eq!(
        search(&["--document", twin, "--query", "true", "--query-file", "x"]).status,
        2
    );
    let outcome = search(&["--document", twin, "--query", "true", "--date", "yesterday"]);
    assert_eq!(outcome.status, 2);
    assert!(outcome.stderr.contains("--date: found `yesterday`"));
    let outcome = search(&[
        "--document",
        twin,
        "--query",
        "true",
        "--output-table",
        "x",
        "--output-gsuite",
        "x",
    ]);
    assert_eq!(outcome.status, 1);
    assert!(outcome.stderr.contains("outputs cannot share a file"));
    assert!(!Path::new("x").exists());
    let outcome = search(&[
        "--document",
        twin,
        "--query",
        "true",
        "--output-table",
        "/nowhere/x",
    ]);
    assert!(
        outcome
            .stderr
            .contains("/nowhere/x: the folder `/nowhere` does not exist"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn a_document_is_called_what_its_user_calls_it() {
    let folder = folder();
    let names = folder.join("names.json");
    fs::write(&names, "[\"My hits (3).json\"]").unwrap();
    for (file, problem) in [
        ("not_json.json", "found plain text"),
        ("truncated_document.json", "line 71"),
        (
            "not_a_fairtracks_document.json",
            "not a FAIRtracks document",
        ),
        ("tracks_not_an_array.json", "at /tracks: found an object"),
        ("pre_v1_shape.json", "at /tracks/0: found the key"),
        ("nowhere.json", "file not found"),
    ] {
        let document = project("test-data/invalid").join(file);
        for question in [["--query", "true"], ["--find", "K562"]] {
            let named = ["--names", names.to_str().unwrap()];
            let asked = ["--document", document.to_str().unwrap()];
            let outcome = search(&[asked, named, question].concat());
            assert_eq!(outcome.status, 1);
            let expected = format!("error: My hits (3).json: {problem}");
            assert!(outcome.stderr.starts_with(&expected), "{}", outcome.stderr);
            assert!(!outcome.stderr.contains(file), "{}", outcome.stderr);
        }
    }
}

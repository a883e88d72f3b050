//! Own files that are published are the sources of results.

use std::fs;

use crate::support::converting::COLLECTION;
use crate::support::folder;
use crate::support::own_files::{example, example_files};
use crate::support::running::{FOLLOW, IMPORT, run_in};

#[test]
fn results_are_traced_to_own_files_by_their_sha_256() {
    let base = ["--base-url", "https://tracks.example.org/deposit/"];
    let published = example(&[&COLLECTION[..], &base].concat());
    let unpublished = example(&COLLECTION);
    let place = folder();
    fs::write(place.join("own.json"), &published.document_bytes).unwrap();
    fs::write(place.join("ni.json"), &unpublished.document_bytes).unwrap();
    let import = |document, folder| {
        let options = ["--register-only", "--output-folder", folder];
        run_in(IMPORT, &place, &[&[document], &options[..]].concat())
    };
    let imported = import("own.json", "own");
    assert_eq!(imported.status, 0, "{imported:?}");
    let refused = import("ni.json", "ni");
    assert_eq!(refused.status, 1);
    assert_eq!(
        refused.stdout.matches("the file is not published").count(),
        3,
        "{refused:?}"
    );
    for (name, bytes) in example_files() {
        fs::write(place.join(name), bytes).unwrap();
    }
    let follow = ["--crates", "own/crates", "--output-folder", "traced"];
    let followed = run_in(
        FOLLOW,
        &place,
        &[&["cells_dnase.bed"], &follow[..]].concat(),
    );
    assert_eq!(followed.status, 0, "{followed:?}");
    let row = followed.stdout.lines().nth(1).unwrap_or_default();
    assert!(
        row.starts_with("cells_dnase.bed\tlab:F1\tcontent (SHA-256)\t"),
        "{followed:?}"
    );
}

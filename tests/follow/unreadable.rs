//! Crates and documents that cannot be read: the others, and the Galaxy that runs the job, still confirm sources.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::support::following::{Galaxy, crates, follow_in, row};
use crate::support::importing::{nine, written};
use crate::support::recognised::{REGIONS, document_file, found, proven, track, upload};
use crate::support::{Outcome, folder};

const DNASE: &str = "example:cells_dnase";

/// Follows a track of the import, named `peaks`, with crates and documents.
fn follow_peaks(crates: &[PathBuf], documents: &[&Path], options: &[&str]) -> Outcome {
    let imported = nine(&[]);
    let bytes = imported.bytes(&imported.element("output_tracks", DNASE));
    let mut galaxy = Galaxy::default();
    let id = upload(&mut galaxy, "peaks", &bytes, None);
    let mut options: Vec<&str> = options.to_vec();
    if !documents.is_empty() {
        options.push("--documents");
        options.extend(documents.iter().map(|path| path.to_str().unwrap()));
    }
    galaxy.follow(&[&id], crates, &options)
}

fn broken() -> PathBuf {
    written("broken.zip", "no crate")
}

fn no_document() -> PathBuf {
    written("regions.json", "chr1\t1\t2\n")
}

#[test]
fn documents_identify_files_although_the_only_crate_cannot_be_read() {
    let document = document_file(&[track("open", "open_chromatin.bed", REGIONS)]);
    let mut galaxy = Galaxy::default();
    let id = upload(&mut galaxy, "mine", REGIONS, None);
    let options = ["--documents", document.to_str().unwrap()];
    let came = galaxy.follow(&[&id], &[broken()], &options);
    assert_eq!(found(&came, "mine"), proven("open", "document (MD5)"));
    assert!(came.report().contains("broken.zip: "), "{}", came.report());
    assert!(came.stderr.contains("; not used"), "{}", came.stderr);
    let strict = galaxy.follow(&[&id], &[broken()], &[&options[..], &["--strict"]].concat());
    assert_eq!(strict.status, 1);
    let message =
        "error: --strict: found 1 of 1 crates unreadable, expected none; the first: broken.zip: ";
    assert!(strict.stderr.contains(message), "{}", strict.stderr);
    assert_eq!(strict.rows()[0]["proven_tracks"], "example:open");
}

#[test]
fn crates_confirm_sources_although_the_only_document_cannot_be_read() {
    let imported = crates(&nine(&[]));
    let came = follow_peaks(&imported, &[&no_document()], &[]);
    assert_eq!(row(&came, "peaks")["proven_tracks"], DNASE);
    assert!(
        came.report().contains("regions.json: "),
        "{}",
        came.report()
    );
    let strict = follow_peaks(&imported, &[&no_document()], &["--strict"]);
    assert_eq!(strict.status, 1);
    let message = "error: --strict: found 1 of 1 FAIRtracks documents unreadable, expected none; the first: regions.json: ";
    assert!(strict.stderr.contains(message), "{}", strict.stderr);
    assert_eq!(strict.rows()[0]["proven_tracks"], DNASE);
}

#[test]
fn one_of_several_documents_that_cannot_be_read_fails_where_the_user_is_strict() {
    let document = document_file(&[track("open", "open_chromatin.bed", REGIONS)]);
    let imported = crates(&nine(&[]));
    let documents = [document.as_path(), &no_document()];
    assert_eq!(follow_peaks(&imported, &documents, &[]).status, 0);
    let strict = follow_peaks(&imported, &documents, &["--strict"]);
    assert_eq!(strict.status, 1);
    let message = "found 1 of 2 FAIRtracks documents unreadable";
    assert!(strict.stderr.contains(message), "{}", strict.stderr);
}

#[test]
fn nothing_that_can_be_read_is_a_failure_without_outputs() {
    for (crates, documents) in [
        (vec![broken()], Vec::new()),
        (Vec::new(), vec![no_document()]),
        (vec![broken()], vec![no_document()]),
    ] {
        let documents: Vec<&Path> = documents.iter().map(PathBuf::as_path).collect();
        let came = follow_peaks(&crates, &documents, &[]);
        assert_eq!(came.status, 1);
        let name = match crates.is_empty() {
            true => "regions.json: ",
            false => "broken.zip: ",
        };
        assert!(came.stderr.contains(name), "{}", came.stderr);
        assert!(!came.folder.join("outcomes.tsv").exists());
    }
}

#[test]
fn a_job_of_galaxy_goes_on_without_a_crate_that_can_be_read() {
    let place = folder();
    fs::create_dir(place.join("results")).unwrap();
    fs::write(place.join("results/0000"), REGIONS).unwrap();
    let described = json!([{"element_identifier": "peaks", "name": "peaks", "uuid": "u"}]);
    fs::write(place.join("described.json"), described.to_string()).unwrap();
    let job = json!({"galaxy": "https://galaxy.example.org", "history": "h", "output": "output_report", "number": 7});
    fs::write(place.join("galaxy_job.json"), job.to_string()).unwrap();
    fs::copy(broken(), place.join("broken.zip")).unwrap();
    let arguments = [
        "results",
        "--described",
        "described.json",
        "--crates",
        "broken.zip",
        "--galaxy-job",
        "galaxy_job.json",
    ];
    let came = follow_in(&place, &arguments.map(str::to_owned));
    assert_eq!(row(&came, "peaks")["proven_tracks"], "");
    for remark in ["broken.zip: ", "Galaxy gave the job no key of its user"] {
        assert!(came.report().contains(remark), "{}", came.report());
    }
}

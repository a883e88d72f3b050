//! Running each tool as a user would, in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{folder, project};

pub const CHECK: &str = env!("CARGO_BIN_EXE_fairtracks_check");
pub const CATALOG: &str = env!("CARGO_BIN_EXE_fairtracks_catalog");
pub const SEARCH: &str = env!("CARGO_BIN_EXE_fairtracks_search");
pub const IMPORT: &str = env!("CARGO_BIN_EXE_fairtracks_import");
pub const FOLLOW: &str = env!("CARGO_BIN_EXE_fairtracks_follow");
pub const PACKAGE: &str = env!("CARGO_BIN_EXE_fairtracks_package");

const BLOOD: &str = "test-data/blood.fairtracks.json";

/// What a tool is given besides its table: `input.json` is a document, `result.bed` a file of the user.
pub const RUNS: [(&str, &[&str], &str); 6] = [
    (CHECK, &["input.json"], "--output-table"),
    (CATALOG, &["--document", "input.json"], "--output-table"),
    (
        SEARCH,
        &["--document", "input.json", "--query", "TRUE"],
        "--output-table",
    ),
    (
        IMPORT,
        &["input.json", "--register-only", "--output-folder", "out"],
        "--output-table",
    ),
    (
        FOLLOW,
        &["result.bed", "--output-folder", "out"],
        "--output-table",
    ),
    (
        PACKAGE,
        &["result.bed", "--title", "Peaks"],
        "--output-crate",
    ),
];

/// A folder with the inputs of [`RUNS`].
pub fn place() -> PathBuf {
    let place = folder();
    fs::copy(project(BLOOD), place.join("input.json")).unwrap();
    fs::write(place.join("result.bed"), "chr1\t1\t2\n").unwrap();
    place
}

/// A run in a folder, without settings from outside.
pub fn command(tool: &str, place: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(tool);
    command
        .args(arguments)
        .current_dir(place)
        .env_remove("SOURCE_DATE_EPOCH")
        .env_remove("FAIRTRACKS_CONFIG");
    command
}

/// Status and standard error of a run.
pub fn run(tool: &str, place: &Path, arguments: &[&str]) -> (i32, String) {
    let output = command(tool, place, arguments).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(!stderr.contains("panicked"), "{stderr}");
    (output.status.code().expect("it ends by itself"), stderr)
}

/// The names of what is in a folder.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

//! Running each tool as a user or a wrapper would.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{folder, project};

pub const AUDIT: &str = env!("CARGO_BIN_EXE_fairtracks_audit");
pub const CHECK: &str = env!("CARGO_BIN_EXE_fairtracks_check");
pub const CATALOG: &str = env!("CARGO_BIN_EXE_fairtracks_catalog");
pub const CONVERT: &str = env!("CARGO_BIN_EXE_fairtracks_convert");
pub const SEARCH: &str = env!("CARGO_BIN_EXE_fairtracks_search");
pub const IMPORT: &str = env!("CARGO_BIN_EXE_fairtracks_import");
pub const FOLLOW: &str = env!("CARGO_BIN_EXE_fairtracks_follow");
pub const OVERLAP: &str = env!("CARGO_BIN_EXE_fairtracks_overlap");
pub const PACKAGE: &str = env!("CARGO_BIN_EXE_fairtracks_package");

const BLOOD: &str = "test-data/blood.fairtracks.json";
const RESULT: &str = "test-data/results/shared_regions_again.crate.zip";

/// What a tool is given besides its table: `input.json` is a document, `table.csv` a table of metadata, `result.bed` a file of the user,
/// `result.zip` the crate of a result.
pub const RUNS: [(&str, &[&str], &str); 9] = [
    (
        AUDIT,
        &["result.zip", "--uses", "tool=sort1"],
        "--output-table",
    ),
    (CHECK, &["input.json"], "--output-table"),
    (CONVERT, &["table.csv"], "--output-table"),
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
        OVERLAP,
        &[
            "result.bed",
            "--query-set",
            "result.bed",
            "--genome",
            "hg38",
        ],
        "--output-table",
    ),
    (
        PACKAGE,
        &["result.bed", "--title", "Peaks"],
        "--output-crate",
    ),
];

/// The options by which a catalog writes all its outputs into the folder of its run.
pub const CATALOG_OUTPUTS: [&str; 8] = [
    "--output-table",
    "values.tsv",
    "--output-form-table",
    "form.tsv",
    "--output-report",
    "report.md",
    "--galaxy-metadata",
    "galaxy.json",
];

/// What a tool did.
#[derive(Debug)]
pub struct Outcome {
    /// Exit status.
    pub status: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// The folder in which it ran.
    pub folder: PathBuf,
}

/// A folder with the inputs of [`RUNS`].
pub fn place() -> PathBuf {
    let place = folder();
    fs::copy(project(BLOOD), place.join("input.json")).unwrap();
    fs::copy(project(RESULT), place.join("result.zip")).unwrap();
    fs::write(place.join("table.csv"), "id,url\na,b\n").unwrap();
    fs::write(place.join("result.bed"), "chr1\t1\t2\n").unwrap();
    place
}

/// A run in a folder, without settings from outside.
pub fn command<A: AsRef<OsStr>>(tool: &str, place: &Path, arguments: &[A]) -> Command {
    let mut command = Command::new(tool);
    command
        .args(arguments)
        .current_dir(place)
        .env_remove("SOURCE_DATE_EPOCH")
        .env_remove("RUST_BACKTRACE")
        .env_remove("FAIRTRACKS_CONFIG");
    command
}

/// Runs a command to its end.
pub fn outcome(command: &mut Command) -> Outcome {
    let output = command.output().expect("the tool starts");
    let text = |bytes| String::from_utf8(bytes).expect("what a tool prints is UTF-8");
    let outcome = Outcome {
        status: output.status.code().expect("the tool ends by itself"),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
        folder: command.get_current_dir().unwrap().to_owned(),
    };
    assert!(!outcome.stderr.contains("panicked"), "{outcome:?}");
    outcome
}

/// Runs a tool at the top of the project.
pub fn run<A: AsRef<OsStr>>(tool: &str, arguments: &[A]) -> Outcome {
    run_in(tool, &project(""), arguments)
}

/// Runs a tool in a folder.
pub fn run_in<A: AsRef<OsStr>>(tool: &str, place: &Path, arguments: &[A]) -> Outcome {
    outcome(&mut command(tool, place, arguments))
}

/// Runs a tool in a folder, with a file of site settings.
pub fn run_at<A: AsRef<OsStr>>(site: &Path, tool: &str, place: &Path, arguments: &[A]) -> Outcome {
    outcome(command(tool, place, arguments).env("FAIRTRACKS_CONFIG", site))
}

/// The names of what is in a folder.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

//! Asking `fairtracks_search`: documents, and servers of this machine.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use super::running::{SEARCH, run, run_at};
use super::{Outcome, folder, project};

/// One ENCODE experiment of four tracks.
pub const TWIN: &str = "test-data/h1_h3k4me3.fairtracks.json";
/// A collection of 62 tracks, two of which cannot be found.
pub const BLOOD: &str = "test-data/blood.fairtracks.json";
/// The time of every search.
const DATE: [&str; 2] = ["--date", "2026-01-31T13:00:00+01:00"];

/// Runs the tool.
pub fn search(arguments: &[&str]) -> Outcome {
    run(SEARCH, arguments)
}

/// The settings of a site that lets its jobs ask servers of this machine, and waits for none.
pub fn site(more: &str) -> PathBuf {
    let path = folder().join("site.toml");
    let settings = "allow_private_hosts = [\"127.0.0.1\"]\n[limits]\nretry_seconds = 0.001\nlongest_retry_seconds = 0.01\n";
    fs::write(&path, format!("{settings}{more}")).unwrap();
    path
}

/// Runs the tool at a site.
pub fn search_at(site: &Path, arguments: &[&str]) -> Outcome {
    run_at(site, SEARCH, &project(""), &[arguments, &DATE].concat())
}

/// The outputs of a search, and what was said.
pub struct Answer {
    /// The document of hits.
    pub document: Json,
    /// The cells of the table, line by line.
    pub table: Vec<Vec<String>>,
    /// The GSuite file.
    pub gsuite: String,
    /// The report.
    pub report: String,
    /// What Galaxy is handed with the outputs.
    pub metadata: Json,
    /// What was printed on standard error.
    pub said: String,
}

/// Asks a document a question that is well put.
pub fn answer(document: &str, question: &[&str]) -> Answer {
    let document = project(document);
    let source = ["--document", document.to_str().unwrap()];
    with_outputs(&[question, &source, &DATE].concat(), search)
}

/// The same at a site, with a source among the arguments.
pub fn answer_at(site: &Path, arguments: &[&str]) -> Answer {
    with_outputs(arguments, |arguments| search_at(site, arguments))
}

fn with_outputs(arguments: &[&str], run: impl Fn(&[&str]) -> Outcome) -> Answer {
    let folder = folder();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (json, table, gsuite) = (path("hits.json"), path("hits.tsv"), path("hits.gsuite"));
    let (report, metadata) = (path("report.md"), path("galaxy.json"));
    let outputs = [
        "--output-report",
        &report,
        "--galaxy-metadata",
        &metadata,
        "--output-document",
        &json,
        "--output-table",
        &table,
        "--output-gsuite",
        &gsuite,
    ];
    let outcome = run(&[arguments, &outputs].concat());
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let read = |path: &str| fs::read_to_string(path).unwrap();
    Answer {
        document: serde_json::from_str(&read(&json)).unwrap(),
        table: read(&table)
            .lines()
            .map(|line| line.split('\t').map(str::to_owned).collect())
            .collect(),
        gsuite: read(&gsuite),
        report: read(&report),
        metadata: serde_json::from_str(&read(&metadata)).unwrap(),
        said: outcome.stderr,
    }
}

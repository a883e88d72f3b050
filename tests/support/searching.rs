//! Asking `fairtracks_search`.

use std::fs;

use serde_json::Value as Json;

use super::{Outcome, folder, project, run};

/// One ENCODE experiment of four tracks.
pub const TWIN: &str = "test-data/h1_h3k4me3.fairtracks.json";
/// A collection of 62 tracks, two of which cannot be found.
pub const BLOOD: &str = "test-data/blood.fairtracks.json";

/// Runs the tool.
pub fn search(arguments: &[&str]) -> Outcome {
    run(env!("CARGO_BIN_EXE_fairtracks_search"), arguments)
}

/// The three outputs of a search, and what was said.
pub struct Answer {
    /// The document of hits.
    pub document: Json,
    /// The cells of the table, line by line.
    pub table: Vec<Vec<String>>,
    /// The GSuite file.
    pub gsuite: String,
    /// What stood on standard error.
    pub said: String,
}

/// Asks a document a question that is well put.
pub fn answer(document: &str, question: &[&str]) -> Answer {
    let folder = folder();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (document, json, table, gsuite) = (
        project(document),
        path("hits.json"),
        path("hits.tsv"),
        path("hits.gsuite"),
    );
    let outcome = search(
        &[
            question,
            &[
                "--document",
                document.to_str().unwrap(),
                "--output-document",
                &json,
                "--output-table",
                &table,
            ],
            &[
                "--output-gsuite",
                &gsuite,
                "--date",
                "2026-01-31T13:00:00+01:00",
            ],
        ]
        .concat(),
    );
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let read = |path: &str| fs::read_to_string(path).unwrap();
    Answer {
        document: serde_json::from_str(&read(&json)).unwrap(),
        table: read(&table)
            .lines()
            .map(|line| line.split('\t').map(str::to_owned).collect())
            .collect(),
        gsuite: read(&gsuite),
        said: outcome.stderr,
    }
}

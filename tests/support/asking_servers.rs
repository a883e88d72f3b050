//! Runs of `fairtracks_search` that ask a server of this machine.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value as Json;

use crate::support::{Outcome, folder};

/// The settings of a site that lets its jobs ask servers of this machine, and waits for none.
pub fn site(more: &str) -> PathBuf {
    let path = folder().join("site.toml");
    let settings = "allow_private_hosts = [\"127.0.0.1\"]\n[limits]\nretry_seconds = 0.001\nlongest_retry_seconds = 0.01\n";
    fs::write(&path, format!("{settings}{more}")).unwrap();
    path
}

/// Runs the tool at a site.
pub fn search_at(site: &PathBuf, arguments: &[&str]) -> Outcome {
    let output = Command::new(env!("CARGO_BIN_EXE_fairtracks_search"))
        .args(arguments)
        .args(["--date", "2026-01-31T13:00:00+01:00"])
        .env("FAIRTRACKS_CONFIG", site)
        .env_remove("RUST_BACKTRACE")
        .output()
        .expect("the tool starts");
    Outcome {
        status: output.status.code().expect("the tool ends by itself"),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The three outputs of a search that goes well, and what was said.
pub struct Outputs {
    pub document: Json,
    pub table: String,
    pub gsuite: String,
    pub said: String,
}

/// Runs the tool with all outputs.
pub fn outputs(site: &PathBuf, arguments: &[&str]) -> Outputs {
    let folder = folder();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (json, table, gsuite) = (path("hits.json"), path("hits.tsv"), path("hits.gsuite"));
    let wanted = [
        "--output-document",
        &json,
        "--output-table",
        &table,
        "--output-gsuite",
        &gsuite,
    ];
    let outcome = search_at(site, &[arguments, &wanted].concat());
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let read = |path: &str| fs::read_to_string(path).unwrap();
    Outputs {
        document: serde_json::from_str(&read(&json)).unwrap(),
        table: read(&table),
        gsuite: read(&gsuite),
        said: outcome.stderr,
    }
}

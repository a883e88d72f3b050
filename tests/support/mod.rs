//! What the tests of the tools share: running a tool and looking at what it wrote.

pub mod bad_zips;
pub mod converting;
pub mod corpus;
pub mod counter;
pub mod crates;
pub mod documents;
pub mod fetching;
pub mod following;
pub mod foreign_crates;
pub mod ftp_server;
pub mod generator;
pub mod headers;
pub mod history_export;
pub mod hyperbrowser;
pub mod importing;
pub mod imports;
pub mod json_leaves;
pub mod oracle;
pub mod outcome;
pub mod own_files;
pub mod packaging;
pub mod recognised;
pub mod recognising;
pub mod running;
pub mod scripted_server;
pub mod searching;
pub mod serve_process;
pub mod service;
pub mod trackfind;
pub mod workbooks;
pub mod wrong_bytes;
pub mod zip_mutants;
pub mod zip_readers;

pub use running::{Outcome, run};

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// An empty folder that no other test uses.
pub fn folder() -> PathBuf {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let name = format!(
        "{}-{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A file of the project, by its path from the top.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The text of a file of the project.
pub fn text(path: &str) -> String {
    fs::read_to_string(project(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The tools: the names of the sources in `src/bin`, sorted.
pub fn tools() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(project("src/bin"))
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

//! Who may use whom, how long a file may be, and what lies at the top: the rules of CONTRIBUTING.md.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A layer and the layers of ours that it may use besides itself.
const MAY_USE: [(&str, &[&str]); 15] = [
    (
        "bin",
        &[
            "cli", "check", "search", "import", "follow", "package", "catalog", "service", "query",
            "format", "remote", "archive", "model", "text",
        ],
    ),
    ("cli", &["format", "model"]),
    ("check", &["model"]),
    ("search", &["query", "model"]),
    ("import", &["model"]),
    ("follow", &["model"]),
    ("package", &["model"]),
    ("catalog", &["model"]),
    ("service", &["query", "format", "model", "text"]),
    ("query", &["model", "text"]),
    ("format", &["archive", "model", "text"]),
    ("remote", &["query", "model"]),
    ("archive", &["model"]),
    ("model", &["text"]),
    ("text", &[]),
];

/// Names that only the given layers may mention: files, network, clock and environment of the process.
const OUTSIDE_WORLD: [&str; 6] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "SystemTime",
    "jiff::",
];

const LONGEST_FILE: usize = 400;

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// The layer that a source file belongs to: the first part of its path below `src`.
fn layer(path: &Path) -> String {
    let below = path.strip_prefix(support::project("src")).unwrap();
    below
        .iter()
        .next()
        .unwrap()
        .to_string_lossy()
        .trim_end_matches(".rs")
        .to_owned()
}

/// The layers of ours that a line names, as `crate::layer` or `fairtracks::layer`.
fn named_layers(line: &str) -> Vec<&str> {
    ["crate::", "fairtracks::"]
        .iter()
        .flat_map(|start| {
            line.match_indices(start)
                .map(move |(at, _)| &line[at + start.len()..])
        })
        .map(|rest| {
            rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap()
        })
        .filter(|name| MAY_USE.iter().any(|(layer, _)| layer == name))
        .collect()
}

#[test]
fn every_layer_uses_only_what_it_may() {
    for path in sources(&support::project("src")) {
        let layer = layer(&path);
        if layer == "lib" {
            continue;
        }
        let (_, allowed) = MAY_USE
            .iter()
            .find(|(name, _)| *name == layer)
            .unwrap_or_else(|| panic!("{layer} is in no row"));
        let text = fs::read_to_string(&path).unwrap();
        for line in text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
        {
            for used in named_layers(line) {
                assert!(
                    used == layer || allowed.contains(&used),
                    "{}: {line}",
                    path.display()
                );
            }
            let meets_the_world = OUTSIDE_WORLD.iter().any(|name| line.contains(name));
            assert!(
                !meets_the_world || ["cli", "bin", "remote"].contains(&layer.as_str()),
                "{}: {line}",
                path.display()
            );
        }
    }
}

#[test]
fn no_file_is_longer_than_its_limit() {
    for folder in ["src", "tests"] {
        for path in sources(&support::project(folder)) {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            assert!(
                lines <= LONGEST_FILE,
                "{} has {lines} lines, expected at most {LONGEST_FILE}",
                path.display()
            );
        }
    }
}

#[test]
fn the_top_level_stays_small() {
    let expected = [
        ".ci",
        ".gitignore",
        "CHANGELOG.md",
        "CITATION.cff",
        "CONTRIBUTING.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "README.md",
        "galaxy-tools",
        "planemo",
        "src",
        "test-data",
        "tests",
    ];
    let output = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output();
    // A source archive has no git; the rule is for the repository.
    let Some(output) = output.ok().filter(|output| output.status.success()) else {
        return;
    };
    for file in String::from_utf8(output.stdout)
        .unwrap()
        .split_terminator('\0')
    {
        let top = file.split('/').next().unwrap();
        assert!(
            expected.contains(&top),
            "{file}: `{top}` is not one of {expected:?}"
        );
    }
}

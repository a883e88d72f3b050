//! Who may use whom, how long a file may be, what a name means, and what lies at the top: the rules of CONTRIBUTING.md.

use crate::support;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::imports::{module_of, used_modules};

/// The rooms from the top to the bottom: each may use those that stand behind it, and none before it.
const ROOMS: [&str; 18] = [
    "bin",
    "tools",
    "cli",
    "ro_crate",
    "trackfind",
    "gsuite",
    "conversion",
    "galaxy",
    "query",
    "fairtracks",
    "vocabulary",
    "overlap",
    "genome",
    "remote",
    "tables",
    "archive",
    "drawing",
    "text",
];

/// Files, network, clock and environment of the process, and the folders that may name them.
const OUTSIDE_WORLD: [&str; 7] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "SystemTime::now",
    "Timestamp::now",
    "Instant::now",
];
const MEETS_THE_WORLD: [&str; 6] = [
    "bin",
    "tools",
    "cli",
    "remote",
    "trackfind/client",
    "galaxy/lineage/api",
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
    found.sort();
    found
}

/// The source files of the library and the binaries with their texts, by their modules: `["ro_crate", "merge"]`.
fn modules() -> BTreeMap<Vec<String>, String> {
    let src = support::project("src");
    let files = sources(&src).into_iter();
    files
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            (module_of(path.strip_prefix(&src).unwrap()), text)
        })
        .collect()
}

/// The modules of ours that each module uses.
fn uses(modules: &BTreeMap<Vec<String>, String>) -> BTreeMap<&[String], BTreeSet<&[String]>> {
    let used = |(module, text): (&Vec<String>, &String)| {
        let paths = used_modules(module, text).into_iter();
        // The longest part of a path that is a module; what comes after it is an item.
        let found = paths.filter_map(|path| {
            let lengths = (1..=path.len()).rev();
            let known = |length| modules.get_key_value(&path[..length]);
            lengths
                .filter_map(known)
                .next()
                .map(|(known, _)| &known[..])
        });
        found.filter(|used| *used != module).collect()
    };
    let all = modules.iter();
    all.map(|entry| (&entry.0[..], used(entry))).collect()
}

#[test]
fn arrows_between_rooms_point_down() {
    let modules = modules();
    let floor = |room: &str| {
        let place = ROOMS.iter().position(|known| *known == room);
        place.unwrap_or_else(|| panic!("{room} is no room"))
    };
    for (module, used) in uses(&modules) {
        let Some(room) = module.first() else {
            continue;
        };
        for other in used {
            assert!(
                floor(&other[0]) >= floor(room),
                "{} uses {}, which is above it",
                module.join("::"),
                other.join("::")
            );
            assert!(
                room != "bin" || other[0] == "tools",
                "{} uses {}, expected its tool alone",
                module.join("::"),
                other.join("::")
            );
            assert!(
                room != "tools" || other[0] != "tools" || module.len() < 2 || module[1] == other[1],
                "{} uses {}, which is of another tool",
                module.join("::"),
                other.join("::")
            );
        }
    }
}

#[test]
fn no_files_import_each_other() {
    let modules = modules();
    let mut uses = uses(&modules);
    // A module and those inside it are one thing: what is inside may name what is around it.
    for (module, used) in &mut uses {
        used.retain(|other| !module.starts_with(other));
    }
    // What uses nothing that is left is in no circle, and goes until nothing more can go.
    loop {
        let left: BTreeSet<&[String]> = uses.keys().copied().collect();
        let before = uses.len();
        uses.retain(|_, used| used.iter().any(|other| left.contains(other)));
        if uses.len() == before {
            break;
        }
    }
    let mut left: BTreeSet<&[String]> = uses.keys().copied().collect();
    // What nothing that is left uses leads to a circle and is in none.
    loop {
        let used: BTreeSet<&[String]> = left
            .iter()
            .flat_map(|module| &uses[module])
            .copied()
            .collect();
        let before = left.len();
        left.retain(|module| used.contains(module));
        if left.len() == before {
            break;
        }
    }
    let names: Vec<String> = left.iter().map(|module| module.join("::")).collect();
    assert!(names.is_empty(), "circles among {names:#?}");
}

#[test]
fn only_the_rooms_at_the_edge_meet_the_outside_world() {
    for (module, text) in modules() {
        let folder = module.join("/");
        let is_tests = module.last().is_some_and(|last| last == "tests");
        let mut known = MEETS_THE_WORLD.iter();
        if is_tests || known.any(|known| folder.starts_with(known)) {
            continue;
        }
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let lines = code.lines();
        for line in lines.filter(|line| !line.trim_start().starts_with("//")) {
            let named = OUTSIDE_WORLD.iter().find(|name| line.contains(*name));
            assert!(named.is_none(), "{folder}: {line}");
        }
    }
}

/// A type name stands for one thing; what a file keeps to itself may be called as others call theirs.
#[test]
fn no_type_name_means_two_things() {
    let mut named: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (module, text) in modules() {
        for line in text.lines().filter(|line| line.starts_with("pub")) {
            let mut words = line
                .split([' ', '<', '(', '{', ';', ':'])
                .filter(|word| !word.is_empty());
            let kind = words.find(|word| !["pub", "crate)", "super)", "unsafe"].contains(word));
            if kind.is_some_and(|kind| ["struct", "enum", "trait", "type", "union"].contains(&kind))
            {
                let name = words.next().unwrap().to_owned();
                named.entry(name).or_default().push(module.join("::"));
            }
        }
    }
    named.retain(|_, modules| modules.len() > 1);
    assert!(named.is_empty(), "{named:#?}");
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

//! What README.md and CONTRIBUTING.md say is so.

use crate::support;
use std::fs;
use std::process::Command;

/// The lines of the code blocks of one language, in order.
fn code(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}");
    let mut inside = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == fence;
        } else if inside {
            lines.push(line.to_owned());
        }
    }
    lines
}

#[test]
fn the_command_line_example_prints_what_it_shows() {
    let readme = support::text("README.md");
    let lines = code(&readme, "console");
    let (commands, printed): (Vec<&String>, Vec<&String>) =
        lines.iter().partition(|line| line.starts_with("$ "));
    assert_eq!(
        commands.len(),
        1,
        "the README shows one command line and what it prints"
    );
    let command = commands[0]
        .trim_start_matches("$ ")
        .replace("target/release/", "");
    let tool = env!("CARGO_BIN_EXE_fairtracks_search").trim_end_matches("fairtracks_search");
    let output = Command::new("bash")
        .args([
            "-o",
            "pipefail",
            "-c",
            &format!("PATH='{tool}':\"$PATH\"; {command}"),
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let expected: String = printed.iter().map(|line| format!("{line}\n")).collect();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
}

#[test]
fn links_lead_to_files_of_the_project() {
    for page in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        let text = support::text(page);
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split(')').next().unwrap();
            if !target.contains("://") && !target.starts_with('#') {
                assert!(
                    support::project(target).exists(),
                    "{page} links to {target}"
                );
            }
        }
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let contributing = support::text("CONTRIBUTING.md");
    let cargo = support::text("Cargo.toml");
    let mut in_dependencies = false;
    for line in cargo.lines() {
        if line.starts_with('[') {
            in_dependencies = line.contains("dependencies]");
        } else if in_dependencies && let Some((name, _)) = line.split_once(" = ") {
            assert!(
                contributing.contains(&format!("| `{name}` |")),
                "CONTRIBUTING.md does not say why `{name}` is there"
            );
        }
    }
}

#[test]
fn every_tool_is_in_the_readme_and_every_room_in_contributing() {
    let readme = support::text("README.md");
    for tool in support::tools() {
        assert!(
            readme.contains(&format!("`{tool}`")),
            "README.md does not speak of {tool}"
        );
    }
    let contributing = support::text("CONTRIBUTING.md");
    let table = contributing.split("| room | what is there |").nth(1);
    let table = table.unwrap().split("\n\n").next().unwrap();
    let mut named: Vec<&str> = table
        .lines()
        .filter_map(|row| row.strip_prefix("| `")?.split(['/', '`']).next())
        .collect();
    named.sort_unstable();
    let entries = fs::read_dir(support::project("src")).unwrap();
    let mut folders: Vec<String> = entries
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    folders.sort_unstable();
    assert_eq!(named, folders, "rooms in CONTRIBUTING.md, folders of src");
}

#[test]
fn each_question_of_contributing_names_a_place_in_the_project() {
    let text = support::text("CONTRIBUTING.md");
    let table = text.split("### Where do I find").nth(1).unwrap();
    let table = table.split("\n### ").next().unwrap();
    let rows: Vec<&str> = table.lines().filter(|line| line.contains("? |")).collect();
    assert!(rows.len() >= 28, "{}", rows.len());
    for row in rows {
        let places: Vec<&str> = row.split('`').skip(1).step_by(2).collect();
        assert!(!places.is_empty(), "{row}: expected a file or folder");
        for place in places {
            let place = place.replace("<name>", "search");
            assert!(support::project(&place).exists(), "{row}: no such place");
        }
    }
}

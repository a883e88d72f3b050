//! `fairtracks_check` on crates of all versions and profiles: each rule is asked of the crates that it counts for, and of no other.

use std::io::{Cursor, Write as _};

use crate::support::crates::claims::{BASES, Rule, base, of_graph, of_profiles, of_root};
use crate::support::crates::{Parts, findings};
use fairtracks::fairtracks::finding::{Finding, Strength};
use serde_json::json;

fn letter(strength: Strength) -> char {
    match strength {
        Strength::Must => 'M',
        Strength::Should => 'S',
        Strength::May => 'm',
    }
}

/// How strong the worst finding is that begins like this; `-` where there is none.
fn strength(found: &[Finding], what: &str) -> char {
    let alike = found
        .iter()
        .filter(|finding| finding.what.starts_with(what));
    alike.map(|it| it.strength).min().map_or('-', letter)
}

fn judge(rules: &[Rule]) {
    let mut wrong = Vec::new();
    for rule in rules {
        for (name, expected) in BASES.into_iter().zip(rule.strengths.chars()) {
            if expected == ' ' {
                continue;
            }
            let mut parts = base(name);
            (rule.change)(&mut parts);
            let found = findings(&parts.pack());
            let given = strength(&found, rule.what);
            if given != expected {
                let all: Vec<_> = found.iter().map(|it| (it.strength, &it.what)).collect();
                wrong.push(format!(
                    "{} in {name}: {given}, expected {expected}\n  {all:?}",
                    rule.name
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_for_the_root_are_those_of_the_version() {
    judge(&of_root());
}

#[test]
fn rules_for_the_graph_are_those_of_the_version() {
    judge(&of_graph());
}

#[test]
fn rules_of_profiles_are_asked_of_crates_that_claim_them() {
    judge(&of_profiles());
}

#[test]
fn sound_crates_of_all_versions_and_profiles_break_no_rule() {
    for name in BASES {
        let found = findings(&base(name).pack());
        // Lists of one value are what the rules add to.
        let is_grave =
            |it: &&Finding| it.strength != Strength::May && it.what != "a list of one value";
        let grave = found.iter().filter(is_grave);
        let grave: Vec<&str> = grave.map(|finding| finding.what.as_str()).collect();
        assert_eq!(grave, [""; 0], "{name}");
    }
}

#[test]
fn versions_and_profiles_are_known_in_all_their_spellings() {
    for (version, is_late) in [
        ("https://w3id.org/ro/crate/1.1-DRAFT", false),
        ("http://w3id.org/ro/crate/1.1/", false),
        ("https://w3id.org/ro/crate/1.2.0", true),
        ("https://w3id.org/ro/crate/1.3-DRAFT", true),
    ] {
        let mut parts = base(if is_late { "1.2" } else { "1.1" });
        parts.set(
            "ro-crate-metadata.json",
            "conformsTo",
            json!({"@id": version}),
        );
        parts.set("./", "@type", json!(["Dataset", "LearningResource"]));
        let expected = if is_late { '-' } else { 'S' };
        let given = strength(&findings(&parts.pack()), "\"Dataset, LearningResource\"");
        assert_eq!(given, expected, "{version}");
    }
    // The context stands in for a version that the descriptor does not name.
    let mut parts = base("1.2");
    parts.remove("ro-crate-metadata.json", "conformsTo");
    parts.set("./", "datePublished", json!(["2024", "2025"]));
    assert_eq!(strength(&findings(&parts.pack()), "2 values"), 'M');
    for (profile, expected) in [
        ("process/0.4", 'M'),
        ("process/0.6", 'M'),
        ("process/9.0", '-'),
        ("other/0.5", '-'),
    ] {
        let mut parts = base("process");
        let id = format!("https://w3id.org/ro/wfrun/{profile}");
        parts.rename("https://w3id.org/ro/wfrun/process/0.5", &id);
        parts.remove("#run", "instrument");
        let given = strength(&findings(&parts.pack()), "no `instrument`");
        assert_eq!(given, expected, "{profile}");
    }
}

#[test]
fn the_claims_of_a_crate_inside_are_its_own() {
    let mut parts = base("1.1");
    parts.add(json!({"@id": "inner/", "@type": "Dataset", "name": "i", "conformsTo": {"@id": "https://w3id.org/ro/wfrun/process/0.5"}}));
    parts.refer("./", "hasPart", "inner/");
    parts
        .files
        .push(("inner/ro-crate-metadata.json".to_owned(), b"{}".to_vec()));
    parts.add(json!({"@id": "#act", "@type": "CreateAction", "name": "act"}));
    let found = findings(&parts.pack());
    assert_eq!(strength(&found, "no `instrument`"), '-', "{found:?}");
    assert_eq!(
        found
            .iter()
            .filter(|it| it.strength == Strength::Must)
            .count(),
        0
    );
}

#[test]
fn detached_crates_have_their_data_on_the_web() {
    for version in ["1.2", "1.3"] {
        let mut parts = base(version);
        parts.rename("dog.txt", "https://example.org/dog.txt");
        parts.rename("cat.txt", "s3://photos/cat.txt");
        parts.rename("./", "https://doi.org/10.5281/zenodo.1");
        parts.files = vec![("README.md".to_owned(), b"x".to_vec())];
        let found = findings(&parts.pack());
        let grave = found
            .iter()
            .filter(|finding| finding.strength != Strength::May);
        assert_eq!(grave.count(), 0, "{found:?}");
    }
}

/// The crate as an archive whose metadata file has another place.
fn archive(parts: &Parts, folder: &str, metadata: &str, folders: &[&str]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let metadata = (metadata.to_owned(), parts.text().into_bytes());
    for (name, bytes) in [&metadata].into_iter().chain(&parts.files) {
        writer
            .start_file(format!("{folder}{name}"), options)
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    for name in folders {
        writer
            .add_directory(format!("{folder}{name}"), options)
            .unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn crates_are_read_where_their_metadata_are() {
    let parts = base("1.1");
    let found = findings(&archive(&parts, "photos-1/", "ro-crate-metadata.json", &[]));
    assert_eq!(strength(&found, "a crate in the folder \"photos-1/\""), 'S');
    assert_eq!(strength(&found, "no file with this name"), '-', "{found:?}");
    let mut legacy = base("1.0");
    legacy.rename("ro-crate-metadata.json", "ro-crate-metadata.jsonld");
    let found = findings(&archive(&legacy, "", "ro-crate-metadata.jsonld", &[]));
    assert_eq!(strength(&found, "a file that the metadata"), '-');
    assert_eq!(
        found
            .iter()
            .filter(|it| it.strength == Strength::Must)
            .count(),
        0,
        "{found:?}"
    );
}

#[test]
fn a_folder_may_be_empty() {
    let mut parts = base("1.1");
    parts.add(json!({"@id": "later/", "@type": "Dataset", "name": "l"}));
    parts.refer("./", "hasPart", "later/");
    let name = "ro-crate-metadata.json";
    let found = findings(&archive(&parts, "", name, &["later/"]));
    assert_eq!(strength(&found, "no folder with this name"), '-');
    let found = findings(&archive(&parts, "", name, &[]));
    assert_eq!(strength(&found, "no folder with this name"), 'M');
}

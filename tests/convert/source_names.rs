//! Files are named without the folders of the machine, whatever their source is.

use std::fs;
use std::path::Path;

use super::hub::hub_files;
use super::portals::file;
use crate::support::Outcome;
use crate::support::converting::{COLLECTION, OUTPUTS};
use crate::support::folder;
use crate::support::running::{CONVERT, run_in};

/// Saves files in a folder, and converts them by their absolute paths.
fn convert(source: &str, place: &Path, files: &[(&str, String)]) -> Outcome {
    let mut arguments = vec!["--source".to_owned(), source.to_owned()];
    for (name, text) in files {
        let path = place.join("lab data").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        arguments.push(path.display().to_string());
    }
    let arguments = arguments.iter().map(String::as_str);
    let arguments: Vec<&str> = arguments.chain(OUTPUTS).chain(COLLECTION).collect();
    run_in(CONVERT, place, &arguments)
}

fn saved(names: &[&'static str]) -> Vec<(&'static str, String)> {
    names.iter().map(|name| (*name, file(name))).collect()
}

#[test]
fn no_output_has_a_folder_of_the_machine() {
    for (source, files) in [
        ("table", saved(&["laboratory.csv"])),
        ("hub", hub_files()),
        ("ihec", saved(&["ihec_hub.json", "epirr_record.json"])),
        ("encode", saved(&["encode_files.json"])),
        ("isa", saved(&["isa_investigation.json"])),
        (
            "seek",
            saved(&["seek_data_files.json", "seek_related.json"]),
        ),
        ("ena", saved(&["ena_analysis.tsv"])),
        ("data-connect", saved(&["data_connect_page.json"])),
    ] {
        let place = folder();
        let outcome = convert(source, &place, &files);
        assert_eq!(outcome.status, 0, "{source}: {}", outcome.stderr);
        let mut texts = vec![outcome.stderr.clone()];
        for name in ["out.json", "out.tsv", "out.md"] {
            texts.push(fs::read_to_string(place.join(name)).unwrap());
        }
        for text in texts {
            assert!(!text.contains("lab data"), "{source}: {text}");
        }
        // The report names each file.
        let report = fs::read_to_string(place.join("out.md")).unwrap();
        for (name, _) in &files {
            assert!(report.contains(&format!("`{name}`")), "{source}: {report}");
        }
    }
}

#[test]
fn files_of_one_name_have_the_folders_that_differ() {
    let place = folder();
    let good = "track,file_url\nT1,https://h.example.org/T1.bed\n".to_owned();
    let bad = "track,file_url\nT2,\"https://h.example.org/T2.bed\n".to_owned();
    let files = [("one/lab.csv", good.clone()), ("two/lab.csv", bad.clone())];
    let outcome = convert("table", &place, &files);
    assert_eq!(outcome.status, 1);
    assert!(
        outcome.stderr.starts_with("error: two/lab.csv: "),
        "{}",
        outcome.stderr
    );
    let outcome = convert("table", &folder(), &files[1..]);
    assert!(
        outcome.stderr.starts_with("error: lab.csv: "),
        "{}",
        outcome.stderr
    );
    for (source, text) in [("ihec", "[1"), ("isa", "{"), ("ena", "{"), ("geo", "x")] {
        let files = [
            ("one/a.json", text.to_owned()),
            ("two/a.json", text.to_owned()),
        ];
        let outcome = convert(source, &folder(), &files);
        assert!(
            outcome.stderr.starts_with("error: one/a.json: "),
            "{source}: {}",
            outcome.stderr
        );
    }
    let hub = [
        ("hub/hub.txt", "hub h\ngenomesFile genomes.txt\n".to_owned()),
        (
            "hub/genomes.txt",
            "genome hg38\ntrackDb ../x.txt\n".to_owned(),
        ),
    ];
    let outcome = convert("hub", &folder(), &hub);
    assert!(
        outcome.stderr.starts_with("error: genomes.txt, "),
        "{}",
        outcome.stderr
    );
}

#[test]
fn a_file_that_is_missing_is_named_as_the_others() {
    let place = folder();
    for source in ["table", "hub", "ihec", "geo"] {
        let path = place.join("nowhere/gone.txt");
        let path = path.display().to_string();
        let outcome = run_in(CONVERT, &place, &["--source", source, &path]);
        assert_eq!(outcome.status, 1);
        assert!(
            outcome.stderr.starts_with("error: gone.txt: "),
            "{source}: {}",
            outcome.stderr
        );
    }
}

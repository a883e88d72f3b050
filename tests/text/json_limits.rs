//! How much JSON is taken into memory: each kind has a limit that a site can set, and a flood of findings is counted.

use crate::support;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::support::bad_zips::builder::{Entry, Zip};
use crate::support::running::{CATALOG, CHECK, FOLLOW, IMPORT, SEARCH, run_at};
use flate2::write::GzEncoder;

/// A folder of this test with the settings of a site in it.
struct Site(PathBuf);

impl Site {
    fn new(name: &str, limits: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("site.toml"), format!("[limits]\n{limits}\n")).unwrap();
        Site(folder)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Exit status, standard output, standard error.
    fn run(&self, tool: &str, arguments: &[&str]) -> (i32, String, String) {
        let site = self.0.join("site.toml");
        let outcome = run_at(&site, tool, &support::project(""), arguments);
        (outcome.status, outcome.stdout, outcome.stderr)
    }
}

fn project(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    path.to_str().unwrap().to_owned()
}

/// The failure of a run says the file, how much there may be, and the name of the setting.
fn refused(site: &Site, tool: &str, arguments: &[&str], file: &str, limit: &str, setting: &str) {
    let (status, _, said) = site.run(tool, arguments);
    assert_eq!(status, 1, "{tool}: {said}");
    for part in [file, limit, setting, "FAIRTRACKS_CONFIG"] {
        assert!(said.contains(part), "{tool}: {said}");
    }
}

#[test]
fn a_document_has_as_many_values_and_bytes_as_the_site_allows() {
    let document = project("test-data/h1_h3k4me3.fairtracks.json");
    for (name, limits, limit, setting) in [
        (
            "few_values",
            "document_values = 50",
            "more than 50 values",
            "`document_values`",
        ),
        (
            "few_bytes",
            "document_bytes = 999",
            "more than 999 bytes",
            "`document_bytes`",
        ),
    ] {
        let site = Site::new(name, limits);
        let out = site.0.join("out");
        let out = out.to_str().unwrap();
        let runs: [(&str, Vec<&str>); 4] = [
            (CHECK, vec![&document]),
            (
                SEARCH,
                vec![
                    "--document",
                    &document,
                    "--query",
                    "tracks.content->>'local_id' <> ''",
                ],
            ),
            (
                CATALOG,
                vec!["--document", &document, "--output-table", out],
            ),
            (IMPORT, vec![&document, "--output-folder", out]),
        ];
        for (tool, arguments) in runs {
            refused(
                &site,
                tool,
                &arguments,
                "h1_h3k4me3.fairtracks.json",
                limit,
                setting,
            );
        }
    }
    let site = Site::new("enough", "document_values = 500\ndocument_bytes = 99999");
    let (status, _, said) = site.run(CHECK, &[&document]);
    assert_eq!(status, 0, "{said}");
}

#[test]
fn the_metadata_of_a_crate_have_as_many_values_as_the_site_allows() {
    let site = Site::new("metadata", "metadata_values = 1000");
    // Some hundred packed bytes.
    let metadata = format!("{{\"@graph\": [{}0]}}", "0,".repeat(100_000));
    let entry = Entry::deflated("ro-crate-metadata.json", metadata.as_bytes());
    let archive = site.file("bomb.crate.zip", &Zip::of([entry]).bytes());
    let (status, table, said) = site.run(CHECK, &[&archive]);
    assert_eq!(status, 0, "{said}");
    assert!(table.contains("more than 1000 values of JSON"), "{table}");
    let folder = site.0.to_str().unwrap();
    let result = project("test-data/tracks.gsuite");
    let setting = "`metadata_values`";
    refused(
        &site,
        IMPORT,
        &[&archive, "--output-folder", folder],
        "bomb.crate.zip",
        "1000",
        setting,
    );
    let follow = [&result, "--crates", &archive, "--output-folder", folder];
    refused(&site, FOLLOW, &follow, "bomb.crate.zip", "1000", setting);
}

/// A tar archive of files.
fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, content) in files {
        let mut header = [0_u8; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        header[148..156].fill(b' ');
        header[156] = b'0';
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        bytes.extend(header);
        bytes.extend(*content);
        bytes.resize(bytes.len().next_multiple_of(512), 0);
    }
    bytes.resize(bytes.len() + 1024, 0);
    bytes
}

#[test]
fn an_exported_history_has_as_many_values_as_the_site_allows() {
    let site = Site::new("export", "export_values = 1000");
    let jobs = format!("[{}{{}}]", "{},".repeat(100_000));
    let mut packed = GzEncoder::new(Vec::new(), flate2::Compression::default());
    let export = tar(&[
        ("datasets_attrs.txt", b"[]"),
        ("jobs_attrs.txt", jobs.as_bytes()),
    ]);
    packed.write_all(&export).unwrap();
    let export = site.file("history.tgz", &packed.finish().unwrap());
    let document = site.file("result.bed", b"chr1\t1\t2\n");
    let metadata = b"{\"@context\": \"https://w3id.org/ro/crate/1.1/context\", \"@graph\": []}";
    let entry = Entry::deflated("ro-crate-metadata.json", metadata);
    let archive = site.file("a.crate.zip", &Zip::of([entry]).bytes());
    let folder = site.0.to_str().unwrap();
    let arguments = [
        &document,
        "--crates",
        &archive,
        "--history-export",
        &export,
        "--dataset",
        "a",
        "--output-folder",
        folder,
        // Without it, an export that cannot be read is a finding.
        "--strict",
    ];
    refused(
        &site,
        FOLLOW,
        &arguments,
        "jobs_attrs.txt",
        "1000",
        "`export_values`",
    );
}

#[test]
fn a_setting_that_does_not_exist_is_named() {
    let site = Site::new("unknown", "document_nodes = 5");
    let (status, _, said) = site.run(CHECK, &[&project("test-data/h1_h3k4me3.fairtracks.json")]);
    assert_eq!(status, 1);
    assert!(
        said.contains("document_nodes") && said.contains("line 2"),
        "{said}"
    );
}

/// The document of the tests with something behind its last member.
fn with_members(members: &str) -> Vec<u8> {
    let text = fs::read_to_string(project("test-data/h1_h3k4me3.fairtracks.json")).unwrap();
    let end = text.trim_end().strip_suffix('}').unwrap();
    format!("{end}, {members}}}").into_bytes()
}

#[test]
fn a_flood_of_findings_is_counted() {
    let site = Site::new("flood", "");
    for (name, members, kinds) in [
        ("equal", vec!["\"a\": 1"; 5000].join(","), 1),
        (
            "pairs",
            (0..5000)
                .map(|n| format!("\"k{n}\": 1, \"k{n}\": 2"))
                .collect::<Vec<_>>()
                .join(","),
            // Each at another place.
            100,
        ),
    ] {
        let document = site.file(&format!("{name}.json"), &with_members(&members));
        let (status, table, said) = site.run(CHECK, &[&document]);
        assert_eq!(status, 0, "{said}");
        let keys = table
            .lines()
            .filter(|line| line.contains("a duplicate key"));
        assert_eq!(keys.count(), 100, "{name}");
        let more: Vec<&str> = table
            .lines()
            .filter(|line| line.contains("more of this kind"))
            .collect();
        let left = if kinds == 1 { 4899 } else { 4900 };
        assert!(
            more.len() == 1 && more[0].contains(&left.to_string()),
            "{name}: {more:?}"
        );
        // The report counts all, however few the table lists.
        let alike = if kinds == 1 { 4998 } else { 4900 };
        assert!(
            said.contains(&format!("and {alike} similar")),
            "{name}: {said}"
        );
        assert!(table.len() < members.len(), "{name}");
    }
}

#[test]
fn the_marks_of_the_json_library_are_keys_like_any_other() {
    let site = Site::new("marks", "");
    let odd = r#""odd": {"$serde_json::private::Number": 5}, "text": {"$serde_json::private::Number": "x", "n": 1.50},
        "raw": {"$serde_json::private::RawValue": "[1"}"#;
    let document = site.file("odd.json", &with_members(odd));
    let (status, _, said) = site.run(CHECK, &[&document]);
    assert_eq!(status, 0, "{said}");
    let subset = site.0.join("subset.json");
    let arguments = [
        "--document",
        &document,
        "--query",
        "tracks.content->>'local_id' <> ''",
        "--output-document",
        subset.to_str().unwrap(),
    ];
    let (status, _, said) = site.run(SEARCH, &arguments);
    assert_eq!(status, 0, "{said}");
    let written: String = fs::read_to_string(&subset)
        .unwrap()
        .split_whitespace()
        .collect();
    let expected: String = odd.split_whitespace().collect();
    assert!(written.contains(&expected), "{written}");
}

//! The table of the help that says what each source gives is that of the examples in the test data.

use serde_json::Value as Json;

use super::hub::{convert_hub, hub_files};
use super::portals::file;
use crate::support::converting::{Converted, convert_files};
use crate::support::text;

/// The columns of the table: a list and a pointer in its objects.
const FIELDS: [(&str, &str, &str); 13] = [
    ("file_url", "tracks", "/file_url"),
    ("checksum", "tracks", "/checksum"),
    ("file_format", "tracks", "/file_format"),
    (
        "type_of_condensed_data",
        "tracks",
        "/type_of_condensed_data",
    ),
    ("geometric_track_type", "tracks", "/geometric_track_type"),
    ("assembly_name", "tracks", "/assembly_name"),
    ("technique", "experiments", "/technique"),
    ("target", "experiments", "/target/summary"),
    ("species_id", "samples", "/species_id"),
    ("sample_type", "samples", "/sample_type/summary"),
    ("phenotype", "samples", "/phenotype"),
    ("study", "studies", "/study_name"),
    ("contact", "studies", "/contact"),
];

fn example(source: &str) -> Converted {
    let options = ["--source", source];
    match source {
        "hub" => {
            let files = hub_files();
            let files: Vec<(&str, &str)> = files
                .iter()
                .map(|(name, text)| (*name, &text[..]))
                .collect();
            let url = ["--url", super::hub::HUB_URL];
            convert_hub(&files, &[&options[..], &url].concat())
        }
        _ => {
            let names: &[&str] = match source {
                "table" => &["laboratory.csv"],
                "ihec" => &["ihec_hub.json", "epirr_record.json"],
                "blueprint" => &["data.index"],
                "ena" => &["ena_analysis.tsv", "ena_runs.json", "ena_records.xml"],
                "faang" => &[
                    "faang_analysis.json",
                    "faang_specimen.json",
                    "faang_file.json",
                    "faang_trackhubs.json",
                ],
                "gdc" => &["gdc_files.json"],
                "icgc" => &["icgc_locations.tsv"],
                "seek" => &["seek_data_files.json", "seek_related.json"],
                "epico" => &["epico_tables.json", "epico_tracks.tsv"],
                "isa" => &["isa_investigation.json"],
                "geo" => &["GSE999001_family.soft"],
                _ => &["encode_files.json", "encode_experiments.json"],
            };
            let texts: Vec<String> = names.iter().map(|name| file(name)).collect();
            let files = names.iter().zip(&texts);
            let files: Vec<(&str, &[u8])> =
                files.map(|(name, text)| (*name, text.as_bytes())).collect();
            convert_files(&files, &options)
        }
    }
}

/// The row of a source: whether all objects, some or none have a field.
fn row(source: &str) -> String {
    let document = example(source).document();
    let marks = FIELDS.map(|(_, list, pointer)| {
        let objects = document[list].as_array().unwrap();
        let whole = |value: &Json| {
            let is_contact = pointer == "/contact";
            !is_contact || value.get("name").is_some() && value.as_object().unwrap().len() > 1
        };
        let all: Vec<Option<&Json>> = objects
            .iter()
            .map(|object| object.pointer(pointer))
            .collect();
        if all.iter().all(|value| value.is_some_and(whole)) {
            "●"
        } else if all.iter().any(Option::is_some) {
            "◐"
        } else {
            "–"
        }
    });
    format!("| {source} | {} |", marks.join(" | "))
}

#[test]
fn the_help_says_what_each_source_gives() {
    let help = text("galaxy-tools/fairtracks_convert.xml");
    let titles = FIELDS.map(|(title, _, _)| title).join(" | ");
    assert!(help.contains(&format!("| Source | {titles} |")), "{titles}");
    let sources = [
        "table",
        "hub",
        "ihec",
        "blueprint",
        "encode",
        "ena",
        "faang",
        "gdc",
        "icgc",
        "seek",
        "epico",
        "isa",
        "geo",
    ];
    let rows: Vec<String> = sources.map(row).to_vec();
    for wanted in &rows {
        assert!(
            help.contains(wanted.as_str()),
            "expected\n{}",
            rows.join("\n")
        );
    }
}

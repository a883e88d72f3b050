//! The document that every new user finds to search: each of its tracks has a file.

use crate::support::importing::import_into;
use crate::support::{folder, project, text};
use serde_json::Value as Json;

const DOCUMENT: &str = "test-data/epigenome.fairtracks.json";

#[test]
fn every_track_is_imported_with_a_matching_checksum_and_no_remark() {
    let site = format!(
        "[mirrors]\n\"https://tracks.example.org/epigenome/\" = \"file:{}/\"\n",
        project("test-data/epigenome").display()
    );
    let came = import_into(&folder(), &site, &[&project(DOCUMENT)], &[]);
    assert_eq!(came.status, 0, "{}", came.stderr);
    let document: Json = serde_json::from_str(&text(DOCUMENT)).unwrap();
    let tracks = document["tracks"].as_array().unwrap();
    assert_eq!(came.column("local_id").len(), tracks.len());
    for track in tracks {
        let id = track["local_id"].as_str().unwrap();
        let (_, ending) = track["file_name"]
            .as_str()
            .unwrap()
            .split_once('.')
            .unwrap();
        let datatype = match ending.trim_end_matches(".gz") {
            "bigBed" => "bigbed",
            "bigWig" => "bigwig",
            "bedGraph" => "bedgraph",
            _ => "bed",
        };
        let element = came.element("output_tracks", id);
        assert_eq!(element["ext"], datatype, "{id}");
        assert_eq!(element["dbkey"], track["assembly_name"], "{id}");
        let row = came.row(id);
        assert_eq!(row["status"], "imported", "{id}: {row:?}");
        assert_eq!(row["reason"], "", "{id}: {row:?}");
    }
}

#[test]
fn crates_have_the_datatype_that_the_site_sets() {
    for (setting, datatype) in [
        ("", "zip"),
        ("crate_datatype = \"rocrate.zip\"\n", "rocrate.zip"),
    ] {
        let mirror = project("test-data/epigenome");
        let site = format!(
            "{setting}[mirrors]\n\"https://tracks.example.org/epigenome/\" = \"file:{}/\"\n",
            mirror.display()
        );
        let came = import_into(&folder(), &site, &[&project(DOCUMENT)], &[]);
        assert_eq!(came.status, 0, "{}", came.stderr);
        let crates = came.elements("output_crates");
        assert_eq!(crates.len(), 12);
        assert!(
            crates.iter().all(|element| element["ext"] == datatype),
            "{crates:?}"
        );
    }
}

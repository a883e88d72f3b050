//! `fairtracks_import` from crates: light ones, full ones, and those of others.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use crate::support::importing::{
    NINE, good, hits, import_in, many, nine, settings, sha256, written,
};
use crate::support::{Outcome, folder, project};
use fairtracks::archive::packer::{Compression, Packer};
use serde_json::json;

const BED: &str = "example:cells_dnase";

/// Two mirrors that have nothing, so that whatever comes is out of the crate.
fn without_network(sources: &[&Path]) -> Outcome {
    let empty = folder();
    let site = settings(&empty, "").replace(
        &project("test-data/tracks").display().to_string(),
        empty.to_str().unwrap(),
    );
    let sources: Vec<&str> = sources.iter().map(|path| path.to_str().unwrap()).collect();
    let outputs = "--output-folder . --output-table outcomes.tsv --output-report report.md --galaxy-metadata galaxy.json";
    let outputs: Vec<&str> = outputs.split(' ').collect();
    import_in(&folder(), &site, &[sources, outputs].concat())
}

#[test]
fn a_light_crate_has_its_file_fetched_again_and_keeps_its_ancestors() {
    let first = nine(&[]);
    let came = good(&[&first.crate_path(BED)]);
    assert_eq!(came.names("output_tracks"), [BED]);
    assert_eq!(came.row(BED)["sha256"], first.row(BED)["sha256"]);
    assert_eq!(
        without_network(&[&first.crate_path(BED)]).status,
        1,
        "the bytes are not in the crate"
    );
    let (old, new) = (first.crate_of(BED), came.crate_of(BED));
    let metadata = &old.files["ro-crate-metadata.json"];
    let key = sha256(metadata)[..16].to_owned();
    assert_eq!(
        &new.files[&format!("inputs/{key}/ro-crate-metadata.json")],
        metadata,
        "byte for byte"
    );
    let ancestor = format!("inputs/{key}/");
    assert!(many(&new.root()["hasPart"]).contains(&json!({"@id": ancestor})));
    assert_eq!(new.entity(&ancestor)["@type"], "Dataset");
    let import = new
        .of_type("CreateAction")
        .into_iter()
        .find(|action| action["result"]["@id"] == new.track()["@id"])
        .unwrap();
    assert!(
        many(&import["object"]).contains(&json!({"@id": ancestor})),
        "{import}"
    );
}

#[test]
fn ancestors_of_ancestors_lie_side_by_side_each_once() {
    let first = nine(&[]);
    let second = good(&[&first.crate_path(BED)]);
    let third = good(&[&second.crate_path(BED)]).crate_of(BED);
    let ancestors: Vec<&String> = third
        .order
        .iter()
        .filter(|name| name.starts_with("inputs/"))
        .collect();
    assert_eq!(ancestors.len(), 2, "{ancestors:?}");
    for name in ancestors {
        assert_eq!(name.matches("inputs/").count(), 1, "{name}");
        let key = name.split('/').nth(1).unwrap();
        assert_eq!(key, &sha256(&third.files[name])[..16]);
    }
}

#[test]
fn the_crate_of_a_packed_track_brings_the_same_bytes() {
    let first = nine(&[]);
    let id = "example:cells_h3k4me3";
    let came = good(&[&first.crate_path(id)]);
    assert_eq!(came.row(id)["sha256"], first.row(id)["sha256"]);
    assert_eq!(
        came.row(id)["checksum_found"],
        first.row(id)["checksum_found"]
    );
    let crates: Vec<PathBuf> = first
        .names("output_crates")
        .iter()
        .map(|name| first.crate_path(name))
        .collect();
    let all: Vec<&Path> = crates.iter().map(PathBuf::as_path).collect();
    assert_eq!(
        good(&all).names("output_tracks"),
        first.names("output_tracks"),
        "all crates at once"
    );
}

/// A full crate of two tracks of which one is given other bytes than the crate promises.
fn full_crate(second: &[u8]) -> PathBuf {
    let read = |name: &str| fs::read(project("test-data/tracks").join(name)).unwrap();
    let (bed, wig) = (read("cells_dnase.bed"), read("cells_scores.wig"));
    let hits = hits(
        NINE,
        &[
            "--query",
            "tracks.content->'file_format'->'term_label' ? 'BED' OR tracks.content->'file_format'->'term_label' ? 'WIG'",
        ],
    );
    let document = fs::read(hits).unwrap();
    let file = |id: &str, local_id: &str, bytes: &[u8]| json!({"@id": id, "@type": "File", "name": id, "identifier": local_id, "sha256": sha256(bytes), "contentSize": bytes.len().to_string()});
    let metadata = json!({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [
        {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}},
        {"@id": "./", "@type": "Dataset", "name": "Two tracks", "description": "Two tracks", "datePublished": "2026-01-01", "license": "CC0-1.0",
         "hasPart": [{"@id": "data/a%20b.bed"}, {"@id": "data/cells_scores.wig"}, {"@id": "metadata/fairtracks.json"}]},
        file("data/a%20b.bed", BED, &bed),
        file("data/cells_scores.wig", "example:cells_scores", &wig),
        {"@id": "metadata/fairtracks.json", "@type": "File", "name": "FAIRtracks",
         "conformsTo": {"@id": "https://raw.githubusercontent.com/fairtracks/fairtracks_standard/v1/current/json/schema/fairtracks.schema.json"}},
    ]});
    let mut packer = Packer::new(Cursor::new(Vec::new()), metadata.to_string().as_bytes()).unwrap();
    packer
        .add("metadata/fairtracks.json", &document, Compression::Deflate)
        .unwrap();
    packer
        .add("data/a b.bed", &bed, Compression::Deflate)
        .unwrap();
    packer
        .add("data/cells_scores.wig", second, Compression::Store)
        .unwrap();
    written("full.zip", packer.finish().unwrap().into_inner())
}

#[test]
fn a_full_crate_gives_the_files_that_it_holds() {
    let wig = fs::read(project("test-data/tracks/cells_scores.wig")).unwrap();
    let came = without_network(&[&full_crate(&wig)]);
    assert_eq!(came.status, 0, "{}", came.stderr);
    assert_eq!(came.names("output_tracks"), [BED, "example:cells_scores"]);
    assert_eq!(
        came.bytes(&came.element("output_tracks", "example:cells_scores")),
        wig
    );
    assert_eq!(came.row(BED)["status"], "imported");
    assert_eq!(came.row(BED)["dbkey"], "hg38");
    let action = came.crate_of(BED).of_type("CreateAction")[0]["description"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(action.contains("Extracted from the crate"), "{action}");
    assert!(
        !came
            .crate_of(BED)
            .order
            .iter()
            .any(|name| name.starts_with("data/")),
        "a light crate"
    );
}

#[test]
fn a_file_of_a_crate_that_is_not_what_the_crate_promises_does_not_come() {
    let came = without_network(&[&full_crate(
        b"track type=wiggle_0\nvariableStep chrom=chr1\n1 2\n",
    )]);
    assert_eq!(came.status, 0, "{}", came.stderr);
    assert_eq!(came.names("output_tracks"), [BED]);
    let row = came.row("example:cells_scores");
    assert_eq!(row["status"], "failed");
    assert!(
        row["reason"].contains("597e23fbb7bcc37a190721ab128892de983eb8f4e01f0836ebf4f8592e8d40df"),
        "{}",
        row["reason"]
    );
}

#[test]
fn a_crate_of_others_without_a_fairtracks_document_gives_its_files_with_addresses() {
    let metadata = json!({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [
        {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}},
        {"@id": "./", "@type": "Dataset", "name": "Mine", "hasPart": {"@id": "https://tracks.example.org/cells/cells_signal.bigWig"}},
        {"@id": "https://tracks.example.org/cells/cells_signal.bigWig", "@type": "File", "name": "Signal"},
    ]});
    let packer = Packer::new(Cursor::new(Vec::new()), metadata.to_string().as_bytes()).unwrap();
    let came = good(&[&written("other.zip", packer.finish().unwrap().into_inner())]);
    let row = &came.rows()[0];
    assert_eq!(
        (&*row["status"], &*row["datatype"], &*row["label"]),
        ("imported", "bigwig", "Signal")
    );
}

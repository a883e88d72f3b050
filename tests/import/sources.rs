//! `fairtracks_import` from hits of searches and GSuite files, and from what is no source.

use crate::support;
use std::io::Cursor;

use crate::support::folder;
use crate::support::importing::{
    NINE, good, hits, import, import_from, many, nine, with_track, written,
};
use crate::support::searching::answer;
use fairtracks::archive::packer::Packer;
use serde_json::{Value as Json, json};

const BED: &str = "example:cells_dnase";
const HG38: &str = "tracks.content->'assembly_name' ? 'hg38'";

#[test]
fn the_search_that_found_a_track_is_told_in_its_crate() {
    let came = good(&[&hits(NINE, &["--query", HG38])]);
    assert_eq!(came.rows().len(), 7);
    let crate_ = came.crate_of(BED);
    let searches = crate_.of_type("SearchAction");
    assert_eq!(searches.len(), 1);
    let search = searches[0];
    assert_eq!(search["query"], HG38);
    assert_eq!(search["endTime"], "2026-01-31T12:00:00+00:00");
    assert_eq!(search["result"]["@id"], "metadata/fairtracks.json");
    assert!(many(&crate_.root()["mentions"]).contains(&json!({"@id": search["@id"]})));
    let tool = crate_.follow(search, "instrument")[0];
    assert_eq!(
        (&tool["name"], &tool["version"]),
        (
            &json!("fairtracks_search"),
            &json!(env!("CARGO_PKG_VERSION"))
        )
    );
    let searched = crate_.follow(search, "object")[0];
    let source: Json = serde_json::from_str(&support::text(NINE)).unwrap();
    assert_eq!(searched["version"], source["doc_info"]["doc_version"]);
    assert!(crate_.preview().contains("assembly_name"));
    assert_eq!(
        nine(&[]).crate_of(BED).of_type("SearchAction").len(),
        0,
        "where nobody searched, nothing is told"
    );
}

#[test]
fn conditions_are_told_as_they_were_put() {
    let conditions = json!({"version": 1, "join": "and", "conditions": [
        {"category": "samples", "path": ["sample_type", "summary"], "operator": "contains", "values": ["k56"]}]});
    let file = written("conditions.json", conditions.to_string());
    let crate_ = good(&[&hits(NINE, &["--conditions", file.to_str().unwrap()])]).crate_of(BED);
    let search = crate_.of_type("SearchAction")[0].to_string();
    for expected in ["sample_type", "contains", "k56"] {
        assert!(search.contains(expected), "{expected}: {search}");
    }
    assert_eq!(
        crate_.document()["subset_of"]["source"]["subset_of"]["search"]["conditions"],
        conditions
    );
}

#[test]
fn report_and_table_say_which_source_describes_each_track() {
    let document = with_track(|_| ());
    let names = written("names.json", r#"["A <b>", "B"]"#);
    let options = ["--names", names.to_str().unwrap()];
    let nothing = support::project("test-data/no_hits.fairtracks.json");
    let came = import(&[&document, &nothing], &options);
    let report = came.report();
    assert!(
        !report.contains("Tracks by source"),
        "one source has all tracks: {report}"
    );
    let came = import(&[&document, &document], &options);
    assert_eq!(came.column("described_in"), ["A <b>", "A <b>", "B", "B"]);
    let report = came.report();
    for expected in [
        "- `A <b>` (2 tracks): `example:cells_dnase`, `example:cells_scores`",
        "- `B` (2 tracks): `example:cells_dnase`, `example:cells_scores`",
    ] {
        assert!(report.contains(expected), "{report}");
    }
}

#[test]
fn a_search_in_the_hits_of_another_is_told_with_both() {
    let first = hits(NINE, &["--query", HG38]);
    let bed = "tracks.content->'file_format'->'term_label' ? 'BED'";
    let crate_ = good(&[&hits(first.to_str().unwrap(), &["--query", bed])]).crate_of(BED);
    let searches = crate_.of_type("SearchAction");
    assert_eq!(searches.len(), 2);
    let by = |query: &str| {
        *searches
            .iter()
            .find(|search| search["query"] == query)
            .unwrap()
    };
    assert_eq!(
        by(bed)["object"]["@id"],
        by(HG38)["result"]["@id"],
        "one searched what the other found"
    );
    assert_eq!(by(bed)["result"]["@id"], "metadata/fairtracks.json");
    for search in searches {
        assert!(many(&crate_.root()["mentions"]).contains(&json!({"@id": search["@id"]})));
    }
}

#[test]
fn a_gsuite_file_brings_the_same_tracks() {
    let found = answer(NINE, &["--query", HG38]);
    let came = good(&[&written("tracks.gsuite", found.gsuite)]);
    let document = nine(&[]);
    assert_eq!(came.rows().len(), 7);
    for row in came.rows() {
        let same = document.row(&row["local_id"]);
        for title in [
            "label",
            "cell_or_tissue",
            "assay",
            "target",
            "assembly",
            "datatype",
            "dbkey",
            "sha256",
            "element_identifier",
            "checksum_wanted",
            "status",
        ] {
            assert_eq!(row[title], same[title], "{title} of {}", row["local_id"]);
        }
    }
    let crate_ = came.crate_of(BED);
    assert_eq!(
        crate_.document()["samples"][0]["sample_type"]["summary"],
        "K562"
    );
    assert!(
        crate_.of_type("CreateAction")[0]["description"]
            .as_str()
            .unwrap()
            .contains("GSuite")
    );
}

#[test]
fn a_gsuite_file_of_others_with_addresses_only_will_do() {
    let text = "##location: remote\n##file format: unknown\n##track type: unknown\n##genome: hg38\n###uri\ttitle\n\
                https://tracks.example.org/cells/cells_dnase.bed\tOpen chromatin\n";
    let came = good(&[&written("other.gsuite", text)]);
    let row = &came.rows()[0];
    assert_eq!(
        (&*row["status"], &*row["datatype"], &*row["dbkey"]),
        ("imported", "bed", "hg38")
    );
    assert_eq!(row["label"], "Open chromatin");
    assert_eq!(row["checksum_wanted"], "");
    let crate_ = came.crate_of(&row["element_identifier"]);
    assert_eq!(crate_.track()["sha256"], *row["sha256"]);
    assert!(
        came.report().contains("no usable checksum"),
        "{}",
        came.report()
    );
}

#[test]
fn what_is_no_source_of_tracks_is_named_with_what_was_expected() {
    let bare = json!({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [
        {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"}},
        {"@id": "./", "@type": "Dataset", "name": "Nothing"}]});
    let packer = Packer::new(Cursor::new(Vec::new()), bare.to_string().as_bytes()).unwrap();
    for (name, bytes, wanted) in [
        ("empty.json", Vec::new(), "empty"),
        (
            "list.json",
            b"[]".to_vec(),
            "expected a FAIRtracks document",
        ),
        ("cut.zip", b"PK\x03\x04 cut off".to_vec(), "zip"),
        (
            "bare.zip",
            packer.finish().unwrap().into_inner(),
            "at least one track",
        ),
        (
            "geo.json",
            b"{\"type\": \"FeatureCollection\", \"features\": []}".to_vec(),
            "not a FAIRtracks document",
        ),
        ("sheet.bed", b"chr1\t1\t2\n".to_vec(), "expected"),
    ] {
        let came = import_from(&folder(), "", &[&written(name, bytes)], &[]);
        assert_eq!(came.status, 1, "{name}: {}", came.stderr);
        assert!(came.stderr.contains(name), "{name}: {}", came.stderr);
        assert!(
            came.stderr.to_lowercase().contains(&wanted.to_lowercase()),
            "{name}: {}",
            came.stderr
        );
        assert!(came.files().is_empty(), "{name}: {:?}", came.files().keys());
    }
}

#[test]
fn several_sources_come_one_after_the_other() {
    let gsuite = written(
        "a.gsuite",
        answer(
            NINE,
            &["--query", "tracks.content->'assembly_name' ? 'mm10'"],
        )
        .gsuite,
    );
    let document = hits(
        NINE,
        &["--query", "tracks.content->'assembly_name' ? 'hg19'"],
    );
    let crate_ = nine(&[]).crate_path(BED);
    let came = good(&[&gsuite, &document, &crate_]);
    assert_eq!(
        came.names("output_tracks"),
        ["example:cells_scores", "example:cells_coverage", BED]
    );
}

#[test]
fn one_source_that_cannot_be_read_does_not_stop_the_others() {
    let document = hits(
        NINE,
        &["--query", "tracks.content->'assembly_name' ? 'hg19'"],
    );
    let whole = std::fs::read(nine(&[]).crate_path(BED)).unwrap();
    for (name, bytes) in [
        ("empty.crate.zip", Vec::new()),
        ("text.crate.zip", b"chr1\t1\t2\n".to_vec()),
        ("cut.crate.zip", whole[..whole.len() / 2].to_vec()),
        ("list.json", b"[]".to_vec()),
    ] {
        let bad = written(name, bytes);
        let came = good(&[&bad, &document]);
        assert_eq!(came.names("output_tracks"), ["example:cells_coverage"]);
        let line = came.stderr.lines().find(|line| line.contains(name));
        assert!(
            line.is_some_and(|line| line.ends_with("; not imported")),
            "{}",
            came.stderr
        );
        assert!(
            came.report().contains("Unreadable sources (1)"),
            "{}",
            came.report()
        );

        let strict = import_from(&folder(), "", &[&document, &bad], &["--strict"]);
        assert_eq!(strict.status, 1, "{}", strict.stderr);
        assert!(
            strict.stderr.contains("found 1 of 2 sources"),
            "{}",
            strict.stderr
        );
        assert_eq!(strict.names("output_tracks"), ["example:cells_coverage"]);
    }
}

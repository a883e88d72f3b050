//! Results that are tracks themselves: recognised by a document, or described by a crate of another program.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::support::following::{crates, follow_in};
use crate::support::importing::{Opened, written};
use crate::support::packaging::{SAID, Story, faults, package, package_in};
use crate::support::running::{AUDIT, run_in};
use crate::support::workbooks::zipped;
use crate::support::{Outcome, folder, project, text};

const MD5: &str = "de880f5362e2056f2267cc4099f29a3c";
const SHA256: &str = "3887b1279a172fcad99691ae32559c3dfe8ca9d9c5199b39a76c4a857ef35baf";

fn monocytes() -> String {
    let path = project("test-data/results/monocytes.bed");
    path.to_str().unwrap().to_owned()
}

/// The file followed with an option that names what describes it.
fn followed(option: &str, given: &Path, more: &[&str]) -> Outcome {
    let given = given.to_str().unwrap();
    let mut arguments = vec![monocytes(), option.to_owned(), given.to_owned()];
    arguments.extend(more.iter().map(|text| (*text).to_owned()));
    let came = follow_in(&folder(), &arguments);
    assert_eq!(came.status, 0, "{}", came.stderr);
    came
}

/// The document in which the first three tracks have the checksum of the file.
fn three_with_one_checksum() -> PathBuf {
    let mut document: Json =
        serde_json::from_str(&text("test-data/blood.fairtracks.json")).unwrap();
    for track in document["tracks"]
        .as_array_mut()
        .unwrap()
        .iter_mut()
        .take(3)
    {
        track["checksum"] = json!({"cs_method": "MD5", "cs_hash": MD5});
    }
    written("three.json", document.to_string())
}

fn audit(crates: &[PathBuf], uses: &str) -> Outcome {
    let crates = crates.iter().map(|path| path.to_str().unwrap());
    let mut arguments: Vec<&str> = crates.collect();
    arguments.extend(["--uses", uses, "--output-table", "outcomes.tsv"]);
    let outcome = run_in(AUDIT, &folder(), &arguments);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    outcome
}

/// The tracks that match, of the one result.
fn matching(crates: &[PathBuf], uses: &str) -> Vec<String> {
    let outcome = audit(crates, uses);
    let rows = outcome.rows();
    let yes = rows.iter().filter(|row| row["uses"] == "yes");
    let tracks = yes.flat_map(|row| row["matching_tracks"].split(',').map(str::to_owned));
    tracks.collect()
}

#[test]
fn each_of_several_tracks_with_one_checksum_is_found() {
    let came = followed("--documents", &three_with_one_checksum(), &[]);
    let crates = crates(&came);
    let ids = ["BLD000001", "BLD000002", "BLD000003"];
    for id in ids {
        let found = matching(&crates, &format!("track={id}"));
        assert_eq!(found, [format!("example:{id}")], "{id}");
    }
    assert!(matching(&crates, "track=BLD000004").is_empty());
    let all = ids.map(|id| format!("example:{id}"));
    assert_eq!(matching(&crates, &format!("checksum={MD5}")), all);
    let row = &audit(&crates, "track=BLD000002").rows()[0];
    assert_eq!(row["source_tracks"], "3");
    // Each was recognised by itself.
    let findings = &crate::support::following::row(&came, "monocytes.bed")["findings"];
    assert!(!findings.contains("differently"), "{findings}");
}

#[test]
fn a_sample_sheet_has_the_name_tag_of_each_track_with_one_checksum() {
    let came = followed(
        "--documents",
        &three_with_one_checksum(),
        &["--sample-sheet"],
    );
    let galaxy = came.galaxy().to_string();
    for id in ["BLD000001", "BLD000002", "BLD000003"] {
        assert!(galaxy.contains(&format!("\"name:{id}\"")), "{id}: {galaxy}");
    }
}

#[test]
fn the_checksum_that_a_document_has_is_found() {
    let document = project("test-data/blood.fairtracks.json");
    let crates = crates(&followed("--documents", &document, &[]));
    for prefix in ["", "MD5:", "md5: "] {
        let found = matching(&crates, &format!("checksum={prefix}{MD5}"));
        assert_eq!(found, ["example:BLD000001"], "{prefix}");
    }
}

#[test]
fn a_result_that_is_the_track_of_another_crate_is_not_derived_from_itself() {
    let foreign = project("test-data/crates/blood_three_tracks.full.crate.zip");
    let crates = crates(&followed("--crates", &foreign, &[]));
    let found = faults(&crates[0]);
    assert!(found.is_empty(), "{found:?}");
    let opened = Opened::new(&std::fs::read(&crates[0]).unwrap());
    let graph = opened.graph();
    let based = graph.iter().filter(|entity| !entity["isBasedOn"].is_null());
    let based: Vec<&Json> = based.collect();
    assert_eq!(based.len(), 1);
    assert_ne!(based[0]["isBasedOn"]["@id"], based[0]["@id"]);
    assert_eq!(matching(&crates, "track=BLD000001"), ["example:BLD000001"]);
}

#[test]
fn the_crate_of_a_recognised_file_is_no_unused_crate() {
    let document = project("test-data/blood.fairtracks.json");
    let crates = crates(&followed("--documents", &document, &[]));
    let crate_ = crates[0].to_str().unwrap();
    let place = folder();
    let data = monocytes();
    let arguments = [&data, "--crates", crate_, "--title", "Monocytes"];
    let packed = package_in(&place, &arguments);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    let said = format!("{}{}", packed.stderr, packed.report());
    assert!(!said.contains("not used"), "{said}");
}

/// The crate for publication of the file, with an option that names what describes it.
fn published(option: &str, given: &Path) -> PathBuf {
    let place = folder();
    let (data, given) = (monocytes(), given.to_str().unwrap());
    let packed = package_in(&place, &[&data, option, given, "--title", "Monocytes"]);
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    packed.folder.join("crate.zip")
}

#[test]
fn the_publication_of_a_track_is_found_by_the_track() {
    let document = project("test-data/blood.fairtracks.json");
    let foreign = project("test-data/crates/blood_three_tracks.full.crate.zip");
    let followed = crates(&followed("--documents", &document, &[])).remove(0);
    for crate_ in [
        published("--documents", &document),
        published("--crates", &followed),
        published("--crates", &foreign),
    ] {
        let crate_ = [crate_];
        let asked = [
            "track=BLD000001".to_owned(),
            format!("checksum={MD5}"),
            format!("checksum=sha256:{SHA256}"),
        ];
        for uses in asked {
            assert_eq!(matching(&crate_, &uses), ["example:BLD000001"], "{uses}");
        }
        let none = audit(&crate_, "track=BLD000003");
        assert!(
            none.stderr.contains("0 of 1 result uses"),
            "{}",
            none.stderr
        );
        assert!(
            !none.stderr.contains("cannot be excluded"),
            "{}",
            none.stderr
        );
    }
}

#[test]
fn a_track_that_was_published_with_its_result_is_not_counted_again() {
    let story = Story::new();
    let packed = story.packed(&[]);
    let found = audit(&[packed.folder.join("crate.zip")], "track=cells_dnase");
    assert!(
        found.stderr.contains("1 of 1 result uses"),
        "{}",
        found.stderr
    );
    // Without the result, each track counts.
    let tracks = package(&story.tracks, &story.track_crates, &SAID);
    let found = audit(&[tracks.folder.join("crate.zip")], "track=cells_dnase");
    assert!(
        found.stderr.contains("1 of 2 results uses"),
        "{}",
        found.stderr
    );
}

#[test]
fn a_publication_of_a_track_is_compared_with_the_crate_of_the_file() {
    let document = project("test-data/blood.fairtracks.json");
    let followed = crates(&followed("--documents", &document, &[])).remove(0);
    let published = published("--crates", &followed);
    let compared = |first: &Path, second: &Path| {
        let paths = [first, second].map(|path| path.to_str().unwrap());
        let arguments = ["--difference", paths[0], paths[1]];
        let outcome = run_in(AUDIT, &folder(), &arguments);
        assert_eq!(outcome.status, 0, "{}", outcome.stderr);
        outcome
    };
    let same = compared(&followed, &published);
    let rows: Vec<&str> = same.stdout.lines().skip(1).collect();
    // The document knows the genome build; nothing outside of Galaxy states that of the file itself.
    assert_eq!(rows, ["result\tmonocytes.bed\tdbkey\t\thg38"]);
    let other = folder().join("other.zip");
    let story = Story::new();
    let packed = package(&story.tracks[..1], &story.track_crates, &SAID);
    std::fs::copy(packed.folder.join("crate.zip"), &other).unwrap();
    let differs = compared(&published, &other);
    assert!(differs.stderr.contains("1 result"), "{}", differs.stderr);
    assert!(
        !differs.stderr.contains("Found no results"),
        "{}",
        differs.stderr
    );
    assert!(differs.stdout.contains("sha256"), "{}", differs.stdout);
}

/// A crate of another program: a track with a checksum in one of the forms that there are.
fn foreign(track: Json, others: &[Json]) -> PathBuf {
    let mut file = json!({"@id": "tracks/a.bed", "@type": "File", "name": "a.bed", "identifier": ["example:BLD000001"]});
    for (key, value) in track.as_object().unwrap() {
        file[key] = value.clone();
    }
    let schema = "https://raw.githubusercontent.com/fairtracks/fairtracks_standard/v1/current/json/schema/fairtracks.schema.json";
    let result = json!({"@id": "results/r.bed", "@type": "File", "name": "r.bed", "isBasedOn": {"@id": "tracks/a.bed"}});
    let parts = json!([{"@id": "tracks/a.bed"}, {"@id": "results/r.bed"}, {"@id": "metadata/fairtracks.json"}]);
    let mut graph = vec![
        json!({"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}, "about": {"@id": "./"}}),
        json!({"@id": "./", "@type": "Dataset", "name": "Foreign", "hasPart": parts}),
        json!({"@id": "metadata/fairtracks.json", "@type": "File", "conformsTo": {"@id": schema}}),
        file,
        result,
    ];
    graph.extend_from_slice(others);
    let metadata = json!({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph});
    let path = folder().join("foreign.zip");
    let document = text("test-data/blood.fairtracks.json");
    let entries = [
        ("ro-crate-metadata.json", &*metadata.to_string()),
        ("metadata/fairtracks.json", &*document),
    ];
    std::fs::write(&path, zipped(&entries)).unwrap();
    path
}

#[test]
fn checksums_are_read_wherever_a_crate_states_them() {
    let sum = json!({"@id": "#sum", "@type": "PropertyValue", "propertyID": "MD5", "value": MD5});
    let remote = json!({"@id": "https://tracks.example.org/a.bed", "@type": ["DataDownload", "CreativeWork"], "md5": MD5});
    let action = |object: Json, result: Json| json!({"@id": "#fetch", "@type": "CreateAction", "name": "Fetching", "object": object, "result": result});
    let (file, of_sum) = (json!({"@id": "tracks/a.bed"}), json!({"@id": "#sum"}));
    let ni = "ni:///sha-256;OIexJ5oXL8rZlpGuMlWcPf6MqdnFGZs5p2xKhX7zW68";
    let md5 = format!("checksum={MD5}");
    let sha256 = format!("checksum={SHA256}");
    for (track, others, uses) in [
        (json!({"md5": MD5.to_uppercase()}), vec![], &md5),
        (
            json!({"contentChecksum": format!("md5:{MD5}")}),
            vec![],
            &md5,
        ),
        (
            json!({"identifier": ["example:BLD000001", of_sum]}),
            vec![sum.clone()],
            &md5,
        ),
        (
            json!({"additionalProperty": of_sum}),
            vec![sum.clone()],
            &md5,
        ),
        (json!({"sha256": SHA256}), vec![], &sha256),
        (
            json!({"identifier": ["example:BLD000001", ni]}),
            vec![],
            &sha256,
        ),
        // The action that fetched the file, or looked at it.
        (
            json!({}),
            vec![sum.clone(), action(json!([of_sum]), file.clone())],
            &md5,
        ),
        (
            json!({}),
            vec![sum.clone(), action(json!([file, of_sum]), json!([]))],
            &md5,
        ),
        (
            json!({}),
            vec![
                remote.clone(),
                action(json!({"@id": remote["@id"]}), file.clone()),
            ],
            &md5,
        ),
    ] {
        let crate_ = foreign(track.clone(), &others);
        assert_eq!(
            matching(&[crate_], uses),
            ["example:BLD000001"],
            "{track} {others:?}"
        );
    }
    // One of two files that an action made has it.
    let two = json!([{"@id": "tracks/a.bed"}, {"@id": "tracks/b.bed"}]);
    let other = json!({"@id": "tracks/b.bed", "@type": "File"});
    let crate_ = foreign(json!({}), &[sum, other, action(json!([of_sum]), two)]);
    let unknown = audit(&[crate_], &md5);
    assert_eq!(unknown.rows()[0]["uses"], "unknown");
}

#[test]
fn a_file_of_another_program_that_the_document_describes_is_a_track() {
    let foreign = [project(
        "test-data/crates/blood_three_tracks.full.crate.zip",
    )];
    assert_eq!(matching(&foreign, "track=BLD000003"), ["example:BLD000003"]);
    assert_eq!(
        matching(&foreign, &format!("checksum={MD5}")),
        ["example:BLD000001"]
    );
    let verdict = audit(&foreign, "track=BLD000003").stderr;
    assert!(
        verdict.contains("1 of 3 results uses track BLD000003"),
        "{verdict}"
    );
}

#[test]
fn one_result_of_several_crates_is_one_row() {
    let document = project("test-data/blood.fairtracks.json");
    let one = crates(&followed("--documents", &document, &[])).remove(0);
    let foreign = project("test-data/crates/blood_three_tracks.full.crate.zip");
    let other = crates(&followed("--crates", &foreign, &[])).remove(0);
    let place = folder();
    let names = ["light.zip", "again.zip", "other.zip"];
    let paths = names.map(|name| place.join(name));
    for (path, from) in paths.iter().zip([&one, &one, &other]) {
        std::fs::copy(from, path).unwrap();
    }
    let found = audit(&paths, "track=BLD000001");
    let rows = found.rows();
    assert_eq!(rows.len(), 1);
    let crates: BTreeSet<&str> = rows[0]["crate"].split(", ").collect();
    assert_eq!(crates, BTreeSet::from(names));
    assert!(found.stderr.contains("1 of 1 result uses track BLD000001"));
}

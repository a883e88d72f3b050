//! `fairtracks_import --register-only`: Galaxy is told where the files are, and nothing is fetched.

use crate::support::importing::{NINE, import, import_from, many, with_track};
use crate::support::{Outcome, folder, project};
use serde_json::{Value as Json, json};

const REGISTERED: [&str; 5] = ["dnase", "h3k27me3", "signal", "peaks", "scores"];
const PACKED: [&str; 4] = ["h3k4me3", "coverage", "variants", "genes"];

fn register(options: &[&str]) -> Outcome {
    let came = import(&[&project(NINE)], &[&["--register-only"], options].concat());
    assert_eq!(came.status, 0, "{}", came.stderr);
    came
}

fn ids(names: &[&str]) -> Vec<String> {
    names
        .iter()
        .map(|name| format!("example:cells_{name}"))
        .collect()
}

/// The deferred elements.
fn deferred(came: &Outcome) -> Vec<Json> {
    let galaxy = came.galaxy();
    let unnamed = galaxy["__unnamed_outputs"].as_array().unwrap();
    assert_eq!(unnamed.len(), 1);
    assert_eq!(unnamed[0]["destination"], json!({"type": "hdca"}));
    assert_eq!(unnamed[0]["collection_type"], "list");
    unnamed[0]["elements"].as_array().unwrap().clone()
}

#[test]
fn the_tracks_become_deferred_datasets_with_address_and_checksum() {
    let came = register(&[]);
    let elements = deferred(&came);
    let names: Vec<&str> = elements
        .iter()
        .map(|element| element["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ids(&REGISTERED));
    assert_eq!(came.names("output_crates"), ids(&REGISTERED));
    let collection = &came.galaxy()["__unnamed_outputs"][0];
    assert_eq!(collection["name"], "5 of 9 tracks registered");
    for element in &elements {
        let row = came.row(element["name"].as_str().unwrap());
        assert_eq!(element["state"], "deferred");
        assert_eq!(
            element["sources"],
            json!([{"source_uri": row["source_url"]}])
        );
        assert_eq!(element["ext"], *row["datatype"]);
        assert_eq!(element["dbkey"], *row["dbkey"]);
        let hashes = many(&element["hashes"]);
        assert_eq!(hashes.len(), 1);
        assert_eq!(hashes[0]["hash_value"], *row["checksum_wanted"]);
        let method = if row["checksum_wanted"].len() == 32 {
            "MD5"
        } else {
            "SHA-256"
        };
        assert_eq!(hashes[0]["hash_function"], method);
        assert!(element.get("filename").is_none());
    }
}

#[test]
fn nothing_is_fetched() {
    let came = register(&[]);
    assert!(!came.files().keys().any(|name| name.contains("tracks/")));
    for row in came.rows() {
        assert_eq!(
            (&*row["sha256"], &*row["checksum_found"], &*row["bytes"]),
            ("", "", ""),
            "{}",
            row["local_id"]
        );
    }
    // A server that does not have the file would be noticed.
    let missing = with_track(|track| {
        track["file_url"] = "https://odd.example.org/nothing.bed".into();
    });
    let came = import_from(&folder(), "", &[&missing], &["--register-only"]);
    assert_eq!(came.row("example:cells_dnase")["status"], "registered");
}

#[test]
fn text_in_gzip_is_listed_as_in_need_of_a_download() {
    let came = register(&[]);
    assert_eq!(
        came.column("local_id"),
        [ids(&PACKED), ids(&REGISTERED)].concat(),
        "what is missing stands on top"
    );
    for id in ids(&PACKED) {
        let row = came.row(&id);
        assert_eq!(row["status"], "skipped");
        assert!(
            row["reason"].contains("needs download"),
            "{}",
            row["reason"]
        );
    }
    for expected in ["5 of 9 tracks registered, 4 skipped", "needs download"] {
        assert!(came.report().contains(expected), "{}", came.report());
        assert!(came.stderr.contains(expected), "{}", came.stderr);
    }
    let strict = import(&[&project(NINE)], &["--register-only", "--strict"]);
    assert_eq!(strict.status, 1);
}

#[test]
fn the_crate_of_a_registered_track_says_that_its_bytes_were_not_seen() {
    let came = register(&[]);
    for (id, method) in [
        ("example:cells_dnase", "MD5"),
        ("example:cells_signal", "SHA-256"),
    ] {
        let crate_ = came.crate_of(id);
        let track = crate_.track();
        let about = track["@id"].as_str().unwrap();
        assert!(
            about.starts_with("#track-") && about.len() == 7 + 16,
            "{about}"
        );
        for absent in ["sha256", "md5", "contentSize"] {
            assert!(track.get(absent).is_none(), "{absent} of {id}");
        }
        assert!(!track.to_string().contains("ni:///"));
        let row = came.row(id);
        let properties = crate_.of_type("PropertyValue");
        let checksum = properties
            .iter()
            .find(|property| property["value"] == *row["checksum_wanted"])
            .unwrap();
        assert_eq!(checksum["propertyID"], method);
        assert!(checksum["name"].as_str().unwrap().contains("not compared"));
        assert!(crate_.preview().contains("not compared"));
        let page = crate_.preview();
        assert!(!page.replace("not verified", "").contains("verified"));
        assert_eq!(track["contentUrl"], *row["source_url"]);
        let action = crate_.of_type("CreateAction")[0];
        assert_eq!(action["result"]["@id"], about);
        assert!(
            action["description"]
                .as_str()
                .unwrap()
                .contains("Galaxy stores only the URL of the file; the file was not downloaded and its checksum not compared")
        );
    }
    assert!(
        came.report().contains("checksum not compared"),
        "{}",
        came.report()
    );
}

#[test]
fn addresses_that_would_not_be_fetched_are_not_registered_either() {
    for url in [
        "rsync://tracks.example.org/cells/cells_dnase.bed",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1/x.bed",
        "http://[::1]/x.bed",
        "s3://bucket/x.bed",
        "not an address",
    ] {
        let document = with_track(|track| track["file_url"] = url.into());
        let came = import(&[&document], &["--register-only"]);
        assert_eq!(came.status, 0, "{}", came.stderr);
        let row = came.row("example:cells_dnase");
        assert!(
            ["failed", "skipped"].contains(&&*row["status"]),
            "{url} is {}",
            row["status"]
        );
        assert!(!row["reason"].is_empty());
        assert_eq!(deferred(&came).len(), 1, "{url}");
    }
}

#[test]
fn credentials_reach_neither_galaxy_nor_the_crate() {
    let document = with_track(|track| {
        track["file_url"] = "https://ada:s3cret@tracks.example.org/cells/cells_dnase.bed".into();
    });
    let came = import(&[&document], &["--register-only"]);
    came.assert_nowhere("s3cret");
    came.assert_nowhere("ada:");
}

#[test]
fn two_tracks_of_one_checksum_and_tracks_without_one_have_crates_of_their_own() {
    let document = with_track(|track| {
        track.as_object_mut().unwrap().remove("checksum");
    });
    let came = import(&[&document], &["--register-only"]);
    let about = |id: &str| came.crate_of(id).track()["@id"].clone();
    assert_ne!(about("example:cells_dnase"), about("example:cells_scores"));
    assert_eq!(
        deferred(&came)[0]
            .get("hashes")
            .map(many)
            .unwrap_or_default(),
        Vec::<Json>::new()
    );
}

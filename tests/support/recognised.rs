//! Tracks of FAIRtracks documents that a user has without an import: documents, and uploads to a made-up Galaxy.

use std::path::PathBuf;
use std::sync::OnceLock;

use fairtracks::archive::digest::{DigestFunction, Digester, Digests};
use serde_json::{Value as Json, json};

use super::following::{Galaxy, row};
use super::importing::{NINE, written};
use super::{Outcome, text};

/// The bytes of a track, so many that they cannot be equal by chance.
pub const REGIONS: &[u8] =
    b"chr1\t100\t200\tregions of a made-up track\nchr2\t300\t400\tof more than sixty-four bytes\n";
/// The same with another byte.
pub const OTHER: &[u8] =
    b"chr1\t100\t200\tregions of a made-up track\nchr2\t300\t401\tof more than sixty-four bytes\n";
/// Where `open_chromatin.bed` is served.
pub const URL: &str = "https://tracks.example.org/made_up/open_chromatin.bed";

/// A digest in lower-case hexadecimal digits.
pub fn sum(function: DigestFunction, bytes: &[u8]) -> String {
    digests(bytes).of(function).unwrap()
}

/// All digests of bytes.
pub fn digests(bytes: &[u8]) -> Digests {
    let mut digester = Digester::making(&DigestFunction::ALL);
    digester.update(bytes);
    digester.finish()
}

/// A track of which these bytes are served at its URL, with their MD5.
pub fn track(id: &str, file_name: &str, served: &[u8]) -> Json {
    let mut track = document_of_nine()["tracks"][0].clone();
    for (key, value) in [
        ("local_id", json!(format!("example:{id}"))),
        ("file_name", json!(file_name)),
        ("label_short", json!(format!("label of {id}"))),
        ("label_long", json!(format!("A longer label of {id}"))),
        (
            "file_url",
            json!(format!("https://tracks.example.org/made_up/{file_name}")),
        ),
        (
            "checksum",
            json!({"cs_method": "MD5", "cs_hash": sum(DigestFunction::Md5, served)}),
        ),
    ] {
        track[key] = value;
    }
    track
}

/// A document of tracks, without faults.
pub fn document(tracks: &[Json]) -> Json {
    let mut document = document_of_nine().clone();
    document["tracks"] = tracks.into();
    document
}

/// The document of the test tracks.
fn document_of_nine() -> &'static Json {
    static READ: OnceLock<Json> = OnceLock::new();
    READ.get_or_init(|| serde_json::from_str(&text(NINE)).unwrap())
}

/// The same as a file.
pub fn document_file(tracks: &[Json]) -> PathBuf {
    written("tracks.fairtracks.json", document(tracks).to_string())
}

/// An upload of bytes to a Galaxy under a name, and from a URL if there is one.
pub fn upload(galaxy: &mut Galaxy, name: &str, bytes: &[u8], url: Option<&str>) -> String {
    let id = galaxy.uploaded(bytes);
    let dataset = galaxy.dataset_mut(&id);
    dataset["name"] = name.into();
    let urls = url.into_iter().map(|url| json!({"url": url}));
    dataset["sources"] = urls.collect();
    id
}

/// The row of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub proven: String,
    pub evidence: String,
    pub suggested: String,
}

/// What the table says of a result.
pub fn found(came: &Outcome, result: &str) -> Found {
    let row = row(came, result);
    Found {
        proven: row["proven_tracks"].clone(),
        evidence: row["evidence"].clone(),
        suggested: row["suggested_tracks"].clone(),
    }
}

/// A result with this proof, such as `document (MD5)`.
pub fn proven(track: &str, evidence: &str) -> Found {
    Found {
        proven: format!("example:{track}"),
        evidence: evidence.to_owned(),
        suggested: String::new(),
    }
}

/// A result that nothing proves; a track may be suggested.
pub fn suggested(track: Option<&str>) -> Found {
    Found {
        proven: String::new(),
        evidence: String::new(),
        suggested: track.map_or(String::new(), |track| format!("example:{track}")),
    }
}

/// Follows one upload with a document of tracks.
pub fn follow_upload(tracks: &[Json], name: &str, bytes: &[u8], url: Option<&str>) -> Outcome {
    let mut galaxy = Galaxy::default();
    let id = upload(&mut galaxy, name, bytes, url);
    follow(&galaxy, &id, tracks, &[])
}

/// Follows a result of a Galaxy with a document of tracks.
pub fn follow(galaxy: &Galaxy, result: &str, tracks: &[Json], options: &[&str]) -> Outcome {
    let document = document_file(tracks);
    let options = [&["--documents", document.to_str().unwrap()], options].concat();
    galaxy.follow(&[result], &[], &options)
}

/// The crate of the recognised track, which is nested in that of the result.
pub fn track_crate(came: &Outcome, result: &str) -> Json {
    let opened = came.crate_of(result);
    let mut nested = opened
        .files
        .keys()
        .filter(|name| name.starts_with("inputs/") && name.ends_with("/ro-crate-metadata.json"));
    let name = nested.next().expect("a crate of the track");
    assert_eq!(nested.next(), None);
    serde_json::from_slice(&opened.files[name]).unwrap()
}

/// The first entity whose id starts like this.
pub fn entity<'c>(crate_: &'c Json, start: &str) -> &'c Json {
    let mut graph = crate_["@graph"].as_array().unwrap().iter();
    let found = graph.find(|entity| entity["@id"].as_str().unwrap().starts_with(start));
    found.unwrap_or_else(|| panic!("no {start} in {crate_:#}"))
}

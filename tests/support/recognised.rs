//! Tracks of FAIRtracks documents that a user has without an import: documents, and uploads to a made-up Galaxy.

use std::path::PathBuf;
use std::sync::OnceLock;

use fairtracks::archive::digest::{DigestFunction, Digester};
use serde_json::{Value as Json, json};

use super::following::{Galaxy, row};
use super::importing::{NINE, written};
use super::{Outcome, text};

/// A digest in small hexadecimal digits.
pub fn sum(function: DigestFunction, bytes: &[u8]) -> String {
    let mut digester = Digester::making(&[function]);
    digester.update(bytes);
    digester.finish().of(function).unwrap()
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

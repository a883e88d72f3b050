//! Importing such files as tracks.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value as Json, json};

use super::Expected;
use crate::support::Outcome;
use crate::support::importing::{changed, import_from, sha256};
use crate::support::outcome::Row;
use crate::support::{folder, project};

/// A declared format: the id of its term, its label, and the datatype that Galaxy has of it.
pub type Declared = (&'static str, &'static str, &'static str);
/// A track: its name, the address of its file, its format, and the bytes of whose checksum its document knows.
pub type TrackFile<'b> = (String, String, Declared, Option<&'b [u8]>);

pub const BED: Declared = ("http://edamontology.org/format_3003", "BED", "bed");
pub const BIGWIG: Declared = ("http://edamontology.org/format_3006", "bigWig", "bigwig");

pub fn track_file(name: &str) -> Vec<u8> {
    fs::read(project("test-data/tracks").join(name)).unwrap()
}

/// A document with a track for each file: its name, its address, its format, and its checksum where it has one.
pub fn document(files: &[TrackFile<'_>]) -> PathBuf {
    changed(|document| {
        let pattern = document["tracks"][0].clone();
        let tracks = files.iter().map(|(name, url, (term_id, label, _), bytes)| {
            let mut track = pattern.clone();
            track["local_id"] = name.as_str().into();
            track["file_url"] = url.as_str().into();
            track["file_name"] = name.as_str().into();
            track["file_format"] = json!({"term_id": term_id, "term_label": label});
            track.as_object_mut().unwrap().remove("checksum");
            if let Some(bytes) = bytes {
                track["checksum"] = json!({"cs_method": "SHA-256", "cs_hash": sha256(bytes)});
            }
            track
        });
        document["tracks"] = Json::Array(tracks.collect());
    })
}

/// Imports files that a folder gives away, all declared to be of one format.
pub fn import_files(
    files: &[(&str, &[u8])],
    format: Declared,
    has_checksum: bool,
    options: &[&str],
) -> Outcome {
    let odd = folder();
    let mut tracks = Vec::new();
    for (number, (name, bytes)) in files.iter().enumerate() {
        fs::write(odd.join(number.to_string()), bytes).unwrap();
        let url = format!("https://odd.example.org/{number}");
        tracks.push((
            (*name).to_owned(),
            url,
            format,
            has_checksum.then_some(*bytes),
        ));
    }
    import_from(&odd, "", &[&document(&tracks)], options)
}

/// What is not as it is expected to be in a row.
pub fn differs(row: &Row, expected: Expected, declared: &str) -> Option<String> {
    let (status, datatype, word) = match expected {
        Expected::Fails(word) => ("failed", "", word),
        Expected::Taken("", word) => ("imported", declared, word),
        Expected::Taken(datatype, word) => ("imported", datatype, word),
    };
    let is_silent = word.is_empty() && !row["reason"].is_empty();
    let differs = row["status"] != status
        || row["datatype"] != datatype
        || !row["reason"].contains(word)
        || is_silent;
    differs.then(|| format!("{}: {row:?}, expected {expected:?}", row["local_id"]))
}

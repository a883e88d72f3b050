//! `fairtracks_follow --documents`: what looks like a track of a document and is none for certain.

use fairtracks::archive::digest::DigestFunction;
use serde_json::{Value as Json, json};

use crate::support::following::{Galaxy, follow_in, row};
use crate::support::recognised::{
    OTHER, REGIONS, document_file, follow, follow_upload, found, proven, suggested, sum, track,
    upload,
};
use crate::support::{Outcome, folder};

/// A track without a checksum at a URL.
fn track_at(id: &str, url: &str) -> Json {
    let mut track = track(id, "get", REGIONS);
    track["file_url"] = url.into();
    track.as_object_mut().unwrap().remove("checksum");
    track.as_object_mut().unwrap().remove("file_name");
    track
}

#[test]
fn urls_that_differ_in_a_credential_alone_are_different() {
    let at = |parameter: &str| format!("https://tracks.example.org/get?{parameter}");
    let tracks = [
        track_at("five", &at("token=GSM5")),
        track_at("six", &at("token=GSM6")),
        track_at("plain", &at("id=GSM7")),
    ];
    for (url, expected) in [
        (at("token=GSM5"), proven("five", "source URL")),
        (at("token=GSM6"), proven("six", "source URL")),
        (at("token=GSM8"), suggested(None)),
        (at("id=GSM7"), proven("plain", "source URL")),
        // A user name and a password are those of a person, not of a file.
        (
            "https://ann:pw@tracks.example.org/get?id=GSM7".to_owned(),
            proven("plain", "source URL"),
        ),
        ("https://tracks.example.org/get".to_owned(), suggested(None)),
    ] {
        let mut galaxy = Galaxy::default();
        let id = upload(&mut galaxy, "mine", REGIONS, Some(&url));
        let came = follow(&galaxy, &id, &tracks, &[]);
        assert_eq!(found(&came, "mine"), expected, "{url}");
    }
}

#[test]
fn a_written_lineage_does_not_distinguish_such_urls() {
    let tracks = [track_at(
        "five",
        "https://tracks.example.org/get?token=GSM5",
    )];
    let mut galaxy = Galaxy::default();
    let url = "https://tracks.example.org/get?token=GSM6";
    let id = upload(&mut galaxy, "mine", REGIONS, Some(url));
    let came = follow(&galaxy, &id, &tracks, &[]);
    let written: Json = serde_json::from_str(&came.text("used.json")).unwrap();
    assert_eq!(
        written["datasets"][0]["sources"],
        json!([{"url": "https://tracks.example.org/get", "shortened": true}])
    );
    let document = document_file(&tracks);
    let options = ["--documents", document.to_str().unwrap()];
    let again = galaxy.follow_by(Some(&written), &[&id], &[], &options);
    assert_eq!(found(&again, "mine"), suggested(None));
}

//! What holds for all documents and files: equal bytes are recognised, others are not, and the order of documents does not matter.

use std::collections::BTreeSet;

use fairtracks::archive::digest::{DigestFunction, Sha256Sum};
use fairtracks::fairtracks::category::Category;
use fairtracks::fairtracks::document::Document;
use fairtracks::ro_crate::credits::Credited;
use fairtracks::ro_crate::imported_track::{RecognisedBy, RecognisedFile, SourceKind};
use fairtracks::ro_crate::light_crate::TrackArrival;
use fairtracks::ro_crate::light_crate_zip::LightCrates;
use fairtracks::ro_crate::page::html::PageTemplates;
use fairtracks::ro_crate::recognition::{
    DocumentIndex, FileFacts, KnownDocument, MatchedTracks, TrackPlace,
};
use fairtracks::ro_crate::source_context::{Choices, SourceContext};
use fairtracks::ro_crate::track_source::TrackSource;
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::support::importing::written;
use crate::support::packaging::faults;
use crate::support::recognised::{REGIONS, digests, document, sum, track};

/// A track at random: few contents, files and methods, so that they often coincide.
fn random_track() -> impl Strategy<Value = Json> {
    (0..4u8, 0..4u8, 0..3u8, any::<bool>()).prop_map(|(content, file, checksum, is_packed)| {
        let end = if is_packed { ".gz" } else { "" };
        let mut track = track(
            &format!("T{content}{file}"),
            &format!("file{file}.bed{end}"),
            &[content; 9],
        );
        match checksum {
            0 => drop(track.as_object_mut().unwrap().remove("checksum")),
            1 => {
                track["checksum"]["cs_method"] = "SHA-256".into();
                track["checksum"]["cs_hash"] = sum(DigestFunction::Sha256, &[content; 9])
                    .to_uppercase()
                    .into();
            }
            _ => {}
        }
        track
    })
}

fn known(tracks: &[Json]) -> KnownDocument {
    KnownDocument {
        name: "document".to_owned(),
        document: Document::from_json(document(tracks)).unwrap(),
        sha256: Sha256Sum::of(b"document"),
    }
}

/// A file of bytes that were not packed, perhaps with a URL.
fn facts(content: u8, file: Option<u8>, is_packed: bool) -> FileFacts {
    let end = if is_packed { ".gz" } else { "" };
    let url = |file| format!("https://tracks.example.org/made_up/file{file}.bed{end}");
    let functions = [DigestFunction::Md5, DigestFunction::Sha256].into_iter();
    FileFacts {
        sums: functions
            .map(|function| (function, sum(function, &[content; 9])))
            .collect(),
        urls: file.map(url).into_iter().collect(),
        url_identities: file.map(url).into_iter().collect(),
        ..FileFacts::default()
    }
}

/// The tracks found, by their ids.
fn ids(documents: &[KnownDocument], matched: &MatchedTracks) -> BTreeSet<(String, RecognisedBy)> {
    let proven = matched.proven.iter();
    let id = |(place, by): (&TrackPlace, &RecognisedBy)| {
        let tracks = documents[place.document].document.objects(Category::Tracks);
        (
            tracks[place.position]["local_id"]
                .as_str()
                .unwrap()
                .to_owned(),
            *by,
        )
    };
    proven.map(id).collect()
}

proptest! {
    #[test]
    fn a_track_is_recognised_by_its_bytes_or_by_its_url_and_no_other_is(
        tracks in prop::collection::vec(random_track(), 1..8),
        content in 0..5u8,
        file in prop::option::of(0..4u8),
        is_packed in any::<bool>(),
    ) {
        let documents = [known(&tracks)];
        let index = DocumentIndex::of(&documents);
        let facts = facts(content, file, is_packed);
        let matched = facts.matched(&index);
        let has_bytes = |track: &Json| {
            let hash = track["checksum"]["cs_hash"].as_str().unwrap_or_default();
            facts.sums.iter().any(|(_, sum)| hash.eq_ignore_ascii_case(sum))
        };
        let is_at = |track: &Json| facts.urls.iter().any(|url| track["file_url"] == url.as_str());
        let anywhere = tracks.iter().any(has_bytes);
        for (position, track) in tracks.iter().enumerate() {
            let place = TrackPlace { document: 0, position };
            match matched.proven.get(&place) {
                Some(RecognisedBy::Checksum(_)) => prop_assert!(has_bytes(track)),
                Some(RecognisedBy::SourceUrl) => {
                    prop_assert!(is_at(track) && !anywhere);
                    // Only what cannot be compared: no checksum, or gzip that was unpacked.
                    let is_unpacked = track["file_name"].as_str().unwrap().ends_with(".gz");
                    prop_assert!(track.get("checksum").is_none() || is_unpacked);
                }
                Some(by) => prop_assert!(false, "{by:?}"),
                // Left out only for another with the same bytes that is at the URL.
                None if has_bytes(track) => prop_assert!(!is_at(track) && matched.proven.len() < tracks.len()),
                None => {}
            }
        }
        if anywhere {
            prop_assert!(matched.proven.values().all(|by| matches!(by, RecognisedBy::Checksum(_))));
            prop_assert!(!matched.proven.is_empty());
        }
    }

    #[test]
    fn the_order_of_documents_and_their_division_do_not_matter(
        tracks in prop::collection::vec(random_track(), 2..8),
        split in 1..7usize,
        content in 0..5u8,
        file in prop::option::of(0..4u8),
    ) {
        let (one, two) = tracks.split_at(split.min(tracks.len() - 1));
        let all = [known(&tracks)];
        let parts = [known(two), known(one)];
        let twice = [known(&tracks), known(&tracks)];
        let facts = facts(content, file, true);
        let expected = ids(&all, &facts.matched(&DocumentIndex::of(&all)));
        prop_assert_eq!(&ids(&parts, &facts.matched(&DocumentIndex::of(&parts))), &expected);
        let index = DocumentIndex::of(&twice);
        prop_assert_eq!(&ids(&twice, &facts.matched(&index)), &expected);
        // A document given twice is searched once.
        prop_assert_eq!(index.len(), tracks.len());
    }
}

#[test]
fn every_light_crate_of_a_recognised_track_passes_the_check() {
    let documents = [known(&[track("open", "open.bed.gz", REGIONS)])];
    let source = TrackSource::new(
        &documents[0].document,
        documents[0].sha256,
        SourceKind::Document,
    );
    let context = SourceContext::of(&source);
    let templates = PageTemplates::new().unwrap();
    let crates = LightCrates {
        credits: &Credited::default(),
        tool: ("fairtracks_follow", "0.1.0"),
        time: "2026-03-01T12:00:00+00:00",
        templates: Some(&templates),
    };
    let md5 = DigestFunction::Md5;
    let url = Some("https://tracks.example.org/made_up/open.bed.gz");
    for (by, has_digests, url, is_contrary) in [
        (RecognisedBy::Checksum(md5), true, None, false),
        (RecognisedBy::Checksum(md5), false, url, false),
        (RecognisedBy::UnpackedChecksum(md5), true, url, false),
        (RecognisedBy::SourceUrl, true, url, true),
        (RecognisedBy::SourceUrl, false, url, true),
        (RecognisedBy::SourceUrl, true, url, false),
        (RecognisedBy::Name, false, None, false),
        (RecognisedBy::Name, false, None, true),
    ] {
        let file = RecognisedFile {
            by,
            digests: has_digests.then(|| digests(REGIONS)),
            recorded_url: url.map(str::to_owned),
            is_changed: is_contrary && by == RecognisedBy::SourceUrl,
            is_contradicted: is_contrary && by == RecognisedBy::Name,
            document: "a document".to_owned(),
        };
        let track = context.track(0, 0, Choices::default()).unwrap();
        let zip = crates.zip(&track, TrackArrival::Recognised(&file), &source, &[]);
        let path = written("recognised.crate.zip", zip.unwrap().0);
        assert_eq!(faults(&path), Vec::<String>::new(), "{file:?}");
    }
}

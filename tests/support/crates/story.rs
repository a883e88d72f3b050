//! Light crates of a track that came from an address, made as the import makes them, without a network.

use std::time::Duration;

use fairtracks::archive::digest::{Digester, Digests, Sha256Sum};
use fairtracks::fairtracks::document_json;
use fairtracks::genome::content::Packing;
use fairtracks::ro_crate::credits::Credited;
use fairtracks::ro_crate::imported_track::{ByteOrigin, ImportStatus, SourceKind, StoredTrack};
use fairtracks::ro_crate::light_crate::TrackArrival;
use fairtracks::ro_crate::light_crate_zip::LightCrates;
use fairtracks::ro_crate::page::html::PageTemplates;
use fairtracks::ro_crate::track_source::TrackSource;
use fairtracks::tools::import::plan::{Choices, plan};

use crate::support::text;

const TIME: &str = "2026-01-31T12:00:00+00:00";

/// A track of which these bytes were served and those stored.
pub fn fetched(served: &[u8], stored: &[u8]) -> ImportStatus {
    ImportStatus::Imported(StoredTrack {
        served: digests(served),
        stored: digests(stored),
        unpacked: Vec::from_iter((served != stored).then_some(Packing::Gzip)),
        origin: ByteOrigin::Url {
            address: "https://tracks.example.org/track".to_owned(),
            from_mirror: false,
        },
        times: (TIME.to_owned(), TIME.to_owned()),
        took: Duration::ZERO,
        coordinates: None,
    })
}

fn digests(bytes: &[u8]) -> Digests {
    let mut digester = Digester::new(true);
    digester.update(bytes);
    digester.finish()
}

/// The crate of the first track of a document in `test-data`.
pub fn packed(document: &str, arrival: &ImportStatus) -> Vec<u8> {
    let bytes = text(&format!("test-data/{document}")).into_bytes();
    let read = document_json::read(&bytes).unwrap();
    let sum = Sha256Sum::of(&bytes);
    let source = TrackSource::new(&read, sum, SourceKind::Document);
    let choices = Choices {
        has_name_tags: true,
        ..Choices::default()
    };
    let tracks = plan(std::slice::from_ref(&source), None, choices);
    let crates = LightCrates {
        credits: &Credited::default(),
        tool: ("fairtracks_import", "0.1.0"),
        time: TIME,
        templates: Some(&PageTemplates::new().unwrap()),
    };
    let arrival = TrackArrival::of_import(arrival);
    crates.zip(&tracks[0], arrival, &source, &[]).unwrap().0
}

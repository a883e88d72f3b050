//! Light crates of a track that came from an address, made as the import makes them, without a network.

use std::io::Cursor;
use std::time::Duration;

use fairtracks::archive::digest::{Digester, Digests, Sha256Sum};
use fairtracks::fairtracks::document_json;
use fairtracks::fairtracks::excerpt::excerpt;
use fairtracks::genome::content::Packing;
use fairtracks::ro_crate::common_entities::DOCUMENT_FILE;
use fairtracks::ro_crate::crate_builder::CrateBuilder;
use fairtracks::ro_crate::credits::Credited;
use fairtracks::ro_crate::imported_track::{ByteOrigin, ImportStatus, SourceKind, StoredTrack};
use fairtracks::ro_crate::light_crate::{TrackCrateInput, light_crate, page};
use fairtracks::ro_crate::metadata_json;
use fairtracks::ro_crate::page::html::PageTemplates;
use fairtracks::tools::import::plan::{Choices, plan};
use fairtracks::tools::import::source::TrackSource;

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
    let one = excerpt(&read, &source.referred, &[0], &sum.hexadecimal(), TIME);
    let one_file = document_json::write(&one);
    let story = TrackCrateInput {
        track: &tracks[0],
        arrival,
        document: &one,
        document_file: &digests(&one_file),
        source_kind: SourceKind::Document,
        ancestors: &[],
        credits: &Credited::default(),
        tool: ("fairtracks_import", "0.1.0"),
        time: TIME,
    };
    let crate_ = light_crate(&story);
    let preview = PageTemplates::new().unwrap();
    let page = preview.write(&page(&story), &crate_, DOCUMENT_FILE);
    let metadata = metadata_json::write(&crate_);
    let writer = Cursor::new(Vec::new());
    let mut builder = CrateBuilder::new(writer, &metadata, &[], None).unwrap();
    builder.add(DOCUMENT_FILE, &one_file).unwrap();
    builder.finish(Some(&page.unwrap())).unwrap().into_inner()
}

//! Light crates of a track that came from an address, made as the import makes them, without a network.

use std::time::Duration;

use fairtracks::format::crate_zip::{LightCrate, pack};
use fairtracks::format::fairtracks_json::{self, Spelling};
use fairtracks::format::preview_html::Preview;
use fairtracks::format::ro_crate_json;
use fairtracks::genome::content::Packing;
use fairtracks::import::Source;
use fairtracks::import::light_crate::{Story, light_crate, page};
use fairtracks::import::plan::{Choices, plan};
use fairtracks::model::arrival::{Arrival, Origin, SourceKind, Stored};
use fairtracks::model::credits::Credited;
use fairtracks::model::digest::{Digester, Digests, Sha256Sum};
use fairtracks::model::excerpt::excerpt;
use fairtracks::model::ro_crate::frame::DOCUMENT_FILE;

use crate::support::text;

const TIME: &str = "2026-01-31T12:00:00+00:00";

/// A track of which these bytes were served and those stored.
pub fn fetched(served: &[u8], stored: &[u8]) -> Arrival {
    Arrival::Imported(Stored {
        served: digests(served),
        stored: digests(stored),
        unpacked: Vec::from_iter((served != stored).then_some(Packing::Gzip)),
        origin: Origin::Url {
            address: "https://tracks.example.org/track".to_owned(),
            from_mirror: false,
        },
        times: (TIME.to_owned(), TIME.to_owned()),
        took: Duration::ZERO,
    })
}

fn digests(bytes: &[u8]) -> Digests {
    let mut digester = Digester::new(true);
    digester.update(bytes);
    digester.finish()
}

/// The crate of the first track of a document in `test-data`.
pub fn packed(document: &str, arrival: &Arrival) -> Vec<u8> {
    let bytes = text(&format!("test-data/{document}")).into_bytes();
    let read = fairtracks_json::read(&bytes).unwrap();
    let sum = Sha256Sum::of(&bytes);
    let source = Source::new(&read, sum, SourceKind::Document);
    let tracks = plan(std::slice::from_ref(&source), None, Choices::default());
    let one = excerpt(&read, &source.referred, &[0], &sum.hexadecimal(), TIME);
    let one_file = fairtracks_json::write(&one, Spelling::Plain);
    let story = Story {
        has_name_tag: true,
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
    let preview = Preview::new().unwrap();
    let page = preview.write(&page(&story), &crate_, DOCUMENT_FILE);
    pack(LightCrate {
        metadata: &ro_crate_json::write(&crate_),
        preview: Some(&page.unwrap()),
        document: Some((DOCUMENT_FILE, &one_file)),
        lineage: &[],
    })
    .unwrap()
}

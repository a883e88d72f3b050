//! The light crate of one track: its metadata, where it comes from and what was checked, without its data.
//!
//! RO-Crate 1.1 with the profile Process Run Crate 0.5. The track itself is the root's `about`, a File whose id is made of
//! its content; its document lies beside it at [`DOCUMENT_FILE`].

use serde_json::{Map, Value as Json};

use crate::archive::digest::{Digests, Sha256Sum};
use crate::fairtracks::document::Document;
use crate::fairtracks::hit::Hit;
use crate::ro_crate::common_entities::{self, Ancestor, DOCUMENT_FILE};
use crate::ro_crate::credits::Credited;
use crate::ro_crate::entities::{Dataset, EntityId};
use crate::ro_crate::imported_track::{
    ByteOrigin, ImportStatus, PlannedTrack, RecognisedFile, SourceKind, StoredTrack,
};
use crate::ro_crate::{Crate, Entity};
use crate::text::first_filled;

mod actions;
mod metadata;
mod page;
mod track;

pub use page::page;

/// How Galaxy has the file of a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrackArrival<'s> {
    /// An import stored it.
    Stored(&'s StoredTrack),
    /// By its URL alone.
    Registered,
    /// It was there, and a document describes it.
    Recognised(&'s RecognisedFile),
}

impl<'s> TrackArrival<'s> {
    /// The outcome of an import: a file that is here, or that Galaxy has a reference to.
    pub fn of_import(status: &'s ImportStatus) -> Self {
        match status.stored() {
            Some(stored) => TrackArrival::Stored(stored),
            None => TrackArrival::Registered,
        }
    }
}

/// The input of the crate of one track.
pub struct TrackCrateInput<'s> {
    /// What was planned.
    pub track: &'s PlannedTrack,
    /// How Galaxy has its file.
    pub arrival: TrackArrival<'s>,
    /// The document of this one track.
    pub document: &'s Document,
    /// The digests of the document's file.
    pub document_file: &'s Digests,
    /// The kind of file that the track was found in.
    pub source_kind: SourceKind,
    /// The crates that the track was found in, the nearest first.
    pub ancestors: &'s [Ancestor],
    /// What is to be said of people and licence.
    pub credits: &'s Credited,
    /// The tool and its version.
    pub tool: (&'s str, &'s str),
    /// When the import began, RFC 3339.
    pub time: &'s str,
}

impl<'s> TrackCrateInput<'s> {
    /// The file, where an import stored it.
    fn stored(&self) -> Option<&'s StoredTrack> {
        match self.arrival {
            TrackArrival::Stored(stored) => Some(stored),
            _ => None,
        }
    }

    /// The file, where a document describes what Galaxy had.
    fn recognised(&self) -> Option<&'s RecognisedFile> {
        match self.arrival {
            TrackArrival::Recognised(file) => Some(file),
            _ => None,
        }
    }

    /// The digests of its bytes, where these are known.
    fn bytes(&self) -> Option<&'s Digests> {
        match self.arrival {
            TrackArrival::Stored(stored) => Some(&stored.stored),
            TrackArrival::Registered => None,
            TrackArrival::Recognised(file) => file.digests.as_ref(),
        }
    }

    /// The address that the file came from or is at, without credentials.
    fn address(&self) -> String {
        match self.stored().map(|stored| &stored.origin) {
            Some(ByteOrigin::Url { address, .. }) => address.clone(),
            _ => self.track.address(),
        }
    }

    /// The beginning of what ids in the crate that speak of this file end with.
    fn key(&self) -> String {
        let sum = match self.bytes() {
            Some(bytes) => bytes.sha256,
            // Without the bytes, only the address or another member of the document identifies the file.
            None => {
                let checksum = self.track.checksum.as_ref();
                let checksum = checksum.map_or("", |checksum| &checksum.sum);
                let known = [&self.address(), checksum, &self.track.local_id];
                Sha256Sum::of(first_filled(&known).as_bytes())
            }
        };
        sum.hexadecimal()[..16].to_owned()
    }

    fn track_id(&self) -> String {
        EntityId::Track(&self.key()).to_string()
    }

    /// The id of the bytes as served, where they are not those that are stored.
    fn served_id(&self) -> Option<String> {
        let unpacked = self.stored().filter(|stored| stored.is_unpacked())?;
        let key = &unpacked.served.sha256.hexadecimal()[..16];
        Some(EntityId::Served(key).to_string())
    }

    /// The name of the track's file as it is stored.
    fn file_name(&self) -> &'s str {
        let recognised = self.recognised().is_some_and(|file| file.is_changed);
        let unpacked = recognised || self.stored().is_some_and(StoredTrack::is_unpacked);
        self.track.stored_name(unpacked)
    }
}

/// A search that led to the document, and its input if that is known.
type Search<'d> = (&'d Map<String, Json>, Option<&'d Json>);

/// The searches that led to a document, one in the hits of the other, the last one first.
fn searches(document: &Document) -> Vec<Search<'_>> {
    let mut found = Vec::new();
    let mut part = document.members().get("subset_of");
    while let Some(subset_of) = part {
        let source = subset_of.get("source").or(subset_of.get("server"));
        let search = subset_of.get("search").and_then(Json::as_object);
        found.extend(search.map(|search| (search, source)));
        part = source.and_then(|source| source.get("subset_of"));
    }
    found
}

/// Builds the crate of a track.
pub fn light_crate(input: &TrackCrateInput<'_>) -> Crate {
    let hit = Hit::first_of(input.document);
    // The root comes first in the graph, before the entities that it mentions.
    let mut rest = Crate::new();
    // Who imports may also be who made the study, of whom the document knows less.
    common_entities::add_credits(input.credits, &mut rest);
    common_entities::add_ancestors(input.ancestors, &mut rest);
    let actions = actions::add(input, &mut rest);
    track::add(input, &hit, &mut rest);
    metadata::add(input, &hit, &mut rest);
    common_entities::add_document(
        "FAIRtracks document of the track",
        input.document,
        input.document_file,
        &[input.track_id()],
        &mut rest,
    );
    common_entities::assemble(root(input, &actions), rest)
}

fn root(input: &TrackCrateInput<'_>, actions: &[String]) -> Entity {
    let description = match input.arrival {
        TrackArrival::Recognised(_) => {
            "A genomic track that was identified among the datasets of Galaxy, with its FAIRtracks metadata. The data file itself is not included."
        }
        TrackArrival::Stored(_) => {
            "A genomic track that was downloaded, with its FAIRtracks metadata. The data file itself is not included; it is identified by its SHA-256."
        }
        TrackArrival::Registered => {
            "A genomic track that is registered in Galaxy by its URL, with its FAIRtracks metadata. The data file was not downloaded."
        }
    };
    let mut parts = vec![input.track_id(), DOCUMENT_FILE.to_owned()];
    parts.extend(input.ancestors.iter().map(Ancestor::id));
    common_entities::root(input.track.label(), description, input.time, input.credits).set(
        &Dataset {
            about: input.track_id().into(),
            has_part: parts.into(),
            mentions: actions.into(),
            ..Dataset::default()
        },
    )
}

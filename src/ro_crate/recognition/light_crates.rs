//! The light crates of recognised tracks, each made once.

use std::collections::HashMap;
use std::io::Cursor;

use rayon::prelude::*;

use super::RecognitionFault;
use super::document_index::{DocumentIndex, IdentifiedTrack, KnownDocument, TrackPlace};
use super::doubts::{ComparedTrack, MatchDoubts, OtherChecksum, SameBytes};
use super::matching::{FileFacts, MatchedTracks};
use crate::archive::digest::{DigestFunction, Digests, Sha256Sum};
use crate::fairtracks::category::Category;
use crate::fairtracks::objects::{Track, filled, read};
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::datatype::Datatype;
use crate::galaxy::lineage::HistoryDataset;
use crate::ro_crate::crate_archive::{CrateArchive, CrateDetail};
use crate::ro_crate::imported_track::{RecognisedBy, RecognisedFile, SourceKind};
use crate::ro_crate::light_crate::TrackArrival;
use crate::ro_crate::light_crate_zip::LightCrates;
use crate::ro_crate::source_context::{Choices, SourceContext};
use crate::ro_crate::track_source::TrackSource;

/// A light crate to make.
struct CrateToMake {
    place: TrackPlace,
    file: RecognisedFile,
    /// What Galaxy calls the file; empty where only a name suggests it.
    element_identifier: String,
    extension: String,
}

/// What two crates differ in: the track, the bytes of the file, and for one that only a name suggests, whether its checksum
/// differs.
type CrateDifference = (TrackPlace, Option<Sha256Sum>, Option<bool>);

/// The light crates to make, in the order in which their tracks were found.
pub(super) struct CratesToMake<'d> {
    documents: &'d [KnownDocument],
    tracks: HashMap<TrackPlace, &'d IdentifiedTrack>,
    all: Vec<CrateToMake>,
    numbers: HashMap<CrateDifference, usize>,
}

impl<'d> CratesToMake<'d> {
    pub(super) fn new(documents: &'d [KnownDocument], index: &'d DocumentIndex) -> Self {
        CratesToMake {
            documents,
            tracks: index.tracks().map(|track| (track.place, track)).collect(),
            all: Vec::new(),
            numbers: HashMap::new(),
        }
    }

    /// Notes the crates of the tracks that a result is, or may be by its name; gives their numbers.
    pub(super) fn of_result(
        &mut self,
        result: &DatasetFile,
        facts: &FileFacts,
        matched: &MatchedTracks,
    ) -> Vec<(usize, RecognisedBy)> {
        let named = matched.suggested.iter();
        let named = named.map(|place| (*place, RecognisedBy::Name));
        let proven = matched.proven.iter().map(|(place, by)| (*place, *by));
        let all: Vec<_> = proven.chain(named).collect();
        let add = |(place, by)| {
            let digests = match by {
                RecognisedBy::Checksum(_) | RecognisedBy::SourceUrl => Some(&result.digests),
                RecognisedBy::UnpackedChecksum(_) => result.unpacked.as_ref(),
                RecognisedBy::Name => None,
            };
            let names = (
                result.element_identifier.as_str(),
                result.extension.as_str(),
            );
            let facts = (facts, matched);
            (self.add(place, by, digests.cloned(), names, facts), by)
        };
        all.into_iter().map(add).collect()
    }

    /// Notes the crates of the tracks that a dataset of the lineage is; gives their numbers.
    pub(super) fn of_dataset(
        &mut self,
        dataset: &HistoryDataset,
        facts: &FileFacts,
        matched: &MatchedTracks,
    ) -> Vec<(usize, RecognisedBy)> {
        let mut names = [&dataset.element_identifier, &dataset.name].into_iter();
        let name = names.find(|name| !name.is_empty());
        let names = (name.map_or("", String::as_str), dataset.extension.as_str());
        let digests = known_digests(dataset, facts);
        let proven = matched.proven.iter();
        let add = |(place, by): (&TrackPlace, &RecognisedBy)| {
            let facts = (facts, matched);
            (self.add(*place, *by, digests.clone(), names, facts), *by)
        };
        proven.map(add).collect()
    }

    fn add(
        &mut self,
        place: TrackPlace,
        by: RecognisedBy,
        digests: Option<Digests>,
        (element_identifier, extension): (&str, &str),
        (facts, matched): (&FileFacts, &MatchedTracks),
    ) -> usize {
        let is_named = by == RecognisedBy::Name;
        let is_contradicted = is_named && matched.contradicted_names.contains_key(&place);
        let sha256 = digests.as_ref().map(|digests| digests.sha256);
        let number = *self
            .numbers
            .entry((place, sha256, is_named.then_some(is_contradicted)))
            .or_insert(self.all.len());
        if number < self.all.len() {
            return number;
        }
        let by_url = by == RecognisedBy::SourceUrl;
        let is_changed = |track: &IdentifiedTrack| by_url && facts.is_changed_from(track);
        let track = self.tracks.get(&place);
        let url = track.map_or("", |track| &track.url);
        let known = |text: &str| match is_named {
            true => String::new(),
            false => text.to_owned(),
        };
        self.all.push(CrateToMake {
            place,
            file: RecognisedFile {
                by,
                digests,
                recorded_url: facts.urls.iter().find(|known| *known == url).cloned(),
                is_changed: track.is_some_and(|track| is_changed(track)),
                is_contradicted,
                document: self.documents[place.document].name.clone(),
            },
            element_identifier: known(element_identifier),
            extension: known(extension),
        });
        number
    }

    /// The sentences about tracks that a file is not, or of which it is not known which one it is. What a tool made of a track
    /// has other bytes than the track: its name is not held against it.
    pub(super) fn doubts(&self, matched: &MatchedTracks, is_made: bool) -> MatchDoubts {
        let by_url = matched.contradicted.iter().map(|(place, sums)| {
            let url = self.tracks.get(place).map(|track| track.url.clone());
            let url = url.unwrap_or_default();
            self.other_checksum(*place, sums, ComparedTrack::ByUrl { url })
        });
        let names = matched.contradicted_names.iter().filter(|_| !is_made);
        let by_name = names.map(|(place, sums)| {
            let track = self.id(*place);
            self.other_checksum(*place, sums, ComparedTrack::ByName { track })
        });
        let same = matched.same_bytes.as_ref();
        MatchDoubts {
            other_checksums: by_url.chain(by_name).collect(),
            same_bytes: same.map(|same| SameBytes {
                method: same.function.name(),
                count: same.count,
                first: same.first.iter().map(|place| self.id(*place)).collect(),
            }),
        }
    }

    fn other_checksum(
        &self,
        place: TrackPlace,
        (function, found, expected): &(DigestFunction, String, String),
        compared: ComparedTrack,
    ) -> OtherChecksum {
        OtherChecksum {
            method: function.name(),
            found: found.clone(),
            expected: expected.clone(),
            document: self.documents[place.document].name.clone(),
            compared,
        }
    }

    /// The id of a track as its document has it, else what else the track is called.
    fn id(&self, place: TrackPlace) -> String {
        let tracks = self.documents[place.document]
            .document
            .list(Category::Tracks);
        let json = tracks.get(place.position).map(|object| object.read());
        let id = json.as_ref().and_then(|json| {
            let track: Track<'_> = read(json);
            let names = [track.local_id, track.file_name, track.label_short];
            names.into_iter().find_map(filled).map(str::to_owned)
        });
        id.unwrap_or_else(|| format!("number {}", place.position + 1))
    }

    /// Makes the crates, each with the name of its document.
    pub(super) fn make(
        self,
        crates: LightCrates<'_>,
    ) -> Result<Vec<(String, CrateArchive)>, RecognitionFault> {
        let sources = self.documents.iter().enumerate().map(|(number, known)| {
            let is_needed = self.all.iter().any(|one| one.place.document == number);
            // Looking through the lists of a document takes as long as its index does.
            is_needed.then(|| TrackSource::new(&known.document, known.sha256, SourceKind::Document))
        });
        let sources: Vec<Option<TrackSource<'_>>> = sources.collect();
        let contexts = sources
            .iter()
            .map(|source| source.as_ref().map(SourceContext::of));
        let contexts: Vec<Option<SourceContext<'_>>> = contexts.collect();
        let detail = match crates.templates {
            Some(_) => CrateDetail::Page,
            None => CrateDetail::Metadata,
        };
        let made = self.all.par_iter().filter_map(|one| {
            let context = contexts[one.place.document].as_ref()?;
            let position = one.place.position;
            let mut track = context.track(one.place.document, position, Choices::default())?;
            track.element_identifier.clone_from(&one.element_identifier);
            if !one.extension.is_empty() {
                track.datatype = Datatype::named(&one.extension);
            }
            let arrival = TrackArrival::Recognised(&one.file);
            let zip = crates.zip(&track, arrival, context.source, &[]);
            Some(zip.map_err(RecognitionFault::from).and_then(|(bytes, _)| {
                let read = CrateArchive::read(Cursor::new(bytes), detail)?;
                Ok((one.file.document.clone(), read))
            }))
        });
        made.collect()
    }
}

/// The digests that Galaxy has for a dataset; none without its SHA-256.
fn known_digests(dataset: &HistoryDataset, facts: &FileFacts) -> Option<Digests> {
    let of = |function| {
        let known = facts.sums.iter().find(|(known, _)| *known == function);
        known.map(|(_, sum)| sum.clone())
    };
    let sha256 = Sha256Sum::parse(&of(DigestFunction::Sha256)?)?;
    Some(Digests {
        md5: of(DigestFunction::Md5),
        ..Digests::of_sha256(dataset.size?, sha256)
    })
}

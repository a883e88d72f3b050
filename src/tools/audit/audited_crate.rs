//! A crate as it is asked: its provenance, and what its FAIRtracks document has of the tracks.

use std::collections::HashMap;

use crate::fairtracks::joined_tracks::JoinedTracks;
use crate::fairtracks::track_provenance::{TrackProvenance, donor};
use crate::ro_crate::crate_archive::CrateArchive;
use crate::ro_crate::crate_index::LazyDocument as _;
use crate::ro_crate::merge::Graph as _;
use crate::ro_crate::provenance::{ProvenanceGraph, SourceTrack};

/// A crate with its name.
#[derive(Debug, Clone, Default)]
pub struct AuditedCrate {
    /// The name that the user knows it by.
    pub name: String,
    /// Its provenance; data that are source tracks themselves are results, too.
    pub provenance: ProvenanceGraph,
    /// What its document has of the tracks, by `local_id`.
    facts: HashMap<String, TrackFacts>,
}

/// What a document has of a track that its crate has not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrackFacts {
    /// What is said of the donor, text by text and as a whole.
    pub donors: Vec<String>,
    /// The name and the id of the study.
    pub studies: Vec<String>,
}

/// A source track with what the document has of it. Tracks with the same bytes, which a crate describes as one, are apart.
#[derive(Debug, Clone)]
pub struct AuditedTrack<'c> {
    /// The track.
    pub source: &'c SourceTrack,
    /// Its ids, its `local_id` first.
    pub ids: Vec<&'c str>,
    /// What the document has.
    pub facts: Option<&'c TrackFacts>,
}

impl AuditedCrate {
    /// From a crate that was read.
    ///
    /// # Errors
    /// Its own metadata are withheld, or its document cannot be read.
    pub fn new(name: &str, archive: &CrateArchive) -> Result<Self, String> {
        let mut files = archive.metadata_files.iter();
        let Some(own) = files.find(|file| file.key == archive.key) else {
            return Err("the metadata contain credentials; not used".to_owned());
        };
        let document = archive.document.as_ref().map(|file| file.document());
        let mut facts = HashMap::new();
        if let Some(document) = document.transpose()? {
            for hit in JoinedTracks::of(&document).hits() {
                let mut donors = donor(&hit);
                let from = TrackProvenance::of(&hit);
                donors.push(from.donor);
                donors.retain(|text| !text.is_empty());
                let studies = [
                    from.study.as_str(),
                    hit.study().local_id.unwrap_or_default(),
                ];
                let of_track = TrackFacts {
                    donors,
                    studies: studies
                        .into_iter()
                        .filter(|text| !text.is_empty())
                        .map(str::to_owned)
                        .collect(),
                };
                facts.entry(hit.local_id().to_owned()).or_insert(of_track);
            }
        }
        let graph = own.graph();
        let provenance = ProvenanceGraph::of(&graph);
        Ok(AuditedCrate {
            name: name.to_owned(),
            provenance: provenance.with_own_tracks(&graph, |id| facts.contains_key(id)),
            facts,
        })
    }

    /// A track of the crate with what the document has of it; several where the document has several tracks with these bytes.
    pub fn tracks<'c>(&'c self, source: &'c SourceTrack) -> Vec<AuditedTrack<'c>> {
        let ids = || source.identifiers.iter().map(String::as_str);
        let known: Vec<&str> = ids().filter(|id| self.facts.contains_key(*id)).collect();
        if known.len() < 2 {
            return vec![AuditedTrack {
                source,
                ids: ids().collect(),
                facts: known.first().and_then(|id| self.facts.get(*id)),
            }];
        }
        let others = || ids().filter(|id| !known.contains(id));
        let tracks = known.iter().map(|id| AuditedTrack {
            source,
            ids: std::iter::once(*id).chain(others()).collect(),
            facts: self.facts.get(*id),
        });
        tracks.collect()
    }
}

//! The metadata of the tracks: from the document or the crates that were given, matched by checksum or by name.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use serde_json::Value as Json;

use crate::archive::digest::{DigestFunction, Digests, Sha256Sum};
use crate::cli::{self, Failure};
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::fairtracks::document_json;
use crate::fairtracks::subset::Referred;
use crate::galaxy::file_address::file_name;
use crate::ro_crate::crate_index::{CrateId, CrateIndex, FileId};
use crate::ro_crate::known_crates::KnownCrates;
use crate::ro_crate::merged_document::positions;

use super::track_file::TrackFile;

/// The metadata of a track.
#[derive(Debug)]
pub struct TrackLabel {
    /// The closed document of this track alone.
    pub document: Document,
    /// The source document, by its place in [`Labels::sources`], and the position of the track in it.
    pub place: (usize, usize),
    /// Whether a checksum proves it; else a name suggests it.
    pub is_proven: bool,
}

/// A document that describes tracks.
#[derive(Debug)]
pub struct LabelSource {
    pub document: Document,
    pub sha256: String,
}

impl LabelSource {
    /// Reads a document.
    pub fn read(path: &Path, name: &str) -> Result<Self, Failure> {
        let bytes = cli::read_bytes(path).map_err(|error| Failure::at(name, error))?;
        let document = document_json::read(&bytes).map_err(|error| Failure::at(name, error))?;
        Ok(LabelSource {
            document,
            sha256: Sha256Sum::of(&bytes).hexadecimal(),
        })
    }

    /// The functions of the checksums of its tracks.
    pub fn digest_functions(&self) -> Vec<DigestFunction> {
        let tracks = DocumentTracks::of(&self.document);
        let functions = tracks.by_checksum.keys().map(|(function, _)| *function);
        functions.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// The metadata of all tracks.
#[derive(Debug, Default)]
pub struct Labels {
    pub sources: Vec<LabelSource>,
    /// A label for each track, where there is one.
    pub tracks: Vec<Option<TrackLabel>>,
    /// Documents that cannot be read.
    pub findings: Vec<String>,
}

impl Labels {
    /// No metadata for some tracks.
    pub fn none(tracks: usize) -> Self {
        Labels {
            tracks: std::iter::repeat_with(|| None).take(tracks).collect(),
            ..Labels::default()
        }
    }

    /// The metadata in a document.
    pub fn of_document(source: LabelSource, tracks: &[TrackFile]) -> Self {
        let known = DocumentTracks::of(&source.document);
        let found = tracks.iter().map(|track| known.find(track));
        let found: Vec<_> = found
            .map(|found| found.map(|(position, is_proven)| ((0, position), is_proven)))
            .collect();
        Labels::new(vec![source], found, Vec::new())
    }

    /// The metadata in crates.
    pub fn of_crates(known: &KnownCrates, tracks: &[TrackFile]) -> Self {
        let index = known.index();
        let mut documents = CrateDocuments::default();
        let found = tracks.iter().map(|track| {
            let (file, is_proven) = described(track, &index)?;
            let file = &index[file];
            let source = documents.place(&index, file.indexed)?;
            let document = &documents.sources[source].document;
            let position = positions(document, &[file]).first().copied()?;
            Some(((source, position), is_proven))
        });
        let found: Vec<_> = found.collect();
        Labels::new(documents.sources, found, documents.findings)
    }

    fn new(
        sources: Vec<LabelSource>,
        found: Vec<Option<((usize, usize), bool)>>,
        findings: Vec<String>,
    ) -> Self {
        let referred: Vec<Referred<'_>> = sources
            .iter()
            .map(|source| Referred::of(&source.document))
            .collect();
        let label = |(place, is_proven): ((usize, usize), bool)| TrackLabel {
            document: referred[place.0].closed_subset(&[place.1]).document,
            place,
            is_proven,
        };
        let tracks = found.into_iter().map(|found| found.map(label)).collect();
        Labels {
            sources,
            tracks,
            findings,
        }
    }
}

/// The documents of crates, each read once.
#[derive(Default)]
struct CrateDocuments {
    places: HashMap<CrateId, Option<usize>>,
    sources: Vec<LabelSource>,
    findings: Vec<String>,
}

impl CrateDocuments {
    /// The place of the document of a crate, if it has one.
    fn place(&mut self, index: &CrateIndex<'_>, crate_: CrateId) -> Option<usize> {
        if let Some(known) = self.places.get(&crate_) {
            return *known;
        }
        let read = index[crate_].document.map(|file| (file.document(), file));
        let place = match read {
            Some((Ok(document), file)) => {
                self.sources.push(LabelSource {
                    document,
                    sha256: file.sha256().to_owned(),
                });
                Some(self.sources.len() - 1)
            }
            Some((Err(error), _)) => {
                self.findings.push(format!("{error}; not used"));
                None
            }
            None => None,
        };
        self.places.insert(crate_, place);
        place
    }
}

/// The file of a crate that a track is, and whether a checksum proves it. A crate with a document comes first.
fn described(track: &TrackFile, index: &CrateIndex<'_>) -> Option<(FileId, bool)> {
    let first = |files: &[FileId]| {
        let mut files = files.iter().copied();
        files.find(|file| index[index[*file].indexed].document.is_some())
    };
    let proven = track.all_digests().find_map(|digests| {
        let by_sum = first(index.with_sha256(&digests.sha256.hexadecimal()));
        by_sum.or_else(|| {
            let mut sums = digests.all();
            sums.find_map(|(function, sum)| first(index.with_checksum(function, &sum)))
        })
    });
    let suggested = || first(index.with_element_identifier(&track.described.element_identifier));
    proven
        .map(|file| (file, true))
        .or_else(|| suggested().map(|file| (file, false)))
}

/// The tracks of a document by what identifies them.
struct DocumentTracks {
    by_checksum: HashMap<(DigestFunction, String), usize>,
    by_name: HashMap<String, usize>,
}

impl DocumentTracks {
    fn of(document: &Document) -> Self {
        let mut tracks = DocumentTracks {
            by_checksum: HashMap::new(),
            by_name: HashMap::new(),
        };
        let texts = document.objects(Category::Tracks);
        let text = |track: &Json, path: &str| {
            let value = track.pointer(path).and_then(Json::as_str);
            value.unwrap_or_default().trim().to_owned()
        };
        for (position, track) in texts.iter().enumerate() {
            let function = DigestFunction::named(&text(track, "/checksum/cs_method"));
            let sum = function.and_then(|function| {
                let sum = function.parse(&text(track, "/checksum/cs_hash"))?;
                Some((function, sum))
            });
            if let Some(key) = sum {
                tracks.by_checksum.entry(key).or_insert(position);
            }
        }
        // An id comes before what files are called.
        let names: [fn(&str, &str, &str) -> String; 3] = [
            |id, _, _| id.to_owned(),
            |_, name, _| name.to_owned(),
            |_, _, address| file_name(address),
        ];
        for name in names {
            for (position, track) in texts.iter().enumerate() {
                let (id, file) = (text(track, "/local_id"), text(track, "/file_name"));
                let name = name(&id, &file, &text(track, "/file_url"));
                if !name.is_empty() {
                    tracks.by_name.entry(plain(&name)).or_insert(position);
                }
            }
        }
        tracks
    }

    /// The position of a track, and whether a checksum proves it.
    fn find(&self, track: &TrackFile) -> Option<(usize, bool)> {
        let by_sum = |digests: &Digests| {
            let mut sums = digests.all();
            sums.find_map(|key| self.by_checksum.get(&key))
        };
        let proven = track.all_digests().find_map(by_sum);
        let suggested = || {
            self.by_name
                .get(&plain(&track.described.element_identifier))
        };
        proven
            .map(|position| (*position, true))
            .or_else(|| suggested().map(|position| (*position, false)))
    }
}

/// A name as imports give it to datasets, without the suffix of compression.
fn plain(name: &str) -> String {
    let name = name.strip_suffix(".gz").unwrap_or(name);
    let plain = |c: char| match c.is_ascii_alphanumeric() || "_.:+-".contains(c) {
        true => c,
        false => '_',
    };
    name.chars().map(plain).collect()
}

//! Recognition: datasets of Galaxy that are tracks of FAIRtracks documents, wherever they came from.
//!
//! The [`DocumentIndex`] holds what identifies the tracks, [`FileFacts`] what is known of a dataset, and [`recognise`] gives each
//! recognised track the light crate that an import would have made, so that the [proof](super::proof) treats both alike.

mod document_index;
mod doubts;
mod light_crates;
mod matching;

use std::collections::{BTreeSet, HashMap, HashSet};

pub use document_index::{DocumentIndex, IdentifiedTrack, KnownDocument, TrackPlace};
pub use doubts::{ComparedTrack, MatchDoubts, OtherChecksum, SameBytes};
pub use matching::{FileFacts, MOST_OF_SUM, MatchedTracks, TracksOfSum};

use crate::archive::digest::DigestFunction;
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::lineage::{HistoryDataset, Job, Lineage};
use crate::ro_crate::crate_archive::CrateArchive;
use crate::ro_crate::crate_error::{CrateError, CrateZipError};
use crate::ro_crate::crate_index::{CrateIndex, FileId};
use crate::ro_crate::imported_track::RecognisedBy;
use crate::ro_crate::light_crate_zip::LightCrates;
use light_crates::CratesToMake;
use thiserror::Error;

/// A track that a file of Galaxy was recognised as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecognisedTrack {
    /// The key of its light crate.
    pub key: String,
    /// What it was recognised by.
    pub by: RecognisedBy,
}

/// The files that were recognised.
#[derive(Debug, Default)]
pub struct Recognitions {
    /// The tracks of each result, in the order of the results.
    of_results: Vec<Vec<RecognisedTrack>>,
    /// The tracks of datasets of the lineage, by their ids.
    of_datasets: HashMap<String, Vec<RecognisedTrack>>,
    /// How many datasets are tracks and no results.
    ancestors: usize,
    /// The keys of all their light crates.
    keys: HashSet<String>,
    /// For each result what speaks against a match.
    doubts: Vec<MatchDoubts>,
}

impl Recognitions {
    /// The tracks that the result of this number is or, by its name, may be.
    pub fn of_result(&self, number: usize) -> &[RecognisedTrack] {
        self.of_results.get(number).map_or(&[], Vec::as_slice)
    }

    /// The tracks that a dataset of the lineage is.
    pub fn of_dataset(&self, id: &str) -> &[RecognisedTrack] {
        self.of_datasets.get(id).map_or(&[], Vec::as_slice)
    }

    /// Whether the crate of this key describes a recognised track.
    pub fn has_crate(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// What speaks against a match of the result of this number.
    pub fn doubts(&self, number: usize) -> Option<&MatchDoubts> {
        self.doubts.get(number)
    }

    /// The numbers of results and of other datasets that are tracks for certain.
    pub fn counts(&self) -> (usize, usize) {
        let is_certain = |tracks: &&Vec<RecognisedTrack>| {
            tracks.iter().any(|track| track.by != RecognisedBy::Name)
        };
        let results = self.of_results.iter().filter(is_certain);
        (results.count(), self.ancestors)
    }
}

/// Why a recognised track has no crate.
#[derive(Debug, Error)]
pub enum RecognitionFault {
    /// It cannot be written.
    #[error(transparent)]
    Writing(#[from] CrateZipError),
    /// It cannot be read again.
    #[error(transparent)]
    Reading(#[from] CrateError),
}

/// What is looked for in documents.
#[derive(Clone, Copy)]
pub struct FilesToRecognise<'r> {
    /// The results.
    pub results: &'r [DatasetFile],
    /// Galaxy's record of them, if there is any.
    pub lineage: Option<&'r Lineage>,
    /// The crates that are known: what one of them describes as a track is not looked for.
    pub crate_index: &'r CrateIndex<'r>,
}

/// Looks for results and their ancestors in documents. Gives the light crates of all tracks found, each with the name of its
/// document.
///
/// # Errors
/// A light crate cannot be made.
pub fn recognise(
    files: FilesToRecognise<'_>,
    (documents, document_index): (&[KnownDocument], &DocumentIndex),
    crates: LightCrates<'_>,
) -> Result<(Recognitions, Vec<(String, CrateArchive)>), RecognitionFault> {
    let mut to_make = CratesToMake::new(documents, document_index);
    let mut tracks_of_results = Vec::new();
    let mut doubts = Vec::new();
    let recorded = Recorded::of(files.lineage);
    let mut ancestors = 0;
    let mut tracks_by_uuid: HashMap<&str, Vec<(usize, RecognisedBy)>> = HashMap::new();
    let mut tracks_of_datasets = HashMap::new();
    for result in files.results {
        let dataset = recorded.dataset_of(result);
        let copies = recorded.with_copies(dataset);
        let is_made = copies.iter().any(|dataset| recorded.is_made(dataset));
        let facts = FileFacts::of_result(result, &copies);
        let mut matched = MatchedTracks::default();
        if !is_described(&facts, &result.uuid, files.crate_index) {
            matched = facts.matched(document_index);
        }
        doubts.push(to_make.doubts(&matched, is_made));
        let made = to_make.of_result(result, &facts, &matched);
        if let Some(dataset) = dataset {
            let certain = made.iter().filter(|(_, by)| *by != RecognisedBy::Name);
            let certain: Vec<_> = certain.copied().collect();
            if !dataset.uuid.is_empty() {
                tracks_by_uuid.insert(&dataset.uuid, certain.clone());
            }
            // A result may be an ancestor of another one, and its bytes were read.
            tracks_of_datasets.insert(dataset.id.clone(), certain);
        }
        tracks_of_results.push(made);
    }
    for dataset in recorded.datasets() {
        if tracks_of_datasets.contains_key(&dataset.id) {
            continue;
        }
        // Copies share the UUID: a copy of a result is what the result is.
        let known = tracks_by_uuid.get(dataset.uuid.as_str());
        let made = match known {
            Some(known) => known.clone(),
            None => {
                let facts = FileFacts::of_dataset(dataset);
                let is_import = recorded.is_imported(dataset);
                let is_at_known = |url: &String| !files.crate_index.with_address(url).is_empty();
                if is_described(&facts, &dataset.uuid, files.crate_index)
                    || is_import && facts.url_identities.iter().any(is_at_known)
                {
                    continue;
                }
                let matched = facts.matched(document_index);
                to_make.of_dataset(dataset, &facts, &matched)
            }
        };
        if !made.is_empty() {
            ancestors += 1;
            tracks_of_datasets.insert(dataset.id.clone(), made);
        }
    }
    let archives = to_make.make(crates)?;
    let recognised = |made: Vec<(usize, RecognisedBy)>| {
        let tracks = made.into_iter().map(|(number, by)| RecognisedTrack {
            key: archives[number].1.key.clone(),
            by,
        });
        tracks.collect::<Vec<RecognisedTrack>>()
    };
    let recognitions = Recognitions {
        of_results: tracks_of_results.into_iter().map(recognised).collect(),
        of_datasets: tracks_of_datasets
            .into_iter()
            .map(|(id, made)| (id, recognised(made)))
            .collect(),
        ancestors,
        keys: archives.iter().map(|(_, read)| read.key.clone()).collect(),
        doubts,
    };
    Ok((recognitions, archives))
}

/// Whether a crate describes a file as a track by a digest of its bytes, or by Galaxy's name for them.
fn is_described(facts: &FileFacts, uuid: &str, crate_index: &CrateIndex<'_>) -> bool {
    let is_source = |places: &[FileId]| places.iter().any(|place| crate_index[*place].is_source);
    let mut sums = facts.sums.iter().chain(&facts.unpacked_sums);
    is_source(crate_index.with_uuid(uuid))
        || sums.any(|(function, sum)| {
            *function == DigestFunction::Sha256 && is_source(crate_index.with_sha256(sum))
                || is_source(crate_index.with_checksum(*function, sum))
        })
}

/// A lineage as recognition looks at it.
struct Recorded<'l> {
    lineage: Option<&'l Lineage>,
    by_id: HashMap<&'l str, &'l HistoryDataset>,
    by_uuid: HashMap<&'l str, Vec<&'l HistoryDataset>>,
    imports: BTreeSet<&'l str>,
    /// The jobs that make datasets of others.
    steps: BTreeSet<&'l str>,
}

impl<'l> Recorded<'l> {
    fn of(lineage: Option<&'l Lineage>) -> Self {
        let datasets = || lineage.into_iter().flat_map(|lineage| &lineage.datasets);
        let mut by_uuid: HashMap<&str, Vec<&HistoryDataset>> = HashMap::new();
        for dataset in datasets().filter(|dataset| !dataset.uuid.is_empty()) {
            by_uuid.entry(&dataset.uuid).or_default().push(dataset);
        }
        let jobs = lineage.into_iter().flat_map(|lineage| &lineage.jobs);
        let (imports, others): (Vec<&Job>, Vec<&Job>) = jobs.partition(|job| job.is_import());
        let steps = others.into_iter().filter(|job| !job.inputs.is_empty());
        Recorded {
            lineage,
            by_id: datasets().map(|it| (it.id.as_str(), it)).collect(),
            by_uuid,
            imports: imports.iter().map(|job| job.id.as_str()).collect(),
            steps: steps.map(|job| job.id.as_str()).collect(),
        }
    }

    /// The dataset that a result is.
    fn dataset_of(&self, result: &DatasetFile) -> Option<&'l HistoryDataset> {
        self.by_id.get(self.lineage?.dataset_of(result)?).copied()
    }

    /// A dataset and its copies, which have the same bytes.
    fn with_copies(&self, dataset: Option<&'l HistoryDataset>) -> Vec<&'l HistoryDataset> {
        let copies = dataset.and_then(|dataset| self.by_uuid.get(dataset.uuid.as_str()));
        match copies {
            Some(copies) => copies.clone(),
            None => dataset.into_iter().collect(),
        }
    }

    fn datasets(&self) -> impl Iterator<Item = &'l HistoryDataset> {
        self.lineage
            .into_iter()
            .flat_map(|lineage| &lineage.datasets)
    }

    fn is_imported(&self, dataset: &HistoryDataset) -> bool {
        let maker = dataset.created_by.as_deref();
        maker.is_some_and(|job| self.imports.contains(job))
    }

    /// Whether a tool made a dataset of others.
    fn is_made(&self, dataset: &HistoryDataset) -> bool {
        let maker = dataset.created_by.as_deref();
        maker.is_some_and(|job| self.steps.contains(job))
    }
}

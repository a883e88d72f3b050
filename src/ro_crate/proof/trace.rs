//! The proof for one result: by content, and by lineage back to data that a crate describes.

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};

pub use super::ancestry::Ancestry;
pub use super::evidence::{Evidence, Hint};
use super::known_dataset::known_as;
use crate::archive::digest::{DigestFunction, Digests};
use crate::galaxy::dataset_file::DatasetFile;
use crate::galaxy::lineage::{HistoryDataset, Job, StopReason};
use crate::ro_crate::crate_index::{CrateIndex, FileId};
use crate::ro_crate::imported_track::RecognisedBy;
use crate::ro_crate::recognition::{MatchDoubts, RecognisedTrack, Recognitions};

/// An imported dataset of the lineage that no crate describes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MissingCrate {
    /// The number in the history; none where it is not known.
    pub number: Option<u64>,
    /// The name in the history.
    pub dataset: String,
    /// The encoded id of the importing job.
    pub job: String,
}

/// The path from the sources to a result, as far as it is known.
#[derive(Debug, Default)]
pub struct Proof<'l> {
    /// The proven sources by their ids in merged graphs, with all proofs.
    pub proven: BTreeMap<String, BTreeSet<Evidence>>,
    /// The indices of the described files on the path, including the result itself.
    pub met: BTreeSet<FileId>,
    /// The results of crates that have the bytes of this one but confirm no source: they may be equal by chance, the lineage
    /// leads elsewhere, or their crates state no source.
    pub equal_results: BTreeSet<FileId>,
    /// The sources that are only suggested, by their ids in merged graphs.
    pub suggested: BTreeMap<String, BTreeSet<Hint>>,
    /// The jobs between the sources and the result, the last one first.
    pub jobs: Vec<&'l Job>,
    /// The datasets on the path by id, with the described file if there is one.
    pub datasets: BTreeMap<&'l str, Option<FileId>>,
    /// Imported datasets that no crate describes.
    pub missing: BTreeSet<MissingCrate>,
    /// Other inputs: names of datasets of the lineage that were not imported.
    pub others: BTreeSet<&'l str>,
    /// Why the lineage ends early.
    pub stopped: BTreeSet<StopReason>,
    /// The dataset of the lineage that is the result.
    pub leaf: Option<&'l str>,
    /// Whether the lineage contains the result.
    pub is_in_lineage: bool,
    /// What speaks against a match with a track of a document.
    pub doubts: MatchDoubts,
}

/// The fewest bytes for which equality is proof: a line count or an empty table may have any origin.
pub(super) const FEWEST_BYTES: u64 = 64;

/// What counts besides crates and lineage.
#[derive(Debug, Clone, Copy)]
pub struct TraceOptions<'r> {
    /// Whether the user accepts element identifiers, name tags and names as proof.
    pub accept_identifiers: bool,
    /// What was recognised by FAIRtracks documents.
    pub recognitions: &'r Recognitions,
}

/// The proofs and hints of several results, in their order.
pub fn trace_all<'l>(
    results: &[DatasetFile],
    ancestry: Option<&Ancestry<'l>>,
    crate_index: &CrateIndex<'_>,
    options: TraceOptions<'_>,
) -> Vec<Proof<'l>> {
    let traces = results.iter().enumerate().map(|(number, result)| {
        let leaf = ancestry.and_then(|ancestry| ancestry.lineage().dataset_of(result));
        let recognised = options.recognitions.of_result(number);
        let traced = trace((result, recognised), leaf, ancestry, crate_index, options);
        let doubts = options.recognitions.doubts(number).cloned();
        Proof {
            doubts: doubts.unwrap_or_default(),
            ..traced
        }
    });
    traces.collect()
}

/// Finds all proofs and hints for the sources of a result, given with the tracks that it was recognised as.
fn trace<'l>(
    (result, recognised): (&DatasetFile, &[RecognisedTrack]),
    leaf: Option<&'l str>,
    ancestry: Option<&Ancestry<'l>>,
    crate_index: &CrateIndex<'_>,
    options: TraceOptions<'_>,
) -> Proof<'l> {
    let mut trace = Proof::default();
    let recognitions = options.recognitions;
    let mut by_content = by_content(result, crate_index);
    // The document says more of the tracks that it identifies than the crates made of it.
    by_content.retain(|(place, _)| !recognitions.has_crate(crate_key(*place, crate_index)));
    let own = recognised_as(recognised, Evidence::of_recognised_result, crate_index);
    by_content.extend(&own);
    if let Some((ancestry, leaf)) = ancestry.zip(leaf) {
        by_lineage(
            leaf,
            ancestry,
            crate_index,
            (&own, recognitions),
            &mut trace,
        );
    }
    // A complete lineage distinguishes two files with the same bytes.
    let is_decided =
        !trace.proven.is_empty() && trace.stopped.is_empty() && trace.missing.is_empty();
    for (place, evidence) in by_content {
        let described_file = &crate_index[place];
        let is_chance = !described_file.is_source && result.digests.bytes < FEWEST_BYTES;
        if !(is_decided || is_chance) {
            meet(place, evidence, crate_index, &mut trace);
            if described_file.tracks().is_empty() {
                trace.equal_results.insert(place);
            }
            continue;
        }
        let hint = match described_file.is_source {
            true => Hint::SameBytes,
            false => {
                trace.equal_results.insert(place);
                Hint::EqualResult
            }
        };
        for id in described_file.tracks() {
            if let Some(known) = trace.proven.get_mut(id) {
                known.insert(evidence);
            } else {
                trace.suggested.entry(id.clone()).or_default().insert(hint);
            }
        }
    }
    suggest(result, crate_index, &mut trace);
    suggest_names(recognised, crate_index, &mut trace);
    if options.accept_identifiers {
        let hints = std::mem::take(&mut trace.suggested);
        for id in hints.into_keys() {
            trace.met.extend(sources(crate_index, &id));
            trace
                .proven
                .entry(id)
                .or_default()
                .insert(Evidence::Accepted);
        }
    }
    trace
}

/// The sources of an id that is the subject of crates.
fn sources<'s>(crate_index: &'s CrateIndex<'_>, id: &str) -> impl Iterator<Item = FileId> + 's {
    let places = crate_index.with_id(id).iter().copied();
    places.filter(|place| crate_index[*place].is_source)
}

/// The described files with the bytes of the result.
fn by_content(result: &DatasetFile, crate_index: &CrateIndex<'_>) -> Vec<(FileId, Evidence)> {
    if result.digests.bytes == 0 {
        return Vec::new();
    }
    let mut found: Vec<(FileId, Evidence)> = Vec::new();
    let mut add = |places: &[FileId], evidence| {
        found.extend(places.iter().map(|place| (*place, evidence)));
    };
    let mut compare = |digests: &Digests, bytes, checksum: fn(DigestFunction) -> Evidence| {
        add(
            crate_index.with_sha256(&digests.sha256.hexadecimal()),
            bytes,
        );
        for (function, sum) in digests.all() {
            add(
                crate_index.with_checksum(function, &sum),
                checksum(function),
            );
        }
    };
    compare(&result.digests, Evidence::Bytes, Evidence::Checksum);
    let unpacked = result.unpacked.as_ref();
    if let Some(unpacked) = unpacked.filter(|unpacked| unpacked.bytes > 0) {
        compare(
            unpacked,
            Evidence::UnpackedBytes,
            Evidence::UnpackedChecksum,
        );
    }
    found
}

/// Records a described file on the path: a source is proven, otherwise the sources of the file are.
fn meet(place: FileId, evidence: Evidence, crate_index: &CrateIndex<'_>, trace: &mut Proof<'_>) {
    let described_file = &crate_index[place];
    trace.met.insert(place);
    if described_file.is_source {
        let known = trace.proven.entry(described_file.id.clone()).or_default();
        known.insert(evidence);
        return;
    }
    let evidence = match evidence {
        Evidence::LineageToBytes | Evidence::LineageToImport | Evidence::LineageToUrl => evidence,
        Evidence::Checksum(function) | Evidence::UnpackedChecksum(function) => {
            Evidence::EarlierResult(function)
        }
        _ => Evidence::EarlierResult(DigestFunction::Sha256),
    };
    for id in described_file.tracks() {
        trace.proven.entry(id.clone()).or_default().insert(evidence);
        trace.met.extend(sources(crate_index, id));
    }
}

fn by_lineage<'l>(
    leaf: &'l str,
    ancestry: &Ancestry<'l>,
    crate_index: &CrateIndex<'_>,
    (own, recognitions): (&[(FileId, Evidence)], &Recognitions),
    trace: &mut Proof<'l>,
) {
    let Some(leaf) = ancestry.dataset(leaf) else {
        return;
    };
    trace.is_in_lineage = true;
    trace.leaf = Some(&leaf.id);
    let mut seen_jobs: HashSet<&str> = HashSet::new();
    let mut next = VecDeque::from([leaf]);
    let mut queued: HashSet<&str> = HashSet::from([leaf.id.as_str()]);
    while let Some(dataset) = next.pop_front() {
        let maker = dataset
            .created_by
            .as_deref()
            .and_then(|id| ancestry.job(id));
        let is_leaf = dataset.id == leaf.id;
        let recognised = match is_leaf {
            // What a result was made of or copied from says more than its own bytes.
            true if is_made(dataset, maker) => Vec::new(),
            true => own.to_vec(),
            false => recognised_as(
                recognitions.of_dataset(&dataset.id),
                Evidence::of_recognised_ancestor,
                crate_index,
            ),
        };
        let is_recognised = !recognised.is_empty();
        let known = match is_recognised {
            true => recognised,
            false => known_as(dataset, maker, crate_index),
        };
        trace
            .datasets
            .insert(&dataset.id, known.first().map(|(place, _)| *place));
        for (place, evidence) in &known {
            meet(*place, *evidence, crate_index, trace);
        }
        let is_source = known.iter().any(|(place, _)| crate_index[*place].is_source);
        let is_import = maker.is_some_and(Job::is_import);
        if let Some(stop) = ancestry.stop(&dataset.id) {
            trace.stopped.insert(stop.why);
        }
        if is_source && (is_import || maker.is_none() && dataset.copied_from.is_none()) {
            continue;
        }
        // The upload of a track is no step of the analysis.
        if is_recognised && !is_made(dataset, maker) {
            continue;
        }
        if is_import {
            if !is_source {
                trace.missing.insert(MissingCrate {
                    number: dataset.hid,
                    dataset: dataset.name.clone(),
                    job: maker.map(|job| job.id.clone()).unwrap_or_default(),
                });
            }
            continue;
        }
        let mut before: Vec<&'l HistoryDataset> = Vec::new();
        let original = dataset.copied_from.as_deref();
        match original.and_then(|original| ancestry.dataset(original)) {
            // A copy has the sources of its original. The job that made the copy, such as an extraction from a collection, may have
            // read other inputs.
            Some(original) => before.push(original),
            None => {
                if let Some(job) = maker {
                    if seen_jobs.insert(&job.id) {
                        trace.jobs.push(job);
                    }
                    let inputs = job.inputs.iter();
                    before.extend(inputs.filter_map(|port| ancestry.dataset(&port.dataset)));
                }
            }
        }
        let has_stop = ancestry.stop(&dataset.id).is_some();
        if before.is_empty() && !is_source && !has_stop && !is_leaf {
            trace.others.insert(&dataset.name);
        }
        next.extend(
            before
                .into_iter()
                .filter(|dataset| queued.insert(&dataset.id)),
        );
    }
}

fn suggest(result: &DatasetFile, crate_index: &CrateIndex<'_>, trace: &mut Proof<'_>) {
    let mut add = |places: &[FileId], hint| {
        for place in places {
            let id = &crate_index[*place].id;
            if !trace.proven.contains_key(id) {
                trace.suggested.entry(id.clone()).or_default().insert(hint);
            }
        }
    };
    add(
        crate_index.with_element_identifier(&result.element_identifier),
        Hint::ElementIdentifier,
    );
    for tag in &result.tags {
        add(crate_index.with_tag(tag), Hint::NameTag);
    }
}

/// The source files of the crates of recognised tracks, with the proof.
fn recognised_as(
    tracks: &[RecognisedTrack],
    evidence: fn(RecognisedBy) -> Option<Evidence>,
    crate_index: &CrateIndex<'_>,
) -> Vec<(FileId, Evidence)> {
    let proven = tracks
        .iter()
        .filter_map(|track| Some((track, evidence(track.by)?)));
    let files = proven.flat_map(|(track, evidence)| {
        let files = crate_index.sources_of(&track.key).into_iter();
        files.map(move |file| (file, evidence))
    });
    files.collect()
}

/// Whether other datasets come before a dataset.
fn is_made(dataset: &HistoryDataset, maker: Option<&Job>) -> bool {
    let has_inputs = |job: &Job| !job.is_import() && !job.inputs.is_empty();
    dataset.copied_from.is_some() || maker.is_some_and(has_inputs)
}

/// The key of the crate that describes a file.
fn crate_key<'i>(place: FileId, crate_index: &'i CrateIndex<'_>) -> &'i str {
    crate_index[crate_index[place].indexed].key
}

/// Adds the tracks that the name of a result suggests, where nothing is proven.
fn suggest_names(
    recognised: &[RecognisedTrack],
    crate_index: &CrateIndex<'_>,
    trace: &mut Proof<'_>,
) {
    if !trace.proven.is_empty() {
        return;
    }
    for track in recognised {
        for file in crate_index.sources_of(&track.key) {
            let hints = trace.suggested.entry(crate_index[file].id.clone());
            hints.or_default().insert(Hint::DocumentName);
        }
    }
}

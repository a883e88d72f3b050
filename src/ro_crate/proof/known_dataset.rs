//! The described files that a dataset of the lineage is.

use std::collections::BTreeSet;

use super::evidence::Evidence;
use crate::archive::digest::DigestFunction;
use crate::galaxy::lineage::{HistoryDataset, Job};
use crate::ro_crate::crate_index::{CrateIndex, DescribedFile, FileId};

/// The described files that match a dataset by Galaxy's metadata.
pub(super) fn known_as(
    dataset: &HistoryDataset,
    maker: Option<&Job>,
    crate_index: &CrateIndex<'_>,
) -> Vec<(FileId, Evidence)> {
    let mut places: BTreeSet<FileId> = BTreeSet::new();
    for hash in &dataset.hashes {
        let Some(function) = DigestFunction::named(&hash.function) else {
            continue;
        };
        if function == DigestFunction::Sha256 {
            places.extend(crate_index.with_sha256(&hash.value));
        }
        places.extend(crate_index.with_checksum(function, &hash.value));
    }
    places.extend(crate_index.with_uuid(&dataset.uuid));
    let mut by_address: BTreeSet<FileId> = BTreeSet::new();
    for source in &dataset.sources {
        let files = crate_index.with_address(&source.url).iter().copied();
        // The address of a crate has no credentials: one that they distinguish from others needs the name as well.
        by_address
            .extend(files.filter(|file| !source.shortened || is_named(file, dataset, crate_index)));
    }
    let is_import = maker.is_some_and(Job::is_import);
    if places.is_empty() && is_import {
        let files = narrowed(by_address, dataset, crate_index).into_iter();
        return files
            .map(|file| (file, Evidence::LineageToImport))
            .collect();
    }
    // Two tracks may have the same bytes: the URL distinguishes them, or the name given at import.
    let both: BTreeSet<FileId> = places.intersection(&by_address).copied().collect();
    let places = if both.is_empty() { places } else { both };
    let files = narrowed(places, dataset, crate_index).into_iter();
    files.map(|file| (file, Evidence::LineageToBytes)).collect()
}

/// The files with the dataset's name, or all files if none has it.
fn narrowed(
    places: BTreeSet<FileId>,
    dataset: &HistoryDataset,
    crate_index: &CrateIndex<'_>,
) -> Vec<FileId> {
    let named = places.iter().copied();
    let named = named.filter(|place| is_named(place, dataset, crate_index));
    let named: Vec<FileId> = named.collect();
    if named.is_empty() {
        places.into_iter().collect()
    } else {
        named
    }
}

/// Whether a file has the name of a dataset.
fn is_named(place: &FileId, dataset: &HistoryDataset, crate_index: &CrateIndex<'_>) -> bool {
    let described_file: &DescribedFile = &crate_index[*place];
    let name = described_file.element_identifier.as_ref();
    name.is_some_and(|name| *name == dataset.element_identifier || *name == dataset.name)
}

//! The FAIRtracks document of a crate that is made of crates: what their documents say of its source tracks, as one.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::Value as Json;

use super::crate_index::{CrateId, CrateIndex, DescribedFile, FileId};
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::fairtracks::excerpt::excerpt;
use crate::fairtracks::merge::{Merged, merge};
use crate::fairtracks::subset::Referred;

/// The merged document of described files, and a finding for each document that cannot be read. No document if none of their
/// crates has one.
pub fn merged(
    met: &BTreeSet<FileId>,
    crate_index: &CrateIndex<'_>,
    date: &str,
) -> (Option<Merged>, Vec<String>) {
    let described_files: Vec<&DescribedFile> =
        met.iter().map(|place| &crate_index[*place]).collect();
    let (sources, results): (Vec<&DescribedFile>, Vec<&DescribedFile>) = described_files
        .into_iter()
        .partition(|described_file| described_file.is_source);
    let mut by_crate: BTreeMap<CrateId, Vec<&DescribedFile>> = BTreeMap::new();
    for described_file in sources {
        by_crate
            .entry(described_file.indexed)
            .or_default()
            .push(described_file);
    }
    by_crate.retain(|place, _| crate_index[*place].document.is_some());
    let described: HashSet<&str> = by_crate
        .values()
        .flatten()
        .map(|described_file| described_file.id.as_str())
        .collect();
    // The document of an earlier result describes all its sources; it is only wanted where a source has none of its own.
    let mut earlier: BTreeSet<CrateId> = BTreeSet::new();
    for described_file in results {
        if described_file
            .made_of
            .iter()
            .any(|id| !described.contains(id.as_str()))
        {
            earlier.insert(described_file.indexed);
        }
    }
    let of = |place: CrateId| crate_index[place].document;
    let parts = by_crate.iter().filter_map(|(place, described_files)| {
        let file = of(*place)?;
        Some(file.document().map(|document| {
            let positions = positions(&document, described_files);
            (!positions.is_empty()).then(|| part(document, file.sha256(), &positions, date))
        }))
    });
    let wholes = earlier.iter().filter_map(|place| {
        let whole = of(*place)?.document();
        Some(whole.map(|document| Some(document.without_secrets())))
    });
    let mut unreadable = Vec::new();
    let documents = parts.chain(wholes).filter_map(|read| match read {
        Ok(document) => document,
        Err(error) => {
            unreadable.push(format!("{error}; not used"));
            None
        }
    });
    (merge(documents, date), unreadable)
}

/// The positions of the tracks that are the subjects.
fn positions(document: &Document, described_files: &[&DescribedFile]) -> Vec<usize> {
    let tracks = document.objects(Category::Tracks);
    if tracks.len() == 1 && described_files.len() == 1 {
        return vec![0];
    }
    let mut by_id: HashMap<&str, usize> = HashMap::new();
    let mut by_address: HashMap<&str, usize> = HashMap::new();
    for (position, track) in tracks.into_iter().enumerate() {
        let text = |key: &str| track.get(key).and_then(Json::as_str);
        text("local_id").map(|id| by_id.entry(id).or_insert(position));
        text("file_url").map(|url| by_address.entry(url).or_insert(position));
    }
    let found: BTreeSet<usize> = described_files
        .iter()
        .filter_map(|described_file| {
            let ids = described_file.identifiers.iter();
            let by_name = ids.filter_map(|id| by_id.get(id.as_str())).next();
            let addresses = described_file.addresses.iter();
            by_name
                .or_else(|| {
                    addresses
                        .filter_map(|url| by_address.get(url.as_str()))
                        .next()
                })
                .copied()
        })
        .collect();
    found.into_iter().collect()
}

/// The closed part of a document, without secrets.
fn part(document: Document, sha256: &str, positions: &[usize], date: &str) -> Document {
    if document.count(Category::Tracks) == positions.len() {
        return document.without_secrets();
    }
    excerpt(&document, &Referred::of(&document), positions, sha256, date)
}

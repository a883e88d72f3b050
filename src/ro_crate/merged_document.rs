//! The FAIRtracks document of a crate that is made of crates: their documents of its source tracks, merged into one file.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::Value as Json;

use super::crate_index::{CrateId, CrateIndex, DescribedFile, FileId};
use crate::archive::digest::{Digester, Digests};
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::fairtracks::document_json;
use crate::fairtracks::excerpt::excerpt;
use crate::fairtracks::finding::Strength;
use crate::fairtracks::merge::{Merged, merge};
use crate::fairtracks::subset::Referred;

/// Documents of crates merged into one. There is none where none of the crates has a document.
pub struct MergedDocument {
    merged: Option<Merged>,
    file: Option<(Vec<u8>, Digests)>,
    unreadable: Vec<String>,
}

impl MergedDocument {
    /// Merges what the documents of crates say of the source tracks among files, given by their places in the index.
    pub fn new(met: &BTreeSet<FileId>, crate_index: &CrateIndex<'_>, date: &str) -> Self {
        let (merged, unreadable) = merged(met, crate_index, date);
        let file = merged.as_ref().map(|merged| {
            let bytes = document_json::write(&merged.document);
            let digests = digests(&bytes);
            (bytes, digests)
        });
        MergedDocument {
            merged,
            file,
            unreadable,
        }
    }

    /// The document, with the digests of its file.
    pub fn document(&self) -> Option<(&Document, &Digests)> {
        let documents = self.merged.as_ref().map(|merged| &merged.document);
        documents.zip(self.file.as_ref().map(|(_, digests)| digests))
    }

    /// The bytes of its file.
    pub fn into_file(self) -> Option<Vec<u8>> {
        self.file.map(|(bytes, _)| bytes)
    }

    /// What was found: documents that cannot be read, and objects that two documents describe differently.
    pub fn findings(&self) -> Vec<(Strength, String)> {
        let unreadable = self.unreadable.iter();
        let mut findings: Vec<(Strength, String)> = unreadable
            .map(|text| (Strength::Should, text.clone()))
            .collect();
        for renamed in self.merged.iter().flat_map(|merged| &merged.renamed) {
            let text = format!(
                "conflicting id {} ({}): two documents use it for different objects; renamed to {} here",
                renamed.from,
                renamed.category.name(),
                renamed.to
            );
            findings.push((Strength::May, text));
        }
        for differing in self.merged.iter().flat_map(|merged| &merged.differing) {
            let text = format!(
                "conflicting descriptions of {} ({}) in two documents with one source; the longer one is kept here, both are in the crates",
                differing.local_id,
                differing.category.name()
            );
            findings.push((Strength::May, text));
        }
        findings
    }
}

/// A finding for each entity that two crates contradict each other about: its id, and the id that one of the two got instead.
pub fn contradictions(split: &[(String, String)]) -> Vec<(Strength, String)> {
    let findings = split.iter().map(|(id, other)| {
        let text = format!(
            "two crates describe {id} differently; both descriptions are kept, the second as {other}; no action needed"
        );
        (Strength::Should, text)
    });
    findings.collect()
}

/// The digests of a file at hand.
pub fn digests(bytes: &[u8]) -> Digests {
    let mut digester = Digester::new(false);
    digester.update(bytes);
    digester.finish()
}

/// The merged document of described files, and a finding for each document that cannot be read. No document if none of their
/// crates has one.
fn merged(
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

/// The positions, in a document of their crate, of the tracks that described files are.
pub fn positions(document: &Document, described_files: &[&DescribedFile]) -> Vec<usize> {
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

//! The FAIRtracks document of a crate that is made of crates, as a file of the crate, with what was found in the merge.

use std::collections::BTreeSet;

use super::crate_index::{CrateIndex, FileId};
use super::documents;
use crate::archive::digest::{Digester, Digests};
use crate::fairtracks::document::Document;
use crate::fairtracks::document_json;
use crate::fairtracks::finding::Strength;
use crate::fairtracks::merge::Merged;

/// Documents of crates merged into one. There is none where none of the crates has a document.
pub struct MergedDocument {
    merged: Option<Merged>,
    file: Option<(Vec<u8>, Digests)>,
    unreadable: Vec<String>,
}

impl MergedDocument {
    /// Merges what the documents of crates say of the source tracks among files, given by their places in the index.
    pub fn new(met: &BTreeSet<FileId>, crate_index: &CrateIndex<'_>, date: &str) -> Self {
        let (merged, unreadable) = documents::merged(met, crate_index, date);
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
                "conflicting descriptions of {} ({}) in excerpts of one document; the longer one is kept here, both are in the crates",
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
            "two crates contradict each other about {id}; one of the two entities is renamed to {other}"
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

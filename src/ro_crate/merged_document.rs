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
use crate::ro_crate::entities::EntityId;
use crate::ro_crate::merge::SplitEntity;

/// Documents of crates merged into one. There is none where none of the crates has a document.
pub struct MergedDocument {
    merged: Option<Merged>,
    file: Option<(Vec<u8>, Digests)>,
    unreadable: Vec<String>,
    /// What users call the documents with an object of this id, where the documents differ in it.
    names: HashMap<ObjectName, Vec<String>>,
}

/// A category and an id in it.
type ObjectName = (Category, String);

impl MergedDocument {
    /// Merges what the documents of crates say of the source tracks among files, given by their places in the index.
    pub fn new(met: &BTreeSet<FileId>, crate_index: &CrateIndex<'_>, date: &str) -> Self {
        let merge_parts = MergeParts::of(met, crate_index);
        let (merged, unreadable) = merged(&merge_parts, crate_index, date);
        let names = merged.as_ref().map(|merged| {
            let renamed = merged.renamed.iter();
            let renamed = renamed.map(|one| (one.category, one.from.clone()));
            let differing = merged.differing.iter();
            let differing = differing.map(|one| (one.category, one.local_id.clone()));
            let wanted: BTreeSet<ObjectName> = renamed.chain(differing).collect();
            merge_parts.names(&wanted, crate_index)
        });
        let file = merged.as_ref().map(|merged| {
            let bytes = document_json::write(&merged.document);
            let digests = digests(&bytes);
            (bytes, digests)
        });
        MergedDocument {
            merged,
            file,
            unreadable,
            names: names.unwrap_or_default(),
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
        let mut new_ids: BTreeMap<ObjectName, Vec<&str>> = BTreeMap::new();
        for renamed in self.merged.iter().flat_map(|merged| &merged.renamed) {
            let name = (renamed.category, renamed.from.clone());
            new_ids.entry(name).or_default().push(&renamed.to);
        }
        for (name, new_ids) in new_ids {
            let text = format!(
                "conflicting id {} ({}): {} use it for different objects; renamed to {} here",
                name.1,
                name.0.name(),
                self.documents_with(&name),
                new_ids.join(" and ")
            );
            findings.push((Strength::May, text));
        }
        let differing = self.merged.iter().flat_map(|merged| &merged.differing);
        let differing = differing.map(|one| (one.category, one.local_id.clone()));
        for name in differing.collect::<BTreeSet<ObjectName>>() {
            let text = format!(
                "{} describe {} ({}) differently, though they have one source; the longer description is kept here, both are in the crates",
                self.documents_with(&name),
                name.1,
                name.0.name()
            );
            findings.push((Strength::May, text));
        }
        findings
    }

    /// The documents with an object, as the subject of a sentence.
    fn documents_with(&self, name: &ObjectName) -> String {
        let names = self.names.get(name).map_or(&[][..], Vec::as_slice);
        match names {
            [] => "several documents".to_owned(),
            [name] => format!("several documents named {name}"),
            [one, other] => format!("{one} and {other}"),
            [one, other, more @ ..] => format!("{one}, {other} and {} more", more.len()),
        }
    }
}

/// A finding for each entity that two crates contradict each other about, by the names that users know them by. Both descriptions
/// are in the crate; only one of two contents of a file can be right.
pub fn contradictions(
    split: &[SplitEntity],
    crate_index: &CrateIndex<'_>,
) -> Vec<(Strength, String)> {
    let name = |key: &String| match crate_index.place(key) {
        Some(place) => crate_index[place].known_as.to_owned(),
        None => "this crate".to_owned(),
    };
    let findings = split.iter().map(|SplitEntity { id, new_id, keys }| {
        let is_content = EntityId::of(id).is_some_and(EntityId::is_certain);
        let strength = if is_content {
            Strength::Should
        } else {
            Strength::May
        };
        let crates = match keys.each_ref().map(name) {
            [one, other] if one == other => format!("two crates of {one}"),
            [one, other] => format!("{one} and {other}"),
        };
        let text = format!(
            "{crates} describe {id} differently; both descriptions are kept, the second as {new_id}"
        );
        (strength, text)
    });
    findings.collect()
}

/// The digests of a file at hand.
pub fn digests(bytes: &[u8]) -> Digests {
    let mut digester = Digester::new(false);
    digester.update(bytes);
    digester.finish()
}

/// The crates whose documents are merged.
struct MergeParts<'m> {
    /// Those of which the source tracks are taken, with these.
    by_crate: BTreeMap<CrateId, Vec<&'m DescribedFile>>,
    /// Those of which all is taken.
    wholes: BTreeSet<CrateId>,
}

impl<'m> MergeParts<'m> {
    fn of(met: &BTreeSet<FileId>, crate_index: &'m CrateIndex<'_>) -> Self {
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
        let is_wanted = |result: &&DescribedFile| {
            let mut sources = result.made_of.iter();
            sources.any(|id| !described.contains(id.as_str()))
        };
        let wholes = results.into_iter().filter(is_wanted);
        let wholes = wholes.map(|result| result.indexed).collect();
        MergeParts { by_crate, wholes }
    }

    /// What users call the documents that have these objects, each name once.
    fn names(
        &self,
        wanted: &BTreeSet<ObjectName>,
        crate_index: &CrateIndex<'_>,
    ) -> HashMap<ObjectName, Vec<String>> {
        let mut names: HashMap<ObjectName, Vec<String>> = HashMap::new();
        if wanted.is_empty() {
            return names;
        }
        let categories: BTreeSet<Category> = wanted.iter().map(|(category, _)| *category).collect();
        let crates: BTreeSet<CrateId> = self.by_crate.keys().chain(&self.wholes).copied().collect();
        for place in crates {
            let indexed = &crate_index[place];
            // What cannot be read has a finding of its own.
            let Some(Ok(document)) = indexed.document.map(|document| document.document()) else {
                continue;
            };
            for category in &categories {
                let objects = document.list(*category).iter();
                let ids = objects.filter_map(|object| object.member("local_id"));
                for id in ids.filter_map(|id| id.as_str().map(str::to_owned)) {
                    let name = (*category, id);
                    let name_of_crate = indexed.known_as.to_owned();
                    if wanted.contains(&name) {
                        let known = names.entry(name).or_default();
                        if !known.contains(&name_of_crate) {
                            known.push(name_of_crate);
                        }
                    }
                }
            }
        }
        names.values_mut().for_each(|names| names.sort());
        names
    }
}

/// The merged document, and a finding for each document that cannot be read. No document if none of the crates has one.
fn merged(
    merge_parts: &MergeParts<'_>,
    crate_index: &CrateIndex<'_>,
    date: &str,
) -> (Option<Merged>, Vec<String>) {
    let of = |place: CrateId| crate_index[place].document;
    let parts = merge_parts
        .by_crate
        .iter()
        .filter_map(|(place, described_files)| {
            let file = of(*place)?;
            Some(file.document().map(|document| {
                let positions = positions(&document, described_files);
                (!positions.is_empty()).then(|| part(document, file.sha256(), &positions, date))
            }))
        });
    let wholes = merge_parts.wholes.iter().filter_map(|place| {
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

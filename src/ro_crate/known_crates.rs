//! The crates that a user gives to look in, with the names that the user knows them by.

use std::collections::{BTreeSet, HashMap};

use super::crate_archive::CrateArchive;
use super::crate_builder::NestedCrate;
use super::metadata_file::MetadataFile;
use crate::ro_crate::crate_index::{CrateIndex, IndexedCrate, LazyDocument};

/// Crates by name.
#[derive(Debug, Default)]
pub struct KnownCrates {
    /// Those that could be read; the name of one that the tool made of a track is that of the document.
    pub read: Vec<(String, CrateArchive)>,
    /// A finding for each of the others: its name, and why it cannot be read.
    pub unreadable: Vec<String>,
    /// The keys of those that the tool made itself.
    pub(in crate::ro_crate) made: BTreeSet<String>,
}

impl KnownCrates {
    /// Adds crates that the tool made itself, each once.
    pub fn add_made(&mut self, crates: Vec<(String, CrateArchive)>) {
        let known = self.read.iter().map(|(_, crate_)| crate_.key.clone());
        let mut known: BTreeSet<String> = known.collect();
        for (name, crate_) in crates {
            if known.insert(crate_.key.clone()) {
                self.made.insert(crate_.key.clone());
                self.read.push((name, crate_));
            }
        }
    }

    /// The crates that were given or fetched: all but those that the tool made.
    pub fn given(&self) -> impl Iterator<Item = &(String, CrateArchive)> {
        let all = self.read.iter();
        all.filter(|(_, crate_)| !self.made.contains(&crate_.key))
    }

    /// An index of the crates, and of those that they were made of.
    pub fn index(&self) -> CrateIndex<'_> {
        let mut indexed = Vec::new();
        for (known_as, crate_) in &self.read {
            let keys = crate_.metadata_files.iter().map(|file| file.key.as_str());
            let keys: Vec<&str> = keys.filter(|key| *key != crate_.key).collect();
            for file in &crate_.metadata_files {
                let is_own = file.key == crate_.key;
                let document = crate_.document.as_ref().filter(|_| is_own);
                indexed.push(IndexedCrate {
                    key: &file.key,
                    name: &file.name,
                    known_as,
                    metadata: file,
                    summary: &file.summary,
                    document: document.map(|document| document as &dyn LazyDocument),
                    ancestors: if is_own { keys.clone() } else { Vec::new() },
                });
            }
        }
        CrateIndex::new(indexed)
    }

    /// The keys of the light crates, which can be nested in another crate with all their files.
    pub fn light(&self) -> BTreeSet<&str> {
        let light = self.read.iter().filter(|(_, crate_)| crate_.is_light);
        light.map(|(_, crate_)| crate_.key.as_str()).collect()
    }

    /// The crates by their keys, to be nested in others.
    pub fn to_nest(&self) -> CratesToNest<'_> {
        let crates = || self.read.iter().map(|(_, crate_)| crate_);
        let files = crates().flat_map(|crate_| &crate_.metadata_files);
        CratesToNest {
            metadata: files.map(|file| (file.key.as_str(), file)).collect(),
            light: crates()
                .filter(|crate_| crate_.is_light)
                .map(|crate_| (crate_.key.as_str(), crate_))
                .collect(),
        }
    }

    /// What the user should know of the crates: those that cannot be read, invalid entities, and crates whose metadata are
    /// withheld since they hold credentials.
    pub fn findings(&self) -> Vec<String> {
        let mut findings = self.unreadable.clone();
        for (name, crate_) in &self.read {
            let files = crate_.metadata_files.iter();
            let faults = files.flat_map(|file| &file.findings);
            findings.extend(faults.map(|fault| format!("{name}: {fault}")));
            findings.extend(crate_.withheld.iter().map(|inner| {
                format!(
                    "{name}: the metadata of {inner} contain credentials; neither used nor copied"
                )
            }));
        }
        findings
    }
}

/// Crates by their keys.
pub struct CratesToNest<'c> {
    metadata: HashMap<&'c str, &'c MetadataFile>,
    light: HashMap<&'c str, &'c CrateArchive>,
}

impl<'c> CratesToNest<'c> {
    /// The metadata of crates, given by their keys.
    pub fn metadata<'k>(&self, keys: impl Iterator<Item = &'k str>) -> Vec<NestedCrate<'c>> {
        let files = keys.filter_map(|key| self.metadata.get(key).copied());
        files.map(NestedCrate::of).collect()
    }

    /// Crates, given by their keys; of light ones all files.
    pub fn whole<'k>(&self, keys: impl Iterator<Item = &'k str>) -> Vec<NestedCrate<'c>> {
        let nested = self.metadata(keys).into_iter();
        nested
            .map(|nested| match self.light.get(nested.key()) {
                Some(light) => nested.with_files(light.nested_files()),
                None => nested,
            })
            .collect()
    }
}

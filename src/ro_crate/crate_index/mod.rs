//! The crates to look in, and an index of all files that they tell of.

mod summary;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::merge::Graph;
use crate::archive::digest::DigestFunction;
use crate::fairtracks::document::Document;
use crate::ro_crate::credits::Credit;
pub use summary::{CrateSummary, DescribedFile};

/// Something that a FAIRtracks document can be had of, which is read when it is needed.
pub trait LazyDocument: Sync {
    /// The document.
    ///
    /// # Errors
    /// Why it cannot be read, with the name of its crate.
    fn document(&self) -> Result<Document, String>;
    /// The SHA-256 of its file, in hexadecimal digits.
    fn sha256(&self) -> &str;
}

/// A crate on the shelf.
#[derive(Clone)]
pub struct IndexedCrate<'c> {
    /// 16 hexadecimal digits, the beginning of the SHA-256 of its metadata file.
    pub key: &'c str,
    /// The name of its root.
    pub name: &'c str,
    /// Its metadata.
    pub metadata: &'c dyn Graph,
    /// What they tell of.
    pub told: &'c CrateSummary,
    /// Its FAIRtracks document; only crates that were given have theirs, those that they were made of have not.
    pub document: Option<&'c dyn LazyDocument>,
    /// The keys of the crates that it was made of, as far as they are on the shelf.
    pub ancestors: Vec<&'c str>,
}

/// The crates, by key, and what they tell of.
#[derive(Default)]
pub struct CrateIndex<'c> {
    crates: Vec<IndexedCrate<'c>>,
    described_files: Vec<DescribedFile>,
    by_key: HashMap<&'c str, usize>,
    by_sha256: HashMap<String, Vec<usize>>,
    by_checksum: HashMap<(DigestFunction, String), Vec<usize>>,
    by_uuid: HashMap<String, Vec<usize>>,
    by_address: HashMap<String, Vec<usize>>,
    by_element_identifier: HashMap<String, Vec<usize>>,
    by_tag: HashMap<String, Vec<usize>>,
    by_id: HashMap<String, Vec<usize>>,
}

/// The beginning of the identifiers that are Galaxy's names for bytes.
pub const UUID: &str = "urn:uuid:";

impl<'c> CrateIndex<'c> {
    /// Puts crates on the shelf, each once; of two with one key the one with its document.
    pub fn new(mut crates: Vec<IndexedCrate<'c>>) -> Self {
        crates.sort_by_key(|indexed| (indexed.key, indexed.document.is_none()));
        crates.dedup_by_key(|indexed| indexed.key);
        let mut crate_index = CrateIndex {
            by_key: crates.iter().enumerate().map(|(n, c)| (c.key, n)).collect(),
            ..CrateIndex::default()
        };
        for (number, indexed) in crates.iter().enumerate() {
            crate_index.index(number, indexed.told);
        }
        crate_index.crates = crates;
        crate_index
    }

    /// The crates in the order of their keys.
    pub fn crates(&self) -> &[IndexedCrate<'c>] {
        &self.crates
    }

    /// The place of the crate of a key.
    pub fn place(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// The places of all crates that tell of some files, by the files' places: their own crates, and those that these were
    /// made of.
    pub fn needed(&self, described_files: &BTreeSet<usize>) -> Vec<usize> {
        let mut places: BTreeSet<usize> = BTreeSet::new();
        for described_file in described_files {
            let place = self.described_files[*described_file].indexed;
            if places.insert(place) {
                let keys = self.crates[place].ancestors.iter();
                places.extend(keys.filter_map(|key| self.place(key)));
            }
        }
        places.into_iter().collect()
    }

    /// The licence that the crate at a place states: its address and its name.
    pub fn licence(&self, place: usize) -> Option<(&str, &str)> {
        let stated = self.crates.get(place)?.told.licence.as_ref()?;
        Some((&stated.0, &stated.1))
    }

    /// The licence of the crates at some places, where those that state one agree.
    pub fn agreed_licence(&self, places: &[usize]) -> Option<Credit> {
        let stated: BTreeMap<&str, &str> = places
            .iter()
            .filter_map(|place| self.licence(*place))
            .collect();
        let only = stated.iter().next().filter(|_| stated.len() == 1);
        only.map(|(id, name)| Credit {
            id: (*id).to_owned(),
            name: (*name).to_owned(),
        })
    }

    /// All files that crates are about.
    pub fn described_files(&self) -> &[DescribedFile] {
        &self.described_files
    }

    /// The files with these bytes.
    pub fn with_sha256(&self, hexadecimal: &str) -> &[usize] {
        found(&self.by_sha256, &hexadecimal.to_ascii_lowercase())
    }

    /// The files of which a provider or a crate gives a checksum.
    pub fn with_checksum(&self, function: DigestFunction, hexadecimal: &str) -> &[usize] {
        let key = (function, hexadecimal.to_ascii_lowercase());
        self.by_checksum.get(&key).map_or(&[], Vec::as_slice)
    }

    /// The functions of the checksums that the crates give.
    pub fn digest_functions(&self) -> Vec<DigestFunction> {
        let functions = self.by_checksum.keys().map(|(function, _)| *function);
        let each: BTreeSet<DigestFunction> = functions.collect();
        each.into_iter().collect()
    }

    /// The files that Galaxy knew by a name of their bytes.
    pub fn with_uuid(&self, uuid: &str) -> &[usize] {
        found(&self.by_uuid, uuid)
    }

    /// The files from an address.
    pub fn with_address(&self, address: &str) -> &[usize] {
        found(&self.by_address, address)
    }

    /// The files that Galaxy called by an element identifier.
    pub fn with_element_identifier(&self, identifier: &str) -> &[usize] {
        found(&self.by_element_identifier, identifier)
    }

    /// The files that Galaxy gave a name tag.
    pub fn with_tag(&self, tag: &str) -> &[usize] {
        found(&self.by_tag, tag)
    }

    /// The files of an id in folded graphs.
    pub fn with_id(&self, id: &str) -> &[usize] {
        found(&self.by_id, id)
    }

    fn index(&mut self, number: usize, told: &CrateSummary) {
        for described_file in &told.described_files {
            let place = self.described_files.len();
            let put = |map: &mut HashMap<String, Vec<usize>>, key: &str| {
                if !key.is_empty() {
                    map.entry(key.to_owned()).or_default().push(place);
                }
            };
            for sum in &described_file.sha256 {
                put(&mut self.by_sha256, sum);
            }
            for checksum in &described_file.checksums {
                let places = self.by_checksum.entry(checksum.clone()).or_default();
                places.push(place);
            }
            for uuid in &described_file.uuids {
                put(&mut self.by_uuid, uuid);
            }
            for address in &described_file.addresses {
                put(&mut self.by_address, address);
            }
            if described_file.is_source {
                match described_file.element_identifier.as_str() {
                    // A crate that never was in Galaxy: the import would have called the track by its id.
                    "" => described_file
                        .identifiers
                        .iter()
                        .for_each(|id| put(&mut self.by_element_identifier, id)),
                    identifier => put(&mut self.by_element_identifier, identifier),
                }
                put(&mut self.by_tag, &described_file.name_tag);
            }
            put(&mut self.by_id, &described_file.id);
            self.described_files.push(DescribedFile {
                indexed: number,
                ..described_file.clone()
            });
        }
    }
}

fn found<'m>(map: &'m HashMap<String, Vec<usize>>, key: &str) -> &'m [usize] {
    if key.is_empty() {
        &[]
    } else {
        map.get(key).map_or(&[], Vec::as_slice)
    }
}

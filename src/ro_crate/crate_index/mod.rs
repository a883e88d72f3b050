//! The crates of a run, and an index of all files that they describe.

mod summary;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Index;

use super::common_entities::Ancestor;
use super::merge::{CratePart, Graph};
use crate::archive::digest::DigestFunction;
use crate::fairtracks::document::Document;
use crate::ro_crate::credits::Credit;
pub use summary::{CrateSummary, DescribedFile};

/// A FAIRtracks document that is read when it is needed.
pub trait LazyDocument: Sync {
    /// The document.
    ///
    /// # Errors
    /// Why it cannot be read, with the name of its crate.
    fn document(&self) -> Result<Document, String>;
    /// The SHA-256 of its file, in hexadecimal digits.
    fn sha256(&self) -> &str;
}

/// The position of a crate in its [`CrateIndex`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CrateId(usize);

/// The position of a described file in its [`CrateIndex`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(usize);

/// A crate in the index.
#[derive(Clone)]
pub struct IndexedCrate<'c> {
    /// 16 hexadecimal digits, the beginning of the SHA-256 of its metadata file.
    pub key: &'c str,
    /// The name of its root.
    pub name: &'c str,
    /// What users call it, or the document that a tool made it of.
    pub known_as: &'c str,
    /// Its metadata.
    pub metadata: &'c dyn Graph,
    /// The files that it describes, and its licence.
    pub summary: &'c CrateSummary,
    /// Its FAIRtracks document: that of an input crate; crates inside an input crate have none.
    pub document: Option<&'c dyn LazyDocument>,
    /// The keys of the crates that it was made of, as far as they are in the index.
    pub ancestors: Vec<&'c str>,
}

/// The crates by key, and the files that they describe by what identifies them.
#[derive(Default)]
pub struct CrateIndex<'c> {
    crates: Vec<IndexedCrate<'c>>,
    described_files: Vec<DescribedFile>,
    by_key: HashMap<&'c str, CrateId>,
    by_sha256: HashMap<String, Vec<FileId>>,
    by_checksum: HashMap<(DigestFunction, String), Vec<FileId>>,
    by_uuid: HashMap<String, Vec<FileId>>,
    by_address: HashMap<String, Vec<FileId>>,
    by_element_identifier: HashMap<String, Vec<FileId>>,
    by_tag: HashMap<String, Vec<FileId>>,
    by_id: HashMap<String, Vec<FileId>>,
}

/// The prefix of identifiers that are UUIDs of Galaxy's datasets.
pub const UUID: &str = "urn:uuid:";

impl<'c> CrateIndex<'c> {
    /// Indexes crates, each once; of two with one key the one with its document.
    pub fn new(mut crates: Vec<IndexedCrate<'c>>) -> Self {
        crates.sort_by_key(|indexed| (indexed.key, indexed.document.is_none()));
        crates.dedup_by_key(|indexed| indexed.key);
        let mut crate_index = CrateIndex {
            by_key: crates
                .iter()
                .enumerate()
                .map(|(place, indexed)| (indexed.key, CrateId(place)))
                .collect(),
            ..CrateIndex::default()
        };
        for (number, indexed) in crates.iter().enumerate() {
            crate_index.add(CrateId(number), indexed.summary);
        }
        crate_index.crates = crates;
        crate_index
    }

    /// The crates in the order of their keys.
    pub fn crates(&self) -> &[IndexedCrate<'c>] {
        &self.crates
    }

    /// The crate of a key.
    pub fn place(&self, key: &str) -> Option<CrateId> {
        self.by_key.get(key).copied()
    }

    /// All crates that describe some files: their own crates, and those that these were made of.
    pub fn needed(&self, described_files: &BTreeSet<FileId>) -> Vec<CrateId> {
        let mut places: BTreeSet<CrateId> = BTreeSet::new();
        for described_file in described_files {
            let place = self[*described_file].indexed;
            if places.insert(place) {
                let keys = self[place].ancestors.iter();
                places.extend(keys.filter_map(|key| self.place(key)));
            }
        }
        places.into_iter().collect()
    }

    /// Some crates as those that a crate was made of.
    pub fn ancestors(&self, places: &[CrateId]) -> Vec<Ancestor> {
        let crates = places.iter().map(|place| &self[*place]);
        let ancestors = crates.map(|indexed| Ancestor {
            key: indexed.key.to_owned(),
            name: indexed.name.to_owned(),
        });
        ancestors.collect()
    }

    /// Some crates to be merged; `whole` are the keys of those whose files are all carried on.
    pub fn parts(&self, places: &[CrateId], whole: &BTreeSet<&str>) -> Vec<CratePart<'c>> {
        let crates = places.iter().map(|place| &self[*place]);
        let parts = crates.map(|indexed| CratePart {
            key: indexed.key,
            metadata: indexed.metadata,
            is_whole: whole.contains(indexed.key),
        });
        parts.collect()
    }

    /// The licence of some crates, if those that state one agree, and state it by an address.
    pub fn agreed_licence(&self, places: &[CrateId]) -> Option<Credit> {
        match self.stated_licences(places).as_slice() {
            [only] if only.id.starts_with("http") => Some((*only).clone()),
            _ => None,
        }
    }

    /// The licences that some crates state, each once, by id.
    pub fn stated_licences(&self, places: &[CrateId]) -> Vec<&'c Credit> {
        let stated = places
            .iter()
            .filter_map(|place| self[*place].summary.licence.as_ref());
        let stated: BTreeMap<&str, &Credit> = stated
            .map(|licence| (licence.id.as_str(), licence))
            .collect();
        stated.into_values().collect()
    }

    /// The tracks that the crate of a key describes.
    pub fn sources_of(&self, key: &str) -> Vec<FileId> {
        let Some(place) = self.place(key) else {
            return Vec::new();
        };
        let files = self.crates[place.0].summary.described_files.iter();
        let with_ids = files.flat_map(|file| self.with_id(&file.id)).copied();
        let own: BTreeSet<FileId> = with_ids
            .filter(|file| self[*file].indexed == place && self[*file].is_source)
            .collect();
        own.into_iter().collect()
    }

    /// All files that crates describe.
    pub fn described_files(&self) -> &[DescribedFile] {
        &self.described_files
    }

    /// The files with these bytes.
    pub fn with_sha256(&self, hexadecimal: &str) -> &[FileId] {
        found(&self.by_sha256, &hexadecimal.to_ascii_lowercase())
    }

    /// The files for which a provider or a crate states this checksum.
    pub fn with_checksum(&self, function: DigestFunction, hexadecimal: &str) -> &[FileId] {
        let key = (function, hexadecimal.to_ascii_lowercase());
        self.by_checksum.get(&key).map_or(&[], Vec::as_slice)
    }

    /// The functions of the checksums that the crates state.
    pub fn digest_functions(&self) -> Vec<DigestFunction> {
        let functions = self.by_checksum.keys().map(|(function, _)| *function);
        let each: BTreeSet<DigestFunction> = functions.collect();
        each.into_iter().collect()
    }

    /// The files with the UUID of a dataset of Galaxy.
    pub fn with_uuid(&self, uuid: &str) -> &[FileId] {
        found(&self.by_uuid, uuid)
    }

    /// The files that were downloaded from an address.
    pub fn with_address(&self, address: &str) -> &[FileId] {
        found(&self.by_address, address)
    }

    /// The files with an element identifier in Galaxy.
    pub fn with_element_identifier(&self, identifier: &str) -> &[FileId] {
        found(&self.by_element_identifier, identifier)
    }

    /// The files with a name tag in Galaxy.
    pub fn with_tag(&self, tag: &str) -> &[FileId] {
        found(&self.by_tag, tag)
    }

    /// The files with an id in merged graphs.
    pub fn with_id(&self, id: &str) -> &[FileId] {
        found(&self.by_id, id)
    }

    fn add(&mut self, place: CrateId, summary: &CrateSummary) {
        for described_file in &summary.described_files {
            let file = FileId(self.described_files.len());
            let put = |map: &mut HashMap<String, Vec<FileId>>, key: &str| {
                if !key.is_empty() {
                    map.entry(key.to_owned()).or_default().push(file);
                }
            };
            for sum in &described_file.sha256 {
                put(&mut self.by_sha256, sum);
            }
            for checksum in &described_file.checksums {
                let files = self.by_checksum.entry(checksum.clone()).or_default();
                files.push(file);
            }
            for uuid in &described_file.uuids {
                put(&mut self.by_uuid, uuid);
            }
            for address in &described_file.addresses {
                put(&mut self.by_address, address);
            }
            if described_file.is_source {
                // In a crate that never was in Galaxy, the import would have named the track by its id.
                let identifier = described_file.element_identifier.as_ref();
                let names = identifier.map_or(&*described_file.identifiers, std::slice::from_ref);
                for name in names {
                    put(&mut self.by_element_identifier, name);
                }
                described_file
                    .name_tag
                    .iter()
                    .for_each(|tag| put(&mut self.by_tag, tag));
            }
            put(&mut self.by_id, &described_file.id);
            self.described_files.push(DescribedFile {
                indexed: place,
                ..described_file.clone()
            });
        }
    }
}

impl Index<FileId> for CrateIndex<'_> {
    type Output = DescribedFile;

    /// The described file of an id of this index.
    fn index(&self, file: FileId) -> &DescribedFile {
        &self.described_files[file.0]
    }
}

impl<'c> Index<CrateId> for CrateIndex<'c> {
    type Output = IndexedCrate<'c>;

    /// The crate of an id of this index.
    fn index(&self, place: CrateId) -> &IndexedCrate<'c> {
        &self.crates[place.0]
    }
}

fn found<'m>(map: &'m HashMap<String, Vec<FileId>>, key: &str) -> &'m [FileId] {
    if key.is_empty() {
        &[]
    } else {
        map.get(key).map_or(&[], Vec::as_slice)
    }
}

//! Which files crates describe: predicted by what is known before a file is read, found by its SHA-256 after that.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::archive::digest::Sha256Sum;
use crate::galaxy::dataset_file::DatasetFile;
use crate::ro_crate::crate_index::{CrateIndex, DescribedFile, FileId};

/// What is known of a file before it is read.
#[derive(Debug, Clone, Copy)]
pub struct Unread<'f> {
    /// What its collection calls it.
    pub element_identifier: &'f str,
    /// Galaxy's name for its bytes; empty outside of Galaxy.
    pub uuid: &'f str,
    /// The size, in bytes.
    pub bytes: u64,
}

/// Predicts the SHA-256 of files, which has to be compared when they are read.
pub struct HashPredictor<'s> {
    crate_index: &'s CrateIndex<'s>,
    by_identifier: HashMap<&'s str, Vec<&'s DescribedFile>>,
    by_size: BTreeMap<u64, BTreeSet<Sha256Sum>>,
}

impl<'s> HashPredictor<'s> {
    /// Indexes the files of the crates.
    pub fn new(crate_index: &'s CrateIndex<'s>) -> Self {
        let mut predictor = HashPredictor {
            crate_index,
            by_identifier: HashMap::new(),
            by_size: BTreeMap::new(),
        };
        for described_file in crate_index.described_files() {
            if let Some(identifier) = &described_file.element_identifier {
                predictor
                    .by_identifier
                    .entry(identifier)
                    .or_default()
                    .push(described_file);
            }
            if let (Some(size), Some(sum)) = (described_file.size, described_file.content) {
                predictor.by_size.entry(size).or_default().insert(sum);
            }
        }
        predictor
    }

    /// The SHA-256 that a file should have: by Galaxy's name for its bytes, else by its element identifier, else by its
    /// size, where that leaves one only.
    pub fn predict(&self, file: &Unread<'_>) -> Option<Sha256Sum> {
        let by_uuid = self
            .crate_index
            .with_uuid(file.uuid)
            .iter()
            .map(|place| &self.crate_index[*place]);
        let by_size = || {
            let sums = self.by_size.get(&file.bytes)?;
            sums.first().copied().filter(|_| sums.len() == 1)
        };
        only(by_uuid, file.bytes)
            .or_else(|| only(self.named(file.element_identifier), file.bytes))
            .or_else(by_size)
    }

    /// Whether a crate describes a file of this element identifier.
    pub fn knows_the_name(&self, element_identifier: &str) -> bool {
        self.named(element_identifier).next().is_some()
    }

    fn named(&self, element_identifier: &str) -> impl Iterator<Item = &'s DescribedFile> {
        let found = self.by_identifier.get(element_identifier);
        found.into_iter().flatten().copied()
    }
}

/// The one SHA-256 of files that may have this size.
fn only<'s>(
    described_files: impl Iterator<Item = &'s DescribedFile>,
    bytes: u64,
) -> Option<Sha256Sum> {
    let fitting = described_files
        .filter(|described_file| described_file.size.is_none_or(|size| size == bytes));
    let sums: BTreeSet<Sha256Sum> = fitting
        .filter_map(|described_file| described_file.content)
        .collect();
    sums.first().copied().filter(|_| sums.len() == 1)
}

/// The described file of each file; `None` if no crate describes it. If crates describe one content as several things, such
/// as a track and a result that is a copy of it, names decide, and each thing is taken once first.
pub fn matches(files: &[DatasetFile], crate_index: &CrateIndex<'_>) -> Vec<Option<FileId>> {
    let mut taken: HashSet<&str> = HashSet::new();
    files
        .iter()
        .map(|file| {
            let places = crate_index.with_sha256(&file.digests.sha256.hexadecimal());
            let own = places
                .iter()
                .copied()
                .filter(|place| crate_index[*place].content == Some(file.digests.sha256));
            let likeness = |place: &FileId| {
                let described_file = &crate_index[*place];
                let has_name = |name: &str| !name.is_empty() && described_file.name == name;
                let has_uuid = described_file.uuids.contains(&file.uuid);
                let is_another = !described_file.uuids.is_empty() && !has_uuid;
                (
                    !file.uuid.is_empty() && has_uuid,
                    // Another dataset with the same bytes has a UUID of its own.
                    file.uuid.is_empty() || !is_another,
                    described_file.element_identifier.as_ref() == Some(&file.element_identifier),
                    has_name(&file.name),
                    !taken.contains(described_file.id.as_str()),
                    described_file.is_source,
                    Reverse(*place),
                )
            };
            let found = own.max_by_key(likeness)?;
            taken.insert(&crate_index[found].id);
            Some(found)
        })
        .collect()
}

/// All described files that files are or were derived from.
pub fn met(matches: &[Option<FileId>], crate_index: &CrateIndex<'_>) -> BTreeSet<FileId> {
    let mut met: BTreeSet<FileId> = BTreeSet::new();
    for place in matches.iter().flatten() {
        // Descriptions of the same thing in other crates count as well.
        met.extend(crate_index.with_id(&crate_index[*place].id));
        for source in &crate_index[*place].made_of {
            met.extend(crate_index.with_id(source));
        }
    }
    met
}

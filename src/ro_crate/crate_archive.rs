//! A crate that is looked in for what it knows: all that it tells, without its data.

use std::io::{Read, Seek};

use super::content_digests;
use super::crate_zip::{CrateError, MetadataFile, MetadataFiles, document_bytes, lineage};
use crate::archive::digest::Sha256Sum;
use crate::archive::gate::{Archive, ArchiveLimits};
use crate::archive::paths::path_of_id;
use crate::fairtracks::document::Document;
use crate::fairtracks::document_json;
use crate::ro_crate::common_entities::INPUTS;
use crate::ro_crate::crate_index::{CrateIndex, IndexedCrate, LazyDocument};
use crate::ro_crate::{Crate, METADATA_FILE, PREVIEW_FILE, ROOT};

/// How large the page of a crate may be, in bytes.
const LARGEST_PAGE: u64 = 1 << 28;

/// What a crate knows.
#[derive(Debug)]
pub struct KnownCrate {
    /// The key of its own metadata, which are the first of its files unless they are withheld.
    pub key: String,
    /// The metadata files: that of the crate itself, then those of the crates that it was made of.
    pub files: Vec<MetadataFile>,
    /// Its FAIRtracks document, where it has one.
    pub document: Option<DocumentFile>,
    /// The names of crates whose metadata hold credentials, which keeps them out of every other crate.
    pub withheld: Vec<String>,
    /// The page, where it was asked for and the crate has one.
    pub page: Option<Vec<u8>>,
    /// Whether metadata, document, page and the metadata of the crates that it was made of are all of the crate, as is so
    /// of light crates.
    pub is_light: bool,
}

/// A FAIRtracks document as the bytes of its file, read when it is needed.
#[derive(Debug)]
pub struct DocumentFile {
    bytes: Vec<u8>,
    sha256: String,
    path: String,
    crate_: String,
}

impl LazyDocument for DocumentFile {
    fn document(&self) -> Result<Document, String> {
        document_json::read(&self.bytes)
            .map_err(|error| format!("{} in the crate `{}`: {error}", self.path, self.crate_))
    }

    fn sha256(&self) -> &str {
        &self.sha256
    }
}

impl DocumentFile {
    /// Its path in the crate.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl KnownCrate {
    /// Reads what a crate knows.
    ///
    /// # Errors
    /// What is wrong with it, and in which file of it.
    pub fn read(reader: impl Read + Seek) -> Result<Self, CrateError> {
        KnownCrate::read_parts(reader, false)
    }

    /// The same with its page, so that a light crate can be carried on whole.
    ///
    /// # Errors
    /// As of [`KnownCrate::read`].
    pub fn read_with_page(reader: impl Read + Seek) -> Result<Self, CrateError> {
        KnownCrate::read_parts(reader, true)
    }

    fn read_parts(reader: impl Read + Seek, with_page: bool) -> Result<Self, CrateError> {
        let mut archive = Archive::open(reader, &ArchiveLimits::default())?;
        let (own, metadata) = MetadataFile::new(archive.read_metadata()?)?;
        let document = document_bytes(&mut archive, &metadata)?.map(|(path, bytes)| DocumentFile {
            sha256: Sha256Sum::of(&bytes).hexadecimal(),
            bytes,
            path,
            crate_: own.name.clone(),
        });
        let key = own.key.clone();
        let page = match with_page && archive.contains(PREVIEW_FILE) {
            true => Some(archive.read(PREVIEW_FILE, LARGEST_PAGE)?),
            false => None,
        };
        let document_path = document.as_ref().map(|document| document.path.as_str());
        let is_light =
            has_no_more(&archive, document_path) && tells_of_no_more(&metadata, document_path);
        let MetadataFiles {
            mut files,
            withheld,
        } = lineage(&mut archive, own, &metadata)?;
        for file in files.iter_mut().filter(|file| file.key == key) {
            let damaged = content_digests::add(&mut archive, &mut file.told.described_files);
            file.findings.extend(damaged);
        }
        Ok(KnownCrate {
            key,
            files,
            document,
            withheld,
            page,
            is_light,
        })
    }
}

/// Whether a crate has no files but its metadata, its page, its document, and the metadata of the crates that it was made of.
fn has_no_more<R: Read + Seek>(archive: &Archive<R>, document: Option<&str>) -> bool {
    archive.names().all(|name| {
        let earlier = name
            .strip_prefix(INPUTS)
            .and_then(|rest| rest.split_once('/'));
        name == METADATA_FILE
            || name == PREVIEW_FILE
            || document == Some(name)
            || name.ends_with('/')
            || earlier.is_some_and(|(_, file)| file == METADATA_FILE)
    })
}

/// Whether the metadata of a crate tell of no file or folder in it but the document.
fn tells_of_no_more(metadata: &Crate, document: Option<&str>) -> bool {
    let root = metadata.root().map_or(ROOT, |root| &root.id);
    metadata.entities().iter().all(|entity| {
        let is_inside = || path_of_id(&entity.id).ok();
        !(entity.is("File") || entity.is("Dataset"))
            || entity.id == root
            || entity.id.starts_with(INPUTS)
            || entity.id == METADATA_FILE
            || is_inside().is_none_or(|path| document == Some(&path))
    })
}

/// A shelf with crates, given with the names that users know them by, and with those that they were made of.
pub fn crate_index(known: &[(String, KnownCrate)]) -> CrateIndex<'_> {
    let mut indexed = Vec::new();
    for (_, crate_) in known {
        let keys: Vec<&str> = crate_
            .files
            .iter()
            .map(|file| file.key.as_str())
            .filter(|key| *key != crate_.key)
            .collect();
        for file in &crate_.files {
            let is_own = file.key == crate_.key;
            indexed.push(IndexedCrate {
                key: &file.key,
                name: &file.name,
                metadata: file,
                told: &file.told,
                document: crate_
                    .document
                    .as_ref()
                    .filter(|_| is_own)
                    .map(|file| file as &dyn LazyDocument),
                ancestors: if is_own { keys.clone() } else { Vec::new() },
            });
        }
    }
    CrateIndex::new(indexed)
}

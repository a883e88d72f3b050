//! RO-Crates in zip archives, read through the gate: the metadata, the FAIRtracks document, and the payload.

use std::collections::{BTreeSet, HashMap};
use std::io::{Cursor, Read, Seek};
use std::sync::OnceLock;

use super::content_digests;
use super::crate_builder::{CrateBuilder, NestedCrate};
use super::crate_error::CrateError;
use super::documented_builds;
use super::metadata_file::{MetadataFile, nested_file, read_with_ancestors};
use crate::archive::digest::Sha256Sum;
use crate::archive::gate::Archive;
use crate::archive::limits::ArchiveLimits;
use crate::archive::paths::path_of_id;
use crate::fairtracks::document::Document;
use crate::fairtracks::document_json;
use crate::ro_crate::common_entities::INPUTS;
use crate::ro_crate::crate_index::LazyDocument;
use crate::ro_crate::credits::Credit;
use crate::ro_crate::merge::Graph as _;
use crate::ro_crate::restorable::{Restorable, restorable};
use crate::ro_crate::tracks::{self, TrackPayload};
use crate::ro_crate::{Crate, METADATA_FILE, PREVIEW_FILE, ROOT};
use crate::text::json::JsonKind;

/// The most bytes that the page of a crate may have.
const LARGEST_PAGE: u64 = 1 << 28;

/// How much of a crate is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CrateDetail {
    /// The metadata and the FAIRtracks document.
    Metadata,
    /// The page as well, so that the crate can be nested in another one with all its files.
    Page,
}

/// A crate that was read from a zip archive. `P` is its payload: the open archive, or `()` where the archive was closed.
#[derive(Debug)]
pub struct CrateArchive<P = ()> {
    /// The key of its own metadata file, which is the first of the files unless it is withheld.
    pub key: String,
    /// The metadata files: that of the crate itself, then those of the crates that it was made of.
    pub metadata_files: Vec<MetadataFile>,
    /// The names of the crates whose metadata hold credentials, and are therefore not copied into other crates.
    pub withheld: Vec<String>,
    /// The FAIRtracks document.
    pub document: Option<DocumentFile>,
    /// The page, where it was asked for and the crate has one.
    pub page: Option<Vec<u8>>,
    /// Whether the crate has no files but metadata, document and page, as light crates have not.
    pub is_light: bool,
    /// The archive, to copy files out of it.
    pub payload: P,
}

/// What a crate says of its tracks.
#[derive(Debug)]
pub struct CrateTracks {
    /// The FAIRtracks document of the crate, or where it has none one that is made of its files.
    pub document: Document,
    /// For each track of the document the file in the archive that holds it, if there is one.
    pub payloads: Vec<Option<TrackPayload>>,
    /// The files that Galaxy had before and can have back.
    pub restorable: Vec<Restorable>,
    /// The licence that the crate states, by its address.
    pub licence: Option<Credit>,
}

/// A FAIRtracks document as the bytes of its file, parsed when it is needed.
#[derive(Debug)]
pub struct DocumentFile {
    path: String,
    bytes: Vec<u8>,
    sha256: OnceLock<String>,
    /// The name of the crate.
    crate_name: String,
}

impl LazyDocument for DocumentFile {
    fn document(&self) -> Result<Document, String> {
        document_json::read(&self.bytes)
            .map_err(|error| format!("{} in the crate `{}`: {error}", self.path, self.crate_name))
    }

    fn sha256(&self) -> &str {
        let sha256 = || Sha256Sum::of(&self.bytes).hexadecimal();
        self.sha256.get_or_init(sha256)
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

/// Whether bytes begin as those of a zip archive do.
pub fn is_zip(first: &[u8]) -> bool {
    first.starts_with(b"PK")
}

impl CrateArchive {
    /// Reads a crate for what it describes, and closes the archive. Files in it without a SHA-256 in the metadata are hashed.
    ///
    /// # Errors
    /// What is wrong with it, and in which file of it.
    pub fn read(reader: impl Read + Seek, detail: CrateDetail) -> Result<Self, CrateError> {
        let (mut open, metadata) = CrateArchive::opened(reader)?;
        let archive = &mut open.payload;
        if detail == CrateDetail::Page && archive.contains(PREVIEW_FILE) {
            open.page = Some(archive.read(PREVIEW_FILE, LARGEST_PAGE)?);
        }
        let own = open.metadata_files.iter_mut();
        for file in own.filter(|file| file.key == open.key) {
            let damaged = content_digests::add(archive, &mut file.summary.described_files);
            file.findings.extend(damaged);
            if let Some(document) = &open.document {
                documented_builds::add(&mut file.summary.described_files, document);
            }
        }
        // Hashed here, where crates are read in parallel.
        let document = open.document.as_ref().map(|document| {
            document.sha256();
            document.path()
        });
        Ok(CrateArchive {
            is_light: has_no_more(archive, document) && describes_no_more(&metadata, document),
            payload: (),
            key: open.key,
            metadata_files: open.metadata_files,
            withheld: open.withheld,
            document: open.document,
            page: open.page,
        })
    }

    /// The files of the crate besides its metadata, for a crate that it is nested in: its document and its page.
    pub fn nested_files(&self) -> Vec<(&str, &[u8])> {
        let document = self.document.as_ref();
        let document = document.map(|document| (document.path(), document.bytes()));
        let page = self.page.as_deref().map(|page| (PREVIEW_FILE, page));
        document.into_iter().chain(page).collect()
    }
}

impl<R: Read + Seek> CrateArchive<Archive<R>> {
    /// Opens a crate to take tracks out of it.
    ///
    /// # Errors
    /// What is wrong with it, and in which file of it.
    pub fn open(reader: R) -> Result<(Self, CrateTracks), CrateError> {
        let (mut open, metadata) = CrateArchive::opened(reader)?;
        let document = match open.document.take() {
            Some(DocumentFile { path, bytes, .. }) => {
                document_json::read(&bytes).map_err(|error| CrateError::Document { path, error })?
            }
            None => tracks::document_of_files(&metadata).ok_or(CrateError::NoTracks)?,
        };
        let is_there = |path: &str| open.payload.contains(path);
        let tracks = CrateTracks {
            payloads: tracks::payloads(&metadata, &document, is_there),
            restorable: restorable(&metadata, is_there),
            licence: metadata.licence(),
            document,
        };
        Ok((open, tracks))
    }

    /// The one way into a crate: its metadata files and its document, with the graph of its own metadata.
    fn opened(reader: R) -> Result<(Self, Crate), CrateError> {
        let mut archive = Archive::open(reader, &ArchiveLimits::default())?;
        let (own, metadata) = MetadataFile::new(archive.read_metadata()?)?;
        let path = tracks::document_path(&metadata).filter(|path| archive.contains(path));
        let document = match path {
            Some(path) => Some(DocumentFile {
                bytes: archive.read(&path, JsonKind::Document.limit().bytes)?,
                path,
                sha256: OnceLock::new(),
                crate_name: own.name.clone(),
            }),
            None => None,
        };
        let key = own.key.clone();
        let metadata_files = read_with_ancestors(&mut archive, own, &metadata)?;
        let open = CrateArchive {
            key,
            metadata_files: metadata_files.files,
            withheld: metadata_files.withheld,
            document,
            page: None,
            is_light: false,
            payload: archive,
        };
        Ok((open, metadata))
    }

    /// The light crate that is nested in the crate with all its files, as it was before it was put there; none where files of it
    /// are missing.
    ///
    /// # Errors
    /// What is wrong with its files.
    pub fn light_crate(&mut self, key: &str) -> Result<Option<Vec<u8>>, CrateError> {
        let files = &self.metadata_files;
        let by_key: HashMap<&str, usize> = files.iter().map(|file| &*file.key).zip(0..).collect();
        let Some(own) = by_key.get(key).map(|place| &files[*place]) else {
            return Ok(None);
        };
        let folder = format!("{INPUTS}{key}/");
        let metadata = own.graph();
        let document_path = tracks::document_path(&metadata);
        let mut document = None;
        if let Some(path) = &document_path {
            let inside = format!("{folder}{path}");
            if !self.payload.contains(&inside) {
                return Ok(None);
            }
            let most = JsonKind::Document.limit().bytes;
            document = Some((path, self.payload.read(&inside, most)?));
        }
        let page = format!("{folder}{PREVIEW_FILE}");
        let page = match self.payload.contains(&page) {
            true => {
                let most = ArchiveLimits::default().metadata_bytes;
                Some(self.payload.read(&page, most)?)
            }
            false => None,
        };
        let ancestors = metadata.entities().iter().filter_map(|entity| {
            let folder = entity.id.strip_prefix(INPUTS)?.strip_suffix('/')?;
            by_key.get(folder).copied().filter(|_| folder != key)
        });
        let ancestors: BTreeSet<usize> = ancestors.collect();
        let ancestors = ancestors
            .into_iter()
            .map(|place| NestedCrate::of(&files[place]));
        let nested: Vec<NestedCrate<'_>> = ancestors.collect();
        let writer = Cursor::new(Vec::new());
        let mut builder = CrateBuilder::new(writer, &own.bytes, &nested, None)?;
        if let Some((path, bytes)) = &document {
            builder.add(path, bytes)?;
        }
        Ok(Some(builder.finish(page.as_deref())?.into_inner()))
    }
}

/// Whether an archive has no files but the metadata, the page and the document of a crate, and the metadata of the crates that
/// it was made of.
fn has_no_more<R: Read + Seek>(archive: &Archive<R>, document: Option<&str>) -> bool {
    archive.names().all(|name| {
        name == METADATA_FILE
            || name == PREVIEW_FILE
            || document == Some(name)
            || name.ends_with('/')
            || nested_file(name).is_some_and(|(_, file)| file == METADATA_FILE)
    })
}

/// Whether the metadata of a crate describe no file or folder in it but the document.
fn describes_no_more(metadata: &Crate, document: Option<&str>) -> bool {
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

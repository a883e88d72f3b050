//! RO-Crates as zip archives: written in one pass, the metadata first; read through the gate.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::{Cursor, Read, Seek};

use thiserror::Error;

use super::metadata_json;
use crate::archive::digest::Sha256Sum;
use crate::archive::error::ArchiveError;
use crate::archive::gate::{Archive, ArchiveLimits};
use crate::archive::packer::{Compression, PackError, Packer};
use crate::archive::parallel_deflate;
use crate::fairtracks::document::Document;
use crate::fairtracks::document_json;
use crate::ro_crate::common_entities::INPUTS;
use crate::ro_crate::crate_index::CrateSummary;
use crate::ro_crate::credits::Credit;
use crate::ro_crate::merge::Graph;
use crate::ro_crate::restorable::{Restorable, restorable};
use crate::ro_crate::tracks::{self, TrackPayload};
use crate::ro_crate::{Crate, Entity, METADATA_FILE, PREVIEW_FILE};
use crate::text::json::JsonKind;
use crate::text::secrets;

/// Why a crate cannot be read.
#[derive(Debug, Error)]
pub enum CrateError {
    /// The archive is not let in.
    #[error(transparent)]
    Refused(#[from] ArchiveError),
    /// Its metadata cannot be read.
    #[error("{METADATA_FILE}: {0}")]
    Metadata(#[from] metadata_json::MetadataReadError),
    /// Its FAIRtracks document cannot be read.
    #[error("{path}: {error}")]
    Document {
        /// The path of the document.
        path: String,
        /// Why.
        error: document_json::DocumentReadError,
    },
    /// The metadata of a crate that it was made of cannot be read.
    #[error("{path}: {error}")]
    Ancestor {
        /// Their path.
        path: String,
        /// Why.
        error: metadata_json::MetadataReadError,
    },
    /// A crate that it was made of is in a folder that is named after other bytes.
    #[error(
        "{path}: found metadata whose SHA-256 begins with {found}, expected those that the folder is named after: they were changed, so ask for the crate again"
    )]
    OtherAncestor {
        /// The path of the metadata.
        path: String,
        /// 16 hexadecimal digits.
        found: String,
    },
    /// A crate in it cannot be packed again.
    #[error(transparent)]
    Packing(#[from] PackError),
    /// Its metadata say nothing of tracks.
    #[error(
        "found neither a FAIRtracks document nor files with an address in the crate, expected at least one track"
    )]
    NoTracks,
}

/// A crate with its own metadata file and those of the crates that it was made of.
#[derive(Debug)]
pub struct OpenCrate<R> {
    archive: Archive<R>,
    /// What the crate says of its tracks: its FAIRtracks document, or where it has none what its files make.
    pub document: Document,
    /// For each track of the document the file in the archive that holds it, if there is one.
    pub payloads: Vec<Option<TrackPayload>>,
    /// The files that go back into Galaxy as they were.
    pub restorable: Vec<Restorable>,
    /// The metadata files: that of the crate itself, then those of the crates that it was made of.
    pub lineage: Vec<MetadataFile>,
    /// Their places by their keys.
    places: HashMap<String, usize>,
    /// The licence that the crate states, by its address.
    pub licence: Option<Credit>,
    /// The crates whose metadata hold credentials, which keeps them out of every other crate.
    pub withheld: Vec<String>,
}

/// The metadata file of a crate, byte for byte, with all that makes sense with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetadataFile {
    /// 16 hexadecimal digits, the beginning of the SHA-256 of the bytes: the name of the crate inside others.
    pub key: String,
    /// The name of the crate's root.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What they tell of.
    pub told: CrateSummary,
    /// The faults of entities, by their places.
    pub findings: Vec<String>,
}

impl MetadataFile {
    /// The metadata file of these bytes, and the crate that they describe.
    ///
    /// # Errors
    /// What the bytes are instead.
    pub fn new(bytes: Vec<u8>) -> Result<(Self, Crate), metadata_json::MetadataReadError> {
        let (metadata, findings) = metadata_json::read_entities(&bytes)?;
        let name = metadata.root().and_then(|root| root.text("name"));
        let file = MetadataFile {
            key: Sha256Sum::of(&bytes).hexadecimal()[..16].to_owned(),
            name: name.unwrap_or("RO-Crate without a name").to_owned(),
            bytes,
            told: CrateSummary::default(),
            findings,
        };
        Ok((file, metadata))
    }
}

impl Graph for MetadataFile {
    fn graph(&self) -> Cow<'_, Crate> {
        // The bytes have been read before.
        let (graph, _) = metadata_json::read_entities(&self.bytes).unwrap_or_default();
        Cow::Owned(graph)
    }
}

/// Whether the metadata hold credentials, in an address, in text or as a named value.
fn has_credentials(metadata: &Crate) -> bool {
    let in_entity = |entity: &Entity| {
        !secrets::is_clean(&entity.id) || secrets::are_in_members(&entity.properties)
    };
    metadata.entities().iter().any(in_entity) || secrets::are_in_members(&metadata.further)
}

/// The licence of the root, where it is told by an address.
fn licence(metadata: &Crate) -> Option<Credit> {
    let (id, name) = metadata.licence()?;
    Some(Credit {
        id: id.to_owned(),
        name: name.to_owned(),
    })
}

/// The FAIRtracks document of a crate as bytes, with its path.
pub(super) fn document_bytes<R: Read + Seek>(
    archive: &mut Archive<R>,
    metadata: &Crate,
) -> Result<Option<(String, Vec<u8>)>, CrateError> {
    let path = tracks::document_path(metadata).filter(|path| archive.contains(path));
    let Some(path) = path else { return Ok(None) };
    let bytes = archive.read(&path, JsonKind::Document.limit().bytes)?;
    Ok(Some((path, bytes)))
}

/// Metadata files of a crate and of those that it was made of.
pub(super) struct MetadataFiles {
    /// That of the crate itself, then the others, each once.
    pub files: Vec<MetadataFile>,
    /// The names of the crates whose metadata hold credentials.
    pub withheld: Vec<String>,
}

/// Reads the metadata files of the crates that a crate was made of.
pub(super) fn lineage<R: Read + Seek>(
    archive: &mut Archive<R>,
    mut own: MetadataFile,
    metadata: &Crate,
) -> Result<MetadataFiles, CrateError> {
    let mut files: Vec<MetadataFile> = Vec::new();
    let mut withheld = Vec::new();
    let mut known = HashSet::new();
    let mut keep = |file: MetadataFile, metadata: &Crate| {
        if has_credentials(metadata) {
            withheld.push(file.name);
        } else if known.insert(file.key.clone()) {
            files.push(file);
        }
    };
    let is_ancestor = |name: &&str| {
        let inner = name
            .strip_prefix(INPUTS)
            .and_then(|rest| rest.split_once('/'));
        inner.is_some_and(|(_, file)| file == METADATA_FILE)
    };
    let ancestors: Vec<String> = archive
        .names()
        .filter(is_ancestor)
        .map(str::to_owned)
        .collect();
    let folders = ancestors.iter().filter_map(|name| name.split('/').nth(1));
    own.told = CrateSummary::of(&own.key, folders, metadata);
    keep(own, metadata);
    for name in ancestors {
        let bytes = archive.read(&name, ArchiveLimits::default().metadata_bytes)?;
        let (mut ancestor, metadata) =
            MetadataFile::new(bytes).map_err(|error| CrateError::Ancestor {
                path: name.clone(),
                error,
            })?;
        // The folder is named after the beginning of the sum, which makers of crates cut in different places.
        let folder = name.split('/').nth(1).unwrap_or_default();
        let is_sum = folder.len() >= 8 && folder.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_sum && !ancestor.key.starts_with(&folder[..folder.len().min(16)]) {
            let (path, found) = (name, ancestor.key);
            return Err(CrateError::OtherAncestor { path, found });
        }
        ancestor.told = CrateSummary::of(&ancestor.key, std::iter::empty(), &metadata);
        keep(ancestor, &metadata);
    }
    Ok(MetadataFiles { files, withheld })
}

impl<R: Read + Seek> OpenCrate<R> {
    /// Opens a crate to take tracks out of it.
    ///
    /// # Errors
    /// What is wrong with it, and in which file of it.
    pub fn open(reader: R) -> Result<Self, CrateError> {
        let mut archive = Archive::open(reader, &ArchiveLimits::default())?;
        let (own, metadata) = MetadataFile::new(archive.read_metadata()?)?;
        let document = match document_bytes(&mut archive, &metadata)? {
            Some((path, bytes)) => {
                document_json::read(&bytes).map_err(|error| CrateError::Document { path, error })?
            }
            None => tracks::document_of_files(&metadata).ok_or(CrateError::NoTracks)?,
        };
        let payloads = tracks::payloads(&metadata, &document, |path| archive.contains(path));
        let restorable = restorable(&metadata, |path| archive.contains(path));
        let licence = licence(&metadata);
        let MetadataFiles { files, withheld } = lineage(&mut archive, own, &metadata)?;
        Ok(OpenCrate {
            archive,
            document,
            payloads,
            restorable,
            places: files
                .iter()
                .enumerate()
                .map(|(place, file)| (file.key.clone(), place))
                .collect(),
            lineage: files,
            licence,
            withheld,
        })
    }

    /// A light crate that lies in the crate as a whole, as it was before it was put there; none where it is not whole.
    ///
    /// # Errors
    /// What is wrong with its files.
    pub fn light_crate(&mut self, key: &str) -> Result<Option<Vec<u8>>, CrateError> {
        let folder = format!("{INPUTS}{key}/");
        let Some(own) = self.places.get(key).map(|place| &self.lineage[*place]) else {
            return Ok(None);
        };
        let metadata = own.graph();
        let path = tracks::document_path(&metadata);
        let mut document = None;
        if let Some(path) = path {
            let inside = format!("{folder}{path}");
            if !self.archive.contains(&inside) {
                return Ok(None);
            }
            document = Some((
                path,
                self.archive
                    .read(&inside, JsonKind::Document.limit().bytes)?,
            ));
        }
        let page = format!("{folder}{PREVIEW_FILE}");
        let preview = match self.archive.contains(&page) {
            true => Some(
                self.archive
                    .read(&page, ArchiveLimits::default().metadata_bytes)?,
            ),
            false => None,
        };
        let places = metadata.entities().iter().filter_map(|entity| {
            let folder = entity.id.strip_prefix(INPUTS)?.strip_suffix('/')?;
            let place = self.places.get(folder).copied()?;
            (folder != key).then_some(place)
        });
        let places: BTreeSet<usize> = places.collect();
        let lineage: Vec<&MetadataFile> = places
            .into_iter()
            .map(|place| &self.lineage[place])
            .collect();
        let packed = pack(LightCrate {
            metadata: &own.bytes,
            preview: preview.as_deref(),
            document: document
                .as_ref()
                .map(|(path, bytes)| (path.as_str(), bytes.as_slice())),
            lineage: &lineage,
        });
        Ok(Some(packed?))
    }

    /// The archive, to take files out of it.
    pub fn archive(&mut self) -> &mut Archive<R> {
        &mut self.archive
    }
}

/// The files of a light crate.
#[derive(Debug, Clone, Copy)]
pub struct LightCrate<'c> {
    /// The metadata.
    pub metadata: &'c [u8],
    /// The page; none where the metadata, which it has to hold, are too many.
    pub preview: Option<&'c [u8]>,
    /// The FAIRtracks document, and where it is in the crate; none where nothing is known of tracks.
    pub document: Option<(&'c str, &'c [u8])>,
    /// The metadata of the crates that it was made of.
    pub lineage: &'c [&'c MetadataFile],
}

/// Packs a light crate.
///
/// # Errors
/// As of [`Packer`]; of memory nothing can go wrong but its end.
pub fn pack(files: LightCrate<'_>) -> Result<Vec<u8>, PackError> {
    let mut lineage = files.lineage.to_vec();
    lineage.sort_by(|one, other| one.key.cmp(&other.key));
    let items = lineage.iter().flat_map(|ancestor| {
        let folder = format!("{INPUTS}{}", ancestor.key);
        let name = format!("{folder}/{METADATA_FILE}");
        [(folder, None), (name, Some(ancestor.bytes.as_slice()))]
    });
    let items = items.collect();
    // The metadata and what goes along are packed at the same time.
    let (apart, packer) = std::thread::scope(|scope| {
        let apart = scope.spawn(|| parallel_deflate::pack(items));
        let packer = Packer::new(Cursor::new(Vec::new()), files.metadata);
        (apart.join(), packer)
    });
    let mut packer = packer?;
    if let Some((path, document)) = files.document {
        packer.add(path, document, Compression::Deflate)?;
    }
    if let Ok(apart) = apart {
        packer.add_apart(apart?)?;
    }
    // Last, as Galaxy refuses to upload an archive that has HTML among its first two files.
    if let Some(preview) = files.preview {
        packer.add(PREVIEW_FILE, preview, Compression::Deflate)?;
    }
    Ok(packer.finish()?.into_inner())
}

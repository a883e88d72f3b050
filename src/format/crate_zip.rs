//! RO-Crates as zip archives: written in one pass, the metadata first; read through the gate.

use std::io::{Cursor, Read, Seek};

use thiserror::Error;

use super::{fairtracks_json, ro_crate_json};
use crate::archive::gate::{Archive, Limits};
use crate::archive::packer::{Compression, PackError, Packer};
use crate::archive::refusal::Refusal;
use crate::model::digest::Sha256Sum;
use crate::model::document::Document;
use crate::model::ro_crate::tracks::{self, Payload};
use crate::model::ro_crate::{METADATA_FILE, PREVIEW_FILE};

/// Where the crates are that a crate was made of, each in a folder of its own.
const INPUTS: &str = "inputs/";
/// How large the FAIRtracks document in a crate may be, in bytes.
const LARGEST_DOCUMENT: u64 = 1 << 30;

/// Why a crate cannot be read.
#[derive(Debug, Error)]
pub enum CrateError {
    /// The archive is not let in.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Its metadata cannot be read.
    #[error("{METADATA_FILE}: {0}")]
    Metadata(#[from] ro_crate_json::ReadError),
    /// Its FAIRtracks document cannot be read.
    #[error("{path}: {error}")]
    Document {
        /// The path of the document.
        path: String,
        /// Why.
        error: fairtracks_json::ReadError,
    },
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
    pub payloads: Vec<Option<Payload>>,
    /// The metadata files: that of the crate itself, then those of the crates that it was made of.
    pub lineage: Vec<MetadataFile>,
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
}

impl MetadataFile {
    /// The metadata file of these bytes.
    ///
    /// # Errors
    /// What the bytes are instead.
    pub fn new(bytes: Vec<u8>) -> Result<Self, ro_crate_json::ReadError> {
        let metadata = ro_crate_json::read(&bytes)?;
        let name = metadata.read.root().and_then(|root| root.text("name"));
        Ok(MetadataFile {
            key: Sha256Sum::of(&bytes).hexadecimal()[..16].to_owned(),
            name: name.unwrap_or("RO-Crate without a name").to_owned(),
            bytes,
        })
    }
}

impl<R: Read + Seek> OpenCrate<R> {
    /// Opens a crate to take tracks out of it.
    ///
    /// # Errors
    /// What is wrong with it, and in which file of it.
    pub fn open(reader: R) -> Result<Self, CrateError> {
        let mut archive = Archive::open(reader, &Limits::default())?;
        let bytes = archive.read_metadata()?;
        let metadata = ro_crate_json::read(&bytes)?.read;
        let document = match tracks::document_path(&metadata).filter(|path| archive.contains(path))
        {
            Some(path) => {
                let bytes = archive.read(&path, LARGEST_DOCUMENT)?;
                fairtracks_json::read(&bytes)
                    .map_err(|error| CrateError::Document { path, error })?
            }
            None => tracks::document_of_files(&metadata).ok_or(CrateError::NoTracks)?,
        };
        let payloads = tracks::payloads(&metadata, &document, |path| archive.contains(path));
        let mut lineage = vec![MetadataFile::new(bytes)?];
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
        for name in ancestors {
            let bytes = archive.read(&name, Limits::default().metadata_bytes)?;
            let ancestor = MetadataFile::new(bytes)?;
            if lineage.iter().all(|known| known.key != ancestor.key) {
                lineage.push(ancestor);
            }
        }
        Ok(OpenCrate {
            archive,
            document,
            payloads,
            lineage,
        })
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
    /// The page.
    pub preview: &'c [u8],
    /// The FAIRtracks document, and where it is in the crate.
    pub document: (&'c str, &'c [u8]),
    /// The metadata of the crates that it was made of.
    pub lineage: &'c [MetadataFile],
}

/// Packs a light crate.
///
/// # Errors
/// As of [`Packer`]; of memory nothing can go wrong but its end.
pub fn pack(files: LightCrate<'_>) -> Result<Vec<u8>, PackError> {
    let mut packer = Packer::new(Cursor::new(Vec::new()), files.metadata)?;
    packer.add(files.document.0, files.document.1, Compression::Deflate)?;
    let mut lineage: Vec<&MetadataFile> = files.lineage.iter().collect();
    lineage.sort_by(|one, other| one.key.cmp(&other.key));
    for ancestor in lineage {
        let folder = format!("{INPUTS}{}", ancestor.key);
        packer.add_folder(&folder)?;
        let name = format!("{folder}/{METADATA_FILE}");
        packer.add(&name, &ancestor.bytes, Compression::Deflate)?;
    }
    // Last, as Galaxy refuses to upload an archive that has HTML among its first two files.
    packer.add(PREVIEW_FILE, files.preview, Compression::Deflate)?;
    Ok(packer.finish()?.into_inner())
}

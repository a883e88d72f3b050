//! The metadata files of a crate: its own, and those of the crates that it was made of.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{Read, Seek};

use super::crate_error::CrateError;
use super::metadata_json::{self, MetadataReadError};
use crate::archive::digest::Sha256Sum;
use crate::archive::gate::Archive;
use crate::archive::limits::ArchiveLimits;
use crate::ro_crate::common_entities::INPUTS;
use crate::ro_crate::crate_index::CrateSummary;
use crate::ro_crate::merge::Graph;
use crate::ro_crate::{Crate, Entity, METADATA_FILE};
use crate::text::secrets;

/// The metadata file of a crate, byte for byte, with what was read from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetadataFile {
    /// The first 16 hexadecimal digits of the SHA-256 of the bytes: the name of the crate inside others.
    pub key: String,
    /// The name of the crate's root.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The files that the crate describes.
    pub summary: CrateSummary,
    /// A finding for each invalid entity, with its JSON pointer.
    pub findings: Vec<String>,
}

impl MetadataFile {
    /// Reads a metadata file; returns it with the graph in it.
    ///
    /// # Errors
    /// The bytes are no JSON, or have no graph.
    pub fn new(bytes: Vec<u8>) -> Result<(Self, Crate), MetadataReadError> {
        let (metadata, findings) = metadata_json::read_entities(&bytes)?;
        let name = metadata.root().and_then(|root| root.text("name"));
        let file = MetadataFile {
            key: Sha256Sum::of(&bytes).hexadecimal()[..16].to_owned(),
            name: name.unwrap_or("RO-Crate without a name").to_owned(),
            bytes,
            summary: CrateSummary::default(),
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

/// Metadata files without credentials, and the crates that have some.
pub(super) struct MetadataFiles {
    /// That of the crate itself, then those of the crates that it was made of, each once.
    pub files: Vec<MetadataFile>,
    /// The names of the crates whose metadata hold credentials.
    pub withheld: Vec<String>,
}

impl MetadataFiles {
    fn add(&mut self, known: &mut HashSet<String>, file: MetadataFile, metadata: &Crate) {
        if has_credentials(metadata) {
            self.withheld.push(file.name);
        } else if known.insert(file.key.clone()) {
            self.files.push(file);
        }
    }
}

/// The metadata file of a crate, and those in the archive of the crates that it was made of.
///
/// # Errors
/// Metadata of such a crate that cannot be read, or that do not match the name of their folder.
pub(super) fn read_with_ancestors<R: Read + Seek>(
    archive: &mut Archive<R>,
    mut own: MetadataFile,
    metadata: &Crate,
) -> Result<MetadataFiles, CrateError> {
    let ancestors: Vec<String> = archive
        .names()
        .filter(|name| nested_file(name).is_some_and(|(_, file)| file == METADATA_FILE))
        .map(str::to_owned)
        .collect();
    let folders = ancestors.iter().filter_map(|name| nested_file(name));
    let folders = folders.map(|(folder, _)| folder);
    own.summary = CrateSummary::of(&own.key, folders, metadata);
    let mut known = HashSet::new();
    let mut files = MetadataFiles {
        files: Vec::new(),
        withheld: Vec::new(),
    };
    files.add(&mut known, own, metadata);
    for path in ancestors {
        let bytes = archive.read(&path, ArchiveLimits::default().metadata_bytes)?;
        let (mut ancestor, metadata) = match MetadataFile::new(bytes) {
            Ok(read) => read,
            Err(error) => return Err(CrateError::Ancestor { path, error }),
        };
        // The folder is named after the beginning of the SHA-256, whose length differs among makers of crates.
        let folder = nested_file(&path).map_or("", |(folder, _)| folder);
        let is_sum = folder.len() >= 8 && folder.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_sum && !ancestor.key.starts_with(&folder[..folder.len().min(16)]) {
            let found = ancestor.key;
            return Err(CrateError::OtherAncestor { path, found });
        }
        ancestor.summary = CrateSummary::of(&ancestor.key, std::iter::empty(), &metadata);
        files.add(&mut known, ancestor, &metadata);
    }
    Ok(files)
}

/// The folder of a nested crate and the path in it, of a file at `inputs/<folder>/<path>`.
pub(super) fn nested_file(path: &str) -> Option<(&str, &str)> {
    path.strip_prefix(INPUTS)?.split_once('/')
}

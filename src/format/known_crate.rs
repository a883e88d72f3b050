//! A crate that is looked in for what it knows: all that it tells, without its data.

use std::io::{Read, Seek};

use super::crate_zip::{CrateError, Lineage, MetadataFile, document_bytes, lineage};
use super::fairtracks_json;
use crate::archive::gate::{Archive, Limits};
use crate::model::digest::Sha256Sum;
use crate::model::document::Document;
use crate::model::ro_crate::shelf::{Described, Shelf, Shelved};

/// What a crate knows.
#[derive(Debug)]
pub struct KnownCrate {
    /// The key of its own metadata, which are the first of its files unless they are withheld.
    pub key: String,
    /// The metadata files: that of the crate itself, then those of the crates that it was made of.
    pub files: Vec<MetadataFile>,
    /// Its FAIRtracks document, where it has one.
    pub document: Option<DocumentFile>,
    /// The names of crates whose metadata hold credentials in an address, which keeps them out of every other crate.
    pub withheld: Vec<String>,
}

/// A FAIRtracks document as the bytes of its file, read when it is needed.
#[derive(Debug)]
pub struct DocumentFile {
    bytes: Vec<u8>,
    sha256: String,
    path: String,
    crate_: String,
}

impl Described for DocumentFile {
    fn document(&self) -> Result<Document, String> {
        fairtracks_json::read(&self.bytes)
            .map_err(|error| format!("{} in the crate `{}`: {error}", self.path, self.crate_))
    }

    fn sha256(&self) -> &str {
        &self.sha256
    }
}

impl KnownCrate {
    /// Reads what a crate knows.
    ///
    /// # Errors
    /// What is wrong with it, and in which file of it.
    pub fn read(reader: impl Read + Seek) -> Result<Self, CrateError> {
        let mut archive = Archive::open(reader, &Limits::default())?;
        let (own, metadata) = MetadataFile::new(archive.read_metadata()?)?;
        let document = document_bytes(&mut archive, &metadata)?.map(|(path, bytes)| DocumentFile {
            sha256: Sha256Sum::of(&bytes).hexadecimal(),
            bytes,
            path,
            crate_: own.name.clone(),
        });
        let key = own.key.clone();
        let Lineage { files, withheld } = lineage(&mut archive, own, &metadata)?;
        Ok(KnownCrate {
            key,
            files,
            document,
            withheld,
        })
    }
}

/// A shelf with crates, given with the names that users know them by, and with those that they were made of.
pub fn shelf(known: &[(String, KnownCrate)]) -> Shelf<'_> {
    let mut shelved = Vec::new();
    for (_, crate_) in known {
        let keys: Vec<&str> = crate_
            .files
            .iter()
            .map(|file| file.key.as_str())
            .filter(|key| *key != crate_.key)
            .collect();
        for file in &crate_.files {
            let is_own = file.key == crate_.key;
            shelved.push(Shelved {
                key: &file.key,
                name: &file.name,
                metadata: file,
                told: &file.told,
                document: crate_
                    .document
                    .as_ref()
                    .filter(|_| is_own)
                    .map(|file| file as &dyn Described),
                ancestors: if is_own { keys.clone() } else { Vec::new() },
            });
        }
    }
    Shelf::new(shelved)
}

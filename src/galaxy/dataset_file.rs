//! A dataset of Galaxy as a file: what a wrapper knows of it, and its digests.

use crate::archive::digest::Digests;

/// A result whose provenance is traced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatasetFile {
    /// The element identifier, or outside of collections the name, without private text.
    pub element_identifier: String,
    /// The same as it is, for Galaxy alone.
    pub given_identifier: String,
    /// The name in the history, without private text.
    pub name: String,
    /// Its datatype; empty where it is not known.
    pub extension: String,
    /// Galaxy's key of its genome; empty where it is not known.
    pub dbkey: String,
    /// Its tags, without anything private.
    pub tags: Vec<String>,
    /// The encoded id of its dataset; empty outside of Galaxy.
    pub id: String,
    /// Galaxy's name for its bytes; empty outside of Galaxy.
    pub uuid: String,
    /// The digests of its bytes, the MD5 among them.
    pub digests: Digests,
    /// The digests of what gzip packs in it, where it is packed.
    pub unpacked: Option<Digests>,
}

impl DatasetFile {
    /// The display name.
    pub fn label(&self) -> &str {
        match self.name.as_str() {
            "" => &self.element_identifier,
            name => name,
        }
    }

    /// Its id in its crate, which is made of its content.
    pub fn entity_id(&self) -> String {
        format!("#data-{}", &self.digests.sha256.hexadecimal()[..16])
    }
}

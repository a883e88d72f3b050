//! What the wrapper knows of the datasets whose story is wanted: a JSON list, one object a dataset, in their order.
//!
//! `[{"element_identifier": "…", "name": "…", "extension": "bed", "dbkey": "hg38", "tags": ["name:x"], "id": "…", "uuid": "…"}]`

use serde::Deserialize;

/// A dataset as Galaxy describes it; what is not known is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Described {
    /// What the collection calls it.
    pub element_identifier: String,
    /// What the history shows.
    #[serde(default)]
    pub name: String,
    /// Its datatype.
    #[serde(default)]
    pub extension: String,
    /// Galaxy's key of its genome.
    #[serde(default)]
    pub dbkey: String,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Its encoded id.
    #[serde(default)]
    pub id: String,
    /// Galaxy's name for its bytes.
    #[serde(default)]
    pub uuid: String,
}

/// Reads the list.
///
/// # Errors
/// What is wrong with the JSON.
pub fn read(bytes: &[u8]) -> Result<Vec<Described>, serde_json::Error> {
    serde_json::from_slice(bytes)
}

//! Descriptions of datasets written by the wrapper: a JSON list with one object per dataset, in their order.
//!
//! `[{"element_identifier": "…", "name": "…", "extension": "bed", "dbkey": "hg38", "tags": ["name:x"], "id": "…", "uuid": "…"}]`

use serde::Deserialize;

use crate::archive::digest::Digests;
use crate::galaxy::dataset_file::DatasetFile;
use crate::text::json::{self, JsonKind};
use crate::text::private_text::public_name;

/// A dataset as Galaxy describes it; what is not known is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct DescribedDataset {
    /// The element identifier.
    pub element_identifier: String,
    /// The name in the history.
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

impl DescribedDataset {
    /// The dataset as a file with these digests, and nothing private in what people call it.
    pub fn file(self, digests: Digests, unpacked: Option<Digests>) -> DatasetFile {
        DatasetFile {
            element_identifier: public_name(&self.element_identifier),
            given_identifier: self.element_identifier,
            name: public_name(&self.name),
            extension: self.extension,
            dbkey: self.dbkey,
            tags: self.tags.iter().map(|tag| public_name(tag)).collect(),
            id: self.id,
            uuid: self.uuid,
            digests,
            unpacked,
        }
    }
}

/// Reads the list.
///
/// # Errors
/// The JSON is invalid.
pub fn read(bytes: &[u8]) -> Result<Vec<DescribedDataset>, serde_json::Error> {
    json::typed(bytes, JsonKind::Metadata)
}

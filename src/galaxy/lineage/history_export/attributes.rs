//! Attributes in a history export, as far as lineage needs them. Any member may be missing or null.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value as Json;

use crate::galaxy::lineage::file_metadata::{FileHash, FileSource};
use crate::text::json;

/// A dataset of the history.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ExportedDataset {
    #[serde(deserialize_with = "json::value")]
    pub encoded_id: Json,
    /// Its number in the history, the only key before Galaxy 19.05.
    #[serde(deserialize_with = "json::value")]
    pub hid: Json,
    #[serde(deserialize_with = "json::value")]
    pub visible: Json,
    #[serde(deserialize_with = "json::value")]
    pub designation: Json,
    pub name: Option<String>,
    pub extension: Option<String>,
    pub dataset_uuid: Option<String>,
    /// The same before Galaxy 19.05.
    pub uuid: Option<String>,
    #[serde(deserialize_with = "json::value")]
    pub tags: Json,
    pub metadata: Option<ExportedMetadata>,
    pub file_metadata: Option<FileMetadata>,
    /// The datasets that it is a copy of, the nearest first.
    #[serde(deserialize_with = "json::values")]
    pub copied_from_history_dataset_association_id_chain: Option<Vec<Json>>,
}

/// Metadata of the datatype.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ExportedMetadata {
    /// A text, or a list of one.
    #[serde(deserialize_with = "json::value")]
    pub dbkey: Json,
}

/// Hashes and sources of the file.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct FileMetadata {
    pub hashes: Option<Vec<FileHash>>,
    pub sources: Option<Vec<FileSource>>,
}

/// A job.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ExportedJob {
    #[serde(deserialize_with = "json::value")]
    pub encoded_id: Json,
    pub tool_id: Option<String>,
    pub tool_version: Option<String>,
    pub galaxy_version: Option<String>,
    pub state: Option<String>,
    pub exit_code: Option<i64>,
    pub create_time: Option<String>,
    pub update_time: Option<String>,
    #[serde(deserialize_with = "json::members")]
    pub params: Option<BTreeMap<String, Json>>,
    pub input_dataset_mapping: Option<Mapping>,
    pub output_dataset_mapping: Option<Mapping>,
    /// Numbers of datasets by the names of inputs, before Galaxy 19.05.
    pub input_mapping: Option<BTreeMap<String, Json>>,
    /// Numbers of the datasets read, the only ones in the oldest exports.
    pub input_datasets: Option<Vec<Json>>,
    /// Numbers of the datasets made, before Galaxy 19.05.
    pub output_datasets: Option<Vec<Json>>,
}

/// Ids of datasets by the names of inputs or outputs.
pub(super) type Mapping = BTreeMap<String, Vec<Json>>;

/// A collection of the history, or one that a job had as its input.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Collection {
    pub collection: Option<Elements>,
    pub elements: Option<Vec<Element>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Elements {
    pub elements: Option<Vec<Element>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Element {
    pub element_identifier: Option<String>,
    pub hda: Option<Link>,
    pub child_collection: Option<Elements>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Link {
    #[serde(deserialize_with = "json::value")]
    pub encoded_id: Json,
    #[serde(deserialize_with = "json::value")]
    pub hid: Json,
}

/// A dataset that Galaxy made of another by itself, since a tool wanted another datatype.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Conversion {
    #[serde(deserialize_with = "json::value")]
    pub parent_hda: Json,
    #[serde(deserialize_with = "json::value")]
    pub hda: Json,
}

/// How many characters a name or an id has at most: as many as Galaxy's database keeps. A name stands in a lineage as often as it is
/// referred to, so that a longer one would fill the memory.
const LONGEST_NAME: usize = 255;

/// A name without what is too long for one.
pub(super) fn shortened(name: &str) -> &str {
    let end = name.char_indices().nth(LONGEST_NAME);
    end.map_or(name, |(end, _)| &name[..end])
}

/// An id; empty where there is none, and for a text that is too long for one.
pub(super) fn id(value: &Json) -> String {
    match value {
        Json::String(text) if text.len() > LONGEST_NAME => String::new(),
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// A text, or the first of a list of texts; empty where there is none.
pub(super) fn text(value: &Json) -> String {
    match value {
        Json::Array(items) => items.first().map(id).unwrap_or_default(),
        value => id(value),
    }
}

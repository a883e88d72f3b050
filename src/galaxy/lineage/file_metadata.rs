//! Hashes and sources of a dataset, as Galaxy's REST API and its exports write them.

use serde::Deserialize;
use serde_json::Value as Json;

use super::{DatasetSource, KnownHash};
use crate::text::json;

/// A hash.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct FileHash {
    hash_function: Option<String>,
    hash_value: Option<String>,
    /// A file beside the dataset that the hash is of.
    extra_files_path: Option<String>,
}

/// A source.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct FileSource {
    source_uri: Option<String>,
    extra_files_path: Option<String>,
    /// What was done to the bytes, a list of objects.
    #[serde(deserialize_with = "json::member")]
    transform: Option<Json>,
}

/// The hashes of the dataset itself.
pub(super) fn known_hashes(hashes: Option<Vec<FileHash>>) -> Vec<KnownHash> {
    let hashes = hashes.unwrap_or_default().into_iter();
    let own = hashes.filter(|hash| hash.extra_files_path.is_none());
    let known = own.map(|hash| {
        Some(KnownHash {
            function: hash.hash_function?,
            value: hash.hash_value?,
        })
    });
    known.flatten().collect()
}

/// The sources of the dataset itself.
pub(super) fn known_sources(sources: Option<Vec<FileSource>>) -> Vec<DatasetSource> {
    let sources = sources.unwrap_or_default().into_iter();
    let own = sources.filter(|source| source.extra_files_path.is_none());
    let known = own.filter_map(|source| {
        let done = source.transform.as_ref().and_then(Json::as_array);
        Some(DatasetSource {
            url: source.source_uri?,
            transformed: done.is_some_and(|done| !done.is_empty()),
            ..DatasetSource::default()
        })
    });
    known.collect()
}

//! Responses of Galaxy's REST API, as far as lineage needs them. Any member may be missing or null.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value as Json;

use crate::text::json;

use crate::galaxy::lineage::file_metadata::{FileHash, FileSource, known_hashes, known_sources};
use crate::galaxy::lineage::{HistoryDataset, Job, Port};

/// The prefix of library dataset ids, since a dataset in a history may have the same id.
pub(super) const OF_LIBRARY: &str = "library-";

/// The name of the crates among the outputs of the import.
const CRATES_OF_IMPORT: &str = "output_crates";

/// The start of the remark that a job was run with another version than that of the form, which follows in quotes.
const OTHER_VERSION: &str = "This job was run with tool version \"";
/// The remark that the form is of the version of the job, and a newer one is installed.
const NEWER_VERSION: &str = "There is a newer version of this tool available.";

/// The version of a Galaxy.
#[derive(Deserialize)]
pub(super) struct VersionAnswer {
    pub version_major: String,
    #[serde(default)]
    pub version_minor: Option<String>,
}

/// The user of a key.
#[derive(Deserialize)]
pub(super) struct UserAnswer {
    pub is_admin: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct DatasetAnswer {
    id: String,
    accessible: Option<bool>,
    uuid: Option<String>,
    hid: Option<u64>,
    name: Option<String>,
    extension: Option<String>,
    file_ext: Option<String>,
    genome_build: Option<String>,
    #[serde(deserialize_with = "json::member")]
    file_size: Option<Json>,
    #[serde(deserialize_with = "json::values")]
    tags: Option<Vec<Json>>,
    hashes: Option<Vec<FileHash>>,
    sources: Option<Vec<FileSource>>,
    creating_job: Option<String>,
    copied_from_history_dataset_association_id: Option<String>,
    copied_from_ldda_id: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct JobAnswer {
    id: String,
    tool_id: Option<String>,
    tool_version: Option<String>,
    state: Option<String>,
    create_time: Option<String>,
    update_time: Option<String>,
    exit_code: Option<i64>,
    #[serde(deserialize_with = "json::members")]
    params: Option<BTreeMap<String, Json>>,
    pub inputs: Option<BTreeMap<String, JobPort>>,
    pub outputs: Option<BTreeMap<String, JobPort>>,
    output_collections: Option<BTreeMap<String, JobPort>>,
}

/// A dataset or collection that a job read or made.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct JobPort {
    pub id: String,
    src: String,
    pub uuid: Option<String>,
}

/// A job in a list.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ListedJob {
    pub id: String,
}

/// The number of a dataset in its history.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct DatasetNumber {
    pub hid: Option<u64>,
}

/// A collection, as far as its elements are datasets.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct CollectionAnswer {
    pub elements: Option<Vec<ElementAnswer>>,
}

/// An element of a collection.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ElementAnswer {
    pub element_identifier: String,
    pub object: Option<ElementObject>,
}

/// The dataset of an element.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ElementObject {
    pub id: String,
    pub file_size: Option<u64>,
}

impl DatasetAnswer {
    /// Its id in Galaxy's list.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The dataset that was asked for; none if the answer is about nothing, or the user may not see it.
    pub fn dataset(self, asked: &str) -> Option<HistoryDataset> {
        if self.accessible == Some(false) || self.id.is_empty() {
            return None;
        }
        let library = self
            .copied_from_ldda_id
            .map(|id| format!("{OF_LIBRARY}{id}"));
        let copied_from = self.copied_from_history_dataset_association_id.or(library);
        let tags = self.tags.unwrap_or_default().into_iter();
        Some(HistoryDataset {
            id: asked.to_owned(),
            uuid: self.uuid.unwrap_or_default(),
            hid: self.hid,
            name: self.name.unwrap_or_default(),
            extension: self.extension.or(self.file_ext).unwrap_or_default(),
            dbkey: self.genome_build.unwrap_or_else(|| "?".to_owned()),
            element_identifier: String::new(),
            tags: tags
                .filter_map(|tag| tag.as_str().map(str::to_owned))
                .collect(),
            hashes: known_hashes(self.hashes),
            sources: known_sources(self.sources),
            size: self.file_size.and_then(|size| size.as_u64()),
            created_by: self.creating_job.filter(|job| !job.is_empty()),
            copied_from,
        })
    }
}

impl JobAnswer {
    /// The collection of crates, if the job made one as an import does.
    pub fn crates(&self) -> Option<String> {
        let collections = self.output_collections.as_ref()?;
        Some(collections.get(CRATES_OF_IMPORT)?.id.clone())
    }

    /// The job that was asked for; none if the answer is about nothing.
    pub fn job(self, asked: &str) -> Option<Job> {
        if self.id.is_empty() {
            return None;
        }
        let mut job = Job {
            id: asked.to_owned(),
            tool_id: self.tool_id.unwrap_or_default(),
            tool_name: String::new(),
            tool_version: self.tool_version.unwrap_or_default(),
            state: self.state.unwrap_or_default(),
            // Galaxy reports when the job was submitted, and when its record was last written.
            start: self.create_time,
            end: self.update_time,
            exit_code: self.exit_code,
            parameters: self
                .params
                .unwrap_or_default()
                .into_iter()
                .map(decoded)
                .collect(),
            inputs: ports(self.inputs),
            outputs: ports(self.outputs),
            citations: Vec::new(),
        };
        // The crates of an import describe it and everything before it.
        if job.is_import() {
            job.inputs.clear();
            job.parameters.clear();
        }
        Some(job)
    }
}

/// A parameter out of the JSON that each of them is packed in.
fn decoded((name, value): (String, Json)) -> (String, Json) {
    let inner = value.as_str().and_then(|text| json::parse(text).ok());
    (name, inner.unwrap_or(value))
}

fn ports(links: Option<BTreeMap<String, JobPort>>) -> Vec<Port> {
    let named = links.unwrap_or_default().into_iter();
    named
        .filter_map(|(name, link)| {
            let dataset = match link.src.as_str() {
                "hda" => link.id,
                "ldda" => format!("{OF_LIBRARY}{}", link.id),
                _ => return None,
            };
            Some(Port { name, dataset })
        })
        .collect()
}

/// A tool.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ToolAnswer {
    /// The name that Galaxy shows.
    pub name: Option<String>,
}

/// A citation of a tool.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct CitationAnswer {
    /// An entry of BibTeX.
    pub content: String,
}

/// The form to run a job again.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct RerunAnswer {
    version: Option<String>,
    pub versions: Option<Vec<String>>,
    /// What Galaxy remarks, such as that the form is of another version than the job.
    message: Option<String>,
}

impl RerunAnswer {
    /// The version of the tool that ran the job: that of the form, or the other one that the remark names.
    pub fn version_of_job(self) -> Option<String> {
        let message = self.message.unwrap_or_default();
        if let Some((_, rest)) = message.split_once(OTHER_VERSION) {
            let (version, _) = rest.split_once('"')?;
            return Some(version.to_owned());
        }
        let is_same = message.is_empty() || message == NEWER_VERSION;
        self.version.filter(|_| is_same)
    }
}

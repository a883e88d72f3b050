//! Lineage: the datasets of a Galaxy server, the jobs that derived them from each other, and their tools and parameters.
//!
//! Two producers give it in one shape: the REST API and an export of a history; files of a third are still read. What is private
//! is not in it: no path of a server, no e-mail address, no key, no content of a file. Every producer and reader ends in
//! [`Lineage::cleaned`], which sees to that.

mod ancestors;
pub mod api;
mod file_metadata;
pub mod history_export;
mod joined;
pub mod lineage_json;
mod parameters;
mod privacy;
mod result_dataset;
mod time;

pub use parameters::is_transfer_tool;

use crate::archive::digest::Sha256Sum;
use crate::text::json;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the shape; a reader refuses a higher one.
pub const VERSION: u64 = 1;

/// The ancestors of given datasets, back to their import into Galaxy or as far as access rights allow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lineage {
    /// The version of the shape, [`VERSION`].
    pub version: u64,
    /// The producer.
    pub producer: Producer,
    /// The Galaxy that it is of.
    #[serde(default)]
    pub galaxy: GalaxyServer,
    /// Whether nothing is missing.
    pub complete: bool,
    /// Where something is missing, and why.
    #[serde(default)]
    pub stopped: Vec<Stop>,
    /// The datasets, each once.
    #[serde(default)]
    pub datasets: Vec<HistoryDataset>,
    /// The jobs, each once.
    #[serde(default)]
    pub jobs: Vec<Job>,
    /// The ids of the datasets that were asked for, in the order of the inputs.
    #[serde(default)]
    pub leaves: Vec<String>,
    /// Seconds that the retrieval took, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
}

impl Lineage {
    /// An empty lineage of the current version, complete until something is missing.
    pub fn empty(producer: Producer) -> Self {
        Lineage {
            version: VERSION,
            producer,
            galaxy: GalaxyServer::default(),
            complete: true,
            stopped: Vec::new(),
            datasets: Vec::new(),
            jobs: Vec::new(),
            leaves: Vec::new(),
            seconds: None,
        }
    }
}

/// How lineage was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Producer {
    /// A wrapper of an earlier version read Galaxy's database while the job was prepared.
    Walk,
    /// The archive that Galaxy exports a history as.
    HistoryExport,
    /// Galaxy's REST API.
    Api,
}

/// A Galaxy.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct GalaxyServer {
    /// Its version, such as `26.1`; empty where it is not known.
    #[serde(default)]
    pub version: String,
}

/// A place where lineage ends too early.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// The id of the dataset or job that nothing more is known of; empty where it is all of it.
    #[serde(default)]
    pub at: String,
    /// Why.
    pub why: StopReason,
    /// Details without private text; mostly empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub said: String,
}

/// Why lineage ends too early.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StopReason {
    /// There was more than the producer looks at.
    Limit,
    /// The user may not see what comes before.
    Access,
    /// The producer could not go on.
    Error,
}

/// A dataset of Galaxy.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HistoryDataset {
    /// Its encoded id; a copy has an id of its own.
    pub id: String,
    /// Galaxy's name for the bytes, which copies share.
    #[serde(default)]
    pub uuid: String,
    /// Its number in the history as users see it, from 1; none where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hid: Option<u64>,
    /// The name in the history.
    #[serde(default)]
    pub name: String,
    /// Its datatype.
    #[serde(default)]
    pub extension: String,
    /// Galaxy's key of its genome; `?` where none is known.
    #[serde(default)]
    pub dbkey: String,
    /// The element identifier; empty outside of collections.
    #[serde(default)]
    pub element_identifier: String,
    /// Its tags, as `name:value`, `group:value` or `value`.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Hashes of its bytes that Galaxy knows.
    #[serde(default)]
    pub hashes: Vec<KnownHash>,
    /// The URLs that its bytes were downloaded from.
    #[serde(default)]
    pub sources: Vec<DatasetSource>,
    /// Bytes; none where they are not known.
    #[serde(default)]
    pub size: Option<u64>,
    /// The job that made it.
    #[serde(default)]
    pub created_by: Option<String>,
    /// The dataset that it is a copy of.
    #[serde(default)]
    pub copied_from: Option<String>,
}

/// A hash as Galaxy keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownHash {
    /// `MD5`, `SHA-1`, `SHA-256` or `SHA-512`.
    pub function: String,
    /// Hexadecimal digits.
    pub value: String,
}

/// A source URL.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DatasetSource {
    /// The address, without credentials.
    pub url: String,
    /// Whether Galaxy changed the bytes on their way in, such as line ends; it does not record a decompression.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub transformed: bool,
    /// Whether more than user name and password was left out, such as `token=…`: the address may be that of several files.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shortened: bool,
    /// The SHA-256 of the whole address where it was shortened. It stays in memory.
    #[serde(skip)]
    pub whole: Option<Sha256Sum>,
}

/// A run of a tool.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Job {
    /// Its encoded id.
    pub id: String,
    /// The tool: the id it has in the Tool Shed, or a short one.
    pub tool_id: String,
    /// The tool's name as Galaxy shows it; empty where it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tool_name: String,
    /// The tool's version; empty where it is not known.
    #[serde(default)]
    pub tool_version: String,
    /// `ok`, `error` or another state of Galaxy's.
    #[serde(default)]
    pub state: String,
    /// When it began, RFC 3339; none where that is not known.
    #[serde(default)]
    pub start: Option<String>,
    /// When it ended, RFC 3339.
    #[serde(default)]
    pub end: Option<String>,
    /// The exit code of its program.
    #[serde(default)]
    pub exit_code: Option<i64>,
    /// Parameters by their names in the form (`conditional|parameter`), limited to values that are certainly not private.
    #[serde(default, deserialize_with = "json::object")]
    pub parameters: BTreeMap<String, serde_json::Value>,
    /// The inputs.
    #[serde(default)]
    pub inputs: Vec<Port>,
    /// The outputs.
    #[serde(default)]
    pub outputs: Vec<Port>,
    /// The DOIs of the publications that its tool states, in the tool's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<String>,
}

impl Job {
    /// Whether it imported tracks with their metadata.
    pub fn is_import(&self) -> bool {
        self.tool_id
            .split('/')
            .any(|part| part == "fairtracks_import")
    }
}

/// A dataset as an input or output of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Port {
    /// The name in the tool's form, or of the output.
    pub name: String,
    /// The id of the dataset.
    pub dataset: String,
}

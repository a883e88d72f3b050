//! Removes private data from lineage of all producers.

use super::{
    DatasetSource, HistoryDataset, Job, KnownHash, Lineage, Port, Stop, StopReason, parameters,
    time,
};
use crate::archive::digest::Sha256Sum;
use crate::text::controls::is_hidden;
use crate::text::doi;
use crate::text::private_text::{is_public, public_name};
use crate::text::secrets;
use crate::text::shortened;

/// Where the addresses of bytes begin that others can use, too.
const SCHEMES: [&str; 7] = ["http", "https", "ftp", "ftps", "drs", "s3", "gs"];
/// The hashes that Galaxy keeps, and how many digits they have.
const HASHES: [(&str, usize); 4] = [
    ("MD5", 32),
    ("SHA-1", 40),
    ("SHA-256", 64),
    ("SHA-512", 128),
];
/// How many characters an id may have.
const LONGEST_ID: usize = 100;
/// How many characters the name of a tool may have; those of Galaxy's tools have about thirty.
const LONGEST_TOOL_NAME: usize = 120;
/// How many characters of a name are looked at, blanks included.
const LONGEST_TOOL_NAME_READ: usize = 1000;

impl Lineage {
    /// The lineage without anything private, in the one form that all producers share.
    ///
    /// Parameters are kept by what they are (booleans, numbers, short texts and lists of these), never by their names alone; a
    /// name that is a path keeps its last segment; times are RFC 3339 with `+00:00`. What has no usable id is gone, and the
    /// lineage is not complete then. To clean what is clean changes nothing.
    pub fn cleaned(mut self) -> Self {
        let before = self.datasets.len() + self.jobs.len();
        self.datasets.retain(|dataset| is_id(&dataset.id));
        self.jobs.retain(|job| is_id(&job.id));
        if self.datasets.len() + self.jobs.len() < before {
            self.stopped.push(Stop {
                at: String::new(),
                why: StopReason::Error,
                said: "invalid dataset or job ids".to_owned(),
            });
        }
        self.complete &= self.stopped.is_empty();
        self.galaxy.version = public_name(&self.galaxy.version);
        self.stopped = self.stopped.into_iter().map(stop).collect();
        self.datasets = self.datasets.into_iter().map(dataset).collect();
        self.jobs = self.jobs.into_iter().map(job).collect();
        for leaf in &mut self.leaves {
            *leaf = id(std::mem::take(leaf));
        }
        let is_length = |seconds: &f64| (0.0..1e9).contains(seconds);
        let seconds = self.seconds.filter(is_length);
        self.seconds = seconds.map(|seconds| (seconds * 1000.0).round() / 1000.0);
        self
    }
}

/// Whether a text is an id as Galaxy makes them, and nothing that somebody wrote.
fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= LONGEST_ID
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_.:".contains(c))
}

fn id(text: String) -> String {
    if is_id(&text) { text } else { String::new() }
}

fn stop(stop: Stop) -> Stop {
    let said = public_name(&stop.said);
    Stop {
        at: id(stop.at),
        why: stop.why,
        said: if is_public(&said) {
            said
        } else {
            String::new()
        },
    }
}

fn dataset(dataset: HistoryDataset) -> HistoryDataset {
    let is_uuid = dataset.uuid.len() <= 40
        && dataset
            .uuid
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    HistoryDataset {
        id: dataset.id,
        uuid: if is_uuid {
            dataset.uuid.to_ascii_lowercase()
        } else {
            String::new()
        },
        hid: dataset.hid,
        name: public_name(&dataset.name),
        extension: public_name(&dataset.extension),
        dbkey: public_name(&dataset.dbkey),
        element_identifier: public_name(&dataset.element_identifier),
        tags: names(&dataset.tags),
        hashes: dataset.hashes.into_iter().filter_map(hash).collect(),
        sources: dataset.sources.into_iter().filter_map(source).collect(),
        size: dataset.size,
        created_by: dataset.created_by.filter(|id| is_id(id)),
        copied_from: dataset.copied_from.filter(|id| is_id(id)),
    }
}

fn names(given: &[String]) -> Vec<String> {
    let names = given.iter().map(|name| public_name(name));
    names.filter(|name| !name.is_empty()).collect()
}

fn hash(hash: KnownHash) -> Option<KnownHash> {
    let (function, digits) = HASHES
        .iter()
        .find(|(function, _)| *function == hash.function)?;
    let is_hash =
        hash.value.len() == *digits && hash.value.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| KnownHash {
        function: (*function).to_owned(),
        value: hash.value.to_ascii_lowercase(),
    })
}

impl DatasetSource {
    /// The source at an address, whose credentials are left out.
    pub fn at(address: &str) -> Self {
        let whole = secrets::shortened(address);
        DatasetSource {
            url: secrets::redacted(address),
            transformed: false,
            shortened: whole.is_some(),
            whole: whole.map(|whole| Sha256Sum::of(whole.as_bytes())),
        }
    }

    /// The text that identifies the address when sources are compared; none where too little of the address is known.
    pub fn identity(&self) -> Option<String> {
        match (self.shortened, self.whole) {
            (false, _) => Some(self.url.clone()).filter(|url| !url.is_empty()),
            (true, whole) => whole.map(|whole| format!("sha256:{}", whole.hexadecimal())),
        }
    }
}

fn source(source: DatasetSource) -> Option<DatasetSource> {
    let clean = DatasetSource::at(&source.url);
    let url = clean.url;
    let scheme = url.split_once("://")?.0.to_ascii_lowercase();
    // Redaction writes blanks as `+`, which would hide the start of a path.
    let words = url.replace('+', " ");
    let is_public = public_name(&url) == url && public_name(&words) == words.trim();
    (SCHEMES.contains(&scheme.as_str()) && is_public).then_some(DatasetSource {
        url,
        transformed: source.transformed,
        shortened: source.shortened || clean.shortened,
        whole: clean.whole.or(source.whole),
    })
}

fn job(job: Job) -> Job {
    Job {
        id: job.id,
        parameters: parameters::public_parameters(&job.tool_id, job.parameters),
        tool_id: public_name(&job.tool_id),
        tool_name: tool_name(&job.tool_name),
        tool_version: public_name(&job.tool_version),
        state: public_name(&job.state),
        start: job.start.as_deref().and_then(time::as_utc),
        end: job.end.as_deref().and_then(time::as_utc),
        exit_code: job.exit_code,
        inputs: ports(job.inputs),
        outputs: ports(job.outputs),
        citations: dois(job.citations),
    }
}

/// A tool's name on one line, shortened; none where it contains private text, since the id names the tool too.
fn tool_name(given: &str) -> String {
    let beginning = given.chars().take(LONGEST_TOOL_NAME_READ);
    let visible = beginning.map(|c| if is_hidden(c) { ' ' } else { c });
    let words: Vec<String> = visible
        .collect::<String>()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let name = shortened(&words.join(" "), LONGEST_TOOL_NAME);
    let is_unchanged = is_public(&name) && public_name(&name) == name;
    if is_unchanged { name } else { String::new() }
}

fn dois(mut dois: Vec<String>) -> Vec<String> {
    dois.retain(|text| doi::is_doi(text));
    dois
}

fn ports(ports: Vec<Port>) -> Vec<Port> {
    let known = ports.into_iter().filter(|port| is_id(&port.dataset));
    known
        .map(|port| Port {
            name: public_name(&port.name),
            dataset: port.dataset,
        })
        .collect()
}

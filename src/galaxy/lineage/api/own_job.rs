//! The running job itself: found among the jobs of its tool, to learn the ids of its inputs.
//!
//! A wrapper knows no id that the API takes. It knows the numbers of its outputs in the history, and by these the job is found.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

use super::answers::{DatasetNumber, JobAnswer, ListedJob};
use super::request::RequestError;
use super::{ApiError, GalaxyApi};
use crate::galaxy::described_datasets::DescribedDataset;

/// How many jobs of the tool are listed at a time, the newest first.
const JOBS_OF_PAGE: usize = 100;

/// What a wrapper knows of the job that it is the wrapper of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct OwnJob {
    /// The address of the Galaxy that runs it.
    pub galaxy: String,
    /// The encoded id of the history; empty where Galaxy does not give it.
    #[serde(default)]
    pub history: String,
    /// The name of an output of the wrapper.
    pub output: String,
    /// The number of this output in the history; 0 where Galaxy does not give it.
    #[serde(default)]
    pub number: u64,
}

/// The running job, as Galaxy knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningJob {
    /// The names, ids and UUIDs of its inputs, in the order of the form.
    inputs: Vec<(String, String, String)>,
}

impl RunningJob {
    /// Whether all datasets, of which at least one has a UUID, are among its inputs.
    fn reads_all(&self, described: &[DescribedDataset]) -> bool {
        let inputs: HashSet<String> = self
            .inputs
            .iter()
            .map(|input| input.2.to_lowercase())
            .collect();
        let uuids = described.iter().map(|dataset| dataset.uuid.to_lowercase());
        let mut known = uuids.filter(|uuid| !uuid.is_empty()).peekable();
        known.peek().is_some() && known.all(|uuid| inputs.contains(&uuid))
    }

    /// Gives each dataset its id: by the UUID of its bytes, and of inputs with the same UUID each once, in order.
    pub fn identify(&self, described: &mut [DescribedDataset]) {
        let mut left: Vec<&(String, String, String)> = self.inputs.iter().collect();
        for dataset in described {
            let is_same = |input: &&(String, String, String)| {
                !dataset.uuid.is_empty() && input.2.eq_ignore_ascii_case(&dataset.uuid)
            };
            let found = left.iter().position(&is_same);
            if let Some(place) = found {
                dataset.id.clone_from(&left.remove(place).1);
            } else if let Some(input) = self.inputs.iter().find(is_same) {
                dataset.id.clone_from(&input.1);
            }
        }
    }
}

impl GalaxyApi {
    /// The running job: of the jobs of the tool, read from the newest on until the time is up, given by its short id, the one whose output has the number that the
    /// wrapper knows. Where the template is filled in away from Galaxy there is no number; then a job that reads the same
    /// datasets serves as well, since only their ids are wanted.
    ///
    /// # Errors
    /// The server does not take the key, or does not list the job.
    pub fn running_job(
        &self,
        own: &OwnJob,
        tool: &str,
        described: &[DescribedDataset],
    ) -> Result<RunningJob, ApiError> {
        let mut seen: HashSet<String> = HashSet::new();
        let mut read = 0;
        loop {
            let listed = match self.jobs_of(tool, &own.history, read) {
                Err(RequestError::Key) => return Err(self.galaxy.wrong_key()),
                answer => answer.unwrap_or_default(),
            };
            read += listed.len();
            let is_last = listed.len() < JOBS_OF_PAGE;
            let jobs = listed.into_iter();
            // A server that knows no offset gives the same page again.
            let new: Vec<ListedJob> = jobs.filter(|job| seen.insert(job.id.clone())).collect();
            let is_same = new.is_empty();
            for job in new {
                if let Some(job) = self.own(&job, own, described) {
                    return Ok(job);
                }
            }
            if is_last || is_same || self.galaxy.is_late() {
                return Err(ApiError::NoJob {
                    host: self.galaxy.host(),
                    tool: tool.to_owned(),
                    listed: seen.len(),
                });
            }
        }
    }

    /// A page of the jobs of a tool, the newest first, after the number of jobs that were read.
    fn jobs_of(
        &self,
        tool: &str,
        history: &str,
        read: usize,
    ) -> Result<Vec<ListedJob>, RequestError> {
        let (limit, offset) = (JOBS_OF_PAGE.to_string(), read.to_string());
        // The id of a tool from a Tool Shed contains the short one.
        let in_tool_shed = format!("%/{tool}/%");
        let mut query = vec![
            ("tool_id_like", tool),
            ("tool_id_like", &in_tool_shed),
            ("order_by", "create_time"),
            ("limit", &limit),
            ("offset", &offset),
        ];
        if !history.is_empty() {
            query.push(("history_id", history));
        }
        self.galaxy.ask(&["jobs"], &query)
    }

    /// A listed job, where it is the running one.
    fn own(
        &self,
        listed: &ListedJob,
        own: &OwnJob,
        described: &[DescribedDataset],
    ) -> Option<RunningJob> {
        let answer = self.galaxy.ask::<JobAnswer>(&["jobs", &listed.id], &[]);
        let answer = answer.ok()?;
        let outputs = answer.outputs.unwrap_or_default();
        let job = running(answer.inputs.unwrap_or_default());
        let output = outputs.get(&own.output)?;
        let is_own = match own.number > 0 {
            true => self.number(&output.id) == Some(own.number),
            false => job.reads_all(described),
        };
        is_own.then_some(job)
    }

    /// The number of a dataset in its history.
    fn number(&self, id: &str) -> Option<u64> {
        let answer: Result<DatasetNumber, _> =
            self.galaxy.ask(&["datasets", id], &[("keys", "hid")]);
        answer.ok()?.hid
    }
}

/// The inputs in the order of the form: elements of a collection are `name1`, `name2` … `name10`.
fn running(inputs: BTreeMap<String, super::answers::JobPort>) -> RunningJob {
    let inputs = inputs.into_iter();
    let mut inputs: Vec<(String, String, String)> = inputs
        .map(|(name, link)| (name, link.id, link.uuid.unwrap_or_default()))
        .collect();
    inputs.sort_by_key(|(name, ..)| {
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = name[stem.len()..].parse::<u64>().unwrap_or(0);
        (stem.to_owned(), number)
    });
    RunningJob { inputs }
}

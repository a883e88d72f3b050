//! Lineage asked for at a Galaxy, by its REST API and with the key of its user.
//!
//! Asked are the datasets and the jobs that made them, level by level back from the results, and nothing else: no content of a
//! file. The key goes to this one server, in a header, and no redirect is followed. The user names the server, so it may be
//! one of a private network.

mod answers;
mod request;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::{Duration, Instant};

use thiserror::Error;

use self::request::{Galaxy, RequestError};
use crate::galaxy::lineage::{HistoryDataset, Job, Lineage, Port, Producer, Stop, StopReason};
use crate::remote::client::SetupError;
use crate::remote::settings::Settings;

/// Why a Galaxy cannot be asked at all. No key and no text of a server is in it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum ApiError {
    /// Not an address of a Galaxy.
    #[error("found {problem}, expected the URL of a Galaxy server such as https://usegalaxy.org/")]
    Address { problem: &'static str },
    /// The client cannot be made.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// No key, or one that no server takes.
    #[error(
        "found {problem}, expected the key of your account at this Galaxy in GALAXY_API_KEY (in Galaxy: User, Preferences, Manage API key)"
    )]
    Key { problem: &'static str },
    /// The server does not take the key.
    #[error(
        "{host} rejected the key in GALAXY_API_KEY: create a new one there (User, Preferences, Manage API key)"
    )]
    WrongKey { host: String },
    /// The server is not TrackFind.
    #[error(
        "{host} does not respond like Galaxy ({problem}): open the URL in a browser and give the base URL of Galaxy"
    )]
    NotGalaxy { host: String, problem: String },
    /// No answer.
    #[error("no response from {host} ({problem}): check the URL for typos, or try again later")]
    Unreachable { host: String, problem: String },
}

/// How far back is looked.
#[derive(Debug, Clone)]
pub struct Bounds {
    /// Datasets in all.
    pub datasets: usize,
    /// Steps back from the results.
    pub depth: usize,
    /// How long it may take.
    pub time: Duration,
}

impl Default for Bounds {
    /// 5,000 datasets, 50 steps, 10 minutes.
    fn default() -> Self {
        Bounds {
            datasets: 5000,
            depth: 50,
            time: Duration::from_secs(600),
        }
    }
}

/// Asks a Galaxy for the lineage of datasets, given by their encoded ids; an empty id is a result that Galaxy does not know.
///
/// The lineage ends, without further details, at datasets that the user may not see, and at datasets that cannot be read for
/// another reason in two attempts.
///
/// # Errors
/// Why the Galaxy cannot be asked at all.
pub fn lineage(
    address: &str,
    key: &str,
    ids: &[String],
    bounds: &Bounds,
    settings: &Settings,
) -> Result<Lineage, ApiError> {
    let begun = Instant::now();
    let galaxy = Galaxy::new(address, key, begun + bounds.time, settings)?;
    let mut walk = Walk {
        lineage: Lineage::empty(Producer::Api),
        below: HashMap::new(),
        ends: BTreeSet::new(),
        unseen: HashMap::new(),
        read: HashSet::new(),
        jobs: HashMap::new(),
    };
    walk.lineage.galaxy.version = galaxy.version()?;
    let mut level: Vec<String> = Vec::new();
    for id in ids.iter().filter(|id| !id.is_empty()) {
        if walk.below.insert(id.clone(), vec![id.clone()]).is_none() {
            level.push(id.clone());
        }
    }
    let mut depth = 0;
    while !level.is_empty() {
        level = walk.step(&galaxy, level, depth, bounds)?;
        depth += 1;
    }
    Ok(walk.finish(ids, begun.elapsed()))
}

struct Walk {
    lineage: Lineage,
    /// The datasets that were made of one, or are copies of it.
    below: HashMap<String, Vec<String>>,
    ends: BTreeSet<(String, StopReason)>,
    /// Requested datasets that are left out.
    unseen: HashMap<String, StopReason>,
    /// The ids of the datasets in the lineage so far.
    read: HashSet<String>,
    /// The places of the jobs, or why there is none.
    jobs: HashMap<String, Result<usize, StopReason>>,
}

impl Walk {
    /// Asks for the datasets of a level and the jobs that made them; gives the next level.
    fn step(
        &mut self,
        galaxy: &Galaxy,
        level: Vec<String>,
        depth: usize,
        bounds: &Bounds,
    ) -> Result<Vec<String>, ApiError> {
        let mut known: Vec<usize> = Vec::new();
        for (id, answer) in level.iter().zip(galaxy.datasets(&level)) {
            match answer {
                Ok(dataset) => {
                    known.push(self.lineage.datasets.len());
                    self.read.insert(id.clone());
                    self.lineage.datasets.push(dataset);
                }
                Err(RequestError::Key) if depth == 0 => return Err(galaxy.wrong_key()),
                Err(failure) => {
                    self.unseen.insert(id.clone(), failure.reason());
                    for child in self.below[id].clone() {
                        self.ends.insert((child, failure.reason()));
                    }
                }
            }
        }
        let makers = known
            .iter()
            .filter_map(|place| self.lineage.datasets[*place].created_by.clone());
        let mut asked: HashSet<String> = HashSet::new();
        let fresh: Vec<String> = makers
            .filter(|job| !self.jobs.contains_key(job) && asked.insert(job.clone()))
            .collect();
        for (id, answer) in fresh.iter().zip(galaxy.jobs(&fresh)) {
            let place = answer.map(|job| {
                self.lineage.jobs.push(job);
                self.lineage.jobs.len() - 1
            });
            self.jobs
                .insert(id.clone(), place.map_err(|failure| failure.reason()));
        }
        let mut next = Vec::new();
        for place in known {
            let dataset = &mut self.lineage.datasets[place];
            let id = dataset.id.clone();
            let mut before: Vec<String> = dataset.copied_from.clone().into_iter().collect();
            match dataset
                .created_by
                .as_ref()
                .and_then(|job| self.jobs.get(job))
            {
                Some(Ok(job)) => {
                    let inputs = &self.lineage.jobs[*job].inputs;
                    before.extend(inputs.iter().map(|port| port.dataset.clone()));
                }
                Some(Err(reason)) => {
                    dataset.created_by = None;
                    self.ends.insert((id.clone(), *reason));
                }
                None => {}
            }
            self.go_on(&id, before, depth, bounds, &mut next);
        }
        Ok(next)
    }

    /// Notes what is to be asked for next.
    fn go_on(
        &mut self,
        id: &str,
        before: Vec<String>,
        depth: usize,
        bounds: &Bounds,
        next: &mut Vec<String>,
    ) {
        for origin in before {
            if let Some(below) = self.below.get_mut(&origin) {
                below.push(id.to_owned());
                if let Some(reason) = self.unseen.get(&origin) {
                    self.ends.insert((id.to_owned(), *reason));
                }
            } else if self.below.len() >= bounds.datasets || depth >= bounds.depth {
                self.ends.insert((id.to_owned(), StopReason::Limit));
            } else {
                self.below.insert(origin.clone(), vec![id.to_owned()]);
                next.push(origin);
            }
        }
    }

    /// The lineage, without the datasets that are left out.
    fn finish(mut self, ids: &[String], took: Duration) -> Lineage {
        let is_known = |id: &String| self.read.contains(id);
        for dataset in &mut self.lineage.datasets {
            let HistoryDataset { copied_from, .. } = dataset;
            *copied_from = copied_from.take().filter(is_known);
        }
        for job in &mut self.lineage.jobs {
            let Job {
                inputs,
                outputs,
                parameters,
                ..
            } = job;
            // Steps on a dataset without access are omitted too.
            if inputs
                .iter()
                .any(|port| self.unseen.contains_key(&port.dataset))
            {
                parameters.clear();
            }
            let is_read = |port: &Port| self.read.contains(&port.dataset);
            inputs.retain(is_read);
            outputs.retain(is_read);
        }
        let ends = std::mem::take(&mut self.ends).into_iter();
        self.lineage.stopped = ends
            .map(|(at, why)| Stop {
                at,
                why,
                said: String::new(),
            })
            .collect();
        self.lineage.complete = self.lineage.stopped.is_empty();
        self.lineage.leaves = ids.to_vec();
        self.lineage.seconds = Some(took.as_secs_f64());
        self.lineage.cleaned()
    }
}

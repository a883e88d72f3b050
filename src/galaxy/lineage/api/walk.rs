//! The walk back from results, level by level.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::Duration;

use super::request::{Galaxy, RequestError};
use super::{ApiError, Bounds, CrateCollection, GalaxyLineage, KnownOrigin, citations, versions};
use crate::galaxy::lineage::{HistoryDataset, Job, Lineage, Port, Producer, Stop, StopReason};

pub(super) struct Walk {
    lineage: Lineage,
    /// The datasets of the next level.
    level: Vec<String>,
    /// The datasets that were made of one, or are copies of it.
    below: HashMap<String, Vec<String>>,
    ends: BTreeSet<(String, StopReason)>,
    /// Requested datasets that are left out.
    unseen: HashMap<String, StopReason>,
    /// The ids of the datasets in the lineage so far.
    read: HashSet<String>,
    /// The places of the jobs, or why there is none.
    jobs: HashMap<String, Result<usize, StopReason>>,
    /// The collections of crates, by the ids of the importing jobs.
    crate_collections: Vec<(String, String)>,
}

impl Walk {
    /// A walk that starts at the datasets of some ids; empty ones are left out.
    pub fn new(version: &str, ids: &[String]) -> Self {
        let mut walk = Walk {
            lineage: Lineage::empty(Producer::Api),
            level: Vec::new(),
            below: HashMap::new(),
            ends: BTreeSet::new(),
            unseen: HashMap::new(),
            read: HashSet::new(),
            jobs: HashMap::new(),
            crate_collections: Vec::new(),
        };
        version.clone_into(&mut walk.lineage.galaxy.version);
        for id in ids.iter().filter(|id| !id.is_empty()) {
            let itself = vec![id.clone()];
            if walk.below.insert(id.clone(), itself).is_none() {
                walk.level.push(id.clone());
            }
        }
        walk
    }

    /// Walks until nothing is left or a bound is reached.
    pub fn go(
        &mut self,
        galaxy: &Galaxy,
        bounds: &Bounds,
        origin: &dyn Fn(&HistoryDataset) -> Option<KnownOrigin>,
    ) -> Result<(), ApiError> {
        let mut depth = 0;
        while !self.level.is_empty() {
            let level = std::mem::take(&mut self.level);
            self.level = self.step(galaxy, level, depth, bounds, origin)?;
            depth += 1;
        }
        let makers = self.lineage.datasets.iter();
        let makers: HashSet<&String> = makers.filter_map(|it| it.created_by.as_ref()).collect();
        self.lineage.jobs.retain(|job| makers.contains(&job.id));
        versions::fill(galaxy, &mut self.lineage.jobs);
        citations::fill(galaxy, &mut self.lineage.jobs);
        Ok(())
    }

    /// Asks for the datasets of a level and the jobs that made them; gives the next level.
    fn step(
        &mut self,
        galaxy: &Galaxy,
        level: Vec<String>,
        depth: usize,
        bounds: &Bounds,
        origin: &dyn Fn(&HistoryDataset) -> Option<KnownOrigin>,
    ) -> Result<Vec<String>, ApiError> {
        let mut known: Vec<usize> = Vec::new();
        let mut identified: HashSet<usize> = HashSet::new();
        for (id, answer) in level.iter().zip(galaxy.datasets(&level)) {
            match answer {
                Ok(mut dataset) => {
                    match origin(&dataset).filter(|_| depth > 0) {
                        Some(KnownOrigin::Crate) => end_at(&mut dataset),
                        Some(KnownOrigin::Document) => {
                            identified.insert(self.lineage.datasets.len());
                        }
                        None => {}
                    }
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
            let place = answer.map(|(job, crates)| {
                let crates = crates.filter(|_| job.is_import());
                self.crate_collections
                    .extend(crates.map(|crates| (id.clone(), crates)));
                self.lineage.jobs.push(job);
                self.lineage.jobs.len() - 1
            });
            self.jobs
                .insert(id.clone(), place.map_err(|failure| failure.reason()));
        }
        let mut next = Vec::new();
        for place in known {
            let dataset = &mut self.lineage.datasets[place];
            if identified.contains(&place) {
                let job = dataset.created_by.as_ref();
                let job = match job.and_then(|job| self.jobs.get(job)) {
                    Some(Ok(job)) => Some(&self.lineage.jobs[*job]),
                    _ => None,
                };
                match job {
                    Some(job) if job.is_import() => {}
                    // An upload.
                    Some(job) if job.inputs.is_empty() => dataset.copied_from = None,
                    _ => end_at(dataset),
                }
            }
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
    pub fn finish(mut self, ids: &[String], took: Duration) -> GalaxyLineage {
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
        let crate_collections = self.crate_collections();
        GalaxyLineage {
            lineage: self.lineage.cleaned(),
            crate_collections,
        }
    }

    /// The collections of crates, with the tracks of each that are in the lineage.
    fn crate_collections(&self) -> Vec<CrateCollection> {
        let jobs: HashMap<&str, &Job> = self
            .lineage
            .jobs
            .iter()
            .map(|job| (job.id.as_str(), job))
            .collect();
        let collections = self.crate_collections.iter();
        collections
            .map(|(job, id)| {
                let ports = jobs[job.as_str()].outputs.iter();
                CrateCollection {
                    id: id.clone(),
                    tracks: ports
                        .filter_map(|port| element_of_collection(&port.name))
                        .map(str::to_owned)
                        .collect(),
                }
            })
            .collect()
    }
}

/// Ends the lineage at a dataset.
fn end_at(dataset: &mut HistoryDataset) {
    dataset.created_by = None;
    dataset.copied_from = None;
}

/// The element identifier in the name that Galaxy gives an output discovered for a collection:
/// `__new_primary_file_output_tracks|IDENTIFIER__`.
fn element_of_collection(port: &str) -> Option<&str> {
    let (_, rest) = port.strip_prefix("__new_primary_file_")?.split_once('|')?;
    rest.strip_suffix("__")
}

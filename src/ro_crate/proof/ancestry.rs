//! The lineage, as proofs look at it.

use std::collections::HashMap;

use crate::galaxy::lineage::{HistoryDataset, Job, Lineage, Stop};

/// A lineage indexed by id.
pub struct Ancestry<'l> {
    lineage: &'l Lineage,
    datasets: HashMap<&'l str, &'l HistoryDataset>,
    jobs: HashMap<&'l str, &'l Job>,
    stops: HashMap<&'l str, &'l Stop>,
}

impl<'l> Ancestry<'l> {
    /// Indexes a lineage.
    pub fn of(lineage: &'l Lineage) -> Self {
        Ancestry {
            lineage,
            datasets: lineage
                .datasets
                .iter()
                .map(|d| (d.id.as_str(), d))
                .collect(),
            jobs: lineage
                .jobs
                .iter()
                .map(|job| (job.id.as_str(), job))
                .collect(),
            stops: lineage
                .stopped
                .iter()
                .map(|stop| (stop.at.as_str(), stop))
                .collect(),
        }
    }

    /// The lineage.
    pub fn lineage(&self) -> &'l Lineage {
        self.lineage
    }

    /// The dataset of an id.
    pub fn dataset(&self, id: &str) -> Option<&'l HistoryDataset> {
        self.datasets.get(id).copied()
    }

    /// The job of an id.
    pub fn job(&self, id: &str) -> Option<&'l Job> {
        self.jobs.get(id).copied()
    }

    /// Where the lineage ends early at the dataset of an id.
    pub fn stop(&self, id: &str) -> Option<&'l Stop> {
        self.stops.get(id).copied()
    }
}

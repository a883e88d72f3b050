//! The part of a lineage that leads to given datasets.

use std::collections::{HashMap, HashSet};

use super::Lineage;

impl Lineage {
    /// The part of the lineage that leads to some datasets, which become its leaves; it is complete if nothing ends too early
    /// in that part. A leaf that is not known is an empty text.
    pub fn leading_to(mut self, leaves: Vec<String>) -> Self {
        let datasets: HashMap<&str, usize> = self
            .datasets
            .iter()
            .map(|dataset| dataset.id.as_str())
            .zip(0..)
            .collect();
        let jobs: HashMap<&str, usize> = self
            .jobs
            .iter()
            .map(|job| job.id.as_str())
            .zip(0..)
            .collect();
        let mut kept: HashSet<String> = HashSet::new();
        let mut run: HashSet<String> = HashSet::new();
        let mut next: Vec<&str> = leaves.iter().map(String::as_str).collect();
        while let Some(id) = next.pop() {
            let Some(place) = datasets.get(id).filter(|_| kept.insert(id.to_owned())) else {
                continue;
            };
            let dataset = &self.datasets[*place];
            next.extend(dataset.copied_from.as_deref());
            let maker = dataset.created_by.as_deref().and_then(|id| jobs.get(id));
            if let Some(place) = maker {
                let maker = &self.jobs[*place];
                if run.insert(maker.id.clone()) {
                    next.extend(maker.inputs.iter().map(|port| port.dataset.as_str()));
                }
            }
        }
        self.datasets.retain(|dataset| kept.contains(&dataset.id));
        self.jobs.retain(|job| run.contains(&job.id));
        for job in &mut self.jobs {
            job.outputs.retain(|port| kept.contains(&port.dataset));
        }
        self.stopped
            .retain(|stop| stop.at.is_empty() || kept.contains(&stop.at) || run.contains(&stop.at));
        self.complete = self.stopped.is_empty();
        self.leaves = leaves;
        self
    }
}

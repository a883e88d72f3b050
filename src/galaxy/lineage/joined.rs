//! Lineage of several histories as one.

use std::collections::{HashMap, HashSet};

use super::{Lineage, Producer};

impl Lineage {
    /// The lineage that several tell together; none of none.
    ///
    /// What has one id in two of them is one thing. A dataset of which nothing more is told and whose bytes another dataset has,
    /// by Galaxy's name for them, is its copy: so the export of a history goes on in that of the history before.
    pub fn joined(all: Vec<Lineage>) -> Option<Self> {
        let mut all = all.into_iter();
        let mut joined = all.next()?;
        for mut further in all {
            joined.complete &= further.complete;
            joined.stopped.append(&mut further.stopped);
            joined.datasets.append(&mut further.datasets);
            joined.jobs.append(&mut further.jobs);
            joined.leaves.append(&mut further.leaves);
        }
        // Of two accounts of one dataset the one that tells more comes first.
        joined
            .datasets
            .sort_by_key(|dataset| dataset.created_by.is_none() && dataset.copied_from.is_none());
        let mut known = HashSet::new();
        joined
            .datasets
            .retain(|dataset| known.insert(dataset.id.clone()));
        let mut known = HashSet::new();
        joined.jobs.retain(|job| known.insert(job.id.clone()));
        joined.copies();
        Some(joined)
    }

    /// Finds the originals of copies by the name of their bytes.
    fn copies(&mut self) {
        let ids: HashSet<&str> = self
            .datasets
            .iter()
            .map(|dataset| dataset.id.as_str())
            .collect();
        let mut originals: HashMap<&str, &str> = HashMap::new();
        for dataset in &self.datasets {
            if dataset.created_by.is_some() && !dataset.uuid.is_empty() {
                originals.entry(&dataset.uuid).or_insert(&dataset.id);
            }
        }
        let mut found: HashMap<String, String> = HashMap::new();
        for dataset in &self.datasets {
            let leads_on = dataset
                .copied_from
                .as_deref()
                .is_some_and(|id| ids.contains(id));
            if dataset.created_by.is_none()
                && !leads_on
                && let Some(original) = originals.get(dataset.uuid.as_str())
            {
                found.insert(dataset.id.clone(), (*original).to_owned());
            }
        }
        for dataset in &mut self.datasets {
            if let Some(original) = found.get(&dataset.id) {
                dataset.copied_from = Some(original.clone());
            }
        }
        self.stopped.retain(|stop| !found.contains_key(&stop.at));
        self.complete =
            self.complete || self.stopped.is_empty() && self.producer == Producer::HistoryExport;
    }
}

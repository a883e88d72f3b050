//! Lineage of several histories as one.

use std::collections::{HashMap, HashSet};

use super::{Lineage, Producer};

impl Lineage {
    /// Joins several lineages; `None` if there are none.
    ///
    /// Objects with the same id are the same. A dataset without origin is a copy of another dataset with the same file UUID: in
    /// this way the export of a history continues in that of an earlier history.
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
        // Of two descriptions of a dataset, the more detailed one comes first.
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
        joined.share_tool_names();
        Some(joined)
    }

    /// Names the tools of all jobs as those of one lineage are named, since exports have no names.
    fn share_tool_names(&mut self) {
        let jobs = self.jobs.iter().filter(|job| !job.tool_name.is_empty());
        let names: HashMap<String, String> = jobs
            .map(|job| (job.tool_id.clone(), job.tool_name.clone()))
            .collect();
        for job in &mut self.jobs {
            if let Some(name) = names.get(&job.tool_id)
                && job.tool_name.is_empty()
            {
                job.tool_name.clone_from(name);
            }
        }
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

//! The processing between source tracks and results, counted in one way for every report, page and paragraph.

use std::collections::BTreeSet;

use super::{ProvenanceGraph, Step, StepKind};
use crate::drawing::words::counted;
use crate::galaxy::lineage::is_transfer_tool;
use crate::ro_crate::entities::EntityId;

/// The runs of tools that the results derive from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Processing<'c> {
    /// The runs in their order, without uploads and other transfers.
    pub jobs: Vec<&'c Step>,
}

impl ProvenanceGraph {
    /// The runs of tools that the results derive from; all of them where there are no results.
    pub fn processing(&self) -> Processing<'_> {
        let results = self.results.iter().map(|result| &result.id);
        let mut wanted: BTreeSet<&String> = results.collect();
        let mut jobs: Vec<&Step> = Vec::new();
        for step in self.steps.iter().rev() {
            if step.outputs.iter().any(|output| wanted.contains(output)) {
                wanted.extend(&step.inputs);
                jobs.push(step);
            }
        }
        jobs.retain(|step| step.kind == StepKind::Tool);
        jobs.reverse();
        if self.results.is_empty() {
            jobs.extend(self.tool_steps().map(|(_, step)| step));
        }
        let tracks: BTreeSet<&String> = self.tracks.iter().map(|track| &track.id).collect();
        // What makes nothing but source tracks obtains them.
        let is_retrieval = |step: &Step| {
            !step.outputs.is_empty() && step.outputs.iter().all(|output| tracks.contains(output))
        };
        jobs.retain(|step| !is_transfer_tool(step.tool_key()) && !is_retrieval(step));
        Processing { jobs }
    }

    /// How many results have no confirmed source tracks.
    pub fn unproven_results(&self) -> usize {
        let results = self.results.iter();
        results.filter(|result| result.based_on.is_empty()).count()
    }
}

impl Processing<'_> {
    /// The number of tools; versions of one tool are several.
    pub fn tools(&self) -> usize {
        let tools = self.jobs.iter();
        let tools = tools.map(|job| (job.tool_key(), job.tool_version.as_str()));
        let named = tools.filter(|(name, _)| !name.is_empty());
        named.collect::<BTreeSet<_>>().len()
    }

    /// The counts in words, such as `2 tools, 6 jobs`; empty if there was no processing.
    pub fn counts(&self) -> String {
        match self.jobs.len() {
            0 => String::new(),
            jobs => format!(
                "{}, {}",
                counted(self.tools(), "tool"),
                counted(jobs, "job")
            ),
        }
    }

    /// Whether Galaxy ran all of it.
    pub fn is_of_galaxy(&self) -> bool {
        let of_galaxy = |job: &&Step| matches!(EntityId::of(&job.id), Some(EntityId::Step(_)));
        !self.jobs.is_empty() && self.jobs.iter().all(of_galaxy)
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples;
    use super::*;

    #[test]
    fn jobs_are_counted_by_tool_and_version_and_uploads_are_none() {
        let mut provenance = ProvenanceGraph::of(&examples::map_and_merge(9));
        assert_eq!(provenance.processing().counts(), "2 tools, 10 jobs");
        let mut upload = provenance.processing().jobs[0].clone();
        upload.tool = "upload1".to_owned();
        provenance.steps.push(upload);
        assert_eq!(provenance.processing().counts(), "2 tools, 10 jobs");
        let merge = provenance.steps.iter_mut();
        let merge = merge.filter(|step| step.tool == "bedtools_sortbed").last();
        merge.unwrap().tool_version = "2.31.2".to_owned();
        assert_eq!(provenance.processing().counts(), "3 tools, 10 jobs");
    }

    #[test]
    fn without_results_all_runs_count() {
        let mut provenance = ProvenanceGraph::of(&examples::map_and_merge(3));
        provenance.results.clear();
        assert_eq!(provenance.processing().counts(), "2 tools, 4 jobs");
        provenance.steps.clear();
        assert_eq!(provenance.processing().counts(), "");
    }
}

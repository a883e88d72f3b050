//! The steps in the paragraph, and their tools.

use std::collections::{BTreeMap, BTreeSet};

use super::words::in_brackets;
use crate::galaxy::lineage::is_transfer_tool;
use crate::ro_crate::picture::counted;
use crate::ro_crate::provenance::{ProvenanceGraph, Step, StepKind};

/// The runs of tools that the results derive from; all of them where no result is connected. An upload is no processing.
pub(super) fn tool_steps(provenance: &ProvenanceGraph) -> Vec<&Step> {
    let results = provenance.results.iter().map(|result| &result.id);
    let mut wanted: BTreeSet<&String> = results.collect();
    let mut steps: Vec<&Step> = Vec::new();
    for step in provenance.steps.iter().rev() {
        if step.outputs.iter().any(|output| wanted.contains(output)) {
            wanted.extend(&step.inputs);
            steps.push(step);
        }
    }
    steps.retain(|step| step.kind == StepKind::Tool);
    steps.reverse();
    if steps.is_empty() {
        steps.extend(of_kind(provenance, StepKind::Tool));
    }
    steps.retain(|step| !is_transfer_tool(step.tool_label()));
    steps
}

/// Whether each tool reads what the one before it made.
pub(super) fn is_one_path(steps: &[&Step]) -> bool {
    let mut chunks = steps.chunk_by(|one, next| one.tool_address == next.tool_address);
    let Some(mut before) = chunks.next() else {
        return false;
    };
    chunks.all(|chunk| {
        let made: BTreeSet<&String> = before.iter().flat_map(|step| &step.outputs).collect();
        before = chunk;
        let is_fed = |step: &&Step| step.inputs.iter().any(|input| made.contains(input));
        chunk.iter().all(is_fed)
    })
}

pub(super) fn of_kind(provenance: &ProvenanceGraph, kind: StepKind) -> impl Iterator<Item = &Step> {
    provenance
        .steps
        .iter()
        .filter(move |step| step.kind == kind)
}

/// The tools of some steps with version and, for Galaxy tools, number of runs; each once, in order of first use.
pub(super) fn tools(steps: &[&Step]) -> Vec<String> {
    let mut counts: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    for (place, step) in steps.iter().enumerate() {
        let name = step.tool_label();
        if !name.is_empty() {
            counts
                .entry((name, &step.tool_version))
                .or_insert((place, 0))
                .1 += 1;
        }
    }
    let mut sorted: Vec<_> = counts.into_iter().collect();
    sorted.sort_by_key(|(_, (place, _))| *place);
    sorted
        .into_iter()
        .map(|((name, version), (_, runs))| {
            let version = (!version.is_empty()).then(|| format!("version {version}"));
            let is_tool = steps
                .first()
                .is_some_and(|step| step.kind == StepKind::Tool);
            let runs = (is_tool && runs > 1).then(|| counted(runs, "run"));
            format!(
                "{name}{}",
                in_brackets(version.into_iter().chain(runs).collect())
            )
        })
        .collect()
}

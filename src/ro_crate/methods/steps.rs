//! The steps in the paragraph, and their tools.

use std::collections::BTreeMap;

use super::words::in_brackets;
use crate::ro_crate::picture::counted;
use crate::ro_crate::provenance::{ProvenanceGraph, Step, StepKind};
use crate::text::doi;

/// Whether each tool reads what the tool before it made, and nothing that another one made.
pub(super) fn is_one_path(steps: &[&Step]) -> bool {
    let mut tools: Vec<&str> = Vec::new();
    for step in steps {
        if !tools.contains(&step.tool_address.as_str()) {
            tools.push(&step.tool_address);
        }
    }
    let place = |step: &Step| tools.iter().position(|tool| *tool == step.tool_address);
    let made = steps.iter().flat_map(|step| {
        let maker = place(step);
        step.outputs.iter().map(move |output| (output, maker))
    });
    let makers: BTreeMap<&String, Option<usize>> = made.collect();
    tools.len() > 1
        && steps.iter().all(|step| {
            let before = place(step).and_then(|place| place.checked_sub(1));
            let inputs = step.inputs.iter();
            let known: Vec<_> = inputs.filter_map(|input| makers.get(input)).collect();
            known.iter().all(|maker| **maker == before) && known.is_empty() == before.is_none()
        })
}

/// The name of a tool of this suite as Galaxy shows it; other tools have the names that crates give.
fn display_name(name: &str) -> String {
    match name.strip_prefix("fairtracks_") {
        Some(verb) => format!("FAIRtracks {verb}"),
        None => name.to_owned(),
    }
}

pub(super) fn of_kind(provenance: &ProvenanceGraph, kind: StepKind) -> impl Iterator<Item = &Step> {
    provenance
        .steps
        .iter()
        .filter(move |step| step.kind == kind)
}

/// The most publications that are named for a tool.
const MOST_CITATIONS: usize = 3;

/// The publications of the tool of a step, as an article cites them.
fn citations(step: &Step) -> Option<String> {
    let dois = step
        .citations
        .iter()
        .filter_map(|address| doi::of_address(address));
    let dois: Vec<String> = dois
        .take(MOST_CITATIONS)
        .map(|doi| format!("doi:{doi}"))
        .collect();
    (!dois.is_empty()).then(|| dois.join(", "))
}

/// The tools of some steps with version, publications and, for tools that process data, number of jobs if it is not the only tool; each once, in order of first use.
pub(super) fn tools(steps: &[&Step]) -> Vec<String> {
    let mut counts: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    for (place, step) in steps.iter().enumerate() {
        let tool = step.tool_key();
        if !tool.is_empty() {
            counts
                .entry((tool, &step.tool_version))
                .or_insert((place, 0))
                .1 += 1;
        }
    }
    let mut sorted: Vec<_> = counts.into_iter().collect();
    sorted.sort_by_key(|(_, (place, _))| *place);
    let is_only = sorted.len() == 1;
    sorted
        .into_iter()
        .map(|((tool, version), (place, jobs))| {
            let name = steps.get(place).map_or(tool, |step| step.tool_label());
            let version = match (name == tool, version) {
                (true, "") => None,
                (true, version) => Some(format!("version {version}")),
                // A name needs the id beside it, as tools share names.
                (false, version) => Some(format!("{tool} {version}").trim_end().to_owned()),
            };
            let is_tool = steps
                .first()
                .is_some_and(|step| step.kind == StepKind::Tool);
            let cited = steps.get(place).and_then(|step| citations(step));
            let jobs = (is_tool && !is_only).then(|| counted(jobs, "job"));
            format!(
                "{}{}",
                display_name(name),
                in_brackets(version.into_iter().chain(cited).chain(jobs).collect())
            )
        })
        .collect()
}

//! What the paragraph says of searches, imports and tools.

use std::collections::BTreeSet;

use super::MOST_NAMED;
use super::steps::{is_one_path, of_kind, tools};
use super::words::{listed, was, when};
use crate::ro_crate::citation::software::GALAXY_DOI;
use crate::ro_crate::picture::counted;
use crate::ro_crate::provenance::{
    ProvenanceGraph, QUESTION, SOURCE, SourceTrack, Status, Step, StepKind,
};

/// The most searches whose questions are named.
const MOST_QUESTIONS: usize = 3;
/// The longest question in words, in bytes.
const LONGEST_QUESTION: usize = 600;
/// The longest query and the longest name of a source, in bytes.
const LONGEST_QUERY: usize = 300;

/// How the tracks were found.
pub(super) fn found(provenance: &ProvenanceGraph) -> Option<String> {
    let searches: Vec<&Step> = of_kind(provenance, StepKind::Search).collect();
    let tools = tools(&searches);
    let of = |wanted: &str, longest: usize| -> BTreeSet<&str> {
        let all = searches.iter().flat_map(|step| &step.parameters);
        let values = all.filter(|(name, value)| name == wanted && value.len() < longest);
        values.map(|(_, value)| value.as_str()).collect()
    };
    let (questions, queries) = (of(QUESTION, LONGEST_QUESTION), of("query", LONGEST_QUERY));
    let by = match (questions.len(), queries.len()) {
        (1..=MOST_QUESTIONS, _) => {
            let questions: Vec<&str> = questions.into_iter().collect();
            format!(" by searching for {}", questions.join("; for "))
        }
        (_, 1..=MOST_QUESTIONS) => {
            let noun = if queries.len() == 1 {
                "query"
            } else {
                "queries"
            };
            let queries = queries.iter().map(|query| format!("“{query}”"));
            format!(" using the {noun} {}", listed(&queries.collect::<Vec<_>>()))
        }
        _ => String::new(),
    };
    let places: Vec<String> = of(SOURCE, LONGEST_QUERY)
        .into_iter()
        .map(str::to_owned)
        .collect();
    let places = match places.len() {
        1..=MOST_QUESTIONS => format!(" (searched: {})", places.join("; ")),
        _ => String::new(),
    };
    (!tools.is_empty()).then(|| {
        let subject = was(provenance.tracks.len(), noun(provenance));
        let (tools, when) = (listed(&tools), when(&searches));
        format!("{subject} found{when} with {tools}{by}{places}.")
    })
}

fn noun(provenance: &ProvenanceGraph) -> &'static str {
    if provenance.tracks.len() == 1 {
        "The track"
    } else {
        "The tracks"
    }
}

/// How the tracks were imported.
pub(super) fn brought(provenance: &ProvenanceGraph) -> Option<String> {
    let imports: Vec<&Step> = of_kind(provenance, StepKind::Import).collect();
    let registrations: Vec<&Step> = of_kind(provenance, StepKind::Registration).collect();
    let recognitions: Vec<&Step> = of_kind(provenance, StepKind::Recognition).collect();
    let mut sentences = Vec::new();
    for (steps, word) in [
        (imports, "downloaded"),
        (registrations, "registered in Galaxy by URL"),
        (recognitions, "identified in FAIRtracks documents"),
    ] {
        let tools = tools(&steps);
        if !tools.is_empty() {
            // Several crates may describe an import of one track.
            let outputs = steps.iter().flat_map(|step| match step.kind {
                StepKind::Recognition => &step.inputs,
                _ => &step.outputs,
            });
            let mut ids: BTreeSet<&str> = outputs.map(String::as_str).collect();
            for unpacking in of_kind(provenance, StepKind::Unpack) {
                if unpacking
                    .inputs
                    .iter()
                    .any(|input| ids.contains(input.as_str()))
                {
                    ids.extend(unpacking.outputs.iter().map(String::as_str));
                }
            }
            let is_here = |track: &&SourceTrack| ids.contains(track.id.as_str());
            let subject = match provenance.tracks.iter().filter(is_here).count() {
                0 => was(steps.len(), &counted(steps.len(), "track")),
                count if count == provenance.tracks.len() => was(count, noun(provenance)),
                count => was(count, &counted(count, "track")),
            };
            sentences.push(format!(
                "{subject} {word}{} with {}.",
                when(&steps),
                listed(&tools)
            ));
        }
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// The tools that processed the tracks.
pub(super) fn processed(provenance: &ProvenanceGraph) -> Option<String> {
    let processing = provenance.processing();
    let steps = &processing.jobs;
    let mut tools = tools(steps);
    if tools.is_empty() {
        return None;
    }
    let count = tools.len();
    if count > 3 * MOST_NAMED {
        tools.truncate(3 * MOST_NAMED);
        tools.push(counted(count - 3 * MOST_NAMED, "more tool"));
    }
    let place = match processing.is_of_galaxy() {
        true => format!(" in Galaxy (doi:{GALAXY_DOI})"),
        false => String::new(),
    };
    let (times, jobs) = (when(steps), counted(steps.len(), "job"));
    Some(match count {
        1 => format!(
            "The data were processed{place}{times} with {} in {jobs}.",
            tools[0]
        ),
        _ => {
            let order = match is_one_path(steps) {
                true => ", in this order",
                false => "",
            };
            let (kinds, tools) = (counted(count, "tool"), listed(&tools));
            format!("The data were processed{place}{times} with {kinds} in {jobs}: {tools}{order}.")
        }
    })
}

pub(super) fn failed(provenance: &ProvenanceGraph) -> Option<String> {
    let jobs = provenance.processing().jobs.into_iter();
    let failed = jobs.filter(|step| step.status == Status::Failed);
    match failed.count() {
        0 => None,
        count => Some(format!("{} failed.", counted(count, "job"))),
    }
}

//! The publications of the tools of jobs: their DOIs, from the citations that tools of Galaxy state.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::answers::CitationAnswer;
use super::request::Galaxy;
use crate::galaxy::lineage::Job;
use crate::text::doi;

/// How many tools are asked for.
const MOST_TOOLS: usize = 40;
/// How long it may take: Galaxy may look up DOIs elsewhere, and the lineage is complete without them.
const TIME: Duration = Duration::from_secs(15);

/// Fills in the DOIs of the publications of tools. The tools of this suite and the steps of Galaxy itself are left out.
pub(super) fn fill(galaxy: &Galaxy, jobs: &mut [Job]) {
    let tools: BTreeSet<String> = jobs
        .iter()
        .map(|job| &job.tool_id)
        .filter(|tool| !tool.starts_with("__") && !is_of_suite(tool))
        .cloned()
        .collect();
    let tools: Vec<String> = tools.into_iter().take(MOST_TOOLS).collect();
    if tools.is_empty() {
        return;
    }
    let galaxy = galaxy.within(TIME);
    let answers = galaxy.each(&tools, |tool| {
        // The id of a tool of a Tool Shed is a path.
        let id = tool.split('/');
        let path: Vec<&str> = ["tools"]
            .into_iter()
            .chain(id)
            .chain(["citations"])
            .collect();
        galaxy.ask_quickly::<Vec<CitationAnswer>>(&path)
    });
    let dois: BTreeMap<&String, Vec<String>> = tools
        .iter()
        .zip(answers)
        .map(|(tool, answer)| {
            let mut dois = Vec::new();
            for citation in answer.unwrap_or_default() {
                dois.extend(doi::of_bibtex(&citation.content).filter(|doi| !dois.contains(doi)));
            }
            (tool, dois)
        })
        .collect();
    for job in jobs {
        if let Some(dois) = dois.get(&job.tool_id) {
            job.citations.clone_from(dois);
        }
    }
}

/// Whether it is a tool of this suite, whose articles the methods name anyway.
fn is_of_suite(tool_id: &str) -> bool {
    tool_id
        .split('/')
        .any(|part| part.starts_with("fairtracks_"))
}

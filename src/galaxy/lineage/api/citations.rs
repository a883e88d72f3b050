//! The publications of the tools of jobs: their DOIs, from the citations that tools of Galaxy state.

use std::collections::BTreeMap;

use super::answers::CitationAnswer;
use super::request::Galaxy;
use super::tool_questions::ask_each;
use crate::galaxy::lineage::Job;
use crate::text::doi;

/// Fills in the DOIs of the publications of tools. The tools of this suite are left out.
pub(super) fn fill(galaxy: &Galaxy, jobs: &mut [Job]) {
    let is_asked = |tool: &str| !is_of_suite(tool);
    let answers = ask_each::<Vec<CitationAnswer>>(galaxy, jobs, is_asked, &["citations"]);
    let dois: BTreeMap<String, Vec<String>> = answers
        .into_iter()
        .map(|(tool, citations)| {
            let mut dois = Vec::new();
            for citation in citations {
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

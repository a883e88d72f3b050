//! One question about each tool of some jobs, beside the lineage, which is complete without the answers.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::de::DeserializeOwned;

use super::request::Galaxy;
use crate::galaxy::lineage::Job;

/// How many tools are asked for.
const MOST_TOOLS: usize = 40;
/// How long it may take: Galaxy may look up answers elsewhere.
const TIME: Duration = Duration::from_secs(15);

/// The answers for the tools that `is_asked` names, by their ids; `rest` follows the id in the address. The steps of Galaxy itself
/// are no tools, and a tool that Galaxy does not name to this user has no answer.
pub(super) fn ask_each<T: DeserializeOwned + Send>(
    galaxy: &Galaxy,
    jobs: &[Job],
    is_asked: impl Fn(&str) -> bool,
    rest: &[&str],
) -> BTreeMap<String, T> {
    let tools: BTreeSet<&String> = jobs
        .iter()
        .map(|job| &job.tool_id)
        .filter(|tool| !tool.is_empty() && !tool.starts_with("__") && is_asked(tool))
        .collect();
    let tools: Vec<&String> = tools.into_iter().take(MOST_TOOLS).collect();
    if tools.is_empty() {
        return BTreeMap::new();
    }
    let galaxy = galaxy.within(TIME);
    let answers = galaxy.each(&tools, |tool| {
        // The id of a tool of a Tool Shed is a path.
        let id = tool.split('/');
        let path: Vec<&str> = ["tools"]
            .into_iter()
            .chain(id)
            .chain(rest.iter().copied())
            .collect();
        galaxy.ask_quickly::<T>(&path)
    });
    let answered = tools.into_iter().zip(answers);
    answered
        .filter_map(|(tool, answer)| Some((tool.clone(), answer.ok()?)))
        .collect()
}

//! The names of tools as Galaxy shows them, which are those that users know.

use super::answers::ToolAnswer;
use super::request::Galaxy;
use super::tool_questions::ask_each;
use crate::galaxy::lineage::Job;

/// Fills in the names of tools, as far as Galaxy gives them.
pub(super) fn fill(galaxy: &Galaxy, jobs: &mut [Job]) {
    let answers = ask_each::<ToolAnswer>(galaxy, jobs, |_| true, &[]);
    for job in jobs {
        if let Some(name) = answers
            .get(&job.tool_id)
            .and_then(|tool| tool.name.as_ref())
        {
            job.tool_name.clone_from(name);
        }
    }
}

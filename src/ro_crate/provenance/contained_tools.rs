//! The tools of a workflow: what a run of it may have used, whether or not their own runs are recorded.

use std::collections::HashSet;

use super::view::GraphView;
use crate::ro_crate::Entity;
use crate::ro_crate::entities::{HowTo, SoftwareApplication};

/// The most tools of one workflow that are read, so that many runs of a workflow of any shape are read in linear time.
const MOST_TOOLS: usize = 512;
/// The types of what can be run.
const TOOLS: [&str; 4] = [
    "SoftwareApplication",
    "SoftwareSourceCode",
    "ComputationalWorkflow",
    "HowToStep",
];

/// A tool of a workflow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct ContainedTool {
    /// The name of the tool; empty where it has none.
    pub name: String,
    /// Its version; empty where it is not stated.
    pub version: String,
    /// Its id in the graph.
    pub address: String,
    /// Its identifier, such as its id in a Tool Shed; empty where it has none.
    pub identifier: String,
}

impl ContainedTool {
    /// The tool of an id; an id without an entity may still be that of a Tool Shed.
    pub(super) fn of(id: &str, view: &GraphView<'_>) -> Self {
        let tool = view.crate_.get(id);
        let tool: SoftwareApplication<&str> = tool.map(Entity::read).unwrap_or_default();
        let mut versions = tool.version.shown().chain(tool.software_version.shown());
        ContainedTool {
            name: tool.name.first(),
            version: versions.next().unwrap_or_default(),
            address: id.to_owned(),
            identifier: tool.identifier.first(),
        }
    }
}

/// The tool that an instrument stands for: that of a step of a workflow is the first `workExample` of the step.
pub(super) fn tool_of<'g>(instrument: &'g str, view: &GraphView<'g>) -> &'g str {
    let step = view.crate_.get(instrument);
    let step = step.filter(|step| step.is("HowToStep"));
    let tool = step.and_then(|step| step.read::<HowTo<&str>>().work_example.ids().next());
    tool.unwrap_or(instrument)
}

/// Whether the entity of an id is a workflow.
pub(super) fn is_workflow(id: &str, view: &GraphView<'_>) -> bool {
    let entity = view.crate_.get(id);
    entity.is_some_and(|entity| entity.is("ComputationalWorkflow"))
}

/// The tools of a workflow, by its parts and by its steps, with those of workflows in it; sorted, each once. None for a tool.
pub(super) fn contained_tools(workflow: &str, view: &GraphView<'_>) -> Vec<ContainedTool> {
    let mut seen: HashSet<&str> = HashSet::from([workflow]);
    let mut next: Vec<&str> = parts(workflow, view);
    let mut tools = Vec::new();
    while let Some(id) = next.pop().filter(|_| seen.len() <= MOST_TOOLS) {
        if !seen.insert(id) {
            continue;
        }
        next.extend(parts(id, view));
        let is_step = |entity: &Entity| entity.is("HowToStep");
        let entity = view.crate_.get(id);
        if !is_workflow(id, view) && !entity.is_some_and(is_step) {
            tools.push(ContainedTool::of(id, view));
        }
    }
    tools.sort_unstable();
    tools
}

/// The tools, workflows and steps that one entity states as its own.
fn parts<'g>(id: &str, view: &GraphView<'g>) -> Vec<&'g str> {
    let Some(entity) = view.crate_.get(id) else {
        return Vec::new();
    };
    let whole: HowTo<&str> = entity.read();
    let parts = whole.has_part.ids().chain(whole.step.ids());
    let is_tool = |id: &&str| {
        let part = view.crate_.get(id);
        part.is_none_or(|part| TOOLS.iter().any(|kind| part.is(kind)))
    };
    let examples = whole.work_example.ids();
    let examples = examples.filter(|_| entity.is("HowToStep"));
    parts
        .chain(examples)
        .filter(is_tool)
        .take(MOST_TOOLS)
        .collect()
}

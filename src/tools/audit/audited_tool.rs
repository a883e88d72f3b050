//! A tool as it is asked for: that of a step, or one of the workflow that a step ran.

use crate::galaxy::tool_address::short_tool_id;
use crate::ro_crate::provenance::{ContainedTool, Step};
use crate::text::first_filled;

/// A tool that was or may have been run.
#[derive(Debug, Clone, Copy)]
pub struct AuditedTool<'s> {
    /// Its name.
    pub name: &'s str,
    /// Its short id in Galaxy; empty where the crate does not state it.
    pub id: &'s str,
    /// Its version.
    pub version: &'s str,
    /// Its address.
    pub address: &'s str,
    /// Its identifier, such as its id in a Tool Shed.
    pub identifier: &'s str,
    /// Whether its run is recorded; else only the run of a workflow that contains it is.
    pub is_recorded: bool,
    /// Whether it is a workflow. The tools that it contains have the versions.
    pub is_workflow: bool,
    /// Whether it is a workflow whose tools the crate does not name, so that it may be any.
    pub may_be_any: bool,
}

impl<'s> AuditedTool<'s> {
    /// The tool of a step, and those that are contained in its workflow.
    pub fn all(step: &'s Step) -> impl Iterator<Item = AuditedTool<'s>> {
        let own = AuditedTool {
            name: &step.tool,
            id: &step.tool_id,
            version: &step.tool_version,
            address: &step.tool_address,
            identifier: &step.tool_identifier,
            is_recorded: true,
            is_workflow: step.is_of_workflow,
            may_be_any: step.is_of_workflow && step.contained_tools.is_empty(),
        };
        std::iter::once(own).chain(step.contained_tools.iter().map(AuditedTool::contained))
    }

    fn contained(tool: &'s ContainedTool) -> Self {
        // An identifier of another registry is no id in Galaxy.
        let id = Some(short_tool_id(&tool.identifier)).filter(|id| *id != tool.identifier);
        AuditedTool {
            name: &tool.name,
            id: id.unwrap_or_default(),
            version: &tool.version,
            address: &tool.address,
            identifier: &tool.identifier,
            is_recorded: false,
            is_workflow: false,
            may_be_any: false,
        }
    }

    /// The id of the tool, else its name or address: the same for all runs of a tool, whether or not crates know its name in
    /// Galaxy.
    pub fn key(&self) -> &'s str {
        first_filled(&[self.id, self.name, self.address])
    }

    /// Whether it is the tool of an id: its name, its short id in a Tool Shed, its address or its identifier, or the beginning of
    /// one of the last two, with or without the scheme.
    pub fn is_tool(&self, wanted: &str) -> bool {
        let texts = [self.name, self.id, self.address, self.identifier];
        texts.into_iter().any(|text| is_id_of_tool(wanted, text))
    }
}

fn is_id_of_tool(wanted: &str, text: &str) -> bool {
    // In a URL the `+` of a version is encoded.
    let id = without_scheme(text).replace("%2B", "+").to_lowercase();
    let whole = text.to_lowercase();
    let wanted = wanted.to_lowercase();
    if wanted.is_empty() || id.is_empty() {
        return false;
    }
    let wanted_id = without_scheme(&wanted);
    let follows = |rest: &str| rest.starts_with('/');
    wanted == whole
        || wanted_id == id
        || wanted_id.contains('/') && id.strip_prefix(wanted_id).is_some_and(follows)
        || short_tool_id(&id) == wanted
}

fn without_scheme(address: &str) -> &str {
    address.split_once("://").map_or(address, |(_, rest)| rest)
}

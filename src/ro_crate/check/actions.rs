//! Actions (Process Run Crate): tool, inputs, outputs, times, and the mention in the root.

use std::collections::HashSet;

use super::iso8601::Iso;
use super::report::{At, MetadataReport, called, target};
use super::rules::Rule;
use super::times;
use crate::fairtracks::fields::{shown, shown_text};
use crate::ro_crate::Entity;
use crate::ro_crate::draft::CrateDraft;

/// The types of the profile's actions.
pub const RUNS: [&str; 3] = ["CreateAction", "ActivateAction", "UpdateAction"];
/// The types of a tool.
pub const TOOLS: [&str; 3] = [
    "SoftwareApplication",
    "SoftwareSourceCode",
    "ComputationalWorkflow",
];
/// The types of the inputs and outputs of an action.
#[rustfmt::skip]
const MATTER: [&str; 9] = [
    "File", "MediaObject", "Dataset", "Collection", "RepositoryCollection", "CreativeWork", "DataDownload",
    "PropertyValue", "FormalParameter",
];
/// The values of `actionStatus`.
const STATUS: [&str; 4] = [
    "http://schema.org/CompletedActionStatus",
    "http://schema.org/FailedActionStatus",
    "http://schema.org/ActiveActionStatus",
    "http://schema.org/PotentialActionStatus",
];

/// Whether an entity is an action of any kind.
pub fn is_action(entity: &Entity) -> bool {
    entity
        .types
        .iter()
        .any(|kind| kind.ends_with("Action") && kind.len() > "Action".len())
}

/// Whether an entity is an action of the profile.
pub fn is_run(entity: &Entity) -> bool {
    RUNS.iter().any(|kind| entity.is(kind))
}

/// Checks the actions and their tools by the rules of the profiles that the crate claims. Crates without a profile may
/// describe actions of cameras and people.
pub fn check(draft: &CrateDraft, report: &mut MetadataReport<'_>) {
    let root = report.root.map(|position| &draft.read.entities()[position]);
    let mentioned = root.map_or_else(Vec::new, |root| root.references("mentions"));
    let mentioned: HashSet<&str> = mentioned.into_iter().collect();
    let mut without_agent = Vec::new();
    let mut tools: Vec<usize> = Vec::new();
    for (position, action, _) in draft.items().filter(|(_, entity, _)| is_run(entity)) {
        if !mentioned.contains(action.id.as_str()) && root.is_some() {
            let what = format!("{}, not mentioned by the root", called(action));
            let hint = "add it to `mentions` of the root, where validators look for it";
            let at = At::Entity(position);
            let expected = "an action in `mentions`";
            report.ask(Rule::ActionMentioned, at, what, expected, hint);
        }
        instrument(draft, position, action, report);
        time(position, action, report);
        status(position, action, report);
        run(draft, position, action, report);
        let ids = action.references("instrument");
        tools.extend(ids.into_iter().filter_map(|id| draft.position(id)));
        if !action.properties.contains_key("agent") {
            without_agent.push(position);
        }
    }
    for (position, action, _) in draft.items().filter(|(_, entity, _)| is_action(entity)) {
        order(position, action, report);
    }
    tools.sort_unstable();
    tools.dedup();
    for position in tools {
        tool(position, &draft.read.entities()[position], report);
    }
    if let [first, ..] = without_agent.as_slice() {
        let what = match without_agent.len() {
            1 => "no `agent`".to_owned(),
            count => format!("no `agent`, as in {count} actions of the crate"),
        };
        let hint = "add it if known; it is only recommended";
        let expected = "the person or organisation who ran it";
        report.ask(Rule::ActionAgent, At::Entity(*first), what, expected, hint);
    }
    if let Some(position) = report.root
        && !draft.read.entities().iter().any(is_run)
    {
        let hint = "a crate of this profile describes how its files were made";
        let what = "no action, although `conformsTo` names a run profile";
        let at = At::Entity(position);
        report.ask(Rule::Action, at, what, "at least one CreateAction", hint);
    }
}

/// Checks the tool of an action.
fn instrument(
    draft: &CrateDraft,
    position: usize,
    action: &Entity,
    report: &mut MetadataReport<'_>,
) {
    let expected = "a reference to the tool";
    let rule = Rule::ActionInstrument;
    let hint = "reference the program and its version";
    report.require(rule, position, "instrument", expected, hint);
    let Some(value) = action.properties.get("instrument") else {
        return;
    };
    let ids = action.references("instrument");
    if ids.is_empty() {
        let at = At::Key(position, "instrument");
        report.ask(rule, at, shown(value), expected, "");
    }
    for (number, id) in ids.into_iter().enumerate() {
        let at = At::Value(position, "instrument", number);
        match draft.read.get(id) {
            None => {
                let hint = "describe the tool in the graph, with its name and version";
                let expected = "the `@id` of an entity of the graph";
                report.ask(rule, at, shown_text(id), expected, hint);
            }
            Some(tool) if !TOOLS.iter().any(|kind| tool.is(kind)) => {
                let what = target(id, Some(tool));
                report.ask(rule, at, what, "a SoftwareApplication", "");
            }
            Some(_) => {}
        }
    }
}

fn time(position: usize, action: &Entity, report: &mut MetadataReport<'_>) {
    for key in ["startTime", "endTime"] {
        let Some(text) = action.text(key) else {
            continue;
        };
        // The rules for all entities report values that are not times.
        if Iso::of(text).is_time()
            && let Some(expected) = times::unusual(text)
        {
            let hint = "write it as 2026-01-31T12:00:00+00:00: validators of this profile accept no other form";
            let at = At::Key(position, key);
            report.ask(Rule::ActionProperties, at, shown_text(text), expected, hint);
        }
    }
}

/// An end before the start.
fn order(position: usize, action: &Entity, report: &mut MetadataReport<'_>) {
    if let (Some(start), Some(end)) = (action.text("startTime"), action.text("endTime"))
        && times::is_before(end, start)
    {
        let expected = format!("a time not before the start, {start}");
        report.should(At::Key(position, "endTime"), shown_text(end), expected, "");
    }
}

fn status(position: usize, action: &Entity, report: &mut MetadataReport<'_>) {
    let value = action.properties.get("actionStatus");
    let text = value.and_then(|value| value.as_str());
    if let Some(value) = value
        && !text.is_some_and(|text| STATUS.contains(&text))
    {
        let what = match value.get("@id") {
            Some(_) => "a reference".to_owned(),
            None => shown(value),
        };
        let hint = "use http instead of https, and a string instead of a reference";
        let expected = format!("{} or {}", shown_text(STATUS[0]), shown_text(STATUS[1]));
        let at = At::Key(position, "actionStatus");
        report.ask(Rule::ActionStatus, at, what, expected, hint);
    }
    if action.properties.contains_key("error") && text != Some(STATUS[1]) {
        let expected = format!("`error` only with `actionStatus` {}", shown_text(STATUS[1]));
        let what = "`error` of an action that did not fail";
        let at = At::Key(position, "error");
        report.ask(Rule::ActionStatus, at, what, expected, "");
    }
}

/// Requirements of the profile for its three kinds of actions.
fn run(draft: &CrateDraft, position: usize, action: &Entity, report: &mut MetadataReport<'_>) {
    let rule = Rule::ActionProperties;
    let expected = "the command line or a sentence about the action";
    report.require(rule, position, "description", expected, "");
    report.require(rule, position, "endTime", "the time of the action", "");
    if !action.is("ActivateAction") {
        let hint = "an action without a result is an ActivateAction";
        report.require(rule, position, "result", "a reference to its outputs", hint);
    }
    for key in ["object", "result"] {
        for (number, id) in action.references(key).into_iter().enumerate() {
            let entity = draft.read.get(id);
            let is_other = |entity: &&Entity| {
                !entity.types.is_empty() && !MATTER.iter().any(|kind| entity.is(kind))
            };
            if let Some(entity) = entity.filter(is_other) {
                let what = target(id, Some(entity));
                let expected = "a File, Dataset, Collection, CreativeWork or PropertyValue";
                let at = At::Value(position, key, number);
                report.ask(rule, at, what, expected, "");
            }
        }
    }
    for (number, id) in action.references("agent").into_iter().enumerate() {
        let entity = draft.read.get(id);
        if entity.is_some_and(|agent| !agent.is("Person") && !agent.is("Organization")) {
            let hint = "the program belongs in `instrument`";
            let (at, expected) = (
                At::Value(position, "agent", number),
                "a Person or an Organization",
            );
            report.ask(rule, at, shown_text(id), expected, hint);
        }
    }
}

/// Requirements of the profile for a tool, in addition to those of every version of RO-Crate for software.
fn tool(position: usize, tool: &Entity, report: &mut MetadataReport<'_>) {
    if !TOOLS.iter().any(|kind| tool.is(kind)) {
        return;
    }
    let has = |key: &str| tool.properties.contains_key(key);
    if !tool.is("SoftwareApplication") {
        let expected = "the home page or source of the tool";
        report.require(Rule::Tool, position, "url", expected, "");
        if !has("softwareVersion") {
            let hint = "without it the run is not reproducible";
            report.require(
                Rule::Tool,
                position,
                "version",
                "the version of the tool",
                hint,
            );
        }
    }
    if has("version") && has("softwareVersion") {
        let what = "both `version` and `softwareVersion`";
        let at = At::Key(position, "softwareVersion");
        report.ask(Rule::Tool, at, what, "one of them", "keep `version`");
    }
    // A script or workflow of the crate is named by its path.
    if !tool.id.starts_with("http") && !tool.is("File") {
        let hint = "a URL with the version is a persistent identifier of the tool";
        let (at, expected) = (At::Key(position, "@id"), "the URL of the tool as its id");
        report.ask(Rule::Tool, at, shown_text(&tool.id), expected, hint);
    }
}

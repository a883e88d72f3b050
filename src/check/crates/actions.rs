//! What was done: by which tool, from what, to what, when, and that the crate tells of it (Process Run Crate 0.5).

use std::collections::HashSet;

use super::report::{Report, called};
use super::root;
use super::times;
use crate::model::fields::{must, shown, shown_text};
use crate::model::finding::{Remark, Strength};
use crate::model::ro_crate::Entity;
use crate::model::ro_crate::draft::CrateDraft;

/// The types of the profile's actions.
const RUNS: [&str; 3] = ["CreateAction", "ActivateAction", "UpdateAction"];
/// The types that a tool can have.
const TOOLS: [&str; 3] = [
    "SoftwareApplication",
    "SoftwareSourceCode",
    "ComputationalWorkflow",
];
/// The types of what goes into an action and comes out of it.
const MATTER: [&str; 9] = [
    "File",
    "MediaObject",
    "Dataset",
    "Collection",
    "RepositoryCollection",
    "CreativeWork",
    "DataDownload",
    "PropertyValue",
    "FormalParameter",
];
/// The texts that `actionStatus` can be.
const STATUS: [&str; 4] = [
    "http://schema.org/CompletedActionStatus",
    "http://schema.org/FailedActionStatus",
    "http://schema.org/ActiveActionStatus",
    "http://schema.org/PotentialActionStatus",
];

/// Whether an entity is an action of whatever kind.
pub fn is_action(entity: &Entity) -> bool {
    entity
        .types
        .iter()
        .any(|kind| kind.ends_with("Action") && kind.len() > "Action".len())
}

/// Whether an entity is an action that the profile knows.
pub fn is_run(entity: &Entity) -> bool {
    RUNS.iter().any(|kind| entity.is(kind))
}

/// Checks the actions and their tools.
pub fn check(draft: &CrateDraft, report: &mut Report<'_>) {
    let root = root::position(draft).map(|position| &draft.read.entities()[position]);
    let mentioned = root.map_or_else(Vec::new, |root| root.references("mentions"));
    let mentioned: HashSet<&str> = mentioned.into_iter().collect();
    let mut without_agent = Vec::new();
    let mut tools: Vec<usize> = Vec::new();
    for (position, action, _) in draft.items().filter(|(_, entity, _)| is_action(entity)) {
        if !mentioned.contains(action.id.as_str()) && root.is_some() {
            let what = format!("{}, which the root does not mention", called(action));
            let hint = "add it to `mentions` of the root: validators look for it there";
            let remark = Remark::new(Strength::Should, "an action in `mentions`", hint);
            report.at(position, what, remark);
        }
        instrument(draft, position, action, report);
        time(position, action, report);
        status(position, action, report);
        tools.extend(
            action
                .references("instrument")
                .into_iter()
                .filter_map(|id| draft.position(id)),
        );
        if is_run(action) {
            run(draft, position, action, report);
            if !action.properties.contains_key("agent") {
                without_agent.push(position);
            }
        }
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
        let hint = "where it is known: the rules only recommend it";
        let remark = Remark::new(Strength::May, "the person or organisation who acted", hint);
        report.at(*first, what, remark);
    }
}

/// The tool that an action was done with.
fn instrument(draft: &CrateDraft, position: usize, action: &Entity, report: &mut Report<'_>) {
    let expected = "a reference to the tool";
    if !action.properties.contains_key("instrument") {
        if is_run(action) {
            let remark = must(expected, "say which program in which version did it");
            report.at(position, "no `instrument`", remark);
        }
        return;
    }
    let ids = action.references("instrument");
    if ids.is_empty() {
        let value = action.properties.get("instrument");
        let what = value.map_or_else(String::new, shown);
        report.at_key(position, "instrument", what, must(expected, ""));
    }
    for (number, id) in ids.into_iter().enumerate() {
        match draft.read.get(id) {
            None => {
                let hint = "describe the tool in the graph, with its name and version";
                let remark = must("the `@id` of an entity of the graph", hint);
                report.at_value(position, "instrument", number, shown_text(id), remark);
            }
            Some(tool) if !TOOLS.iter().any(|kind| tool.is(kind)) => {
                let what = format!("{}, a {}", shown_text(id), tool.types.join(", "));
                let remark = must("a SoftwareApplication", "");
                report.at_value(position, "instrument", number, what, remark);
            }
            Some(_) => {}
        }
    }
}

fn time(position: usize, action: &Entity, report: &mut Report<'_>) {
    for key in ["startTime", "endTime"] {
        let Some(text) = action.text(key) else {
            continue;
        };
        // What is no time at all is told by the rules for all entities.
        if times::iso(text) != times::Iso::No
            && let Some(expected) = times::unusual(text)
        {
            let hint = "write it as 2026-01-31T12:00:00+00:00: validators of this profile take no other spelling";
            let remark = Remark::new(Strength::Should, expected, hint);
            report.at_key(position, key, shown_text(text), remark);
        }
    }
    if let (Some(start), Some(end)) = (action.text("startTime"), action.text("endTime"))
        && times::is_before(end, start)
    {
        let expected = format!("a time that is not before the start, {start}");
        let remark = Remark::new(Strength::Should, expected, "");
        report.at_key(position, "endTime", shown_text(end), remark);
    }
}

fn status(position: usize, action: &Entity, report: &mut Report<'_>) {
    let value = action.properties.get("actionStatus");
    let text = value.and_then(|value| value.as_str());
    if let Some(value) = value
        && !text.is_some_and(|text| STATUS.contains(&text))
    {
        let what = match value.get("@id") {
            Some(_) => "a reference".to_owned(),
            None => shown(value),
        };
        let hint = "with http, not https, and as a text, not as a reference";
        let expected = format!("{} or {}", shown_text(STATUS[0]), shown_text(STATUS[1]));
        let remark = Remark::new(Strength::Should, expected, hint);
        report.at_key(position, "actionStatus", what, remark);
    }
    if action.properties.contains_key("error") && text != Some(STATUS[1]) {
        let expected = format!("`error` only with the status {}", shown_text(STATUS[1]));
        let remark = Remark::new(Strength::Should, expected, "");
        report.at_key(
            position,
            "error",
            "an error of an action that did not fail",
            remark,
        );
    }
}

/// What the profile asks of its three kinds of actions.
fn run(draft: &CrateDraft, position: usize, action: &Entity, report: &mut Report<'_>) {
    for (key, expected) in [
        (
            "description",
            "what was done, as a command line or a sentence",
        ),
        ("endTime", "when it was done"),
    ] {
        if !action.properties.contains_key(key) {
            let remark = Remark::new(Strength::Should, expected, "");
            report.at(position, format!("no `{key}`"), remark);
        }
    }
    if !action.properties.contains_key("result") && !action.is("ActivateAction") {
        let hint = "an action that made nothing is an ActivateAction";
        let remark = Remark::new(Strength::Should, "a reference to what came out of it", hint);
        report.at(position, "no `result`", remark);
    }
    for key in ["object", "result"] {
        for (number, id) in action.references(key).into_iter().enumerate() {
            let entity = draft.read.get(id);
            let is_other = |entity: &&Entity| {
                !entity.types.is_empty() && !MATTER.iter().any(|kind| entity.is(kind))
            };
            if let Some(entity) = entity.filter(is_other) {
                let what = format!("{}, a {}", shown_text(id), entity.types.join(", "));
                let expected = "a File, Dataset, Collection, CreativeWork or PropertyValue";
                let remark = Remark::new(Strength::Should, expected, "");
                report.at_value(position, key, number, what, remark);
            }
        }
    }
    for (number, id) in action.references("agent").into_iter().enumerate() {
        let entity = draft.read.get(id);
        if entity.is_some_and(|agent| !agent.is("Person") && !agent.is("Organization")) {
            let hint = "the program that did it is the `instrument`";
            let remark = Remark::new(Strength::Should, "a Person or an Organization", hint);
            report.at_value(position, "agent", number, shown_text(id), remark);
        }
    }
}

fn tool(position: usize, tool: &Entity, report: &mut Report<'_>) {
    if !TOOLS.iter().any(|kind| tool.is(kind)) {
        return;
    }
    let mut should = |what: &str, expected: &'static str, hint: &'static str| {
        let remark = Remark::new(Strength::Should, expected, hint);
        report.at(position, what, remark);
    };
    if !tool.properties.contains_key("url") {
        should("no `url`", "where the tool comes from", "");
    }
    let has_version = ["version", "softwareVersion"]
        .iter()
        .any(|key| tool.properties.contains_key(*key));
    if !has_version {
        should(
            "no `version`",
            "the version of the tool",
            "without it nobody can do the same again",
        );
    }
    if !tool.id.starts_with("http") {
        let what = shown_text(&tool.id);
        let hint = "an address that holds the version names the tool for good";
        let remark = Remark::new(Strength::Should, "the address of the tool as its id", hint);
        report.at_key(position, "@id", what, remark);
    }
}

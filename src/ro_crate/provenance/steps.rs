//! What was done.

use serde_json::Value as Json;

use super::order;
use super::view::{GraphView, text};
use super::{Status, Step, StepKind};
use crate::ro_crate::Entity;

/// The types of actions that are runs of something; those that only order others are none.
const RUNS: [&str; 4] = [
    "CreateAction",
    "ActivateAction",
    "UpdateAction",
    "SearchAction",
];

/// The beginnings of ids that tell what sort of doing an action was.
const KINDS: [(&str, StepKind); 6] = [
    ("#search-", StepKind::Search),
    ("#import-", StepKind::Import),
    ("#unpack-", StepKind::Unpack),
    ("#register-", StepKind::Registration),
    ("#follow-", StepKind::Match),
    ("#step-", StepKind::Tool),
];

/// How the ids of packaging begin, which comes after all that a chain tells of.
const PACKAGING: &str = "#package-";

/// The steps in their order.
pub fn steps(look: &GraphView<'_>) -> Vec<Step> {
    let runs = look.entities().filter(|entity| {
        let is_run = |kind: &&str| entity.is(kind);
        RUNS.iter().any(is_run) && !entity.id.starts_with(PACKAGING)
    });
    order::sorted(runs.map(|run| step(run, look)).collect())
}

fn kind(run: &Entity) -> StepKind {
    let known = KINDS.iter().find(|(start, _)| run.id.starts_with(start));
    match known {
        Some((_, kind)) => *kind,
        None if run.is("SearchAction") => StepKind::Search,
        None => StepKind::Tool,
    }
}

fn step<'c>(run: &'c Entity, look: &GraphView<'c>) -> Step {
    let kind = kind(run);
    let of = |key| look.text(run, key);
    let tool_address = look
        .references(run, "instrument")
        .min()
        .unwrap_or_default()
        .to_owned();
    let tool = look.crate_.get(&tool_address);
    let of_tool = |key| tool.map(|tool| look.text(tool, key)).unwrap_or_default();
    let version = match of_tool("version") {
        version if version.is_empty() => of_tool("softwareVersion"),
        version => version,
    };
    let mut parameters = Vec::new();
    if kind == StepKind::Search {
        parameters
            .extend(Some(("query".to_owned(), of("query"))).filter(|(_, query)| !query.is_empty()));
    }
    let mut inputs = Vec::new();
    for id in look.references(run, "object") {
        match look.crate_.get(id) {
            Some(property) if property.is("PropertyValue") => {
                // Checksums and evidence are told of the tracks that they are about.
                if kind == StepKind::Tool {
                    parameters.push((look.text(property, "name"), value(property)));
                }
            }
            _ => inputs.push(id.to_owned()),
        }
    }
    Step {
        id: run.id.clone(),
        kind,
        name: of("name"),
        description: of("description"),
        tool: of_tool("name"),
        tool_version: version,
        tool_address,
        start: of("startTime"),
        end: of("endTime"),
        status: status(run, look),
        error: of("error"),
        parameters,
        inputs: unique(inputs),
        outputs: unique(look.references(run, "result").map(str::to_owned).collect()),
    }
}

/// The values of a parameter in one text.
fn value(property: &Entity) -> String {
    let values: Vec<String> = property.values("value").filter_map(text).collect();
    values.join(", ")
}

/// Whether it was done, as a text or as a reference, by the address or by the bare name.
fn status(run: &Entity, look: &GraphView<'_>) -> Status {
    let said = run.values("actionStatus").find_map(|value| match value {
        Json::String(text) => Some(text.as_str()),
        value => value.get("@id")?.as_str(),
    });
    let said = said.and_then(|said| said.rsplit(['/', '#']).next());
    match said {
        Some("CompletedActionStatus") => Status::Completed,
        Some("FailedActionStatus") => Status::Failed,
        _ if !look.text(run, "error").is_empty() => Status::Failed,
        _ => Status::Unknown,
    }
}

/// The ids in their order, each once.
fn unique(ids: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    ids.into_iter()
        .filter(|id| seen.insert(id.clone()))
        .collect()
}

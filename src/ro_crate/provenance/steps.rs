//! What was done.

use std::collections::HashSet;

use super::order;
use super::view::GraphView;
use super::{Status, Step, StepKind};
use crate::ro_crate::Entity;
use crate::ro_crate::entities::{
    CreateAction, EntityId, PropertyValue, SearchAction, SoftwareApplication,
};

/// The types of actions that are runs of something; those that only order others are none.
const RUNS: [&str; 4] = [
    "CreateAction",
    "ActivateAction",
    "UpdateAction",
    "SearchAction",
];

/// The steps in their order; the packaging is none, as it comes after all of them.
pub fn steps(view: &GraphView<'_>) -> Vec<Step> {
    let runs = view.entities().filter(|entity| {
        let is_run = |kind: &&str| entity.is(kind);
        let is_packaging = matches!(EntityId::of(&entity.id), Some(EntityId::Package(_)));
        RUNS.iter().any(is_run) && !is_packaging
    });
    order::sorted(runs.map(|run| step(run, view)).collect())
}

fn kind(run: &Entity) -> StepKind {
    match EntityId::of(&run.id) {
        Some(EntityId::Search(_)) => StepKind::Search,
        Some(EntityId::Import(_)) => StepKind::Import,
        Some(EntityId::Unpack(_)) => StepKind::Unpack,
        Some(EntityId::Register(_)) => StepKind::Registration,
        Some(EntityId::Follow(_)) => StepKind::Match,
        Some(EntityId::Step(_)) => StepKind::Tool,
        _ if run.is("SearchAction") => StepKind::Search,
        _ => StepKind::Tool,
    }
}

fn step(run: &Entity, view: &GraphView<'_>) -> Step {
    let kind = kind(run);
    let action: CreateAction<&str> = run.read();
    let tool_address = action.instrument.ids().min().unwrap_or_default();
    let tool = view.crate_.get(tool_address);
    let tool: SoftwareApplication<&str> = tool.map(Entity::read).unwrap_or_default();
    let mut versions = tool.version.shown().chain(tool.software_version.shown());
    let mut parameters = Vec::new();
    if kind == StepKind::Search {
        let query = run.read::<SearchAction<&str>>().query.shown().next();
        parameters.extend(query.map(|query| ("query".to_owned(), query)));
    }
    let mut inputs = Vec::new();
    for id in action.object.ids() {
        match view.crate_.get(id) {
            Some(property) if property.is("PropertyValue") => {
                // Checksums and evidence belong to the tracks that they are about.
                if kind == StepKind::Tool {
                    let property: PropertyValue<&str> = property.read();
                    let values: Vec<String> = property.value.shown().collect();
                    parameters.push((property.name.first(), values.join(", ")));
                }
            }
            _ => inputs.push(id.to_owned()),
        }
    }
    Step {
        id: run.id.clone(),
        kind,
        name: action.name.first(),
        description: action.description.first(),
        tool: tool.name.first(),
        tool_version: versions.next().unwrap_or_default(),
        tool_address: tool_address.to_owned(),
        start: action.start_time.first(),
        end: action.end_time.first(),
        status: status(&action),
        error: action.error.first(),
        parameters,
        inputs: unique(inputs),
        outputs: unique(action.result.ids().map(str::to_owned).collect()),
    }
}

/// Whether it was done, as a text or as a reference, by the address or by the bare name.
fn status(action: &CreateAction<&str>) -> Status {
    let stated = action.action_status.in_order().next();
    match stated.and_then(|stated| stated.rsplit(['/', '#']).next()) {
        Some("CompletedActionStatus") => Status::Completed,
        Some("FailedActionStatus") => Status::Failed,
        _ if action.error.shown().next().is_some() => Status::Failed,
        _ => Status::Unknown,
    }
}

/// The ids in their order, each once.
fn unique(ids: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    ids.into_iter()
        .filter(|id| seen.insert(id.clone()))
        .collect()
}

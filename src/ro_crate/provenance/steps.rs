//! What was done.

use std::collections::HashSet;

use super::contained_tools::{ContainedTool, contained_tools, is_workflow, tool_of};
use super::order;
use super::view::{GraphView, is_address};
use super::{Status, Step, StepKind};
use crate::query::words::question_in_words::question_in_words;
use crate::ro_crate::Entity;
use crate::ro_crate::common_entities::{CONDITIONS_OF_FORM, galaxy_tool_id};
use crate::ro_crate::entities::{
    CreateAction, CreativeWork, EntityId, PropertyValue, SearchAction, SoftwareApplication,
};

/// The parameter of a search that holds its conditions in words.
pub const QUESTION: &str = "question";
/// The parameter of a search that holds what was searched.
pub const SOURCE: &str = "source";

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
        Some(EntityId::Recognition(_)) => StepKind::Recognition,
        Some(EntityId::Follow(_)) => StepKind::Match,
        Some(EntityId::Step(_)) => StepKind::Tool,
        _ if run.is("SearchAction") => StepKind::Search,
        _ => StepKind::Tool,
    }
}

fn step(run: &Entity, view: &GraphView<'_>) -> Step {
    let kind = kind(run);
    let action: CreateAction<&str> = run.read();
    let mut instruments: Vec<&str> = action.instrument.ids().collect();
    instruments.sort_unstable();
    instruments.dedup();
    let instruments: Vec<&str> = instruments.iter().map(|id| tool_of(id, view)).collect();
    let tool_address = instruments.first().copied().unwrap_or_default();
    let tool = view.crate_.get(tool_address);
    let tool_id = tool.and_then(galaxy_tool_id).unwrap_or_default();
    let tool: SoftwareApplication<&str> = tool.map(Entity::read).unwrap_or_default();
    let mut versions = tool.version.shown().chain(tool.software_version.shown());
    let mut contained = contained_tools(tool_address, view);
    for further in instruments.iter().skip(1) {
        contained.push(ContainedTool::of(further, view));
        contained.extend(contained_tools(further, view));
    }
    let mut parameters = Vec::new();
    if kind == StepKind::Search {
        parameters = search_parameters(run, view);
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
        tool_id,
        tool_version: versions.next().unwrap_or_default(),
        tool_address: tool_address.to_owned(),
        tool_identifier: tool.identifier.first(),
        contained_tools: contained,
        is_of_workflow: is_workflow(tool_address, view),
        citations: unique(tool.citation.ids().map(str::to_owned).collect()),
        start: action.start_time.first(),
        end: action.end_time.first(),
        status: status(&action),
        error: action.error.first(),
        parameters,
        inputs: unique(inputs),
        outputs: unique(action.result.ids().map(str::to_owned).collect()),
    }
}

/// What a search asked, in words and as a query, and what it searched, if that has an address.
fn search_parameters(run: &Entity, view: &GraphView<'_>) -> Vec<(String, String)> {
    let search: SearchAction<&str> = run.read();
    let description = search.description.first();
    let conditions = description.strip_prefix(CONDITIONS_OF_FORM);
    let question = conditions.and_then(|conditions| question_in_words(conditions.as_bytes()));
    let searched = search.object.ids().next();
    let searched = searched.and_then(|id| Some((id, view.crate_.get(id)?)));
    let source = searched.and_then(|(id, searched)| {
        let thing: CreativeWork<&str> = searched.read();
        match is_address(id) {
            true => Some(format!("{}, {id}", thing.name.first())),
            false => thing.url.shown().find(|url| is_address(url)),
        }
    });
    let all = [
        (QUESTION, question),
        ("query", search.query.shown().next()),
        (SOURCE, source),
    ];
    let stated = all
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    stated.collect()
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

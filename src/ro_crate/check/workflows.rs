//! Workflows and their steps: requirements of Workflow RO-Crate, Workflow Run Crate and Provenance Run Crate.

use std::collections::HashSet;

use super::actions::{RUNS, TOOLS, is_run};
use super::claims::Profile;
use super::report::{At, MetadataReport, target};
use super::rules::Rule;
use crate::fairtracks::fields::shown_text;
use crate::ro_crate::Entity;
use crate::ro_crate::draft::CrateDraft;

/// Checks the main workflow, and the steps of all workflows.
pub fn check(draft: &CrateDraft, report: &mut MetadataReport<'_>) {
    if report.claims.follow(Profile::WorkflowRoCrate) {
        main_workflow(draft, report);
    }
    if report.claims.follow(Profile::WorkflowRun) {
        for (position, entity, _) in draft.items() {
            parameters(draft, position, entity, report);
        }
    }
    if report.claims.follow(Profile::Provenance) {
        let links = Links::new(draft);
        for (position, entity, _) in draft.items() {
            links.check(position, entity, report);
        }
    }
}

/// Checks the inputs and outputs of a workflow and their parameters.
fn parameters(
    draft: &CrateDraft,
    position: usize,
    entity: &Entity,
    report: &mut MetadataReport<'_>,
) {
    if entity.is("FormalParameter") {
        let expected = "the type of its values, such as File or Integer";
        report.require(Rule::Parameters, position, "additionalType", expected, "");
    }
    if !entity.is("ComputationalWorkflow") {
        return;
    }
    for key in ["input", "output"] {
        for (number, id) in entity.references(key).into_iter().enumerate() {
            let found = draft.read.get(id);
            if !found.is_some_and(|parameter| parameter.is("FormalParameter")) {
                let at = At::Value(position, key, number);
                let what = target(id, found);
                report.ask(Rule::Parameters, at, what, "a FormalParameter", "");
            }
        }
    }
}

/// Checks the main workflow.
fn main_workflow(draft: &CrateDraft, report: &mut MetadataReport<'_>) {
    let Some(root) = report.root else { return };
    let entity = &draft.read.entities()[root];
    let expected = "a reference to the main workflow";
    let main = entity.references("mainEntity");
    let positions: Vec<usize> = main.iter().filter_map(|id| draft.position(id)).collect();
    let [position, ..] = positions.as_slice() else {
        let at = At::Entity(root);
        report.ask(Rule::MainWorkflow, at, "no `mainEntity`", expected, "");
        return;
    };
    let workflow = &draft.read.entities()[*position];
    let has = |kind: &str| workflow.is(kind) || (kind == "File" && workflow.is("MediaObject"));
    if !["File", "SoftwareSourceCode", "ComputationalWorkflow"]
        .into_iter()
        .all(has)
    {
        let what = shown_text(&workflow.types.join(", "));
        let expected = "the types File, SoftwareSourceCode and ComputationalWorkflow";
        let at = At::Key(*position, "@type");
        report.ask(Rule::MainWorkflowProperties, at, what, expected, "");
    }
    let languages = workflow.references("programmingLanguage");
    let is_language = |id: &&str| {
        let language = draft.read.get(id);
        language.is_some_and(|entity| entity.is("ComputerLanguage"))
    };
    if languages.is_empty() || !languages.iter().all(is_language) {
        let what = match languages.as_slice() {
            [] => "no `programmingLanguage`".to_owned(),
            ids => shown_text(&ids.join(", ")),
        };
        let expected = "a reference to a ComputerLanguage";
        let at = At::Entity(*position);
        report.ask(Rule::MainWorkflowProperties, at, what, expected, "");
    }
    let runs = draft.read.entities().iter().filter(|entity| is_run(entity));
    let mut instruments = runs.flat_map(|run| run.references("instrument"));
    if !instruments.any(|id| main.contains(&id)) {
        let what = "no action with the main workflow as its `instrument`";
        let expected = "the run of the main workflow";
        report.ask(Rule::WorkflowRun, At::Entity(*position), what, expected, "");
    }
}

/// A property that entities of a type must have, and the type of its target.
struct Link {
    from: &'static str,
    key: &'static str,
    to: &'static [&'static str],
    expected: &'static str,
}

const fn link(
    from: &'static str,
    key: &'static str,
    to: &'static [&'static str],
    expected: &'static str,
) -> Link {
    Link {
        from,
        key,
        to,
        expected,
    }
}

/// The properties that Provenance Run Crate requires.
#[rustfmt::skip]
const LINKS: [Link; 7] = [
    link("ComputationalWorkflow", "hasPart", &TOOLS, "a tool"),
    link("HowToStep", "workExample", &TOOLS, "a tool"),
    link("ControlAction", "instrument", &["HowToStep"], "a HowToStep"),
    link("ControlAction", "object", &RUNS, "the action of the tool"),
    link("OrganizeAction", "instrument", &TOOLS, "the workflow engine"),
    link("OrganizeAction", "object", &["ControlAction"], "the ControlActions of the steps"),
    link("OrganizeAction", "result", &RUNS, "the action of the workflow"),
];

/// References between workflows, steps and actions.
struct Links<'d> {
    draft: &'d CrateDraft,
    /// The steps that workflows refer to.
    steps: HashSet<&'d str>,
    /// The tools of workflows.
    tools: HashSet<&'d str>,
    /// The tools that actions refer to.
    used: HashSet<&'d str>,
}

impl<'d> Links<'d> {
    fn new(draft: &'d CrateDraft) -> Self {
        let entities = draft.read.entities().iter();
        let is_workflow = |entity: &&Entity| entity.is("ComputationalWorkflow");
        let workflows = entities.clone().filter(is_workflow);
        let runs = entities.filter(|entity| is_run(entity));
        Links {
            draft,
            steps: workflows
                .clone()
                .flat_map(|it| it.references("step"))
                .collect(),
            tools: workflows.flat_map(|it| it.references("hasPart")).collect(),
            used: runs.flat_map(|run| run.references("instrument")).collect(),
        }
    }
    fn check(&self, position: usize, entity: &Entity, report: &mut MetadataReport<'_>) {
        let at = At::Entity(position);
        let is_tool = TOOLS.iter().any(|kind| entity.is(kind));
        let id = entity.id.as_str();
        if is_tool && self.tools.contains(id) && !self.used.contains(id) {
            let (what, expected) = ("a tool of a workflow without a run", "an action with it");
            report.ask(Rule::Steps, at, what, expected, "");
        }
        if entity.is("HowToStep") && !self.steps.contains(id) {
            let (what, expected) = (
                "a step without a workflow",
                "a workflow that lists it in `step`",
            );
            report.ask(Rule::Steps, at, what, expected, "");
        }
        let has_steps = entity.references("step").into_iter().any(|id| {
            let step = self.draft.read.get(id);
            step.is_some_and(|step| step.is("HowToStep"))
        });
        if entity.is("ComputationalWorkflow") && has_steps && !entity.is("HowTo") {
            let what = shown_text(&entity.types.join(", "));
            let expected = "also the type HowTo, because it has steps";
            let at = At::Key(position, "@type");
            report.ask(Rule::Steps, at, what, expected, "");
        }
        for link in LINKS.iter().filter(|link| entity.is(link.from)) {
            self.refer(position, entity, link, report);
        }
    }

    /// Checks a property that must refer to entities of some types.
    fn refer(
        &self,
        position: usize,
        entity: &Entity,
        link: &Link,
        report: &mut MetadataReport<'_>,
    ) {
        let ids = entity.references(link.key);
        if ids.is_empty() {
            let (at, what) = (At::Entity(position), format!("no `{}`", link.key));
            report.ask(Rule::Steps, at, what, link.expected, "");
        }
        for (number, id) in ids.into_iter().enumerate() {
            let found = self.draft.read.get(id);
            let is_right = |entity: &Entity| link.to.iter().any(|kind| entity.is(kind));
            if !found.is_some_and(is_right) {
                let at = At::Value(position, link.key, number);
                report.ask(Rule::Steps, at, target(id, found), link.expected, "");
            }
        }
    }
}

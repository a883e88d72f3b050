//! The checksums of source tracks.

use std::collections::{HashMap, HashSet};

use super::view::GraphView;
use super::{StatedChecksum, Step, StepKind};
use crate::archive::digest::DigestFunction;
use crate::ro_crate::Entity;
use crate::ro_crate::entities::{CreateAction, PropertyValue};
use crate::ro_crate::stated_checksums;

/// The steps of a graph by the files that they made and looked at.
pub(super) struct StepsByFile<'s> {
    made: HashMap<&'s str, Vec<&'s Step>>,
    read: HashMap<&'s str, Vec<&'s Step>>,
    /// The outputs of all steps.
    outputs: HashSet<&'s str>,
}

impl<'s> StepsByFile<'s> {
    /// Indexes steps. Of those with several outputs, or several inputs, a checksum may belong to any of these, so they are left
    /// out.
    pub fn of(steps: &'s [Step]) -> Self {
        let mut by_file = StepsByFile {
            made: HashMap::new(),
            read: HashMap::new(),
            outputs: steps
                .iter()
                .flat_map(|step| step.outputs.iter().map(String::as_str))
                .collect(),
        };
        for step in steps {
            for (ids, steps) in [
                (&step.outputs, &mut by_file.made),
                (&step.inputs, &mut by_file.read),
            ] {
                if let [id] = ids.as_slice() {
                    steps.entry(id).or_default().push(step);
                }
            }
        }
        by_file
    }

    /// The checksum that the provider gives by a step that made a file, and is no step of this suite: the run of a tool that
    /// downloads.
    pub fn provided(&self, id: &str, view: &GraphView<'_>) -> Option<StatedChecksum> {
        let made = self.made.get(id).into_iter().flatten();
        let mut made = made.filter(|step| step.kind == StepKind::Tool);
        made.find_map(|step| {
            let mut objects = objects(step, view);
            let sum = objects.find(|object| stated_checksums::of_property(object).is_some())?;
            Some(of_property(sum))
        })
    }

    /// All checksums that a graph states of a file, in hexadecimal digits: by itself, by the steps that made or looked at it, and
    /// of the file as it was served.
    pub fn stated(&self, entity: &Entity, view: &GraphView<'_>) -> Vec<String> {
        let mut sums = stated_checksums::of_file(entity, view.crate_);
        let id = entity.id.as_str();
        let made = || self.made.get(id).into_iter().flatten();
        for step in made().chain(self.read.get(id).into_iter().flatten()) {
            sums.extend(objects(step, view).filter_map(stated_checksums::of_property));
        }
        let served = made().flat_map(|step| &step.inputs);
        let served = served.filter(|input| !self.outputs.contains(input.as_str()));
        for served in view.referred(served.map(String::as_str)) {
            sums.extend(stated_checksums::of_file(served, view.crate_));
            sums.extend(
                served
                    .sha256()
                    .map(|sum| (DigestFunction::Sha256, sum.hexadecimal())),
            );
        }
        let mut sums: Vec<String> = sums.into_iter().map(|(_, sum)| sum).collect();
        sums.sort_unstable();
        sums.dedup();
        sums
    }
}

/// A checksum as a step has it.
pub(super) fn of_property(property: &Entity) -> StatedChecksum {
    let property: PropertyValue<&str> = property.read();
    StatedChecksum {
        method: property.property_id.first(),
        value: property.value.first(),
        remark: property.name.first(),
    }
}

/// What a step looked at.
pub(super) fn objects<'c>(step: &Step, view: &GraphView<'c>) -> impl Iterator<Item = &'c Entity> {
    let run = view.crate_.get(&step.id);
    let run: Option<CreateAction<&'c str>> = run.map(Entity::read);
    let ids: Vec<&'c str> = run.iter().flat_map(|run| run.object.ids()).collect();
    let objects: Vec<&'c Entity> = view.referred(ids.into_iter()).collect();
    objects.into_iter()
}

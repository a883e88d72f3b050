//! The actions, files and folders of a merged graph, which its root refers to.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::Entity;
use crate::ro_crate::entities::{CreateAction, Dataset};

/// The actions and files of a graph, and what its folders hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MergeReport {
    /// When each action ended, by its id.
    actions: BTreeMap<String, Option<String>>,
    /// The ids of the files.
    files: BTreeSet<String>,
    /// What folders and other wholes have among their parts.
    parts: BTreeMap<String, Vec<String>>,
}

impl MergeReport {
    /// Takes note of an entity.
    pub(super) fn note(&mut self, entity: &Entity) {
        if entity.types.iter().any(|kind| kind.ends_with("Action")) {
            let end = entity
                .read::<CreateAction<&str>>()
                .end_time
                .text()
                .map(str::to_owned);
            self.actions.insert(entity.id.clone(), end);
        }
        if entity.is("File") {
            self.files.insert(entity.id.clone());
        }
        let parts = entity.read::<Dataset<&str>>().has_part;
        if parts.ids().next().is_some() {
            let known = self.parts.entry(entity.id.clone()).or_default();
            known.extend(parts.ids().map(str::to_owned));
        }
    }

    /// Takes over what another graph has.
    pub(super) fn append(&mut self, mut other: MergeReport) {
        self.actions.append(&mut other.actions);
        self.files.append(&mut other.files);
        for (whole, parts) in other.parts {
            self.parts.entry(whole).or_default().extend(parts);
        }
    }

    /// The ids of all actions, the first to end first.
    pub fn actions(&self) -> Vec<&str> {
        let mut actions: Vec<(&Option<String>, &str)> = self
            .actions
            .iter()
            .map(|(id, end)| (end, id.as_str()))
            .collect();
        actions.sort();
        actions.into_iter().map(|(_, id)| id).collect()
    }

    /// The ids of the files that cannot be reached from these parts of the root.
    pub fn unreached(&self, parts: &[String]) -> Vec<&str> {
        let mut reached: HashSet<&str> = HashSet::new();
        let mut next: Vec<&str> = parts.iter().map(String::as_str).collect();
        while let Some(id) = next.pop() {
            if reached.insert(id) {
                let inside = self.parts.get(id).into_iter().flatten();
                next.extend(inside.map(String::as_str));
            }
        }
        let files = self.files.iter().map(String::as_str);
        files.filter(|id| !reached.contains(id)).collect()
    }
}

//! The ids of the data: by their content if crates describe them, by their path if their bytes are in the crate.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value as Json;

use super::PublicationInput;
use crate::archive::content_id;
use crate::archive::paths::id_of_path;
use crate::galaxy::datatype;
use crate::ro_crate::common_entities::{INPUTS, TRACK};
use crate::ro_crate::crate_index::FileId;
use crate::ro_crate::entities::File;
use crate::ro_crate::merge::each_reference;
use crate::ro_crate::{Crate, Entity};

/// The ids of the data in the merged graph and in the crate.
pub(super) struct Renaming {
    /// The id of each of the data in the crate.
    pub ids: Vec<String>,
    /// The id in the merged graph, if crates describe it.
    pub described_files: Vec<Option<String>>,
    /// The number of the first of the data that is each thing.
    first: HashMap<String, usize>,
}

impl Renaming {
    /// Gives ids to the data.
    pub fn new(input: &PublicationInput<'_>) -> Self {
        let of_subject = |place: &FileId| input.crate_index[*place].id.clone();
        let described_files: Vec<Option<String>> = input
            .matches
            .iter()
            .map(|place| place.as_ref().map(of_subject))
            .collect();
        let mut first = HashMap::new();
        for (number, described_file) in described_files.iter().enumerate() {
            if let Some(described_file) = described_file {
                first.entry(described_file.clone()).or_insert(number);
            }
        }
        let ids = input.files.iter().zip(&described_files).enumerate();
        let ids = ids.map(
            |(number, (file, described_file))| match (input.paths, described_file) {
                (Some(paths), _) => id_of_path(&paths[number]),
                (None, Some(described_file)) => described_file.clone(),
                (None, None) => file.entity_id(),
            },
        );
        Renaming {
            ids: ids.collect(),
            described_files,
            first,
        }
    }

    /// The ids of the data, each once.
    pub fn each_id(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let ids = self.ids.iter().filter(|id| seen.insert(id.as_str()));
        ids.cloned().collect()
    }

    /// The data that no crate describes.
    pub fn undescribed(&self, input: &PublicationInput<'_>) -> impl Iterator<Item = usize> {
        (0..input.files.len()).filter(|number| self.described_files[*number].is_none())
    }

    /// The id in the crate of an entity of the merged graph.
    pub fn name(&self, id: &str) -> String {
        match self.first.get(id) {
            Some(number) => self.ids[*number].clone(),
            None => id.to_owned(),
        }
    }

    /// An entity under its name in the crate, with the references that it makes.
    pub fn renamed(
        &self,
        mut entity: Entity,
        input: &PublicationInput<'_>,
        there: &HashSet<String>,
    ) -> Entity {
        let name = |id: &str| self.name(&found_whole(id, there));
        for value in entity.properties.values_mut() {
            each_reference(value, &name);
            each_once(value);
        }
        match self.first.get(&entity.id) {
            Some(number) => self.described(entity, *number, input),
            None => entity,
        }
    }

    /// An entity as that of one of the data.
    fn described(&self, mut entity: Entity, number: usize, input: &PublicationInput<'_>) -> Entity {
        let file = &input.files[number];
        entity.id.clone_from(&self.ids[number]);
        if !entity.is("File") {
            entity.types.insert(0, "File".to_owned());
        }
        let place = input.matches[number];
        let is_source = place.is_some_and(|place| input.crate_index[place].is_source);
        let sum = &file.digests.sha256;
        entity.identify_by(&content_id::of_file(sum));
        entity
            .set_missing(&File {
                encoding_format: datatype::media_type(&file.extension).into(),
                // Crates by other programs know a track from their document only.
                additional_type: is_source.then_some(TRACK).into(),
                ..File::default()
            })
            .set(&File {
                content_size: file.digests.bytes.to_string().into(),
                sha256: sum.hexadecimal().into(),
                ..File::default()
            })
    }

    /// Adds an entity for each of the data that is the same thing as another one.
    pub fn add_copies(&self, input: &PublicationInput<'_>, crate_: &mut Crate) {
        for (number, described_file) in self.described_files.iter().enumerate() {
            let first = described_file
                .as_ref()
                .and_then(|described_file| self.first.get(described_file));
            let Some(first) = first.filter(|first| self.ids[**first] != self.ids[number]) else {
                continue;
            };
            if let Some(entity) = crate_.get(&self.ids[*first]).cloned() {
                let copy = self.described(entity, number, input);
                crate_.add(copy.set(&File {
                    name: input.files[number].label().into(),
                    ..File::default()
                }));
            }
        }
    }
}

/// A file of a crate by its path, where a crate that was made of it alone knew it by `#<k>-path`.
fn found_whole(id: &str, there: &HashSet<String>) -> String {
    let inner = id.strip_prefix('#').and_then(|rest| rest.split_once('-'));
    let path = inner.map(|(key, path)| format!("{INPUTS}{key}/{path}"));
    match path {
        Some(path) if !there.contains(id) && there.contains(&path) => path,
        _ => id.to_owned(),
    }
}

/// Leaves each value of a list once.
fn each_once(value: &mut Json) {
    let Json::Array(values) = value else { return };
    let mut known: Vec<Json> = Vec::with_capacity(values.len());
    let mut ids = HashSet::new();
    for value in values.drain(..) {
        let is_new = match value.get("@id").and_then(Json::as_str) {
            Some(id) => ids.insert(id.to_owned()),
            None => true,
        };
        if is_new {
            known.push(value);
        }
    }
    *value = match known.len() {
        1 => known.remove(0),
        _ => known.into(),
    };
}

//! RO-Crates: packages of data that describe themselves (RO-Crate 1.1 with the profile Process Run Crate 0.5).
//!
//! ```text
//! crate ── entities: each an id, one or more types, properties
//!    root `./` ── hasPart ──▶ files
//!             └── mentions ─▶ actions ── object ──▶ inputs
//!                                    ├── result ──▶ outputs
//!                                    └── instrument ▶ the tool
//! ```
//!
//! A crate is read without loss: unknown properties, their order and the text of numbers stay.

use std::collections::HashMap;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value as Json, json};

pub mod check;
pub mod citation;
pub mod common_entities;
mod content_digests;
pub mod crate_archive;
pub mod crate_builder;
pub mod crate_contents;
pub mod crate_error;
pub mod crate_index;
pub mod credits;
pub mod data_file;
mod documented_builds;
pub mod draft;
pub mod entities;
pub mod full_crate;
pub mod imported_track;
pub mod known_crates;
pub mod light_crate;
pub mod light_crate_zip;
pub mod merge;
pub mod merged_document;
pub mod metadata_file;
pub mod metadata_json;
pub mod methods;
pub mod page;
pub mod picture;
pub mod proof;
pub mod provenance;
pub mod publication;
pub mod recognition;
pub mod restorable;
pub mod result_crate;
pub mod result_crate_zip;
pub mod source_context;
pub mod source_rows;
mod stated_checksums;
pub mod track_source;
pub mod tracks;
pub mod verification;

pub use crate::archive::paths::METADATA_FILE;
use credits::Credit;
pub use entities::Entity;
use entities::{CreativeWork, Dataset, PropertyValue, Thing, items};

/// The version of RO-Crate that is written, as descriptors name it.
pub const RO_CRATE: &str = "https://w3id.org/ro/crate/1.1";
/// The profile of crates about runs of tools, in the version that goes with [`RO_CRATE`].
pub const PROCESS_RUN_CRATE: &str = "https://w3id.org/ro/wfrun/process/0.5";
/// The version of [`PROCESS_RUN_CRATE`].
pub const PROCESS_RUN_CRATE_VERSION: &str = "0.5";
/// The contexts of both.
pub const CONTEXTS: [&str; 2] = [
    "https://w3id.org/ro/crate/1.1/context",
    "https://w3id.org/ro/terms/workflow-run/context",
];
/// Terms of later versions of schema.org and of Bioschemas that neither context has.
pub const FURTHER_TERMS: [(&str, &str); 4] = [
    ("BioSample", "https://bioschemas.org/BioSample"),
    ("Gene", "http://schema.org/Gene"),
    ("Taxon", "http://schema.org/Taxon"),
    ("taxonomicRange", "http://schema.org/taxonomicRange"),
];
/// The name of the metadata file in RO-Crate 1.0.
pub const METADATA_FILE_1_0: &str = "ro-crate-metadata.jsonld";
/// The name of the page that shows a crate.
pub const PREVIEW_FILE: &str = "ro-crate-preview.html";
/// The id of the root.
pub const ROOT: &str = "./";

/// A crate's graph with its context.
#[derive(Debug, Clone, PartialEq)]
pub struct Crate {
    /// The value of `@context`.
    pub context: Json,
    /// Other members beside `@context` and `@graph`, which are rare.
    pub further: Map<String, Json>,
    entities: Vec<Entity>,
    places: HashMap<String, usize>,
}

impl Crate {
    /// A crate without entities, in the version that is written.
    pub fn new() -> Self {
        let terms: Map<String, Json> = FURTHER_TERMS
            .iter()
            .map(|(term, address)| ((*term).to_owned(), (*address).into()))
            .collect();
        Crate {
            context: json!([CONTEXTS[0], CONTEXTS[1], terms]),
            further: Map::new(),
            entities: Vec::new(),
            places: HashMap::new(),
        }
    }

    /// A crate as it was read; of entities with one id, which the specification forbids, the first is found by it.
    pub fn from_parts(context: Json, further: Map<String, Json>, entities: Vec<Entity>) -> Self {
        let mut places = HashMap::new();
        for (place, entity) in entities.iter().enumerate() {
            places.entry(entity.id.clone()).or_insert(place);
        }
        Crate {
            context,
            further,
            entities,
            places,
        }
    }

    /// Adds an entity unless one of its id is there; returns the id.
    pub fn add(&mut self, entity: Entity) -> String {
        let id = entity.id.clone();
        if !self.places.contains_key(&id) {
            self.places.insert(id.clone(), self.entities.len());
            self.entities.push(entity);
        }
        id
    }

    /// Takes over the terms that other contexts have besides: contexts of other profiles, and single terms. Those of other
    /// versions of RO-Crate are not taken, as its terms are here already.
    pub fn join_contexts<'j>(&mut self, others: impl IntoIterator<Item = &'j Json>) {
        let mut contexts: Vec<Json> = Vec::new();
        let mut terms: Map<String, Json> = Map::new();
        let mut take = |context: &Json| {
            for part in items(Some(context)) {
                match part {
                    Json::Object(further) => {
                        for (term, meaning) in further {
                            terms.entry(term).or_insert_with(|| meaning.clone());
                        }
                    }
                    Json::String(address) => {
                        let is_base = address.starts_with("https://w3id.org/ro/crate/");
                        if !contexts.contains(part) && (!is_base || contexts.is_empty()) {
                            contexts.push(part.clone());
                        }
                    }
                    _ => {}
                }
            }
        };
        take(&self.context);
        others.into_iter().for_each(take);
        contexts.push(terms.into());
        self.context = contexts.into();
    }

    /// The entities in their order.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The entities in their order, given away.
    pub fn into_entities(self) -> Vec<Entity> {
        self.entities
    }

    /// The entity of an id.
    pub fn get(&self, id: &str) -> Option<&Entity> {
        self.entities.get(self.position(id)?)
    }

    /// The position of the entity of an id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The licence that the root states by an address.
    pub fn licence(&self) -> Option<Credit> {
        let root: Dataset<&str> = self.root()?.read();
        let mut stated = root.license.ids_and_texts();
        let id = stated.find(|id| id.starts_with("http"))?;
        Some(Credit {
            id: id.to_owned(),
            name: self.name_of(id).unwrap_or(id).to_owned(),
        })
    }

    /// The first property of some ids that has this name.
    pub fn property<'i>(
        &self,
        mut ids: impl Iterator<Item = &'i str>,
        name: &str,
    ) -> Option<PropertyValue<&str>> {
        ids.find_map(|id| {
            let property: PropertyValue<&str> = self.get(id)?.read();
            (property.name.text() == Some(name)).then_some(property)
        })
    }

    /// The root, which the descriptor names; where it names none, the entity [`ROOT`].
    pub fn root(&self) -> Option<&Entity> {
        let descriptor: Option<CreativeWork<&str>> = self.get(METADATA_FILE).map(Entity::read);
        let named = descriptor.and_then(|descriptor| descriptor.about.ids().next());
        self.get(named.unwrap_or(ROOT))
    }

    /// The name of the entity of an id.
    pub fn name_of(&self, id: &str) -> Option<&str> {
        self.get(id)?.read::<Thing<&str>>().name.text()
    }
}

impl Default for Crate {
    fn default() -> Self {
        Crate::new()
    }
}

impl Serialize for Crate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry("@context", &self.context)?;
        members.serialize_entry("@graph", &self.entities)?;
        for (key, value) in &self.further {
            members.serialize_entry(key, value)?;
        }
        members.end()
    }
}

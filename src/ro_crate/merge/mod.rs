//! Merge: the graphs of the crates that a crate is made of, as one graph.
//!
//! Each of them has a folder of its own, `inputs/<k>/`, where `k` is the beginning of the SHA-256 of its metadata. In the
//! merged graph
//!
//! 1. its root is the Dataset `inputs/<k>/`, with the profiles that it claims; its descriptor is left out;
//! 2. the ids of its own entities get the prefix `k`: `#x` becomes `#<k>-x`, a file becomes `#<k>-path` or, if its bytes are
//!    there, `inputs/<k>/path`; a file that is not there and has a SHA-256 gets an id made of that;
//! 3. an entity with an address, or with an id made of its content, is the same thing in all crates: equal descriptions
//!    become one, lists are joined, and if two descriptions contradict each other the later one becomes `<id>#<k>`;
//! 4. of a crate that was made of crates only its own part is merged: the crates inside it are merged by themselves, once.
//!
//! The result does not depend on the order of the crates, nor on repetitions.

mod names;
mod report;
mod variants;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::*;
use serde_json::Value as Json;

use super::common_entities::ANY_CRATE;
use super::{Crate, Entity};
pub use names::CrateNames;
use names::NameScope;
pub use report::MergeReport;
use variants::EntityVariants;

/// The source of a graph: a crate, or the bytes of its metadata, which are read when they are needed.
pub trait Graph: Sync {
    /// The graph.
    fn graph(&self) -> Cow<'_, Crate>;
}

impl Graph for Crate {
    fn graph(&self) -> Cow<'_, Crate> {
        Cow::Borrowed(self)
    }
}

/// A crate to merge.
#[derive(Clone, Copy)]
pub struct CratePart<'c> {
    /// 16 hexadecimal digits, the beginning of the SHA-256 of its metadata file.
    pub key: &'c str,
    /// Its metadata.
    pub metadata: &'c dyn Graph,
    /// Whether all its files are in its folder, and not its metadata alone.
    pub is_whole: bool,
}

/// The merged graph. `I` is the form of the entities that one crate alone describes: entities, or their JSON if there are
/// very many.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MergedGraph<I = Entity> {
    /// The entities that are shared, and those that were there already, sorted by id.
    pub shared: Vec<Entity>,
    /// What is described in one crate, in the order of the crates' keys.
    pub inner: Vec<I>,
    /// Entities with contradictory descriptions.
    pub split: Vec<SplitEntity>,
    /// The contexts of the crates, each once.
    pub contexts: Vec<Json>,
    /// The actions, files and folders of the whole graph.
    pub report: MergeReport,
}

/// An entity that crates contradict each other about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitEntity {
    /// Its id, which the first description keeps.
    pub id: String,
    /// The id of the other description.
    pub new_id: String,
    /// The keys of the first crates with either description; empty for that of the crate that is made.
    pub keys: [String; 2],
}

impl MergedGraph {
    /// All entities.
    pub fn into_entities(self) -> impl Iterator<Item = Entity> {
        self.shared.into_iter().chain(self.inner)
    }
}

/// A form in which an entity is kept.
pub trait KeptVariant: Send {
    /// Takes an entity.
    fn keep(entity: Entity) -> Self;
    /// Gives it back.
    fn give(self) -> Entity;
}

impl KeptVariant for Entity {
    fn keep(entity: Entity) -> Self {
        entity
    }

    fn give(self) -> Entity {
        self
    }
}

/// An entity as JSON, on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line(pub Box<str>);

impl KeptVariant for Line {
    fn keep(entity: Entity) -> Self {
        // Writing JSON values to memory cannot fail.
        Line(serde_json::to_string(&entity).unwrap_or_default().into())
    }

    fn give(self) -> Entity {
        let value = crate::text::json::parse(&self.0).unwrap_or_default();
        // What was an entity is one.
        Entity::from_json(value).unwrap_or_else(|| Entity::new("#", &["Thing"]))
    }
}

/// The keys of the crates that are merged, and of those among them that are whole.
#[derive(Debug, Clone, Default)]
pub struct CrateKeys<'c> {
    all: BTreeSet<&'c str>,
    whole: BTreeSet<&'c str>,
}

impl<'c> CrateKeys<'c> {
    /// The keys of crates.
    pub fn of(parts: &[CratePart<'c>]) -> Self {
        let whole = parts.iter().filter(|part| part.is_whole);
        CrateKeys {
            all: parts.iter().map(|part| part.key).collect(),
            whole: whole.map(|part| part.key).collect(),
        }
    }

    /// The keys of crates of which none is whole.
    pub fn named(keys: impl Iterator<Item = &'c str>) -> Self {
        CrateKeys {
            all: keys.collect(),
            whole: BTreeSet::new(),
        }
    }
}

/// What was read of some of the crates, in the order of their keys.
struct Read<'c, I> {
    meetings: BTreeMap<String, EntityVariants<'c>>,
    inner: Vec<(&'c str, Vec<I>)>,
    contexts: Vec<Json>,
    report: MergeReport,
}

/// Merges the graphs of crates into a graph of `own` entities, whose ids stay.
pub fn merge_graphs<I: KeptVariant>(own: Vec<Entity>, parts: &[CratePart<'_>]) -> MergedGraph<I> {
    let keys = CrateKeys::of(parts);
    let mut parts: Vec<CratePart<'_>> = parts.to_vec();
    parts.sort_by_key(|part| (part.key, !part.is_whole));
    parts.dedup_by_key(|part| part.key);
    let share = parts.len().div_ceil(rayon::current_num_threads()).max(1);
    let shares = parts.par_chunks(share).map(|parts| read(parts, &keys));
    let mut shares: Vec<Read<'_, I>> = shares.collect();
    let mut meetings: BTreeMap<String, EntityVariants<'_>> = BTreeMap::new();
    let mut merged = MergedGraph {
        shared: Vec::new(),
        inner: Vec::new(),
        split: Vec::new(),
        contexts: Vec::new(),
        report: MergeReport::default(),
    };
    for entity in own {
        merged.report.note(&entity);
        let id = entity.id.clone();
        meetings.entry(id).or_default().join("", entity);
    }
    let mut inner = Vec::with_capacity(parts.len());
    let mut contexts: HashSet<Json> = HashSet::new();
    for share in &mut shares {
        for (id, meeting) in std::mem::take(&mut share.meetings) {
            meetings.entry(id).or_default().append(meeting);
        }
        inner.append(&mut share.inner);
        for context in std::mem::take(&mut share.contexts) {
            if contexts.insert(context.clone()) {
                merged.contexts.push(context);
            }
        }
        merged.report.append(std::mem::take(&mut share.report));
    }
    settle(meetings, inner, merged)
}

/// Reads crates one after the other, so that the graph of only one of them is there at a time.
fn read<'c, I: KeptVariant>(parts: &[CratePart<'c>], keys: &CrateKeys<'c>) -> Read<'c, I> {
    let mut read = Read {
        meetings: BTreeMap::new(),
        inner: Vec::with_capacity(parts.len()),
        contexts: Vec::new(),
        report: MergeReport::default(),
    };
    let mut contexts: HashSet<Json> = HashSet::new();
    for part in parts {
        let graph = part.metadata.graph().into_owned();
        let names = CrateNames::new(part.key, part.is_whole, &graph, keys);
        if !contexts.contains(&graph.context) {
            contexts.insert(graph.context.clone());
            read.contexts.push(graph.context.clone());
        }
        let mut inner = Vec::new();
        let mut known: BTreeSet<String> = BTreeSet::new();
        for entity in graph.into_entities() {
            let (realm, id) = names.of_entity(&entity);
            if realm == NameScope::Beside {
                continue;
            }
            let entity = renamed(entity, &id, &names);
            read.report.note(&entity);
            if realm == NameScope::Shared {
                read.meetings.entry(id).or_default().join(part.key, entity);
            } else if known.insert(id) {
                // Of entities with one id, which the specification forbids, the first is taken.
                inner.push(I::keep(entity));
            }
        }
        read.inner.push((part.key, inner));
    }
    read
}

/// An entity under its id in the merged graph, with its references.
fn renamed(mut renamed: Entity, id: &str, names: &CrateNames<'_>) -> Entity {
    let is_root = renamed.id == names.root();
    renamed.id = id.to_owned();
    let refer = |id: &str| names.of(id).1;
    for value in renamed.properties.values_mut() {
        each_reference(value, &refer);
    }
    // Of the two names of one property validators take only this one.
    if let Some(version) = renamed.properties.shift_remove("softwareVersion") {
        renamed
            .properties
            .entry("version".to_owned())
            .or_insert(version);
    }
    if is_root {
        renamed.types = vec!["Dataset".to_owned()];
        let mut profiles = vec![ANY_CRATE.to_owned()];
        profiles.extend(
            renamed
                .references("conformsTo")
                .into_iter()
                .map(str::to_owned),
        );
        profiles.dedup();
        renamed = renamed.referring_to_all("conformsTo", &profiles);
    }
    renamed
}

/// Replaces the ids that a value refers to.
pub fn each_reference(value: &mut Json, name: &impl Fn(&str) -> String) {
    match value {
        Json::Array(values) => values
            .iter_mut()
            .for_each(|value| each_reference(value, name)),
        Json::Object(members) => {
            if let Some(Json::String(id)) = members.get_mut("@id") {
                *id = name(id);
            }
            for (key, value) in members.iter_mut() {
                if key != "@id" && !value.is_string() {
                    each_reference(value, name);
                }
            }
        }
        _ => {}
    }
}

/// Unites descriptions of one thing, gives contradictory ones ids of their own, and updates the references to them.
fn settle<I: KeptVariant>(
    meetings: BTreeMap<String, EntityVariants<'_>>,
    inner: Vec<(&str, Vec<I>)>,
    mut merged: MergedGraph<I>,
) -> MergedGraph<I> {
    // New ids, by the key of the crate that means the other thing.
    let mut moved: HashMap<String, HashMap<String, String>> = HashMap::new();
    let mut shared = Vec::new();
    for (id, meeting) in meetings {
        let things = meeting.things(&id);
        let first_of = |keys: &[&str]| keys.first().copied().unwrap_or_default().to_owned();
        let first_key = things.first().map(|(_, keys)| first_of(keys));
        for (entity, keys) in things {
            if entity.id != id {
                merged.split.push(SplitEntity {
                    id: id.clone(),
                    new_id: entity.id.clone(),
                    keys: [first_key.clone().unwrap_or_default(), first_of(&keys)],
                });
                merged.report.note(&entity);
                for key in &keys {
                    let of_crate = moved.entry((*key).to_owned()).or_default();
                    of_crate.insert(id.clone(), entity.id.clone());
                }
            }
            shared.push((keys, entity));
        }
    }
    let follow = |key: &str, entity: &mut Entity| {
        if let Some(moved) = moved.get(key) {
            let name = |id: &str| moved.get(id).cloned().unwrap_or_else(|| id.to_owned());
            for value in entity.properties.values_mut() {
                each_reference(value, &name);
            }
        }
    };
    for (keys, mut entity) in shared {
        if !moved.is_empty() {
            keys.iter().for_each(|key| follow(key, &mut entity));
        }
        merged.shared.push(entity);
    }
    for (key, entities) in inner {
        if moved.contains_key(key) {
            merged.inner.extend(entities.into_iter().map(|kept| {
                let mut entity = kept.give();
                follow(key, &mut entity);
                I::keep(entity)
            }));
        } else {
            merged.inner.extend(entities);
        }
    }
    merged
}

//! Fold: the graphs of the crates that a crate is made of, as one graph.
//!
//! Each of them keeps its bytes in a folder of its own, `inputs/<k>/`, where `k` is the beginning of their SHA-256. In the
//! graph of the crate that is made of them
//!
//! 1. their root is the Dataset `inputs/<k>/`, with the profiles that it claims; their descriptor is left out;
//! 2. what they describe inside themselves gets the `k` before its name: `#x` becomes `#<k>-x`, a file `#<k>-path` or, where its
//!    bytes are there, `inputs/<k>/path`; a file that is not there and whose SHA-256 is known is named after that;
//! 3. what has an address, or a name made of its content, is the same thing wherever it is told of: equal descriptions are
//!    one, lists are joined, and where two say different things of it the later one is told apart as `<id>#<k>`;
//! 4. of a crate that was made of crates only its own part is taken: those it was made of are beside it, each once.
//!
//! The order in which they are given does not matter, nor whether one is given twice.

mod meeting;
mod names;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value as Json;

use super::frame::ANY_CRATE;
use super::{Crate, Entity};
use meeting::Meeting;
pub use names::Names;
use names::Realm;

/// A crate to fold.
#[derive(Debug, Clone, Copy)]
pub struct Part<'c> {
    /// 16 hexadecimal digits, the beginning of the SHA-256 of its metadata file.
    pub key: &'c str,
    /// Its metadata.
    pub metadata: &'c Crate,
    /// Whether all its files are in its folder, and not its metadata alone.
    pub is_whole: bool,
}

/// What comes of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Folded {
    /// The entities: those that are shared first, each group sorted by id.
    pub entities: Vec<Entity>,
    /// Things of which two crates say what cannot both be so: the id, and the one by which the other is told apart.
    pub split: Vec<(String, String)>,
}

/// The keys of the crates that are folded together, and of those among them that are whole.
#[derive(Debug, Clone, Default)]
pub struct Keys<'c> {
    all: BTreeSet<&'c str>,
    whole: BTreeSet<&'c str>,
}

impl<'c> Keys<'c> {
    /// The keys of crates.
    pub fn of(parts: &[Part<'c>]) -> Self {
        let whole = parts.iter().filter(|part| part.is_whole);
        Keys {
            all: parts.iter().map(|part| part.key).collect(),
            whole: whole.map(|part| part.key).collect(),
        }
    }
}

/// Folds the graphs of crates into a graph that has `own` entities already, whose names stay.
pub fn fold(own: Vec<Entity>, parts: &[Part<'_>]) -> Folded {
    let keys = Keys::of(parts);
    let mut parts: Vec<&Part<'_>> = parts.iter().collect();
    parts.sort_by_key(|part| (part.key, !part.is_whole));
    parts.dedup_by_key(|part| part.key);

    let mut meetings: BTreeMap<String, Meeting> = BTreeMap::new();
    let mut inner: BTreeMap<String, (&str, Entity)> = BTreeMap::new();
    for entity in own {
        let id = entity.id.clone();
        meetings.entry(id).or_default().join("", entity);
    }
    for part in parts {
        let names = Names::new(part, &keys);
        for entity in part.metadata.entities() {
            let (realm, id) = names.of_entity(entity);
            if realm == Realm::Beside {
                continue;
            }
            let entity = renamed(entity, &id, &names);
            if realm == Realm::Shared {
                meetings.entry(id).or_default().join(part.key, entity);
            } else {
                // Of entities with one id, which the specification forbids, the first is taken.
                inner.entry(id).or_insert((part.key, entity));
            }
        }
    }
    settle(meetings, inner)
}

/// An entity under its name in the folded graph, with the references that it makes.
fn renamed(entity: &Entity, id: &str, names: &Names<'_>) -> Entity {
    let mut renamed = Entity {
        id: id.to_owned(),
        types: entity.types.clone(),
        properties: entity.properties.clone(),
    };
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
    if entity.id == names.root() {
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
fn each_reference(value: &mut Json, name: &impl Fn(&str) -> String) {
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

/// Decides what is one thing, tells the others apart, and lets those who refer to them know.
fn settle(meetings: BTreeMap<String, Meeting>, inner: BTreeMap<String, (&str, Entity)>) -> Folded {
    let mut split = Vec::new();
    // New ids, by the key of the crate that means the other thing.
    let mut moved: HashMap<String, HashMap<String, String>> = HashMap::new();
    let mut shared = Vec::new();
    for (id, meeting) in meetings {
        for (entity, keys) in meeting.things(&id) {
            if entity.id != id {
                split.push((id.clone(), entity.id.clone()));
                for key in &keys {
                    let of_crate = moved.entry(key.clone()).or_default();
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
    let mut entities = Vec::with_capacity(shared.len() + inner.len());
    for (keys, mut entity) in shared {
        keys.iter().for_each(|key| follow(key, &mut entity));
        entities.push(entity);
    }
    for (_, (key, mut entity)) in inner {
        follow(key, &mut entity);
        entities.push(entity);
    }
    Folded { entities, split }
}

//! What several crates say of one thing.

use serde_json::Value as Json;

use super::super::Entity;

/// Properties that have one value for one thing: where two crates differ in one of them they speak of two things.
const SINGLE: [&str; 16] = [
    "name",
    "version",
    "url",
    "description",
    "datePublished",
    "value",
    "sha256",
    "md5",
    "sha1",
    "sha512",
    "contentSize",
    "query",
    "startTime",
    "endTime",
    "actionStatus",
    "instrument",
];
/// Those of them in which even descriptions of one thing by its content may not differ.
const CONTENT: [&str; 5] = ["sha256", "md5", "sha1", "sha512", "contentSize"];
/// What ids begin with of things that their name tells for certain: their content, or the dataset or job of Galaxy.
const CERTAIN: [&str; 6] = [
    "#track-",
    "#data-",
    "#served-",
    "#document-",
    "#dataset-",
    "#step-",
];
/// Where further names of a thing go.
const FURTHER_NAMES: &str = "alternateName";

/// The descriptions of one id, each different one once, with the keys of the crates that give it.
#[derive(Debug, Default)]
pub struct Meeting<'c> {
    told: Vec<(Entity, Vec<&'c str>)>,
}

/// A thing, with the keys of the crates that speak of it.
pub type Thing<'c> = (Entity, Vec<&'c str>);

impl<'c> Meeting<'c> {
    /// What one more crate says; crates come in the order of their keys.
    pub fn join(&mut self, key: &'c str, entity: Entity) {
        match self.told.iter_mut().find(|(known, _)| *known == entity) {
            Some((_, keys)) => keys.push(key),
            None => self.told.push((entity, vec![key])),
        }
    }

    /// What further crates say.
    pub fn append(&mut self, other: Meeting<'c>) {
        for (entity, keys) in other.told {
            match self.told.iter_mut().find(|(known, _)| *known == entity) {
                Some((_, known)) => known.extend(keys),
                None => self.told.push((entity, keys)),
            }
        }
    }

    /// The things that there are. The first has the id as it is.
    pub fn things(mut self, id: &str) -> Vec<Thing<'c>> {
        if self.told.len() == 1 {
            return self.told;
        }
        let is_certain = CERTAIN.iter().any(|start| id.starts_with(start));
        let mut things: Vec<Thing<'c>> = Vec::new();
        for (entity, mut keys) in self.told.drain(..) {
            let same = things
                .iter_mut()
                .find(|(thing, _)| are_one(thing, &entity, is_certain));
            match same {
                Some((thing, known)) => {
                    unite(thing, entity);
                    known.append(&mut keys);
                }
                None => {
                    let first_key = keys.first().copied().unwrap_or_default();
                    let entity = match things.first() {
                        None => entity,
                        Some((first, _)) => apart(entity, &first.id, first_key),
                    };
                    things.push((entity, keys));
                }
            }
        }
        things
    }
}

/// Whether two descriptions can be of one thing.
fn are_one(one: &Entity, other: &Entity, is_certain: bool) -> bool {
    let single: &[&str] = if is_certain { &CONTENT } else { &SINGLE };
    single.iter().all(|key| {
        let values = (one.properties.get(*key), other.properties.get(*key));
        match values {
            (Some(one), Some(other)) => one == other,
            _ => true,
        }
    })
}

/// The same under an id of its own.
fn apart(mut entity: Entity, first: &str, key: &str) -> Entity {
    let mark = if first.starts_with('#') { '-' } else { '#' };
    entity.id = format!("{first}{mark}{key}");
    entity.referring("sameAs", first)
}

/// Takes over what another description of the thing says besides.
fn unite(thing: &mut Entity, other: Entity) {
    for kind in other.types {
        if !thing.is(&kind) {
            thing.types.push(kind);
        }
    }
    for (key, value) in other.properties {
        let Some(known) = thing.properties.get_mut(&key) else {
            thing.properties.insert(key, value);
            continue;
        };
        if *known == value {
            continue;
        }
        match key.as_str() {
            "name" => add(thing, FURTHER_NAMES, value),
            // What was said first: one thing has one of these.
            _ if SINGLE.contains(&key.as_str()) => {}
            _ => add(thing, &key, value),
        }
    }
}

/// Adds values to those that a property has.
fn add(thing: &mut Entity, key: &str, value: Json) {
    let mut values: Vec<Json> = thing.values(key).cloned().collect();
    let further = match value {
        Json::Array(values) => values,
        one => vec![one],
    };
    for value in further {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    let value = match values.len() {
        1 => values.remove(0),
        _ => Json::Array(values),
    };
    thing.properties.insert(key.to_owned(), value);
}

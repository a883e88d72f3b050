//! The descriptions of one thing by several crates.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher as _};

use serde_json::Value as Json;

use super::super::Entity;
use crate::ro_crate::common_entities::galaxy_tool_id;
use crate::ro_crate::entities::EntityId;

/// Properties that have one value for one thing: where two crates differ in one of them they speak of two things. A tool of Galaxy
/// may have another name in each crate, the first of these properties.
#[rustfmt::skip]
const SINGLE: [&str; 16] = [
    "name", "version", "url", "description", "datePublished", "value", "sha256", "md5", "sha1", "sha512",
    "contentSize", "query", "startTime", "endTime", "actionStatus", "instrument",
];
/// Those of them in which even descriptions of one thing by its content may not differ.
const CONTENT: [&str; 5] = ["sha256", "md5", "sha1", "sha512", "contentSize"];
/// Where further names of a thing go.
const FURTHER_NAMES: &str = "alternateName";

/// The descriptions of one id, each different one once, with the keys of the crates that give it.
#[derive(Debug, Default)]
pub struct EntityVariants<'c> {
    descriptions: Vec<(Entity, Vec<&'c str>)>,
    /// The places of descriptions by their hash, once there are many of them.
    places: HashMap<u64, Vec<usize>>,
    /// How many descriptions have their place there.
    placed: usize,
}

/// Up to how many descriptions are compared one by one.
const FEW: usize = 8;

/// A thing, with the keys of the crates that speak of it.
pub type VariantGroup<'c> = (Entity, Vec<&'c str>);

impl<'c> EntityVariants<'c> {
    /// What one more crate says; crates come in the order of their keys.
    pub fn join(&mut self, key: &'c str, entity: Entity) {
        self.add(entity, vec![key]);
    }

    fn add(&mut self, entity: Entity, mut keys: Vec<&'c str>) {
        match self.place(&entity) {
            Some(place) => self.descriptions[place].1.append(&mut keys),
            None => self.descriptions.push((entity, keys)),
        }
    }

    /// The place of the same description.
    fn place(&mut self, entity: &Entity) -> Option<usize> {
        let is_it = |place: &usize| self.descriptions[*place].0 == *entity;
        if self.descriptions.len() <= FEW {
            return (0..self.descriptions.len()).find(is_it);
        }
        for (place, (known, _)) in self.descriptions.iter().enumerate().skip(self.placed) {
            self.places
                .entry(hash(&known.properties))
                .or_default()
                .push(place);
        }
        self.placed = self.descriptions.len();
        let places = self.places.get(&hash(&entity.properties))?;
        places.iter().copied().find(is_it)
    }

    /// What further crates say.
    pub fn append(&mut self, other: EntityVariants<'c>) {
        for (entity, keys) in other.descriptions {
            self.add(entity, keys);
        }
    }

    /// Whether all descriptions are of a tool of Galaxy, which not every crate knows by the name that Galaxy shows. Those that
    /// name it by its id come last, so that the name that remains is Galaxy's.
    fn put_names_of_tools_first(&mut self) -> bool {
        let descriptions = self.descriptions.iter();
        let ids: Option<Vec<String>> = descriptions
            .map(|(entity, _)| galaxy_tool_id(entity))
            .collect();
        let Some(ids) = ids else {
            return false;
        };
        let is_named_by_id = |entity: &Entity| {
            let name = entity.text("name").unwrap_or_default();
            ids.iter().any(|id| id == name)
        };
        self.descriptions
            .sort_by_key(|(entity, _)| is_named_by_id(entity));
        true
    }

    /// The things that there are. The first has the id as it is.
    pub fn things(mut self, id: &str) -> Vec<VariantGroup<'c>> {
        if self.descriptions.len() == 1 {
            return self.descriptions;
        }
        // The permalinks of RO-Crate name one specification each, whatever a crate calls it.
        let is_certain = EntityId::of(id).is_some_and(EntityId::is_certain)
            || id.starts_with("https://w3id.org/ro/");
        let is_tool = self.put_names_of_tools_first();
        let single: &[&str] = match is_certain {
            true => &CONTENT,
            false if is_tool => &SINGLE[1..],
            false => &SINGLE,
        };
        let mut things: Vec<VariantGroup<'c>> = Vec::new();
        let mut index = Index::new(single);
        for (entity, mut keys) in self.descriptions.drain(..) {
            let same = index
                .candidates(&entity)
                .find(|place| are_one(&things[*place].0, &entity, single));
            match same {
                Some(place) => {
                    let (thing, known) = &mut things[place];
                    let before = index.known(thing);
                    unite(thing, entity);
                    index.change(place, &before, thing);
                    known.append(&mut keys);
                }
                None => {
                    let first_key = keys.first().copied().unwrap_or_default();
                    let entity = match things.first() {
                        None => entity,
                        Some((first, _)) => apart(entity, &first.id, first_key),
                    };
                    index.add(things.len(), &entity);
                    things.push((entity, keys));
                }
            }
        }
        things
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Things by the values of the properties that have one value for one thing, so that thousands of them need not all be compared.
struct Index<'k> {
    single: &'k [&'k str],
    /// For each property the places of the things that have a value, by its hash.
    with: Vec<HashMap<u64, BTreeSet<usize>>>,
    /// For each property the places of the things that have none.
    without: Vec<BTreeSet<usize>>,
}

impl<'k> Index<'k> {
    fn new(single: &'k [&'k str]) -> Self {
        Index {
            single,
            with: vec![HashMap::new(); single.len()],
            without: vec![BTreeSet::new(); single.len()],
        }
    }

    /// The hashes of the values of a thing, property by property.
    fn known(&self, thing: &Entity) -> Vec<Option<u64>> {
        let values = self.single.iter().map(|key| thing.properties.get(*key));
        values.map(|value| value.map(hash)).collect()
    }

    fn places(&mut self, property: usize, value: Option<u64>) -> &mut BTreeSet<usize> {
        match value {
            Some(value) => self.with[property].entry(value).or_default(),
            None => &mut self.without[property],
        }
    }

    fn add(&mut self, place: usize, thing: &Entity) {
        for (property, value) in self.known(thing).into_iter().enumerate() {
            self.places(property, value).insert(place);
        }
    }

    /// A thing has got further values.
    fn change(&mut self, place: usize, before: &[Option<u64>], thing: &Entity) {
        for (property, value) in self.known(thing).into_iter().enumerate() {
            if value != before[property] {
                self.places(property, before[property]).remove(&place);
                self.places(property, value).insert(place);
            }
        }
    }

    /// The places of the things that a description may be of, in their order: of those that one property leaves, the fewest.
    fn candidates(&self, entity: &Entity) -> impl Iterator<Item = usize> {
        let known = self.known(entity).into_iter().enumerate();
        let of_properties = known.filter_map(|(property, value)| {
            let with = self.with[property].get(&value?);
            Some((with, &self.without[property]))
        });
        let fewest = of_properties
            .min_by_key(|(with, without)| with.map_or(0, BTreeSet::len) + without.len());
        let places: BTreeSet<usize> = match fewest {
            Some((with, without)) => with.into_iter().flatten().chain(without).copied().collect(),
            // What has none of these properties can be any thing.
            None => self.first().into_iter().collect(),
        };
        places.into_iter()
    }

    fn first(&self) -> Option<usize> {
        let is_there = self
            .without
            .first()
            .is_some_and(|places| places.contains(&0))
            || self.with.first().is_some_and(|with| !with.is_empty());
        is_there.then_some(0)
    }
}

/// Whether two descriptions can be of one thing, by the properties that have one value for one thing.
fn are_one(one: &Entity, other: &Entity, single: &[&str]) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "https://usegalaxy.org/?tool_id=Cut1&version=1.0.2";

    fn tool(name: &str, identifier: &str) -> Entity {
        let tool = Entity::new(ADDRESS, &["SoftwareApplication"]);
        tool.with("name", name)
            .with("version", "1.0.2")
            .with("identifier", identifier)
    }

    fn named(entities: [Entity; 2]) -> Vec<String> {
        let mut variants = EntityVariants::default();
        for (key, entity) in ["a", "b"].into_iter().zip(entities) {
            variants.join(key, entity);
        }
        let things = variants.things(ADDRESS).into_iter();
        things
            .map(|(thing, _)| thing.text("name").unwrap_or_default().to_owned())
            .collect()
    }

    #[test]
    fn a_tool_of_galaxy_is_one_thing_whether_or_not_its_name_is_known() {
        let (name, id) = (tool("Cut columns", "Cut1"), tool("Cut1", "Cut1"));
        assert_eq!(named([name.clone(), id.clone()]), ["Cut columns"]);
        assert_eq!(named([id, name]), ["Cut columns"]);
    }

    #[test]
    fn other_things_with_two_names_are_two() {
        let (one, other) = (tool("Cut columns", "x:1"), tool("Cut1", "x:1"));
        assert_eq!(named([one, other]), ["Cut columns", "Cut1"]);
    }
}

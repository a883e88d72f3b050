//! The rows of a search as GSuite.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use super::search::FoundRows;
use super::selection::Selection;
use super::store::Store;
use crate::fairtracks::category::Category;
use crate::fairtracks::hit::Hit;
use crate::gsuite;

/// Attributes that a track in a GSuite file requires.
const NEEDED: [&str; 4] = ["file_url", "label_short", "assembly_name", "local_id"];

/// The attributes in the parameter `attributes`: a category and the keys of a path each.
pub(super) type WantedAttributes<'a> = Vec<(&'a str, Vec<&'a str>)>;

/// The attributes of a list such as `tracks.content->'file_format'->'term_label',samples.content->'species_id'`.
pub(super) fn read(list: &str) -> WantedAttributes<'_> {
    list.split(',')
        .map(|item| {
            let (category, path) = item.split_once(".content->").unwrap_or((item, ""));
            let keys = path.split("->").map(|key| key.trim_matches('\''));
            (category, keys.collect())
        })
        .collect()
}

/// The value at the keys.
pub(super) fn at<'o>(object: &'o Json, keys: &[&str]) -> Option<&'o Json> {
    keys.iter().try_fold(object, |value, key| value.get(key))
}

/// Inserts a value at the keys, creating the objects on the way.
pub(super) fn put(object: &mut Map<String, Json>, keys: &[&str], value: Json) {
    match keys {
        [] => {}
        [key] => {
            object.insert((*key).to_owned(), value);
        }
        [key, below @ ..] => {
            let member = object
                .entry(*key)
                .or_insert_with(|| Json::Object(Map::new()));
            if let Json::Object(member) = member {
                put(member, below, value);
            }
        }
    }
}

/// Maps each object of the rows once.
pub(super) fn of_each<T>(
    found: &FoundRows,
    mut make: impl FnMut(usize, usize) -> T,
) -> HashMap<(usize, usize), T> {
    let mut made = HashMap::new();
    for row in found.rows() {
        for (place, &id) in row.iter().enumerate() {
            made.entry((place, id)).or_insert_with(|| make(place, id));
        }
    }
    made
}

/// Writes rows as GSuite, with all attributes or only the wanted ones.
pub(super) fn write(
    store: &Store,
    selection: &Selection,
    found: &FoundRows,
    wanted: Option<&WantedAttributes<'_>>,
) -> String {
    let pruned: HashMap<(usize, usize), Json> = wanted
        .map(|wanted| {
            of_each(found, |place, id| {
                let name = selection.aliases[place].name.as_str();
                pruned(wanted, name, &store.objects[id].json)
            })
        })
        .unwrap_or_default();
    let hits: Vec<Hit<'_>> = found
        .rows()
        .map(|row| {
            let objects = row.iter().enumerate().filter_map(|(place, &id)| {
                let category = Category::named(&selection.aliases[place].name)?;
                let whole = &store.objects[id].json;
                Some((category, pruned.get(&(place, id)).unwrap_or(whole)))
            });
            Hit::new(objects.collect())
        })
        .filter(|hit| hit.object(Category::Tracks).is_some())
        .collect();
    gsuite::write(&hits).text
}

/// An object with only the wanted attributes and those that every track requires.
fn pruned(wanted: &WantedAttributes<'_>, category: &str, object: &Json) -> Json {
    let mut kept = Map::new();
    if category == "tracks" {
        for key in NEEDED {
            if let Some(value) = object.get(key) {
                kept.insert(key.to_owned(), value.clone());
            }
        }
    }
    for (_, keys) in wanted.iter().filter(|(name, _)| name.trim() == category) {
        if let Some(value) = at(object, keys) {
            put(&mut kept, keys, value.clone());
        }
    }
    Json::Object(kept)
}

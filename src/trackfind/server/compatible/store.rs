//! Objects and rows as TrackFind's database stores and returns them.

use std::collections::HashSet;

use serde_json::{Map, Value as Json};

use super::{jackson, java};
use crate::query::{jsonb, order};
use crate::trackfind::server::store::{Store, StoredHub, StoredObject};

/// The objects of a category as they come back. They go into `sorted` too, their members in the order in which they are
/// compared.
pub(super) fn store(objects: Vec<&Json>, sorted: &mut Vec<Json>) -> Vec<StoredObject> {
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    for stored in objects.into_iter().map(stored) {
        // Objects pass through a set on their way into a TrackFind server.
        if seen.insert(jsonb::identity(&stored)) {
            kept.push(returned(&stored));
            sorted.push(stored);
        }
    }
    kept
}

/// Sorts the joined rows of a hub in the order of responses: by the content of the objects.
pub(super) fn sort_joined(store: &Store, kept: &StoredHub, rows: &mut [Vec<Option<usize>>]) {
    let names = kept.categories.iter();
    let shown = java::places(names.map(|category| category.name.as_str()));
    let first = |place: usize| kept.categories[place].objects.start;
    rows.sort_by_cached_key(|row| -> Vec<usize> {
        let ids = shown
            .iter()
            .filter_map(|&place| Some(first(place) + row[place]?));
        ids.map(|id| store.rank_of(id)).collect()
    });
}

/// The rank of each object in the order of `jsonb`.
pub(super) fn ranks(objects: &[Json]) -> Vec<usize> {
    let mut ids: Vec<usize> = (0..objects.len()).collect();
    ids.sort_by(|&left, &right| {
        order::order(&objects[left], &objects[right]).then(left.cmp(&right))
    });
    let mut ranks = vec![0; ids.len()];
    for (rank, id) in ids.into_iter().enumerate() {
        ranks[id] = rank;
    }
    ranks
}

/// An object as TrackFind's database returns it: its keys in the order of a `HashMap` that was filled from `jsonb`.
fn returned(stored: &Json) -> StoredObject {
    let json = match stored {
        Json::Object(members) => {
            let mut members: Vec<(&String, &Json)> = members.iter().collect();
            java::sort_copied(&mut members, |(key, _)| key);
            let members = members
                .into_iter()
                .map(|(key, value)| (key.clone(), value.clone()));
            Json::Object(members.collect())
        }
        other => other.clone(),
    };
    let mut text = String::new();
    jackson::write(&json, 1, &mut text);
    StoredObject { json, text }
}

/// A value as `jsonb` stores it after Gson has parsed it: numbers are doubles, and null members are dropped.
fn stored(json: &Json) -> Json {
    match json {
        Json::Number(number) => {
            let double = number.as_str().parse().ok().and_then(java::double);
            let stored = double.and_then(|text| text.parse().ok());
            Json::Number(stored.unwrap_or_else(|| number.clone()))
        }
        Json::Array(items) => Json::Array(items.iter().map(stored).collect()),
        Json::Object(members) => {
            let kept = members.iter().filter(|(_, value)| !value.is_null());
            let mut kept: Vec<(&String, &Json)> = kept.collect();
            kept.sort_by_key(|(key, _)| (key.len(), *key));
            let kept = kept
                .into_iter()
                .map(|(key, value)| (key.clone(), stored(value)));
            Json::Object(kept.collect::<Map<String, Json>>())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_come_back_as_the_database_gives_them() {
        let written: Json = serde_json::from_str(
            r#"{"bb":1,"a":null,"b":[1e10,null,{"z":null,"yy":0,"y":-1.50}]}"#,
        )
        .unwrap();
        let text = "{\n    \"bb\" : 1.0,\n    \"b\" : [ 1.0E10, null, {\n      \"y\" : -1.5,\n      \"yy\" : 0.0\n    } ]\n  }";
        assert_eq!(returned(&stored(&written)).text, text);
    }
}

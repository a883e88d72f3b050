//! The store of hubs: every object once, with its response text, and the rows of a plain search.

use std::collections::HashSet;
use std::ops::Range;

use serde_json::{Map, Value as Json};

use super::flat::{self, FlatValues};
use super::memory::Memory;
use super::{HubOptions, HubSource, jackson, java};
use crate::fairtracks::category::Category;
use crate::query::hub::OuterJoin;
use crate::query::{Hub, ObjectReference, jsonb, order};

/// The category that is a copy of the samples, as in TrackFind's example.
const COPY: &str = "non_standard_samples";

/// All objects of all hubs.
#[derive(Debug)]
pub(super) struct Store {
    /// The objects; their places here are their ids.
    pub objects: Vec<StoredObject>,
    /// The hubs, in the given order.
    pub hubs: Vec<StoredHub>,
    /// The rank of each object in the order of `jsonb`; only in faithful mode.
    ranks: Vec<usize>,
}

/// One object.
#[derive(Debug)]
pub(super) struct StoredObject {
    /// The content.
    pub json: Json,
    /// Its text in an answer.
    pub text: String,
}

/// One hub.
#[derive(Debug)]
pub(super) struct StoredHub {
    /// The repository.
    pub repository: String,
    /// The name.
    pub hub: String,
    /// The categories, tracks first.
    pub categories: Vec<KeptCategory>,
    /// The references that join them.
    pub references: Vec<ObjectReference>,
    /// The rows of all categories that the joins leave, one after another: the position of each category's object.
    pub rows: Vec<Option<usize>>,
    /// The cached results of clauses for its objects.
    pub memory: Memory,
}

/// A category of a hub.
#[derive(Debug)]
pub(super) struct KeptCategory {
    /// Its name.
    pub name: String,
    /// The ids of its objects.
    pub objects: Range<usize>,
    /// Their metamodel.
    pub attributes: Vec<FlatValues>,
    /// The number that a generated statement calls it by.
    pub number: usize,
}

impl Store {
    /// Keeps the documents.
    pub fn new(sources: Vec<HubSource>, options: &HubOptions) -> Self {
        let mut store = Store {
            objects: Vec::new(),
            hubs: Vec::new(),
            ranks: Vec::new(),
        };
        let mut sorted = Vec::new();
        for source in sources {
            store.keep(source, options, &mut sorted);
        }
        store.ranks = ranks(&sorted);
        drop(sorted);
        let rows: Vec<_> = (0..store.hubs.len())
            .map(|hub| store.rows(hub, options))
            .collect();
        for (hub, rows) in store.hubs.iter_mut().zip(rows) {
            hub.rows = rows;
        }
        store
    }

    /// Keeps a document. Where the order of `jsonb` counts, its objects go into `sorted` too, their members in the
    /// order in which they are compared.
    fn keep(&mut self, source: HubSource, options: &HubOptions, sorted: &mut Vec<Json>) {
        let mut names: Vec<(&str, Category)> = Category::ALL
            .iter()
            .map(|category| (category.name(), *category))
            .collect();
        if options.copy_samples {
            names.insert(3, (COPY, Category::Samples));
        }
        let mut categories = Vec::new();
        for (name, category) in names {
            let first = self.objects.len();
            let mut seen = HashSet::new();
            for json in source.document.objects(category) {
                if !options.faithful {
                    self.objects.push(StoredObject::as_written(json));
                    continue;
                }
                let stored = stored(json);
                // Objects pass through a set on their way into a TrackFind server.
                if seen.insert(jsonb::identity(&stored)) {
                    self.objects.push(StoredObject::returned(&stored));
                    sorted.push(stored);
                }
            }
            let objects = first..self.objects.len();
            let alias = options.epico_alias && category == Category::Tracks;
            categories.push(KeptCategory {
                name: name.to_owned(),
                attributes: flat::attributes(
                    self.objects[objects.clone()]
                        .iter()
                        .map(|object| &object.json),
                    alias,
                ),
                objects,
                number: 1 + categories.len() + self.hubs.len() * 10,
            });
        }
        self.hubs.push(StoredHub {
            repository: source.repository,
            hub: source.hub,
            categories,
            references: references(options),
            rows: Vec::new(),
            memory: Memory::default(),
        });
    }

    /// The rank of the object among all, by content.
    pub fn rank_of(&self, id: usize) -> usize {
        self.ranks.get(id).copied().unwrap_or(id)
    }

    /// The rows that the joins of a hub leave, in the order of an answer.
    fn rows(&self, hub: usize, options: &HubOptions) -> Vec<Option<usize>> {
        let kept = &self.hubs[hub];
        let categories = kept
            .categories
            .iter()
            .map(|category| (category.name.clone(), self.jsons(category.objects.clone())));
        let joined = Hub::new(categories.collect(), kept.references.clone());
        let mut rows: Vec<Vec<Option<usize>>> = Vec::new();
        joined.combinations(OuterJoin::Inner, |row| rows.push(row.to_vec()));
        if options.faithful {
            let shown = kept.shown();
            let first = |place: usize| kept.categories[place].objects.start;
            rows.sort_by_cached_key(|row| -> Vec<usize> {
                let ids = shown
                    .iter()
                    .filter_map(|&place| Some(first(place) + row[place]?));
                ids.map(|id| self.rank_of(id)).collect()
            });
        }
        rows.concat()
    }

    /// The contents of the objects with these ids.
    pub fn jsons(&self, ids: impl IntoIterator<Item = usize>) -> Vec<&Json> {
        ids.into_iter()
            .filter_map(|id| self.objects.get(id))
            .map(|object| &object.json)
            .collect()
    }

    /// The hub of this name.
    pub fn hub(&self, repository: &str, hub: &str) -> Option<&StoredHub> {
        self.hubs
            .iter()
            .find(|kept| kept.repository == repository && kept.hub == hub)
    }
}

impl StoredHub {
    /// The category of this name.
    pub fn category(&self, name: &str) -> Option<&KeptCategory> {
        self.categories
            .iter()
            .find(|category| category.name == name)
    }

    /// The places of the categories in the order in which TrackFind selects and shows them.
    fn shown(&self) -> Vec<usize> {
        let names = self.categories.iter();
        java::places(names.map(|category| category.name.as_str()))
    }
}

/// The rank of each object in the order of `jsonb`.
fn ranks(objects: &[Json]) -> Vec<usize> {
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

/// The references of the standard. TrackFind's example also joins studies with the collection, but a document has only one.
fn references(options: &HubOptions) -> Vec<ObjectReference> {
    let mut references = vec![
        ObjectReference::new("tracks", "experiment_ref", "experiments", "local_id"),
        ObjectReference::new("experiments", "sample_ref", "samples", "local_id"),
    ];
    if options.copy_samples {
        references.push(ObjectReference::new(
            "experiments",
            "sample_ref",
            COPY,
            "local_id",
        ));
    }
    references.push(ObjectReference::new(
        "experiments",
        "study_ref",
        "studies",
        "local_id",
    ));
    if options.faithful {
        references.push(ObjectReference::new(
            "studies",
            "collection_ref",
            "collection_info",
            "local_id",
        ));
    }
    references
}

impl StoredObject {
    /// An object of the document.
    fn as_written(json: &Json) -> Self {
        StoredObject {
            json: json.clone(),
            text: json.to_string(),
        }
    }

    /// An object as TrackFind's database returns it: its keys in the order of a `HashMap` that was filled from `jsonb`.
    fn returned(stored: &Json) -> Self {
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
}

/// A value as `jsonb` keeps it after Gson has read it: numbers are doubles, members that are null are gone.
fn stored(json: &Json) -> Json {
    match json {
        Json::Number(number) => {
            let double = number.as_str().parse().ok().and_then(java::double);
            let stored = double.and_then(|text| text.parse().ok());
            Json::Number(stored.unwrap_or_else(|| number.clone()))
        }
        Json::Array(items) => Json::Array(items.iter().map(stored).collect()),
        Json::Object(members) => {
            let mut kept: Vec<(&String, &Json)> = members
                .iter()
                .filter(|(_, value)| !value.is_null())
                .collect();
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
    use serde_json::json;

    #[test]
    fn objects_come_back_as_the_database_gives_them() {
        let written: Json = serde_json::from_str(
            r#"{"bb":1,"a":null,"b":[1e10,null,{"z":null,"yy":0,"y":-1.50}]}"#,
        )
        .unwrap();
        let text = "{\n    \"bb\" : 1.0,\n    \"b\" : [ 1.0E10, null, {\n      \"y\" : -1.5,\n      \"yy\" : 0.0\n    } ]\n  }";
        assert_eq!(StoredObject::returned(&stored(&written)).text, text);
    }

    #[test]
    fn objects_come_back_as_they_were_written() {
        let written = json!({"b": null, "a": {"c": 1}});
        assert_eq!(StoredObject::as_written(&written).text, written.to_string());
    }
}

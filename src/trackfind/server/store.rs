//! The store of hubs: every object once, with its response text, and the rows of a plain search.

use std::ops::Range;

use serde_json::Value as Json;

use super::flat::{self, FlatValues};
use super::memory::Memory;
use super::{Dialect, HubOptions, HubSource};
use crate::fairtracks::category::Category;
use crate::query::hub::OuterJoin;
use crate::query::{Hub, ObjectReference};

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
    pub dialect: &'static Dialect,
}

#[derive(Debug)]
pub(super) struct StoredObject {
    pub json: Json,
    /// Its text in an answer.
    pub text: String,
}

#[derive(Debug)]
pub(super) struct StoredHub {
    pub repository: String,
    pub hub: String,
    pub categories: Vec<KeptCategory>,
    /// The references that join them.
    pub references: Vec<ObjectReference>,
    /// The rows of all categories that the joins leave, one after another: the position of each category's object.
    pub rows: Vec<Option<usize>>,
    /// The cached results of clauses for its objects.
    pub memory: Memory,
}

#[derive(Debug)]
pub(super) struct KeptCategory {
    pub name: String,
    /// The ids of its objects.
    pub objects: Range<usize>,
    /// Their metamodel.
    pub attributes: Vec<FlatValues>,
    /// Its number in a generated statement.
    pub number: usize,
}

impl Store {
    pub fn new(sources: Vec<HubSource>, options: &HubOptions, dialect: &'static Dialect) -> Self {
        let mut store = Store {
            objects: Vec::new(),
            hubs: Vec::new(),
            ranks: Vec::new(),
            dialect,
        };
        let mut sorted = Vec::new();
        for source in sources {
            store.keep(source, options, &mut sorted);
        }
        store.ranks = (dialect.ranks)(&sorted);
        drop(sorted);
        let rows: Vec<_> = (0..store.hubs.len())
            .map(|hub| store.rows(&store.hubs[hub]))
            .collect();
        for (hub, rows) in store.hubs.iter_mut().zip(rows) {
            hub.rows = rows;
        }
        store
    }

    /// Stores a document. If the order of `jsonb` matters, its objects are added to `sorted` too, with their members in the
    /// order of comparison.
    fn keep(&mut self, source: HubSource, options: &HubOptions, sorted: &mut Vec<Json>) {
        let names = Category::ALL.map(|category| (category.name(), category));
        let mut names = names.to_vec();
        if options.copy_samples {
            names.insert(3, (COPY, Category::Samples));
        }
        let mut categories = Vec::new();
        for (name, category) in names {
            let first = self.objects.len();
            let objects = source.document.objects(category);
            self.objects.extend((self.dialect.store)(objects, sorted));
            let objects = first..self.objects.len();
            let alias = options.epico_alias && category == Category::Tracks;
            let stored = self.objects[objects.clone()].iter();
            categories.push(KeptCategory {
                name: name.to_owned(),
                attributes: flat::attributes(stored.map(|object| &object.json), alias),
                objects,
                number: 1 + categories.len() + self.hubs.len() * 10,
            });
        }
        self.hubs.push(StoredHub {
            repository: source.repository,
            hub: source.hub,
            categories,
            references: (self.dialect.references)(options.copy_samples),
            rows: Vec::new(),
            memory: Memory::default(),
        });
    }

    /// The rank of the object among all, by content.
    pub fn rank_of(&self, id: usize) -> usize {
        self.ranks.get(id).copied().unwrap_or(id)
    }

    /// The joined rows of a hub, in the order of a response.
    fn rows(&self, kept: &StoredHub) -> Vec<Option<usize>> {
        let categories = kept
            .categories
            .iter()
            .map(|category| (category.name.clone(), self.jsons(category.objects.clone())));
        let joined = Hub::new(categories.collect(), kept.references.clone());
        let mut rows: Vec<Vec<Option<usize>>> = Vec::new();
        joined.combinations(OuterJoin::Inner, |row| rows.push(row.to_vec()));
        (self.dialect.sort_joined)(self, kept, &mut rows);
        rows.concat()
    }

    /// The contents of the objects with these ids.
    pub fn jsons(&self, ids: impl IntoIterator<Item = usize>) -> Vec<&Json> {
        ids.into_iter()
            .filter_map(|id| self.objects.get(id))
            .map(|object| &object.json)
            .collect()
    }

    pub fn hub(&self, repository: &str, hub: &str) -> Option<&StoredHub> {
        self.hubs
            .iter()
            .find(|kept| kept.repository == repository && kept.hub == hub)
    }
}

impl StoredHub {
    pub fn category(&self, name: &str) -> Option<&KeptCategory> {
        self.categories
            .iter()
            .find(|category| category.name == name)
    }
}

/// The references of the standard, with those of the copy of the samples where there is one.
pub(super) fn references(copy_samples: bool) -> Vec<ObjectReference> {
    let of_experiments =
        |attribute, category| ObjectReference::new("experiments", attribute, category, "local_id");
    let mut references = vec![
        ObjectReference::new("tracks", "experiment_ref", "experiments", "local_id"),
        of_experiments("sample_ref", "samples"),
    ];
    references.extend(copy_samples.then(|| of_experiments("sample_ref", COPY)));
    references.push(of_experiments("study_ref", "studies"));
    references
}

impl StoredObject {
    /// An object of the document.
    pub fn as_written(json: &Json) -> Self {
        StoredObject {
            json: json.clone(),
            text: json.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn objects_come_back_as_they_were_written() {
        let written = json!({"b": null, "a": {"c": 1}});
        assert_eq!(StoredObject::as_written(&written).text, written.to_string());
    }
}

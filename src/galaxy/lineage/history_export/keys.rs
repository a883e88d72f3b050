//! How an export refers to its datasets: by encoded ids, or before Galaxy 19.05 by their numbers in the history.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::attributes::{self, id};

/// The datasets of an export by what its jobs and collections call them. The values are places in a list of datasets.
#[derive(Default)]
pub(super) struct DatasetKeys {
    by_id: HashMap<String, usize>,
    by_number: HashMap<u64, Numbered>,
}

/// The datasets of one number: a dataset that Galaxy converts for a tool has the number of its original.
struct Numbered {
    place: usize,
    uuid: String,
    is_visible: bool,
    is_ambiguous: bool,
}

impl DatasetKeys {
    /// Notes a dataset; `own_id` is its id in the lineage.
    pub fn insert(&mut self, dataset: &attributes::ExportedDataset, own_id: &str, place: usize) {
        self.by_id.insert(own_id.to_owned(), place);
        let Some(number) = number(&dataset.hid) else {
            return;
        };
        let new = Numbered {
            place,
            uuid: uuid(dataset),
            is_visible: dataset.visible.as_bool().unwrap_or(true),
            is_ambiguous: false,
        };
        match self.by_number.get_mut(&number) {
            None => drop(self.by_number.insert(number, new)),
            Some(known) if known.is_visible && !new.is_visible => {}
            Some(known) if new.is_visible && !known.is_visible => *known = new,
            Some(known) => known.is_ambiguous |= new.uuid.is_empty() || known.uuid != new.uuid,
        }
    }

    /// Notes a dataset that is known by its id alone.
    pub fn insert_id(&mut self, id: &str, place: usize) {
        self.by_id.insert(id.to_owned(), place);
    }

    /// Whether there is a dataset of this id.
    pub fn contains_id(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    /// The place of the dataset of an id.
    pub fn with_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The place of the dataset that has a number in the history; none where two different ones have it.
    pub fn with_number(&self, value: &Json) -> Option<usize> {
        let found = self.by_number.get(&number(value)?)?;
        (!found.is_ambiguous).then_some(found.place)
    }

    /// The place of the dataset that an export refers to by an encoded id, else by its number.
    pub fn with(&self, encoded_id: &Json, hid: &Json) -> Option<usize> {
        match id(encoded_id).as_str() {
            "" => self.with_number(hid),
            id => self.with_id(id),
        }
    }
}

/// Galaxy's name for the bytes of a dataset; empty where it has none.
pub(super) fn uuid(dataset: &attributes::ExportedDataset) -> String {
    let given = dataset.dataset_uuid.as_ref().or(dataset.uuid.as_ref());
    given
        .map(|uuid| uuid.to_ascii_lowercase())
        .unwrap_or_default()
}

/// The number of a dataset in its history, which some versions write as text.
pub(super) fn number(value: &Json) -> Option<u64> {
    match value {
        Json::Number(number) => number.as_u64(),
        Json::String(text) => text.parse().ok(),
        _ => None,
    }
}

//! Records that edits name by their places in the source, as the table of a conversion shows them: `samples.csv, row 2`.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::edits::CuratorEdit;
use super::map::MappedRecord;
use super::references::REFERENCES;
use crate::fairtracks::category::Category;

/// The places that edits name, and the ids of the objects there.
pub(super) struct EditedRecords {
    named: HashSet<String>,
    ids: HashMap<String, BTreeMap<Category, String>>,
}

impl EditedRecords {
    /// The places that edits name.
    pub(super) fn of(edits: &[CuratorEdit]) -> Self {
        let places = edits.iter().map(|edit| &edit.record);
        let places = places.filter(|record| record.contains(", "));
        EditedRecords {
            named: places.cloned().collect(),
            ids: HashMap::new(),
        }
    }

    /// The place of a record, if an edit names it.
    pub(super) fn place(&self, record: &MappedRecord) -> Option<String> {
        if self.named.is_empty() {
            return None;
        }
        let place = record.place.to_string();
        self.is_place(&place).then_some(place)
    }

    /// Whether an edit names a place.
    pub(super) fn is_place(&self, text: &str) -> bool {
        self.named.contains(text)
    }

    /// Adds the ids of the objects of a record.
    pub(super) fn add(&mut self, place: String, record: &MappedRecord) {
        let ids = self.ids.entry(place).or_default();
        for category in record.objects.keys() {
            if let Some(id) = record.text(*category, "local_id") {
                ids.insert(*category, id.to_owned());
            }
        }
    }

    /// The id of the object of a category at a place.
    pub(super) fn id(&self, place: &str, category: Category) -> Option<&str> {
        let ids = self.ids.get(place)?;
        ids.get(&category).map(String::as_str)
    }
}

/// Whether a record has the object that an edit of an id is about.
pub(super) fn is_of(record: &MappedRecord, edit: &CuratorEdit, place: Option<&str>) -> bool {
    let category = edit.field.category;
    if edit.record == "*" {
        return record.objects.contains_key(&category);
    }
    let ids = [
        record.text(category, "local_id"),
        record.text(Category::Tracks, "local_id"),
    ];
    let mut names = ids.iter().flatten().chain(&place);
    let is_own = names.any(|name| *name == edit.record);
    is_own && (record.is_wide || record.objects.contains_key(&category))
}

/// Whether a row describes an object with another id than the one that an edit makes it refer to.
pub(super) fn describes_other(record: &MappedRecord, edit: &CuratorEdit) -> bool {
    let mut references = REFERENCES.iter();
    let found = references.find(|(from, key, _, _)| {
        *from == edit.field.category && edit.field.keys == [*key] && record.is_wide
    });
    let described = found.and_then(|(_, _, to, _)| record.text(*to, "local_id"));
    described.is_some_and(|id| id != edit.value)
}

//! Ids and references: unique for each category, and leading somewhere, across all documents.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::fairtracks::category::Category;
use crate::fairtracks::fields::must;
use crate::fairtracks::finding::Findings;
use crate::fairtracks::values::text::LocalId;

/// Where an object stands.
#[derive(Debug, Clone, Copy)]
pub struct ObjectPlace {
    /// The number of its document.
    pub document: usize,
    /// Its category.
    pub category: Category,
    /// Its position in the category.
    pub position: usize,
}

impl ObjectPlace {
    /// The JSON pointer of one of its members.
    fn pointer(&self, key: &str) -> String {
        let name = self.category.name();
        if self.category.is_single() {
            format!("/{name}/{key}")
        } else {
            format!("/{name}/{}/{key}", self.position)
        }
    }
}

/// All ids and references that were met.
#[derive(Default)]
pub struct ObjectKeys<'d> {
    objects: HashMap<(Category, &'d str), ObjectPlace>,
    repeated: Vec<(ObjectPlace, ObjectPlace, &'d str)>,
    references: Vec<Reference<'d>>,
}

struct Reference<'d> {
    from: ObjectPlace,
    key: &'static str,
    to: Category,
    id: &'d str,
}

impl<'d> ObjectKeys<'d> {
    /// Notes the id of an object.
    pub fn define(&mut self, object: ObjectPlace, id: Option<LocalId<'d>>) {
        let Some(id) = id.map(LocalId::as_str) else {
            return;
        };
        match self.objects.entry((object.category, id)) {
            Entry::Vacant(place) => {
                place.insert(object);
            }
            Entry::Occupied(first) => self.repeated.push((object, *first.get(), id)),
        }
    }

    /// Notes a reference from an object to one of another category.
    pub fn refer(
        &mut self,
        from: ObjectPlace,
        key: &'static str,
        to: Category,
        id: Option<LocalId<'d>>,
    ) {
        let id = id.map(LocalId::as_str);
        self.references
            .extend(id.map(|id| Reference { from, key, to, id }));
    }

    /// Reports ids that two objects have, and references that lead nowhere, each to the findings of its document.
    pub fn report(&self, files: &mut [Findings]) {
        for (object, first, id) in &self.repeated {
            let place = format!(
                "{}#{}",
                files[first.document].file(),
                first.pointer("local_id")
            );
            let remark = must(
                format!("an id that no other object of {} has", object.category),
                "give one of them another id, and change the references to it",
            );
            let what = format!("\"{id}\", also in {place}");
            files[object.document].add_at(object.pointer("local_id"), what, remark);
        }
        for Reference { from, key, to, id } in &self.references {
            if !self.objects.contains_key(&(*to, id)) {
                let remark = must(
                    format!("the local_id of an object of {to}"),
                    format!("correct it, or add what is missing to {to}"),
                );
                files[from.document].add_at(from.pointer(key), format!("\"{id}\""), remark);
            }
        }
    }
}

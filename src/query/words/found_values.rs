//! The values that the words of a condition mean, attribute by attribute.

use std::collections::{BTreeSet, HashSet};

use super::existing_values::{ExistingValue, ExistingValues};
use super::listed_object::{ListedPath, ListedValues};
use super::subject_attributes::subject_of;
use super::word_place::WordPlace;
use crate::fairtracks::attribute::Attribute;
use crate::fairtracks::category::Category;
use crate::vocabulary::{MatchReason, Meaning, Subject};

/// The values that were found in the attributes of a place.
pub(super) struct FoundValues<'e> {
    attributes: Vec<FoundAttribute<'e>>,
    by_ontology: Vec<(String, String)>,
}

struct FoundAttribute<'e> {
    name: Attribute,
    /// The steps through lists, where the attribute is one of objects in lists.
    listed: Option<&'e ListedPath>,
    values: &'e [ExistingValue],
    found: BTreeSet<usize>,
}

/// Attributes with their values, those of objects in lists, and values with the ontology that they are there by.
pub(super) type FoundParts = (
    Vec<(Attribute, Vec<String>)>,
    Vec<ListedValues>,
    Vec<(String, String)>,
);

impl<'e> FoundValues<'e> {
    pub fn new(attributes: Vec<Attribute>, values: &'e ExistingValues) -> Self {
        let attribute = |name: Attribute| FoundAttribute {
            values: values.of_attribute(&name),
            name,
            listed: None,
            found: BTreeSet::new(),
        };
        FoundValues {
            attributes: attributes.into_iter().map(attribute).collect(),
            by_ontology: Vec::new(),
        }
    }

    /// Takes the values of `place` that have a meaning, which depends on the subject; returns whether there are some.
    pub fn take(
        &mut self,
        place: &WordPlace,
        values: &'e ExistingValues,
        meaning: &dyn Fn(Option<Subject>) -> Option<Meaning<'e>>,
    ) -> bool {
        self.add_listed(place, values);
        let mut is_found = false;
        let mut known: Vec<(Option<Subject>, Option<Meaning<'e>>)> = Vec::new();
        for attribute in &mut self.attributes {
            let subject = subject_of(&attribute.name);
            if !known.iter().any(|(one, _)| *one == subject) {
                known.push((subject, meaning(subject)));
            }
            let meant = known.iter().find(|(one, _)| *one == subject);
            let Some(meant) = meant.and_then(|(_, meaning)| meaning.as_ref()) else {
                continue;
            };
            for (position, value) in attribute.values.iter().enumerate() {
                let Some(reason) = value.reason(meant) else {
                    continue;
                };
                is_found = true;
                attribute.found.insert(position);
                if let MatchReason::Ontology(name) = reason {
                    self.by_ontology.push((value.text.clone(), name.to_owned()));
                }
            }
        }
        is_found
    }

    /// Adds the attributes of objects in lists that the place has.
    fn add_listed(&mut self, place: &WordPlace, values: &'e ExistingValues) {
        if self
            .attributes
            .iter()
            .any(|attribute| attribute.listed.is_some())
        {
            return;
        }
        for (path, values) in values.in_lists() {
            let name = path.attribute();
            let is_there = match place {
                WordPlace::Subjects(_) => false,
                WordPlace::Attribute(attribute) => *attribute == name,
                WordPlace::Anywhere => path.category != Category::DocInfo,
            };
            if is_there {
                self.attributes.push(FoundAttribute {
                    name,
                    listed: Some(path),
                    values,
                    found: BTreeSet::new(),
                });
            }
        }
    }

    /// The attributes with values. One with the same objects as those before it only makes the query longer.
    pub fn finish(self) -> FoundParts {
        let mut parts: FoundParts = (Vec::new(), Vec::new(), Vec::new());
        let mut known: HashSet<(Category, usize)> = HashSet::new();
        for attribute in self.attributes {
            let found = attribute.found.iter();
            let means: Vec<&ExistingValue> = found.map(|at| &attribute.values[*at]).collect();
            let objects = means.iter().flat_map(|value| &value.objects);
            let before = known.len();
            let category = attribute.name.category;
            known.extend(objects.map(|position| (category, *position)));
            let adds = known.len() > before || means.iter().all(|value| value.objects.is_empty());
            if means.is_empty() || !adds {
                continue;
            }
            let texts: Vec<String> = means.iter().map(|value| value.text.clone()).collect();
            match attribute.listed {
                Some(path) => parts.1.push(ListedValues {
                    path: path.clone(),
                    texts,
                }),
                None => parts.0.push((attribute.name, texts)),
            }
        }
        for pair in self.by_ontology {
            if !parts.2.contains(&pair) {
                parts.2.push(pair);
            }
        }
        parts
    }
}

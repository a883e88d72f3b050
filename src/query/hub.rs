//! The joins of a query: the categories of a hub and the references between them.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::Value as Json;

use super::jsonb;
use super::picked_objects::PickedObjects;
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::fairtracks::subset::REFERENCES;

/// "Objects of `from` refer to an object of `to` by its `to_attribute`": the join that TrackFind adds to each query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectReference {
    /// The category that holds the reference.
    pub from: String,
    /// The attribute with the reference.
    pub from_attribute: String,
    /// The category that is referred to.
    pub to: String,
    /// The attribute that is referred to.
    pub to_attribute: String,
}

impl ObjectReference {
    /// The reference from `from->from_attribute` to `to->to_attribute`.
    pub fn new(from: &str, from_attribute: &str, to: &str, to_attribute: &str) -> Self {
        let [from, from_attribute, to, to_attribute] =
            [from, from_attribute, to, to_attribute].map(str::to_owned);
        ObjectReference {
            from,
            from_attribute,
            to,
            to_attribute,
        }
    }
}

/// The searchable objects, by category.
#[derive(Debug, Clone, Default)]
pub struct Hub<'d> {
    names: Vec<String>,
    objects: Vec<Vec<&'d Json>>,
    references: Vec<ObjectReference>,
    /// The document whose objects may have been picked.
    document: Option<&'d Document>,
}

/// The treatment of an object with a dangling reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OuterJoin {
    /// It is dropped, as on a TrackFind server.
    Inner,
    /// It is kept without a partner.
    Left,
}

/// The join of a category to those before it.
struct Step<'h> {
    /// The first reference, and the category's objects by its value; `None` without a reference.
    partners: Option<(Condition<'h>, HashMap<String, Vec<usize>>)>,
    /// Further references that must match.
    others: Vec<Condition<'h>>,
}

impl<'d> Hub<'d> {
    /// A document as TrackFind stores it: its four lists and its two single objects, joined by the references of
    /// the standard. The two single objects belong to every row, whatever `collection_ref` says, as there is
    /// only one of each.
    pub fn of(document: &'d Document) -> Self {
        Hub::of_categories(document, &Category::ALL)
    }

    /// Some categories of a document, in the order of [`Category::ALL`]. Only references between them join; without one,
    /// categories are combined as a Cartesian product.
    pub fn of_categories(document: &'d Document, chosen: &[Category]) -> Self {
        let chosen = Category::ALL
            .into_iter()
            .filter(|category| chosen.contains(category));
        let categories = chosen.map(|category| (category, document.objects(category)));
        Hub::of_objects(document, categories)
    }

    /// The same of objects of which only some members are read.
    pub fn of_picked(picked: &'d PickedObjects<'_>) -> Self {
        let categories = picked.categories.iter().map(|(category, objects)| {
            let whole = || picked.document.objects(*category);
            let objects = objects.as_ref().map(|objects| objects.iter().collect());
            (*category, objects.unwrap_or_else(whole))
        });
        Hub::of_objects(picked.document, categories)
    }

    fn of_objects(
        document: &'d Document,
        categories: impl Iterator<Item = (Category, Vec<&'d Json>)>,
    ) -> Self {
        let references = REFERENCES.map(|(from, attribute, to)| {
            ObjectReference::new(from.name(), attribute, to.name(), "local_id")
        });
        let named = categories.map(|(category, objects)| (category.name().to_owned(), objects));
        Hub {
            document: Some(document),
            ..Hub::new(named.collect(), references.into())
        }
    }

    /// A hub of these categories, each with its objects, joined by these references.
    ///
    /// Combinations are in the order of the first category, which should be the category searched for.
    pub fn new(categories: Vec<(String, Vec<&'d Json>)>, references: Vec<ObjectReference>) -> Self {
        let (names, objects) = categories.into_iter().unzip();
        Hub {
            names,
            objects,
            references,
            document: None,
        }
    }

    /// The names of the categories, in row order.
    pub fn categories(&self) -> &[String] {
        &self.names
    }

    /// The objects of the category at `place`.
    pub fn objects(&self, place: usize) -> &[&'d Json] {
        &self.objects[place]
    }

    /// The objects of the category at `place` with all their members.
    pub fn whole_objects(&self, place: usize) -> impl Iterator<Item = Cow<'_, Json>> {
        let category = Category::named(&self.names[place]);
        let of_document = self.document.zip(category).map(|(document, category)| {
            let single = document
                .object(category, 0)
                .filter(|_| category.is_single());
            let list = document.list(category).iter().map(|object| object.read());
            list.chain(single.map(Cow::Borrowed))
        });
        let given = self.objects[place]
            .iter()
            .filter(|_| self.document.is_none());
        let given = given.map(|object| Cow::Borrowed(*object));
        of_document.into_iter().flatten().chain(given)
    }

    /// The objects of a combination, for a query.
    pub(super) fn row(
        &self,
        combination: &[Option<usize>],
    ) -> impl Iterator<Item = Option<&'d Json>> {
        let object = |(at, objects): (&Option<usize>, &Vec<&'d Json>)| at.map(|at| objects[at]);
        combination.iter().zip(&self.objects).map(object)
    }

    /// Calls `visit` with all combinations of TrackFind's implicit joins: one object of each category, as indices in
    /// [`Hub::objects`].
    ///
    /// Two values join if they are equal as `jsonb`; a missing one never does. Categories without a reference are combined as a
    /// Cartesian product. With [`OuterJoin::Left`] an object without a partner stays, and the partner is `None`.
    pub fn combinations(&self, join: OuterJoin, mut visit: impl FnMut(&[Option<usize>])) {
        self.combinations_while(join, |combination| {
            visit(combination);
            true
        });
    }

    /// As [`Hub::combinations`], until `visit` breaks off. Returns whether it has visited all.
    pub fn combinations_while(
        &self,
        join: OuterJoin,
        mut visit: impl FnMut(&[Option<usize>]) -> bool,
    ) -> bool {
        let steps: Vec<Step<'_>> = (0..self.names.len())
            .map(|place| self.step(place))
            .collect();
        self.extend(&steps, join, &mut Vec::new(), &mut visit)
    }

    fn extend(
        &self,
        steps: &[Step<'_>],
        join: OuterJoin,
        combination: &mut Vec<Option<usize>>,
        visit: &mut impl FnMut(&[Option<usize>]) -> bool,
    ) -> bool {
        let Some(step) = steps.get(combination.len()) else {
            return visit(combination);
        };
        let mut found = false;
        let mut with = |at: Option<usize>, combination: &mut Vec<Option<usize>>| {
            combination.push(at);
            let goes_on = self.extend(steps, join, combination, visit);
            combination.pop();
            goes_on
        };
        match &step.partners {
            None => {
                for at in 0..self.objects[combination.len()].len() {
                    found = true;
                    if !with(Some(at), combination) {
                        return false;
                    }
                }
            }
            Some((first, by_identity)) => {
                let wanted = self.identity(combination[first.earlier], first);
                for &at in wanted
                    .and_then(|wanted| by_identity.get(&wanted))
                    .into_iter()
                    .flatten()
                {
                    if step
                        .others
                        .iter()
                        .all(|other| self.agrees(other, combination, at))
                    {
                        found = true;
                        if !with(Some(at), combination) {
                            return false;
                        }
                    }
                }
            }
        }
        // The first category has no partner to miss.
        if !found && join == OuterJoin::Left && !combination.is_empty() {
            return with(None, combination);
        }
        true
    }

    /// The join of the category at `place`, its objects sorted by the first reference.
    fn step(&self, place: usize) -> Step<'_> {
        let mut others = self.conditions_with_earlier(place);
        if others.is_empty() {
            return Step {
                partners: None,
                others,
            };
        }
        let first = others.remove(0);
        let mut by_identity: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, object) in self.objects[place].iter().enumerate() {
            if let Some(value) = object.get(first.attribute) {
                by_identity
                    .entry(jsonb::identity(value))
                    .or_default()
                    .push(at);
            }
        }
        Step {
            partners: Some((first, by_identity)),
            others,
        }
    }

    /// The value of the earlier side of a condition.
    fn identity(&self, at: Option<usize>, condition: &Condition<'_>) -> Option<String> {
        let object = self.objects[condition.earlier][at?];
        object.get(condition.earlier_attribute).map(jsonb::identity)
    }

    fn agrees(&self, condition: &Condition<'_>, combination: &[Option<usize>], at: usize) -> bool {
        let here = self.objects[combination.len()][at]
            .get(condition.attribute)
            .map(jsonb::identity);
        here.is_some() && here == self.identity(combination[condition.earlier], condition)
    }

    /// The references between the category at `place` and those before it.
    fn conditions_with_earlier(&self, place: usize) -> Vec<Condition<'_>> {
        let position = |name: &str| self.names.iter().position(|known| known == name);
        self.references
            .iter()
            .filter_map(|reference| {
                let (from, to) = (position(&reference.from)?, position(&reference.to)?);
                let (earlier, earlier_attribute, attribute) = if from == place && to < place {
                    (to, &reference.to_attribute, &reference.from_attribute)
                } else if to == place && from < place {
                    (from, &reference.from_attribute, &reference.to_attribute)
                } else {
                    return None;
                };
                Some(Condition {
                    earlier,
                    earlier_attribute,
                    attribute,
                })
            })
            .collect()
    }
}

/// "This attribute equals that attribute of an earlier category."
struct Condition<'h> {
    earlier: usize,
    earlier_attribute: &'h str,
    attribute: &'h str,
}

#[cfg(test)]
mod tests;

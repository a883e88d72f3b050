//! The metamodel of a hub: categories, attributes, values.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value as Json, json};

use super::flat::{self, FlatValues};
use super::problem::{AsTrackFind, Problem};
use super::routes::{RouteContext, json as answer};
use super::selection::{Selection, no_category};
use super::store::{KeptCategory, StoredHub};
use super::{ServerAnswer, jackson, java};
use crate::fairtracks::flat::SEPARATOR;
use crate::text::folding;

/// The initial number of buckets of the map of attributes, and of the set of values of one.
const ATTRIBUTE_BUCKETS: usize = 32;
const VALUE_BUCKETS: usize = 4;
/// The number of copies of values in memory during a response: the filtered ones, their JSON, and its text.
const COPIES: usize = 3;

impl RouteContext<'_> {
    /// `/metamodel`: all attributes and values, as a tree or flat.
    pub(super) fn metamodel(&self, kept: &StoredHub) -> Result<ServerAnswer, Problem> {
        let is_flat = self.parameters.flag("flat")?;
        let text = |name| self.parameters.text(name).unwrap_or_default();
        let (attributes, values) = (text("attributesFilter"), text("valuesFilter"));
        let known = kept.categories.iter();
        let bytes = known.map(|category| flat::bytes(&category.attributes));
        self.request.hold(COPIES * bytes.sum::<usize>())?;
        let categories: Vec<(&str, Vec<FlatValues>)> = kept
            .categories
            .iter()
            .map(|category| {
                let filtered = filtered(&category.attributes, &attributes, &values);
                (category.name.as_str(), filtered)
            })
            .filter(|(_, attributes)| !attributes.is_empty())
            .collect();
        if self.options.faithful {
            return self.metamodel_of_java(categories, is_flat);
        }
        let mut metamodel = Map::new();
        for (name, attributes) in categories {
            let category = if is_flat {
                let flat = attributes.iter();
                Json::Object(flat.map(|flat| (flat.path.clone(), listed(flat))).collect())
            } else {
                tree(&attributes)
            };
            metamodel.insert(name.to_owned(), category);
        }
        Ok(answer(Json::Object(metamodel).to_string()))
    }

    fn metamodel_of_java(
        &self,
        mut categories: Vec<(&str, Vec<FlatValues>)>,
        is_flat: bool,
    ) -> Result<ServerAnswer, Problem> {
        java::sort_grown(&mut categories, |(name, _)| name);
        let mut trees = Vec::new();
        for (name, mut attributes) in categories {
            java::sort_grown_from(ATTRIBUTE_BUCKETS, &mut attributes, |flat| &flat.path);
            let mut tree = Tree::default();
            for attribute in &attributes {
                if is_flat {
                    tree.members
                        .push((attribute.path.as_str(), Branch::Values(attribute)));
                } else {
                    tree.grow(attribute, &attribute.path)?;
                    continue;
                }
            }
            let mut text = String::new();
            tree.write(1, !is_flat, &mut text);
            trees.push((name, text));
        }
        let mut body = String::new();
        jackson::object(trees.into_iter(), 0, &mut body, |text, _, out| {
            out.push_str(&text);
        });
        Ok(answer(body))
    }

    /// `/attributes`: the next steps of a path.
    pub(super) fn attributes(
        &self,
        kept: &StoredHub,
        category: &str,
    ) -> Result<ServerAnswer, Problem> {
        let found = kept
            .category(category)
            .ok_or_else(|| no_category(category, kept, 404))?;
        let path = self.parameters.text("path").unwrap_or_default();
        let below: Vec<String> = found
            .attributes
            .iter()
            .filter_map(|attribute| {
                if path.is_empty() {
                    Some(attribute.path.clone())
                } else if self.options.faithful {
                    below_as_in_sql(&attribute.path, &path)
                } else {
                    let below = attribute.path.strip_prefix(path.as_str())?;
                    below.strip_prefix(SEPARATOR).map(str::to_owned)
                }
            })
            .map(|path| {
                let first = path.split(SEPARATOR).next().unwrap_or_default();
                first.to_owned()
            })
            .collect();
        Ok(self.names(below.iter()))
    }

    /// `/values`: the values of an attribute, of all objects or of those in the rows of a search.
    pub(super) fn values(&self, kept: &StoredHub, category: &str) -> Result<ServerAnswer, Problem> {
        let path = self.parameters.needed("path", "assembly_name")?;
        let filter = self.parameters.text("filter").unwrap_or_default();
        let found = kept.category(category);
        if found.is_none() && !self.options.faithful {
            return Err(no_category(category, kept, 404));
        }
        let narrowed = match self.parameters.text("query") {
            Some(query) => self.narrowed(kept, found, &query)?,
            None => None,
        };
        // TrackFind fails on a category without remaining values, because it has no entry.
        let found = found.ok_or_else(|| no_category(category, kept, 404))?;
        let attributes = narrowed.as_ref().unwrap_or(&found.attributes);
        self.request.hold(COPIES * flat::bytes(attributes))?;
        let attributes = filtered(attributes, "", &filter);
        if self.options.faithful && attributes.is_empty() {
            let message = format!("no value of {category} contains {filter}");
            return Err(Problem::new(404, "filter", message, 500));
        }
        let mut values: Vec<&Option<String>> = attributes
            .iter()
            .filter(|attribute| attribute.path == path)
            .flat_map(|attribute| &attribute.values)
            .collect();
        if !self.options.faithful {
            return Ok(answer(
                json!(values.into_iter().flatten().collect::<Vec<_>>()).to_string(),
            ));
        }
        java::sort_grown(&mut values, |value| value.as_deref().unwrap_or_default());
        let mut body = String::new();
        write_values(&values, &mut body);
        Ok(answer(body))
    }

    /// The attributes of the objects of a category in the rows of a search; `None` if TrackFind ignores the search, as it
    /// does without results.
    fn narrowed(
        &self,
        kept: &StoredHub,
        category: Option<&KeptCategory>,
        query: &str,
    ) -> Result<Option<Vec<FlatValues>>, Problem> {
        let selection = Selection::new(kept, "", self.options.faithful)?;
        let found = self.asking(kept, &selection).run_whole(query)?;
        if self.options.faithful && found.ids.is_empty() {
            return Ok(None);
        }
        let Some(category) = category else {
            return Ok(None);
        };
        let mut seen = HashSet::new();
        let mut ids: Vec<usize> = found
            .ids
            .into_iter()
            .filter(|id| category.objects.contains(id) && seen.insert(*id))
            .collect();
        ids.sort_unstable();
        let objects = self.store.jsons(ids);
        let alias = self.options.epico_alias && category.name == "tracks";
        Ok(Some(flat::attributes(objects.into_iter(), alias)))
    }
}

/// The attributes whose path and values contain the texts, ignoring case, with those values only.
fn filtered(attributes: &[FlatValues], path: &str, value: &str) -> Vec<FlatValues> {
    let (path, value) = (folding::lower(path), folding::lower(value));
    attributes
        .iter()
        .filter(|attribute| folding::lower(&attribute.path).contains(&path))
        .map(|attribute| {
            let holds = |text: &&Option<String>| {
                text.as_ref().map_or(value.is_empty(), |text| {
                    folding::lower(text).contains(&value)
                })
            };
            FlatValues {
                path: attribute.path.clone(),
                values: attribute.values.iter().filter(holds).cloned().collect(),
            }
        })
        .filter(|attribute| !attribute.values.is_empty())
        .collect()
}

fn listed(attribute: &FlatValues) -> Json {
    json!(attribute.values.iter().flatten().collect::<Vec<_>>())
}

/// The tree of attributes. If an attribute has values in one object and members in another, its values are under the empty key.
fn tree(attributes: &[FlatValues]) -> Json {
    let mut tree = Json::Object(Map::new());
    for attribute in attributes {
        let mut branch = &mut tree;
        for key in attribute.path.split(SEPARATOR) {
            if branch.is_array() {
                let values = branch.take();
                *branch = json!({"": values});
            }
            branch = &mut branch[key];
        }
        if branch.is_object() {
            branch[""] = listed(attribute);
        } else {
            *branch = listed(attribute);
        }
    }
    tree
}

/// The rest of an attribute's path below `path`, as in TrackFind's statement: a case-insensitive `LIKE` with `_` and `%` as
/// wildcards, and the lower-case prefix removed wherever it occurs.
fn below_as_in_sql(attribute: &str, path: &str) -> Option<String> {
    let start = folding::lower(path) + SEPARATOR;
    like(&folding::lower(attribute), &format!("{start}%")).then(|| attribute.replace(&start, ""))
}

/// A sign of a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// `%`
    Any,
    /// `_`
    One,
    /// Itself.
    Plain(char),
}

/// SQL's `LIKE`.
fn like(text: &str, pattern: &str) -> bool {
    let mut signs = Vec::new();
    let mut pattern = pattern.chars();
    while let Some(sign) = pattern.next() {
        signs.push(match sign {
            '%' => Sign::Any,
            '_' => Sign::One,
            '\\' => match pattern.next() {
                Some(escaped) => Sign::Plain(escaped),
                None => return false,
            },
            other => Sign::Plain(other),
        });
    }
    // The positions of the pattern that the text reaches so far.
    let skip = |reached: &mut Vec<bool>| {
        for (place, sign) in signs.iter().enumerate() {
            if reached[place] && *sign == Sign::Any {
                reached[place + 1] = true;
            }
        }
    };
    let mut reached = vec![false; signs.len() + 1];
    reached[0] = true;
    skip(&mut reached);
    for character in text.chars() {
        let mut next = vec![false; signs.len() + 1];
        for (place, sign) in signs
            .iter()
            .enumerate()
            .filter(|(place, _)| reached[*place])
        {
            match sign {
                Sign::Any => next[place] = true,
                Sign::One => next[place + 1] = true,
                Sign::Plain(wanted) => next[place + 1] |= *wanted == character,
            }
        }
        skip(&mut next);
        reached = next;
    }
    reached[signs.len()]
}

/// Values, as Jackson lays out a list.
fn write_values(values: &[&Option<String>], out: &mut String) {
    jackson::list(values.iter(), out, |value, out| match value {
        Some(value) => jackson::write_text(value, out),
        None => out.push_str("null"),
    });
}

/// A tree of maps as TrackFind builds it.
#[derive(Default)]
struct Tree<'a> {
    members: Vec<(&'a str, Branch<'a>)>,
    places: BTreeMap<&'a str, usize>,
}

enum Branch<'a> {
    Values(&'a FlatValues),
    Tree(Tree<'a>),
}

impl<'a> Tree<'a> {
    /// Puts an attribute where its path leads.
    fn grow(&mut self, attribute: &'a FlatValues, path: &'a str) -> Result<(), Problem> {
        // Java's split drops empty parts at the end.
        let (key, below) = path.split_once(SEPARATOR).unwrap_or((path, ""));
        let known = self.places.get(key).copied();
        if below.is_empty() {
            if known.is_some() {
                return Err(both());
            }
            self.places.insert(key, self.members.len());
            self.members.push((key, Branch::Values(attribute)));
            return Ok(());
        }
        let place = known.unwrap_or_else(|| {
            self.places.insert(key, self.members.len());
            self.members.push((key, Branch::Tree(Tree::default())));
            self.members.len() - 1
        });
        match self.members.get_mut(place) {
            Some((_, Branch::Tree(tree))) => tree.grow(attribute, below),
            _ => Err(both()),
        }
    }

    fn write(mut self, nesting: usize, is_grown: bool, out: &mut String) {
        if is_grown {
            java::sort_grown(&mut self.members, |(key, _)| key);
        }
        let members = self.members.into_iter();
        jackson::object(members, nesting, out, |branch, nesting, out| match branch {
            Branch::Tree(tree) => tree.write(nesting, is_grown, out),
            Branch::Values(attribute) => {
                let mut values: Vec<&Option<String>> = attribute.values.iter().collect();
                java::sort_grown_from(VALUE_BUCKETS, &mut values, |value| {
                    value.as_deref().unwrap_or_default()
                });
                write_values(&values, out);
            }
        });
    }
}

/// An attribute has values here and members there.
fn both() -> Problem {
    let said = "class com.google.common.collect.AbstractMapBasedMultimap$WrappedSet cannot be cast to class java.util.Map";
    Problem::new(500, "metamodel", said, 500).trackfind(AsTrackFind::Text(500, said.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_steps_are_found_as_trackfinds_statement_finds_them() {
        for (attribute, path, below) in [
            ("a_b->c->d", "a_b", Some("c->d")),
            // `_` stands for any character, and what it matched is not cut off.
            ("axb->c", "a_b", Some("axb->c")),
            ("Sex->a", "sex", Some("Sex->a")),
            ("sex->a", "SEX", Some("a")),
            ("sex", "sex", None),
            ("sexes->a", "sex", None),
            ("a->b", "%", Some("a->b")),
            ("a->b", "\\%", None),
        ] {
            assert_eq!(
                below_as_in_sql(attribute, path).as_deref(),
                below,
                "{attribute} {path}"
            );
        }
    }

    #[test]
    fn an_attribute_with_values_and_members_keeps_both() {
        let attribute = |path: &str| FlatValues {
            path: path.to_owned(),
            values: vec![Some(path.to_owned())],
        };
        for order in [["t", "t->s"], ["t->s", "t"]] {
            let tree = tree(&order.map(attribute));
            assert_eq!(tree, json!({"t": {"": ["t"], "s": ["t->s"]}}));
        }
    }
}

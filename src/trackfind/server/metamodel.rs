//! The metamodel of a hub: categories, attributes, values.

use std::collections::HashSet;

use serde_json::{Map, Value as Json, json};

use super::ServerAnswer;
use super::flat::{self, FlatValues};
use super::problem::Problem;
use super::routes::{RouteContext, json as answer};
use super::selection::{Selection, no_category};
use super::store::{KeptCategory, StoredHub};
use crate::fairtracks::flat::SEPARATOR;
use crate::text::folding;

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
        let metamodel = (self.store.dialect.metamodel)(categories, is_flat)?;
        Ok(answer(metamodel))
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
                } else {
                    (self.store.dialect.below)(&attribute.path, &path)
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
        let values = (self.store.dialect.values)(self, kept, category, &path, &filter)?;
        Ok(answer(values))
    }

    /// The objects of a category that are in the rows of a search; `None` if it finds nothing.
    pub(super) fn objects_found(
        &self,
        kept: &StoredHub,
        category: Option<&KeptCategory>,
        query: &str,
    ) -> Result<Option<Vec<usize>>, Problem> {
        let selection = Selection::new(kept, "", self.store.dialect)?;
        let found = self.asking(kept, &selection).run_whole(query)?;
        if found.ids.is_empty() {
            return Ok(None);
        }
        let mut seen = HashSet::new();
        let is_of_category = |id: &usize| category.is_some_and(|known| known.objects.contains(id));
        let ids = found.ids.into_iter();
        let mut ids: Vec<usize> = ids
            .filter(|id| is_of_category(id) && seen.insert(*id))
            .collect();
        ids.sort_unstable();
        Ok(Some(ids))
    }

    /// The attributes of a category, or of some of its objects, whose values hold `filter`, with those values only.
    pub(super) fn attributes_of(
        &self,
        category: &KeptCategory,
        objects: Option<Vec<usize>>,
        filter: &str,
    ) -> Result<Vec<FlatValues>, Problem> {
        let alias = self.options.epico_alias && category.name == "tracks";
        let narrowed =
            objects.map(|objects| flat::attributes(self.store.jsons(objects).into_iter(), alias));
        let attributes = narrowed.as_ref().unwrap_or(&category.attributes);
        self.request.hold(COPIES * flat::bytes(attributes))?;
        Ok(filtered(attributes, "", filter))
    }
}

/// The metamodel of categories as JSON.
pub(super) fn metamodel(categories: Vec<(&str, Vec<FlatValues>)>, is_flat: bool) -> String {
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
    Json::Object(metamodel).to_string()
}

/// The values of an attribute as JSON.
pub(super) fn values(
    context: &RouteContext<'_>,
    kept: &StoredHub,
    category: &str,
    path: &str,
    filter: &str,
) -> Result<String, Problem> {
    let found = kept
        .category(category)
        .ok_or_else(|| no_category(category, kept, 404))?;
    let objects = match context.parameters.text("query") {
        Some(query) => Some(
            context
                .objects_found(kept, Some(found), &query)?
                .unwrap_or_default(),
        ),
        None => None,
    };
    let attributes = context.attributes_of(found, objects, filter)?;
    let values: Vec<_> = values_at(&attributes, path).into_iter().flatten().collect();
    Ok(json!(values).to_string())
}

/// The values of the attribute at a path.
pub(super) fn values_at<'a>(attributes: &'a [FlatValues], path: &str) -> Vec<&'a Option<String>> {
    let at_path = attributes.iter().filter(|attribute| attribute.path == path);
    at_path.flat_map(|attribute| &attribute.values).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

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

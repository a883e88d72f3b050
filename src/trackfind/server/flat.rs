//! The metamodel of objects: their attributes and the values of each.

use std::collections::{HashMap, HashSet};

use serde_json::Value as Json;

use crate::fairtracks::flat::below;
use crate::query::jsonb;

/// An attribute and its values over many objects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FlatValues {
    /// The keys of its path, joined by `->`; lists add nothing.
    pub path: String,
    /// The values as text, each once, in the order of the objects. `None` is an element of a list that is null.
    pub values: Vec<Option<String>>,
}

/// The attributes of objects, in order of first appearance.
///
/// With `alias` the assembly's name is also found as `genome_assembly`, its name before version 1.0.
pub(super) fn attributes<'o>(
    objects: impl Iterator<Item = &'o Json>,
    alias: bool,
) -> Vec<FlatValues> {
    let mut found = Found::default();
    for object in objects {
        found.collect(object, "", false);
        if alias && let Some(name) = object.get("assembly_name") {
            found.collect(name, "genome_assembly", false);
        }
    }
    found.attributes
}

#[derive(Default)]
struct Found {
    attributes: Vec<FlatValues>,
    places: HashMap<String, usize>,
    seen: HashSet<(usize, Option<String>)>,
}

impl Found {
    fn collect(&mut self, value: &Json, path: &str, in_list: bool) {
        match value {
            Json::Null if in_list => self.add(path, None),
            Json::Null => {}
            Json::Object(members) => {
                for (key, member) in members {
                    self.collect(member, &below(path, key), false);
                }
            }
            Json::Array(items) => {
                for item in items {
                    self.collect(item, path, true);
                }
            }
            _ => self.add(path, jsonb::text(value).map(|text| text.into_owned())),
        }
    }

    fn add(&mut self, path: &str, value: Option<String>) {
        let place = match self.places.get(path) {
            Some(&place) => place,
            None => {
                let place = self.attributes.len();
                self.places.insert(path.to_owned(), place);
                self.attributes.push(FlatValues {
                    path: path.to_owned(),
                    values: Vec::new(),
                });
                place
            }
        };
        if self.seen.insert((place, value.clone())) {
            self.attributes[place].values.push(value);
        }
    }
}

/// The memory of the attribute values, in bytes.
pub(super) fn bytes(attributes: &[FlatValues]) -> usize {
    let values = attributes.iter().flat_map(|attribute| &attribute.values);
    values
        .map(|value| size_of_val(value) + value.as_ref().map_or(0, String::len))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_listed_once_under_their_path() {
        let objects = [
            json!({"a": {"b": "x"}, "l": ["p", null, ["p", "q"]], "e": {}, "n": null}),
            json!({"a": {"b": "x"}, "o": [{"k": ""}, {"k": true}], "assembly_name": "hg38"}),
        ];
        let found: Vec<(String, Vec<Option<String>>)> = attributes(objects.iter(), true)
            .into_iter()
            .map(|attribute| (attribute.path, attribute.values))
            .collect();
        let expected: [(&str, &[Option<&str>]); 5] = [
            ("a->b", &[Some("x")]),
            ("l", &[Some("p"), None, Some("q")]),
            ("o->k", &[Some(""), Some("true")]),
            ("assembly_name", &[Some("hg38")]),
            ("genome_assembly", &[Some("hg38")]),
        ];
        let expected = expected.map(|(path, values)| {
            let values = values.iter().map(|value| value.map(str::to_owned));
            (path.to_owned(), values.collect::<Vec<_>>())
        });
        assert_eq!(found, expected);
    }
}

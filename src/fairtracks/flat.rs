//! Nested metadata as flat columns, the way TrackFind's metamodel names them.

use std::collections::HashMap;

use serde_json::Value as Json;

/// The texts of one attribute: several where the object holds a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlatAttribute {
    /// The keys that lead to it, joined by `->`; lists add nothing.
    pub path: String,
    /// The values as text, numbers as they are written; JSON's null gives none.
    pub texts: Vec<String>,
}

/// What stands between the keys of a path.
pub const SEPARATOR: &str = "->";

/// The path one step further: `a->b` and `c` are `a->b->c`.
pub fn below(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}{SEPARATOR}{key}")
    }
}

/// All attributes of an object that have a value, in its own order.
pub fn flatten(object: &Json) -> Vec<FlatAttribute> {
    let mut flat = Flat::default();
    flat.collect(object, "");
    flat.attributes
}

#[derive(Default)]
struct Flat {
    attributes: Vec<FlatAttribute>,
    places: HashMap<String, usize>,
}

impl Flat {
    fn collect(&mut self, value: &Json, path: &str) {
        match value {
            Json::Null => {}
            Json::Object(members) => {
                for (key, member) in members {
                    self.collect(member, &below(path, key));
                }
            }
            Json::Array(items) => items.iter().for_each(|item| self.collect(item, path)),
            Json::String(text) => self.add(path, text.clone()),
            Json::Bool(_) | Json::Number(_) => self.add(path, value.to_string()),
        }
    }

    fn add(&mut self, path: &str, text: String) {
        match self.places.get(path) {
            Some(&place) => self.attributes[place].texts.push(text),
            None => {
                self.places.insert(path.to_owned(), self.attributes.len());
                self.attributes.push(FlatAttribute {
                    path: path.to_owned(),
                    texts: vec![text],
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_keep_the_path_of_what_holds_them() {
        let object = json!({"b": {"c": "x"}, "l": ["p", ["q"]], "o": [{"k": "1"}, {"k": "2"}], "n": null, "e": {}, "f": 1.50});
        let flat: Vec<(String, Vec<String>)> = flatten(&object)
            .into_iter()
            .map(|a| (a.path, a.texts))
            .collect();
        let expected = [
            ("b->c", vec!["x"]),
            ("l", vec!["p", "q"]),
            ("o->k", vec!["1", "2"]),
            ("f", vec!["1.5"]),
        ];
        assert_eq!(
            flat,
            expected.map(|(path, texts)| (
                path.to_owned(),
                texts.into_iter().map(str::to_owned).collect()
            ))
        );
    }
}

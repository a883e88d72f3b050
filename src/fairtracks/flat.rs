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

/// The texts of the attribute that the keys lead to, as [`flatten`] has them under the joined path.
pub fn texts_at(object: &Json, path: &[impl AsRef<str>]) -> Vec<String> {
    let mut texts = Vec::new();
    collect_at(object, path, &mut texts);
    texts
}

fn collect_at(value: &Json, path: &[impl AsRef<str>], texts: &mut Vec<String>) {
    match (value, path) {
        (Json::Array(items), _) => items.iter().for_each(|item| collect_at(item, path, texts)),
        (Json::Object(members), [key, rest @ ..]) => {
            if let Some(member) = members.get(key.as_ref()) {
                collect_at(member, rest, texts);
            }
        }
        (Json::String(text), []) => texts.push(text.clone()),
        (Json::Bool(_) | Json::Number(_), []) => texts.push(value.to_string()),
        _ => {}
    }
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
    use proptest::prelude::*;
    use serde_json::json;

    fn json_value() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::from),
            (-9..9i64).prop_map(Json::from),
            "[a-c]{0,2}".prop_map(Json::from),
        ];
        leaf.prop_recursive(4, 32, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Json::from),
                prop::collection::vec(("[k-m]", inner), 0..3)
                    .prop_map(|members| Json::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn one_attribute_has_the_texts_that_the_whole_object_has_there(object in json_value()) {
            for attribute in flatten(&object).into_iter().filter(|one| !one.path.is_empty()) {
                let path: Vec<&str> = attribute.path.split(SEPARATOR).collect();
                prop_assert_eq!(texts_at(&object, &path), attribute.texts);
            }
            prop_assert_eq!(texts_at(&object, &["none"]), Vec::<String>::new());
        }
    }

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

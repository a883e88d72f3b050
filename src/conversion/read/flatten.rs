//! Values of JSON by their paths: `a.b` for a member, without positions for the items of lists.

use std::collections::HashMap;

use serde_json::Value as Json;

/// The texts of a value by path, in the order of first values. Several texts of one path have `;` between them; nulls and empty
/// texts are left out.
pub(super) fn flatten(value: &Json) -> Vec<(String, String)> {
    let mut flat = FlatValues::default();
    flat.add(value, &mut String::new());
    flat.values
}

#[derive(Default)]
struct FlatValues {
    values: Vec<(String, String)>,
    places: HashMap<String, usize>,
}

impl FlatValues {
    fn add(&mut self, value: &Json, path: &mut String) {
        match value {
            Json::Null => {}
            Json::Object(members) => {
                for (key, value) in members {
                    let length = path.len();
                    if length > 0 {
                        path.push('.');
                    }
                    path.push_str(key);
                    self.add(value, path);
                    path.truncate(length);
                }
            }
            Json::Array(items) => {
                for item in items {
                    self.add(item, path);
                }
            }
            Json::String(text) => self.add_text(path, text.trim()),
            other => self.add_text(path, &other.to_string()),
        }
    }

    fn add_text(&mut self, path: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(place) = self.places.get(path) {
            let known = &mut self.values[*place].1;
            if !known.split(';').any(|known| known == text) {
                known.push(';');
                known.push_str(text);
            }
            return;
        }
        self.places.insert(path.to_owned(), self.values.len());
        self.values.push((path.to_owned(), text.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_one_value_are_the_value() {
        let json = serde_json::json!({"a": ["x"], "b": {"c": 1.50, "d": null, "e": ""}, "f": [{"g": "1"}, {"g": "2"}, {"g": "1"}]});
        let flat = flatten(&json);
        let shown: Vec<(&str, &str)> = flat.iter().map(|(a, b)| (&a[..], &b[..])).collect();
        assert_eq!(shown, [("a", "x"), ("b.c", "1.5"), ("f.g", "1;2")]);
    }
}

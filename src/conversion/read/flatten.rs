//! Values of JSON by their paths: `a.b` for a member, without positions for the items of lists.

use std::collections::{HashMap, HashSet};

use serde_json::Value as Json;

use super::value_columns::MOST_COLUMNS;

/// The texts of a value by path, in the order of first values. Several texts of one path have `;` between them; nulls and empty
/// texts are left out.
pub(super) fn flatten(value: &Json) -> Vec<(String, String)> {
    let mut values = Vec::new();
    Flattener::default().each(value, |path, text| {
        values.push((path.to_owned(), text.to_owned()));
    });
    values
}

/// The texts of a value that is a text or a list of texts in the source's own documentation. Other values are shown as JSON, so that
/// they are reported and not ignored; nulls and empty texts are left out.
pub(super) fn texts(value: &Json) -> Vec<String> {
    match value {
        Json::Null => Vec::new(),
        Json::Array(items) => items.iter().flat_map(texts).collect(),
        Json::String(text) => {
            let text = text.trim();
            let text = (!text.is_empty()).then(|| text.to_owned());
            text.into_iter().collect()
        }
        other => vec![other.to_string()],
    }
}

/// The items of a list; a single value is the only one, and null has none.
pub(super) fn list(value: &Json) -> &[Json] {
    match value {
        Json::Array(items) => items,
        Json::Null => &[],
        single => std::slice::from_ref(single),
    }
}

/// The only text of a value, which may be in a list of one; none of nulls and empty texts.
///
/// # Errors
/// The value is no text, as the log shows it.
pub(super) fn only_text(value: &Json) -> Result<Option<String>, String> {
    match value {
        Json::Object(_) => Err(value.to_string()),
        Json::Array(items) if items.len() > 1 || items.iter().any(Json::is_object) => {
            Err(value.to_string())
        }
        _ => Ok(texts(value).into_iter().next()),
    }
}

/// Flattens many values of much the same shape: their paths are kept from one to the next.
#[derive(Default)]
pub(super) struct Flattener {
    values: Vec<FlatValue>,
    places: HashMap<String, usize>,
    /// The places of the paths that the value has, in the order of first values.
    order: Vec<usize>,
    path: String,
}

/// The texts of a path.
#[derive(Default)]
struct FlatValue {
    path: String,
    text: String,
    /// The texts, once they are many.
    known: HashSet<String>,
}

/// Paths that are kept; more than a source may have columns, which `value_columns` reports.
const MOST_PATHS: usize = 2 * MOST_COLUMNS;
/// As many bytes of several texts are compared one by one.
const MOST_COMPARED: usize = 256;

impl Flattener {
    /// Passes on the texts of a value by path, as [`flatten`] lists them.
    pub fn each(&mut self, value: &Json, mut each: impl FnMut(&str, &str)) {
        self.add(value);
        for place in self.order.drain(..) {
            let value = &mut self.values[place];
            each(&value.path, &value.text);
            value.text.clear();
            value.known.clear();
        }
    }

    fn add(&mut self, value: &Json) {
        match value {
            Json::Null => {}
            Json::Object(members) => {
                for (key, value) in members {
                    let length = self.path.len();
                    if length > 0 {
                        self.path.push('.');
                    }
                    self.path.push_str(key);
                    self.add(value);
                    self.path.truncate(length);
                }
            }
            Json::Array(items) => {
                for item in items {
                    self.add(item);
                }
            }
            Json::String(text) => self.add_text(text.trim()),
            other => self.add_text(&other.to_string()),
        }
    }

    fn add_text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let place = match self.places.get(&self.path) {
            Some(place) => *place,
            None if self.values.len() > MOST_PATHS => return,
            None => {
                let place = self.values.len();
                self.places.insert(self.path.clone(), place);
                self.values.push(FlatValue {
                    path: self.path.clone(),
                    ..FlatValue::default()
                });
                place
            }
        };
        let value = &mut self.values[place];
        if value.text.is_empty() {
            self.order.push(place);
            value.text.push_str(text);
        } else if !value.knows(text) {
            value.text.push(';');
            value.text.push_str(text);
        }
    }
}

impl FlatValue {
    /// Whether a text is one of the path already; otherwise it is from now on.
    fn knows(&mut self, text: &str) -> bool {
        if self.text.len() < MOST_COMPARED {
            return self.text.split(';').any(|known| known == text);
        }
        if self.known.is_empty() {
            self.known = self.text.split(';').map(str::to_owned).collect();
        }
        if self.known.contains(text) {
            return true;
        }
        self.known.extend(text.split(';').map(str::to_owned));
        false
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

    #[test]
    fn values_of_one_flattener_do_not_mix() {
        let mut flattener = Flattener::default();
        let mut flat = |json: Json| {
            let mut values = Vec::new();
            flattener.each(&json, |path, text| values.push(format!("{path}={text}")));
            values
        };
        assert_eq!(
            flat(serde_json::json!({"a": "1", "b": "2"})),
            ["a=1", "b=2"]
        );
        assert_eq!(flat(serde_json::json!({"b": "3", "c": 4})), ["b=3", "c=4"]);
        assert!(flat(serde_json::json!({"a": []})).is_empty());
    }

    #[test]
    fn many_texts_of_one_path_are_each_there_once() {
        let texts: Vec<String> = (0..3000)
            .map(|number| format!("t{}", number % 1000))
            .collect();
        let flat = flatten(&serde_json::json!({"a": texts}));
        let once: Vec<&str> = flat[0].1.split(';').collect();
        assert_eq!(once, texts[..1000]);
    }
}

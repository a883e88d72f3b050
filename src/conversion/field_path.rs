//! The path of a field of a document: a category and the keys below it, such as `samples.sample_type.cell_type`.

use std::fmt;

use serde_json::{Map, Value as Json};

use crate::fairtracks::category::Category;

/// A field of each object of a category.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldPath {
    /// The category.
    pub category: Category,
    /// The keys from the object to the field; at least one.
    pub keys: Vec<String>,
}

impl FieldPath {
    /// Reads `samples.species_id` or `samples->species_id`; `None` without a category or without a key.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().replace("->", ".");
        let (category, keys) = text.split_once('.')?;
        let category = Category::named(category.trim())?;
        let keys: Vec<String> = keys.split('.').map(|key| key.trim().to_owned()).collect();
        let is_path = keys.iter().all(|key| !key.is_empty());
        is_path.then_some(FieldPath { category, keys })
    }

    /// The field with one more key.
    #[must_use]
    pub fn member(&self, key: &str) -> Self {
        let mut path = self.clone();
        path.keys.push(key.to_owned());
        path
    }

    /// Whether the field tells which object it is, or refers to another one.
    pub fn is_id_or_reference(&self) -> bool {
        matches!(self.keys.as_slice(), [key] if key == "local_id" || key.ends_with("_ref"))
    }

    /// The path without its category.
    pub fn within(&self) -> String {
        self.keys.join(".")
    }

    /// The value of the field in an object.
    pub fn get<'o>(&self, object: &'o Map<String, Json>) -> Option<&'o Json> {
        let (first, rest) = self.keys.split_first()?;
        let first = object.get(first)?;
        rest.iter().try_fold(first, |value, key| value.get(key))
    }

    /// Sets the value of the field in an object. Returns false, and changes nothing, where a text or a list is on the way.
    pub fn set(&self, object: &mut Map<String, Json>, value: Json) -> bool {
        let Some((last, way)) = self.keys.split_last() else {
            return false;
        };
        let mut holder = object;
        for key in way {
            if !holder.contains_key(key) {
                holder.insert(key.clone(), Json::Object(Map::new()));
            }
            let Some(Json::Object(members)) = holder.get_mut(key) else {
                return false;
            };
            holder = members;
        }
        holder.insert(last.clone(), value);
        true
    }

    /// Removes the field from an object; false where there is none.
    pub fn remove(&self, object: &mut Map<String, Json>) -> bool {
        let Some((last, way)) = self.keys.split_last() else {
            return false;
        };
        let mut holder = Some(object);
        for key in way {
            holder = holder
                .and_then(|holder| holder.get_mut(key))
                .and_then(Json::as_object_mut);
        }
        holder.is_some_and(|holder| holder.shift_remove(last).is_some())
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.category, self.within())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_category_and_keys() {
        let path = FieldPath::parse("samples->sample_type->cell_type").unwrap();
        assert_eq!(path.to_string(), "samples.sample_type.cell_type");
        assert_eq!(FieldPath::parse("sample_type.cell_type"), None);
        assert_eq!(FieldPath::parse("samples."), None);
        assert_eq!(FieldPath::parse("samples"), None);
    }

    #[test]
    fn a_value_is_set_below_objects_alone() {
        let mut object = Map::new();
        let path = FieldPath::parse("samples.phenotype.term_id").unwrap();
        assert!(path.set(&mut object, "x".into()));
        assert_eq!(path.get(&object), Some(&"x".into()));
        assert!(!path.member("deeper").set(&mut object, "y".into()));
        assert_eq!(path.get(&object), Some(&"x".into()));
    }
}

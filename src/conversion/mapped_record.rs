//! The objects of one row.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Map, Value as Json};

use super::field_path::FieldPath;
use super::sheet::RecordPlace;
use crate::fairtracks::category::Category;

/// The objects that a row describes.
#[derive(Debug, Clone, PartialEq)]
pub struct MappedRecord {
    /// Where it is from.
    pub place: RecordPlace,
    /// Whether it is of a wide sheet, so that its objects belong together.
    pub is_wide: bool,
    /// The objects, without those that it does not describe.
    pub objects: BTreeMap<Category, Map<String, Json>>,
    /// The fields whose values are of fallback rules, so that a value that another record states goes before.
    pub fallbacks: Vec<Rc<FieldPath>>,
}

impl MappedRecord {
    /// The text of a field.
    pub fn text(&self, category: Category, key: &str) -> Option<&str> {
        self.objects.get(&category)?.get(key)?.as_str()
    }
}

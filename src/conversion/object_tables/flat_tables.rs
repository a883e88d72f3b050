//! The objects of a document as tables in first normal form.

use serde_json::{Map, Value as Json};

use super::of_document::{ObjectTableError, is_part_of_title};
use crate::conversion::normal_form::nested::{FlatTable, flatten};
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;

/// The tables of the objects of a document, each with those of its nested values; kinds without objects are left out.
///
/// # Errors
/// A key with nested values that cannot be part of the name of a table.
pub fn flat_tables_of(document: &Document) -> Result<Vec<FlatTable>, ObjectTableError> {
    let mut tables = Vec::new();
    for category in Category::IN_DOCUMENT {
        let single = document.members().get(category.name());
        let objects: Vec<Map<String, Json>> = match category.is_single() {
            true => single
                .and_then(Json::as_object)
                .cloned()
                .into_iter()
                .collect(),
            false => {
                let objects = document.list(category).iter();
                objects
                    .filter_map(|object| object.read().as_object().cloned())
                    .collect()
            }
        };
        if !objects.is_empty() {
            tables.extend(flatten(category.name(), objects));
        }
    }
    for table in &tables {
        if let Some(key) = table.name.split('.').find(|key| !is_part_of_title(key)) {
            return Err(ObjectTableError::Key {
                table: table.name.clone(),
                key: key.to_owned(),
            });
        }
    }
    Ok(tables)
}

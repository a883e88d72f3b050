//! The names of characteristics, factors and parameters, which values refer to by ids.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::annotation::{annotated, id_of, items, text_of};

/// Names by id.
#[derive(Debug, Default)]
pub(super) struct DeclaredNames {
    names: HashMap<String, String>,
}

impl DeclaredNames {
    /// The names that a study or an assay declares.
    pub fn of(object: &Json) -> Self {
        let mut names = DeclaredNames::default();
        let materials = &object["materials"];
        for holder in [object, materials] {
            names.add(
                items(holder, "characteristicCategories"),
                "characteristicType",
            );
        }
        names.add(items(object, "factors"), "factorName");
        names.add(items(object, "unitCategories"), "annotationValue");
        for protocol in items(object, "protocols") {
            names.add(items(protocol, "parameters"), "parameterName");
        }
        names
    }

    fn add<'j>(&mut self, declared: impl Iterator<Item = &'j Json>, key: &str) {
        for item in declared {
            let name = &item[key];
            let name = text_of(&name["annotationValue"]).or_else(|| text_of(name));
            if let (Some(id), Some(name)) = (id_of(item), name) {
                self.names.insert(id.to_owned(), name);
            }
        }
    }

    /// The name of a value by its category; the id where nothing declares it.
    pub fn of_value(&self, value: &Json, further: &DeclaredNames) -> String {
        let category = &value["category"];
        // Some programs write the category itself in place of its id.
        let written = ["characteristicType", "factorName", "parameterName"];
        let written = written.iter().find_map(|key| {
            let name = &category[*key];
            text_of(&name["annotationValue"]).or_else(|| text_of(name))
        });
        let id = id_of(category).unwrap_or_default();
        let known = self.names.get(id).or_else(|| further.names.get(id));
        written
            .or_else(|| known.cloned())
            .unwrap_or_else(|| id.to_owned())
    }

    /// The text of a value with its unit, and its term.
    pub fn annotated(&self, title: &str, value: &Json) -> Vec<(String, String)> {
        let mut found = annotated(title, &value["value"]);
        let unit = &value["unit"];
        let declared = id_of(unit).and_then(|id| self.names.get(id).cloned());
        if let Some(unit) = declared.or_else(|| text_of(&unit["annotationValue"]))
            && let Some((_, text)) = found.last_mut()
        {
            text.push(' ');
            text.push_str(&unit);
        }
        found
    }
}

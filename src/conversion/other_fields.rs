//! Texts in the wrong column: a term of another field of the same object.

use super::map::FieldMapping;
use super::rules::FieldRule;
use super::value_type::ValueType;

impl FieldRule {
    /// What to do with a text that the rule refuses and that is a term of another field of the object.
    pub(super) fn elsewhere(&self, text: &str, mapping: FieldMapping<'_>) -> Option<String> {
        if self.is_fallback || !matches!(self.value, ValueType::Term { .. }) {
            return None;
        }
        let mut others = mapping.rules.fields.iter().filter(|other| {
            other.target != self.target && other.target.category == self.target.category
        });
        others.find_map(|other| {
            let ValueType::Term { tables, .. } = &other.value else {
                return None;
            };
            let mut tables = tables.iter();
            let table = tables.find(|table| {
                let names = std::slice::from_ref(*table);
                mapping.terms.find(names, text).is_some()
            })?;
            let mut titles = other.titles.iter().filter(|title| !title.contains('.'));
            let place = match titles.next() {
                Some(title) => format!("write it into the column `{title}`"),
                None => format!("it is a value of {}", other.target),
            };
            Some(format!("found a term of {table}: {place}"))
        })
    }
}

//! Attributes of objects in lists, which no path of keys leads to: a query compares them by containment.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use crate::fairtracks::attribute::Attribute;
use crate::fairtracks::category::Category;
use crate::query::compile;

/// A step from an object to a value in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PathStep {
    /// To the member of a key.
    Key(String),
    /// To any item of a list.
    Item,
}

/// The place of an attribute of objects in lists, such as the `place` of each of the `visits` of a donor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListedPath {
    /// The category.
    pub category: Category,
    /// The steps from its objects; at least one of them leads to the items of a list.
    pub steps: Vec<PathStep>,
}

/// An attribute of objects in lists, with some of its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedValues {
    /// The attribute.
    pub path: ListedPath,
    /// The values.
    pub texts: Vec<String>,
}

impl ListedPath {
    /// The attribute as it is written, without the lists: `samples->donor->visits->place`.
    pub fn attribute(&self) -> Attribute {
        Attribute {
            category: self.category,
            path: self.keys(&self.steps),
        }
    }

    fn keys(&self, steps: &[PathStep]) -> Vec<String> {
        let keys = steps.iter().filter_map(|step| match step {
            PathStep::Key(key) => Some(key.clone()),
            PathStep::Item => None,
        });
        keys.collect()
    }

    /// The steps to the first list, and those in it.
    fn parts(&self) -> (&[PathStep], &[PathStep]) {
        let mut steps = self.steps.iter();
        let list = steps.position(|step| *step == PathStep::Item);
        self.steps.split_at(list.unwrap_or(self.steps.len()))
    }
}

impl ListedValues {
    /// The condition that one of the values is there, or that none is.
    pub(super) fn query(&self, is_negated: bool) -> String {
        let (outer, inner) = self.path.parts();
        let list = Attribute {
            category: self.path.category,
            path: self.path.keys(outer),
        };
        let list = compile::value_path(&list);
        let contained = self.texts.iter().flat_map(|text| alike(text));
        let mut clauses = String::new();
        for value in contained {
            let whole = inner.iter().rev().fold(value, |value, step| match step {
                PathStep::Key(key) => json!({ key.as_str(): value }),
                PathStep::Item => json!([value]),
            });
            let join = if clauses.is_empty() { "" } else { " OR " };
            let literal = compile::literal(&whole.to_string());
            let _ = write!(clauses, "{join}{list} @> {literal}");
        }
        if is_negated {
            format!("({list} IS NULL OR NOT ({clauses}))")
        } else if self.texts.len() > 1 || clauses.contains(" OR ") {
            format!("({clauses})")
        } else {
            clauses
        }
    }
}

/// The values that are written like a text: the text, and the number or boolean that it spells.
fn alike(text: &str) -> Vec<Json> {
    let parsed = crate::text::json::parse(text).ok();
    let scalar = parsed.filter(|value| value.is_number() || value.is_boolean());
    [Json::from(text)].into_iter().chain(scalar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_contains_the_objects_with_a_value() {
        let key = |key: &str| PathStep::Key(key.to_owned());
        let values = |texts: &[&str]| ListedValues {
            path: ListedPath {
                category: Category::Samples,
                steps: vec![key("donor"), key("visits"), PathStep::Item, key("it's")],
            },
            texts: texts.iter().map(|&text| text.to_owned()).collect(),
        };
        assert_eq!(
            values(&["Oslo"]).query(false),
            r#"samples.content->'donor'->'visits' @> '[{"it''s":"Oslo"}]'"#
        );
        assert_eq!(
            values(&["2"]).query(true),
            r#"(samples.content->'donor'->'visits' IS NULL OR NOT (samples.content->'donor'->'visits' @> '[{"it''s":"2"}]' OR samples.content->'donor'->'visits' @> '[{"it''s":2}]'))"#
        );
        let name = values(&[]).path.attribute().to_string();
        assert_eq!(name, "samples->donor->visits->it's");
    }
}

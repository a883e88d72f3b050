//! The question of a search, in its original form.

use super::form_condition::{FormCondition, FormConditions};
use super::words::WordConditions;

/// The question of a search, in its original form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchQuestion {
    /// By the fields of a form.
    Conditions(FormConditions),
    /// In words, which are compared with the values that exist.
    Words(WordConditions),
    /// In the query language.
    Expression(String),
}

impl SearchQuestion {
    /// The conditions that compare exact texts, patterns or the presence of an attribute.
    pub fn exact(&self) -> &[FormCondition] {
        match self {
            SearchQuestion::Expression(_) => &[],
            SearchQuestion::Conditions(asked) => &asked.conditions,
            SearchQuestion::Words(asked) => &asked.exact,
        }
    }

    /// Whether a form value has leading or trailing whitespace, which is significant but hard to see.
    pub fn has_blanks_around_a_value(&self) -> bool {
        let mut values = self.exact().iter().flat_map(|condition| &condition.values);
        values.any(|value| value.trim() != value)
    }
}

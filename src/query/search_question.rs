//! The question of a search, in its original form.

use super::form_condition::FormConditions;
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
    /// Whether a form value has leading or trailing whitespace, which is significant but hard to see.
    pub fn has_blanks_around_a_value(&self) -> bool {
        let conditions = match self {
            SearchQuestion::Expression(_) => return false,
            SearchQuestion::Conditions(asked) => &asked.conditions,
            SearchQuestion::Words(asked) => &asked.exact,
        };
        let mut values = conditions.iter().flat_map(|condition| &condition.values);
        values.any(|value| value.trim() != value)
    }
}

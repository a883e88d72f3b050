//! What a user asks for in a form: conditions on attributes.

use serde::{Deserialize, Serialize};

use crate::fairtracks::attribute::Attribute;

/// What a search is asked, the way it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchQuestion {
    /// By the fields of a form.
    Conditions(FormConditions),
    /// In the query language.
    Expression(String),
}

impl SearchQuestion {
    /// Whether a value of a form begins or ends with a blank, which counts but is hard to see.
    pub fn has_blanks_around_a_value(&self) -> bool {
        match self {
            SearchQuestion::Expression(_) => false,
            SearchQuestion::Conditions(asked) => asked
                .conditions
                .iter()
                .flat_map(|condition| &condition.values)
                .any(|value| value.trim() != value),
        }
    }
}

/// Conditions and how they are joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormConditions {
    /// Whether all or any of them must hold.
    pub join: ConditionJoin,
    /// The conditions, in the order given.
    pub conditions: Vec<FormCondition>,
}

/// How conditions are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionJoin {
    /// All must hold.
    And,
    /// One is enough.
    Or,
}

/// "This attribute … one of these values."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormCondition {
    /// What is looked at.
    pub attribute: Attribute,
    /// How it is compared.
    pub operator: Operator,
    /// What it is compared with: one of them is enough; for [`Operator::IsNot`] it must be none of them.
    pub values: Vec<String>,
}

/// How an attribute is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// The value, or a member of the list, is exactly this, upper and lower case told apart.
    Is,
    /// It is not; also true where the attribute is missing.
    IsNot,
    /// It is one of these.
    AnyOf,
    /// The text holds this, in upper or lower case.
    Contains,
    /// The text starts with this, in upper or lower case.
    StartsWith,
    /// A POSIX regular expression is found in the text, in upper or lower case.
    Matches,
    /// The attribute has a value.
    Exists,
    /// The attribute has no value.
    Missing,
}

impl Operator {
    /// Whether values belong to the operator.
    pub fn takes_values(self) -> bool {
        !matches!(self, Operator::Exists | Operator::Missing)
    }
}

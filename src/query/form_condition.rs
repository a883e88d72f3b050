//! Form conditions: conditions on attributes.

use serde::{Deserialize, Serialize};

use crate::fairtracks::attribute::Attribute;

/// Conditions and their join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormConditions {
    /// Whether all or any of them must hold.
    pub join: ConditionJoin,
    /// The conditions, in the order given.
    pub conditions: Vec<FormCondition>,
}

/// How conditions are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionJoin {
    /// All must hold.
    #[default]
    And,
    /// At least one must hold.
    Or,
}

/// "This attribute … one of these values."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormCondition {
    /// The attribute.
    pub attribute: Attribute,
    /// The operator.
    pub operator: Operator,
    /// The values: one must match; for [`Operator::IsNot`] none may match.
    pub values: Vec<String>,
}

/// The comparison of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// The value, or an element of the list, equals this, case-sensitive.
    Is,
    /// It does not; also true if the attribute is missing.
    IsNot,
    /// It is one of these.
    AnyOf,
    /// The text contains this, ignoring case.
    Contains,
    /// The text starts with this, ignoring case.
    StartsWith,
    /// A POSIX regular expression matches within the text, ignoring case.
    Matches,
    /// The attribute has a value.
    Exists,
    /// The attribute has no value.
    Missing,
}

impl Operator {
    /// Whether the operator takes values.
    pub fn takes_values(self) -> bool {
        !matches!(self, Operator::Exists | Operator::Missing)
    }
}

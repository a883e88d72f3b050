//! The plan of a query: names resolved, literals parsed, patterns compiled.

use std::collections::HashSet;

use super::error::Span;
use super::function::Function;
use super::pattern::Pattern;
use super::types::Scalar;
use super::value::Value;

/// A node of the plan.
#[derive(Debug, Clone)]
pub(super) enum Plan {
    Null,
    /// A constant.
    Constant(Value<'static>),
    /// The object of the category at this index of the row.
    Content(usize),
    Member {
        value: Box<Plan>,
        key: Box<Plan>,
        as_text: bool,
    },
    Element {
        value: Box<Plan>,
        index: Box<Plan>,
        as_text: bool,
    },
    Descend {
        value: Box<Plan>,
        path: Box<Plan>,
        as_text: bool,
    },
    Exists {
        value: Box<Plan>,
        key: Box<Plan>,
    },
    ExistsSeveral {
        value: Box<Plan>,
        keys: Box<Plan>,
        all: bool,
    },
    /// [`Plan::ExistsSeveral`] for any of constant keys.
    ExistsAnyOf {
        value: Box<Plan>,
        keys: HashSet<String>,
    },
    Contains(Box<[Plan; 2]>),
    Compare {
        sides: Box<[Plan; 2]>,
        comparison: Comparison,
    },
    IsDistinct(Box<[Plan; 2]>),
    /// `value = ANY (list)` and similar.
    Quantified {
        value: Box<Plan>,
        comparison: Comparison,
        list: Box<Plan>,
        all: bool,
    },
    /// `text IN (…)` for constant texts.
    InTexts {
        value: Box<Plan>,
        texts: HashSet<String>,
        has_null: bool,
    },
    Match {
        value: Box<Plan>,
        pattern: Pattern,
        at: Span,
    },
    /// `substring(value from pattern)`
    Extract {
        value: Box<Plan>,
        pattern: Pattern,
        at: Span,
    },
    /// An invalid pattern, which PostgreSQL reports when it matches a text.
    BadPattern {
        value: Box<Plan>,
        /// Only a text that matches this reports the error.
        start: Option<Pattern>,
        message: String,
        at: Span,
    },
    /// `regexp_replace(value, pattern, replacement, start, occurrence)`
    Replace {
        pattern: Pattern,
        /// The value, the replacement, the start, and the number of the match to replace.
        parts: Box<[Plan; 4]>,
        at: Span,
    },
    Cast {
        value: Box<Plan>,
        target: Scalar,
        at: Span,
    },
    Call {
        function: Function,
        arguments: Vec<Plan>,
        at: Span,
    },
    List(Vec<Plan>),
    IsNull(Box<Plan>),
    /// `IS TRUE`, `IS FALSE`, `IS UNKNOWN`
    Is {
        value: Box<Plan>,
        truth: Option<bool>,
    },
    Not(Box<Plan>),
    And(Vec<Plan>),
    Or(Vec<Plan>),
}

/// A comparison by order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    /// The comparison of this sign.
    pub fn named(sign: &str) -> Option<Self> {
        Some(match sign {
            "=" => Comparison::Equal,
            "<>" => Comparison::NotEqual,
            "<" => Comparison::Less,
            "<=" => Comparison::LessOrEqual,
            ">" => Comparison::Greater,
            ">=" => Comparison::GreaterOrEqual,
            _ => return None,
        })
    }
}

impl Plan {
    /// The indices of the categories that the plan depends on.
    pub fn categories(&self, found: &mut Vec<usize>) {
        if let Plan::Content(place) = self
            && !found.contains(place)
        {
            found.push(*place);
        }
        self.parts()
            .into_iter()
            .for_each(|part| part.categories(found));
    }

    fn parts(&self) -> Vec<&Plan> {
        match self {
            Plan::Null | Plan::Constant(_) | Plan::Content(_) => Vec::new(),
            Plan::Member {
                value, key: other, ..
            }
            | Plan::Element {
                value,
                index: other,
                ..
            }
            | Plan::Descend {
                value, path: other, ..
            }
            | Plan::Exists { value, key: other }
            | Plan::ExistsSeveral {
                value, keys: other, ..
            }
            | Plan::Quantified {
                value, list: other, ..
            } => vec![value, other],
            Plan::Contains(sides) | Plan::IsDistinct(sides) | Plan::Compare { sides, .. } => {
                sides.iter().collect()
            }
            Plan::ExistsAnyOf { value, .. }
            | Plan::InTexts { value, .. }
            | Plan::Match { value, .. }
            | Plan::Extract { value, .. }
            | Plan::BadPattern { value, .. }
            | Plan::Cast { value, .. }
            | Plan::IsNull(value)
            | Plan::Is { value, .. }
            | Plan::Not(value) => vec![value],
            Plan::Replace { parts, .. } => parts.iter().collect(),
            Plan::Call {
                arguments: parts, ..
            }
            | Plan::List(parts)
            | Plan::And(parts)
            | Plan::Or(parts) => parts.iter().collect(),
        }
    }
}

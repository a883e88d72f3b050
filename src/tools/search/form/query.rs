//! The question: conditions typed, conditions picked from a catalog, or an expression.

use serde::Deserialize;
use serde_json::Value as Json;

use super::FormError;
use crate::fairtracks::attribute::Attribute;
use crate::query::conditions_json;
use crate::query::form_condition::{ConditionJoin, FormCondition, FormConditions, Operator};
use crate::query::search_question::SearchQuestion;
use crate::query::words::{WordCondition, WordConditions, WordPlace};
use crate::tables::tsv::unescape;
use crate::vocabulary::WordSequence;

/// The part `query` of the form. What stands in `conditions` depends on the mode.
#[derive(Deserialize)]
pub(super) struct QueryFields {
    mode: Mode,
    find: Option<String>,
    expression: Option<String>,
    join: Option<ConditionJoin>,
    hub: Option<String>,
    #[serde(default)]
    conditions: Vec<Json>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mode {
    Find,
    Conditions,
    Catalog,
    /// Picked from a catalog of the administrator.
    Ready,
    Expression,
}

/// A condition whose attribute and values are typed.
#[derive(Deserialize)]
struct Typed {
    attribute: Choice,
    operator: Comparison,
    #[serde(default)]
    values: Option<String>,
}

/// An attribute picked from the list, or typed where `name` is [`OTHER_ATTRIBUTE`].
#[derive(Deserialize)]
struct Choice {
    name: String,
    #[serde(default)]
    path: String,
}

const OTHER_ATTRIBUTE: &str = "other";

/// A condition whose attribute and values are picked from a catalog, as its cells have them; nothing picked is
/// `null`.
#[derive(Deserialize)]
struct Picked {
    attribute: Option<String>,
    operator: Operator,
    #[serde(default)]
    values: Option<Vec<String>>,
}

impl QueryFields {
    /// The hub whose values were picked, as the catalog writes it: `REPOSITORY / HUB`.
    pub(super) fn hub(&self) -> Option<String> {
        match self.mode {
            Mode::Catalog | Mode::Ready => self.hub.as_deref().map(unescape),
            Mode::Find | Mode::Conditions | Mode::Expression => None,
        }
    }

    pub(super) fn question(self) -> Result<SearchQuestion, FormError> {
        let read: fn(Json) -> Result<AnyCondition, String> = match self.mode {
            Mode::Find => return find(self.find.unwrap_or_default()),
            Mode::Expression => return expression(self.expression.unwrap_or_default()),
            Mode::Conditions => typed,
            Mode::Catalog | Mode::Ready => |fields| picked(fields).map(AnyCondition::Exact),
        };
        let mut asked = WordConditions {
            join: self.join.unwrap_or_default(),
            ..WordConditions::default()
        };
        for (position, fields) in self.conditions.into_iter().enumerate() {
            let condition = read(fields).map_err(|problem| FormError::Condition {
                number: position + 1,
                problem,
            })?;
            match condition {
                AnyCondition::Words(condition) => asked.conditions.push(condition),
                AnyCondition::Exact(condition) => asked.exact.push(condition),
            }
        }
        if asked.conditions.is_empty() {
            return Ok(SearchQuestion::Conditions(FormConditions {
                join: asked.join,
                conditions: asked.exact,
            }));
        }
        Ok(SearchQuestion::Words(asked))
    }
}

/// A condition in words, or one that compares exact texts.
enum AnyCondition {
    Words(WordCondition),
    Exact(FormCondition),
}

/// The comparisons of the form.
#[derive(Clone, Copy, Deserialize)]
#[serde(untagged)]
enum Comparison {
    Words(WordComparison),
    Exact(Operator),
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WordComparison {
    ContainsWords,
    ContainsNoWords,
}

fn find(text: String) -> Result<SearchQuestion, FormError> {
    if WordSequence::of(&text).is_empty() {
        return Err(FormError::NoWords);
    }
    Ok(SearchQuestion::Words(WordConditions {
        find: Some(text),
        ..WordConditions::default()
    }))
}

fn expression(text: String) -> Result<SearchQuestion, FormError> {
    if text.trim().is_empty() {
        return Err(FormError::EmptyExpression);
    }
    Ok(SearchQuestion::Expression(text))
}

fn typed(fields: Json) -> Result<AnyCondition, String> {
    let fields: Typed = condition_fields(fields)?;
    let typed = if fields.attribute.name == OTHER_ATTRIBUTE {
        &fields.attribute.path
    } else {
        &fields.attribute.name
    };
    let attribute = Attribute::parse(typed)?;
    // A line is a value as it was typed, blanks included; a line of nothing but blanks is none.
    let values = fields.values.unwrap_or_default();
    let lines = values
        .split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
        .filter(|line| !line.trim().is_empty());
    let operator = match fields.operator {
        Comparison::Exact(operator) => operator,
        Comparison::Words(comparison) => {
            let words: Vec<String> = lines.map(|line| line.trim().to_owned()).collect();
            if words.iter().all(|line| WordSequence::of(line).is_empty()) {
                return Err(format!(
                    "found no words to look for in {attribute}, expected one line per alternative"
                ));
            }
            return Ok(AnyCondition::Words(WordCondition {
                place: WordPlace::Attribute(attribute),
                values: words,
                is_negated: matches!(comparison, WordComparison::ContainsNoWords),
            }));
        }
    };
    let condition = FormCondition {
        attribute,
        operator,
        values: if operator.takes_values() {
            lines.map(str::to_owned).collect()
        } else {
            Vec::new()
        },
    };
    conditions_json::check(&condition)?;
    Ok(AnyCondition::Exact(condition))
}

fn picked(fields: Json) -> Result<FormCondition, String> {
    let fields: Picked = condition_fields(fields)?;
    let from_catalog = "expected one from the list of the catalog";
    let cell = fields
        .attribute
        .ok_or_else(|| format!("found no attribute, {from_catalog}"))?;
    let attribute = Attribute::parse(&unescape(&cell))?;
    let cells = fields.values.unwrap_or_default();
    if fields.operator.takes_values() && cells.is_empty() {
        return Err(format!(
            "found no value to compare {attribute} with, {from_catalog}"
        ));
    }
    Ok(FormCondition {
        attribute,
        operator: fields.operator,
        values: if fields.operator.takes_values() {
            cells.iter().map(|cell| unescape(cell)).collect()
        } else {
            Vec::new()
        },
    })
}

fn condition_fields<T: serde::de::DeserializeOwned>(fields: Json) -> Result<T, String> {
    serde_json::from_value(fields)
        .map_err(|error| format!("{error}, expected an attribute, a comparison and values"))
}

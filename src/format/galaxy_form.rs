//! The search form as Galaxy hands it over: the JSON of `<inputs name="…" filename="…"/>`.
//!
//! All text of the user travels this way and no other, byte for byte.

use serde::Deserialize;
use thiserror::Error;

use super::conditions_json;
use crate::model::attribute::Attribute;
use crate::model::condition::{Condition, Conditions, Join, Operator, Question};

/// Why a form asks nothing that can be answered.
#[derive(Debug, Error)]
pub enum FormError {
    /// Not the JSON of this form.
    #[error("found no search form ({0}), expected the JSON of the tool's inputs")]
    Json(#[from] serde_json::Error),
    /// A field of a condition.
    #[error("condition {number}: {problem}")]
    Condition {
        /// Its place in the form, from 1.
        number: usize,
        /// What was found and what was expected.
        problem: String,
    },
    /// The expression has no text.
    #[error(
        "the expression is empty, expected a condition such as tracks.content->'assembly_name' ? 'hg38'"
    )]
    EmptyExpression,
}

#[derive(Deserialize)]
struct Form {
    query: Query,
}

#[derive(Deserialize)]
struct Query {
    mode: Mode,
    #[serde(default)]
    expression: String,
    join: Option<Join>,
    #[serde(default)]
    conditions: Vec<Fields>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mode {
    Conditions,
    Expression,
}

/// The fields of one condition.
#[derive(Deserialize)]
struct Fields {
    attribute: Choice,
    operator: Operator,
    #[serde(default)]
    values: String,
}

/// An attribute picked from the list, or typed where `name` is [`OTHER_ATTRIBUTE`].
#[derive(Deserialize)]
struct Choice {
    name: String,
    #[serde(default)]
    path: String,
}

/// The choice "another attribute".
const OTHER_ATTRIBUTE: &str = "other";

/// Reads what the form asks.
///
/// # Errors
/// The first field that cannot be asked.
pub fn read(bytes: &[u8]) -> Result<Question, FormError> {
    let query = serde_json::from_slice::<Form>(bytes)?.query;
    match query.mode {
        Mode::Expression if query.expression.trim().is_empty() => Err(FormError::EmptyExpression),
        Mode::Expression => Ok(Question::Expression(query.expression)),
        Mode::Conditions => {
            let conditions: Result<Vec<Condition>, FormError> = query
                .conditions
                .into_iter()
                .enumerate()
                .map(|(position, fields)| {
                    condition(fields).map_err(|problem| FormError::Condition {
                        number: position + 1,
                        problem,
                    })
                })
                .collect();
            let join = query.join.unwrap_or(Join::And);
            Ok(Question::Conditions(Conditions {
                join,
                conditions: conditions?,
            }))
        }
    }
}

fn condition(fields: Fields) -> Result<Condition, String> {
    let typed = if fields.attribute.name == OTHER_ATTRIBUTE {
        &fields.attribute.path
    } else {
        &fields.attribute.name
    };
    let attribute = Attribute::parse(typed)?;
    // A line is a value as it was typed, blanks included; a line of nothing but blanks is none.
    let lines = fields
        .values
        .split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line));
    let values = if fields.operator.takes_values() {
        lines
            .filter(|line| !line.trim().is_empty())
            .map(str::to_owned)
            .collect()
    } else {
        Vec::new()
    };
    let condition = Condition {
        attribute,
        operator: fields.operator,
        values,
    };
    conditions_json::check(&condition)?;
    Ok(condition)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn form(
        attribute: serde_json::Value,
        operator: &str,
        values: &str,
    ) -> Result<Question, FormError> {
        let condition =
            json!({"__index__": 0, "attribute": attribute, "operator": operator, "values": values});
        let form = json!({"query": {"mode": "conditions", "__current_case__": 0, "join": "or", "conditions": [condition]}});
        read(form.to_string().as_bytes())
    }

    #[test]
    fn takes_one_value_a_line_byte_for_byte() {
        let typed = "  it's \"é\" $(x) `y` \r\n\n->\\";
        let question = form(
            json!({"name": "other", "path": "tracks->label_short"}),
            "any_of",
            typed,
        )
        .unwrap();
        let Question::Conditions(conditions) = question else {
            panic!("{question:?}")
        };
        assert_eq!(conditions.join, Join::Or);
        assert_eq!(
            conditions.conditions[0].values,
            ["  it's \"é\" $(x) `y` ", "->\\"]
        );
        assert_eq!(
            conditions.conditions[0].attribute.to_string(),
            "tracks->label_short"
        );
    }

    #[test]
    fn names_the_field_that_is_missing() {
        let message = form(json!({"name": "tracks->assembly_name"}), "is", " \n")
            .unwrap_err()
            .to_string();
        assert!(
            message
                .starts_with("condition 1: found no value to compare tracks->assembly_name with"),
            "{message}"
        );
        let message = form(json!({"name": "other", "path": "label"}), "is", "x")
            .unwrap_err()
            .to_string();
        assert!(message.contains("`label`"), "{message}");
        let message = read(br#"{"query": {"mode": "expression", "expression": " \n"}}"#)
            .unwrap_err()
            .to_string();
        assert!(message.contains("empty"), "{message}");
    }

    #[test]
    fn keeps_an_expression_as_typed() {
        let question =
            read(br#"{"query": {"mode": "expression", "expression": " a ? 'b'\r\n"}}"#).unwrap();
        assert_eq!(question, Question::Expression(" a ? 'b'\r\n".to_owned()));
    }
}

//! Conditions as a JSON file: `{"version": 1, "join": "and", "conditions": [{"category", "path", "operator", "values"}]}`.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::fairtracks::attribute::Attribute;
use crate::fairtracks::category::Category;
use crate::query::form_condition::{ConditionJoin, FormCondition, FormConditions, Operator};
use crate::text::json::{self, JsonKind};

/// The version written, and the highest version read.
const VERSION: u64 = 1;

/// An error in a file of conditions.
#[derive(Debug, Error)]
pub enum ConditionsError {
    /// Not JSON, or JSON of another shape.
    #[error(
        "cannot read the conditions ({0}), expected {{\"version\": 1, \"join\": \"and\", \"conditions\": […]}}"
    )]
    Json(#[from] serde_json::Error),
    /// A file of a newer tool.
    #[error(
        "found conditions of version {0}, expected version 1 or 2: use a newer version of this tool"
    )]
    Version(u64),
    /// An invalid condition.
    #[error("condition {0}: {1}")]
    Condition(usize, String),
}

#[derive(Serialize, Deserialize)]
struct File {
    version: u64,
    join: ConditionJoin,
    conditions: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    category: Category,
    path: Vec<String>,
    operator: Operator,
    #[serde(default)]
    values: Vec<String>,
}

/// The common part of all versions.
#[derive(Deserialize)]
struct Versioned {
    #[serde(default)]
    version: Option<u64>,
}

/// Reads conditions.
///
/// # Errors
/// The fault, with the number of the condition, from 1.
pub fn read(bytes: &[u8]) -> Result<FormConditions, ConditionsError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let versioned: Versioned = json::typed(bytes, JsonKind::Metadata)?;
    if let Some(version) = versioned.version.filter(|version| *version > VERSION) {
        return Err(ConditionsError::Version(version));
    }
    let file: File = serde_json::from_slice(bytes)?;
    let conditions: Result<Vec<FormCondition>, ConditionsError> = file
        .conditions
        .into_iter()
        .enumerate()
        .map(|(position, entry)| {
            entry
                .condition()
                .map_err(|problem| ConditionsError::Condition(position + 1, problem))
        })
        .collect();
    Ok(FormConditions {
        join: file.join,
        conditions: conditions?,
    })
}

/// Reads an entry of the file.
///
/// # Errors
/// A sentence about its fault.
pub fn entry(entry: serde_json::Value) -> Result<FormCondition, String> {
    let entry: Entry = serde_json::from_value(entry).map_err(|error| error.to_string())?;
    entry.condition()
}

/// Checks that a condition is valid.
///
/// # Errors
/// A sentence that names the attribute.
pub fn check(condition: &FormCondition) -> Result<(), String> {
    if condition.attribute.path.is_empty() {
        return Err("found an empty path, expected the keys of the attribute".to_owned());
    }
    if condition.operator.takes_values() && condition.values.is_empty() {
        return Err(format!(
            "found no value to compare {} with, expected one value per line",
            condition.attribute
        ));
    }
    Ok(())
}

impl Entry {
    fn condition(self) -> Result<FormCondition, String> {
        let condition = FormCondition {
            attribute: Attribute {
                category: self.category,
                path: self.path,
            },
            operator: self.operator,
            values: self.values,
        };
        check(&condition)?;
        Ok(condition)
    }

    fn of(condition: &FormCondition) -> Self {
        Entry {
            category: condition.attribute.category,
            path: condition.attribute.path.clone(),
            operator: condition.operator,
            values: condition.values.clone(),
        }
    }
}

/// A condition as an entry of the file.
pub fn entry_json(condition: &FormCondition) -> serde_json::Value {
    // Strings and lists always serialize.
    serde_json::to_value(Entry::of(condition)).unwrap_or_default()
}

/// Conditions as JSON.
pub fn to_json(conditions: &FormConditions) -> serde_json::Value {
    let file = File {
        version: VERSION,
        join: conditions.join,
        conditions: conditions.conditions.iter().map(Entry::of).collect(),
    };
    // Strings, lists and numbers always serialize.
    serde_json::to_value(file).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let conditions = FormConditions {
            join: ConditionJoin::Or,
            conditions: vec![FormCondition {
                attribute: Attribute {
                    category: Category::DocInfo,
                    path: vec!["a->b".into(), "é".into()],
                },
                operator: Operator::StartsWith,
                values: vec!["x\ny".into(), " '".into()],
            }],
        };
        assert_eq!(
            read(to_json(&conditions).to_string().as_bytes()).unwrap(),
            conditions
        );
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, part) in [
            ("[]", "expected"),
            (r#"{"version": 2}"#, "version 2"),
            (r#"{"version": 1, "join": "xor", "conditions": []}"#, "xor"),
            (
                r#"{"version": 1, "join": "and", "conditions": [{"category": "track", "path": ["a"], "operator": "is"}]}"#,
                "track",
            ),
            (
                r#"{"version": 1, "join": "and", "conditions": [{"category": "tracks", "path": [], "operator": "exists"}]}"#,
                "condition 1",
            ),
            (
                r#"{"version": 1, "join": "and", "conditions": [{"category": "tracks", "path": ["a"], "operator": "is"}]}"#,
                "no value",
            ),
        ] {
            let message = read(text.as_bytes()).unwrap_err().to_string();
            assert!(message.contains(part), "{text}: {message}");
        }
    }
}

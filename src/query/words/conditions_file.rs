//! Conditions files of version 2: words beside the comparisons of version 1.

use serde::Deserialize;
use serde_json::Value as Json;

use super::word_condition::{WordCondition, WordConditions};
use super::word_place::WordPlace;
use crate::fairtracks::attribute::Attribute;
use crate::fairtracks::category::Category;
use crate::query::conditions_json::{self, ConditionsError};
use crate::query::form_condition::{ConditionJoin, FormConditions};
use crate::query::search_question::SearchQuestion;
use crate::text::json::{self, JsonKind};
use crate::vocabulary::Subject;

/// The highest version read, and the version of files with words.
const VERSION: u64 = 2;

#[derive(Deserialize)]
struct Versioned {
    #[serde(default)]
    version: Option<u64>,
}

#[derive(Deserialize)]
struct File {
    join: ConditionJoin,
    conditions: Vec<Json>,
}

/// An entry with words: about subjects (none for all attributes), or about one attribute.
#[derive(Deserialize)]
struct WordEntry {
    about: Option<Vec<Subject>>,
    category: Option<Category>,
    #[serde(default)]
    path: Vec<String>,
    operator: WordOperator,
    values: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WordOperator {
    ContainsWords,
    ContainsNoWords,
}

/// Reads conditions of version 1, which keep their meaning, or of version 2.
///
/// # Errors
/// The fault, with the number of the condition, from 1.
pub fn read(bytes: &[u8]) -> Result<SearchQuestion, ConditionsError> {
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let versioned: Versioned = json::typed(plain, JsonKind::Metadata)?;
    match versioned.version {
        Some(VERSION) => {}
        Some(version) if version > VERSION => return Err(ConditionsError::Version(version)),
        _ => return conditions_json::read(bytes).map(SearchQuestion::Conditions),
    }
    let file: File = json::typed(plain, JsonKind::Metadata)?;
    let mut asked = WordConditions {
        join: file.join,
        ..WordConditions::default()
    };
    for (position, entry) in file.conditions.into_iter().enumerate() {
        let problem = |problem: String| ConditionsError::Condition(position + 1, problem);
        if is_of_words(&entry) {
            asked.conditions.push(words(entry).map_err(problem)?);
        } else {
            asked
                .exact
                .push(conditions_json::entry(entry).map_err(problem)?);
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

fn is_of_words(entry: &Json) -> bool {
    let operator = entry["operator"].as_str();
    operator.is_some_and(|operator| operator.ends_with("_words"))
}

fn words(entry: Json) -> Result<WordCondition, String> {
    let entry: WordEntry = serde_json::from_value(entry).map_err(|error| error.to_string())?;
    let place = match (entry.about, entry.category) {
        (Some(subjects), _) if subjects.is_empty() => WordPlace::Anywhere,
        (Some(subjects), _) => WordPlace::Subjects(subjects),
        (None, Some(category)) if !entry.path.is_empty() => WordPlace::Attribute(Attribute {
            category,
            path: entry.path,
        }),
        _ => {
            return Err(
                "found neither `about` nor a category with a path, expected one of them".to_owned(),
            );
        }
    };
    let has_words = |value: &String| !crate::vocabulary::WordSequence::of(value).is_empty();
    if entry.values.is_empty() || !entry.values.iter().all(has_words) {
        return Err(format!("found no words to look for in {}", place.name()));
    }
    Ok(WordCondition {
        place,
        values: entry.values,
        is_negated: entry.operator == WordOperator::ContainsNoWords,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::words::{ExistingValues, understand};

    #[test]
    fn version_1_keeps_its_meaning_and_version_2_reads_what_is_written() {
        let version_1 = br#"{"version": 1, "join": "and", "conditions": [{"category": "tracks", "path": ["a"], "operator": "contains", "values": ["x"]}]}"#;
        assert!(matches!(read(version_1), Ok(SearchQuestion::Conditions(_))));
        let asked = read(br#"{"version": 2, "join": "and", "conditions": [
            {"about": ["cell", "tissue"], "operator": "contains_words", "values": ["liver"]},
            {"about": [], "operator": "contains_no_words", "values": ["second visit"]},
            {"category": "samples", "path": ["donor", "code"], "operator": "contains_words", "values": ["D-07"]},
            {"category": "tracks", "path": ["assembly_name"], "operator": "is", "values": ["hg38"]}]}"#);
        let Ok(SearchQuestion::Words(asked)) = asked else {
            panic!("{asked:?}");
        };
        let written = understand(&asked, &ExistingValues::default())
            .to_json()
            .unwrap();
        let again = read(written.to_string().as_bytes()).unwrap();
        assert_eq!(again, SearchQuestion::Words(asked));
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, part) in [
            (r#"{"version": 3}"#, "version 3"),
            (
                r#"{"version": 2, "join": "and", "conditions": [{"operator": "contains_words", "values": ["a"]}]}"#,
                "condition 1: found neither `about`",
            ),
            (
                r#"{"version": 2, "join": "and", "conditions": [{"about": ["assay"], "operator": "contains_words", "values": ["-"]}]}"#,
                "no words",
            ),
            (
                r#"{"version": 2, "join": "and", "conditions": [{"about": ["colour"], "operator": "contains_words", "values": ["a"]}]}"#,
                "colour",
            ),
            (
                r#"{"version": 1, "join": "and", "conditions": [{"category": "tracks", "path": ["a"], "operator": "contains_words", "values": ["a"]}]}"#,
                "contains_words",
            ),
        ] {
            let message = read(text.as_bytes()).unwrap_err().to_string();
            assert!(message.contains(part), "{text}: {message}");
        }
    }
}

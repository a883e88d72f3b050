//! The conditions of a search as a phrase in an article.

use super::conditions_file;
use super::subject_attributes::attributes_of;
use super::word_condition::WordCondition;
use super::word_place::WordPlace;
use crate::fairtracks::attribute::Attribute;
use crate::query::form_condition::{ConditionJoin, FormCondition, Operator};
use crate::query::search_question::SearchQuestion;
use crate::vocabulary::Subject;

/// The most values of a condition that the phrase names.
const MOST_VALUES: usize = 6;

/// The conditions in a conditions file as a phrase: `assay “DNase-seq” and cell type “monocyte” or “B cell”`. `None` if it
/// contains no conditions that can be read.
///
/// ```
/// use fairtracks::query::words::question_in_words::question_in_words;
/// let file = r#"{"version": 2, "join": "and", "conditions": [
///     {"about": ["assay"], "operator": "contains_words", "values": ["DNase-seq"]},
///     {"about": ["cell"], "operator": "contains_words", "values": ["monocyte", "B cell"]}]}"#;
/// let phrase = "assay “DNase-seq” and cell type “monocyte” or “B cell”";
/// assert_eq!(question_in_words(file.as_bytes()).as_deref(), Some(phrase));
/// ```
pub fn question_in_words(conditions: &[u8]) -> Option<String> {
    let (join, phrases): (ConditionJoin, Vec<String>) =
        match conditions_file::read(conditions).ok()? {
            SearchQuestion::Conditions(asked) => {
                (asked.join, asked.conditions.iter().map(exact).collect())
            }
            SearchQuestion::Words(asked) => {
                let words = asked.conditions.iter().map(words);
                (
                    asked.join,
                    words.chain(asked.exact.iter().map(exact)).collect(),
                )
            }
            SearchQuestion::Expression(_) => return None,
        };
    let (last, before) = phrases.split_last()?;
    Some(match (before, join) {
        ([], _) => last.clone(),
        (before, ConditionJoin::And) => format!("{} and {last}", before.join(", ")),
        (before, ConditionJoin::Or) => format!("{}, or {last}", before.join(", or ")),
    })
}

fn words(condition: &WordCondition) -> String {
    let is_negated = condition.is_negated;
    match &condition.place {
        WordPlace::Anywhere if is_negated => {
            format!("no attribute with {}", listed(&condition.values, "or"))
        }
        WordPlace::Anywhere => format!("any attribute with {}", listed(&condition.values, "or")),
        WordPlace::Subjects(subjects) => {
            let nouns: Vec<&str> = subjects.iter().map(|subject| noun(*subject)).collect();
            compared(&nouns.join(" or "), is_negated, &condition.values)
        }
        WordPlace::Attribute(attribute) => {
            compared(&name(attribute), is_negated, &condition.values)
        }
    }
}

fn compared(name: &str, is_negated: bool, values: &[String]) -> String {
    match is_negated {
        true => format!("{name} other than {}", listed(values, "and")),
        false => format!("{name} {}", listed(values, "or")),
    }
}

fn exact(condition: &FormCondition) -> String {
    let name = name(&condition.attribute);
    let values = || listed(&condition.values, "or");
    match condition.operator {
        Operator::Is | Operator::AnyOf => format!("{name} {}", values()),
        Operator::IsNot => compared(&name, true, &condition.values),
        Operator::Contains => format!("{name} containing {}", values()),
        Operator::StartsWith => format!("{name} starting with {}", values()),
        Operator::Matches => format!("{name} matching the pattern {}", values()),
        Operator::Exists => format!("{name} stated"),
        Operator::Missing => format!("{name} not stated"),
    }
}

/// The name of an attribute: that of its subject if people read it first, else its path.
fn name(attribute: &Attribute) -> String {
    let is_first = |subject: &Subject| attributes_of(*subject).first() == Some(attribute);
    match Subject::ALL.into_iter().find(is_first) {
        Some(Subject::Cell) => "cell or tissue type".to_owned(),
        Some(subject) => noun(subject).to_owned(),
        None => format!("attribute {attribute}"),
    }
}

fn noun(subject: Subject) -> &'static str {
    match subject {
        Subject::Cell => "cell type",
        Subject::Assembly => "genome assembly",
        Subject::Format => "file format",
        Subject::Data => "type of data",
        Subject::Class => "biospecimen class",
        Subject::Label => "track label",
        other => other.name(),
    }
}

/// Values in quotation marks.
fn listed(values: &[String], word: &str) -> String {
    let mut shown: Vec<String> = values
        .iter()
        .take(MOST_VALUES)
        .map(|value| format!("“{value}”"))
        .collect();
    if values.len() > MOST_VALUES {
        shown.push(format!("{} more values", values.len() - MOST_VALUES));
    }
    match shown.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} {word} {last}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn phrase(join: &str, conditions: serde_json::Value) -> String {
        let file = json!({"version": 2, "join": join, "conditions": conditions});
        question_in_words(file.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn each_comparison_has_its_words() {
        let path = json!(["technique", "term_label"]);
        for (operator, expected) in [
            ("is", "assay “a”"),
            ("is_not", "assay other than “a”"),
            ("any_of", "assay “a”"),
            ("contains", "assay containing “a”"),
            ("starts_with", "assay starting with “a”"),
            ("matches", "assay matching the pattern “a”"),
            ("exists", "assay stated"),
            ("missing", "assay not stated"),
        ] {
            let condition = json!({"category": "experiments", "path": path, "operator": operator, "values": ["a"]});
            assert_eq!(phrase("and", json!([condition])), expected);
        }
    }

    #[test]
    fn conditions_are_joined_as_people_join_them() {
        let conditions = json!([
            {"about": [], "operator": "contains_words", "values": ["narrow peaks"]},
            {"about": ["cell", "tissue"], "operator": "contains_no_words", "values": ["liver", "spleen"]},
            {"category": "samples", "path": ["donor", "code"], "operator": "is", "values": ["1", "2", "3", "4", "5", "6", "7", "8"]},
        ]);
        assert_eq!(
            phrase("and", conditions.clone()),
            "any attribute with “narrow peaks”, cell type or tissue other than “liver” and “spleen” and \
             attribute samples->donor->code “1”, “2”, “3”, “4”, “5”, “6” or 2 more values"
        );
        assert!(phrase("or", conditions).contains("“narrow peaks”, or cell type"));
    }

    #[test]
    fn a_text_that_is_no_file_of_conditions_gives_no_phrase() {
        for text in [
            "",
            "{}",
            "null",
            r#"{"version": 1, "join": "and", "conditions": []}"#,
        ] {
            assert_eq!(question_in_words(text.as_bytes()), None, "{text}");
        }
    }
}

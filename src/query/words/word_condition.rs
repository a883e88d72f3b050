//! A condition in words, and what it is resolved to.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::existing_values::ExistingValues;
use super::found_values::FoundValues;
use super::listed_object::ListedValues;
use super::word_place::WordPlace;
use crate::fairtracks::attribute::Attribute;
use crate::query::compile;
use crate::query::form_condition::{ConditionJoin, FormCondition, Operator};
use crate::vocabulary::Meaning;

/// The most values that an explanation lists.
const MOST_LISTED: usize = 8;

/// "This subject, or this attribute, contains one of these words."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordCondition {
    /// Where to look.
    pub place: WordPlace,
    /// The words; one of them must be found.
    pub values: Vec<String>,
    /// Whether the words must not be found.
    pub is_negated: bool,
}

/// A question in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WordConditions {
    /// Whether all or any of the conditions must hold; the free text must always hold.
    pub join: ConditionJoin,
    /// The conditions in words.
    pub conditions: Vec<WordCondition>,
    /// Conditions that compare exact texts, patterns or the presence of an attribute.
    pub exact: Vec<FormCondition>,
    /// Free text over all subjects.
    pub find: Option<String>,
}

/// A condition in words with the values that it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedCondition {
    /// The condition.
    pub asked: WordCondition,
    /// The attributes that have such values, each with all of them.
    pub found: Vec<(Attribute, Vec<String>)>,
    /// The attributes of objects in lists that have such values.
    pub in_lists: Vec<ListedValues>,
    /// The words that were taken for what they are loosely used for.
    pub loose: Vec<String>,
    /// The values that are there by an ontology alone, with its name.
    pub by_ontology: Vec<(String, String)>,
}

impl WordCondition {
    /// The values that exist and that the words mean. Words that no value means are taken for what they are loosely used for.
    pub fn resolve(&self, values: &ExistingValues) -> ResolvedCondition {
        let mut found = FoundValues::new(self.place.attributes(values), values);
        let mut loose = Vec::new();
        for asked in &self.values {
            if !found.take(&self.place, values, &|subject| {
                Some(Meaning::of(subject, asked, values.vocabulary()))
            }) && found.take(&self.place, values, &|subject| {
                Meaning::loosely(subject, asked, values.vocabulary())
            }) {
                loose.push(asked.clone());
            }
        }
        let (found, in_lists, by_ontology) = found.finish();
        ResolvedCondition {
            asked: self.clone(),
            found,
            in_lists,
            loose,
            by_ontology,
        }
    }
}

impl ResolvedCondition {
    /// Whether no value has the meaning.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty() && self.in_lists.is_empty()
    }

    /// The condition as a part of a query.
    pub fn query(&self) -> String {
        let operator = if self.asked.is_negated {
            Operator::IsNot
        } else {
            Operator::AnyOf
        };
        let in_lists = self.in_lists.iter();
        let in_lists = in_lists.map(|listed| listed.query(self.asked.is_negated));
        let clauses: Vec<String> = self
            .found
            .iter()
            .map(|(attribute, texts)| {
                compile::clause(&FormCondition {
                    attribute: attribute.clone(),
                    operator,
                    values: texts.clone(),
                })
            })
            .chain(in_lists)
            .collect();
        match (clauses.len(), self.asked.is_negated) {
            (0, false) => "false".to_owned(),
            (0, true) => "true".to_owned(),
            (1, _) => clauses.concat(),
            (_, false) => format!("({})", clauses.join(" OR ")),
            (_, true) => format!("({})", clauses.join(" AND ")),
        }
    }

    /// The values that people read, each once: those of the first attribute of each object that has some.
    pub fn texts(&self) -> Vec<&str> {
        let mut texts: Vec<&str> = Vec::new();
        let is_id = |attribute: &Attribute| {
            let last = attribute.path.last().map_or("", String::as_str);
            last.ends_with("_id") && last != "gene_id"
        };
        let readable = self.found.iter().filter(|(attribute, _)| !is_id(attribute));
        let mut chosen: Vec<&(Attribute, Vec<String>)> = readable.collect();
        if chosen.is_empty() {
            chosen = self.found.iter().collect();
        }
        let listed = self.in_lists.iter().map(|listed| &listed.texts);
        let all = chosen.into_iter().map(|(_, values)| values).chain(listed);
        for value in all.flatten() {
            if !texts.contains(&value.as_str()) {
                texts.push(value);
            }
        }
        texts
    }

    /// "cell is "T cell": …", what the condition was understood as.
    pub fn sentence(&self) -> String {
        let verb = if self.asked.is_negated {
            "is not"
        } else {
            "is"
        };
        let asked: Vec<String> = self
            .asked
            .values
            .iter()
            .map(|one| format!("\"{one}\""))
            .collect();
        let texts = self.texts();
        let mut found = texts[..texts.len().min(MOST_LISTED)].join("; ");
        if texts.is_empty() {
            found.push_str("no such value");
        } else if texts.len() > MOST_LISTED {
            let _ = write!(found, " and {} more", texts.len() - MOST_LISTED);
        }
        let place = self.asked.place.name();
        let mut text = format!("{place} {verb} {}: {found}", asked.join(" or "));
        if !self.loose.is_empty() {
            let _ = write!(text, " (\"{}\" in loose use)", self.loose.join("\", \""));
        }
        let shown = self.by_ontology.iter();
        let shown = shown.filter(|(value, _)| texts.contains(&value.as_str()));
        let shown: Vec<&(String, String)> = shown.collect();
        if let Some((_, ontology)) = shown.first() {
            let values = shown
                .iter()
                .take(MOST_LISTED)
                .map(|(value, _)| value.as_str());
            let values: Vec<&str> = values.collect();
            let _ = write!(
                text,
                " (narrower terms or synonyms by {ontology}: {}",
                values.join("; ")
            );
            if shown.len() > MOST_LISTED {
                let _ = write!(text, " and {} more", shown.len() - MOST_LISTED);
            }
            text.push(')');
        }
        text
    }

    /// The condition as an entry of a conditions file of version 2.
    pub fn to_json(&self) -> Json {
        let operator = if self.asked.is_negated {
            "contains_no_words"
        } else {
            "contains_words"
        };
        let values = &self.asked.values;
        match &self.asked.place {
            WordPlace::Subjects(subjects) => {
                json!({"about": subjects, "operator": operator, "values": values})
            }
            WordPlace::Attribute(attribute) => json!({
                "category": attribute.category, "path": attribute.path, "operator": operator, "values": values
            }),
            WordPlace::Anywhere => {
                json!({"about": [], "operator": operator, "values": values})
            }
        }
    }
}

//! What to try where nothing was found: the values that come nearest.

use std::collections::BTreeMap;

use super::existing_values::ExistingValues;
use super::subject_attributes::attributes_of;
use super::understanding::UnderstoodQuestion;
use super::word_condition::{ResolvedCondition, WordCondition};
use super::word_place::WordPlace;
use crate::fairtracks::attribute::Attribute;
use crate::fairtracks::document::Document;
use crate::query::Query;
use crate::query::form_condition::{FormCondition, Operator};
use crate::query::search::{Scope, search_within};
use crate::text::{counted, folding};
use crate::vocabulary::{Subject, WordSequence};

/// The most values that a hint lists.
const MOST_LISTED: usize = 8;

/// Words that so many values have that they bring none near.
#[rustfmt::skip]
const COMMON: [&str; 10] = [
    "cell", "cells", "tissue", "line", "lines", "assay", "site", "sequencing", "positive", "format",
];

/// The subjects that a phrase without a meaning is compared with.
const HEADLINES: [Subject; 9] = [
    Subject::Cell,
    Subject::Assay,
    Subject::Target,
    Subject::Tissue,
    Subject::Phenotype,
    Subject::Species,
    Subject::Assembly,
    Subject::Format,
    Subject::Data,
];

/// For each condition that no value fits, the values that come nearest, or those that are there.
pub fn missing_values(understood: &UnderstoodQuestion, values: &ExistingValues) -> Vec<String> {
    let missing = understood.conditions.iter();
    let missing = missing.filter(|condition| condition.is_empty());
    missing
        .map(|condition| missing_value(condition, values))
        .collect()
}

/// For words that no value of the usual subjects contains, the values that come nearest; for words that some have, the attributes
/// with them.
pub fn nearest_values(asked: &str, values: &ExistingValues) -> String {
    let condition = WordCondition {
        place: WordPlace::Anywhere,
        values: vec![asked.to_owned()],
        is_negated: false,
    };
    let resolved = condition.resolve(values);
    let found = resolved
        .found
        .iter()
        .map(|(attribute, texts)| (attribute.to_string(), texts));
    let listed = resolved.in_lists.iter();
    let listed = listed.map(|listed| (listed.path.attribute().to_string(), &listed.texts));
    let there: Vec<String> = found
        .chain(listed)
        .take(MOST_LISTED)
        .map(|(name, texts)| {
            let texts: Vec<String> = texts
                .iter()
                .take(3)
                .map(|text| format!("\"{text}\""))
                .collect();
            format!("{name} has {}", texts.join(", "))
        })
        .collect();
    if there.is_empty() {
        missing_value(&resolved, values)
    } else {
        there.join("; ")
    }
}

fn missing_value(condition: &ResolvedCondition, values: &ExistingValues) -> String {
    let place = &condition.asked.place;
    let asked: Vec<String> = condition
        .asked
        .values
        .iter()
        .map(|one| format!("\"{one}\""))
        .collect();
    let asked = asked.join(" or ");
    let name = match place {
        WordPlace::Anywhere => "No attribute contains".to_owned(),
        place => format!("No {} is", place.name()),
    };
    let attributes = readable(place);
    let existing = |attribute: &Attribute| {
        let texts = values.of_attribute(attribute).iter();
        texts
            .map(|value| value.text.clone())
            .collect::<Vec<String>>()
    };
    let all: Vec<String> = attributes.iter().flat_map(existing).collect();
    let near = near(&condition.asked.values, &all);
    if !near.is_empty() {
        let quoted: Vec<String> = near.iter().map(|text| format!("\"{text}\"")).collect();
        return format!("{name} {asked}: did you mean {}?", quoted.join(" or "));
    }
    if let Some(other) = other_subject(condition, values) {
        return format!("{name} {asked}, but {other} has such values");
    }
    if *place == WordPlace::Anywhere {
        let near = nearest_names(&condition.asked.values, values);
        if !near.is_empty() {
            let quoted: Vec<String> = near.iter().map(|text| format!("\"{text}\"")).collect();
            return format!("{name} {asked}; nearest: {}", quoted.join(", "));
        }
        let known = [Subject::Cell, Subject::Assay, Subject::Target].map(|subject| {
            let listed = listed(&WordPlace::Subjects(vec![subject]), values);
            format!("{} is {listed}", subject.name())
        });
        return format!("{name} {asked}: {}", known.join("; or "));
    }
    let listed = listed(place, values);
    if listed.is_empty() {
        format!("{name} {asked}: there are no values")
    } else {
        format!("{name} {asked}: there are {listed}")
    }
}

/// A subject with values that the words mean, where the subject that was asked for has none.
fn other_subject(condition: &ResolvedCondition, values: &ExistingValues) -> Option<&'static str> {
    let asked = match &condition.asked.place {
        WordPlace::Subjects(subjects) => subjects,
        WordPlace::Attribute(_) | WordPlace::Anywhere => return None,
    };
    let others = Subject::ALL
        .into_iter()
        .filter(|subject| !asked.contains(subject));
    let mut others = others.filter(|subject| *subject != Subject::Label);
    let other = others.find(|subject| {
        let elsewhere = WordCondition {
            place: WordPlace::Subjects(vec![*subject]),
            ..condition.asked.clone()
        };
        !elsewhere.resolve(values).is_empty()
    });
    other.map(Subject::name)
}

/// For each condition on exact texts that no value fits, the values with the same words or synonyms, or those that come nearest.
/// A condition whose attribute `known` hints name needs no other.
pub fn missing_texts(
    conditions: &[FormCondition],
    values: &ExistingValues,
    known: &[String],
) -> Vec<String> {
    let is_missing = |condition: &&FormCondition| {
        let name = condition.attribute.to_string();
        let is_compared = matches!(
            condition.operator,
            Operator::Is | Operator::AnyOf | Operator::Contains | Operator::StartsWith
        );
        is_compared && !known.iter().any(|hint| hint.contains(&name)) && !fits(condition, values)
    };
    let hint = |condition: &FormCondition| {
        let asked = WordCondition {
            place: WordPlace::Attribute(condition.attribute.clone()),
            values: condition.values.clone(),
            is_negated: false,
        };
        let resolved = asked.resolve(values);
        if resolved.is_empty() {
            return missing_value(&resolved, values);
        }
        let texts: Vec<String> = resolved
            .texts()
            .iter()
            .map(|text| format!("\"{text}\""))
            .collect();
        let texts = texts[..texts.len().min(MOST_LISTED)].join(" or ");
        let asked = condition.values.join("\" or \"");
        format!(
            "No {} has \"{asked}\": did you mean {texts}?",
            condition.attribute
        )
    };
    conditions.iter().filter(is_missing).map(hint).collect()
}

/// Whether a value fits a comparison of texts.
fn fits(condition: &FormCondition, values: &ExistingValues) -> bool {
    let mut existing = values.of_attribute(&condition.attribute).iter();
    existing.any(|value| {
        let text = folding::lower(&value.text);
        condition
            .values
            .iter()
            .any(|wanted| match condition.operator {
                Operator::Contains => text.contains(&folding::lower(wanted)),
                Operator::StartsWith => text.starts_with(&folding::lower(wanted)),
                _ => value.text == *wanted,
            })
    })
}

/// The attributes whose values people read.
fn readable(place: &WordPlace) -> Vec<Attribute> {
    match place {
        WordPlace::Subjects(subjects) => subjects
            .iter()
            .flat_map(|one| attributes_of(*one))
            .collect(),
        WordPlace::Attribute(attribute) => vec![attribute.clone()],
        WordPlace::Anywhere => HEADLINES.into_iter().flat_map(attributes_of).collect(),
    }
}

/// The values with a word that is one or two typos away from a word that was asked for; the nearest first.
fn near(asked: &[String], existing: &[String]) -> Vec<String> {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|character: char| !character.is_alphanumeric());
        words
            .filter(|word| word.len() > 3)
            .map(str::to_lowercase)
            .filter(|word| !COMMON.contains(&word.as_str()))
            .collect()
    };
    let asked: Vec<String> = asked.iter().flat_map(|text| words(text)).collect();
    let slips_of = |text: &str| {
        let there = words(text);
        let pairs = asked
            .iter()
            .flat_map(|one| there.iter().map(move |other| (one, other)));
        let slips = pairs.map(|(one, other)| {
            let allowed = if one.chars().count() < 8 { 1 } else { 2 };
            let slips = strsim::osa_distance(one, other);
            // Digits are no typos: H3K4me1 is not H3K4me3.
            let is_number = digits(one) != digits(other);
            (slips <= allowed && !is_number).then_some(slips)
        });
        slips.flatten().min()
    };
    let mut found: Vec<(usize, &String)> = Vec::new();
    for text in existing {
        if let Some(slips) = slips_of(text)
            && !found.iter().any(|(_, known)| *known == text)
        {
            found.push((slips, text));
        }
    }
    found.sort_by_key(|(slips, _)| *slips);
    found
        .into_iter()
        .take(3)
        .map(|(_, text)| text.clone())
        .collect()
}

/// The values of the usual subjects with a name, a synonym or a word that is nearest to what was asked for, at most two typos away.
fn nearest_names(asked: &[String], values: &ExistingValues) -> Vec<String> {
    let asked: Vec<String> = asked
        .iter()
        .map(|text| WordSequence::of(text).joined())
        .collect();
    let slips_of = |name: &str| {
        let slips = asked.iter().filter_map(|one| {
            let allowed = match one.chars().count() {
                0..=3 => 0,
                4..=5 => 1,
                _ => 2,
            };
            let slips = strsim::osa_distance(one, name);
            (slips <= allowed).then_some(slips)
        });
        slips.min()
    };
    let mut found: Vec<(usize, &str)> = Vec::new();
    for subject in HEADLINES {
        for attribute in attributes_of(subject) {
            for value in values.of_attribute(&attribute) {
                let words = WordSequence::of(&value.text);
                let term = subject.table().and_then(|table| table.named(&words));
                let synonyms = term.into_iter().flat_map(|term| term.names());
                let names = synonyms.map(WordSequence::joined).chain([words.joined()]);
                let parts = words.words().iter().cloned();
                let parts = parts.filter(|word| !COMMON.contains(&word.as_str()));
                let slips = names.chain(parts).filter_map(|name| slips_of(&name)).min();
                let is_known = found.iter().any(|(_, text)| *text == value.text);
                found.extend(
                    slips
                        .filter(|_| !is_known)
                        .map(|slips| (slips, value.text.as_str())),
                );
            }
        }
    }
    let least = found.iter().map(|(slips, _)| *slips).min();
    let nearest = found.iter().filter(|(slips, _)| Some(*slips) == least);
    nearest
        .take(3)
        .map(|(_, text)| (*text).to_owned())
        .collect()
}

fn digits(word: &str) -> String {
    word.chars().filter(char::is_ascii_digit).collect()
}

/// The values of the first attribute of a place that has some, the most frequent first.
fn listed(place: &WordPlace, values: &ExistingValues) -> String {
    let attributes = readable(place);
    let first = attributes
        .iter()
        .map(|attribute| values.of_attribute(attribute))
        .find(|values| !values.is_empty());
    let Some(found) = first else {
        return String::new();
    };
    let texts = found
        .iter()
        .take(MOST_LISTED)
        .map(|value| value.text.clone());
    let mut text = texts.collect::<Vec<String>>().join("; ");
    if found.len() > MOST_LISTED {
        text.push_str(&format!(" and {} more", found.len() - MOST_LISTED));
    }
    text
}

/// Where each condition fits values but no track has all of them: for each condition, its values among the tracks that all
/// others find.
pub fn excluded_values(
    document: &Document,
    scope: &Scope,
    understood: &UnderstoodQuestion,
) -> Vec<String> {
    let is_found = |condition: &ResolvedCondition| !condition.is_empty();
    if understood.conditions.len() < 2 || !understood.conditions.iter().all(is_found) {
        return Vec::new();
    }
    let mut hints = Vec::new();
    for (position, condition) in understood.conditions.iter().enumerate() {
        let text = understood.query_without(Some(position));
        let Ok(query) = Query::new(&text, &scope.names()) else {
            continue;
        };
        let answer = search_within(document, &query, scope);
        let Some((attribute, _)) = condition.found.first() else {
            continue;
        };
        let path: Vec<&str> = attribute.path.iter().map(String::as_str).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for hit in &answer.hits {
            if let Some(text) = hit.text(attribute.category, &path) {
                *counts.entry(text).or_default() += 1;
            }
        }
        let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let values = counts.iter().take(MOST_LISTED);
        let values: Vec<String> = values
            .map(|(text, count)| format!("{text} ({})", counted(*count, "track")))
            .collect();
        if !values.is_empty() {
            let name = condition.asked.place.name();
            let values = values.join("; ");
            hints.push(format!("with all other conditions, {name} is {values}"));
        }
    }
    hints
}

//! Free text over all subjects: the longest phrases that mean something, from left to right.

use super::existing_values::ExistingValues;
use super::word_condition::{WordCondition, WordPlace};
use crate::genome::assembly::{self, Named};
use crate::vocabulary::{Meaning, Subject, WordSequence, spans};

/// The longest phrase, in words.
const LONGEST_PHRASE: usize = 10;

/// Words that mean nothing by themselves.
#[rustfmt::skip]
const STOP_WORDS: [&str; 58] = [
    "a", "an", "the", "in", "of", "on", "from", "for", "with", "by", "at", "to", "is", "are", "that", "which", "all",
    "any", "every", "show", "me", "find", "get", "list", "give", "search", "i", "want", "need", "please", "data",
    "dataset", "datasets", "file", "files", "track", "tracks", "sample", "samples", "experiment", "experiments", "cell",
    "cells", "tissue", "tissues", "genome", "assembly", "assay", "assays", "mark", "marks", "gene", "type", "seq",
    "sequencing", "format", "donors", "only",
];
/// Words between alternatives of one subject.
const ALTERNATIVES: [&str; 3] = ["or", "and", "versus"];
/// Words that negate the phrase behind them.
const NEGATIONS: [&str; 5] = ["not", "without", "except", "excluding", "no"];

/// The subjects that free text is about; names of studies and labels repeat the words of the others.
#[rustfmt::skip]
const SUBJECTS: [Subject; 10] = [
    Subject::Assay, Subject::Target, Subject::Cell, Subject::Tissue, Subject::Phenotype, Subject::Species,
    Subject::Assembly, Subject::Format, Subject::Data, Subject::Class,
];

/// The conditions that free text means. Phrases of one subject with *or*, *and* or a comma between them are alternatives; all
/// others must hold together. A phrase without a meaning is looked for in all attributes.
pub fn conditions(text: &str, values: &ExistingValues) -> Vec<WordCondition> {
    let places = spans(text);
    let mut conditions: Vec<WordCondition> = Vec::new();
    let (mut at, mut is_negated, mut is_alternative) = (0, false, false);
    while let Some(&(start, end)) = places.get(at) {
        let word = text[start..end].to_lowercase();
        let before = at.checked_sub(1).map_or(0, |before| places[before].1);
        is_alternative |= text[before..start].contains([',', '/', ';']);
        if ALTERNATIVES.contains(&word.as_str()) {
            is_alternative = true;
            at += 1;
            continue;
        }
        if NEGATIONS.contains(&word.as_str()) {
            is_negated = true;
            at += 1;
            continue;
        }
        let (length, place) = phrase(text, &places[at..], values);
        if length == 1 && STOP_WORDS.contains(&word.as_str()) {
            at += 1;
            continue;
        }
        let value = slice(text, &places[at..at + length]).to_owned();
        let condition = WordCondition {
            place,
            values: vec![value],
            is_negated,
        };
        match conditions.last_mut() {
            Some(last) if is_alternative && is_same_subject(last, &condition) => {
                merge(last, condition);
            }
            _ => conditions.push(condition),
        }
        (is_negated, is_alternative) = (false, false);
        at += length;
    }
    conditions
}

/// The text of some words with what stands between them, and the sign of a surface marker behind them.
fn slice<'t>(text: &'t str, places: &[(usize, usize)]) -> &'t str {
    let start = places.first().map_or(0, |place| place.0);
    let end = places.last().map_or(0, |place| place.1);
    let end = end + usize::from(text[end..].starts_with(['+', '-']));
    text[start..end].trim_end_matches('-')
}

/// The number of words of the longest phrase with a meaning, and where it is looked for.
fn phrase(text: &str, places: &[(usize, usize)], values: &ExistingValues) -> (usize, WordPlace) {
    let longest = places.len().min(LONGEST_PHRASE);
    for length in (1..=longest).rev() {
        let phrase = slice(text, &places[..length]);
        if length == 1 && WordSequence::of(phrase).joined().chars().count() < 2 {
            continue;
        }
        let means = |subject: &Subject| {
            (*subject != Subject::Assembly || is_one_assembly(text, &places[..length]))
                && is_found(WordPlace::Subjects(vec![*subject]), phrase, values)
        };
        let mut subjects: Vec<Subject> = SUBJECTS.into_iter().filter(means).collect();
        if subjects.is_empty() {
            let is_known = |subject: &Subject| {
                let is_one = || is_one_assembly(text, &places[..length]);
                Meaning::of(Some(*subject), phrase, &[]).is_known()
                    && (*subject != Subject::Assembly || is_one())
            };
            subjects = SUBJECTS.into_iter().filter(is_known).collect();
        }
        if !subjects.is_empty() {
            return (length, WordPlace::Subjects(subjects));
        }
    }
    let anywhere = (1..=longest).rev().find(|length| {
        let phrase = slice(text, &places[..*length]);
        is_found(WordPlace::Anywhere, phrase, values)
    });
    (anywhere.unwrap_or(1), WordPlace::Anywhere)
}

fn is_found(place: WordPlace, phrase: &str, values: &ExistingValues) -> bool {
    let condition = WordCondition {
        place,
        values: vec![phrase.to_owned()],
        is_negated: false,
    };
    !condition.resolve(values).found.is_empty()
}

/// Whether all words belong to the name of an assembly: `human hg38` is two phrases, `GRCh38 p13` is one.
fn is_one_assembly(text: &str, places: &[(usize, usize)]) -> bool {
    let is_assembly = |places: &[(usize, usize)]| {
        matches!(assembly::by_name(slice(text, places)), Named::One(..))
    };
    let Some((last, before)) = places.split_last().filter(|(_, before)| !before.is_empty()) else {
        return true;
    };
    let word = &text[last.0..last.1];
    let is_patch = word
        .trim_start_matches(['p', 'P', 'v'])
        .parse::<u32>()
        .is_ok();
    (is_patch || !is_assembly(before)) && !is_assembly(&places[1..])
}

fn is_same_subject(one: &WordCondition, other: &WordCondition) -> bool {
    let shared = match (&one.place, &other.place) {
        (WordPlace::Subjects(one), WordPlace::Subjects(other)) => {
            one.iter().any(|subject| other.contains(subject))
        }
        _ => false,
    };
    shared && one.is_negated == other.is_negated
}

fn merge(condition: &mut WordCondition, other: WordCondition) {
    condition.values.extend(other.values);
    if let (WordPlace::Subjects(subjects), WordPlace::Subjects(others)) =
        (&mut condition.place, other.place)
    {
        subjects.extend(others);
        subjects.sort();
        subjects.dedup();
    }
}

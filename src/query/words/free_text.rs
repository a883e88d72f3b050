//! Free text over all subjects: the longest phrases that mean something, from left to right.

use super::existing_values::ExistingValues;
use super::word_condition::WordCondition;
use super::word_place::WordPlace;
use crate::genome::assembly::{self, Named};
use crate::vocabulary::{Meaning, Subject, WordSequence, spans};

/// The longest phrase, in words.
const LONGEST_PHRASE: usize = 10;

/// Words that mean nothing by themselves.
#[rustfmt::skip]
const STOP_WORDS: [&str; 131] = [
    "a", "an", "the", "in", "of", "on", "from", "for", "with", "by", "at", "to", "is", "are", "that", "which", "all",
    "any", "every", "everything", "show", "me", "find", "get", "list", "give", "search", "i", "want", "need",
    "please", "data", "dataset", "datasets", "file", "files", "track", "tracks", "sample", "samples", "experiment",
    "experiments", "cell", "cells", "tissue", "tissues", "genome", "genomes", "assembly", "assay", "assays", "mark",
    "marks", "gene", "genes", "type", "types", "seq", "sequencing", "format", "donor", "donors", "only", "my", "our",
    "some", "their", "its", "this", "these", "both", "either", "mapped", "aligned", "against", "called", "derived",
    "using", "site", "sites", "map", "maps", "profile", "profiles", "profiling", "level", "levels", "set", "sets",
    "available", "as", "be", "was", "were", "what", "where", "who", "how", "when", "exist", "exists", "there", "have",
    "has", "had", "can", "do", "does", "like", "into", "between", "than", "then", "if", "it", "we", "us", "you",
    "your", "but", "about", "over", "under", "per", "via", "also", "log2", "study", "studies", "project", "projects",
];
/// Words between alternatives of one subject.
const ALTERNATIVES: [&str; 4] = ["or", "and", "versus", "vs"];
/// Words that negate the phrase behind them.
const NEGATIONS: [&str; 6] = ["not", "without", "except", "excluding", "no", "non"];

/// The subjects that free text is about; names of studies and labels repeat the words of the others.
#[rustfmt::skip]
const SUBJECTS: [Subject; 10] = [
    Subject::Assay, Subject::Target, Subject::Cell, Subject::Tissue, Subject::Phenotype, Subject::Species,
    Subject::Assembly, Subject::Format, Subject::Data, Subject::Class,
];

/// The conditions that free text means. Phrases of one subject are alternatives with *or*, *and* or a comma between them, and where
/// no track has both; all others must hold together. A phrase without a meaning is looked for in all attributes.
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
        let is_vague = length == 1 || place == WordPlace::Anywhere;
        if is_vague && STOP_WORDS.contains(&word.as_str()) {
            at += 1;
            continue;
        }
        let value = slice(text, &places[at..at + length]).to_owned();
        let condition = WordCondition {
            place,
            values: vec![value],
            is_negated,
        };
        let last = conditions.last_mut().filter(|last| {
            is_same_subject(last, &condition)
                && (is_alternative || exclude_each_other(last, &condition, values))
        });
        match last {
            Some(last) => merge(last, condition),
            None => conditions.push(condition),
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
    let mut behind = text[end..].chars();
    let is_sign = matches!(behind.next(), Some('+' | '-'));
    let is_last = behind.next().is_none_or(|next| !next.is_alphanumeric());
    &text[start..end + usize::from(is_sign && is_last)]
}

/// The number of words of the longest phrase with a meaning, and where it is looked for.
fn phrase(text: &str, places: &[(usize, usize)], values: &ExistingValues) -> (usize, WordPlace) {
    let longest = places.len().min(LONGEST_PHRASE);
    let mut ends = (1..=longest).filter(|length| !is_cut(text, places, *length));
    let shortest = ends.next().unwrap_or(1);
    for length in (shortest..=longest).rev() {
        if is_cut(text, places, length) {
            continue;
        }
        if let Some(place) = named_place(text, &places[..length], values) {
            return shorter_phrase(text, places, length, values).unwrap_or((length, place));
        }
    }
    let anywhere = (shortest..=longest).rev().find(|length| {
        let phrase = slice(text, &places[..*length]);
        is_found(WordPlace::Anywhere, phrase, values)
    });
    (anywhere.unwrap_or(shortest), WordPlace::Anywhere)
}

/// The phrase without its last word, where that begins a term with the words behind it: `leukemia cell lines` is leukemia and
/// cell line, not leukemia cell.
fn shorter_phrase(
    text: &str,
    places: &[(usize, usize)],
    length: usize,
    values: &ExistingValues,
) -> Option<(usize, WordPlace)> {
    let shorter = length.checked_sub(1).filter(|shorter| *shorter > 0)?;
    let last = shorter..(length + 1).min(places.len());
    let term = slice(text, &places[last.clone()]);
    let mut subjects = SUBJECTS.into_iter();
    if last.len() < 2 || !subjects.any(|subject| is_named(subject, term, values)) {
        return None;
    }
    Some((shorter, named_place(text, &places[..shorter], values)?))
}

/// Whether a phrase ends between a surface marker and the word that says whether it is there: `CD14-negative`.
fn is_cut(text: &str, places: &[(usize, usize)], length: usize) -> bool {
    let words = |places: &[(usize, usize)]| WordSequence::of(slice(text, places)).words().len();
    let behind = places
        .get(length)
        .map(|(start, end)| text[*start..*end].to_lowercase());
    let is_sign = behind.is_some_and(|word| ["positive", "negative"].contains(&word.as_str()));
    is_sign && words(&places[length - 1..=length]) == 1
}

/// Whether a term of a subject has this name, in its own or in loose use.
fn is_named(subject: Subject, phrase: &str, values: &ExistingValues) -> bool {
    let vocabulary = values.vocabulary();
    Meaning::of(Some(subject), phrase, vocabulary).is_known()
        || Meaning::loosely(Some(subject), phrase, vocabulary).is_some()
}

/// Where a phrase is looked for that some values or terms have.
fn named_place(
    text: &str,
    places: &[(usize, usize)],
    values: &ExistingValues,
) -> Option<WordPlace> {
    let phrase = slice(text, places);
    if places.len() == 1 && WordSequence::of(phrase).joined().chars().count() < 2 {
        return None;
    }
    let is_one = |subject: &Subject| *subject != Subject::Assembly || is_one_assembly(text, places);
    let means = |subject: &Subject| {
        is_one(subject) && is_found(WordPlace::Subjects(vec![*subject]), phrase, values)
    };
    let mut subjects: Vec<Subject> = SUBJECTS.into_iter().filter(means).collect();
    if subjects.is_empty() {
        let is_known = |subject: &Subject| is_one(subject) && is_named(*subject, phrase, values);
        subjects = SUBJECTS.into_iter().filter(is_known).collect();
    }
    (!subjects.is_empty()).then_some(WordPlace::Subjects(subjects))
}

fn is_found(place: WordPlace, phrase: &str, values: &ExistingValues) -> bool {
    let condition = WordCondition {
        place,
        values: vec![phrase.to_owned()],
        is_negated: false,
    };
    !condition.resolve(values).is_empty()
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

/// Whether no track has both, so that alternatives must be meant: two terms of a subject of which a track has one only, such as
/// two cell lines. A word that only narrows another one, as in `naive T cell`, is no term.
fn exclude_each_other(one: &WordCondition, other: &WordCondition, values: &ExistingValues) -> bool {
    let WordPlace::Subjects(subjects) = &one.place else {
        return false;
    };
    let [subject] = subjects[..] else {
        return false;
    };
    let is_term = |value: &String| {
        let is_symbol = |(id, symbol): &(String, String)| [id, symbol].contains(&value);
        let mut pairs = values.vocabulary().pairs().iter();
        is_named(subject, value, values) || pairs.any(is_symbol)
    };
    let has_one = [
        Subject::Assay,
        Subject::Target,
        Subject::Cell,
        Subject::Species,
        Subject::Assembly,
        Subject::Format,
    ];
    let (first, second) = (one.resolve(values), other.resolve(values));
    let (first, second) = (first.texts(), second.texts());
    has_one.contains(&subject)
        && one.place == other.place
        && !one.is_negated
        && one.values.iter().chain(&other.values).all(is_term)
        && !first.is_empty()
        && !second.is_empty()
        && !first.iter().any(|text| second.contains(text))
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fairtracks::attribute::Attribute;
    use crate::vocabulary::Vocabulary;

    fn values() -> ExistingValues {
        let cells = ["CD4-positive T cell", "CD4-negative T cell", "K562"].map(str::to_owned);
        let attribute = Attribute::parse("samples->sample_type->summary").unwrap();
        ExistingValues::of_lists([(attribute, cells.to_vec())], Vocabulary::default())
    }

    #[test]
    fn signs_of_markers_belong_to_phrases() {
        for (text, expected) in [
            ("CD4+", "CD4-positive T cell"),
            ("CD4- T cells", "CD4-negative T cell"),
            ("CD4-", "CD4-negative T cell"),
            ("K562+CD4-negative", "CD4-negative T cell"),
        ] {
            let conditions = conditions(text, &values());
            let found = conditions.last().unwrap().resolve(&values()).found;
            assert_eq!(found[0].1, [expected], "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_understood_as_phrases_of_it(text in "\\PC{0,40}") {
            for condition in conditions(&text, &values()) {
                for value in &condition.values {
                    prop_assert!(text.contains(value.as_str()) && !WordSequence::of(value).is_empty());
                }
            }
        }
    }
}

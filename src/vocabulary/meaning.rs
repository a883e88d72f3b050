//! The meaning of words that a user typed, as a test of values.

use std::collections::HashSet;

use super::known_vocabulary::Vocabulary;
use super::ontology;
use super::subject::Subject;
use super::term_table::TermTable;
use super::word_sequence::WordSequence;
use crate::genome::assembly::{self, Named};

/// The longest synonym, in letters, that is compared with whole values only: `AML` within a text may be another word.
const LONGEST_ABBREVIATION: usize = 3;

/// The builds of the human genome as people say them, behind `human` and `genome` or alone.
const HUMAN_BUILDS: [(&str, &str); 3] = [
    ("build36", "hg18"),
    ("build37", "hg19"),
    ("build38", "hg38"),
];

/// What words mean: the words themselves, their synonyms and narrower terms, or an assembly.
#[derive(Debug, Clone)]
pub struct Meaning<'v> {
    asked: WordSequence,
    synonyms: Vec<WordSequence>,
    narrower: Vec<WordSequence>,
    assembly: Option<&'static str>,
    is_known: bool,
    /// The tables that have the term, each with the positions of the term and of those below it.
    tables: Vec<MeantTerms<'v>>,
}

#[derive(Debug, Clone)]
struct MeantTerms<'v> {
    table: &'v TermTable,
    positions: HashSet<usize>,
    is_ontology: bool,
}

/// Why a value has a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchReason<'v> {
    /// By its words, or by a built-in table.
    Words,
    /// By the ontology of this name alone.
    Ontology(&'v str),
}

impl<'v> Meaning<'v> {
    /// The meaning of `asked` for a subject, or for any subject.
    pub fn of(subject: Option<Subject>, asked: &str, vocabulary: &'v Vocabulary) -> Self {
        let words = WordSequence::of(asked);
        let mut meaning = Meaning::of_words(words.clone());
        for (table, is_ontology) in tables(subject, vocabulary) {
            let position = table.position_of(&words);
            if let Some(position) = position.filter(|at| is_of(subject, table, *at, is_ontology)) {
                meaning.add(table, position, is_ontology);
                meaning.is_known |= !is_ontology || !subjects_of(table, position).is_empty();
            }
        }
        if subject.is_none_or(|subject| subject == Subject::Assembly)
            && let Some(key) = assembly_key(asked)
        {
            meaning.is_known = true;
            meaning.assembly = Some(key);
        }
        let joined = words.joined();
        for (one, other) in vocabulary.pairs() {
            let (one, other) = (WordSequence::of(one), WordSequence::of(other));
            if one.joined() == joined {
                meaning.synonyms.push(other);
            } else if other.joined() == joined {
                meaning.synonyms.push(one);
            }
        }
        meaning
    }

    /// What `asked` often stands for without being a name of it, such as *helper T cell* for a CD4-positive T cell; `None` where
    /// it stands for nothing else.
    pub fn loosely(
        subject: Option<Subject>,
        asked: &str,
        vocabulary: &'v Vocabulary,
    ) -> Option<Self> {
        let words = WordSequence::of(asked);
        let mut meaning = Meaning::of_words(words.clone());
        for (table, is_ontology) in tables(subject, vocabulary) {
            for position in table.related_to(&words) {
                if is_of(subject, table, *position, is_ontology) {
                    meaning.add(table, *position, is_ontology);
                }
            }
        }
        meaning.is_known = !meaning.tables.is_empty();
        meaning.is_known.then_some(meaning)
    }

    fn of_words(asked: WordSequence) -> Self {
        Meaning {
            asked,
            synonyms: Vec::new(),
            narrower: Vec::new(),
            assembly: None,
            is_known: false,
            tables: Vec::new(),
        }
    }

    fn add(&mut self, table: &'v TermTable, position: usize, is_ontology: bool) {
        let positions = table.with_narrower(position);
        let names = |at: &usize| table.terms()[*at].names().iter().cloned();
        self.synonyms.extend(names(&position));
        if !is_ontology {
            let below = positions.iter().filter(|at| **at != position);
            self.narrower.extend(below.flat_map(names));
        }
        self.tables.push(MeantTerms {
            table,
            positions,
            is_ontology,
        });
    }

    /// Whether a table has a term of this name.
    pub fn is_known(&self) -> bool {
        self.is_known
    }

    /// Whether a value has this meaning.
    pub fn matches(&self, value: &str) -> bool {
        self.reason(value, &WordSequence::of(value)).is_some()
    }

    /// Why a value whose words are known has this meaning, if it has.
    pub fn reason(&self, text: &str, value: &WordSequence) -> Option<MatchReason<'v>> {
        if self.assembly.is_some() && self.assembly == assembly_key(text) {
            return Some(MatchReason::Words);
        }
        // A value that is a term itself has the place that the tables give it: `Cell Line` is no `Cell`.
        let mut is_term = false;
        for MeantTerms {
            table,
            positions,
            is_ontology,
        } in &self.tables
        {
            let Some(position) = table.position_of(value) else {
                continue;
            };
            is_term = true;
            if positions.contains(&position) {
                let by_words = !is_ontology || value.contains(&self.asked);
                return Some(if by_words {
                    MatchReason::Words
                } else {
                    MatchReason::Ontology(table.name())
                });
            }
        }
        if is_term {
            return None;
        }
        let mut names = self.synonyms.iter().chain(&self.narrower);
        let is_named = value.contains(&self.asked)
            || names.any(|name| {
                if name.joined().len() <= LONGEST_ABBREVIATION {
                    value.joined() == name.joined()
                } else {
                    value.contains(name)
                }
            });
        is_named.then_some(MatchReason::Words)
    }
}

/// The built-in tables of a subject, then all ontologies.
fn tables(
    subject: Option<Subject>,
    vocabulary: &Vocabulary,
) -> impl Iterator<Item = (&TermTable, bool)> {
    let subjects = Subject::ALL.into_iter();
    let subjects = subjects.filter(move |one| subject.is_none_or(|subject| subject == *one));
    let built_in = subjects
        .filter_map(Subject::table)
        .map(|table| (table, false));
    built_in.chain(vocabulary.ontologies().map(|table| (table, true)))
}

/// Whether a term of a table says something about a subject.
fn is_of(subject: Option<Subject>, table: &TermTable, position: usize, is_ontology: bool) -> bool {
    let Some(subject) = subject.filter(|_| is_ontology) else {
        return true;
    };
    let subjects = subjects_of(table, position);
    subjects.contains(&subject) || subjects.is_empty() && subject.table().is_some()
}

/// The subjects that a term of an ontology is about; none where its ontology is not known.
fn subjects_of(table: &TermTable, position: usize) -> &'static [Subject] {
    let term = table.terms().get(position);
    term.map_or(&[], |term| Subject::of_ontology(ontology::prefix(&term.id)))
}

/// UCSC's name of the assembly that a name, or an accession with a prefix, means.
fn assembly_key(text: &str) -> Option<&'static str> {
    let accession = text
        .split_once(':')
        .map_or(text, |(_, accession)| accession);
    if let Named::One(key, _) = assembly::by_name(accession) {
        return Some(key);
    }
    let words = WordSequence::of(text).joined();
    let build = words.strip_prefix("human").unwrap_or(&words);
    let build = build.strip_prefix("genome").unwrap_or(build);
    let mut builds = HUMAN_BUILDS.into_iter();
    builds.find_map(|(name, key)| (build == name).then_some(key))
}

#[cfg(test)]
mod tests;

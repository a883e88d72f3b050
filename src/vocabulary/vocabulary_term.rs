//! A term with its names.

use std::sync::OnceLock;

use super::word_sequence::WordSequence;

/// A term of a table or of an ontology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VocabularyTerm {
    /// The IRI or CURIE; empty where the term has none.
    pub id: String,
    /// The label.
    pub label: String,
    /// Other names of the same thing, the usual ones first.
    pub synonyms: Vec<String>,
    /// Names that are often used for it and mean something else, wider or narrower.
    pub related: Vec<String>,
    /// What id and label were compared with; empty where that is not stated.
    pub source: String,
    names: OnceLock<Vec<WordSequence>>,
}

/// A term as it is written, with its broader terms by id or label.
#[derive(Debug, Clone, Default)]
pub(super) struct WrittenTerm {
    pub id: String,
    pub label: String,
    pub synonyms: Vec<String>,
    pub related: Vec<String>,
    pub broader: Vec<String>,
    pub source: String,
}

/// A term that its ontology no longer uses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObsoleteTerm {
    /// The IRI or CURIE.
    pub id: String,
    /// The label; empty where the term has none.
    pub label: String,
    /// The ids of the terms that replace it (`replaced_by`).
    pub replaced_by: Vec<String>,
}

impl VocabularyTerm {
    pub(super) fn of(written: WrittenTerm) -> Self {
        VocabularyTerm {
            id: written.id,
            label: written.label,
            synonyms: written.synonyms,
            related: written.related,
            source: written.source,
            names: OnceLock::new(),
        }
    }

    /// The words of label, id and synonyms, each once. They are computed at the first use, since most terms of
    /// an ontology are never asked for.
    pub fn names(&self) -> &[WordSequence] {
        self.names.get_or_init(|| {
            let texts = [self.label.as_str(), self.short_id()].into_iter();
            let texts = texts.chain(self.synonyms.iter().map(String::as_str));
            let mut names: Vec<WordSequence> = Vec::new();
            for name in texts.map(WordSequence::of) {
                if !name.is_empty() && !names.contains(&name) {
                    names.push(name);
                }
            }
            names
        })
    }

    /// The id without the beginning of its IRI: `CL_0000236`.
    pub fn short_id(&self) -> &str {
        self.id.rsplit(['/', '#']).next().unwrap_or_default()
    }
}

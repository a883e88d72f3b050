//! Tables of terms: labels, synonyms, related names and broader terms.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use thiserror::Error;

use super::exact_names::{ExactNames, TermMatch, TermSearch};
use super::vocabulary_term::{ObsoleteTerm, VocabularyTerm, WrittenTerm};
use super::word_sequence::WordSequence;

/// The terms of a subject, or of an ontology.
#[derive(Debug, Clone, Default)]
pub struct TermTable {
    name: String,
    terms: Vec<VocabularyTerm>,
    /// Computed at the first use, since conversions look for exact names alone.
    names: OnceLock<NameIndex>,
    /// The positions of the terms directly below each term.
    below: Vec<Vec<usize>>,
    exact: OnceLock<ExactNames>,
    obsolete: Vec<ObsoleteTerm>,
}

/// The positions of terms by their names without spaces.
#[derive(Debug, Clone, Default)]
struct NameIndex {
    by_name: HashMap<String, usize>,
    by_related_name: HashMap<String, Vec<usize>>,
}

/// A line of a table, or an entry of an ontology, that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {problem}")]
pub struct TermTableError {
    /// The line, from 1.
    pub line: usize,
    /// The fault.
    pub problem: String,
}

/// The line of titles.
const TITLES: &str = "#id\tlabel\tsynonyms\tbroader\trelated\tsource";

impl NameIndex {
    fn of(terms: &[VocabularyTerm]) -> Self {
        let mut index = NameIndex::default();
        let labels = |term: &VocabularyTerm| vec![term.label.clone(), term.short_id().to_owned()];
        let synonyms = |term: &VocabularyTerm| term.synonyms.clone();
        for names in [labels as fn(&VocabularyTerm) -> Vec<String>, synonyms] {
            for (position, term) in terms.iter().enumerate() {
                for name in names(term) {
                    let name = WordSequence::of(&name).joined();
                    if !name.is_empty() {
                        index.by_name.entry(name).or_insert(position);
                    }
                }
            }
        }
        for (position, term) in terms.iter().enumerate() {
            for name in &term.related {
                let name = WordSequence::of(name).joined();
                index
                    .by_related_name
                    .entry(name)
                    .or_default()
                    .push(position);
            }
        }
        index
    }
}

impl TermTable {
    /// Reads a table in the format of `terms/README.md`, which may be in several parts.
    ///
    /// # Errors
    /// The first line that is no term, has an id or a label of another line, or a broader term that no line has.
    pub fn read(name: &str, parts: &[&str]) -> Result<Self, TermTableError> {
        let (terms, lines) = written_terms(parts)?;
        let labels: HashSet<&str> = terms.iter().map(|term| term.label.as_str()).collect();
        for (term, line) in terms.iter().zip(lines) {
            let mut broader = term.broader.iter();
            if let Some(unknown) = broader.find(|label| !labels.contains(label.as_str())) {
                let problem = format!(
                    "found the broader term `{unknown}`, expected the label of another line"
                );
                return Err(TermTableError { line, problem });
            }
        }
        Ok(TermTable::of(name, terms))
    }

    /// Reads one file of a table, whose broader terms may be in other files.
    ///
    /// # Errors
    /// The first line that is no term, or has an id or a label of another line.
    pub fn read_file(name: &str, text: &str) -> Result<Self, TermTableError> {
        Ok(TermTable::of(name, written_terms(&[text])?.0))
    }

    /// A table of terms that are looked up by [`TermTable::find`] and [`TermTable::label_of`] alone, without broader terms.
    pub fn exact(name: &str, terms: Vec<VocabularyTerm>) -> Self {
        TermTable {
            name: name.to_owned(),
            terms,
            ..TermTable::default()
        }
    }

    /// The table of some terms. A name that several terms have is that of the term whose label it is, then of the first. A
    /// broader term that is missing counts for nothing.
    pub(super) fn of(name: &str, written: Vec<WrittenTerm>) -> Self {
        let mut by_key: HashMap<&str, usize> = HashMap::new();
        let ids = written.iter().map(|term| term.id.as_str()).enumerate();
        let labels = written.iter().map(|term| term.label.as_str()).enumerate();
        for (position, key) in ids.chain(labels) {
            by_key.entry(key).or_insert(position);
        }
        let mut below = vec![Vec::new(); written.len()];
        for (position, term) in written.iter().enumerate() {
            let above = term.broader.iter();
            for above in above.filter_map(|key| by_key.get(key.as_str())) {
                below[*above].push(position);
            }
        }
        let terms = written.into_iter().map(VocabularyTerm::of);
        TermTable {
            name: name.to_owned(),
            terms: terms.collect(),
            below,
            ..TermTable::default()
        }
    }

    /// The name of the table, or of the file of the ontology.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The terms, in the order of the table.
    pub fn terms(&self) -> &[VocabularyTerm] {
        &self.terms
    }

    /// The terms alone.
    pub fn into_terms(self) -> Vec<VocabularyTerm> {
        self.terms
    }

    /// The term of a name: its label, a synonym or its id.
    pub fn named(&self, name: &WordSequence) -> Option<&VocabularyTerm> {
        self.terms.get(self.position_of(name)?)
    }

    /// The term with an id whose label or synonym a text is; the text may be spelled in another way, and nothing is guessed.
    pub fn find(&self, text: &str) -> Option<(&VocabularyTerm, TermMatch)> {
        self.search(text).one()
    }

    /// The terms with an id that [`TermTable::find`] chooses from.
    pub fn search(&self, text: &str) -> TermSearch<'_> {
        self.exact_names().search(text, &self.terms)
    }

    /// The label of an id.
    pub fn label_of(&self, id: &str) -> Option<&str> {
        let term = self.terms.get(self.exact_names().of_id(id)?)?;
        Some(&term.label)
    }

    fn names(&self) -> &NameIndex {
        self.names.get_or_init(|| NameIndex::of(&self.terms))
    }

    fn exact_names(&self) -> &ExactNames {
        self.exact.get_or_init(|| ExactNames::of(&self.terms))
    }

    /// The obsolete terms of an ontology, which have no names in the table.
    pub fn obsolete(&self) -> &[ObsoleteTerm] {
        &self.obsolete
    }

    pub(super) fn with_obsolete(mut self, obsolete: Vec<ObsoleteTerm>) -> Self {
        self.obsolete = obsolete;
        self
    }

    pub(super) fn position_of(&self, name: &WordSequence) -> Option<usize> {
        self.names().by_name.get(&name.joined()).copied()
    }

    /// The positions of the terms that a name is often used for without being one of theirs.
    pub(super) fn related_to(&self, name: &WordSequence) -> &[usize] {
        let found = self.names().by_related_name.get(&name.joined());
        found.map_or(&[], Vec::as_slice)
    }

    /// The positions of a term and of those below it, at any depth.
    pub(super) fn with_narrower(&self, top: usize) -> HashSet<usize> {
        let mut found = HashSet::from([top]);
        let mut next = vec![top];
        while let Some(above) = next.pop() {
            let below = self.below.get(above).into_iter().flatten();
            next.extend(below.filter(|position| found.insert(**position)));
        }
        found
    }
}

/// The terms of all parts, and the line of each in its part.
fn written_terms(parts: &[&str]) -> Result<(Vec<WrittenTerm>, Vec<usize>), TermTableError> {
    let mut terms = Vec::new();
    let mut lines: Vec<usize> = Vec::new();
    let mut owners: HashMap<String, usize> = HashMap::new();
    let numbered = parts.iter().flat_map(|text| (1..).zip(text.lines()));
    for (line, text) in numbered {
        if text.trim().is_empty() || text.starts_with('#') {
            continue;
        }
        let problem = |problem: String| TermTableError { line, problem };
        let term = written(text).map_err(problem)?;
        for (what, name) in [("id", &term.id), ("label", &term.label)] {
            if name.is_empty() {
                continue;
            }
            if let Some(first) = owners.insert(format!("{what} {name}"), line) {
                let found = format!("found the {what} `{name}`, which line {first} has too");
                return Err(problem(found));
            }
        }
        terms.push(term);
        lines.push(line);
    }
    Ok((terms, lines))
}

/// The term of a line.
fn written(text: &str) -> Result<WrittenTerm, String> {
    let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
    let titles = TITLES.trim_start_matches('#').replace('\t', ", ");
    let (id, label) = match cells[..] {
        [id, label, ..] if cells.len() <= 6 && !label.is_empty() => (id, label),
        [_, _, ..] if cells.len() <= 6 => {
            return Err("found no label, expected one in the second column".to_owned());
        }
        _ => {
            let found = crate::text::counted(cells.len(), "column");
            return Err(format!(
                "found {found}, expected {titles} with tabs between them"
            ));
        }
    };
    let listed = |column: usize| {
        let cell = cells.get(column).copied().unwrap_or_default();
        let parts = cell
            .split('|')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    };
    Ok(WrittenTerm {
        id: id.to_owned(),
        label: label.to_owned(),
        synonyms: listed(2),
        broader: listed(3),
        related: listed(4),
        source: cells.get(5).copied().unwrap_or_default().to_owned(),
    })
}

#[cfg(test)]
mod tests;

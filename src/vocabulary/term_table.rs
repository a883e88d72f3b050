//! Tables of terms: labels, synonyms and broader terms.

use std::collections::HashMap;

use super::word_sequence::WordSequence;

/// A term of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VocabularyTerm {
    /// The IRI or CURIE; empty where the term has none.
    pub id: String,
    /// The label.
    pub label: String,
    /// The words of label, synonyms and id.
    pub names: Vec<WordSequence>,
    /// The positions of the broader terms in the table.
    broader: Vec<usize>,
}

/// The terms of a subject.
#[derive(Debug, Default)]
pub struct TermTable {
    terms: Vec<VocabularyTerm>,
    /// The positions of the terms by their names without spaces.
    by_name: HashMap<String, usize>,
}

impl TermTable {
    /// Reads a table in the format of `terms/README.md`. A name that belongs to several terms is that of the first.
    pub fn read(text: &str) -> Self {
        let rows: Vec<Vec<&str>> = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').collect())
            .collect();
        let labels: Vec<&str> = rows.iter().map(|row| cell(row, 1)).collect();
        let mut table = TermTable::default();
        for row in &rows {
            let broader = listed(cell(row, 3));
            let term = VocabularyTerm {
                id: cell(row, 0).to_owned(),
                label: cell(row, 1).to_owned(),
                names: names(cell(row, 0), cell(row, 1), cell(row, 2)),
                broader: broader
                    .filter_map(|label| labels.iter().position(|known| *known == label))
                    .collect(),
            };
            for name in &term.names {
                let position = table.terms.len();
                table.by_name.entry(name.joined()).or_insert(position);
            }
            table.terms.push(term);
        }
        table
    }

    /// The terms, in the order of the table.
    pub fn terms(&self) -> &[VocabularyTerm] {
        &self.terms
    }

    /// The term of a name: its label, a synonym or its id.
    pub fn named(&self, name: &WordSequence) -> Option<&VocabularyTerm> {
        let position = self.by_name.get(&name.joined())?;
        self.terms.get(*position)
    }

    /// The terms below a term, at any depth.
    pub fn narrower(&self, term: &VocabularyTerm) -> Vec<&VocabularyTerm> {
        let Some(top) = self.terms.iter().position(|known| known == term) else {
            return Vec::new();
        };
        let mut found = vec![top];
        let mut next = 0;
        while let Some(&above) = found.get(next) {
            let below = self.terms.iter().enumerate();
            let below = below.filter(|(_, term)| term.broader.contains(&above));
            for (position, _) in below {
                if !found.contains(&position) {
                    found.push(position);
                }
            }
            next += 1;
        }
        found[1..].iter().map(|at| &self.terms[*at]).collect()
    }
}

fn cell<'t>(row: &[&'t str], column: usize) -> &'t str {
    row.get(column).copied().unwrap_or_default()
}

fn listed(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').filter(|part| !part.is_empty())
}

/// The words of all names: label, synonyms, and the id without the start of its IRI.
fn names(id: &str, label: &str, synonyms: &str) -> Vec<WordSequence> {
    let short_id = id.rsplit('/').next().unwrap_or_default();
    let texts = [label]
        .into_iter()
        .chain(listed(synonyms))
        .chain([short_id]);
    let mut names: Vec<WordSequence> = Vec::new();
    for name in texts.map(WordSequence::of) {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::vocabulary::Subject;

    #[test]
    fn every_table_is_complete_and_each_name_belongs_to_one_term() {
        for subject in Subject::ALL {
            let Some(table) = subject.table() else {
                continue;
            };
            let mut owners: HashMap<String, &str> = HashMap::new();
            assert!(!table.terms().is_empty());
            for term in table.terms() {
                assert!(!term.label.is_empty());
                for name in term.names.iter().map(WordSequence::joined) {
                    let other = owners.insert(name.clone(), &term.label);
                    let name_of_both = format!("{subject:?} {name}: {other:?} and {}", term.label);
                    assert!(
                        other.is_none_or(|other| other == term.label),
                        "{name_of_both}"
                    );
                }
            }
        }
    }

    #[test]
    fn broader_terms_are_labels_of_the_same_file_and_sources_are_named() {
        for text in [
            include_str!("terms/assays.tsv"),
            include_str!("terms/targets.tsv"),
            include_str!("terms/cells.tsv"),
            include_str!("terms/tissues.tsv"),
            include_str!("terms/phenotypes.tsv"),
            include_str!("terms/species.tsv"),
            include_str!("terms/formats.tsv"),
            include_str!("terms/condensed_data.tsv"),
            include_str!("terms/classes.tsv"),
        ] {
            let heading: Vec<&str> = text.lines().take(3).collect();
            assert!(heading[0].starts_with("# source: ") && heading[1].starts_with("# date: 20"));
            assert_eq!(heading[2], "#id\tlabel\tsynonyms\tbroader");
            let rows: Vec<Vec<&str>> = text
                .lines()
                .skip(3)
                .map(|line| line.split('\t').collect())
                .collect();
            for row in &rows {
                assert_eq!(row.len(), 4, "{row:?}");
                for broader in listed(row[3]) {
                    assert!(rows.iter().any(|row| row[1] == broader), "{broader}");
                }
            }
        }
    }

    #[test]
    fn narrower_terms_are_found_at_any_depth() {
        let table = Subject::Cell.table().unwrap();
        let term = table.named(&WordSequence::of("white blood cells")).unwrap();
        let below = table.narrower(term);
        let has = |label: &str| below.iter().any(|term| term.label == label);
        assert!(has("naive B cell") && has("neutrophil") && has("T-helper 17 cell"));
        assert!(!has("erythroblast") && !has("leukocyte"));
    }
}

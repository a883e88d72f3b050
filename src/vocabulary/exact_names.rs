//! Terms by exact names, for those who must not guess.

use std::collections::HashMap;

use super::vocabulary_term::VocabularyTerm;
use crate::text::folding::folded_title;

/// How a text was found in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermMatch {
    /// By its label.
    Label,
    /// By a synonym.
    Synonym,
    /// By a label or synonym with other cases, blanks or punctuation.
    Folded,
}

impl TermMatch {
    /// The match as a reason.
    pub fn reason(self) -> &'static str {
        match self {
            TermMatch::Label => "label of the term",
            TermMatch::Synonym => "synonym of the term",
            TermMatch::Folded => "label or synonym of the term in another spelling",
        }
    }
}

/// The positions of the terms with an id, by their names. A synonym of two terms means neither.
#[derive(Debug, Clone, Default)]
pub(super) struct ExactNames {
    labels: HashMap<String, usize>,
    synonyms: HashMap<String, Option<usize>>,
    folded: HashMap<String, Option<usize>>,
}

impl ExactNames {
    pub fn of(terms: &[VocabularyTerm]) -> Self {
        let mut names = ExactNames::default();
        let with_id = terms.iter().enumerate();
        for (place, term) in with_id.filter(|(_, term)| !term.id.is_empty()) {
            let add = |known: &mut HashMap<String, Option<usize>>, text: String| {
                known
                    .entry(text)
                    .and_modify(|known| *known = known.filter(|known| *known == place))
                    .or_insert(Some(place));
            };
            names.labels.insert(term.label.clone(), place);
            for synonym in &term.synonyms {
                add(&mut names.synonyms, synonym.clone());
            }
            for text in term.synonyms.iter().chain([&term.label]) {
                add(&mut names.folded, folded_title(text));
            }
        }
        names
    }

    pub fn find(&self, text: &str) -> Option<(usize, TermMatch)> {
        if let Some(place) = self.labels.get(text) {
            return Some((*place, TermMatch::Label));
        }
        if let Some(place) = self.synonyms.get(text).copied().flatten() {
            return Some((place, TermMatch::Synonym));
        }
        let place = self.folded.get(&folded_title(text)).copied().flatten()?;
        Some((place, TermMatch::Folded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::TermTable;

    #[test]
    fn a_label_goes_before_a_synonym_and_a_synonym_of_two_means_none() {
        let text = "# source\nid:1\tB cell\tcell|b\nid:2\tcell\tB-lymphocyte\nid:3\tT cell\tlymphocyte|x\t\tt\nid:4\tB-cell line\tlymphocyte\n\tmyeloid cell\n";
        let table = TermTable::read_file("x", text).unwrap();
        let find = |text: &str| {
            let found = table.find(text);
            found.map(|(term, found)| (term.id.as_str(), found))
        };
        assert_eq!(find("cell"), Some(("id:2", TermMatch::Label)));
        assert_eq!(find("b"), Some(("id:1", TermMatch::Synonym)));
        assert_eq!(find("b_CELL"), Some(("id:1", TermMatch::Folded)));
        for unknown in ["lymphocyte", "B cells", "t", "myeloid cell"] {
            assert_eq!(find(unknown), None, "{unknown}");
        }
        assert_eq!(table.label_of("id:3"), Some("T cell"));
        assert_eq!(table.label_of(""), None);
    }
}

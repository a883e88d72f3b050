//! Terms by exact names, for those who must not guess.

use std::collections::HashMap;

use super::vocabulary_term::VocabularyTerm;
use crate::text::folding::folded_title;

/// How a text was found in a table, the surest way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

/// What a text means among terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermSearch<'t> {
    /// No term has the name.
    Nothing,
    /// One term has it.
    One(&'t VocabularyTerm, TermMatch),
    /// Several terms have it in the same way; two of them. It means none of them.
    Several([&'t VocabularyTerm; 2], TermMatch),
}

impl<'t> TermSearch<'t> {
    /// The term, if it is one.
    pub fn one(self) -> Option<(&'t VocabularyTerm, TermMatch)> {
        match self {
            TermSearch::One(term, found) => Some((term, found)),
            _ => None,
        }
    }

    /// What the text means among the terms of both: labels go before synonyms, and synonyms before other spellings.
    pub fn or(self, other: TermSearch<'t>) -> TermSearch<'t> {
        let (Some(own), Some(others)) = (self.how(), other.how()) else {
            return if self == TermSearch::Nothing {
                other
            } else {
                self
            };
        };
        match (self, other) {
            _ if own < others => self,
            _ if others < own => other,
            (TermSearch::One(term, found), TermSearch::One(another, _))
                if term.id != another.id =>
            {
                TermSearch::Several([term, another], found)
            }
            (TermSearch::One(..), _) => other,
            _ => self,
        }
    }

    fn how(self) -> Option<TermMatch> {
        match self {
            TermSearch::Nothing => None,
            TermSearch::One(_, found) | TermSearch::Several(_, found) => Some(found),
        }
    }
}

/// The position of the first term with a name, and that of the first one of another id.
type NamePlaces = HashMap<String, (usize, Option<usize>)>;

/// The positions of the terms with an id, by their names and ids.
#[derive(Debug, Clone, Default)]
pub(super) struct ExactNames {
    labels: NamePlaces,
    synonyms: NamePlaces,
    folded: NamePlaces,
    ids: HashMap<String, usize>,
}

impl ExactNames {
    pub fn of(terms: &[VocabularyTerm]) -> Self {
        let mut names = ExactNames::default();
        let with_id = terms.iter().enumerate();
        for (place, term) in with_id.filter(|(_, term)| !term.id.is_empty()) {
            let add = |known: &mut NamePlaces, text: String| {
                let (first, other) = known.entry(text).or_insert((place, None));
                if other.is_none() && terms[*first].id != term.id {
                    *other = Some(place);
                }
            };
            add(&mut names.labels, term.label.clone());
            for synonym in &term.synonyms {
                add(&mut names.synonyms, synonym.clone());
            }
            for text in term.synonyms.iter().chain([&term.label]) {
                add(&mut names.folded, folded_title(text));
            }
            names.ids.entry(term.id.clone()).or_insert(place);
        }
        names
    }

    /// What a text means among the terms that these names are of.
    pub fn search<'t>(&self, text: &str, terms: &'t [VocabularyTerm]) -> TermSearch<'t> {
        let labels = || Some((self.labels.get(text)?, TermMatch::Label));
        let synonyms = || Some((self.synonyms.get(text)?, TermMatch::Synonym));
        let folded = || Some((self.folded.get(&folded_title(text))?, TermMatch::Folded));
        match labels().or_else(synonyms).or_else(folded) {
            None => TermSearch::Nothing,
            Some(((first, None), found)) => TermSearch::One(&terms[*first], found),
            Some(((first, Some(other)), found)) => {
                TermSearch::Several([&terms[*first], &terms[*other]], found)
            }
        }
    }

    /// The position of the first term of an id.
    pub fn of_id(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
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

    #[test]
    fn a_label_of_a_later_table_goes_before_a_synonym_of_an_earlier_one() {
        let table = |text: &str| TermTable::read_file("x", text).unwrap();
        let (first, second) = (table("i:1\ta\tb|c|d\n"), table("i:2\tb\tc\ni:1\td\n"));
        let both = |name: &str| first.search(name).or(second.search(name));
        let one = |name: &str| {
            both(name)
                .one()
                .map(|(term, found)| (term.id.clone(), found))
        };
        assert_eq!(one("a"), Some(("i:1".to_owned(), TermMatch::Label)));
        assert_eq!(one("b"), Some(("i:2".to_owned(), TermMatch::Label)));
        assert_eq!(one("d"), Some(("i:1".to_owned(), TermMatch::Label)));
        assert!(matches!(
            both("c"),
            TermSearch::Several(_, TermMatch::Synonym)
        ));
        assert_eq!(both("e"), TermSearch::Nothing);
    }
}

//! Tables of terms: ids by label and synonym. A text is looked up by exact label, then exact synonym, then folded, and never guessed.
//!
//! A table is tab-separated: lines that begin with `#` say where it is from and since when, then one line a term with its id, its
//! label, and its synonyms with `|` between them.

use std::collections::HashMap;

use super::error::TermTableError;
use super::field_path::folded_title;

/// A term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownTerm {
    /// Its id: an IRI, or for species `taxonomy:` and a number.
    pub id: String,
    /// Its label in its ontology.
    pub label: String,
    synonyms: Vec<String>,
}

/// A table of terms.
#[derive(Debug, Clone)]
pub struct TermTable {
    /// Its name in rules.
    pub name: String,
    terms: Vec<KnownTerm>,
    labels: HashMap<String, usize>,
    synonyms: HashMap<String, Option<usize>>,
    folded: HashMap<String, Option<usize>>,
}

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

impl TermTable {
    /// Reads a table.
    ///
    /// # Errors
    /// The first line that is no term, or has an id or a label that another line has.
    pub fn read(name: &str, text: &str) -> Result<Self, TermTableError> {
        let mut table = TermTable {
            name: name.to_owned(),
            terms: Vec::new(),
            labels: HashMap::new(),
            synonyms: HashMap::new(),
            folded: HashMap::new(),
        };
        let mut ids: HashMap<String, usize> = HashMap::new();
        for (line, text) in (1..).zip(text.lines()) {
            if text.trim().is_empty() || text.starts_with('#') {
                continue;
            }
            let problem = |problem: String| TermTableError { line, problem };
            let mut cells = text.split('\t').map(str::trim);
            let (Some(id), Some(label)) = (cells.next(), cells.next()) else {
                let found = "found one column, expected an id and a label with a tab between them";
                return Err(problem(found.to_owned()));
            };
            if id.is_empty() || label.is_empty() {
                return Err(problem("found an empty id or label".to_owned()));
            }
            if let Some(first) = ids.insert(id.to_owned(), line) {
                return Err(problem(format!(
                    "found the id `{id}`, which line {first} has too"
                )));
            }
            let synonyms = cells.next().unwrap_or_default().split('|').map(str::trim);
            let synonyms = synonyms.filter(|synonym| !synonym.is_empty());
            let place = table.terms.len();
            if table.labels.insert(label.to_owned(), place).is_some() {
                return Err(problem(format!(
                    "found the label `{label}`, which another line has too"
                )));
            }
            table.terms.push(KnownTerm {
                id: id.to_owned(),
                label: label.to_owned(),
                synonyms: synonyms.map(str::to_owned).collect(),
            });
        }
        for (place, term) in table.terms.iter().enumerate() {
            // A synonym of two terms means neither.
            let add = |known: &mut HashMap<String, Option<usize>>, text: String| {
                known
                    .entry(text)
                    .and_modify(|known| *known = known.filter(|known| *known == place))
                    .or_insert(Some(place));
            };
            for synonym in &term.synonyms {
                add(&mut table.synonyms, synonym.clone());
            }
            for text in term.synonyms.iter().chain([&term.label]) {
                add(&mut table.folded, folded_title(text));
            }
        }
        Ok(table)
    }

    /// The term of a text.
    pub fn find(&self, text: &str) -> Option<(&KnownTerm, TermMatch)> {
        let synonym = || self.synonyms.get(text).copied().flatten();
        let folded = || self.folded.get(&folded_title(text)).copied().flatten();
        let (place, found) = match self.labels.get(text) {
            Some(place) => (*place, TermMatch::Label),
            None => match synonym() {
                Some(place) => (place, TermMatch::Synonym),
                None => (folded()?, TermMatch::Folded),
            },
        };
        Some((self.terms.get(place)?, found))
    }

    /// The label of an id.
    pub fn label(&self, id: &str) -> Option<&str> {
        let term = self.terms.iter().find(|term| term.id == id)?;
        Some(&term.label)
    }
}

/// All tables by their names.
#[derive(Debug, Clone, Default)]
pub struct TermTables {
    tables: Vec<TermTable>,
}

/// The tables of the tool: name and text.
#[rustfmt::skip]
const BUILT_IN: [(&str, &str); 11] = [
    ("assays", include_str!("term_tables/assays.tsv")),
    ("biospecimen_classes", include_str!("term_tables/biospecimen_classes.tsv")),
    ("cell_lines", include_str!("term_tables/cell_lines.tsv")),
    ("cell_types", include_str!("term_tables/cell_types.tsv")),
    ("formats", include_str!("term_tables/formats.tsv")),
    ("gene_products", include_str!("term_tables/gene_products.tsv")),
    ("phenotypes", include_str!("term_tables/phenotypes.tsv")),
    ("sequence_features", include_str!("term_tables/sequence_features.tsv")),
    ("species", include_str!("term_tables/species.tsv")),
    ("structures", include_str!("term_tables/structures.tsv")),
    ("tissues", include_str!("term_tables/tissues.tsv")),
];

impl TermTables {
    /// The tables of the tool.
    ///
    /// # Errors
    /// A table that is broken, which a test excludes.
    pub fn built_in() -> Result<Self, TermTableError> {
        let tables = BUILT_IN.into_iter();
        let tables: Result<_, _> = tables
            .map(|(name, text)| TermTable::read(name, text))
            .collect();
        Ok(TermTables { tables: tables? })
    }

    /// Adds terms to the table of a name, or a table of a new name. They go before those that are there.
    ///
    /// # Errors
    /// As [`TermTable::read`].
    pub fn add(&mut self, name: &str, text: &str) -> Result<(), TermTableError> {
        self.tables.insert(0, TermTable::read(name, text)?);
        Ok(())
    }

    /// Whether there is a table of a name.
    pub fn has(&self, name: &str) -> bool {
        self.of(&[name.to_owned()]).next().is_some()
    }

    /// The tables of some names, in the order of the names.
    fn of<'t>(&'t self, names: &'t [String]) -> impl Iterator<Item = &'t TermTable> {
        let of_name =
            |name: &'t String| self.tables.iter().filter(move |table| table.name == *name);
        names.iter().flat_map(of_name)
    }

    /// The names of all tables.
    pub fn names(&self) -> Vec<&str> {
        self.tables
            .iter()
            .map(|table| table.name.as_str())
            .collect()
    }

    /// The term of a text in the first of some tables that has it.
    pub fn find<'t>(
        &'t self,
        names: &'t [String],
        text: &str,
    ) -> Option<(&'t KnownTerm, TermMatch)> {
        self.of(names).find_map(|table| table.find(text))
    }

    /// The label of an id in some tables.
    pub fn label<'t>(&'t self, names: &'t [String], id: &str) -> Option<&'t str> {
        self.of(names).find_map(|table| table.label(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversion::ontology_ids;

    #[test]
    fn the_tables_of_the_tool_have_ids_of_ontologies() {
        let tables = TermTables::built_in().unwrap();
        for table in &tables.tables {
            for term in &table.terms {
                let iri = ontology_ids::read(&term.id).map(|(_, iri)| iri);
                let is_id = match table.name.as_str() {
                    "species" => term
                        .id
                        .strip_prefix("taxonomy:")
                        .is_some_and(|n| n.parse::<u32>().is_ok()),
                    _ => iri.as_ref() == Some(&term.id),
                };
                assert!(is_id, "{}: {}", table.name, term.id);
            }
        }
    }

    #[test]
    fn a_label_goes_before_a_synonym_and_a_synonym_of_two_means_none() {
        let text = "# source\nid:1\tB cell\tcell|b\nid:2\tcell\tB-lymphocyte\nid:3\tT cell\tlymphocyte|x\nid:4\tB-cell line\tlymphocyte\n";
        let table = TermTable::read("x", text).unwrap();
        let find = |text: &str| {
            table
                .find(text)
                .map(|(term, found)| (term.id.as_str(), found))
        };
        assert_eq!(find("cell"), Some(("id:2", TermMatch::Label)));
        assert_eq!(find("b"), Some(("id:1", TermMatch::Synonym)));
        assert_eq!(find("b_CELL"), Some(("id:1", TermMatch::Folded)));
        assert_eq!(find("lymphocyte"), None);
        assert_eq!(find("B cells"), None);
    }

    #[test]
    fn a_broken_line_is_named() {
        let error = |text: &str| TermTable::read("x", text).unwrap_err().to_string();
        assert_eq!(
            error("# a\nid:1\n"),
            "line 2: found one column, expected an id and a label with a tab between them"
        );
        assert_eq!(
            error("i\ta\ni\tb\n"),
            "line 2: found the id `i`, which line 1 has too"
        );
    }
}

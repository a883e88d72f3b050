//! Tables of terms for conversions: ids by label and synonym. A text is looked up by exact label, then exact synonym, then folded,
//! and never guessed: names in loose use count for nothing, nor do terms without an id.

use std::collections::{BTreeMap, HashMap};

use super::ontology_ids::{self, ONTOLOGIES, TermOntology};
use crate::text::folding::folded_title;
use crate::vocabulary::{
    BUILT_IN, ObsoleteTerm, TermMatch, TermSearch, TermTable, TermTableError, VocabularyTerm,
};

/// All tables by their names.
#[derive(Debug, Clone, Default)]
pub struct TermTables {
    tables: Vec<TermTable>,
    /// Terms of ontology files, by the prefix of their ids.
    ontologies: Vec<(&'static str, TermTable)>,
    /// Obsolete terms of ontology files, by their IRIs and by their labels, folded.
    obsolete: HashMap<String, (&'static str, ObsoleteTerm)>,
}

/// The table whose ids are those of the NCBI Taxonomy.
const SPECIES: &str = "species";

/// How ontologies start the labels of terms that they no longer use.
const OBSOLETE: &str = "obsolete ";

impl TermTables {
    /// The tables of the tool.
    ///
    /// # Errors
    /// A table that is broken, which a test excludes.
    pub fn built_in() -> Result<Self, TermTableError> {
        let tables = BUILT_IN.into_iter();
        let tables: Result<_, _> = tables
            .map(|(name, text)| TermTable::read_file(name, text))
            .collect();
        Ok(TermTables {
            tables: tables?,
            ..TermTables::default()
        })
    }

    /// Adds terms to the table of a name, or a table of a new name. They go before those that are there.
    ///
    /// # Errors
    /// As [`TermTable::read_file`]; in a built-in table, an id that is none of its ontologies.
    pub fn add(&mut self, name: &str, text: &str) -> Result<(), TermTableError> {
        let is_built_in = BUILT_IN.iter().any(|(known, _)| *known == name);
        let lines = (1..).zip(text.lines());
        let lines = lines.map(|(line, text)| match text.split_once('\t') {
            Some((id, rest)) if !text.starts_with('#') && !id.trim().is_empty() => {
                let id = whole_id(id.trim(), name == SPECIES, is_built_in);
                let id = id.map_err(|problem| TermTableError { line, problem })?;
                Ok(format!("{id}\t{rest}\n"))
            }
            _ => Ok(format!("{text}\n")),
        });
        let text: String = lines.collect::<Result<_, _>>()?;
        self.tables.insert(0, TermTable::read_file(name, &text)?);
        Ok(())
    }

    /// Adds the terms of an ontology file. They are looked up after the tables, by fields of terms of their ontology.
    pub fn add_ontology(&mut self, table: TermTable) {
        let name = table.name().to_owned();
        for term in table.obsolete() {
            if let Some((ontology, iri)) = ontology_ids::read(&term.id) {
                let entry = (ontology.prefix, term.clone());
                let label = term.label.strip_prefix(OBSOLETE).unwrap_or(&term.label);
                for key in [iri, folded_title(label)] {
                    self.obsolete.entry(key).or_insert_with(|| entry.clone());
                }
            }
        }
        let mut by_prefix: BTreeMap<&'static str, Vec<VocabularyTerm>> = BTreeMap::new();
        for mut term in table.into_terms() {
            if let Some((ontology, iri)) = ontology_ids::read(&term.id) {
                term.id = iri;
                by_prefix.entry(ontology.prefix).or_default().push(term);
            }
        }
        for (prefix, terms) in by_prefix {
            let terms = TermTable::exact(&name, terms);
            self.ontologies.push((prefix, terms));
        }
    }

    /// The terms of the ontology files that are of some ontologies.
    fn of_ontologies(&self, prefixes: &[String]) -> impl Iterator<Item = &TermTable> {
        let fits = move |prefix: &str| prefixes.iter().any(|known| known == prefix);
        let all = self.ontologies.iter();
        all.filter(move |(prefix, _)| fits(prefix))
            .map(|(_, table)| table)
    }

    /// The term of a text in the first of some tables that has it, else in all ontology files together.
    pub fn find_term<'t>(
        &'t self,
        names: &'t [String],
        ontologies: &[String],
        text: &str,
    ) -> TermSearch<'t> {
        if let Some((term, found)) = self.find(names, text) {
            return TermSearch::One(term, found);
        }
        let in_files = self.of_ontologies(ontologies);
        in_files.fold(TermSearch::Nothing, |found, table| {
            found.or(table.search(text))
        })
    }

    /// The obsolete term of an IRI or a label in ontology files, of some ontologies.
    pub fn obsolete(&self, ontologies: &[String], text: &str) -> Option<&ObsoleteTerm> {
        let label = text.strip_prefix(OBSOLETE).unwrap_or(text);
        let by_label = || self.obsolete.get(&folded_title(label));
        let (prefix, term) = self.obsolete.get(text).or_else(by_label)?;
        ontologies
            .iter()
            .any(|known| known == prefix)
            .then_some(term)
    }

    /// The label of an id in some tables, else in ontology files.
    pub fn term_label<'t>(
        &'t self,
        names: &'t [String],
        ontologies: &[String],
        id: &str,
    ) -> Option<&'t str> {
        let in_files = || {
            self.of_ontologies(ontologies)
                .find_map(|table| table.label_of(id))
        };
        self.label(names, id).or_else(in_files)
    }

    /// Whether there is a table of a name.
    pub fn has(&self, name: &str) -> bool {
        self.of(&[name.to_owned()]).next().is_some()
    }

    /// The tables of some names, in the order of the names.
    fn of<'t>(&'t self, names: &'t [String]) -> impl Iterator<Item = &'t TermTable> {
        let of_name = |name: &'t String| {
            self.tables
                .iter()
                .filter(move |table| table.name() == *name)
        };
        names.iter().flat_map(of_name)
    }

    /// The names of all tables.
    pub fn names(&self) -> Vec<&str> {
        self.tables.iter().map(TermTable::name).collect()
    }

    /// The term of a text in the first of some tables that has it.
    pub fn find<'t>(
        &'t self,
        names: &'t [String],
        text: &str,
    ) -> Option<(&'t VocabularyTerm, TermMatch)> {
        self.of(names).find_map(|table| table.find(text))
    }

    /// The labels of the terms in some tables that are found by them, each once.
    pub fn labels(&self, names: &[String]) -> Vec<String> {
        let mut labels: Vec<String> = Vec::new();
        for term in self.of(names).flat_map(|table| table.terms()) {
            let found = self.find(names, &term.label);
            let is_found = found.is_some_and(|(found, _)| found.id == term.id);
            if is_found && !labels.contains(&term.label) {
                labels.push(term.label.clone());
            }
        }
        labels
    }

    /// The label of an id in any table or ontology file.
    pub fn known_name(&self, id: &str) -> Option<&str> {
        self.all().find_map(|table| table.label_of(id))
    }

    /// Whether a text is the label or a synonym of an id in any table or ontology file.
    pub fn is_name_of(&self, id: &str, text: &str) -> bool {
        let found = |table: &TermTable| table.find(text).is_some_and(|(term, _)| term.id == id);
        self.all().any(found)
    }

    fn all(&self) -> impl Iterator<Item = &TermTable> {
        let of_files = self.ontologies.iter().map(|(_, table)| table);
        self.tables.iter().chain(of_files)
    }

    /// The label of an id in some tables.
    pub fn label<'t>(&'t self, names: &'t [String], id: &str) -> Option<&'t str> {
        self.of(names).find_map(|table| table.label_of(id))
    }
}

/// An id of a user's table as documents have it: IRIs of ontologies, `taxonomy:` and a number for species.
fn whole_id(id: &str, is_species: bool, is_built_in: bool) -> Result<String, String> {
    if is_species {
        let number = id.rsplit(':').next().unwrap_or_default();
        return match number.parse::<u32>() {
            Ok(number) => Ok(format!("taxonomy:{number}")),
            Err(_) => Err(format!(
                "found the id `{id}`, expected a number of the NCBI Taxonomy, such as taxonomy:9606"
            )),
        };
    }
    if let Some((_, iri)) = ontology_ids::read(id) {
        return Ok(iri);
    }
    let (prefix, _) = id.split_once([':', '_']).unwrap_or_default();
    match is_built_in || TermOntology::named(prefix).is_some() {
        true => Err(format!(
            "found the id `{id}`, expected that of a term of {}, such as CL:0000236",
            ONTOLOGIES.map(|ontology| ontology.prefix).join(", ")
        )),
        // Tables for rules of the user may have ids of their own.
        false => Ok(id.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_of_the_tool_have_ids_of_ontologies() {
        let tables = TermTables::built_in().unwrap();
        for table in &tables.tables {
            for term in table.terms().iter().filter(|term| !term.id.is_empty()) {
                let iri = ontology_ids::read(&term.id).map(|(_, iri)| iri);
                let is_id = match table.name() {
                    "species" => term
                        .id
                        .strip_prefix("taxonomy:")
                        .is_some_and(|n| n.parse::<u32>().is_ok()),
                    _ => iri.as_ref() == Some(&term.id),
                };
                assert!(is_id, "{}: {}", table.name(), term.id);
            }
        }
    }

    #[test]
    fn names_in_loose_use_and_groups_are_no_terms_of_a_conversion() {
        let tables = TermTables::built_in().unwrap();
        let find = |table: &str, text: &str| {
            let names = [table.to_owned()];
            tables
                .find(&names, text)
                .map(|(term, _)| term.label.clone())
        };
        assert_eq!(
            find("cell_types", "CD4+ T cell").as_deref(),
            Some("CD4-positive, alpha-beta T cell")
        );
        assert_eq!(
            find("cell_types", "Th cell").as_deref(),
            Some("helper T cell")
        );
        for (table, text) in [
            ("cell_types", "CD14+ cell"),
            ("sequence_features", "K27me3"),
            ("sequence_features", "histone modification"),
            ("phenotypes", "control"),
            ("phenotypes", "acute leukemia"),
        ] {
            assert_eq!(find(table, text), None, "{text}");
        }
    }
}

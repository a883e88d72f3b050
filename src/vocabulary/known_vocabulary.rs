//! The names that are known beside the built-in tables: ontologies of a site or a user, and pairs of names in documents.

use std::sync::Arc;

use super::term_table::TermTable;

/// Ontologies, and pairs of names.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    ontologies: Vec<Arc<TermTable>>,
    pairs: Vec<(String, String)>,
}

impl Vocabulary {
    /// A vocabulary with ontologies.
    pub fn with_ontologies(ontologies: impl IntoIterator<Item = TermTable>) -> Self {
        Vocabulary {
            ontologies: ontologies.into_iter().map(Arc::new).collect(),
            pairs: Vec::new(),
        }
    }

    /// Adds two names of one thing, such as the id and the symbol of a gene.
    pub fn add_pair(&mut self, one: &str, other: &str) {
        let pair = (one.to_owned(), other.to_owned());
        if !self.pairs.contains(&pair) {
            self.pairs.push(pair);
        }
    }

    /// The ontologies, in the order in which they were given.
    pub fn ontologies(&self) -> impl Iterator<Item = &TermTable> {
        self.ontologies.iter().map(Arc::as_ref)
    }

    /// Names of one thing: the ids and the symbols of genes.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }
}

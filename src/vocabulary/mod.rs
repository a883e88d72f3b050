//! The vocabulary of biologists: short names, synonyms and broader terms of assays, targets, cells, tissues, species and formats.
//!
//! A search compares what users type with the values of a document by [`Meaning`]: whole words in order ([`WordSequence`]), and
//! the synonyms and narrower terms of a [`TermTable`]. The tables are data; `terms/README.md` describes their format.
//!
//! ```
//! use fairtracks::vocabulary::{Meaning, Subject, Vocabulary};
//! let vocabulary = Vocabulary::default();
//! let asked = Meaning::of(Some(Subject::Target), "H3K4me3", &vocabulary);
//! assert!(asked.matches("H3K4_trimethylation"));
//! assert!(!asked.matches("H3K4_monomethylation_site"));
//! ```

mod built_in;
mod exact_names;
mod known_vocabulary;
mod meaning;
pub mod ontology;
mod subject;
mod term_table;
mod vocabulary_term;
mod word_sequence;

pub use built_in::{BUILT_IN, label_of_id};
pub use exact_names::{TermMatch, TermSearch};
pub use known_vocabulary::Vocabulary;
pub use meaning::{MatchReason, Meaning};
pub use subject::Subject;
pub use term_table::{TermTable, TermTableError};
pub use vocabulary_term::{ObsoleteTerm, VocabularyTerm};
pub use word_sequence::{WordSequence, spans};

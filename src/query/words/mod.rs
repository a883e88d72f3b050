//! Conditions in the words of users, resolved against the values that exist: the result is a query with exact values, which a
//! document and a TrackFind server understand alike.
//!
//! ```
//! use fairtracks::fairtracks::document_json;
//! use fairtracks::vocabulary::Vocabulary;
//! use fairtracks::query::words::{ExistingValues, WordConditions, understand};
//! let document = document_json::read(&std::fs::read("test-data/h1_h3k4me3.fairtracks.json")?)?;
//! let values = ExistingValues::of(&document, Vocabulary::default());
//! let asked = WordConditions { find: Some("H3K4me3 bigWig".to_owned()), ..WordConditions::default() };
//! let understood = understand(&asked, &values);
//! assert_eq!(understood.sentences()[1], "format is \"bigWig\": bigWig");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod conditions_file;
mod existing_values;
mod found_values;
mod free_text;
mod hints;
mod listed_object;
pub mod question_in_words;
mod subject_attributes;
mod understanding;
mod word_condition;
mod word_place;

pub use existing_values::{ExistingValue, ExistingValues};
pub use hints::{excluded_values, missing_texts, missing_values, nearest_values};
pub use listed_object::{ListedPath, ListedValues, PathStep};
pub use subject_attributes::{attributes_of, subject_of};
pub use understanding::{UnderstoodQuestion, understand};
pub use word_condition::{ResolvedCondition, WordCondition, WordConditions};
pub use word_place::WordPlace;

//! `fairtracks_overlap`: ranks the tracks of a suite by their overlap with a set of regions or variants.

mod arguments;
pub mod contact_table;
pub mod form;
mod genome;
pub mod group_table;
mod labels;
mod measuring;
mod metadata_column;
mod picture;
mod plain_words;
mod query;
mod ranking_table;
pub mod report;
mod run;
mod scored_document;
mod settings;
mod track_file;

pub use run::run;

/// The name of the tool.
const NAME: &str = "fairtracks_overlap";

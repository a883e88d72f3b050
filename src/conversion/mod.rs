//! Conversion: metadata of other sources become a FAIRtracks document.
//!
//! A conversion is a chain of small steps, each from one type to the next. What a step cannot use or changes is a row of the
//! [`log`], so that a curator sees it; nothing is guessed.
//!
//! ```text
//! bytes ─ read ─▶ Sheet ─ clean ─▶ Sheet ─ map, terms, join own files, ids ─▶ MappedRecord ─ normalise ─▶ ObjectLists
//!       ─ values for all records, edit, imply ─▶ ObjectLists ─ assemble, augment ─▶ Document ─ check ─▶ ConversionResult
//! ```
//!
//! The steps are code, what they do is data: a [`rules`] file in TOML says which titles of a source mean which field, of which type
//! its values are, and which values follow from others; [`terms`] are tables of ontology terms by label and synonym.

mod alike_rows;
pub mod assemble;
pub mod chain;
pub mod clean;
mod contradictions;
mod doubts;
mod edit_run;
mod edited_fields;
mod edited_records;
pub mod edits;
pub mod error;
mod fallback_values;
pub mod field_path;
mod field_reading;
mod field_titles;
mod field_values;
pub mod imply;
pub mod known_fields;
mod known_texts;
pub mod known_titles;
pub mod log;
mod log_outcome;
mod log_row;
pub mod map;
mod mapped_record;
pub mod metadata_source;
mod near_names;
pub mod normal_form;
pub mod normalise;
pub mod object_tables;
pub mod ontology_ids;
mod option_values;
mod other_fields;
pub mod own;
pub mod read;
mod read_value;
mod references;
pub mod rules;
mod shared_texts;
pub mod sheet;
pub mod sheet_plan;
pub mod template;
pub mod terms;
pub mod title_readings;
mod track_objects;
mod value_description;
mod value_terms;
pub mod value_type;
pub mod write;

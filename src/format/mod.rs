//! Bytes ↔ model: one file for each format, reader and writer together.

pub mod check_report;
pub mod conditions_json;
pub mod fairtracks_json;
pub mod findings_table;
pub mod galaxy_form;
pub mod galaxy_metadata;
pub mod gsuite;
pub mod gsuite_type;
pub mod hits_table;
pub mod input_names;
pub mod repeated_keys;
pub mod tsv;

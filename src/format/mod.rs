//! Bytes ↔ model: one file for each format, reader and writer together.

pub mod check_report;
pub mod choice_table;
pub mod citation_cff;
pub mod conditions_json;
pub mod crate_zip;
pub mod fairtracks_json;
pub mod findings_table;
pub mod galaxy_form;
pub mod galaxy_metadata;
pub mod gsuite;
pub mod hits_table;
pub mod import_form;
pub mod import_report;
pub mod input_names;
pub mod markdown;
pub mod outcome_table;
pub mod package_report;
pub mod packed_crate;
pub mod png;
pub mod preview_html;
pub mod repeated_keys;
pub mod ro_crate_json;
pub mod steps_table;
pub mod tracks_table;
pub mod tsv;

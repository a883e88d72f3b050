//! Reading: the bytes of a file become sheets.

pub mod database;
pub mod delimited;
pub mod ena;
pub mod encode;
mod encode_answer;
pub mod encode_search;
pub mod faang;
mod flatten;
pub mod gdc;
mod grid;
pub mod hub;
pub mod icgc;
pub mod ihec;
pub mod json_source;
mod portal_rows;
pub mod record_tables;
pub mod records;
pub mod table_titles;
mod title_paths;
mod value_columns;
pub mod workbook;

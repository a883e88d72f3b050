//! Reading: the bytes of a file become sheets.

pub mod database;
pub mod delimited;
pub mod ena;
pub mod encode;
mod encode_answer;
pub mod encode_search;
pub mod epico;
pub mod faang;
mod flatten;
pub mod gdc;
pub mod geo;
mod grid;
mod histone_mark;
pub mod hub;
pub mod icgc;
pub mod ihec;
pub mod isa;
pub mod json_source;
mod portal_rows;
pub mod record_tables;
pub mod records;
pub mod seek;
pub mod table_titles;
mod title_paths;
mod titled_value;
mod value_columns;
pub mod workbook;

//! Reading: the bytes of a file become sheets.

pub mod database;
pub mod delimited;
pub mod encode;
mod encode_answer;
pub mod encode_search;
mod flatten;
mod grid;
pub mod hub;
pub mod ihec;
pub mod json_source;
pub mod record_tables;
pub mod records;
pub mod table_titles;
mod value_columns;
pub mod workbook;

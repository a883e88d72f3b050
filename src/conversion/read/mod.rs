//! Reading: the bytes of a file become sheets.

pub mod delimited;
pub mod encode;
mod encode_answer;
pub mod encode_search;
pub mod epico;
mod flatten;
pub mod geo;
mod grid;
mod histone_mark;
pub mod hub;
pub mod ihec;
pub mod isa;
pub mod json_source;
pub mod seek;
mod titled_value;
mod value_columns;
pub mod workbook;

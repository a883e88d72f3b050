//! Writing: tables become files.

pub mod delimited;
pub mod workbook;

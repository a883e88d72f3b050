//! Writing: tables become files.

pub mod blank_workbook;
pub mod delimited;
pub mod workbook;

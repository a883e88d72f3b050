//! Reading: the bytes of a file become sheets.

pub mod delimited;
mod grid;
pub mod workbook;

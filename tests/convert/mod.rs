//! `fairtracks_convert`.

mod mutations;
mod tool;
mod workbook;

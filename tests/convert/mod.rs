//! `fairtracks_convert`.

mod hub;
mod hub_faults;
mod mutations;
mod tool;
mod workbook;

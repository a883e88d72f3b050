//! `fairtracks_convert`.

mod hub;
mod hub_faults;
mod hub_mutations;
mod mutations;
mod tool;
mod workbook;

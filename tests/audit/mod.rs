//! `fairtracks_audit`.

mod differences;
mod foreign;
mod foreign_results;
mod recognised;
mod tool;
mod uses;

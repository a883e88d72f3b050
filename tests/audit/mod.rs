//! `fairtracks_audit`.

mod differences;
mod foreign;
mod recognised;
mod tool;
mod uses;

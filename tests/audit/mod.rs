//! `fairtracks_audit`.

mod differences;
mod recognised;
mod tool;
mod uses;

//! `fairtracks_audit`.

mod differences;
mod tool;
mod uses;

//! `fairtracks_check`.

mod claims;
mod crate_laws;
mod crates;
mod documents;
mod laws;
mod tool;

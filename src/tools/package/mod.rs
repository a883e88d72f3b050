//! `fairtracks_package`: packages datasets and their provenance as one RO-Crate.

mod arguments;
mod files;
mod following;
pub mod form;
mod heading;
mod inputs;
mod packing;
pub mod report;
mod run;

pub use run::run;

const NAME: &str = "fairtracks_package";

//! `fairtracks_package`: packages datasets and their provenance as one RO-Crate.

mod arguments;
pub mod findings;
pub mod form;
mod heading;
mod inputs;
mod packing;
pub mod paths;
pub mod report;
mod run;

pub use run::run;

/// The name of the tool.
const NAME: &str = "fairtracks_package";

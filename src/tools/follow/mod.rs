//! `fairtracks_follow`: finds the source tracks of results, and describes each result as an RO-Crate.

mod arguments;
mod crates;
pub mod form;
pub mod report;
mod rows;
mod run;
pub mod table;

pub use run::run;

const NAME: &str = "fairtracks_follow";

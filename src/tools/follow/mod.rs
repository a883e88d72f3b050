//! `fairtracks_follow`: finds the source tracks of results, and describes each result as an RO-Crate.

mod arguments;
pub mod crate_rows;
mod crates;
pub mod form;
mod page;
pub mod report;
mod rows;
mod run;
mod sample_sheet;
pub mod table;

pub use run::run;

const NAME: &str = "fairtracks_follow";

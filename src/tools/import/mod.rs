//! `fairtracks_import`: downloads tracks, and describes each as an RO-Crate.

mod arguments;
pub mod choice_table;
mod coordinates;
mod crate_rows;
mod crates;
mod download;
mod earlier;
mod folder;
pub mod form;
mod galaxy_metadata;
mod inputs;
mod machine_faults;
mod names;
mod page;
pub mod plan;
mod recognition;
mod registering;
pub mod report;
mod restoring;
mod run;
pub mod table;

pub use run::run;

const NAME: &str = "fairtracks_import";

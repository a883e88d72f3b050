//! `fairtracks_audit`: asks crates which results derive from a track, a tool or a version, and what differs between two.

mod arguments;
pub mod audited_crate;
pub mod audited_tool;
pub mod criterion;
pub mod difference;
mod form;
mod markdown_table;
mod reading;
mod run;
mod step_groups;
pub mod uses;

pub use run::run;

const NAME: &str = "fairtracks_audit";

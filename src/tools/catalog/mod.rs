//! `fairtracks_catalog`: lists what documents and servers can be searched for.

mod arguments;
mod common_names;
pub mod entries;
pub mod form;
pub mod form_table;
pub mod gather;
mod gathered;
mod listing;
mod nothing_listed;
pub mod report;
mod rows;
mod run;
pub mod table;
mod walk;

pub use run::run;

const NAME: &str = "fairtracks_catalog";

//! `fairtracks_check`: checks FAIRtracks documents and RO-Crates.

mod content;
pub mod inputs;
pub mod report;
mod run;
pub mod table;

pub use run::run;

const NAME: &str = "fairtracks_check";

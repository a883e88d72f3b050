//! `fairtracks_convert`: converts tables of metadata to a FAIRtracks document.

mod arguments;
mod form;
mod report;
mod run;

pub use run::run;

const NAME: &str = "fairtracks_convert";

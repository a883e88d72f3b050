//! `fairtracks_convert`: converts metadata of other sources to a FAIRtracks document.

mod arguments;
mod download;
mod form;
mod own_reading;
mod portal_reading;
mod reading;
mod report;
mod run;
mod source_reading;

pub use run::run;

const NAME: &str = "fairtracks_convert";

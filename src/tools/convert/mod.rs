//! `fairtracks_convert`: converts metadata of other sources to a FAIRtracks document.

mod arguments;
mod document_tables;
mod download;
mod form;
mod geo_reading;
mod portal_reading;
mod reading;
mod report;
mod run;
mod source_files;
mod source_reading;
mod table_reading;

pub use run::run;

const NAME: &str = "fairtracks_convert";

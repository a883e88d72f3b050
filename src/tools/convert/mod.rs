//! `fairtracks_convert`: converts metadata of other sources to a FAIRtracks document.

mod arguments;
mod asking;
mod document_tables;
mod download;
mod drs_resolving;
mod form;
mod geo_reading;
mod missing_checksums;
mod own_reading;
mod paging;
mod portal_reading;
mod reading;
mod registry_search;
mod report;
mod run;
mod source_files;
mod source_names;
mod source_reading;
mod table_reading;

pub use run::run;

const NAME: &str = "fairtracks_convert";

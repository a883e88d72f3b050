//! `fairtracks_search`: searches FAIRtracks documents and TrackFind servers for tracks.

mod arguments;
pub mod columns;
pub mod counts;
mod description;
mod document;
mod documents;
pub mod form;
mod found;
mod lists;
pub mod message;
pub mod question;
pub mod regroup;
mod report;
mod run;
mod server;
pub mod server_message;
pub mod table;
pub mod totals;

pub use run::run;

const NAME: &str = "fairtracks_search";

//! `fairtracks_search`: searches FAIRtracks documents and TrackFind servers for tracks.

mod arguments;
mod document;
pub mod form;
mod found;
pub mod message;
pub mod regroup;
mod run;
mod server;
pub mod server_message;
pub mod table;

pub use run::run;

const NAME: &str = "fairtracks_search";

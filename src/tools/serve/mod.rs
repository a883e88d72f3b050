//! `fairtracks_serve`: serves FAIRtracks documents as a TrackFind server does.

mod arguments;
mod body;
mod cache;
mod client;
mod client_address;
mod connections;
mod error_response;
mod fairness;
mod files;
mod host;
mod hubs;
mod log;
mod negotiation;
mod openapi;
mod page;
mod preconditions;
mod request_handler;
mod resources;
mod response;
mod run;
mod server;
mod site;
mod stored;

pub use run::run;

const NAME: &str = "fairtracks_serve";

//! `fairtracks_catalog`.

mod laws;
mod server;
mod tool;

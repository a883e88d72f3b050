//! `fairtracks_catalog`.

mod laws;
mod names;
mod server;
mod tool;

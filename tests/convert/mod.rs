//! `fairtracks_convert`.

mod mutations;
mod tool;

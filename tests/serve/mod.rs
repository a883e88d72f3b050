//! `fairtracks_serve`.

mod answers;
mod conditions;
mod files;
mod rough;
mod sharing;
mod tool;

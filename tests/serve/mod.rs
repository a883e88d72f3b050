//! `fairtracks_serve`.

mod answers;
mod conditions;
mod description;
mod files;
mod rough;
mod sharing;
mod tool;

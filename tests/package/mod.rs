//! `fairtracks_package`.

mod faults;
mod following;
mod form;
mod texts;
mod tool;

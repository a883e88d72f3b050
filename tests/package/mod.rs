//! `fairtracks_package`.

mod faults;
mod following;
mod form;
mod recognised;
mod texts;
mod tool;

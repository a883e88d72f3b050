//! `fairtracks_package`.

mod faults;
mod following;
mod tool;

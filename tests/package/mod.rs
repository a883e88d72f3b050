//! `fairtracks_package`.

mod faults;
mod tool;

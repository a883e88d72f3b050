//! `fairtracks_import`.

mod answers;
mod choice;
mod coordinates;
mod crates;
mod faults;
mod from_crates;
mod gsuite;
mod laws;
mod names;
mod people;
mod register;
mod restoring;
mod sources;
mod stored;
mod tool;
mod wrong_bytes;

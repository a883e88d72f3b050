//! `fairtracks_convert`.

mod coverage;
mod hub;
mod hub_faults;
mod hub_mutations;
mod mutations;
mod online;
mod own;
mod own_bytes;
mod portal_mutations;
mod portals;
mod tool;
mod workbook;

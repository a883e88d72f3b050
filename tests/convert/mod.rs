//! `fairtracks_convert`.

mod archive_mutations;
mod cancer_portals;
mod coverage;
mod ena;
mod faang;
mod hub;
mod hub_faults;
mod hub_mutations;
mod mutations;
mod online;
mod portal_mutations;
mod portals;
mod tool;
mod workbook;

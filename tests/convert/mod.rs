//! `fairtracks_convert`.

mod archive_mutations;
mod archives;
mod cancer_portals;
mod coverage;
mod hub;
mod hub_faults;
mod hub_mutations;
mod mutations;
mod online;
mod portal_mutations;
mod portals;
mod tool;
mod workbook;

//! `fairtracks_convert`.

mod coverage;
mod geo;
mod hub;
mod hub_faults;
mod hub_mutations;
mod lab_mutations;
mod labs;
mod mutations;
mod online;
mod portal_mutations;
mod portals;
mod tool;
mod workbook;

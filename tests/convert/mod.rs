//! `fairtracks_convert`.

mod coverage;
mod hostile;
mod hub;
mod hub_faults;
mod hub_mutations;
mod mutations;
mod online;
mod portal_mutations;
mod portals;
mod rule_mutations;
mod tool;
mod workbook;

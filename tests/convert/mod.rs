//! `fairtracks_convert`.

mod checksums;
mod coverage;
mod data_connect;
mod drs;
mod hub;
mod hub_faults;
mod hub_mutations;
mod mutations;
mod online;
mod online_pages;
mod pages;
mod portal_mutations;
mod portals;
mod tool;
mod workbook;

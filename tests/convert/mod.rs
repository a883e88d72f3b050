//! `fairtracks_convert`.

mod coverage;
mod databases;
mod dry_run;
mod hub;
mod hub_faults;
mod hub_mutations;
mod mutations;
mod object_table_laws;
mod object_tables;
mod online;
mod portal_mutations;
mod portals;
mod records;
mod tool;
mod workbook;

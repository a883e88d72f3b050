//! `fairtracks_follow`.

mod check;
mod digests;
mod galaxy_faults;
mod laws;
mod lineage;
mod page;
mod sample_sheet;
mod tool;

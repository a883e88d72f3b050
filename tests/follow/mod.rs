//! `fairtracks_follow`.

mod check;
mod digests;
mod laws;
mod lineage;
mod page;
mod sample_sheet;
mod tool;

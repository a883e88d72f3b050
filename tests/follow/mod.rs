//! `fairtracks_follow`.

mod check;
mod digests;
mod galaxy_documents;
mod galaxy_faults;
mod laws;
mod lineage;
mod page;
mod recognised;
mod recognised_crates;
mod recognised_laws;
mod recognised_many;
mod sample_sheet;
mod tool;
mod unreadable;

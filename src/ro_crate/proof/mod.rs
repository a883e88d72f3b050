//! Proof: a result and the crates of tracks → the source tracks that are confirmed, and how.
//!
//! Metadata are matched to data by proof only: by content, if a crate describes the same bytes, or by lineage (Galaxy's record
//! of jobs), if it leads to a dataset that a crate describes. Names and tags only suggest a match.
//!
//! The [crate index](crate::ro_crate::crate_index) holds what the crates describe, [`trace`] finds the proof for a result,
//! [`result_crate`](super::result_crate) builds its crate.

mod ancestry;
mod evidence;
mod findings;
mod known_dataset;
pub mod trace;

pub use findings::{
    ResultFinding, SearchedSources, findings, genome_builds, sources, without_proof,
};

//! Follow: a result and the crates of tracks → a crate of the result that tells where it comes from.
//!
//! Metadata find their data again by proof alone: by content, when bytes are those that a crate tells of, and by lineage,
//! Galaxy's own record of which job made what, when it ends in a dataset that a crate tells of. Names and tags only suggest.
//!
//! A [shelf](crate::ro_crate::crate_index) knows what the crates tell of, [`trace`] finds the proof for a result, [`result_crate`] tells its story.

mod findings;
pub mod trace;

pub use findings::{ResultFinding, findings, genome_builds, sources};

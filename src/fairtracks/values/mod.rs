//! Readers of the values of members: each returns the value and its issues.

pub mod checksum;
pub mod curie;
pub mod date_time;
pub mod ontology;
pub mod text;
pub mod url;

//! Values that the members of objects hold: each a type of its own, made by reading a text, with what is to be said of it.

pub mod checksum;
pub mod curie;
pub mod date_time;
pub mod ontology;
pub mod text;
pub mod url;

//! The objects of a document with typed members, in the words of FAIRtracks v1.0.2.
//!
//! They are views: what cannot be understood is `None` in them and a finding beside them, and whoever writes a
//! document writes the JSON that was read. Members that the standard does not know are allowed everywhere.

pub mod collection_info;
pub mod contact;
pub mod doc_info;
pub mod experiment;
pub mod sample;
pub mod schema;
pub mod study;
pub mod technique;
pub mod track;

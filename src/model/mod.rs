//! What things are: FAIRtracks documents and their parts, conditions on them, and the hits of a search.
//!
//! ```text
//! document ── doc_info, collection_info
//!    ├─ studies ◀── study_ref ── experiments ── sample_ref ──▶ samples
//!    └─ tracks ── experiment_ref ──▶ experiments
//! ```
//!
//! Nothing here reads or writes files, asks the clock, or knows a file format other than JSON values.

pub mod arrival;
pub mod attribute;
pub mod augment;
pub mod catalogue;
pub mod category;
pub mod citation;
pub mod condition;
pub mod content_id;
pub mod credits;
pub mod datatype;
pub mod digest;
pub mod document;
pub mod draft;
pub mod excerpt;
pub mod fields;
pub mod file_address;
pub mod file_names;
pub mod finding;
pub mod flat;
pub mod generation;
pub mod genome_build;
pub mod headline;
pub mod hit;
pub mod hits_document;
pub mod hub_name;
pub mod json;
pub mod lineage;
pub mod merge;
mod naming;
pub mod numbered;
pub mod objects;

pub mod pointer;
pub mod result_file;
pub mod ro_crate;
pub mod signature;
pub mod source;
pub mod subset;
pub mod values;
pub mod vocabulary;

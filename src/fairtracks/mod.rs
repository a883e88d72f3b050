//! FAIRtracks, the metadata standard for genomic tracks (version 1): documents, their objects and values, and what is done
//! with them: augment, subset, merge, sign.

pub mod attribute;
pub mod augment;
pub mod category;
pub mod check;
pub mod converted_document;
pub mod document;
pub mod document_json;
mod document_name;
pub mod document_object;
mod document_shape;
mod document_text;
pub mod draft;
pub mod excerpt;
pub mod fields;
pub mod finding;
pub mod flat;
pub mod generation;
pub mod hit;
pub mod hits_document;
pub mod joined_tracks;
pub mod member_order;
pub mod merge;
pub mod objects;
pub mod other_document;
pub mod search_source;
pub mod signature;
pub mod standard_fields;
pub mod subset;
pub mod summary_columns;
pub mod track_provenance;
pub mod values;
pub mod vocabulary;

//! FAIRtracks documents.

mod augmentation;
mod document_laws;
mod merging;
mod other_documents;

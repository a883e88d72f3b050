//! Genomic data themselves: what the bytes of a file are, and which assembly a name or an accession means.

pub mod assembly;
mod assembly_table;
mod assembly_words;
pub mod content;
pub mod coordinate_system;
pub mod intervals;

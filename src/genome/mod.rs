//! Genomes: which assembly a name or an accession means.

pub mod assembly;
mod assembly_table;
mod assembly_words;

//! Genomic data themselves: what the bytes of a file are.
//!
//! This room uses nothing else of the library, so that any step can ask it.

pub mod content;

//! Ontology files in OBO format and as OBO graphs in JSON, as tables of terms.
//!
//! A term has its label, its exact synonyms, and as related names its other synonyms. Broader terms are those of `is_a`, and
//! those of `part_of` within one ontology: the hippocampus is part of the brain. Obsolete terms are left out.

mod obo;
mod obo_graph;
pub mod release;

use thiserror::Error;

use super::term_table::{TermTable, TermTableError};
use super::vocabulary_term::{ObsoleteTerm, WrittenTerm};

/// Why a file is no ontology.
#[derive(Debug, Error)]
pub enum OntologyError {
    /// A line of an OBO file.
    #[error(transparent)]
    Line(#[from] TermTableError),
    /// JSON of another shape.
    #[error("found no OBO graph ({0}), expected a JSON file with `graphs` of `nodes` and `edges`")]
    Json(#[from] serde_json::Error),
    /// Neither format.
    #[error(
        "found no term, expected an ontology in OBO format, with [Term] stanzas, or an OBO graph in JSON"
    )]
    NoTerm,
    /// Not UTF-8.
    #[error(
        "line {line}: found the byte 0x{byte:02x}, expected an ontology in UTF-8, in OBO format or as an OBO graph in JSON"
    )]
    NoText {
        /// The line, from 1.
        line: usize,
        /// The byte.
        byte: u8,
    },
    /// Compressed.
    #[error(
        "found a compressed file, expected an ontology in OBO format or an OBO graph in JSON: decompress it"
    )]
    Compressed,
}

/// What an ontology has.
#[derive(Debug, Default)]
struct OntologyTerms {
    terms: Vec<WrittenTerm>,
    obsolete: Vec<ObsoleteTerm>,
}

/// The first bytes of gzip, zip, bzip2 and xz files.
const COMPRESSED: [&[u8]; 4] = [b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ"];

/// Reads an ontology; `name` is that of the file, for explanations.
///
/// # Errors
/// The first fault, with its line in an OBO file.
pub fn read(name: &str, bytes: &[u8]) -> Result<TermTable, OntologyError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let is_json = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    if COMPRESSED.iter().any(|start| bytes.starts_with(start)) {
        return Err(OntologyError::Compressed);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let (before, behind) = bytes.split_at(error.valid_up_to());
        OntologyError::NoText {
            line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
            byte: behind.first().copied().unwrap_or_default(),
        }
    })?;
    let OntologyTerms { terms, obsolete } = match is_json {
        true => obo_graph::terms(text.as_bytes())?,
        false => obo::terms(text)?,
    };
    if terms.is_empty() {
        return Err(OntologyError::NoTerm);
    }
    Ok(TermTable::of(name, terms).with_obsolete(obsolete))
}

/// The prefix of an id: `CL` of `CL:0000236` and of `http://purl.obolibrary.org/obo/CL_0000236`.
pub fn prefix(id: &str) -> &str {
    let local = id.rsplit(['/', '#']).next().unwrap_or_default();
    let (prefix, _) = local.split_once([':', '_']).unwrap_or((local, ""));
    prefix
}

#[cfg(test)]
mod tests;

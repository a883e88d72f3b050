//! Lineage as JSON, the file of `fairtracks_follow --output-lineage`.

use serde::Deserialize;
use thiserror::Error;

use crate::galaxy::lineage::{Lineage, VERSION};
use crate::text::json::{self, JsonKind};

/// Why a file is not a lineage.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum LineageReadError {
    /// Not JSON, or JSON of another shape.
    #[error(
        "line {line}, column {column}: {problem}, expected lineage version {VERSION} as `fairtracks_follow --output-lineage` writes it: give the unmodified file, or none"
    )]
    Shape {
        line: usize,
        column: usize,
        problem: String,
    },
    /// Written by a newer version.
    #[error(
        "found lineage version {found}, expected version {VERSION}: a newer version of the tool wrote it; use that version here too"
    )]
    Newer { found: u64 },
}

impl LineageReadError {
    fn shape(error: &serde_json::Error) -> Self {
        LineageReadError::Shape {
            line: error.line(),
            column: error.column(),
            problem: json::problem(error),
        }
    }
}

/// The common part of all versions.
#[derive(Deserialize)]
struct Versioned {
    version: u64,
}

/// Reads lineage, and takes out what is private; see [`Lineage::cleaned`].
///
/// # Errors
/// The problem, its position, and a suggested fix.
pub fn read(bytes: &[u8]) -> Result<Lineage, LineageReadError> {
    let versioned: Versioned =
        json::typed(bytes, JsonKind::Metadata).map_err(|error| LineageReadError::shape(&error))?;
    if versioned.version > VERSION {
        return Err(LineageReadError::Newer {
            found: versioned.version,
        });
    }
    let lineage: Lineage =
        serde_json::from_slice(bytes).map_err(|error| LineageReadError::shape(&error))?;
    Ok(lineage.cleaned())
}

/// Writes it, the same bytes for the same lineage.
pub fn write(lineage: &Lineage) -> String {
    let mut text = serde_json::to_string_pretty(lineage).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_walk_writes_is_read_and_written_again() {
        let text = br#"{"version": 1, "producer": "walk", "galaxy": {"version": "26.1"}, "complete": true, "stopped": [],
            "datasets": [{"id": "a1", "name": "peaks", "created_by": null}], "jobs": [], "leaves": ["a1"], "seconds": 0.25}"#;
        let lineage = read(text).unwrap();
        assert_eq!(lineage.seconds, Some(0.25));
        let written = write(&lineage);
        assert_eq!(read(written.as_bytes()).unwrap(), lineage);
        assert_eq!(written, write(&lineage));
    }

    #[test]
    fn a_walk_that_failed_is_read() {
        let text = br#"{"version": 1, "producer": "walk", "complete": false, "stopped": [{"at": "", "why": "error", "said": "KeyError"}]}"#;
        let lineage = read(text).unwrap();
        assert!(!lineage.complete);
        assert_eq!(lineage.stopped[0].said, "KeyError");
    }

    #[test]
    fn a_newer_version_is_refused_by_its_name() {
        let error = read(br#"{"version": 2, "producer": "dream", "rings": 5}"#).unwrap_err();
        assert_eq!(error, LineageReadError::Newer { found: 2 });
        assert!(error.to_string().contains("version 2"), "{error}");
    }

    #[test]
    fn what_is_no_lineage_is_refused_with_its_place() {
        #[rustfmt::skip]
        let cases = [
            ("", "line 1, column 0", "EOF"),
            ("{\"version\": 1,\n \"producer\": \"walk\"}", "line 2, column 20", "missing field `complete`"),
            ("{\"version\": \"1\"}", "line 1, column 15", "string \"1\""),
            ("<html>", "line 1, column 1", "expected value"),
            ("{\"version\": 1, \"producer\": \"magic\", \"complete\": true}", "line 1, column 34", "unknown variant `magic`"),
        ];
        for (text, place, problem) in cases {
            let message = read(text.as_bytes()).unwrap_err().to_string();
            assert!(message.starts_with(place), "{message}");
            assert!(message.contains(problem), "{message}");
            assert!(
                message.contains("give the unmodified file, or none"),
                "{message}"
            );
        }
    }
}

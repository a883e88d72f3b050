//! What the given files hold.

use std::io::{Cursor, Read, Seek};
use std::path::Path;

use super::inputs::CheckInput;
use crate::cli::{self, Failure};
use crate::fairtracks::augment::Filled;
use crate::fairtracks::check::CheckedDocument;
use crate::fairtracks::document_json::{self, DocumentReadError};
use crate::fairtracks::draft::Draft;
use crate::ro_crate::check::CrateSource;
use crate::ro_crate::crate_archive::is_zip;
use crate::ro_crate::crate_contents::CrateContents;

/// Why a file cannot be read, and the name that its user knows it by.
pub struct Unreadable {
    name: String,
    problem: String,
}

pub enum Content {
    Document(Draft),
    Crate(Result<Box<CrateContents>, String>),
    /// Neither, or damaged: why.
    Unreadable(String),
}

impl Content {
    /// The contents of all files. One that cannot be read is a content like any other.
    ///
    /// # Errors
    /// None of the files can be read: why the first cannot.
    pub fn all(read: Vec<Result<Content, Unreadable>>) -> Result<Vec<Content>, Failure> {
        let is_any_read = read.iter().any(Result::is_ok);
        let contents = read.into_iter().map(|content| match content {
            Err(unreadable) if is_any_read => Ok(Content::Unreadable(unreadable.problem)),
            other => other.map_err(|unreadable| Failure::at(unreadable.name, unreadable.problem)),
        });
        contents.collect()
    }

    /// Reads a file by what its first bytes are. A crate that cannot be read is a content like any other.
    pub fn read(path: &Path, name: &str) -> Result<Self, Unreadable> {
        let at = |problem: &dyn std::fmt::Display| Unreadable {
            name: name.to_owned(),
            problem: problem.to_string(),
        };
        // What is no file on disk can be read only once, from its beginning.
        if path.is_file() {
            let mut file = cli::open(path).map_err(|error| at(&error))?;
            let mut first = [0; 2];
            let length = file.read(&mut first).map_err(|error| at(&error))?;
            if is_zip(&first[..length]) {
                file.rewind().map_err(|error| at(&error))?;
                return Ok(Content::packed(file));
            }
        }
        let bytes = cli::read_bytes(path).map_err(|error| at(&error))?;
        if is_zip(&bytes) {
            return Ok(Content::packed(Cursor::new(bytes)));
        }
        let draft = document_json::read_draft(&bytes).map_err(|error| match error {
            DocumentReadError::Other { kind } => at(&format_args!(
                "found {kind}, expected a FAIRtracks document (JSON) or an RO-Crate (zip): {}",
                kind.advice()
            )),
            error => at(&error),
        })?;
        Ok(Content::Document(draft))
    }

    /// Reads a crate, or why it cannot be read.
    fn packed(reader: impl Read + Seek) -> Self {
        let packed = CrateContents::read(reader).map(Box::new);
        Content::Crate(packed.map_err(|refusal| refusal.to_string()))
    }

    /// The FAIRtracks document in it, if there is one that can be read.
    pub fn draft(&self) -> Option<&Draft> {
        match self {
            Content::Document(draft) => Some(draft),
            Content::Crate(packed) => {
                let document = packed.as_ref().ok()?.document.as_ref()?;
                document.read.as_ref().ok()
            }
            Content::Unreadable(_) => None,
        }
    }

    pub fn input<'d>(&'d self, name: &'d str, fillable: &'d [Filled]) -> CheckInput<'d> {
        match self {
            Content::Document(draft) => CheckInput::Document(CheckedDocument {
                name,
                draft,
                fillable,
            }),
            Content::Crate(packed) => CheckInput::Crate(CrateSource {
                name,
                packed: packed.as_deref().map_err(String::as_str),
                fillable,
            }),
            Content::Unreadable(problem) => CheckInput::Unreadable(name, problem),
        }
    }
}

//! Why a crate cannot be read or written.

use thiserror::Error;

use super::metadata_json::MetadataReadError;
use crate::archive::error::ArchiveError;
use crate::archive::error::PackError;
use crate::fairtracks::document_json::DocumentReadError;
use crate::ro_crate::METADATA_FILE;

/// Why a crate cannot be read.
#[derive(Debug, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum CrateError {
    /// The archive is not let in.
    #[error(transparent)]
    Refused(#[from] ArchiveError),
    /// Its metadata cannot be read.
    #[error("{METADATA_FILE}: {0}")]
    Metadata(#[from] MetadataReadError),
    /// Its FAIRtracks document cannot be read.
    #[error("{path}: {error}")]
    Document {
        path: String,
        error: DocumentReadError,
    },
    /// The metadata of a crate that it was made of cannot be read.
    #[error("{path}: {error}")]
    Ancestor {
        path: String,
        error: MetadataReadError,
    },
    /// A crate that it was made of is in a folder that is named after other bytes.
    #[error(
        "{path}: found metadata whose SHA-256 begins with {found}, expected those that the folder is named after: they were changed, so ask for the crate again"
    )]
    OtherAncestor {
        path: String,
        /// 16 hexadecimal digits.
        found: String,
    },
    /// A crate in it cannot be packed again.
    #[error(transparent)]
    Packing(#[from] PackError),
    /// Its metadata say nothing of tracks.
    #[error(
        "found neither a FAIRtracks document nor files with an address in the crate, expected at least one track"
    )]
    NoTracks,
}

/// Why a crate cannot be written.
#[derive(Debug, Error)]
pub enum CrateZipError {
    /// Its page cannot be written.
    #[error(transparent)]
    Page(#[from] minijinja::Error),
    /// It cannot be packed.
    #[error(transparent)]
    Packing(#[from] PackError),
}

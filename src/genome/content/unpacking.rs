//! Unpacking what a file is packed with.

use std::io::{self, Read, Write};

use thiserror::Error;

use super::Packing;
use crate::archive::deflate::{self, DeflateError};
use crate::archive::digest::Digests;
use crate::archive::gzip::{self, UnpackError};

/// Why a file is not unpacked.
#[derive(Debug, Error)]
pub enum UnpackingError {
    /// The gzip data cannot be decompressed.
    #[error(transparent)]
    Gzip(UnpackError),
    /// The content coding that its server stated cannot be undone.
    #[error("cannot decompress the file, sent with {kind}: {error}; download it again")]
    Coding {
        /// The display name of the coding.
        kind: &'static str,
        /// Why not.
        error: DeflateError,
    },
    /// This machine cannot read or write it.
    #[error(transparent)]
    Storage(#[from] io::Error),
}

/// Unpacks a file of at most `limit` unpacked bytes; after an error the writer has got what could be unpacked.
///
/// # Errors
/// Why it is not unpacked.
pub fn unpack(
    packing: Packing,
    from: impl Read,
    to: &mut impl Write,
    limit: u64,
) -> Result<Digests, UnpackingError> {
    let coding = |kind| {
        move |error| match error {
            DeflateError::Reading(error) | DeflateError::Writing(error) => error.into(),
            error => UnpackingError::Coding { kind, error },
        }
    };
    let unpacked = match packing {
        Packing::Gzip => gzip::unpack(from, to, limit).map_err(|error| match error {
            UnpackError::Reading(error) | UnpackError::Writing(error) => error.into(),
            error => UnpackingError::Gzip(error),
        }),
        Packing::Zlib => deflate::unpack(from, to, limit, true).map_err(coding("zlib")),
        Packing::Deflate => deflate::unpack(from, to, limit, false).map_err(coding("deflate")),
    };
    to.flush()?;
    unpacked
}

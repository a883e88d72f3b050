//! What proves or suggests that a track is a source of a result.

use crate::archive::digest::DigestFunction;
use crate::ro_crate::imported_track::RecognisedBy;

/// A proof that a track is a source of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// The result has the bytes of the track.
    Bytes,
    /// The decompressed result has the bytes of the track.
    UnpackedBytes,
    /// The result matches the checksum of the provider or of a crate.
    Checksum(DigestFunction),
    /// The decompressed result matches the checksum of the provider or of a crate.
    UnpackedChecksum(DigestFunction),
    /// The result has the bytes of a result that an earlier crate describes.
    EarlierResult(DigestFunction),
    /// The checksum in a FAIRtracks document is that of the result.
    Document(DigestFunction),
    /// The checksum in a FAIRtracks document is that of the decompressed result.
    UnpackedDocument(DigestFunction),
    /// Galaxy loaded the result from the track's URL, and no checksum can be compared.
    SourceUrl,
    /// The lineage ends in a dataset with the track's bytes.
    LineageToBytes,
    /// The lineage ends in a dataset that was imported from the track's URL.
    LineageToImport,
    /// The lineage ends in a dataset that Galaxy loaded from the track's URL.
    LineageToUrl,
    /// The user accepts the element identifier or the name tag as proof.
    Accepted,
}

/// A hint that a track is a source, but no proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hint {
    /// The result has the track's element identifier.
    ElementIdentifier,
    /// The result has the track's name tag.
    NameTag,
    /// The result has the track's bytes, but its lineage leads elsewhere.
    SameBytes,
    /// The result has the bytes of a result that a crate traces to the track, but its lineage leads elsewhere, or they are too
    /// few to exclude chance.
    EqualResult,
    /// The result's name holds the id or the file name that a FAIRtracks document has for the track.
    DocumentName,
}

impl Evidence {
    /// Whether the result is the track itself, rather than derived from it or accepted by its name.
    pub fn is_of_track_itself(&self) -> bool {
        match self {
            Evidence::Bytes
            | Evidence::UnpackedBytes
            | Evidence::Checksum(_)
            | Evidence::UnpackedChecksum(_)
            | Evidence::Document(_)
            | Evidence::UnpackedDocument(_)
            | Evidence::SourceUrl => true,
            Evidence::EarlierResult(_)
            | Evidence::LineageToBytes
            | Evidence::LineageToImport
            | Evidence::LineageToUrl
            | Evidence::Accepted => false,
        }
    }

    /// The proof for a result that was recognised; none for a name.
    pub(super) fn of_recognised_result(by: RecognisedBy) -> Option<Self> {
        match by {
            RecognisedBy::Checksum(function) => Some(Evidence::Document(function)),
            RecognisedBy::UnpackedChecksum(function) => Some(Evidence::UnpackedDocument(function)),
            RecognisedBy::SourceUrl => Some(Evidence::SourceUrl),
            RecognisedBy::Name => None,
        }
    }

    /// The proof for what was made of a dataset that was recognised; none for a name.
    pub(super) fn of_recognised_ancestor(by: RecognisedBy) -> Option<Self> {
        match by {
            RecognisedBy::Checksum(_) | RecognisedBy::UnpackedChecksum(_) => {
                Some(Evidence::LineageToBytes)
            }
            RecognisedBy::SourceUrl => Some(Evidence::LineageToUrl),
            RecognisedBy::Name => None,
        }
    }
}

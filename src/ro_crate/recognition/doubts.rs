//! What speaks against a match of a file with a track, in sentences.

use thiserror::Error;

/// What keeps a file from being identified as a track, or a user from accepting that it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MatchDoubts {
    /// The checksums that differ from those in the documents.
    pub other_checksums: Vec<OtherChecksum>,
    /// The tracks that its checksum does not distinguish, where they are too many.
    pub same_bytes: Option<SameBytes>,
}

impl MatchDoubts {
    /// Whether the checksum contradicts a track that the name suggests.
    pub fn contradict_the_name(&self) -> bool {
        let mut found = self.other_checksums.iter();
        found.any(|other| matches!(other.compared, ComparedTrack::ByName { .. }))
    }
}

/// A file with another checksum than the document has for the track at its URL or of its name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "checksum mismatch: found the {method} {found}, expected {expected} as in the document {document} for {compared}"
)]
#[allow(missing_docs)] // The fields are the blanks of the sentence above them.
pub struct OtherChecksum {
    pub method: &'static str,
    pub found: String,
    pub expected: String,
    pub document: String,
    pub compared: ComparedTrack,
}

/// The track that a file was compared with.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum ComparedTrack {
    /// The one at the URL that Galaxy recorded.
    #[error(
        "the URL {url} that Galaxy recorded; the file was changed or the document is out of date, so it was not identified"
    )]
    ByUrl { url: String },
    /// One that the name suggests.
    #[error(
        "the track {track}, which only the name suggests; the file was changed, the document is out of date, or it is another file"
    )]
    ByName { track: String },
}

/// More tracks with the bytes of a file than can be distinguished.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "found {count} tracks with the {method} of this file in the documents, expected one or a few; neither name nor source URL distinguishes them: name the dataset after its track, or give only the document that describes it"
)]
pub struct SameBytes {
    /// The digest function.
    pub method: &'static str,
    /// How many tracks there are.
    pub count: usize,
    /// The ids of the first ones.
    pub first: Vec<String>,
}

//! The files that describe tracks: FAIRtracks documents, GSuite files and RO-Crates.

use crate::archive::digest::Sha256Sum;
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::fairtracks::subset::Referred;
use crate::ro_crate::imported_track::SourceKind;
use crate::ro_crate::restorable::Restorable;

/// A file that describes tracks.
pub struct TrackSource<'d> {
    /// What it describes.
    pub document: &'d Document,
    /// The document's objects by their ids.
    pub referred: Referred<'d>,
    /// The SHA-256 of the file.
    pub sha256: Sha256Sum,
    /// The kind of file.
    pub kind: SourceKind,
    /// The files in it that go back into Galaxy as they were; where there are some, nothing else of it is imported.
    pub restorable: &'d [Restorable],
}

impl<'d> TrackSource<'d> {
    /// A file of a kind with what it describes.
    pub fn new(document: &'d Document, sha256: Sha256Sum, kind: SourceKind) -> Self {
        TrackSource {
            document,
            referred: Referred::of(document),
            sha256,
            kind,
            restorable: &[],
        }
    }

    /// The same with files that go back into Galaxy as they were.
    #[must_use]
    pub fn with_restorable(mut self, restorable: &'d [Restorable]) -> Self {
        self.restorable = restorable;
        self
    }

    /// How many tracks it describes.
    pub fn tracks(&self) -> usize {
        self.document.count(Category::Tracks)
    }
}

//! Where all tracks of a document come from.

use super::contact::CheckedContact;
use crate::fairtracks::fields::{Fields, Presence};
use crate::fairtracks::values::text::{self, LocalId};
use crate::fairtracks::values::url::{self, Url};

/// The object `collection_info`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedCollectionInfo<'d> {
    /// The repository that holds the collection.
    pub source_repo_url: Option<Url<'d>>,
    /// Its id in the document.
    pub local_id: Option<LocalId<'d>>,
    /// The document's own id.
    pub doc_ref: Option<LocalId<'d>>,
    /// A name for narrow places.
    pub short_name: Option<&'d str>,
    /// The name.
    pub long_name: Option<&'d str>,
    /// A page that describes the collection.
    pub description_url: Option<Url<'d>>,
    /// The metadata before they were made into FAIRtracks.
    pub orig_metadata_url: Option<Url<'d>>,
    /// Who to ask.
    pub contact: Option<CheckedContact<'d>>,
}

impl<'d> CheckedCollectionInfo<'d> {
    /// Reads `collection_info`.
    pub fn read(fields: &mut Fields<'d, '_>) -> Self {
        let (ids, repository) = match fields.generation().is_master() {
            true => (Presence::Required, Presence::Optional),
            false => (Presence::Optional, Presence::Required),
        };
        CheckedCollectionInfo {
            source_repo_url: fields.text(repository, "source_repo_url", url::page),
            local_id: fields.text(ids, "local_id", LocalId::parse),
            doc_ref: fields.text(ids, "doc_ref", LocalId::parse),
            short_name: fields.text(Presence::Required, "short_name", text::label(17)),
            long_name: fields.text(Presence::Required, "long_name", text::label(80)),
            description_url: fields.text(Presence::Optional, "description_url", url::page),
            orig_metadata_url: fields.text(Presence::Optional, "orig_metadata_url", url::page),
            contact: fields.object(Presence::Required, "contact", CheckedContact::read),
        }
    }
}

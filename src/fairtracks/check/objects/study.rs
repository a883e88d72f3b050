//! Studies: what experiments belong to.

use super::contact::CheckedContact;
use super::schema;
use crate::fairtracks::fields::{Fields, Presence};
use crate::fairtracks::values::curie::{self, Curie};
use crate::fairtracks::values::text::{self, LocalId};

/// One item of `studies`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedStudy<'d> {
    /// An accession of GEO or EGA.
    pub global_id: Option<Curie>,
    /// Its id in the document.
    pub local_id: Option<LocalId<'d>>,
    /// The collection that it belongs to.
    pub collection_ref: Option<LocalId<'d>>,
    /// Its name.
    pub study_name: Option<&'d str>,
    /// A paper in PubMed.
    pub publication: Option<Curie>,
    /// Who to ask.
    pub contact: Option<CheckedContact<'d>>,
}

impl<'d> CheckedStudy<'d> {
    /// Reads a study.
    pub fn read(fields: &mut Fields<'d, '_>) -> Self {
        schema::check(fields, "fairtracks_study");
        CheckedStudy {
            global_id: fields.text(
                Presence::Optional,
                "global_id",
                curie::checked(&["geo", "ega.study"]),
            ),
            local_id: fields.text(Presence::Required, "local_id", LocalId::parse),
            collection_ref: fields.text(Presence::Augmented, "collection_ref", LocalId::parse),
            study_name: fields.text(Presence::Required, "study_name", text::plain),
            publication: fields.text(
                Presence::Optional,
                "publication",
                curie::checked(&["pubmed"]),
            ),
            contact: fields.object(Presence::Required, "contact", CheckedContact::read),
        }
    }
}

//! Which document this is.

use crate::fairtracks::fields::{Fields, Presence};
use crate::fairtracks::values::date_time::DateTime;
use crate::fairtracks::values::ontology::Ontology;
use crate::fairtracks::values::text::{self, LocalId};
use crate::fairtracks::values::url::{self, Url};

/// The object `doc_info`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedDocInfo<'d> {
    /// The document's id in the database that holds it.
    pub local_id: Option<LocalId<'d>>,
    /// Where the document is to be had.
    pub doc_url: Option<Url<'d>>,
    /// The versions of the ontologies that its terms were taken from.
    pub doc_ontology_versions: Vec<(Ontology, &'d str)>,
    /// The version, by custom the document's signature.
    pub doc_version: Option<&'d str>,
    /// When this version was made.
    pub doc_date: Option<DateTime<'d>>,
}

impl<'d> CheckedDocInfo<'d> {
    /// Reads `doc_info`.
    pub fn read(fields: &mut Fields<'d, '_>) -> Self {
        let generation = fields.generation();
        let (id, versions) = if generation.is_master() {
            fields.flag("has_augmented_metadata");
            (Presence::Required, Presence::Augmented)
        } else {
            (Presence::Optional, Presence::Required)
        };
        let read_versions = |fields: &mut Fields<'d, '_>| {
            let version = |ontology: Ontology| {
                let read = |text| ontology.read_version(text, generation);
                Some((ontology, fields.text(versions, ontology.iri(), read)?))
            };
            Ontology::ALL.into_iter().filter_map(version).collect()
        };
        CheckedDocInfo {
            local_id: fields.text(id, "local_id", LocalId::parse),
            doc_url: fields.text(Presence::Optional, "doc_url", url::page),
            doc_ontology_versions: fields
                .object(Presence::Required, "doc_ontology_versions", read_versions)
                .unwrap_or_default(),
            doc_version: fields.text(Presence::Required, "doc_version", text::plain),
            doc_date: fields.text(Presence::Required, "doc_date", DateTime::parse),
        }
    }
}

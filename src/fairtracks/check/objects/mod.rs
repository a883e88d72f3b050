//! The rules for each kind of object, in the words of FAIRtracks v1.0.2.
//!
//! Members that the standard does not know are allowed everywhere.

mod experiment;
mod sample;
mod technique;
mod track;

pub use experiment::experiment;
pub use sample::sample;
pub use track::track;

use super::keys::{ObjectKeys, ObjectPlace};
use super::pairs::Pairs;
use crate::fairtracks::category::Category;
use crate::fairtracks::fields::{Fields, Presence, must};
use crate::fairtracks::objects::schema;
use crate::fairtracks::values::ontology::Ontology;
use crate::fairtracks::values::{curie, date_time, text, url};

/// What the objects of a document are compared by.
pub struct ObjectContext<'d, 'k> {
    /// Ids and references.
    pub keys: &'k mut ObjectKeys<'d>,
    /// Values that belong together.
    pub pairs: Pairs<'d>,
    /// The object that is checked.
    pub place: ObjectPlace,
}

impl<'d> ObjectContext<'d, '_> {
    /// Reads the id of the object.
    fn define(&mut self, fields: &mut Fields<'d, '_>, need: Presence) {
        let id = fields.text(need, "local_id", text::id);
        self.keys.define(self.place, id);
    }

    /// Reads a reference to an object of a category.
    fn refer(
        &mut self,
        fields: &mut Fields<'d, '_>,
        need: Presence,
        key: &'static str,
        to: Category,
    ) {
        let id = fields.text(need, key, text::id);
        self.keys.refer(self.place, key, to, id);
    }
}

/// Checks `doc_info`.
pub fn doc_info<'d>(fields: &mut Fields<'d, '_>, context: &mut ObjectContext<'d, '_>) {
    let generation = fields.generation();
    let (id, versions) = if generation.is_master() {
        fields.flag("has_augmented_metadata");
        (Presence::Required, Presence::Augmented)
    } else {
        (Presence::Optional, Presence::Required)
    };
    context.define(fields, id);
    fields.optional("doc_url", url::page);
    fields.object(Presence::Required, "doc_ontology_versions", |fields| {
        for ontology in Ontology::ALL {
            let read = |text| ontology.read_version(text, generation);
            fields.text(versions, ontology.iri(), read);
        }
    });
    fields.required("doc_version", text::plain);
    fields.required("doc_date", date_time::parse);
}

/// Checks `collection_info`.
pub fn collection_info<'d>(fields: &mut Fields<'d, '_>, context: &mut ObjectContext<'d, '_>) {
    let (ids, repository) = match fields.generation().is_master() {
        true => (Presence::Required, Presence::Optional),
        false => (Presence::Optional, Presence::Required),
    };
    fields.text(repository, "source_repo_url", url::page);
    context.define(fields, ids);
    context.refer(fields, ids, "doc_ref", Category::DocInfo);
    fields.required("short_name", text::label(17));
    fields.required("long_name", text::label(80));
    fields.optional("description_url", url::page);
    fields.optional("orig_metadata_url", url::page);
    fields.object(Presence::Required, "contact", contact);
}

/// Checks an item of `studies`.
pub fn study<'d>(fields: &mut Fields<'d, '_>, context: &mut ObjectContext<'d, '_>) {
    check_schema(fields, "fairtracks_study");
    fields.optional("global_id", curie::checked(&["geo", "ega.study"]));
    context.define(fields, Presence::Required);
    let (augmented, to) = (Presence::Augmented, Category::CollectionInfo);
    context.refer(fields, augmented, "collection_ref", to);
    fields.required("study_name", text::plain);
    fields.optional("publication", curie::checked(&["pubmed"]));
    fields.object(Presence::Required, "contact", contact);
}

/// Checks `contact`: a person or an organization; the standard does not say which.
fn contact(fields: &mut Fields<'_, '_>) {
    check_schema(fields, "fairtracks_contact");
    if !fields.has("e-mail") && !fields.has("orcid") {
        let remark = must("the member `e-mail` or `orcid`", "add one of them");
        fields.report(None, "no `e-mail` and no `orcid`".to_owned(), remark);
    }
    fields.required("name", text::plain);
    fields.optional("e-mail", text::e_mail);
    fields.optional("orcid", curie::checked(&["orcid"]));
}

/// Checks the `@schema` of an object below the top, where it is optional.
fn check_schema(fields: &mut Fields<'_, '_>, name: &str) {
    fields.optional("@schema", text::exactly(schema::url(name)));
}

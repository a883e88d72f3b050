//! What all crates of this suite have in common: the descriptor, the profile, people and licence, the FAIRtracks document, the
//! crates that a crate was made of, and the tools.

use serde_json::Value as Json;

use super::entities::{
    CreativeWork, Dataset, File, Model as _, Organization, Person, PropertyValue, References,
    SoftwareApplication,
};
use super::{
    Crate, Entity, METADATA_FILE, PROCESS_RUN_CRATE, PROCESS_RUN_CRATE_VERSION, RO_CRATE, ROOT,
};
use crate::archive::digest::{Digests, Sha256Sum};
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::galaxy::tool_address::{short_tool_id, tool_address};
use crate::ro_crate::credits::{Credit, Credited};

/// Where the FAIRtracks document is in a crate.
pub const DOCUMENT_FILE: &str = "metadata/fairtracks.json";
/// Where the crates are that a crate was made of, each in a folder of its own.
pub const INPUTS: &str = "inputs/";
/// What an action says of itself when it was done.
pub const COMPLETED: &str = "http://schema.org/CompletedActionStatus";
/// What an action says of itself when it failed.
pub const FAILED: &str = "http://schema.org/FailedActionStatus";
/// The schema that FAIRtracks documents conform to.
const FAIRTRACKS_SCHEMA: &str = "https://raw.githubusercontent.com/fairtracks/fairtracks_standard/v1/current/json/schema/fairtracks.schema.json";
/// What a crate that lies in another one conforms to, whatever its version.
pub const ANY_CRATE: &str = "https://w3id.org/ro/crate";
/// Where the tools are developed; with a version it names one of them for good.
const REPOSITORY: &str = "https://github.com/fairtracks/fairtracks-galaxy";
/// EDAM's word for what a track is, which the `additionalType` of tracks says.
pub const TRACK: &str = "http://edamontology.org/data_3002";
/// The names of the additional properties of files.
pub mod property_name {
    /// Galaxy's datatype.
    pub const DATATYPE: &str = "Galaxy datatype";
    /// Galaxy's key of the genome build.
    pub const GENOME_BUILD: &str = "Galaxy genome build";
    /// The name of the file in collections of Galaxy.
    pub const ELEMENT_IDENTIFIER: &str = "Galaxy element identifier";
    /// The name tag that an import gives to a track.
    pub const NAME_TAG: &str = "Galaxy name tag";
    /// Any tag.
    pub const TAG: &str = "Galaxy tag";
    /// The name of the genome assembly by the track's document.
    pub const ASSEMBLY: &str = "genome assembly";
    /// The digest of the names and lengths of the sequences, in any order (GA4GH Refget Sequence Collections v1.0.0,
    /// `sorted_name_length_pairs`), as CURIE.
    pub const COORDINATE_SYSTEM: &str = "coordinate system";
    /// The digest of the names and the bases of the sequences (the same standard).
    pub const SEQUENCE_COLLECTION: &str = "sequence collection";
    /// What in the file contradicts the genome assembly.
    pub const CONTRADICTION: &str = "contradiction of the genome assembly";
}

/// The licence of data whose provider states none.
pub const NO_LICENCE: &str = "#licence-not-stated";

/// A crate that a crate was made of: how it is named there, and the name its user knows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ancestor {
    /// 16 hexadecimal digits, the beginning of the SHA-256 of its metadata file.
    pub key: String,
    /// The name of its root.
    pub name: String,
}

impl Ancestor {
    /// Its id inside the crate, which is its folder.
    pub fn id(&self) -> String {
        format!("{INPUTS}{}/", self.key)
    }
}

/// What precedes the conditions of a form, as JSON, in the description of a search.
pub const CONDITIONS_OF_FORM: &str = "Conditions of the form: ";

/// 16 hexadecimal digits that stand for some texts.
pub fn short_hash(texts: &[&str]) -> String {
    Sha256Sum::of(texts.join("\n").as_bytes()).hexadecimal()[..16].to_owned()
}

/// The address that names a tool of this suite in one version.
pub fn tool_id(tool: &str, version: &str) -> String {
    format!("{REPOSITORY}/releases/tag/v{version}#{tool}")
}

/// A tool of this suite as an entity.
pub fn tool(name: &str, version: &str) -> Entity {
    SoftwareApplication {
        name: name.into(),
        version: version.into(),
        url: REPOSITORY.into(),
        ..SoftwareApplication::default()
    }
    .entity(tool_id(name, version))
}

/// The short id of a tool of Galaxy: its address follows from its identifier and version. Identifiers of other kinds lead to other
/// addresses.
pub fn galaxy_tool_id(entity: &Entity) -> Option<String> {
    if !entity.is(SoftwareApplication::<String>::TYPE) {
        return None;
    }
    let tool: SoftwareApplication<&str> = entity.read();
    let version = tool.version.first();
    let mut identifiers = tool.identifier.shown();
    let id = identifiers.find(|id| tool_address(id, &version) == entity.id)?;
    Some(short_tool_id(&id).to_owned())
}

/// A property of something, which has no id elsewhere.
pub fn property(id: &str, name: &str, value: &str) -> Entity {
    PropertyValue {
        name: name.into(),
        value: value.into(),
        ..PropertyValue::default()
    }
    .entity(format!("#{id}"))
}

/// A crate from its root and all that the root leads to: the descriptor comes first, the root second.
pub fn assemble(root: Entity, rest: Crate) -> Crate {
    let mut crate_ = Crate::new();
    crate_.add(
        CreativeWork {
            conforms_to: RO_CRATE.into(),
            about: ROOT.into(),
            ..CreativeWork::default()
        }
        .entity(METADATA_FILE),
    );
    crate_.add(root);
    crate_.add(
        CreativeWork {
            name: "Process Run Crate".into(),
            version: PROCESS_RUN_CRATE_VERSION.into(),
            ..CreativeWork::default()
        }
        .entity(PROCESS_RUN_CRATE),
    );
    for entity in rest.into_entities() {
        crate_.add(entity);
    }
    crate_
}

/// The root with what is known of time, people and licence.
pub fn root(name: &str, description: &str, time: &str, credits: &Credited) -> Entity {
    let id = |credit: &Option<Credit>| credit.as_ref().map(|credit| credit.id.clone());
    let licence = id(&credits.licence).unwrap_or(NO_LICENCE.to_owned());
    Dataset {
        name: name.into(),
        description: description.into(),
        date_published: time.into(),
        license: References::from(licence).into(),
        author: ids(&credits.people).into(),
        publisher: id(&credits.organisation).into(),
        conforms_to: PROCESS_RUN_CRATE.into(),
        ..Dataset::default()
    }
    .entity(ROOT)
}

/// The ids of people or organisations.
pub fn ids(credits: &[Credit]) -> Vec<String> {
    credits.iter().map(|credit| credit.id.clone()).collect()
}

/// An organisation as an entity.
pub fn organization(credit: &Credit) -> Entity {
    let url = Some(&credit.id).filter(|id| id.starts_with("http"));
    Organization {
        name: (&credit.name).into(),
        url: url.into(),
    }
    .entity(&*credit.id)
}

/// Adds the people and the licence that the root refers to.
pub fn add_credits(credits: &Credited, crate_: &mut Crate) {
    let Credited {
        people,
        organisation,
        licence,
    } = credits;
    let organisation_id = organisation.as_ref().map(|organisation| &organisation.id);
    for person in people {
        crate_.add(
            Person {
                name: (&person.name).into(),
                affiliation: References::from(organisation_id).into(),
                ..Person::default()
            }
            .entity(&*person.id),
        );
    }
    if let Some(organisation) = organisation {
        crate_.add(organization(organisation));
    }
    crate_.add(match licence {
        Some(licence) => Entity::named(&*licence.id, CreativeWork::TYPE, &licence.name),
        None => {
            CreativeWork {
                name: "Not stated".into(),
                description:
                    "FAIRtracks documents do not state a licence; ask the provider of the track."
                        .into(),
                ..CreativeWork::default()
            }
            .entity(NO_LICENCE)
        }
    });
}

/// Adds the crates that the crate was made of.
pub fn add_ancestors(ancestors: &[Ancestor], crate_: &mut Crate) {
    for ancestor in ancestors {
        crate_.add(
            Dataset {
                name: (&ancestor.name).into(),
                conforms_to: ANY_CRATE.into(),
                ..Dataset::default()
            }
            .entity(ancestor.id()),
        );
    }
    if !ancestors.is_empty() {
        crate_.add(any_crate());
    }
}

/// What crates inside a crate conform to, as an entity.
pub fn any_crate() -> Entity {
    Entity::named(ANY_CRATE, CreativeWork::TYPE, "RO-Crate, any version")
}

/// Adds the FAIRtracks document, a file of the crate, which describes the things of the ids `about`.
pub fn add_document(
    name: &str,
    document: &Document,
    file: &Digests,
    about: &[String],
    crate_: &mut Crate,
) {
    let info = document.members().get(Category::DocInfo.name());
    let text = |key: &str| {
        let value = info.and_then(|info| info.get(key)).and_then(Json::as_str);
        value.unwrap_or_default()
    };
    crate_.add(
        File {
            name: name.into(),
            identifier: text("local_id").into(),
            version: text("doc_version").into(),
            date_modified: text("doc_date").into(),
            encoding_format: "application/json".into(),
            content_size: file.bytes.to_string().into(),
            sha256: file.sha256.hexadecimal().into(),
            conforms_to: References::from(FAIRTRACKS_SCHEMA).into(),
            about: about.into(),
            ..File::default()
        }
        .entity(DOCUMENT_FILE),
    );
    crate_.add(
        CreativeWork {
            name: "FAIRtracks".into(),
            version: "1.0.2".into(),
            ..CreativeWork::default()
        }
        .entity(FAIRTRACKS_SCHEMA),
    );
}

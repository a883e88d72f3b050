//! What all crates of this suite have in common: the descriptor, the profile, people and licence, the FAIRtracks document, the
//! crates that a crate was made of, and the tools.

use serde_json::Value as Json;

use super::{
    Crate, Entity, METADATA_FILE, PROCESS_RUN_CRATE, PROCESS_RUN_CRATE_VERSION, RO_CRATE, ROOT,
};
use crate::archive::digest::{Digests, Sha256Sum};
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
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
    Entity::new(tool_id(name, version), &["SoftwareApplication"])
        .with("name", name)
        .with("version", version)
        .referring("url", REPOSITORY)
}

/// A property of something, which has no id elsewhere.
pub fn property(id: &str, name: &str, value: &str) -> Entity {
    Entity::new(format!("#{id}"), &["PropertyValue"])
        .with("name", name)
        .with("value", value)
}

/// A crate from its root and all that the root leads to: the descriptor comes first, the root second.
pub fn assemble(root: Entity, rest: Crate) -> Crate {
    let mut crate_ = Crate::new();
    crate_.add(
        Entity::new(METADATA_FILE, &["CreativeWork"])
            .referring("conformsTo", RO_CRATE)
            .referring("about", ROOT),
    );
    crate_.add(root);
    crate_.add(
        Entity::new(PROCESS_RUN_CRATE, &["CreativeWork"])
            .with("name", "Process Run Crate")
            .with("version", PROCESS_RUN_CRATE_VERSION),
    );
    for entity in rest.into_entities() {
        crate_.add(entity);
    }
    crate_
}

/// The root with what is known of time, people and licence.
pub fn root(name: &str, description: &str, time: &str, credits: &Credited) -> Entity {
    let id = |credit: &Option<Credit>| credit.as_ref().map(|credit| credit.id.clone());
    let people: Vec<&str> = credits
        .people
        .iter()
        .map(|person| person.id.as_str())
        .collect();
    let licence = id(&credits.licence).unwrap_or(NO_LICENCE.to_owned());
    Entity::new(ROOT, &["Dataset"])
        .with("name", name)
        .with("description", description)
        .with("datePublished", time)
        .referring("license", &licence)
        .referring_to_all("author", &people)
        .referring_to_all("publisher", id(&credits.organisation).as_slice())
        .referring("conformsTo", PROCESS_RUN_CRATE)
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
            Entity::new(&*person.id, &["Person"])
                .with("name", &*person.name)
                .referring_to_all("affiliation", organisation_id.as_slice()),
        );
    }
    if let Some(organisation) = organisation {
        let url = Some(&*organisation.id).filter(|id| id.starts_with("http"));
        crate_.add(
            Entity::new(&*organisation.id, &["Organization"])
                .with("name", &*organisation.name)
                .with("url", url.unwrap_or_default()),
        );
    }
    crate_.add(match licence {
        Some(licence) => Entity::new(&*licence.id, &["CreativeWork"]).with("name", &*licence.name),
        None => Entity::new(NO_LICENCE, &["CreativeWork"])
            .with("name", "Not stated")
            .with(
                "description",
                "FAIRtracks documents do not state a licence; ask the provider of the track.",
            ),
    });
}

/// Adds the crates that the crate was made of.
pub fn add_ancestors<'a>(ancestors: impl IntoIterator<Item = &'a Ancestor>, crate_: &mut Crate) {
    let mut is_any = false;
    for ancestor in ancestors {
        is_any = true;
        crate_.add(
            Entity::new(ancestor.id(), &["Dataset"])
                .with("name", &*ancestor.name)
                .referring("conformsTo", ANY_CRATE),
        );
    }
    if is_any {
        crate_.add(Entity::new(ANY_CRATE, &["CreativeWork"]).with("name", "RO-Crate, any version"));
    }
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
        value.unwrap_or_default().to_owned()
    };
    crate_.add(
        Entity::new(DOCUMENT_FILE, &["File"])
            .with("name", name)
            .with("identifier", text("local_id"))
            .with("version", text("doc_version"))
            .with("dateModified", text("doc_date"))
            .with("encodingFormat", "application/json")
            .with("contentSize", file.bytes.to_string())
            .with("sha256", file.sha256.hexadecimal())
            .referring("conformsTo", FAIRTRACKS_SCHEMA)
            .referring_to_all("about", about),
    );
    crate_.add(
        Entity::new(FAIRTRACKS_SCHEMA, &["CreativeWork"])
            .with("name", "FAIRtracks")
            .with("version", "1.0.2"),
    );
}

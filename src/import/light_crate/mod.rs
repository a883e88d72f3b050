//! The light crate of one track: its metadata, where it comes from and what was checked, without its data.
//!
//! RO-Crate 1.1 with the profile Process Run Crate 0.5. The track itself is the root's `about`, a File whose id is made of
//! its content; its document lies beside it at [`DOCUMENT_FILE`].

use serde_json::{Map, Value as Json};

use crate::model::arrival::{Arrival, Origin, SourceKind, Stored, Track};
use crate::model::digest::{Digests, Sha256Sum};
use crate::model::document::Document;
use crate::model::hit::Hit;
use crate::model::ro_crate::{
    Crate, Entity, METADATA_FILE, PROCESS_RUN_CRATE, PROCESS_RUN_CRATE_VERSION, RO_CRATE, ROOT,
};

use crate::model::credits::{Credit, CreditError, Credits};

mod actions;
mod metadata;
mod page;
mod track;

pub use page::page;

/// Where the FAIRtracks document is in a crate.
pub const DOCUMENT_FILE: &str = "metadata/fairtracks.json";
/// The schema that FAIRtracks documents conform to.
const FAIRTRACKS_SCHEMA: &str = "https://raw.githubusercontent.com/fairtracks/fairtracks_standard/v1/current/json/schema/fairtracks.schema.json";
/// Where the tools are developed; with a version it names one of them for good.
const REPOSITORY: &str = "https://github.com/fairtracks/fairtracks-galaxy";
/// The licence of data whose provider states none.
const NO_LICENCE: &str = "#licence-not-stated";

/// A crate that the import found a track in: how it is named inside other crates, and the name its user knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ancestor {
    /// 16 hexadecimal digits, the beginning of the SHA-256 of its metadata file.
    pub key: String,
    /// The name of its root.
    pub name: String,
}

/// All that the story of one track is made of.
pub struct Story<'s> {
    /// What was planned.
    pub track: &'s Track,
    /// What came of it: a file that is here, or that Galaxy knows of.
    pub arrival: &'s Arrival,
    /// The document of this one track.
    pub document: &'s Document,
    /// The digests of the document's file.
    pub document_file: &'s Digests,
    /// The kind of file that the track was found in.
    pub source_kind: SourceKind,
    /// Whether Galaxy is told the name tag of the track.
    pub has_name_tag: bool,
    /// The crates that the track was found in, the nearest first.
    pub ancestors: &'s [Ancestor],
    /// What is to be said of people and licence.
    pub credits: &'s Credited,
    /// The tool and its version.
    pub tool: (&'s str, &'s str),
    /// When the import began, RFC 3339.
    pub time: &'s str,
}

/// Credits that are known to be well formed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Credited {
    person: Option<Credit>,
    organisation: Option<Credit>,
    licence: Option<Credit>,
}

impl Credited {
    /// Takes credits as they were typed.
    ///
    /// # Errors
    /// The first that has not the form it should have.
    pub fn new(credits: &Credits) -> Result<Self, CreditError> {
        Ok(Credited {
            person: credits.person()?,
            organisation: credits.organisation()?,
            licence: credits.licence()?,
        })
    }

    /// Whether all three are known, so that validators find nothing to recommend.
    pub fn is_complete(&self) -> bool {
        self.person.is_some() && self.organisation.is_some() && self.licence.is_some()
    }

    /// The same with the licence that a crate states, where none was given.
    #[must_use]
    pub fn or_licence(mut self, stated: Option<&Credit>) -> Self {
        self.licence = self.licence.or(stated.cloned());
        self
    }

    /// The id of who acted: the person, else the organisation.
    fn agent(&self) -> Option<&str> {
        let agent = self.person.as_ref().or(self.organisation.as_ref());
        agent.map(|agent| agent.id.as_str())
    }
}

impl<'s> Story<'s> {
    /// The file, where it is here.
    fn stored(&self) -> Option<&'s Stored> {
        self.arrival.stored()
    }

    /// The address that the file came from or is at, without credentials.
    fn address(&self) -> String {
        match self.stored().map(|stored| &stored.origin) {
            Some(Origin::Url { address, .. }) => address.clone(),
            _ => self.track.address(),
        }
    }

    /// The beginning of what ids in the crate that speak of this file end with.
    fn key(&self) -> String {
        let sum = match self.stored() {
            Some(stored) => stored.stored.sha256,
            // Of a file that is not here only the address is known.
            None => Sha256Sum::of(self.address().as_bytes()),
        };
        sum.hexadecimal()[..16].to_owned()
    }

    fn track_id(&self) -> String {
        format!("#track-{}", self.key())
    }

    /// The id of the bytes as served, where they are not those that are stored.
    fn served_id(&self) -> Option<String> {
        let unpacked = self.stored().filter(|stored| stored.unpacked)?;
        let key = &unpacked.served.sha256.hexadecimal()[..16];
        Some(format!("#served-{key}"))
    }

    /// The name of the track's file as it is stored.
    fn file_name(&self) -> &'s str {
        let unpacked = self.stored().is_some_and(|stored| stored.unpacked);
        self.track.stored_name(unpacked)
    }
}

/// A search that led to the document, and what was searched where that is told.
type Search<'d> = (&'d Map<String, Json>, Option<&'d Json>);

/// The searches that led to a document, one in the hits of the other, the last one first.
fn searches(document: &Document) -> Vec<Search<'_>> {
    let mut found = Vec::new();
    let mut part = document.members().get("subset_of");
    while let Some(subset_of) = part {
        let source = subset_of.get("source").or(subset_of.get("server"));
        let search = subset_of.get("search").and_then(Json::as_object);
        found.extend(search.map(|search| (search, source)));
        part = source.and_then(|source| source.get("subset_of"));
    }
    found
}

/// The address that names a tool in one version.
fn tool_id(tool: &str, version: &str) -> String {
    format!("{REPOSITORY}/releases/tag/v{version}#{tool}")
}

/// A tool as an entity.
fn tool(name: &str, version: &str) -> Entity {
    Entity::new(tool_id(name, version), &["SoftwareApplication"])
        .with("name", name)
        .with("version", version)
        .referring("url", REPOSITORY)
}

/// Tells the story as a crate.
pub fn light_crate(story: &Story<'_>) -> Crate {
    let hit = Hit::first_of(story.document);
    let mut crate_ = Crate::new();
    crate_.add(
        Entity::new(METADATA_FILE, &["CreativeWork"])
            .referring("conformsTo", RO_CRATE)
            .referring("about", ROOT),
    );
    // The root comes second, although what it mentions is told after it.
    let mut rest = Crate::new();
    // Who imports may also be who made the study, of whom the document knows less.
    add_credits(story, &mut rest);
    let actions = actions::add(story, &mut rest);
    track::add(story, &hit, &mut rest);
    metadata::add(story, &hit, &mut rest);
    add_document(story, &hit, &mut rest);
    crate_.add(root(story, &actions));
    crate_.add(
        Entity::new(PROCESS_RUN_CRATE, &["CreativeWork"])
            .with("name", "Process Run Crate")
            .with("version", PROCESS_RUN_CRATE_VERSION),
    );
    rest.entities().iter().cloned().for_each(|entity| {
        crate_.add(entity);
    });
    crate_
}

fn root(story: &Story<'_>, actions: &[String]) -> Entity {
    let credits = story.credits;
    let id = |credit: &Option<Credit>| credit.as_ref().map(|credit| credit.id.clone());
    let licence = id(&credits.licence).unwrap_or(NO_LICENCE.to_owned());
    let description = match story.stored() {
        Some(_) => {
            "A genomic track that was imported into Galaxy, with its FAIRtracks metadata; the data are named by their SHA-256 and are not in here."
        }
        None => {
            "A genomic track that is registered in Galaxy by its address, with its FAIRtracks metadata; its bytes were not seen."
        }
    };
    let mut parts = vec![story.track_id(), DOCUMENT_FILE.to_owned()];
    parts.extend(story.ancestors.iter().map(ancestor_id));
    Entity::new(ROOT, &["Dataset"])
        .with("name", story.track.label())
        .with("description", description)
        .with("datePublished", story.time)
        .referring("license", &licence)
        .referring_to_all("author", id(&credits.person).as_slice())
        .referring_to_all("publisher", id(&credits.organisation).as_slice())
        .referring("conformsTo", PROCESS_RUN_CRATE)
        .referring("about", &story.track_id())
        .referring_to_all("hasPart", &parts)
        .referring_to_all("mentions", actions)
}

/// The id of an ancestor inside the crate, which is its folder.
fn ancestor_id(ancestor: &Ancestor) -> String {
    format!("inputs/{}/", ancestor.key)
}

fn add_credits(story: &Story<'_>, crate_: &mut Crate) {
    let Credited {
        person,
        organisation,
        licence,
    } = story.credits;
    let organisation_id = organisation.as_ref().map(|organisation| &organisation.id);
    if let Some(person) = person {
        crate_.add(
            Entity::new(&*person.id, &["Person"])
                .with("name", &*person.name)
                .referring_to_all("affiliation", organisation_id.as_slice()),
        );
    }
    if let Some(organisation) = organisation {
        crate_.add(
            Entity::new(&*organisation.id, &["Organization"])
                .with("name", &*organisation.name)
                .with(
                    "url",
                    if organisation.id.starts_with("http") {
                        &*organisation.id
                    } else {
                        ""
                    },
                ),
        );
    }
    crate_.add(match licence {
        Some(licence) => Entity::new(&*licence.id, &["CreativeWork"]).with("name", &*licence.name),
        None => Entity::new(NO_LICENCE, &["CreativeWork"])
            .with("name", "Not stated")
            .with(
                "description",
                "FAIRtracks documents state no licence: ask the provider of the track.",
            ),
    });
    for ancestor in story.ancestors {
        crate_.add(
            Entity::new(ancestor_id(ancestor), &["Dataset"])
                .with("name", &*ancestor.name)
                .referring("conformsTo", "https://w3id.org/ro/crate"),
        );
    }
    if !story.ancestors.is_empty() {
        crate_.add(
            Entity::new("https://w3id.org/ro/crate", &["CreativeWork"])
                .with("name", "RO-Crate, whatever version"),
        );
    }
}

/// The FAIRtracks document as a file of the crate.
fn add_document(story: &Story<'_>, hit: &Hit<'_>, crate_: &mut Crate) {
    use crate::model::category::Category::DocInfo;
    let of_document = |key: &str| hit.text(DocInfo, &[key]).unwrap_or_default();
    crate_.add(
        Entity::new(DOCUMENT_FILE, &["File"])
            .with("name", "FAIRtracks document of the track")
            .with("identifier", of_document("local_id"))
            .with("version", of_document("doc_version"))
            .with("dateModified", of_document("doc_date"))
            .with("encodingFormat", "application/json")
            .with("contentSize", story.document_file.bytes.to_string())
            .with("sha256", story.document_file.sha256.hexadecimal())
            .referring("conformsTo", FAIRTRACKS_SCHEMA)
            .referring("about", &story.track_id()),
    );
    crate_.add(
        Entity::new(FAIRTRACKS_SCHEMA, &["CreativeWork"])
            .with("name", "FAIRtracks")
            .with("version", "1.0.2"),
    );
}

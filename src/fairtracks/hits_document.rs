//! The document of hits: the closed subset of a document that some of its tracks need.

use serde_json::{Map, Value as Json, json};

use super::category::Category;
use super::document::Document;
use super::document_name;
use super::hit::LeftOut;
use super::search_source::ServerHub;
use super::subset::closed_subset;
use crate::text::secrets;

/// What was searched: the member `source` or `server` of a document of hits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Searched {
    /// A document.
    Document {
        /// SHA-256 of its file, 64 hexadecimal digits.
        sha256: String,
    },
    /// A hub of a server, by an address without user name, query and fragment.
    Server(ServerHub),
}

/// The provenance of a document of hits, its member `subset_of`.
#[derive(Debug, Clone)]
pub struct Provenance {
    /// What was searched.
    pub searched: Searched,
    /// The query as it was asked.
    pub query: String,
    /// The conditions of a form that the query was made from, in the shape of a conditions file.
    pub conditions: Option<Json>,
    /// Whether values that the source lacks were filled in before the search.
    pub augmented: bool,
    /// The categories that a row of the search was made of.
    pub categories: Vec<String>,
    /// Whether tracks without an experiment, sample or study were searched too.
    pub incomplete: bool,
    /// When, RFC 3339 with `+00:00`.
    pub time: String,
    /// The tool that searched.
    pub tool: String,
    /// Its version.
    pub tool_version: String,
    /// Tracks that could not be found because their references lead nowhere.
    pub left_out: Vec<LeftOut>,
}

/// The member that says which document a document of hits is a part of.
pub(super) const SUBSET_OF: &str = "subset_of";
/// Its version.
pub(super) const SUBSET_VERSION: u32 = 1;

/// The closed subset of the tracks at `positions`, with a name of its own and with where it comes from.
///
/// Its objects are those of the source, credentials of addresses included, since an import fetches from there; where it comes
/// from (`subset_of`) has none.
pub fn hits_document(source: &Document, positions: &[usize], provenance: &Provenance) -> Document {
    let mut hits = closed_subset(source, positions).document;
    let subset_of = subset_of(source, positions.len(), provenance);
    hits.members_mut().shift_remove(SUBSET_OF);
    hits.members_mut().insert(SUBSET_OF.to_owned(), subset_of);
    document_name::name(&mut hits, &provenance.time);
    hits
}

/// The description of a document in a part of it: its version, URL and date, the SHA-256 of its file, and the
/// document that it is itself a part of.
pub(super) fn stated(source: &Document, sha256: &str) -> Json {
    let of_source = |key: &str| {
        let doc_info = source.object(Category::DocInfo, 0);
        let value = doc_info.and_then(|object| object.get(key));
        value.cloned().unwrap_or(Json::Null)
    };
    let mut stated = json!({
        "doc_version": of_source("doc_version"),
        "doc_url": of_source("doc_url"),
        "doc_date": of_source("doc_date"),
        "sha256": sha256,
    });
    // Without credentials: this URL is not used for downloads, unlike those of the document's objects.
    secrets::take_out(&mut stated);
    // A search in the hits of a search keeps the provenance of the first.
    if let Some(earlier) = source.members().get(SUBSET_OF) {
        stated[SUBSET_OF] = earlier.clone();
    }
    stated
}

fn subset_of(source: &Document, hits: usize, provenance: &Provenance) -> Json {
    let (key, searched) = match &provenance.searched {
        Searched::Document { sha256 } => ("source", stated(source, sha256)),
        Searched::Server(server) => (
            "server",
            json!({
                "url": secrets::redacted(&server.url),
                "repository": server.repository,
                "hub": server.hub,
            }),
        ),
    };
    let mut subset_of = Map::new();
    subset_of.insert("version".to_owned(), SUBSET_VERSION.into());
    subset_of.insert(key.to_owned(), searched);
    let mut search = json!({
        "query": provenance.query,
        "conditions": provenance.conditions,
        "categories": provenance.categories,
        "augmented": provenance.augmented,
        "incomplete": provenance.incomplete,
        "limit": Json::Null,
        "time": provenance.time,
        "tool": provenance.tool,
        "tool_version": provenance.tool_version,
    });
    secrets::take_out(&mut search);
    subset_of.insert("search".to_owned(), search);
    subset_of.insert("hits".to_owned(), hits.into());
    let mut left_out = json!(provenance.left_out);
    secrets::take_out(&mut left_out);
    subset_of.insert("left_out".to_owned(), left_out);
    Json::Object(subset_of)
}

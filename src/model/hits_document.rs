//! The document of hits: the closed subset of a document that some of its tracks need.

use serde_json::{Value as Json, json};

use super::category::Category;
use super::document::Document;
use super::hit::LeftOut;
use super::naming;
use super::subset::closed_subset;

/// How a document of hits came about; stands in it as `subset_of`.
#[derive(Debug, Clone)]
pub struct Provenance {
    /// SHA-256 of the file that was searched, 64 hexadecimal digits.
    pub source_sha256: String,
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
pub fn hits_document(source: &Document, positions: &[usize], provenance: &Provenance) -> Document {
    let mut members = closed_subset(source, positions).document.into_members();
    let subset_of = subset_of(source, positions.len(), provenance);
    members.shift_remove(SUBSET_OF);
    members.insert(SUBSET_OF.to_owned(), subset_of);
    naming::name(&mut members, &provenance.time);
    Document::from_parts(members)
}

/// What a part of a document says of the document: its version, address and date, the SHA-256 of its file, and of which
/// document it is itself a part.
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
    // A search in the hits of a search keeps the story of the first.
    if let Some(earlier) = source.members().get(SUBSET_OF) {
        stated[SUBSET_OF] = earlier.clone();
    }
    stated
}

fn subset_of(source: &Document, hits: usize, provenance: &Provenance) -> Json {
    json!({
        "version": SUBSET_VERSION,
        "source": stated(source, &provenance.source_sha256),
        "search": {
            "query": provenance.query,
            "conditions": provenance.conditions,
            "categories": provenance.categories,
            "augmented": provenance.augmented,
            "incomplete": provenance.incomplete,
            "limit": Json::Null,
            "time": provenance.time,
            "tool": provenance.tool,
            "tool_version": provenance.tool_version,
        },
        "hits": hits,
        "left_out": provenance.left_out,
    })
}

//! The document of hits: the closed subset of a document that some of its tracks need.

use std::collections::HashSet;

use serde_json::{Map, Value as Json, json};

use super::category::Category;
use super::document::Document;
use super::hit::LeftOut;
use super::signature;

/// How a document of hits came about; stands in it as `subset_of`.
#[derive(Debug, Clone)]
pub struct Provenance {
    /// SHA-256 of the file that was searched, 64 hexadecimal digits.
    pub source_sha256: String,
    /// The query as it was asked.
    pub query: String,
    /// The conditions of a form that the query was made from, in the shape of a conditions file.
    pub conditions: Option<Json>,
    /// The categories that a row of the search was made of.
    pub categories: Vec<String>,
    /// When, RFC 3339 with `+00:00`.
    pub time: String,
    /// The tool that searched.
    pub tool: String,
    /// Its version.
    pub tool_version: String,
    /// Tracks that could not be found because their references lead nowhere.
    pub left_out: Vec<LeftOut>,
}

/// Version of the `subset_of` member.
const SUBSET_VERSION: u32 = 1;

/// The document that holds the tracks at `positions` and what they refer to, in the source's order.
///
/// It has an id of its own, made from its signature; its `doc_url` is dropped, as it is not to be found there.
pub fn hits_document(source: &Document, positions: &[usize], provenance: &Provenance) -> Document {
    let kept = Kept::of(source, positions);
    let mut members: Map<String, Json> = Map::new();
    for (key, value) in source
        .members()
        .iter()
        .filter(|(key, _)| *key != "subset_of")
    {
        let value = match Category::named(key) {
            Some(category) if !category.is_single() => kept.part(category),
            _ => value.clone(),
        };
        members.insert(key.clone(), value);
    }
    members.insert(
        "subset_of".to_owned(),
        subset_of(source, positions.len(), provenance),
    );
    rename(&mut members, &provenance.time);
    // The parts are those of a document, only fewer.
    Document::from_parts(members)
}

/// The objects that stay.
struct Kept<'d> {
    tracks: Vec<&'d Json>,
    experiments: Vec<&'d Json>,
    samples: Vec<&'d Json>,
    studies: Vec<&'d Json>,
}

impl<'d> Kept<'d> {
    fn of(source: &'d Document, positions: &[usize]) -> Self {
        let all = source.objects(Category::Tracks);
        let tracks: Vec<&Json> = positions.iter().map(|&position| all[position]).collect();
        let experiments = referred(source, Category::Experiments, &tracks, "experiment_ref");
        let samples = referred(source, Category::Samples, &experiments, "sample_ref");
        let studies = referred(source, Category::Studies, &experiments, "study_ref");
        Kept {
            tracks,
            experiments,
            samples,
            studies,
        }
    }

    fn part(&self, category: Category) -> Json {
        let objects = match category {
            Category::Tracks => &self.tracks,
            Category::Experiments => &self.experiments,
            Category::Samples => &self.samples,
            Category::Studies => &self.studies,
            Category::CollectionInfo | Category::DocInfo => return Json::Null,
        };
        Json::Array(objects.iter().map(|&object| object.clone()).collect())
    }
}

/// The objects of a category whose `local_id` one of `from` gives as its `attribute`.
fn referred<'d>(
    source: &'d Document,
    category: Category,
    from: &[&Json],
    attribute: &str,
) -> Vec<&'d Json> {
    let wanted: HashSet<&str> = from
        .iter()
        .filter_map(|object| object.get(attribute)?.as_str())
        .collect();
    let is_wanted = |object: &&Json| {
        object
            .get("local_id")
            .and_then(Json::as_str)
            .is_some_and(|id| wanted.contains(id))
    };
    source
        .objects(category)
        .into_iter()
        .filter(is_wanted)
        .collect()
}

fn subset_of(source: &Document, hits: usize, provenance: &Provenance) -> Json {
    let doc_info = source.objects(Category::DocInfo);
    let of_source = |key: &str| {
        doc_info
            .first()
            .and_then(|object| object.get(key))
            .cloned()
            .unwrap_or(Json::Null)
    };
    let mut searched = json!({
        "doc_version": of_source("doc_version"),
        "doc_url": of_source("doc_url"),
        "doc_date": of_source("doc_date"),
        "sha256": provenance.source_sha256,
    });
    // A search in the hits of a search keeps the story of the first.
    if let Some(earlier) = source.members().get("subset_of") {
        searched["subset_of"] = earlier.clone();
    }
    json!({
        "version": SUBSET_VERSION,
        "source": searched,
        "search": {
            "query": provenance.query,
            "conditions": provenance.conditions,
            "categories": provenance.categories,
            "limit": Json::Null,
            "time": provenance.time,
            "tool": provenance.tool,
            "tool_version": provenance.tool_version,
        },
        "hits": hits,
        "left_out": provenance.left_out,
    })
}

/// Gives the document its own version, date and id.
fn rename(members: &mut Map<String, Json>, time: &str) {
    if let Some(Json::Object(doc_info)) = members.get_mut("doc_info") {
        doc_info.shift_remove("doc_url");
        doc_info.insert("doc_date".to_owned(), time.into());
    }
    let version = signature::signature_without_ids(members);
    let Some(Json::Object(doc_info)) = members.get_mut("doc_info") else {
        return;
    };
    let source_id = doc_info
        .get("local_id")
        .and_then(Json::as_str)
        .unwrap_or_default();
    let local_id = format!("{source_id}#{}", &version[..12]);
    doc_info.insert("local_id".to_owned(), local_id.clone().into());
    doc_info.insert("doc_version".to_owned(), version.into());
    if let Some(Json::Object(collection_info)) = members.get_mut("collection_info") {
        collection_info.insert("doc_ref".to_owned(), local_id.into());
    }
}

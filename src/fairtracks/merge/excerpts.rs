//! Excerpts: documents of some tracks of one document, which together are one excerpt of it.
//!
//! Every light crate holds an excerpt of one track, so there are many of them, alike but for that track. They are taken one after
//! the other, and only what is new in each is kept.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::likeness::is_same;
use super::source::longest;
use super::{Differing, LISTS};
use crate::archive::digest::Sha256Sum;
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::fairtracks::document_name;
use crate::fairtracks::document_object::DocumentObject;
use crate::fairtracks::hits_document::SUBSET_OF;

/// What of `doc_info` is the excerpt's own.
const OWN: [&str; 3] = ["local_id", "doc_version", "doc_date"];

/// The excerpts of one document.
struct Excerpts {
    /// The first one, without its lists; the others differ from it only in the name.
    heading: Map<String, Json>,
    /// The first one unchanged, as long as it is the only one.
    only: Option<Document>,
    lists: BTreeMap<Category, BTreeMap<(String, usize), Arc<DocumentObject>>>,
}

/// Joins the excerpts among documents, each document's to one; all other documents stay as they are. `differing` collects
/// objects that excerpts of one document describe differently.
pub(super) fn joined(
    documents: impl IntoIterator<Item = Document>,
    date: &str,
    differing: &mut Vec<Differing>,
) -> Vec<Document> {
    let mut others = Vec::new();
    let mut excerpts: HashMap<Sha256Sum, Excerpts> = HashMap::new();
    for document in documents {
        let Some(key) = key(&document) else {
            others.push(document);
            continue;
        };
        match excerpts.entry(key) {
            Entry::Vacant(place) => {
                place.insert(Excerpts::new(document));
            }
            Entry::Occupied(mut known) => known.get_mut().join(document, differing),
        }
    }
    let joined = excerpts.into_values().map(|excerpts| excerpts.finish(date));
    others.extend(joined);
    others
}

/// What excerpts of one document have in common; none for a document that is no excerpt.
fn key(document: &Document) -> Option<Sha256Sum> {
    let subset_of = document.members().get(SUBSET_OF)?.as_object()?;
    if subset_of.contains_key("search") || !subset_of.contains_key("source") {
        return None;
    }
    Some(Sha256Sum::of(
        Json::Object(common(document)).to_string().as_bytes(),
    ))
}

/// The members that are not the excerpt's own.
fn common(document: &Document) -> Map<String, Json> {
    let mut members = Map::new();
    for (key, value) in document.members() {
        let without = |names: &[&str]| {
            let kept = value.as_object().into_iter().flatten();
            let kept = kept.filter(|(name, _)| !names.contains(&name.as_str()));
            Json::Object(
                kept.map(|(name, value)| (name.clone(), value.clone()))
                    .collect(),
            )
        };
        let value = match Category::named(key) {
            Some(Category::DocInfo) => without(&OWN),
            Some(Category::CollectionInfo) => without(&["doc_ref"]),
            Some(_) => continue,
            None if key == SUBSET_OF => without(&["hits"]),
            None => value.clone(),
        };
        members.insert(key.clone(), value);
    }
    members
}

impl Excerpts {
    fn new(document: Document) -> Self {
        let mut excerpts = Excerpts {
            heading: Map::new(),
            only: None,
            lists: BTreeMap::new(),
        };
        excerpts.take(&document, &mut Vec::new());
        excerpts.heading = document.members().clone();
        excerpts.only = Some(document);
        excerpts
    }

    fn join(&mut self, document: Document, differing: &mut Vec<Differing>) {
        if self.only.as_ref() == Some(&document) {
            return;
        }
        self.only = None;
        self.take(&document, differing);
    }

    /// Adds new objects.
    fn take(&mut self, document: &Document, differing: &mut Vec<Differing>) {
        for category in LISTS {
            let known = self.lists.entry(category).or_default();
            let mut seen: HashMap<String, usize> = HashMap::new();
            for object in document.list(category) {
                let id = match object.member("local_id") {
                    Some(Json::String(id)) => id,
                    _ => object.read().to_string(),
                };
                let earlier = seen.entry(id.clone()).or_default();
                let name = (id, *earlier);
                *earlier += 1;
                let Some(before) = known.get_mut(&name) else {
                    known.insert(name, Arc::clone(object));
                    continue;
                };
                if before != object && !is_same(&before.read(), &object.read()) {
                    let local_id = name.0;
                    differing.push(Differing { category, local_id });
                }
                if before != object {
                    *before = Arc::clone(longest(before, object));
                }
            }
        }
    }

    /// One excerpt with all that they have.
    fn finish(self, date: &str) -> Document {
        if let Some(only) = self.only {
            return only;
        }
        let mut document = Document::from_parts(self.heading);
        for (category, objects) in self.lists {
            if category == Category::Tracks
                && let Some(Json::Object(subset_of)) = document.members_mut().get_mut(SUBSET_OF)
            {
                subset_of.insert("hits".to_owned(), objects.len().into());
            }
            document.set_list(category, objects.into_values().collect());
        }
        if let Some(Json::Object(doc_info)) = document.members_mut().get_mut("doc_info") {
            let text = |key: &str| doc_info.get(key).and_then(Json::as_str).unwrap_or_default();
            let (id, version) = (text("local_id"), text("doc_version"));
            let own = version.get(..12).map(|start| format!("#{start}"));
            // The name of the whole document, to which naming adds the mark of this excerpt.
            let of_source = own
                .and_then(|own| id.strip_suffix(&own))
                .unwrap_or(id)
                .to_owned();
            doc_info.insert("local_id".to_owned(), of_source.into());
        }
        document_name::name(&mut document, date);
        document
    }
}

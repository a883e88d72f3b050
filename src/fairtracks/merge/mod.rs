//! Merge: several documents as one, whatever their order.
//!
//! A document and the documents of hits found in it are of one source. Within a source a `local_id` is one object,
//! as the standard has it (`unique`). Between sources it need not be: where objects of one id are not the same, all
//! of them get the beginning of their source's key behind it, so that none keeps a name that another could claim,
//! and the references to them follow. What is the same, and refers to the same, is one object wherever it is from.

mod excerpts;
mod heading;
mod likeness;
mod source;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value as Json;

use super::category::Category;
use super::document::Document;
use super::document_name;
use super::document_object::DocumentObject;
use super::subset::REFERENCES;
use crate::archive::digest::Sha256Sum;
use likeness::fingerprint;
use source::MergeSource;

/// One document made of several, and the decisions of the merge.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The document. Where the parts differ in more than their lists, an extra member, which the standard allows, describes
    /// each:
    ///
    /// ```json
    /// "merged_from": {"version": 1, "sources": [{
    ///     "documents": [the members of a document but for its lists, as they were],
    ///     "studies": [the ids, in the merged document, of the source's studies],
    ///     "new_ids": {"samples": {"the id it had": "the id it has"}}}]}
    /// ```
    ///
    /// A track refers to its study, and `studies` names that of each source.
    pub document: Document,
    /// Ids that objects of different sources share, and what they have become.
    pub renamed: Vec<Renamed>,
    /// Objects that documents of one source describe differently; the longest description is kept.
    pub differing: Vec<Differing>,
}

/// An id that had to change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Renamed {
    /// What it is the id of.
    pub category: Category,
    /// The id in the source.
    pub from: String,
    /// The id in the merged document.
    pub to: String,
}

/// An object of which one source gives several descriptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// What it is.
    pub category: Category,
    /// Its id; empty if it has none.
    pub local_id: String,
}

/// The lists, each after those that its objects refer to.
const LISTS: [Category; 4] = [
    Category::Samples,
    Category::Studies,
    Category::Experiments,
    Category::Tracks,
];

/// How many hexadecimal digits of a source's key mark an id.
const MARK: usize = 12;

/// Merges documents into one with a name of its own, made on `date` (RFC 3339); `None` if there are none.
///
/// The largest document comes first; excerpts of one document are one excerpt of it. One document, however often it is given, comes back as it is.
pub fn merge(documents: impl IntoIterator<Item = Document>, date: &str) -> Option<Merged> {
    let mut differing = Vec::new();
    let mut documents = excerpts::joined(documents, date, &mut differing);
    documents.sort_by_cached_key(|document| {
        let tracks = document.count(Category::Tracks);
        // JSON values can always be printed.
        let text = serde_json::to_vec(document).unwrap_or_default();
        (usize::MAX - tracks, Sha256Sum::of(&text).hexadecimal())
    });
    documents.dedup();
    if documents.len() < 2 {
        return documents.pop().map(|document| Merged {
            document,
            renamed: Vec::new(),
            differing,
        });
    }
    let mut sources = MergeSource::all(documents);
    heading::share_collection(&mut sources);
    for category in LISTS {
        sources
            .iter_mut()
            .for_each(|source| source.follow_new_ids(category));
        for (place, new_ids) in clashes(&sources, category) {
            sources[place].rename(category, new_ids);
        }
    }
    let mut document = Document::from_parts(heading::heading(&sources));
    for category in LISTS {
        document.set_list(category, union(&sources, category));
    }
    document_name::name(&mut document, date);
    let mut renamed: Vec<Renamed> = sources.iter().flat_map(MergeSource::renamed).collect();
    renamed.sort();
    renamed.dedup();
    Some(Merged {
        document,
        renamed,
        differing: {
            differing.extend(sources.into_iter().flat_map(|source| source.differing));
            differing
        },
    })
}

/// New ids, by the place of a source, for the objects of a category that share an id but are not the same.
///
/// A reference that leads nowhere in its source must not lead to an object of another: there its id stands for no
/// object, which is not the same as one.
fn clashes(sources: &[MergeSource], category: Category) -> HashMap<usize, HashMap<Json, Json>> {
    let mut meanings: HashMap<&Json, Vec<(usize, Vec<&Json>)>> = HashMap::new();
    for (place, source) in sources.iter().enumerate() {
        for (id, objects) in source.objects_by_id(category) {
            meanings.entry(id).or_default().push((place, objects));
        }
    }
    let mut new_ids: HashMap<usize, HashMap<Json, Json>> = HashMap::new();
    for (id, meanings) in meanings {
        if meanings
            .iter()
            .all(|(_, objects)| *objects == meanings[0].1)
        {
            continue;
        }
        // A number may be written in another way.
        let all = meanings.into_iter().map(|(place, objects)| {
            let objects = objects.into_iter().map(fingerprint);
            (place, objects.collect::<Vec<Sha256Sum>>())
        });
        let meanings: Vec<(usize, Vec<Sha256Sum>)> = all.collect();
        let mut keys: HashMap<&[Sha256Sum], &str> = HashMap::new();
        for (place, objects) in &meanings {
            let key = sources[*place].key.as_str();
            let least = keys.entry(objects).or_insert(key);
            *least = key.min(least);
        }
        if keys.len() == 1 {
            continue;
        }
        for (place, objects) in &meanings {
            let key = keys.get(objects.as_slice());
            let mark = key.map_or("", |key| &key[..MARK]);
            let new = format!("{}#{mark}", text(id));
            let of_source = new_ids.entry(*place).or_default();
            of_source.insert(id.clone(), new.into());
        }
    }
    new_ids
}

/// The objects of a category of all sources; what an earlier source has is not repeated.
fn union(sources: &[MergeSource], category: Category) -> Vec<Arc<DocumentObject>> {
    if let [only] = sources {
        return only.lists[&category].clone();
    }
    let mut objects: Vec<Arc<DocumentObject>> = Vec::new();
    let mut known: HashSet<Sha256Sum> = HashSet::new();
    for source in sources {
        let of_source = &source.lists[&category];
        let sums = of_source.iter().map(|object| fingerprint(&object.read()));
        let sums: Vec<Sha256Sum> = sums.collect();
        let new = of_source.iter().zip(&sums);
        let new = new.filter(|(_, sum)| !known.contains(*sum));
        objects.extend(new.map(|(object, _)| Arc::clone(object)));
        known.extend(sums);
    }
    objects
}

/// An id as text, which all ids are by the standard.
fn text(id: &Json) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

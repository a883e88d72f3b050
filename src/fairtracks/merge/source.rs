//! A source: the documents that are it or are found in it, and the objects that they have together.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::likeness::is_same;
use super::{Differing, LISTS, REFERENCES, Renamed, text};
use crate::archive::digest::Sha256Sum;
use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::fairtracks::document_object::DocumentObject;
use crate::fairtracks::hits_document::SUBSET_OF;
use crate::fairtracks::signature::signature;

/// The documents of one source.
pub(super) struct MergeSource {
    /// What its documents have in common, 64 hexadecimal digits.
    pub key: String,
    /// The members of its documents, their lists emptied; each differs from the others.
    pub headings: Vec<Map<String, Json>>,
    /// The objects of each list.
    pub lists: BTreeMap<Category, Vec<Arc<DocumentObject>>>,
    /// Objects that its documents describe differently.
    pub differing: Vec<Differing>,
    new_ids: BTreeMap<Category, HashMap<Json, Json>>,
}

/// The `local_id` of an object and how many before it in its document have the same; an object without one goes by
/// itself.
type Name = (Json, usize);

impl MergeSource {
    /// The sources of the documents, in the order in which they come up.
    pub fn all(documents: Vec<Document>) -> Vec<MergeSource> {
        let mut sources: Vec<(String, Vec<Document>)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for document in documents {
            let key = source_key(&document);
            match places.get(&key) {
                Some(place) => sources[*place].1.push(document),
                None => {
                    places.insert(key.clone(), sources.len());
                    sources.push((key, vec![document]));
                }
            }
        }
        sources
            .into_iter()
            .map(|(key, documents)| MergeSource::new(key, &documents))
            .collect()
    }

    fn new(key: String, documents: &[Document]) -> Self {
        let mut differing = Vec::new();
        let lists = LISTS.map(|category| {
            let objects = together(documents, category, |name| {
                let local_id = if name.is_object() {
                    String::new()
                } else {
                    text(name)
                };
                differing.push(Differing { category, local_id });
            });
            (category, objects)
        });
        let mut known = HashSet::new();
        let headings = documents
            .iter()
            .map(|document| document.members().clone())
            .filter(|heading| known.insert(heading.clone()))
            .collect();
        MergeSource {
            key,
            headings,
            lists: lists.into(),
            differing,
            new_ids: BTreeMap::new(),
        }
    }

    /// The objects of a category by their id. An id that is referred to but has no object is among them.
    pub fn objects_by_id(&self, category: Category) -> HashMap<&Json, Vec<&Json>> {
        let mut by_id: HashMap<&Json, Vec<&Json>> = HashMap::new();
        for (from, attribute, _) in references(|(_, _, to)| to == category) {
            let objects = self.lists[&from].iter().map(|object| object.json());
            for id in objects.filter_map(|object| object.get(attribute)) {
                by_id.entry(id).or_default();
            }
        }
        for object in self.lists[&category].iter().map(|object| object.json()) {
            if let Some(id) = object.get("local_id") {
                by_id.entry(id).or_default().push(object);
            }
        }
        by_id
    }

    /// Lets the objects of a category refer to the ids that others have by now.
    pub fn follow_new_ids(&mut self, category: Category) {
        for (_, attribute, to) in references(|(from, ..)| from == category) {
            if let Some(new_ids) = self.new_ids.get(&to) {
                replace(self.lists.get_mut(&category), attribute, new_ids);
            }
        }
    }

    /// Gives objects of a category new ids.
    pub fn rename(&mut self, category: Category, new_ids: HashMap<Json, Json>) {
        replace(self.lists.get_mut(&category), "local_id", &new_ids);
        self.new_ids.insert(category, new_ids);
    }

    /// The ids that have changed.
    pub fn renamed(&self) -> Vec<Renamed> {
        let of_category = |(category, new_ids): (&Category, &HashMap<Json, Json>)| {
            let category = *category;
            let renamed = new_ids.iter().map(move |(from, to)| Renamed {
                category,
                from: text(from),
                to: text(to),
            });
            renamed.collect::<Vec<_>>()
        };
        let mut renamed: Vec<Renamed> = self.new_ids.iter().flat_map(of_category).collect();
        renamed.sort();
        renamed
    }

    /// The description of the source in a merged document.
    pub fn input(&self) -> Json {
        let documents = self.headings.iter().map(|heading| {
            let mut members = heading.clone();
            members.retain(|key, _| Category::named(key).is_none_or(Category::is_single));
            Json::Object(members)
        });
        let studies = self.lists[&Category::Studies].iter();
        let mut new_ids = json!({});
        for renamed in self.renamed() {
            new_ids[renamed.category.name()][renamed.from] = renamed.to.into();
        }
        json!({
            "documents": documents.collect::<Vec<_>>(),
            "studies": studies.filter_map(|study| study.member("local_id")).collect::<Vec<_>>(),
            "new_ids": new_ids,
        })
    }
}

/// The references of the standard that fit.
fn references(
    fit: impl Fn((Category, &str, Category)) -> bool,
) -> impl Iterator<Item = (Category, &'static str, Category)> {
    REFERENCES
        .into_iter()
        .filter(move |reference| fit(*reference))
}

/// Replaces values of an attribute.
pub(super) fn replace(
    objects: Option<&mut Vec<Arc<DocumentObject>>>,
    attribute: &str,
    new: &HashMap<Json, Json>,
) {
    for object in objects.into_iter().flatten() {
        let value = object.member(attribute);
        if let Some(new) = value.and_then(|value| new.get(&value)) {
            let mut json = object.read().into_owned();
            json[attribute] = new.clone();
            *object = Arc::new(json.into());
        }
    }
}

/// The objects of a category of the documents of one source, each once; `differs` is called for those that the documents
/// describe differently.
fn together(
    documents: &[Document],
    category: Category,
    mut differs: impl FnMut(&Json),
) -> Vec<Arc<DocumentObject>> {
    let mut objects: Vec<&Arc<DocumentObject>> = Vec::new();
    let mut places: HashMap<Name, usize> = HashMap::new();
    for document in documents {
        let mut seen: HashMap<Json, usize> = HashMap::new();
        for object in document.list(category) {
            let id = object.member("local_id");
            let id = id.unwrap_or_else(|| object.read().into_owned());
            let earlier = seen.entry(id.clone()).or_default();
            let place = *places
                .entry((id.clone(), *earlier))
                .or_insert(objects.len());
            *earlier += 1;
            match objects.get(place) {
                None => objects.push(object),
                Some(known) if *known == object => {}
                Some(known) => {
                    if !is_same(&known.read(), &object.read()) {
                        differs(&id);
                    }
                    objects[place] = longest(known, object);
                }
            }
        }
    }
    objects.into_iter().cloned().collect()
}

/// The longer of two descriptions; of equally long ones the last by their text, so that the order does not matter.
pub(super) fn longest<'d>(
    one: &'d Arc<DocumentObject>,
    other: &'d Arc<DocumentObject>,
) -> &'d Arc<DocumentObject> {
    let length_and_text = |object: &DocumentObject| {
        let text = object.read().to_string();
        (text.len(), text)
    };
    if length_and_text(other) > length_and_text(one) {
        other
    } else {
        one
    }
}

/// The identity of a source: the `doc_version` of the document that was searched first, or of the document
/// itself. By the standard that is a signature; any other text is ambiguous without `doc_url` and `doc_date`.
fn source_key(document: &Document) -> String {
    let members = document.members();
    let mut searched = None;
    let mut part = members.get(SUBSET_OF);
    while let Some(earlier) = part.and_then(|part| part.get("source").or(part.get("server"))) {
        searched = Some(earlier);
        part = earlier.get(SUBSET_OF);
    }
    let stated = searched.unwrap_or(&members[Category::DocInfo.name()]);
    let is_signature =
        |text: &&str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match stated.get("doc_version").and_then(Json::as_str) {
        Some(version) if is_signature(&version) => version.to_ascii_lowercase(),
        Some(_) => {
            let identity = ["doc_version", "doc_url", "doc_date"].map(|key| stated.get(key));
            Sha256Sum::of(json!(identity).to_string().as_bytes()).hexadecimal()
        }
        // A server, or a document without a version.
        None => searched.map_or_else(
            || signature(document),
            |searched| Sha256Sum::of(searched.to_string().as_bytes()).hexadecimal(),
        ),
    }
}

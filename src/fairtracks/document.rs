//! A FAIRtracks v1 document, whose objects keep the text in which they came.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use memchr::memmem;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value as Json};
use thiserror::Error;

use super::category::Category;
use super::document_object::{DocumentObject, SourceText};
use crate::text::json;
use crate::text::secrets;

/// A document whose six parts are there: two objects and four lists of objects.
///
/// Nothing is lost: members that the standard does not know (it allows them everywhere), the order of all members, and what no
/// tool changes keeps its text, byte for byte.
#[derive(Debug, Clone)]
pub struct Document {
    /// The members in their order, the four lists empty.
    members: Map<String, Json>,
    lists: BTreeMap<Category, Vec<Arc<DocumentObject>>>,
    /// The texts in which members other than the lists came.
    texts: HashMap<String, SourceText>,
}

/// Why a JSON value is not a FAIRtracks document.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}{problem}", if pointer.is_empty() { String::new() } else { format!("at {pointer}: ") })]
pub struct ShapeError {
    /// JSON pointer (RFC 6901) to the place; empty for the whole.
    pub pointer: String,
    /// What was found and what was expected.
    pub problem: String,
}

/// Keys of documents from before version 1.0, each with a key that stands in its place since.
const KEYS_BEFORE_V1: [(&str, &str); 4] = [
    ("term_iri", "term_id"),
    ("term_value", "term_id"),
    ("file_iri", "file_url"),
    ("genome_assembly", "assembly_id"),
];

/// Members that are terms of ontologies since version 1.0, with other keys in them before.
const TERMS: [&str; 4] = ["technique", "file_format", "biospecimen_class", "phenotype"];

impl Document {
    /// Takes a JSON value as a document.
    ///
    /// # Errors
    /// The first part that is missing or has another shape.
    pub fn from_json(value: Json) -> Result<Self, ShapeError> {
        let members = recognise(value)?;
        for category in Category::ALL {
            check_part(&members, category)?;
        }
        Ok(Document::from_parts(members))
    }

    /// Takes a text that is known to be JSON as a document; `None` for a text that does not look like one at first sight.
    ///
    /// # Errors
    /// As [`Document::from_json`].
    pub(super) fn from_text(text: &str) -> Result<Option<Self>, ShapeError> {
        let text: Arc<str> = text.into();
        let Some(raw) = raw_members(&text) else {
            return Ok(None);
        };
        let mut document = Document::from_parts(Map::new());
        let mut members = Map::new();
        for (key, raw) in raw {
            let Some(part) = SourceText::of(&text, raw.get()) else {
                return Ok(None);
            };
            if members.contains_key(&key) {
                return Ok(None);
            }
            let category = Category::named(&key).filter(|category| !category.is_single());
            let (Some(category), Some(items)) = (category, raw_items(raw)) else {
                members.insert(key.clone(), part.parse());
                document.texts.insert(key, part);
                continue;
            };
            let texts = items.iter().filter_map(|item| SourceText::of(&text, item.get()));
            let objects = texts.map(|text| Arc::new(DocumentObject::of_text(text)));
            document.lists.insert(category, objects.collect());
            members.insert(key, Json::Array(items.into_iter().map(outline).collect()));
        }
        let members = recognise(Json::Object(members))?;
        for category in Category::ALL {
            check_part(&members, category)?;
        }
        document.members = members;
        document.empty_lists();
        Ok(Some(document))
    }

    /// A document of members that are known to have its shape, as those of another document have.
    pub(crate) fn from_parts(members: Map<String, Json>) -> Self {
        let mut document = Document {
            members,
            lists: BTreeMap::new(),
            texts: HashMap::new(),
        };
        for (category, items) in document.empty_lists() {
            let objects = items.into_iter().map(|item| Arc::new(item.into()));
            document.lists.insert(category, objects.collect());
        }
        document
    }

    /// Takes the objects out of the lists among the members.
    fn empty_lists(&mut self) -> Vec<(Category, Vec<Json>)> {
        let lists = Category::ALL.into_iter().filter_map(|category| {
            let items = self.members.get_mut(category.name())?.as_array_mut()?;
            Some((category, std::mem::take(items)))
        });
        lists.collect()
    }

    /// The members as they stand in the file, with empty lists in place of the four lists of objects.
    pub fn members(&self) -> &Map<String, Json> {
        &self.members
    }

    /// The members, to change what is no list.
    pub(super) fn members_mut(&mut self) -> &mut Map<String, Json> {
        &mut self.members
    }

    /// The text in which a member that is no list came, where it still says the same.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        let text = self.texts.get(key)?;
        (self.members.get(key) == Some(&text.parse())).then(|| text.as_str())
    }

    /// The objects of a list of the document.
    pub fn list(&self, category: Category) -> &[Arc<DocumentObject>] {
        self.lists.get(&category).map_or(&[], Vec::as_slice)
    }

    /// The list that is the member of this key.
    pub(super) fn list_at(&self, key: &str) -> Option<&[Arc<DocumentObject>]> {
        let objects = self.lists.get(&Category::named(key)?)?;
        Some(objects)
    }

    /// The same document with empty lists.
    pub(super) fn without_objects(&self) -> Self {
        let lists = self.lists.keys().map(|category| (*category, Vec::new()));
        Document {
            members: self.members.clone(),
            lists: lists.collect(),
            texts: self.texts.clone(),
        }
    }

    /// Gives the document other objects.
    pub(super) fn set_list(&mut self, category: Category, objects: Vec<Arc<DocumentObject>>) {
        self.lists.insert(category, objects);
    }

    /// The same with each object as `change` makes it, which says whether it has changed something.
    pub(super) fn changed(
        mut self,
        category: Category,
        mut change: impl FnMut(usize, &mut Json) -> bool,
    ) -> Self {
        let objects = self.lists.get_mut(&category).into_iter().flatten();
        for (position, object) in objects.enumerate() {
            let mut json = object.read().into_owned();
            if change(position, &mut json) {
                *object = Arc::new(json.into());
            }
        }
        self
    }

    /// The same without secrets, as it goes into a crate.
    #[must_use]
    pub fn without_secrets(mut self) -> Self {
        self.members.values_mut().for_each(|value| {
            secrets::take_out(value);
        });
        for objects in self.lists.values_mut() {
            for object in objects {
                let mut json = object.read();
                if secrets::are_in(&json) {
                    secrets::take_out(json.to_mut());
                    *object = Arc::new(json.into_owned().into());
                }
            }
        }
        self
    }

    /// How many objects of a category there are.
    pub fn count(&self, category: Category) -> usize {
        match category.is_single() {
            true => usize::from(self.members.contains_key(category.name())),
            false => self.list(category).len(),
        }
    }

    /// The objects of a category, in the order of the document.
    pub fn objects(&self, category: Category) -> Vec<&Json> {
        match category.is_single() {
            true => self.members.get(category.name()).into_iter().collect(),
            false => self.list(category).iter().map(|object| object.json()).collect(),
        }
    }

    /// The object of a category at a position of its list, from 0.
    pub fn object(&self, category: Category, position: usize) -> Option<&Json> {
        match category.is_single() {
            true => self.members.get(category.name()).filter(|_| position == 0),
            false => self.list(category).get(position).map(|object| object.json()),
        }
    }
}

/// Documents are equal that say the same, however it is written.
impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        self.members == other.members && self.lists == other.lists
    }
}

/// As one JSON object, its layout and spelling left to the serializer.
impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(Some(self.members.len()))?;
        for (key, value) in &self.members {
            match self.list_at(key) {
                Some(objects) => members.serialize_entry(key, &Items(objects))?,
                None => members.serialize_entry(key, value)?,
            }
        }
        members.end()
    }
}

struct Items<'d>(&'d [Arc<DocumentObject>]);

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|object| object.read()))
    }
}

impl From<Document> for Json {
    fn from(document: Document) -> Json {
        let mut members = document.members;
        for (category, objects) in document.lists {
            let objects = objects.iter().map(|object| object.read().into_owned());
            members.insert(category.name().to_owned(), objects.collect());
        }
        Json::Object(members)
    }
}

/// The members of a text that looks like a document.
fn raw_members(text: &str) -> Option<Vec<(String, &RawValue)>> {
    let RawMembers(members) = serde_json::from_str(text).ok()?;
    let has = |key: &str| members.iter().any(|(known, _)| known == key);
    let is_document =
        has("doc_info") || has("tracks") && has("collection_info") && !has("document");
    // Which draft such a key is of takes a look at the values.
    let is_old = KEYS_BEFORE_V1.iter().any(|(old, _)| {
        let key = format!("\"{old}\"");
        memmem::find(text.as_bytes(), key.as_bytes()).is_some()
    });
    (is_document && !is_old).then_some(members)
}

/// The members of an object, each as text.
struct RawMembers<'t>(Vec<(String, &'t RawValue)>);

impl<'de> Deserialize<'de> for RawMembers<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RawMembers(Vec::new()))
    }
}

impl<'de> Visitor<'de> for RawMembers<'de> {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut access: A) -> Result<Self, A::Error> {
        while let Some(member) = access.next_entry()? {
            self.0.push(member);
        }
        Ok(self)
    }
}

/// The items of a list, each as text.
fn raw_items(list: &RawValue) -> Option<Vec<&RawValue>> {
    let text = list.get();
    text.starts_with('[').then(|| serde_json::from_str(text).ok())?
}

/// An object without its members, which its place in a list does not depend on; any other value as it is.
fn outline(item: &RawValue) -> Json {
    if item.get().starts_with('{') {
        return Json::Object(Map::new());
    }
    let mut deserializer = serde_json::Deserializer::from_str(item.get());
    json::value(&mut deserializer).unwrap_or_default()
}

/// The members of a JSON value that can be taken for a FAIRtracks document since version 1.0: an object with at
/// least one part of a document.
pub(super) fn recognise(value: Json) -> Result<Map<String, Json>, ShapeError> {
    let kind = kind_of(&value);
    let Json::Object(members) = value else {
        return Err(shape(
            "",
            format!("found {kind}, expected a FAIRtracks document, which is a JSON object"),
        ));
    };
    let is_part = |category: Category| members.contains_key(category.name());
    if !Category::ALL.into_iter().any(is_part) {
        let keys: Vec<&str> = members.keys().take(3).map(String::as_str).collect();
        let keys = if keys.is_empty() {
            "no members".to_owned()
        } else {
            format!("members {}", keys.join(", "))
        };
        return Err(shape(
            "",
            format!(
                "not a FAIRtracks document: found {keys}, expected tracks, experiments, samples and more"
            ),
        ));
    }
    for category in Category::ALL {
        let objects = members.get(category.name()).and_then(Json::as_array);
        for (position, object) in objects.into_iter().flatten().enumerate() {
            if let Some(key) = key_before_v1(object) {
                return Err(shape(
                    &format!("/{category}/{position}"),
                    format!(
                        "found the key `{key}` of a draft from before FAIRtracks v1, expected version 1.0 or newer"
                    ),
                ));
            }
        }
    }
    Ok(members)
}

fn check_part(members: &Map<String, Json>, category: Category) -> Result<(), ShapeError> {
    let name = category.name();
    let pointer = format!("/{name}");
    let expected = if category.is_single() {
        "an object"
    } else {
        "a list of objects"
    };
    let part = members.get(name).ok_or_else(|| {
        shape(
            "",
            format!("not a FAIRtracks v1 document: found no `{name}`, expected {expected}"),
        )
    })?;
    let wrong = |found: &Json, pointer: &str, expected: &str| {
        shape(
            pointer,
            format!("found {}, expected {expected}", kind_of(found)),
        )
    };
    match part {
        Json::Object(_) if category.is_single() => Ok(()),
        Json::Array(objects) if !category.is_single() => {
            for (position, object) in objects.iter().enumerate() {
                let place = format!("{pointer}/{position}");
                if !object.is_object() {
                    return Err(wrong(object, &place, "an object"));
                }
            }
            Ok(())
        }
        other => Err(wrong(other, &pointer, expected)),
    }
}

/// A key from before version 1.0 that an object, or a term in it, has in place of today's.
fn key_before_v1(object: &Json) -> Option<&'static str> {
    let members = object.as_object()?;
    let terms = members
        .iter()
        .filter(|(key, _)| TERMS.contains(&key.as_str()))
        .filter_map(|(_, term)| term.as_object());
    let old_key = |members: &Map<String, Json>| {
        let is_used = |&&(old, new): &&(&str, &str)| {
            members.keys().any(|key| key == old) && !members.contains_key(new)
        };
        KEYS_BEFORE_V1.iter().find(is_used).map(|(old, _)| *old)
    };
    std::iter::once(members).chain(terms).find_map(old_key)
}

fn shape(pointer: &str, problem: String) -> ShapeError {
    ShapeError {
        pointer: pointer.to_owned(),
        problem,
    }
}

/// What a JSON value is, in words.
fn kind_of(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

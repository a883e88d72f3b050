//! A FAIRtracks v1 document. Its objects keep their source text.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Map, Value as Json};

use super::category::Category;
use super::document_object::{DocumentObject, SourceText};
pub use super::document_shape::ShapeError;
use super::document_shape::{check_part, recognise};
use super::document_text::{outline, raw_items, raw_members};
use crate::text::secrets;

/// A document with all six parts: two objects and four lists of objects.
///
/// Nothing is lost: unknown members (the standard allows them everywhere) and the order of all members stay, and what no tool
/// changes keeps its text byte for byte.
#[derive(Debug, Clone)]
pub struct Document {
    /// The members in their order, the four lists empty.
    members: Map<String, Json>,
    lists: BTreeMap<Category, Vec<Arc<DocumentObject>>>,
    /// The source texts of the members that are not lists.
    texts: HashMap<String, SourceText>,
}

impl Document {
    /// Reads a JSON value as a document.
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

    /// Reads a text that is known to be JSON as a document; `None` for a text that does not look like one.
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
            let texts = items
                .iter()
                .filter_map(|item| SourceText::of(&text, item.get()));
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

    /// A document of members that have the right shape, such as those of another document.
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

    /// The members as in the file, with empty lists in place of the four lists of objects.
    pub fn members(&self) -> &Map<String, Json> {
        &self.members
    }

    /// The members, for changes to those that are not lists.
    pub(super) fn members_mut(&mut self) -> &mut Map<String, Json> {
        &mut self.members
    }

    /// The source text of a member that is not a list, if the member is unchanged.
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

    /// Takes the objects of the list that is the member of this key.
    pub(super) fn take_list_at(&mut self, key: &str) -> Option<Vec<Arc<DocumentObject>>> {
        let objects = self.lists.get_mut(&Category::named(key)?)?;
        Some(std::mem::take(objects))
    }

    /// Replaces the objects of the document.
    pub(super) fn set_list(&mut self, category: Category, objects: Vec<Arc<DocumentObject>>) {
        self.lists.insert(category, objects);
    }

    /// The same document with `change` applied to each object; `change` returns whether it changed the object.
    pub(super) fn changed(
        mut self,
        category: Category,
        mut change: impl FnMut(usize, &mut Json) -> bool,
    ) -> Self {
        let objects = self.lists.get_mut(&category).into_iter().flatten();
        for (position, object) in objects.enumerate() {
            if let Some(json) = Arc::get_mut(object).and_then(DocumentObject::made) {
                change(position, json);
                continue;
            }
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
        self.texts.clear();
        self.members.values_mut().for_each(|value| {
            secrets::take_out(value);
        });
        for objects in self.lists.values_mut() {
            for object in objects {
                let mut json = object.read();
                // A member that another one of its key overrides stands in the text alone.
                if secrets::are_in(&json) || object.repeats_a_key() {
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
            false => self
                .list(category)
                .iter()
                .map(|object| object.json())
                .collect(),
        }
    }

    /// The object of a category at a position of its list, from 0.
    pub fn object(&self, category: Category, position: usize) -> Option<&Json> {
        match category.is_single() {
            true => self.members.get(category.name()).filter(|_| position == 0),
            false => self
                .list(category)
                .get(position)
                .map(|object| object.json()),
        }
    }
}

/// Documents with the same values are equal, whatever their layout.
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
            let objects = objects.into_iter();
            let objects = objects.map(|object| match Arc::try_unwrap(object) {
                Ok(object) => object.into_json(),
                Err(shared) => shared.read().into_owned(),
            });
            members.insert(category.name().to_owned(), objects.collect());
        }
        Json::Object(members)
    }
}

//! One object of a document: its source text, and its members once requested.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value as Json};

use crate::text::json::{self, JsonKind, Repeated};

/// A part of the text of a document that holds one JSON value.
#[derive(Debug, Clone)]
pub(super) struct SourceText {
    document: Arc<str>,
    range: Range<usize>,
}

impl SourceText {
    /// The part of a text that `part` borrows; none where it borrows from elsewhere.
    pub(super) fn of(document: &Arc<str>, part: &str) -> Option<Self> {
        let start = (part.as_ptr() as usize).checked_sub(document.as_ptr() as usize)?;
        let range = start..start + part.len();
        document.get(range.clone())?;
        let document = Arc::clone(document);
        Some(SourceText { document, range })
    }

    pub(super) fn as_str(&self) -> &str {
        &self.document[self.range.clone()]
    }

    /// The value; its text was checked when the document was read.
    pub(super) fn parse(&self) -> Json {
        let mut deserializer = serde_json::Deserializer::from_str(self.as_str());
        json::value(&mut deserializer).unwrap_or_default()
    }
}

/// An object of a list of a document.
///
/// An object that is read keeps its text and is written back byte for byte. Its members become a tree when they are requested,
/// because a tree takes five times the memory of the text.
pub struct DocumentObject {
    /// Missing for an object that a tool has made or changed.
    text: Option<SourceText>,
    tree: OnceLock<Box<Json>>,
}

impl DocumentObject {
    pub(super) fn of_text(text: SourceText) -> Self {
        DocumentObject {
            text: Some(text),
            tree: OnceLock::new(),
        }
    }

    /// The source text; `None` for an object that a tool made or changed.
    pub fn text(&self) -> Option<&str> {
        self.text.as_ref().map(SourceText::as_str)
    }

    /// The object; its tree is kept from now on.
    pub fn json(&self) -> &Json {
        self.tree.get_or_init(|| Box::new(self.parse()))
    }

    /// The object; its tree is not kept, for callers that look at many objects once.
    pub fn read(&self) -> Cow<'_, Json> {
        match self.tree.get() {
            Some(tree) => Cow::Borrowed(tree),
            None => Cow::Owned(self.parse()),
        }
    }

    /// The tree of an object that a tool has made, for changes; `None` for one that is read.
    pub(super) fn made(&mut self) -> Option<&mut Json> {
        match self.text {
            Some(_) => None,
            None => self.tree.get_mut().map(Box::as_mut),
        }
    }

    /// The object, without a copy of a tree that is there.
    pub(super) fn into_json(mut self) -> Json {
        match self.tree.take() {
            Some(tree) => *tree,
            None => self.parse(),
        }
    }

    /// At least the members of these keys, without a copy of a tree that is there.
    pub(super) fn with_members(&self, keys: &[&str]) -> Cow<'_, Json> {
        match self.tree.get() {
            Some(tree) => Cow::Borrowed(tree),
            None => Cow::Owned(self.pick(keys)),
        }
    }

    /// The object with the members of these keys alone, without reading the others.
    pub fn pick(&self, keys: &[&str]) -> Json {
        let (None, Some(text)) = (self.tree.get(), self.text()) else {
            let object = self.read();
            let members = object.as_object().into_iter().flatten();
            let wanted = members.filter(|(key, _)| keys.contains(&key.as_str()));
            return Json::Object(wanted.map(|(k, v)| (k.clone(), v.clone())).collect());
        };
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let picked = Picked(keys).deserialize(&mut deserializer);
        Json::Object(picked.unwrap_or_default())
    }

    /// The member of this key, without reading the others.
    pub fn member(&self, key: &str) -> Option<Json> {
        match self.tree.get() {
            Some(tree) => tree.get(key).cloned(),
            None => self.pick(&[key]).get_mut(key).map(Json::take),
        }
    }

    /// Whether the text has a key more than once, so that it holds more than the members say.
    pub(super) fn repeats_a_key(&self) -> bool {
        self.text().is_some_and(|text| {
            let read = json::read(text, JsonKind::Document);
            read.map_or(true, |read| read.repeated != Repeated::default())
        })
    }

    fn parse(&self) -> Json {
        self.text
            .as_ref()
            .map(SourceText::parse)
            .unwrap_or_default()
    }
}

impl From<Json> for DocumentObject {
    fn from(tree: Json) -> Self {
        DocumentObject {
            text: None,
            tree: OnceLock::from(Box::new(tree)),
        }
    }
}

/// Objects with the same values are equal, whatever their layout.
impl PartialEq for DocumentObject {
    fn eq(&self, other: &Self) -> bool {
        let is_same_text = self.text().is_some() && self.text() == other.text();
        is_same_text || self.read() == other.read()
    }
}

impl fmt::Debug for DocumentObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.read())
    }
}

/// Reads some members of an object; of a key that is repeated the last one counts, as everywhere.
struct Picked<'k>(&'k [&'k str]);

/// Any value within a text that was checked.
#[derive(Deserialize)]
struct Member(#[serde(deserialize_with = "json::value")] Json);

impl<'de> DeserializeSeed<'de> for Picked<'_> {
    type Value = Map<String, Json>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Picked<'_> {
    type Value = Map<String, Json>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut picked = Map::new();
        while let Some(key) = access.next_key_seed(KnownKey(self.0))? {
            match key {
                Some(key) => {
                    let Member(value) = access.next_value()?;
                    picked.insert(key.to_owned(), value);
                }
                None => drop(access.next_value::<IgnoredAny>()?),
            }
        }
        Ok(picked)
    }
}

/// A key, if it is one of these.
struct KnownKey<'k>(&'k [&'k str]);

impl<'de, 'k> DeserializeSeed<'de> for KnownKey<'k> {
    type Value = Option<&'k str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'k> Visitor<'_> for KnownKey<'k> {
    type Value = Option<&'k str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().find(|known| **known == key).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn object(text: &str) -> DocumentObject {
        let document: Arc<str> = text.into();
        DocumentObject::of_text(SourceText::of(&document, &document).unwrap())
    }

    #[test]
    fn members_are_picked_as_the_whole_object_has_them() {
        let text = r#"{"a": 1.50, "\u0062": {"c": [null]}, "a": "\u00e9", "d": true}"#;
        for keys in [&["a"][..], &["b", "d"], &["x"], &["d", "a", "b"]] {
            let whole = object(text);
            let picked = whole.pick(keys);
            whole.json();
            assert_eq!(picked, whole.pick(keys), "{keys:?}");
        }
        assert_eq!(object(text).member("a"), Some(json!("é")));
        assert_eq!(object(text).member("x"), None);
    }

    #[test]
    fn objects_that_say_the_same_are_equal() {
        let written = object(r#"{"a":"\u00e9"}"#);
        assert_eq!(written, object(r#"{ "a": "é" }"#));
        assert_eq!(written, json!({"a": "é"}).into());
        assert_ne!(written, json!({"a": "e"}).into());
        assert!(!written.repeats_a_key());
        assert!(object(r#"{"a":"user:pw@h","\u0061":"é"}"#).repeats_a_key());
        assert_eq!(written.text(), Some(r#"{"a":"\u00e9"}"#));
    }
}

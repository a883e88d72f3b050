//! The text of a document, split into the texts of its members and objects.

use std::fmt;

use memchr::memmem;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value as Json};

use super::document_shape::KEYS_BEFORE_V1;
use crate::text::json;

/// The members of a text that looks like a document.
pub(super) fn raw_members(text: &str) -> Option<Vec<(String, &RawValue)>> {
    let RawMembers(members) = serde_json::from_str(text).ok()?;
    let has = |key: &str| members.iter().any(|(known, _)| known == key);
    let is_document =
        has("doc_info") || has("tracks") && has("collection_info") && !has("document");
    // The values decide which draft such a key belongs to.
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
pub(super) fn raw_items(list: &RawValue) -> Option<Vec<&RawValue>> {
    let text = list.get();
    text.starts_with('[')
        .then(|| serde_json::from_str(text).ok())?
}

/// An object without its members, which its place in a list does not depend on; any other value as it is.
pub(super) fn outline(item: &RawValue) -> Json {
    if item.get().starts_with('{') {
        return Json::Object(Map::new());
    }
    let mut deserializer = serde_json::Deserializer::from_str(item.get());
    json::value(&mut deserializer).unwrap_or_default()
}

//! An answer of the search of ENCODE: an object with the items found in `@graph`, or the statement of an error.

use std::fmt;

use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Value as Json};

use super::file_kind::{not_json, other_kind};
use super::json_source::SourceFile;
use super::value_columns::KEYS;
use crate::conversion::error::JsonSourceError;
use crate::text::json::{self, JsonKind, ValueWithin};

/// What an answer says beside its items.
#[derive(Debug, Default)]
pub(super) struct AnswerSummary {
    /// Such as `No results found`.
    pub notification: Option<String>,
    /// The path and query of the search.
    pub id: Option<String>,
    /// How many items the search has, on all pages.
    pub total: Option<u64>,
}

/// Reads an answer and passes on each of its items.
pub(super) fn each_item(
    file: &SourceFile,
    mut each: impl FnMut(Map<String, Json>),
) -> Result<AnswerSummary, JsonSourceError> {
    if let Some(other) = not_json(&file.name, &file.bytes) {
        return Err(other);
    }
    let members = members(&file.bytes, &mut each);
    match members.map_err(|problem| JsonSourceError::Json {
        file: file.name.clone(),
        problem,
    })? {
        AnswerMembers {
            error: Some(error), ..
        } => Err(JsonSourceError::Json {
            file: file.name.clone(),
            problem: format!("found an answer that states an error: {error}"),
        }),
        AnswerMembers {
            has_items: false, ..
        } => Err(other_kind(
            &file.name,
            &file.bytes,
            "an answer of the search of ENCODE with `@graph`",
        )),
        AnswerMembers { summary, .. } => Ok(summary),
    }
}

/// The members of an answer. Each of its items is passed on.
///
/// # Errors
/// The text is no object of JSON, with the place of the fault.
pub(super) fn members(
    bytes: &[u8],
    each: &mut dyn FnMut(Map<String, Json>),
) -> Result<AnswerMembers, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let read = json::seeded(Answer { each }, bytes, JsonKind::Document);
    read.map_err(|error| json::located(&error))
}

/// The members of an answer that have a meaning.
#[derive(Debug, Default)]
pub(super) struct AnswerMembers {
    /// Whether it has `@graph`.
    pub has_items: bool,
    /// The error that it states.
    pub error: Option<String>,
    pub summary: AnswerSummary,
}

/// Any value of a member.
#[derive(Deserialize)]
struct AnyJson(#[serde(deserialize_with = "json::value")] Json);

struct Answer<'e> {
    each: &'e mut dyn FnMut(Map<String, Json>),
}

impl<'de> DeserializeSeed<'de> for Answer<'_> {
    type Value = AnswerMembers;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Answer<'_> {
    type Value = AnswerMembers;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer of the search of ENCODE, an object with `@graph`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut answer = AnswerMembers::default();
        let (mut is_error, mut said) = (false, None);
        while let Some(key) = members.next_key::<String>()? {
            match key.as_str() {
                "@graph" => {
                    members.next_value_seed(Items { each: self.each })?;
                    answer.has_items = true;
                }
                "notification" => answer.summary.notification = text(members.next_value()?),
                "@id" => answer.summary.id = text(members.next_value()?),
                "total" => answer.summary.total = count(members.next_value()?),
                "status" => is_error = text(members.next_value()?).as_deref() == Some("error"),
                "description" => said = text(members.next_value()?),
                _ => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        if is_error {
            answer.error = Some(said.unwrap_or_else(|| "without a description".to_owned()));
        }
        Ok(answer)
    }
}

/// A text; of other values, which say nothing here, none.
fn text(AnyJson(value): AnyJson) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// A count; of other values none.
fn count(AnyJson(value): AnyJson) -> Option<u64> {
    value.as_u64()
}

struct Items<'e> {
    each: &'e mut dyn FnMut(Map<String, Json>),
}

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element_seed(ValueWithin(KEYS))? {
            match item {
                Json::Object(item) => (self.each)(item),
                _ => return Err(A::Error::custom("expected an object")),
            }
        }
        Ok(())
    }
}

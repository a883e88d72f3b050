//! JSON as a tree of values, counted as they are read.
//!
//! `serde_json` keeps the text of numbers by passing each to a visitor as an object with one marked key. A text can have an object
//! with that key, too; the two are distinguished by reading the key as an option, which works for real keys only.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Error, Map, Number, Value as Json};

use super::{JsonKind, JsonText, KeyLimit, Repeated, TooMuch};
use crate::text::pointer::Path;

/// Reads a text with at most this many values, and keys within a limit.
pub(super) fn read(
    text: &str,
    kind: JsonKind,
    most: u64,
    keys: KeyLimit,
) -> Result<JsonText, Error> {
    let reading = Reading {
        kind,
        most,
        keys,
        left: Cell::new(most),
        repeated: RefCell::default(),
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = reading.at(Path::ROOT).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(JsonText {
        value,
        repeated: reading.repeated.into_inner(),
    })
}

/// A member of a type that is any value; for `#[serde(deserialize_with)]`, as the following ones. The text is known to be
/// within limits.
///
/// # Errors
/// Those of the text.
pub fn value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
    Ok(Any::deserialize(deserializer)?.0)
}

/// A member that is any value, or missing.
///
/// # Errors
/// Those of the text.
pub fn member<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Json>, D::Error> {
    Ok(Option::<Any>::deserialize(deserializer)?.map(|any| any.0))
}

/// A member that is a list of any values, or null.
///
/// # Errors
/// Those of the text.
pub fn values<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<Json>>, D::Error> {
    let values = Option::<Vec<Any>>::deserialize(deserializer)?;
    Ok(values.map(|values| values.into_iter().map(|any| any.0).collect()))
}

/// A member that is an object of any values, or null.
///
/// # Errors
/// Those of the text.
pub fn members<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<BTreeMap<String, Json>>, D::Error> {
    let members = Option::<BTreeMap<String, Any>>::deserialize(deserializer)?;
    Ok(members.map(|members| members.into_iter().map(|(key, any)| (key, any.0)).collect()))
}

/// A member that is an object of any values.
///
/// # Errors
/// Those of the text.
pub fn object<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, Json>, D::Error> {
    Ok(members(deserializer)?.unwrap_or_default())
}

/// An object of any values, as a part of a type.
#[derive(Debug, Clone, PartialEq)]
pub struct JsonObject(pub Map<String, Json>);

impl<'de> Deserialize<'de> for JsonObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match value(deserializer)? {
            Json::Object(members) => Ok(JsonObject(members)),
            _ => Err(D::Error::custom("expected an object")),
        }
    }
}

/// Any value.
struct Any(Json);

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let reading = Reading::of_part(KeyLimit::NONE);
        reading.at(Path::ROOT).deserialize(deserializer).map(Any)
    }
}

/// Reads any value as a part of a type, with keys within a limit.
#[derive(Debug, Clone, Copy)]
pub struct ValueWithin(pub KeyLimit);

impl<'de> DeserializeSeed<'de> for ValueWithin {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        let reading = Reading::of_part(self.0);
        reading.at(Path::ROOT).deserialize(deserializer)
    }
}

/// The reading of one text.
struct Reading {
    kind: JsonKind,
    most: u64,
    keys: KeyLimit,
    left: Cell<u64>,
    repeated: RefCell<Repeated>,
}

impl Reading {
    /// The reading of a part of a text whose values are counted already.
    fn of_part(keys: KeyLimit) -> Self {
        Reading {
            kind: JsonKind::Metadata,
            most: u64::MAX,
            keys,
            left: Cell::new(u64::MAX),
            repeated: RefCell::default(),
        }
    }

    fn at<'r>(&'r self, path: Path<'r>) -> Place<'r> {
        Place {
            reading: self,
            path,
        }
    }
}

/// The place of one value.
struct Place<'r> {
    reading: &'r Reading,
    path: Path<'r>,
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        match self.reading.left.get().checked_sub(1) {
            Some(left) => self.reading.left.set(left),
            None => {
                let (what, limit) = ("values", self.reading.most);
                let kind = self.reading.kind;
                return Err(D::Error::custom(TooMuch { kind, what, limit }));
            }
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut object = Map::new();
        while let Some(key) = access.next_key_seed(KeySeed)? {
            let Key::Text(key) = key else {
                let number: String = access.next_value()?;
                return number.parse().map(Json::Number).map_err(A::Error::custom);
            };
            let value = access.next_value_seed(self.reading.at(self.path.key(&key)))?;
            match object.entry(key) {
                Entry::Vacant(place) => {
                    place.insert(value);
                    self.reading.keys.check(object.len(), &self.path)?;
                }
                Entry::Occupied(mut place) => {
                    let mut repeated = self.reading.repeated.borrow_mut();
                    repeated.add(self.path.key(place.key()));
                    place.insert(value);
                }
            }
        }
        Ok(Json::Object(object))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) =
            access.next_element_seed(self.reading.at(self.path.position(items.len())))?
        {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Json, E> {
        Ok(Json::String(text))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Number::from_f64(number).map_or(Json::Null, Json::Number))
    }
}

/// A key of an object, or the mark of a number.
enum Key {
    Text(String),
    NumberMark,
}

struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        String::deserialize(deserializer).map(Key::Text)
    }

    fn visit_str<E>(self, _: &str) -> Result<Key, E> {
        Ok(Key::NumberMark)
    }
}

//! Checks a JSON text without keeping its values.

use std::cell::Cell;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::Error;

use super::{JsonKind, TooMuch};

/// Checks that a text is JSON with at most so many values; faults and their places are those of reading it.
pub(super) fn check(text: &str, kind: JsonKind, most: u64) -> Result<(), Error> {
    let left = Cell::new(most);
    let any = AnyValue {
        kind,
        most,
        left: &left,
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    any.deserialize(&mut deserializer)?;
    deserializer.end()
}

/// A value that is counted and passed over.
#[derive(Clone, Copy)]
struct AnyValue<'c> {
    kind: JsonKind,
    most: u64,
    left: &'c Cell<u64>,
}

impl<'de> DeserializeSeed<'de> for AnyValue<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.left.get().checked_sub(1) {
            Some(left) => self.left.set(left),
            None => {
                let (kind, what, limit) = (self.kind, "values", self.most);
                return Err(D::Error::custom(TooMuch { kind, what, limit }));
            }
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnyValue<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        while let Some(is_number) = access.next_key_seed(AnyKey)? {
            match is_number {
                // The text of a number, which is one value with it.
                true => drop(access.next_value::<IgnoredAny>()?),
                false => access.next_value_seed(self)?,
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        while access.next_element_seed(self)?.is_some() {}
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
}

/// A key that is passed over; says whether it is the mark of a number instead, as `reader` tells them apart.
struct AnyKey;

impl<'de> DeserializeSeed<'de> for AnyKey {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for AnyKey {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self).map(|_| false)
    }

    fn visit_str<E>(self, _: &str) -> Result<bool, E> {
        Ok(true)
    }
}

//! Reading the values of properties from any JSON.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Number;

use super::values::{Literal, LiteralOrReference, Literals, OneOrMany, Reference};

/// What a property takes of the values that an entity has.
trait PropertyItem<'de>: Sized {
    /// The item of a literal.
    fn of_literal(literal: Literal<&'de str>) -> Option<Self>;
    /// The item of a reference.
    fn of_id(id: &'de str) -> Option<Self>;
}

impl<'de, T: From<&'de str>> PropertyItem<'de> for Literal<T> {
    fn of_literal(literal: Literal<&'de str>) -> Option<Self> {
        Some(match literal {
            Literal::Text(text) => Literal::Text(text.into()),
            Literal::Number(number) => Literal::Number(number),
            Literal::Boolean(boolean) => Literal::Boolean(boolean),
        })
    }

    fn of_id(_: &'de str) -> Option<Self> {
        None
    }
}

impl<'de, T: From<&'de str>> PropertyItem<'de> for Reference<T> {
    fn of_literal(_: Literal<&'de str>) -> Option<Self> {
        None
    }

    fn of_id(id: &'de str) -> Option<Self> {
        Some(Reference { id: id.into() })
    }
}

impl<'de, T: From<&'de str>> PropertyItem<'de> for LiteralOrReference<T> {
    fn of_literal(literal: Literal<&'de str>) -> Option<Self> {
        Literal::of_literal(literal).map(LiteralOrReference::Literal)
    }

    fn of_id(id: &'de str) -> Option<Self> {
        Reference::of_id(id).map(LiteralOrReference::Reference)
    }
}

/// The key under which `serde_json` hands over a number that no type of Rust writes as it is written in the file.
const NUMBER: &str = "$serde_json::private::Number";

/// Reads any JSON value.
struct Lenient<I>(PhantomData<I>);

impl<'de, I: PropertyItem<'de>> Lenient<I> {
    fn literal<E>(literal: Literal<&'de str>) -> Result<OneOrMany<I>, E> {
        Ok(I::of_literal(literal).map_or(OneOrMany::Many(Vec::new()), OneOrMany::One))
    }

    fn number<E>(text: &str) -> Result<OneOrMany<I>, E> {
        let number = text.parse().map(Literal::Number);
        number.map_or(Ok(OneOrMany::Many(Vec::new())), Self::literal)
    }
}

impl<'de, I: PropertyItem<'de>> Visitor<'de> for Lenient<I> {
    type Value = OneOrMany<I>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value of JSON in memory")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Self::literal(Literal::Text(text))
    }

    fn visit_bool<E>(self, boolean: bool) -> Result<Self::Value, E> {
        Self::literal(Literal::Boolean(boolean))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Self::literal(Literal::Number(number.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Self::literal(Literal::Number(number.into()))
    }

    fn visit_u128<E>(self, number: u128) -> Result<Self::Value, E> {
        Self::number(&number.to_string())
    }

    fn visit_i128<E>(self, number: i128) -> Result<Self::Value, E> {
        Self::number(&number.to_string())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        let number = Number::from_f64(number).map(Literal::Number);
        number.map_or(Ok(OneOrMany::Many(Vec::new())), Self::literal)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(OneOrMany::Many(Vec::new()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::with_capacity(list.size_hint().unwrap_or_default());
        while let Some(value) = list.next_element()? {
            // A list in a list is no value of JSON-LD.
            if let OneOrMany::One(item) = value {
                items.push(item);
            }
        }
        Ok(OneOrMany::Many(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut item = OneOrMany::Many(Vec::new());
        while let Some(key) = members.next_key::<&str>()? {
            match key {
                "@id" => {
                    let id: Literals<&str> = members.next_value()?;
                    item = id.text().and_then(I::of_id).map_or(item, OneOrMany::One);
                }
                NUMBER => item = Self::number(&members.next_value::<String>()?)?,
                _ => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        Ok(item)
    }
}

impl<'de, I: PropertyItem<'de>> Deserialize<'de> for OneOrMany<I> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Lenient(PhantomData))
    }
}

//! Keys that stand in a JSON object more than once, of which readers take the last without a word.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::model::pointer::Path;

/// The JSON pointers of all members of a text whose key the object has had before.
///
/// The text is known to be JSON; for any other the answer is what was found before the fault.
pub fn find(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let scan = Scan {
        path: Path::ROOT,
        found: &mut found,
    };
    // A fault of the text was reported by the one who read its values.
    let _ = scan.deserialize(&mut serde_json::Deserializer::from_str(text));
    found
}

/// Walks through one value.
struct Scan<'p, 'f> {
    path: Path<'p>,
    found: &'f mut Vec<String>,
}

impl<'de> DeserializeSeed<'de> for Scan<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scan<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut keys = Vec::new();
        while let Some(Key(key)) = members.next_key()? {
            members.next_value_seed(Scan {
                path: self.path.key(&key),
                found: self.found,
            })?;
            keys.push(key);
        }
        keys.sort_unstable();
        let repeated = keys.windows(2).filter(|pair| pair[0] == pair[1]);
        self.found
            .extend(repeated.map(|pair| self.path.key(&pair[0]).to_string()));
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut position = 0;
        while let Some(()) = items.next_element_seed(Scan {
            path: self.path.position(position),
            found: self.found,
        })? {
            position += 1;
        }
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// A key, borrowed from the text unless escapes are written in it.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Key<'t>(#[serde(borrow)] Cow<'t, str>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_keys_that_only_look_different() {
        let text = r#"{"a": -1, "b": [{"c": 1e5, "\u0063": 2.5, "c": null}], "a": {"d/": true, "d/": "x"}}"#;
        assert_eq!(find(text), ["/b/0/c", "/b/0/c", "/a/d~1", "/a"]);
        assert!(find(r#"{"a": {"a": {"a": []}}, "n": 1234567890123456789012345}"#).is_empty());
    }
}

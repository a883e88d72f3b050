//! How a graph is looked at: what an id is of, and what has what as its part.

use std::collections::HashMap;

use serde_json::Value as Json;

use crate::ro_crate::{Crate, Entity};

/// How many values of one property are looked through for a thing that other things share: enough for whatever is told of
/// one track, and few enough that a graph of any shape is read in time that grows with its size.
const MOST_SHARED: usize = 64;

/// A graph with the ways back from parts to wholes.
pub struct GraphView<'c> {
    /// The graph.
    pub crate_: &'c Crate,
    wholes: HashMap<&'c str, Vec<&'c Entity>>,
}

impl<'c> GraphView<'c> {
    /// Looks the graph through once.
    pub fn new(crate_: &'c Crate) -> Self {
        let mut look = GraphView {
            crate_,
            wholes: HashMap::new(),
        };
        let mut wholes: HashMap<&str, Vec<&Entity>> = HashMap::new();
        for entity in look.entities() {
            for part in look.references(entity, "hasPart") {
                wholes.entry(part).or_default().push(entity);
            }
        }
        // The order of the graph does not matter.
        for entities in wholes.values_mut() {
            entities.sort_by(|one, other| one.id.cmp(&other.id));
            entities.dedup_by(|one, other| one.id == other.id);
            entities.truncate(MOST_SHARED);
        }
        look.wholes = wholes;
        look
    }

    /// The entities, of those with one id the first.
    pub fn entities(&self) -> impl Iterator<Item = &'c Entity> + use<'c> {
        let crate_ = self.crate_;
        crate_
            .entities()
            .iter()
            .enumerate()
            .filter(|(place, entity)| crate_.position(&entity.id) == Some(*place))
            .map(|(_, entity)| entity)
    }

    /// The entities that have a part, by id.
    pub fn wholes(&self, id: &str) -> &[&'c Entity] {
        self.wholes.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The ids that a property refers to.
    pub fn references(
        &self,
        entity: &'c Entity,
        key: &'c str,
    ) -> impl Iterator<Item = &'c str> + use<'c> {
        entity
            .values(key)
            .filter_map(|value| value.get("@id")?.as_str())
    }

    /// The entities that a property refers to, as far as they are there and not too many.
    pub fn referred(
        &self,
        entity: &'c Entity,
        key: &'c str,
    ) -> impl Iterator<Item = &'c Entity> + use<'c> {
        let crate_ = self.crate_;
        self.references(entity, key)
            .take(MOST_SHARED)
            .filter_map(|id| crate_.get(id))
    }

    /// The first text of a property, without blanks around it; empty where there is none. A number is a text as well.
    pub fn text(&self, entity: &Entity, key: &str) -> String {
        entity.values(key).find_map(text).unwrap_or_default()
    }

    /// The value of an additional property of this name.
    pub fn property(&self, entity: &'c Entity, name: &str) -> Option<&'c Entity> {
        self.references(entity, "additionalProperty")
            .filter_map(|id| self.crate_.get(id))
            .find(|property| property.text("name") == Some(name))
    }

    /// The text of an additional property of this name.
    pub fn property_text(&self, entity: &'c Entity, name: &str) -> String {
        let property = self.property(entity, name);
        property
            .map(|property| self.text(property, "value"))
            .unwrap_or_default()
    }
}

/// A value as text, if it is text, a number or a truth.
pub fn text(value: &Json) -> Option<String> {
    let text = match value {
        Json::String(text) => text.trim().to_owned(),
        Json::Number(_) | Json::Bool(_) => value.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Whether a text is an address that people can open.
pub fn is_address(text: &str) -> bool {
    ["https://", "http://", "ftp://"]
        .iter()
        .any(|start| text.starts_with(start))
}

/// An identifier as an address: by identifiers.org where it is `prefix:accession`.
pub fn address(identifier: &str) -> String {
    let has_prefix = identifier
        .split_once(':')
        .is_some_and(|(prefix, rest)| !prefix.is_empty() && !rest.is_empty());
    match () {
        () if is_address(identifier) => identifier.to_owned(),
        () if has_prefix && !identifier.contains(char::is_whitespace) => {
            format!("https://identifiers.org/{identifier}")
        }
        () => String::new(),
    }
}

//! How a graph is looked at: what an id is of, and what has what as its part.

use std::collections::HashMap;

use crate::ro_crate::entities::{Dataset, PropertyValue, Thing};
use crate::ro_crate::{Crate, Entity};

/// How many values of one property are looked through for a shared entity: enough for the description of one track, and few
/// enough that a graph of any shape is read in linear time.
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
        let mut view = GraphView {
            crate_,
            wholes: HashMap::new(),
        };
        let mut wholes: HashMap<&str, Vec<&Entity>> = HashMap::new();
        for entity in view.entities() {
            for part in entity.read::<Dataset<&str>>().has_part.ids() {
                wholes.entry(part).or_default().push(entity);
            }
        }
        // The order of the graph does not matter.
        for entities in wholes.values_mut() {
            entities.sort_by(|one, other| one.id.cmp(&other.id));
            entities.dedup_by(|one, other| one.id == other.id);
            entities.truncate(MOST_SHARED);
        }
        view.wholes = wholes;
        view
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

    /// The entities of some ids, as far as they are there and not too many.
    pub fn referred<'i>(
        &self,
        ids: impl Iterator<Item = &'i str>,
    ) -> impl Iterator<Item = &'c Entity> {
        let crate_ = self.crate_;
        ids.take(MOST_SHARED).filter_map(|id| crate_.get(id))
    }

    /// The name of the entity of an id; empty where it has none.
    pub fn name(&self, id: &str) -> String {
        self.crate_.get(id).map(name).unwrap_or_default()
    }

    /// The first of some properties that has this name.
    pub fn property<'i>(
        &self,
        mut ids: impl Iterator<Item = &'i str>,
        name: &str,
    ) -> Option<PropertyValue<&'c str>> {
        ids.find_map(|id| {
            let property: PropertyValue<&str> = self.crate_.get(id)?.read();
            (property.name.text() == Some(name)).then_some(property)
        })
    }
}

/// The name of an entity; empty where it has none.
pub fn name(entity: &Entity) -> String {
    entity.read::<Thing<&str>>().name.first()
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

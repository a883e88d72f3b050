//! The ids of a crate's entities in the graph that it is merged into.

use std::collections::HashMap;

use super::CrateKeys;
use crate::archive::digest::Sha256Sum;
use crate::ro_crate::common_entities::{INPUTS, NO_LICENCE, TRACK};
use crate::ro_crate::entities::{EntityId, File, KEY_DIGITS};
use crate::ro_crate::tracks::document_path;
use crate::ro_crate::{Crate, Entity, METADATA_FILE, ROOT};

/// The scope of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameScope {
    /// Everywhere.
    Shared,
    /// In the crate that is merged.
    Inside,
    /// In another of the crates, which describes it itself.
    Beside,
}

/// The new ids of one crate's entities.
pub struct CrateNames<'c> {
    key: &'c str,
    is_whole: bool,
    root: String,
    keys: &'c CrateKeys<'c>,
    /// The ids of files that are made of their content, by their ids in the crate.
    by_content: HashMap<String, String>,
}

impl<'c> CrateNames<'c> {
    /// The new ids of a crate that is merged with others.
    pub fn new(key: &'c str, is_whole: bool, metadata: &Crate, keys: &'c CrateKeys<'c>) -> Self {
        let document = document_path(metadata);
        let root = metadata.root().map_or(ROOT, |root| &root.id);
        let files = metadata.entities().iter().filter(|entity| {
            entity.is("File") && is_relative(&entity.id) && !entity.id.starts_with(INPUTS)
        });
        let by_content = files
            .filter(|entity| !is_whole && document.as_deref() != Some(entity.id.as_str()))
            .filter_map(|entity| {
                let file: File<&str> = entity.read();
                if file.about.ids().any(|about| about == root) {
                    return None;
                }
                let sum = file.sha256.text().and_then(Sha256Sum::parse)?.hexadecimal();
                let is_track = file.additional_type.texts().any(|kind| kind == TRACK);
                let kind = if is_track {
                    EntityId::Track
                } else {
                    EntityId::Data
                };
                Some((entity.id.clone(), kind(&sum[..KEY_DIGITS]).to_string()))
            })
            .collect();
        CrateNames {
            key,
            is_whole,
            root: root.to_owned(),
            keys,
            by_content,
        }
    }

    /// The id of the root in the crate.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// What an entity is called, and where that is understood. The descriptor is not in the merged graph.
    pub(super) fn of_entity(&self, entity: &Entity) -> (NameScope, String) {
        if entity.id == METADATA_FILE && entity.id != self.root {
            return (NameScope::Beside, String::new());
        }
        self.of(&entity.id)
    }

    /// The new id of an id, and its scope.
    pub fn of(&self, id: &str) -> (NameScope, String) {
        if id == self.root || id == ROOT {
            return (NameScope::Inside, format!("{INPUTS}{}/", self.key));
        }
        if let Some(name) = self.by_content.get(id) {
            return (NameScope::Shared, name.clone());
        }
        let key = self.key;
        if let Some(name) = id.strip_prefix('#') {
            let is_made_of_content = EntityId::of(id).is_some_and(EntityId::is_made_of_content);
            return if is_made_of_content || id == NO_LICENCE {
                (NameScope::Shared, id.to_owned())
            } else if self.is_of_another(name) {
                (NameScope::Beside, id.to_owned())
            } else {
                (NameScope::Inside, format!("#{key}-{name}"))
            };
        }
        if let Some(label) = id.strip_prefix("_:") {
            return (NameScope::Inside, format!("#{key}-b-{label}"));
        }
        if !is_relative(id) {
            return (NameScope::Shared, id.to_owned());
        }
        let inside = |key: &str, is_whole: bool, path: &str| match is_whole {
            _ if path.is_empty() => format!("{INPUTS}{key}/"),
            true => format!("{INPUTS}{key}/{path}"),
            false => format!("#{key}-{path}"),
        };
        let path = id.strip_prefix("./").unwrap_or(id);
        let earlier = path
            .strip_prefix(INPUTS)
            .and_then(|rest| rest.split_once('/'));
        match earlier {
            Some((other, path)) if self.keys.all.contains(other) => {
                let is_whole = self.keys.whole.contains(other);
                (NameScope::Beside, inside(other, is_whole, path))
            }
            _ => (NameScope::Inside, inside(key, self.is_whole, path)),
        }
    }

    /// Whether the name, without `#`, is that of a thing in another of the crates.
    fn is_of_another(&self, name: &str) -> bool {
        let key = name.split_at_checked(KEY_DIGITS);
        key.is_some_and(|(key, rest)| {
            rest.starts_with('-') && key != self.key && self.keys.all.contains(key)
        })
    }
}

/// Whether an id is a path in the crate.
fn is_relative(id: &str) -> bool {
    let scheme = id.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    !is_scheme && !id.starts_with(['#', '_']) || id.starts_with("__")
}

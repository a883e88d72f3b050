//! What the things of a crate are called in the graph that it is folded into.

use std::collections::HashMap;

use super::CrateKeys;
use crate::archive::digest::Sha256Sum;
use crate::ro_crate::common_entities::{INPUTS, NO_LICENCE, TRACK};
use crate::ro_crate::tracks::document_path;
use crate::ro_crate::{Crate, Entity, METADATA_FILE, ROOT};

/// What ids that are made of content begin with; 16 hexadecimal digits follow.
pub const MADE_OF_CONTENT: [&str; 15] = [
    "track",
    "data",
    "served",
    "document",
    "dataset",
    "step",
    "search",
    "import",
    "unpack",
    "register",
    "follow",
    "package",
    "parameter",
    "property",
    "evidence",
];
/// How many hexadecimal digits a key has.
const DIGITS: usize = 16;

/// Where a name is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameScope {
    /// Everywhere.
    Shared,
    /// In the crate that is folded.
    Inside,
    /// In a crate beside it, whose own bytes tell of it.
    Beside,
}

/// The names of one crate's things.
pub struct CrateNames<'c> {
    key: &'c str,
    is_whole: bool,
    root: String,
    keys: &'c CrateKeys<'c>,
    /// Files that are named after their content, by what they are called in the crate.
    by_content: HashMap<String, String>,
}

impl<'c> CrateNames<'c> {
    /// The names of the things of a crate that is folded together with others.
    pub fn new(key: &'c str, is_whole: bool, metadata: &Crate, keys: &'c CrateKeys<'c>) -> Self {
        let document = document_path(metadata);
        let root = metadata.root().map_or(ROOT, |root| &root.id);
        let is_document = |entity: &Entity| {
            document.as_deref() == Some(entity.id.as_str())
                || entity.references("about").contains(&root)
        };
        let files = metadata.entities().iter().filter(|entity| {
            entity.is("File") && is_relative(&entity.id) && !entity.id.starts_with(INPUTS)
        });
        let by_content = files
            .filter(|entity| !is_whole && !is_document(entity))
            .filter_map(|entity| {
                let sum = entity.text("sha256").and_then(Sha256Sum::parse)?;
                let kind = if entity.texts("additionalType").contains(&TRACK) {
                    "track"
                } else {
                    "data"
                };
                Some((
                    entity.id.clone(),
                    format!("#{kind}-{}", &sum.hexadecimal()[..DIGITS]),
                ))
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

    /// What the root is called in the crate.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// What an entity is called, and where that is understood. The descriptor is not in the folded graph.
    pub(super) fn of_entity(&self, entity: &Entity) -> (NameScope, String) {
        if entity.id == METADATA_FILE && entity.id != self.root {
            return (NameScope::Beside, String::new());
        }
        self.of(&entity.id)
    }

    /// What a thing is called, and where that is understood.
    pub fn of(&self, id: &str) -> (NameScope, String) {
        if id == self.root || id == ROOT {
            return (NameScope::Inside, format!("{INPUTS}{}/", self.key));
        }
        if let Some(name) = self.by_content.get(id) {
            return (NameScope::Shared, name.clone());
        }
        let key = self.key;
        if let Some(name) = id.strip_prefix('#') {
            return if is_made_of_content(name) || id == NO_LICENCE {
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
        let key = name.split_at_checked(DIGITS);
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

/// Whether a name, without `#`, is made of content: a word of ours and 16 digits, and where two crates differed a key behind.
pub(super) fn is_made_of_content(name: &str) -> bool {
    let Some((kind, digits)) = name.split_once('-') else {
        return false;
    };
    let mut parts = digits.splitn(2, '-');
    MADE_OF_CONTENT.contains(&kind) && parts.by_ref().all(is_key)
}

fn is_key(text: &str) -> bool {
    text.len() == DIGITS
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

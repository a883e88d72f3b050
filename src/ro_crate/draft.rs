//! Crates that may have faults of any kind: what `fairtracks_check` reads.

use std::collections::HashMap;

use super::{Crate, Entity};
use crate::text::json::Repeated;

/// The graph of a crate, whatever is wrong with its entities.
#[derive(Debug, Clone, PartialEq)]
pub struct CrateDraft {
    /// The items of the graph in their order; what an item lacks is empty, and stands in its note.
    pub read: Crate,
    /// A note for each item of the graph.
    pub notes: Vec<Note>,
    /// What the ids are of that the graph refers to and has no entity for.
    pub undescribed: HashMap<String, Whereabouts>,
    /// The members that stood in the file more than once, of which the graph has the last.
    pub repeated: Repeated,
    /// Whether the file starts with a byte order mark.
    pub has_byte_order_mark: bool,
}

/// What there is to say of an item of the graph besides what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What its `@id` is of.
    pub whereabouts: Whereabouts,
    /// What it lacks to be an entity.
    pub faults: Vec<ItemFault>,
}

/// What an `@id` is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whereabouts {
    /// The crate itself, `./`.
    Root,
    /// A file of the crate, or with `/` at the end a folder.
    Inside {
        /// The path in the archive.
        path: String,
        /// The `@id` of the path in the standard encoding.
        usual: String,
    },
    /// An address.
    Elsewhere,
    /// A thing that is described in the metadata only.
    Within,
    /// Unknown: the reason, a sentence.
    Unclear(String),
}

impl Whereabouts {
    /// The path in the archive, of a file or folder of the crate.
    pub fn path(&self) -> Option<&str> {
        match self {
            Whereabouts::Inside { path, .. } => Some(path),
            _ => None,
        }
    }
}

/// What an item of the graph lacks to be an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemFault {
    /// It is no object: what it is.
    NoObject(String),
    /// It has no text `@id`.
    NoId,
    /// It has no `@type`.
    NoType,
    /// Its `@type` is a list without a text.
    EmptyType,
}

impl CrateDraft {
    /// The items of the graph with their positions and notes.
    pub fn items(&self) -> impl Iterator<Item = (usize, &Entity, &Note)> {
        let items = self.read.entities().iter().zip(&self.notes);
        items
            .enumerate()
            .map(|(position, (entity, note))| (position, entity, note))
    }

    /// The position of the first item with an id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.read.position(id)
    }
}

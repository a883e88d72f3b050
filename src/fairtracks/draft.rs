//! Documents with any errors, as read by `fairtracks_check`.

use serde_json::{Map, Value as Json};

use super::augment::{Filled, Given, augment};
use super::document::{Document, ShapeError};
use super::document_shape::recognise;
use crate::text::json::Repeated;

/// A JSON object with at least one part of a FAIRtracks document; any other part may be missing or wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    members: Map<String, Json>,
    repeated: Repeated,
    /// Whether its version is known to be its signature.
    has_signature: bool,
}

impl Draft {
    /// Reads a JSON value as a draft. `repeated` has the members that the file has more than once,
    /// of which the value has the last.
    ///
    /// # Errors
    /// What the value is instead, such as a document from before version 1.0.
    pub fn from_json(value: Json, repeated: Repeated) -> Result<Self, ShapeError> {
        let members = recognise(value)?;
        Ok(Draft {
            members,
            repeated,
            has_signature: false,
        })
    }

    /// A document that a tool has made, whose version is its signature.
    pub fn of_signed_document(document: Document) -> Self {
        let members = match Json::from(document) {
            Json::Object(members) => members,
            _ => Map::new(),
        };
        Draft {
            members,
            repeated: Repeated::default(),
            has_signature: true,
        }
    }

    /// Whether its version is known to be its signature, which takes long to compute for a large document.
    pub fn has_signature(&self) -> bool {
        self.has_signature
    }

    /// The document of [`Draft::of_signed_document`] again.
    pub fn into_document(self) -> Document {
        Document::from_parts(self.members)
    }

    /// What augmentation would fill in; nothing for a draft that lacks a whole part.
    pub fn fillable(&self) -> Vec<Filled> {
        Document::from_json(Json::Object(self.members.clone()))
            .map(|document| augment(document, Given::Keep).1)
            .unwrap_or_default()
    }

    /// The members as in the file.
    pub fn members(&self) -> &Map<String, Json> {
        &self.members
    }

    /// The members that the file has more than once.
    pub fn repeated(&self) -> &Repeated {
        &self.repeated
    }
}

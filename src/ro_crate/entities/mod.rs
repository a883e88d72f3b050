//! The vocabulary of crates: an entity as it is in the graph, and a model for each type that this suite reads or writes.
//!
//! ```text
//! Entity (id, types, all properties in their order) ── read ──▶ File<&str>, CreateAction<&str>, …
//!                                                   ◀── set ── File, CreateAction, …
//! ```
//!
//! A graph keeps each [`Entity`] with all its properties, so that those of other makers stay as they are. A model is a
//! view: reading takes what it knows, in the form that the property has in RO-Crate 1.1, and leaves the rest; writing sets
//! its properties, new ones in the order of its fields, and leaves the others.

mod entity;
mod id;
mod models;
mod reading;
mod values;

pub use entity::{Entity, items};
pub use id::{EntityId, KEY_DIGITS};
pub use models::{
    BioSample, CreateAction, CreativeWork, DataDownload, Dataset, DefinedTerm, File, HowTo, Model,
    Organization, Person, PropertyValue, SearchAction, SoftwareApplication, Thing,
};
pub use values::{Literal, LiteralOrReference, Literals, OneOrMany, Reference, References, Values};

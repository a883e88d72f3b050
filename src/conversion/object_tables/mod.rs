//! A document as tables, one for each kind of object, from which the same document can be read.
//!
//! Titles are paths of members (`sample_type.cell_type.term_id`), cells are values as the document has them (see [`cell`]). A
//! further table, `document`, holds the members beside the objects and the version of this form; beside it, the other tables are
//! read as they are written, without the rules of tables. Members that a conversion states anew are not read: `converted_from` but for
//! its options and edits, and `doc_version` and `doc_date` of `doc_info`.

pub mod cell;
mod column_order;
mod flat_tables;
mod of_document;
mod reading;

pub use flat_tables::flat_tables_of;
pub use of_document::{ObjectTableError, tables_of};
pub use reading::{
    ObjectTableReadError, ObjectTableReading, StatedOptions, is_object_tables, read,
};

/// The name of the table of members beside the objects.
const DOCUMENT: &str = "document";
/// The title of its column with the version of this form.
const FORM: &str = "fairtracks_tables";
/// The version of this form.
const FORM_VERSION: &str = "1";
/// The column of members whose keys cannot be part of a title: their object in JSON.
const OTHER_MEMBERS: &str = "{}";

/// A table of objects of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectTable {
    /// Its name: that of the objects in a document, or `document`.
    pub name: &'static str,
    /// The titles.
    pub titles: Vec<String>,
    /// The rows, each with as many cells as there are titles; a cell without a value is empty.
    pub rows: Vec<Vec<String>>,
}

//! The question and the result of a search, of a document or a server.

use serde_json::Value as Json;

use crate::fairtracks::document::Document;
use crate::fairtracks::hit::{Hit, LeftOut};
use crate::fairtracks::hits_document::Searched;
use crate::gsuite;
use crate::query::form_condition::SearchQuestion;

use super::table;

pub(super) struct AskedQuery {
    /// As it was asked.
    pub(super) question: SearchQuestion,
    /// As a query.
    pub(super) query: String,
    /// The conditions that the query was made from, in the shape of a conditions file.
    pub(super) conditions: Option<Json>,
}

/// The result of a search, of a document or a server.
pub(super) struct SearchResult {
    /// The document that holds the tracks found.
    pub(super) document: Document,
    /// Their positions in it.
    pub(super) positions: Vec<usize>,
    pub(super) table: table::Table,
    pub(super) gsuite: String,
    pub(super) explanation: String,
    pub(super) searched: Searched,
    pub(super) categories: Vec<String>,
    pub(super) augmented: bool,
    pub(super) left_out: Vec<LeftOut>,
}

/// The table and the GSuite file of some hits, with the tracks that the latter cannot hold.
pub(super) fn lists(hits: &[Hit<'_>]) -> (table::Table, gsuite::Suite) {
    (table::write(hits), gsuite::write(hits))
}

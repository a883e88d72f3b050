//! The question and the result of a search, of a document or a server.

use serde_json::Value as Json;

use crate::cli::Failure;
use crate::fairtracks::document::Document;
use crate::fairtracks::hit::{Hit, LeftOut};
use crate::fairtracks::hits_document::Searched;
use crate::gsuite;
use crate::query::compile::compile;
use crate::query::conditions_json;
use crate::query::search_question::SearchQuestion;
use crate::query::words::{ExistingValues, UnderstoodQuestion, understand};

use super::table;

/// A question as a query.
pub(super) struct AskedQuery {
    /// As a query.
    pub(super) query: String,
    /// The conditions that the query was made from, in the shape of a conditions file.
    pub(super) conditions: Option<Json>,
    /// What words were understood as.
    pub(super) understood: Option<UnderstoodQuestion>,
}

impl AskedQuery {
    /// The query of a question; `values` are those that exist where it is asked, and are needed for words alone.
    pub(super) fn of(
        question: &SearchQuestion,
        values: impl FnOnce() -> Result<ExistingValues, Failure>,
    ) -> Result<(Self, ExistingValues), Failure> {
        let mut asked = AskedQuery {
            query: String::new(),
            conditions: None,
            understood: None,
        };
        match question {
            SearchQuestion::Expression(text) => asked.query = text.clone(),
            SearchQuestion::Conditions(conditions) => {
                asked.query = compile(conditions);
                asked.conditions = Some(conditions_json::to_json(conditions));
            }
            SearchQuestion::Words(words) => {
                let values = values()?;
                let understood = understand(words, &values);
                asked.query = understood.query();
                asked.conditions = understood.to_json();
                asked.understood = Some(understood);
                return Ok((asked, values));
            }
        }
        Ok((asked, ExistingValues::default()))
    }
}

/// The result of a search, of a document or a server.
pub(super) struct SearchResult {
    pub(super) asked: AskedQuery,
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

//! The question and the result of a search, of documents or a server.

use serde_json::Value as Json;

use crate::cli::Failure;
use crate::fairtracks::document::Document;
use crate::fairtracks::hit::LeftOut;
use crate::query::compile::compile;
use crate::query::conditions_json;
use crate::query::search::ConjunctCount;
use crate::query::search_question::SearchQuestion;
use crate::query::words::{ExistingValues, UnderstoodQuestion, understand};

use super::arguments::SearchArguments;
use super::columns::HitColumns;
use super::lists::WrittenLists;

/// What is asked, and for which outputs.
#[derive(Clone, Copy)]
pub(super) struct SearchTask<'a> {
    pub(super) arguments: &'a SearchArguments,
    pub(super) question: &'a SearchQuestion,
    pub(super) columns: &'a HitColumns,
    /// The time of the search, RFC 3339 with `+00:00`.
    pub(super) time: &'a str,
}

/// Takes each document of hits, with the position of the document searched.
pub(super) type TakeHits<'a> = &'a mut dyn FnMut(usize, &Document) -> Result<(), Failure>;

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

/// A document or a hub that was searched.
pub(super) struct SearchedSource {
    /// The label of the document, or the hub and its server.
    pub(super) name: String,
    /// What the source says of itself, such as its version; each a title and a text.
    pub(super) stated: Vec<(&'static str, String)>,
    /// The tracks found in it.
    pub(super) hits: usize,
    /// Its tracks; none where a server does not count them.
    pub(super) tracks: Option<usize>,
    /// The genome build of all its hits, where they agree on one.
    pub(super) genome_build: Option<String>,
}

/// The result of a search, of documents or a server.
pub(super) struct SearchResult {
    pub(super) asked: AskedQuery,
    pub(super) sources: Vec<SearchedSource>,
    pub(super) lists: WrittenLists,
    /// The message.
    pub(super) explanation: String,
    /// What to try.
    pub(super) hints: Vec<String>,
    /// Remarks on the search and its outputs.
    pub(super) remarks: Vec<String>,
    /// Tracks that could not be searched.
    pub(super) left_out: Vec<LeftOut>,
    /// The number of tracks that each outermost AND term of the query matches; none of a server.
    pub(super) terms: Vec<ConjunctCount>,
    /// Why nothing was found, where the message says more than the hints.
    pub(super) why_empty: Option<String>,
}

impl SearchResult {
    /// The tracks found.
    pub(super) fn hits(&self) -> usize {
        self.sources.iter().map(|source| source.hits).sum()
    }

    /// The tracks of all sources; none where one does not count them.
    pub(super) fn tracks(&self) -> Option<usize> {
        self.sources.iter().map(|source| source.tracks).sum()
    }
}

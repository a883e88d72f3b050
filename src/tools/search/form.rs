//! The search form as Galaxy hands it over: the JSON of `<inputs name="…" filename="…"/>`.
//!
//! All text of the user travels this way and no other, byte for byte. What is searched stands in `source`, what is
//! asked in `query`; conditions typed and conditions picked from a catalog become the same.

mod query;
mod source;
#[cfg(test)]
mod tests;

use serde::Deserialize;
use thiserror::Error;

pub use source::SourceError;

use crate::fairtracks::search_source::SearchSource;
use crate::query::search_question::SearchQuestion;
use crate::text::json::{self, JsonKind};

/// The question and the source of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRequest {
    /// The question.
    pub question: SearchQuestion,
    /// Where it is looked for; [`SearchSource::Document`] where the form names no server.
    pub source: SearchSource,
}

/// Why a form asks nothing that can be answered.
#[derive(Debug, Error)]
#[allow(missing_docs)] // The fields are the blanks of the sentences above them.
pub enum FormError {
    /// Not the JSON of this form.
    #[error("found no search form ({0}), expected the JSON of the tool's inputs")]
    Json(#[from] serde_json::Error),
    /// A field of a condition; the conditions of the form count from 1.
    #[error("condition {number}: {problem}")]
    Condition { number: usize, problem: String },
    #[error(
        "the expression is empty, expected a condition such as tracks.content->'assembly_name' ? 'hg38'"
    )]
    EmptyExpression,
    #[error("found no words to look for, expected some such as monocyte DNase hg38")]
    NoWords,
    #[error(transparent)]
    Source(#[from] SourceError),
}

#[derive(Deserialize)]
struct Form {
    source: Option<source::SourceFields>,
    query: query::QueryFields,
}

/// Reads what the form asks.
///
/// # Errors
/// The first field that cannot be asked.
pub fn read(bytes: &[u8]) -> Result<SearchRequest, FormError> {
    let Form { source, query } = json::typed(bytes, JsonKind::Metadata)?;
    let picked_hub = query.hub();
    let question = query.question()?;
    let source = match source {
        Some(fields) => fields.source(picked_hub.as_deref())?,
        None => SearchSource::Document,
    };
    Ok(SearchRequest { question, source })
}

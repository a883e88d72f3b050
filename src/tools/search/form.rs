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
use crate::tools::search::columns::HitColumns;

/// The question and the source of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRequest {
    /// The question.
    pub question: SearchQuestion,
    /// Where it is looked for; [`SearchSource::Document`] where the form names no server.
    pub source: SearchSource,
    /// The columns of the table.
    pub columns: HitColumns,
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
    /// A path of a column.
    #[error("columns of the table: {0}")]
    Columns(String),
}

#[derive(Deserialize)]
struct Form {
    source: Option<source::SourceFields>,
    query: query::QueryFields,
    #[serde(default)]
    columns: ColumnFields,
}

/// The columns of the table.
#[derive(Default, Deserialize)]
struct ColumnFields {
    #[serde(default)]
    which: WhichColumns,
    /// The paths of chosen columns, one a line.
    paths: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WhichColumns {
    #[default]
    Ten,
    All,
    Chosen,
}

impl ColumnFields {
    fn columns(&self) -> Result<HitColumns, FormError> {
        match self.which {
            WhichColumns::Ten => Ok(HitColumns::Ten),
            WhichColumns::All => Ok(HitColumns::All),
            WhichColumns::Chosen => HitColumns::chosen(self.paths.as_deref().unwrap_or_default())
                .map_err(FormError::Columns),
        }
    }
}

/// Reads what the form asks.
///
/// # Errors
/// The first field that cannot be asked.
pub fn read(bytes: &[u8]) -> Result<SearchRequest, FormError> {
    let form: Form = json::typed(bytes, JsonKind::Metadata)?;
    let columns = form.columns.columns()?;
    let Form { source, query, .. } = form;
    let picked_hub = query.hub();
    let question = query.question()?;
    let source = match source {
        Some(fields) => fields.source(picked_hub.as_deref())?,
        None => SearchSource::Document,
    };
    Ok(SearchRequest {
        question,
        source,
        columns,
    })
}

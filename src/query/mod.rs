//! TrackFind's query language on documents in memory: the rows that PostgreSQL would give, without PostgreSQL.
//!
//! A query is one condition over the objects of several categories, `tracks.content->'assembly_name' ? 'hg38'`.
//! Text becomes tokens ([`lexer`]), tokens an expression ([`parser`], [`syntax`]), the expression a plan whose
//! names and types are settled, and the plan is asked about each row of a [`Hub`].
//!
//! It differs from a TrackFind server on purpose in three things: the query counts as if it stood in brackets, a
//! question mark inside a literal means itself, and rows come in the order of the document.

pub mod array;
pub mod compile;
pub mod decimal;
pub mod error;
pub mod hub;
pub mod jsonb;
pub mod lexer;
mod literal;
pub mod parser;
pub mod pattern;
mod plan;
mod resolve;
pub mod syntax;

pub use error::{QueryError, Reason};
pub use hub::{Hub, Reference};

use plan::Plan;
use serde_json::Value as Json;
use syntax::Kind;

/// A query that is ready to be asked about rows.
#[derive(Debug, Clone)]
pub struct Query {
    text: String,
    terms: Vec<Term>,
}

/// One of the conditions that the query's outermost AND joins; a query without AND is one term.
#[derive(Debug, Clone)]
pub struct Term {
    /// The term as it stands in the query.
    pub text: String,
    plan: Plan,
}

impl Query {
    /// Reads `text` as a condition over rows that hold one object for each of `categories`.
    ///
    /// # Errors
    /// The first place where the text is no query, names what does not exist, or asks for what is not supported.
    pub fn new(text: &str, categories: &[String]) -> Result<Query, QueryError> {
        let expression = parser::parse(text)?;
        let terms = match &expression.kind {
            Kind::And(terms) => terms.iter().collect(),
            _ => vec![&expression],
        };
        let terms: Result<Vec<Term>, QueryError> = terms
            .into_iter()
            .map(|term| {
                let plan = resolve::resolve(text, term, categories)?;
                Ok(Term {
                    text: text[term.span.clone()].to_owned(),
                    plan,
                })
            })
            .collect();
        Ok(Query {
            text: text.to_owned(),
            terms: terms?,
        })
    }

    /// The query as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The conditions that all must hold.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Whether the row satisfies the query.
    pub fn accepts(&self, row: &[&Json]) -> bool {
        self.terms.iter().all(|term| term.accepts(row))
    }
}

impl Term {
    /// Whether the row satisfies this term; what is unknown, as a condition on a missing attribute, is not satisfied.
    pub fn accepts(&self, row: &[&Json]) -> bool {
        self.plan.truth(row) == Some(true)
    }
}

#[cfg(test)]
mod tests;

//! TrackFind's query language on documents in memory: the rows that PostgreSQL returns, without PostgreSQL.
//!
//! A query is one condition over the objects of several categories, `tracks.content->'assembly_name' ? 'hg38'`.
//! Text becomes tokens ([`lexer`]), tokens an expression ([`parser`], [`syntax`]), the expression a plan with resolved names
//! and types, and the plan is evaluated on each row of a [`Hub`].
//!
//! It differs from a TrackFind server on purpose in three points: the query is treated as parenthesized, a question mark in a
//! literal is not a placeholder, and rows are in the order of the document.

pub mod advice;
pub mod array;
pub mod compile;
mod condition;
pub mod conditions_json;
mod cursor;
pub mod decimal;
pub mod error;
mod evaluate;
mod evaluation;
pub mod form_condition;
mod function;
pub mod hub;
pub mod jsonb;
pub mod lexer;
mod literal;
pub mod nearest;
mod number;
pub mod order;
pub mod parser;
pub mod pattern;
mod picked_objects;
mod plan;
mod resolve;
pub mod search;
pub mod search_question;
mod show;
pub mod syntax;
mod types;
mod value;
pub mod words;

pub use error::{QueryError, QueryFault};
pub use evaluate::Unusable;
pub use evaluation::{KnownAnswers, QueryEvaluation};
pub use hub::{Hub, ObjectReference};

use condition::{Clause, Predicate};
use resolve::BadPatterns;
use syntax::{Expression, ExpressionKind};

/// A query that is ready for evaluation.
#[derive(Debug, Clone)]
pub struct Query {
    text: String,
    expression: Expression,
    terms: Vec<Conjunct>,
    clauses: Vec<Clause>,
}

/// An operand of the query's outermost AND; a query without AND is one term.
#[derive(Debug, Clone)]
pub struct Conjunct {
    /// The text of the term.
    pub text: String,
    condition: Predicate,
    /// The only category that the term depends on, as an index in the row.
    only_category: Option<usize>,
    is_constant: bool,
}

impl Query {
    /// Reads `text` as a condition over rows that hold one object for each of `categories`.
    ///
    /// # Errors
    /// The first syntax error, unknown name or unsupported feature.
    pub fn new(text: &str, categories: &[String]) -> Result<Query, QueryError> {
        Query::read(text, categories, BadPatterns::Refused)
    }

    /// The same, but an invalid pattern is an error only when it is matched with a text, as in PostgreSQL.
    ///
    /// # Errors
    /// As [`Query::new`].
    pub fn as_postgresql(text: &str, categories: &[String]) -> Result<Query, QueryError> {
        Query::read(text, categories, BadPatterns::FoundWhenMet)
    }

    fn read(
        text: &str,
        categories: &[String],
        bad_patterns: BadPatterns,
    ) -> Result<Query, QueryError> {
        let expression = parser::parse(text)?;
        let terms = match &expression.kind {
            ExpressionKind::And(terms) => terms.iter().collect(),
            _ => vec![&expression],
        };
        let mut clauses = Vec::new();
        let room = pattern::Room::default();
        let terms: Result<Vec<Conjunct>, QueryError> = terms
            .into_iter()
            .map(|term| {
                let plan = resolve::resolve(text, term, categories, &room, bad_patterns)?;
                let mut found = Vec::new();
                plan.categories(&mut found);
                let only_category = if let [category] = found[..] {
                    Some(category)
                } else {
                    None
                };
                Ok(Conjunct {
                    text: text[term.span.clone()].to_owned(),
                    condition: Predicate::new(plan, term, text, &mut clauses),
                    only_category,
                    is_constant: found.is_empty(),
                })
            })
            .collect();
        let terms = terms?;
        Ok(Query {
            text: text.to_owned(),
            expression,
            terms,
            clauses,
        })
    }

    /// The text of the query.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The query as parsed, with all parentheses.
    pub fn expression(&self) -> &Expression {
        &self.expression
    }

    /// The conditions that all must hold.
    pub fn terms(&self) -> &[Conjunct] {
        &self.terms
    }
}

impl Conjunct {
    /// The only category that the term depends on, as an index in the row; `None` for several or none.
    pub fn only_category(&self) -> Option<usize> {
        self.only_category
    }

    /// Whether the term depends on no category and is the same for every row.
    pub fn is_constant(&self) -> bool {
        self.is_constant
    }
}

#[cfg(test)]
mod tests;

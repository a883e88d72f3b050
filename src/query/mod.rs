//! TrackFind's query language on documents in memory: the rows that PostgreSQL would give, without PostgreSQL.
//!
//! A query is one condition over the objects of several categories, `tracks.content->'assembly_name' ? 'hg38'`.
//! Text becomes tokens ([`lexer`]), tokens an expression ([`parser`], [`syntax`]), the expression a plan whose
//! names and types are settled, and the plan is asked about each row of a [`Hub`].
//!
//! It differs from a TrackFind server on purpose in three things: the query counts as if it stood in brackets, a
//! question mark inside a literal means itself, and rows come in the order of the document.

pub mod advice;
pub mod array;
pub mod compile;
pub mod decimal;
pub mod error;
mod evaluate;
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
mod plan;
mod resolve;
mod show;
pub mod syntax;
mod types;
mod value;
pub mod wire;

pub use error::{QueryError, Reason};
pub use evaluate::Unusable;
pub use hub::{Hub, Reference};

use evaluate::Notes;
use plan::Plan;
use syntax::{Expression, Kind};

/// A query that is ready to be asked about rows.
#[derive(Debug, Clone)]
pub struct Query {
    text: String,
    expression: Expression,
    terms: Vec<Term>,
}

/// One of the conditions that the query's outermost AND joins; a query without AND is one term.
#[derive(Debug, Clone)]
pub struct Term {
    /// The term as it stands in the query.
    pub text: String,
    plan: Plan,
    /// The only category that the term looks at, as a place in the row.
    only_category: Option<usize>,
    is_constant: bool,
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
                let mut found = Vec::new();
                plan.categories(&mut found);
                let only_category = if let [category] = found[..] {
                    Some(category)
                } else {
                    None
                };
                Ok(Term {
                    text: text[term.span.clone()].to_owned(),
                    plan,
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
        })
    }

    /// The query as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The query as it was understood.
    pub fn expression(&self) -> &Expression {
        &self.expression
    }

    /// The conditions that all must hold.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }
}

impl Term {
    /// The only category that the term looks at, as a place in the row; `None` if it looks at several or at none.
    pub fn only_category(&self) -> Option<usize> {
        self.only_category
    }

    /// Whether the term looks at no category, so that it says the same of every row.
    pub fn is_constant(&self) -> bool {
        self.is_constant
    }
}

/// What a term says of each object of the only category that it looks at, as far as it was asked.
pub type Known = Vec<Option<bool>>;

/// A query as it is asked about the combinations of one hub.
///
/// A term that looks at one category only is asked once for each of its objects, however many rows they are in.
pub struct Asked<'q, 'd> {
    query: &'q Query,
    hub: &'q Hub<'d>,
    known: Vec<Known>,
    /// Which terms were asked about an object for the first time.
    learned: Vec<bool>,
    notes: Notes,
}

impl<'q, 'd> Asked<'q, 'd> {
    /// Prepares to ask `query` about `hub`, whose categories it was read with.
    pub fn new(query: &'q Query, hub: &'q Hub<'d>) -> Self {
        Asked::remembering(query, hub, |_| None)
    }

    /// The same with what earlier searches of the same objects have shown of a term, given by its text.
    pub fn remembering(
        query: &'q Query,
        hub: &'q Hub<'d>,
        remembered: impl Fn(&str) -> Option<Known>,
    ) -> Self {
        let known = |term: &Term| {
            let count = term
                .only_category
                .map_or(0, |category| hub.objects(category).len());
            let remembered = term.only_category.and_then(|_| remembered(&term.text));
            remembered
                .filter(|known| known.len() == count)
                .unwrap_or_else(|| vec![None; count])
        };
        Asked {
            query,
            hub,
            known: query.terms.iter().map(known).collect(),
            learned: vec![false; query.terms.len()],
            notes: Notes::default(),
        }
    }

    /// The terms of which more is known now, with what is known; none where a value could not be used, as that is to be
    /// told each time.
    pub fn learned(self) -> impl Iterator<Item = (&'q str, Known)> {
        let is_told = !self.notes.unusable().is_empty();
        let terms = self.query.terms.iter().zip(self.known).zip(self.learned);
        terms
            .filter(move |(_, learned)| *learned && !is_told)
            .map(|((term, known), _)| (term.text.as_str(), known))
    }

    /// Whether the combination satisfies the term at `place`; what is unknown, as a condition on a missing
    /// attribute, is not satisfied.
    pub fn accepts(&mut self, place: usize, combination: &[Option<usize>]) -> bool {
        let term = &self.query.terms[place];
        let slot = term
            .only_category
            .and_then(|category| combination[category]);
        if let Some(slot) = slot
            && let Some(known) = self.known[place][slot]
        {
            return known;
        }
        let row = self.hub.row(combination);
        let accepts = term.plan.truth(&row, &self.notes) == Some(true);
        if let Some(slot) = slot {
            self.known[place][slot] = Some(accepts);
            self.learned[place] = true;
        }
        accepts
    }

    /// Values that could not be used as the query asks.
    pub fn unusable(&self) -> Vec<Unusable> {
        self.notes.unusable()
    }
}

#[cfg(test)]
mod tests;

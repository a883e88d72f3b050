//! A condition as AND, OR and NOT of clauses, each evaluated for a single object if possible.

use super::evaluate::{all, any};
use super::plan::Plan;
use super::syntax::{Expression, ExpressionKind};

/// A condition on a row.
#[derive(Debug, Clone)]
pub(super) enum Predicate {
    /// The index of a clause in the query's list.
    Clause(usize),
    And(Vec<Predicate>),
    Or(Vec<Predicate>),
    Not(Box<Predicate>),
}

/// A part of a condition that is evaluated as a whole.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    /// The text of the clause.
    pub text: String,
    pub plan: Plan,
    /// The only category that it depends on, as an index in the row: its result for an object is the same in every row.
    pub only_category: Option<usize>,
}

impl Predicate {
    /// Splits `plan`, made from `expression` in `text`, into clauses, which are added to `clauses`.
    ///
    /// AND is always split, because users change one condition at a time; OR and NOT only if they depend on several categories.
    pub fn new(plan: Plan, expression: &Expression, text: &str, clauses: &mut Vec<Clause>) -> Self {
        Part::new(plan, expression, text).listed(clauses)
    }

    /// Whether the condition holds, given the result of each clause: `None` is SQL's unknown.
    pub fn truth(&self, clause: &mut impl FnMut(usize) -> Option<bool>) -> Option<bool> {
        match self {
            Predicate::Clause(place) => clause(*place),
            Predicate::And(parts) => all(parts.iter().map(|part| part.truth(clause))),
            Predicate::Or(parts) => any(parts.iter().map(|part| part.truth(clause))),
            Predicate::Not(part) => part.truth(clause).map(|truth| !truth),
        }
    }
}

/// A condition whose clauses have no index yet.
enum Part {
    Clause(Clause),
    And(Vec<Part>),
    Or(Vec<Part>),
    Not(Box<Part>),
}

impl Part {
    fn new(plan: Plan, expression: &Expression, text: &str) -> Self {
        let whole = |plan: Plan| {
            let mut found = Vec::new();
            plan.categories(&mut found);
            let only_category = match found[..] {
                [category] => Some(category),
                _ => None,
            };
            Clause {
                text: text[expression.span.clone()].to_owned(),
                plan,
                only_category,
            }
        };
        let several = |plans: Vec<Plan>, parts: &[Expression]| -> Vec<Part> {
            let each = plans.into_iter().zip(parts);
            each.map(|(plan, part)| Part::new(plan, part, text))
                .collect()
        };
        match (plan, &expression.kind) {
            (Plan::And(plans), ExpressionKind::And(parts)) => Part::And(several(plans, parts)),
            (Plan::Or(plans), ExpressionKind::Or(parts)) => match together(several(plans, parts)) {
                Ok(plans) => Part::Clause(whole(Plan::Or(plans))),
                Err(parts) => Part::Or(parts),
            },
            (Plan::Not(plan), ExpressionKind::Not(part)) => match Part::new(*plan, part, text) {
                Part::Clause(clause) => Part::Clause(whole(Plan::Not(Box::new(clause.plan)))),
                part => Part::Not(Box::new(part)),
            },
            (plan, _) => Part::Clause(whole(plan)),
        }
    }

    fn listed(self, clauses: &mut Vec<Clause>) -> Predicate {
        let mut several = |parts: Vec<Part>| -> Vec<Predicate> {
            parts.into_iter().map(|part| part.listed(clauses)).collect()
        };
        match self {
            Part::Clause(clause) => {
                clauses.push(clause);
                Predicate::Clause(clauses.len() - 1)
            }
            Part::And(parts) => Predicate::And(several(parts)),
            Part::Or(parts) => Predicate::Or(several(parts)),
            Part::Not(part) => Predicate::Not(Box::new(part.listed(clauses))),
        }
    }
}

/// The plans of parts that are all clauses on the same category; otherwise the parts unchanged.
fn together(parts: Vec<Part>) -> Result<Vec<Plan>, Vec<Part>> {
    let category = |part: &Part| match part {
        Part::Clause(clause) => clause.only_category,
        _ => None,
    };
    let first = parts.first().and_then(category);
    if first.is_none() || parts.iter().any(|part| category(part) != first) {
        return Err(parts);
    }
    let plan = |part| match part {
        Part::Clause(clause) => Some(clause.plan),
        _ => None,
    };
    Ok(parts.into_iter().filter_map(plan).collect())
}

//! Splits a query into parts, each short enough for a request, whose results together are its result.

use thiserror::Error;

use super::Wire;
use crate::query::error::{QueryError, Span};
use crate::query::parser;
use crate::query::syntax::{Expression, ExpressionKind};

/// The most parts of a query. A server answers them one by one, and its other users wait during that time.
const MOST_PARTS: usize = 64;

/// Why a query cannot be split into parts that are short enough.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotSplit {
    /// The query is invalid.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The query cannot be split, or needs too many parts.
    #[error("the query is too long and cannot be split")]
    TooLong,
}

/// The query to send, in parts if it is too long. A row satisfies the query if and only if it satisfies a part.
///
/// Lists of alternatives (`?| array[…]`, `IN (…)`, `= ANY (array[…])`, `… OR …`) are split if only `AND` and `OR` are between
/// them and the whole query.
///
/// # Errors
/// An invalid query, or one that cannot be shortened enough.
pub fn split(query: &str, fits: &dyn Fn(&Wire) -> bool) -> Result<Vec<Wire>, NotSplit> {
    let whole = Wire::new(query)?;
    if fits(&whole) {
        return Ok(vec![whole]);
    }
    let mut fitting = Vec::new();
    // The first part is on top.
    let mut waiting = vec![whole];
    while let Some(part) = waiting.pop() {
        if fits(&part) {
            fitting.push(part);
            continue;
        }
        if fitting.len() + waiting.len() + 2 > MOST_PARTS {
            return Err(NotSplit::TooLong);
        }
        let [first, second] = halves(query, &part).ok_or(NotSplit::TooLong)?;
        waiting.push(second);
        waiting.push(first);
    }
    Ok(fitting)
}

/// Two parts of a part.
fn halves(query: &str, part: &Wire) -> Option<[Wire; 2]> {
    let text: String = part.kept.iter().map(|span| &query[span.clone()]).collect();
    let expression = parser::parse(&text).ok()?;
    let mut lists = Vec::new();
    collect(&expression, &mut lists);
    let length = |items: &[Span]| Some(items.last()?.end - items.first()?.start);
    let longest = lists
        .into_iter()
        .filter(|items| items.len() > 1)
        .max_by_key(|items| length(items))?;
    let (start, end) = (longest.first()?.start, longest.last()?.end);
    // The start of the second half: at or after the middle of the text, with a member on either side.
    let middle = start + (end - start) / 2;
    let second = longest
        .iter()
        .position(|item| item.start >= middle)
        .unwrap_or(longest.len() - 1)
        .max(1);
    let (last_of_first, first_of_second) = (longest.get(second - 1)?, longest.get(second)?);
    let without = |gone: Span| Wire::of_pieces(query, cut(&part.kept, &gone)).ok();
    Some([
        without(last_of_first.end..end)?,
        without(start..first_of_second.start)?,
    ])
}

/// The lists of alternatives that can be split without changing the query.
fn collect(expression: &Expression, lists: &mut Vec<Vec<Span>>) {
    let mut push = |items: &[Expression]| {
        lists.push(items.iter().map(|item| item.span.clone()).collect());
    };
    match &expression.kind {
        ExpressionKind::Or(terms) => {
            push(terms);
            terms.iter().for_each(|term| collect(term, lists));
        }
        ExpressionKind::And(terms) => terms.iter().for_each(|term| collect(term, lists)),
        ExpressionKind::In {
            list,
            negated: false,
            ..
        } => push(list),
        ExpressionKind::Operator { sign, sides, .. } if sign == "?|" => {
            members(&sides[1]).map_or((), push)
        }
        ExpressionKind::Quantified {
            sides, all: false, ..
        } => members(&sides[1]).map_or((), push),
        _ => {}
    }
}

/// The members of `array[…]`, also with a cast after it.
fn members(list: &Expression) -> Option<&[Expression]> {
    match &list.kind {
        ExpressionKind::Array(items) => Some(items),
        ExpressionKind::Cast { value, .. } => members(value),
        _ => None,
    }
}

/// The pieces of a text that remain after removing some bytes of their concatenation.
fn cut(kept: &[Span], gone: &Span) -> Vec<Span> {
    let mut left = Vec::new();
    let mut passed = 0;
    for span in kept {
        let here = |at: usize| span.start + at.clamp(passed, passed + span.len()) - passed;
        let (start, end) = (here(gone.start), here(gone.end));
        left.extend([span.start..start, end..span.end]);
        passed += span.len();
    }
    left.retain(|span| !span.is_empty());
    left
}

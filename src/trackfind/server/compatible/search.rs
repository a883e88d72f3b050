//! Searches as PostgreSQL executes the statement that TrackFind generates.

use super::postgresql;
use crate::query::syntax::ExpressionKind;
use crate::query::{Query, QueryError, QueryFault};
use crate::trackfind::server::problem::Problem;
use crate::trackfind::server::rows::RowCollector;
use crate::trackfind::server::search::{Search, first_difference};

use super::error_answer::AsTrackFind;

/// The rows that satisfy the query as TrackFind writes it, without brackets: only the first operand of an outermost OR is
/// restricted by types and joins; all others range over every object of every hub.
pub(super) fn matching(
    search: &Search<'_>,
    query: &Query,
    rows: &mut RowCollector<'_>,
) -> Result<(), Problem> {
    let expression = query.expression();
    let branches = match &expression.kind {
        ExpressionKind::Or(branches)
            if branches
                .first()
                .is_some_and(|first| first.span.start == expression.span.start) =>
        {
            branches
        }
        _ => return search.joined(query, rows),
    };
    for (place, branch) in branches.iter().enumerate() {
        let text = query.text().get(branch.span.clone()).unwrap_or_default();
        let branch = search
            .query(text, &search.selection.names())
            .map_err(|error| search.wrong(text, &error))?;
        if place == 0 {
            search.joined(&branch, rows)?;
        } else {
            let everything = 0..search.store.objects.len();
            let ids = vec![everything.collect::<Vec<usize>>(); search.selection.aliases.len()];
            search.combined(&branch, ids, Vec::new(), rows)?;
        }
    }
    Ok(())
}

/// Whether a part of the query ranges over every object of every hub, because the joins do not restrict it.
pub(super) fn leaves_joins(query: &Query) -> bool {
    matches!(query.expression().kind, ExpressionKind::Or(_))
}

/// The error in the query, with PostgreSQL's message.
pub(super) fn query_problem(search: &Search<'_>, text: &str, error: &QueryError) -> Problem {
    Problem::of_query(text, error).trackfind(match error.reason {
        // PostgreSQL accepts the query, so TrackFind has no equivalent error.
        QueryFault::NotSupported => AsTrackFind::Text(501, error.message.clone()),
        _ => {
            let statement = postgresql::statement(search.kept, search.selection);
            AsTrackFind::Sql(postgresql::message(&statement, text, error))
        }
    })
}

/// Sorts rows by the content of their objects, and removes duplicates.
pub(super) fn sort(search: &Search<'_>, rows: &mut Vec<&[usize]>) {
    let rank = |row: &[usize], place: usize| search.store.rank_of(row[place]);
    rows.sort_by(|left, right| {
        let shown = search.selection.shown.iter();
        let orders = shown.map(|&place| rank(left, place).cmp(&rank(right, place)));
        first_difference(orders)
    });
    rows.dedup();
}

//! Finds the rows that satisfy a query.

use std::cmp::Ordering;

use super::paging::{self, Key, Paged};
use super::postgresql;
use super::problem::{AsTrackFind, Problem};
use super::rows::RowCollector;
use super::selection::{SelectedCategory, Selection};
use super::store::{Store, StoredHub};
use super::{HubOptions, Request};
use crate::query::hub::OuterJoin;
use crate::query::syntax::ExpressionKind;
use crate::query::{Hub, ObjectReference, Query, QueryError, QueryEvaluation, order};
use serde_json::Value as Json;

/// The most rows kept for sorting, regardless of the limit of a response.
const MOST_SORTED: usize = 1_000_000;

/// A search and where it looks.
pub(super) struct Search<'s> {
    /// All objects.
    pub store: &'s Store,
    /// The hub.
    pub kept: &'s StoredHub,
    /// The categories.
    pub selection: &'s Selection,
    /// The options of the server.
    pub options: &'s HubOptions,
    /// Whether there is time left.
    pub request: &'s Request<'s>,
}

/// The rows that a search found.
#[derive(Debug)]
pub(super) struct FoundRows {
    /// The ids of the objects, row after row; within a row in the order in which categories are joined.
    pub ids: Vec<usize>,
    /// The number of categories in a row.
    pub width: usize,
    /// The number of rows without a limit.
    pub total: usize,
    /// The number of values that the query cannot use, so that conditions on them are unknown.
    pub unusable: usize,
    /// Bytes that the search has reserved, its rows among them.
    pub bytes: usize,
}

impl FoundRows {
    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = &[usize]> {
        self.ids.chunks_exact(self.width.max(1))
    }
}

/// The rows to return.
struct Window {
    from: usize,
    limit: Option<usize>,
}

impl Search<'_> {
    /// The rows that satisfy `text`, at most `limit`; 0 means all.
    pub fn run(&self, text: &str, limit: i64) -> Result<FoundRows, Problem> {
        self.within(text, limit, self.options.most_rows)
    }

    /// All rows that satisfy `text`, for internal use, with a higher limit.
    pub fn run_whole(&self, text: &str) -> Result<FoundRows, Problem> {
        self.within(text, 0, self.most_sorted())
    }

    fn within(&self, text: &str, limit: i64, most: usize) -> Result<FoundRows, Problem> {
        if text.len() > self.options.longest_query {
            let message = format!(
                "the query has {} bytes, expected at most {}",
                text.len(),
                self.options.longest_query
            );
            return Err(Problem::new(400, "limit", message, 400)
                .hint("split it into several searches, for example with fewer values each"));
        }
        let text = if self.options.faithful {
            postgresql::doubled(text)
        } else {
            text.to_owned()
        };
        let names = self.selection.names();
        let wrong = |error: QueryError| self.wrong(&text, &error);
        let paged = paging::split(&text, &names, &self.selection.shown).map_err(wrong)?;
        let window = self.window(&text, &paged, limit)?;
        let query = self.query(paged.condition, &names).map_err(wrong)?;
        // Large patterns take time to compile.
        if !(self.request.goes_on)() {
            return Err(Problem::time());
        }
        // The id of each examined object, and its index.
        let around = self.candidates(&query) * size_of::<(usize, &Json)>();
        self.request.hold(around)?;
        let mut rows = RowCollector {
            search: self,
            around,
            most,
            ids: Vec::new(),
            seen: 0,
            looked: 0,
            unusable: 0,
            // Only rows in their final order can be counted without being kept.
            keeps: if self.options.faithful || !paged.order.is_empty() {
                None
            } else {
                Some((window.from, window.limit))
            },
        };
        if self.options.faithful {
            self.as_written(&query, &mut rows)?;
        } else {
            self.joined(&query, &mut rows)?;
        }
        self.finish(rows, &paged.order, &window)
    }

    /// The most objects of all categories examined at a time.
    fn candidates(&self, query: &Query) -> usize {
        let all = self.store.objects.len();
        let is_as_written =
            self.options.faithful && matches!(query.expression().kind, ExpressionKind::Or(_));
        let of = |alias: &SelectedCategory| match &alias.objects {
            Some(objects) if !is_as_written => objects.len(),
            _ => all,
        };
        self.selection.aliases.iter().map(of).sum()
    }

    fn query(&self, text: &str, names: &[String]) -> Result<Query, QueryError> {
        if self.options.faithful {
            Query::as_postgresql(text, names)
        } else {
            Query::new(text, names)
        }
    }

    /// The error in the query.
    fn wrong(&self, text: &str, error: &QueryError) -> Problem {
        let statement = postgresql::statement(self.kept, self.selection);
        Problem::of_query(text, error, postgresql::message(&statement, text, error))
    }

    fn window(&self, text: &str, paged: &Paged<'_>, limit: i64) -> Result<Window, Problem> {
        let refused = |message: &str, said: &str| {
            Problem::new(400, "limit", message, 400).trackfind(AsTrackFind::Sql(said.to_owned()))
        };
        let given = match usize::try_from(limit) {
            Ok(0) => None,
            Ok(limit) => Some(limit),
            Err(_) => {
                return Err(refused(
                    &format!("found limit={limit}, expected a number from 1, or 0 for all rows"),
                    "ERROR: LIMIT must not be negative",
                ));
            }
        };
        if given.is_some() && paged.limit.is_some() {
            return Err(refused(
                "found a LIMIT in the query and the parameter limit, expected one of them",
                "ERROR: syntax error at or near \"LIMIT\"",
            ));
        }
        // TrackFind appends the limit to the query, where a trailing comment hides it.
        let given = given.filter(|_| !self.options.faithful || paging::reads_on(text));
        Ok(Window {
            from: paged.offset,
            limit: given.or(paged.limit),
        })
    }

    /// The query as TrackFind uses it, without brackets: only the first operand of an outermost OR is restricted by types and
    /// joins; the others apply to all objects of all hubs.
    fn as_written(&self, query: &Query, rows: &mut RowCollector<'_, '_>) -> Result<(), Problem> {
        let expression = query.expression();
        let branches = match &expression.kind {
            ExpressionKind::Or(branches)
                if branches
                    .first()
                    .is_some_and(|first| first.span.start == expression.span.start) =>
            {
                branches
            }
            _ => return self.joined(query, rows),
        };
        for (place, branch) in branches.iter().enumerate() {
            let text = query.text().get(branch.span.clone()).unwrap_or_default();
            let branch = self
                .query(text, &self.selection.names())
                .map_err(|error| self.wrong(text, &error))?;
            if place == 0 {
                self.joined(&branch, rows)?;
            } else {
                let everything = 0..self.store.objects.len();
                let ids = vec![everything.collect::<Vec<usize>>(); self.selection.aliases.len()];
                self.combined(&branch, ids, Vec::new(), rows)?;
            }
        }
        Ok(())
    }

    /// The rows that satisfy the query among those that types and joins leave.
    fn joined(&self, query: &Query, rows: &mut RowCollector<'_, '_>) -> Result<(), Problem> {
        let aliases = &self.selection.aliases;
        let ids: Vec<Vec<usize>> = aliases
            .iter()
            .map(|alias| match &alias.objects {
                Some(objects) => objects.clone().collect(),
                None => (0..self.store.objects.len()).collect(),
            })
            .collect();
        if !self.selection.is_plain {
            return self.combined(query, ids, self.kept.references.clone(), rows);
        }
        let hub = self.hub(&ids, Vec::new());
        let memory = &self.kept.memory;
        let mut asked = QueryEvaluation::remembering(query, &hub, |clause| {
            memory.known(clause).map(|known| known.to_vec())
        });
        let terms = 0..query.terms().len();
        for row in self.kept.rows.chunks_exact(aliases.len().max(1)) {
            let accepted = terms.clone().all(|term| asked.accepts(term, row));
            rows.look(accepted.then_some((row, &ids[..])))?;
        }
        self.check(&asked, rows)?;
        for (clause, known) in asked.learned() {
            memory.learn(clause, known);
        }
        Ok(())
    }

    /// The rows that satisfy the query among all joined combinations. Terms on a single category are evaluated first, to reduce the
    /// number of combinations.
    fn combined(
        &self,
        query: &Query,
        mut ids: Vec<Vec<usize>>,
        references: Vec<ObjectReference>,
        rows: &mut RowCollector<'_, '_>,
    ) -> Result<(), Problem> {
        let mut several = Vec::new();
        {
            let hub = self.hub(&ids, Vec::new());
            let mut asked = QueryEvaluation::new(query, &hub);
            let mut row = vec![None; ids.len()];
            let mut keeps: Vec<Vec<bool>> = ids.iter().map(|ids| vec![true; ids.len()]).collect();
            for (place, term) in query.terms().iter().enumerate() {
                match term.only_category() {
                    Some(category) => {
                        for (at, keep) in keeps[category].iter_mut().enumerate() {
                            rows.look_at_clock()?;
                            row[category] = Some(at);
                            *keep &= asked.accepts(place, &row);
                        }
                        row[category] = None;
                    }
                    None if term.is_constant() => {
                        if !asked.accepts(place, &row) {
                            return self.check(&asked, rows);
                        }
                    }
                    None => several.push(place),
                }
            }
            self.check(&asked, rows)?;
            let kept = |(ids, keeps): (&Vec<usize>, Vec<bool>)| {
                let kept = ids.iter().zip(keeps).filter(|(_, keep)| *keep);
                kept.map(|(id, _)| *id).collect()
            };
            ids = ids.iter().zip(keeps).map(kept).collect();
        }
        let names = self.selection.names();
        let is_joined = references
            .iter()
            .any(|reference| names.contains(&reference.from) && names.contains(&reference.to));
        // The number of rows is known in advance if no term removes any.
        let all = (!is_joined && several.is_empty()).then(|| {
            let counts = ids.iter().map(Vec::len);
            counts.fold(1_usize, usize::saturating_mul)
        });
        if all.is_some_and(|all| rows.cannot_hold(all)) {
            return Err(Problem::rows(rows.most));
        }
        let hub = self.hub(&ids, references);
        let mut asked = QueryEvaluation::new(query, &hub);
        let mut stopped = None;
        hub.combinations_while(OuterJoin::Inner, |row| {
            if all.is_some() && rows.is_full() {
                return false;
            }
            let accepted = several.iter().all(|&term| asked.accepts(term, row));
            match rows.look(accepted.then_some((row, &ids[..]))) {
                Ok(()) => true,
                Err(problem) => {
                    stopped = Some(problem);
                    false
                }
            }
        });
        if let Some(problem) = stopped {
            return Err(problem);
        }
        rows.seen = all.unwrap_or(rows.seen).max(rows.seen);
        self.check(&asked, rows)
    }

    fn hub(&self, ids: &[Vec<usize>], references: Vec<ObjectReference>) -> Hub<'_> {
        let names = self.selection.names().into_iter();
        let objects = ids.iter().map(|ids| self.store.jsons(ids.iter().copied()));
        Hub::new(names.zip(objects).collect(), references)
    }

    /// PostgreSQL and TrackFind abort a search at an unusable value. This server continues, and reports their number.
    fn check(
        &self,
        asked: &QueryEvaluation<'_, '_>,
        rows: &mut RowCollector<'_, '_>,
    ) -> Result<(), Problem> {
        let unusable = asked.unusable();
        match unusable.first() {
            Some(unusable) if self.options.faithful => {
                let said = format!("ERROR: {}", unusable.example);
                Err(Problem::new(400, "value", unusable.example.clone(), 400)
                    .trackfind(AsTrackFind::Sql(said)))
            }
            _ => {
                rows.unusable += unusable.iter().map(|each| each.count).sum::<usize>();
                Ok(())
            }
        }
    }

    /// Most rows that are kept to be sorted.
    pub fn most_sorted(&self) -> usize {
        self.options.most_rows.max(MOST_SORTED)
    }

    /// Sorts the rows and takes those that are wanted.
    fn finish(
        &self,
        rows: RowCollector<'_, '_>,
        keys: &[Key],
        window: &Window,
    ) -> Result<FoundRows, Problem> {
        let width = self.selection.aliases.len();
        let (is_counted, most, unusable) = (rows.keeps.is_some(), rows.most, rows.unusable);
        let bytes = rows.bytes();
        let (mut ids, mut total) = (rows.ids, rows.seen);
        if !is_counted {
            let mut sorted: Vec<&[usize]> = ids.chunks_exact(width.max(1)).collect();
            if self.options.faithful {
                let rank = |row: &[usize], place: usize| self.store.rank_of(row[place]);
                sorted.sort_by(|left, right| {
                    let shown = self.selection.shown.iter();
                    let orders = shown.map(|&place| rank(left, place).cmp(&rank(right, place)));
                    first_difference(orders)
                });
                sorted.dedup();
            }
            sorted.sort_by(|left, right| {
                first_difference(keys.iter().map(|key| self.compare(key, left, right)))
            });
            total = sorted.len();
            let wanted = sorted.into_iter().skip(window.from);
            let wanted: Vec<&[usize]> = wanted.take(window.limit.unwrap_or(usize::MAX)).collect();
            ids = wanted.concat();
        }
        if ids.len() > most.saturating_mul(width) {
            return Err(Problem::rows(most));
        }
        Ok(FoundRows {
            ids,
            width,
            total,
            unusable,
            bytes,
        })
    }

    fn compare(&self, key: &Key, left: &[usize], right: &[usize]) -> Ordering {
        let (left, right) = (left[key.category], right[key.category]);
        let order = if key.by_content {
            let json = |id: usize| &self.store.objects[id].json;
            order::order(json(left), json(right))
        } else {
            left.cmp(&right)
        };
        if key.descending {
            order.reverse()
        } else {
            order
        }
    }
}

fn first_difference(mut orders: impl Iterator<Item = Ordering>) -> Ordering {
    orders
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

//! Finds the rows that satisfy a query.

use std::cmp::Ordering;

use super::compatible::error_answer::AsTrackFind;
use super::paging::{self, Key, Paged};
use super::problem::Problem;
use super::rows::RowCollector;
use super::selection::{SelectedCategory, Selection};
use super::store::{Store, StoredHub};
use super::{HubOptions, Request};
use crate::query::hub::OuterJoin;
use crate::query::{Hub, ObjectReference, Query, QueryError, QueryEvaluation, order};
use serde_json::Value as Json;

/// The most rows kept for sorting, regardless of the limit of a response.
const MOST_SORTED: usize = 1_000_000;

/// A search and where it looks.
pub(super) struct Search<'s> {
    /// All objects.
    pub store: &'s Store,
    pub kept: &'s StoredHub,
    pub selection: &'s Selection,
    pub options: &'s HubOptions,
    /// Whether there is time left.
    pub request: &'s Request<'s>,
}

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
            let (bytes, most) = (text.len(), self.options.longest_query);
            let message = format!("the query has {bytes} bytes, expected at most {most}");
            return Err(Problem::new(400, "limit", message, 400)
                .hint("split it into several searches, for example with fewer values each"));
        }
        let text = (self.store.dialect.written)(text);
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
            request: self.request,
            around,
            most,
            most_sorted: self.most_sorted(),
            ids: Vec::new(),
            seen: 0,
            looked: 0,
            unusable: 0,
            // Only rows in their final order can be counted without being kept.
            keeps: (self.store.dialect.sort.is_none() && paged.order.is_empty())
                .then_some((window.from, window.limit)),
        };
        (self.store.dialect.matching)(self, &query, &mut rows)?;
        self.finish(rows, &paged.order, &window)
    }

    /// The most objects of all categories examined at a time.
    fn candidates(&self, query: &Query) -> usize {
        let all = self.store.objects.len();
        let is_as_written = (self.store.dialect.leaves_joins)(query);
        let of = |alias: &SelectedCategory| match &alias.objects {
            Some(objects) if !is_as_written => objects.len(),
            _ => all,
        };
        self.selection.aliases.iter().map(of).sum()
    }

    /// The query of a text over the categories of these names.
    pub fn query(&self, text: &str, names: &[String]) -> Result<Query, QueryError> {
        (self.store.dialect.query)(text, names)
    }

    /// The error in the query.
    pub fn wrong(&self, text: &str, error: &QueryError) -> Problem {
        (self.store.dialect.query_problem)(self, text, error)
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
        let given = given.filter(|_| (self.store.dialect.heeds_limit)(text));
        Ok(Window {
            from: paged.offset,
            limit: given.or(paged.limit),
        })
    }

    /// The rows that satisfy the query among those that types and joins leave.
    pub fn joined(&self, query: &Query, rows: &mut RowCollector<'_>) -> Result<(), Problem> {
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

    /// The rows that satisfy the query among all joined combinations. Terms on a single category are evaluated first, to
    /// reduce the number of combinations.
    pub fn combined(
        &self,
        query: &Query,
        mut ids: Vec<Vec<usize>>,
        references: Vec<ObjectReference>,
        rows: &mut RowCollector<'_>,
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

    /// Counts the values that could not be used as the query asks.
    fn check(
        &self,
        asked: &QueryEvaluation<'_, '_>,
        rows: &mut RowCollector<'_>,
    ) -> Result<(), Problem> {
        for unusable in asked.unusable() {
            (self.store.dialect.check_unusable)(&unusable.example)?;
            rows.unusable += unusable.count;
        }
        Ok(())
    }

    /// Most rows that are kept to be sorted.
    fn most_sorted(&self) -> usize {
        self.options.most_rows.max(MOST_SORTED)
    }

    /// Sorts the rows and takes those that are wanted.
    fn finish(
        &self,
        rows: RowCollector<'_>,
        keys: &[Key],
        window: &Window,
    ) -> Result<FoundRows, Problem> {
        let width = self.selection.aliases.len();
        let (is_counted, most, unusable) = (rows.keeps.is_some(), rows.most, rows.unusable);
        let bytes = rows.bytes();
        let (mut ids, mut total) = (rows.ids, rows.seen);
        if !is_counted {
            let mut sorted: Vec<&[usize]> = ids.chunks_exact(width.max(1)).collect();
            if let Some(sort) = self.store.dialect.sort {
                sort(self, &mut sorted);
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

/// The first order that is not equality.
pub(super) fn first_difference(mut orders: impl Iterator<Item = Ordering>) -> Ordering {
    orders
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

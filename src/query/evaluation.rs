//! The evaluation of a query on the rows of a hub; each object is evaluated once.

use serde_json::Value as Json;

use super::condition::Clause;
use super::evaluate::{Notes, Unusable};
use super::{Hub, Query};

/// The result of a clause for each object of its only category: `Some(None)` is SQL's unknown, `None` not yet evaluated.
pub type KnownAnswers = Vec<Option<Option<bool>>>;

/// The evaluation of a query on the combinations of a hub.
///
/// A clause on a single category is evaluated once for each object, however many rows contain it.
pub struct QueryEvaluation<'q, 'd> {
    query: &'q Query,
    hub: &'q Hub<'d>,
    answers: Vec<Answers<'q>>,
    /// The objects of a row, reused to save allocations.
    row: Vec<Option<&'d Json>>,
    notes: Notes,
}

/// The known results of a clause.
struct Answers<'q> {
    clause: &'q Clause,
    known: KnownAnswers,
    /// Whether it was evaluated for an object for the first time.
    has_learned: bool,
}

impl<'q, 'd> QueryEvaluation<'q, 'd> {
    /// Prepares the evaluation of `query` on `hub`, with whose categories it was read.
    pub fn new(query: &'q Query, hub: &'q Hub<'d>) -> Self {
        QueryEvaluation::remembering(query, hub, |_| None)
    }

    /// The same with results of earlier searches of the same objects, given by the text of the clause.
    pub fn remembering(
        query: &'q Query,
        hub: &'q Hub<'d>,
        remembered: impl Fn(&str) -> Option<KnownAnswers>,
    ) -> Self {
        let answers = |clause: &'q Clause| {
            let category = clause.only_category;
            let count = category.map_or(0, |category| hub.objects(category).len());
            let remembered = category.and_then(|_| remembered(&clause.text));
            Answers {
                clause,
                known: remembered
                    .filter(|known| known.len() == count)
                    .unwrap_or_else(|| vec![None; count]),
                has_learned: false,
            }
        };
        QueryEvaluation {
            query,
            hub,
            answers: query.clauses.iter().map(answers).collect(),
            row: Vec::new(),
            notes: Notes::default(),
        }
    }

    /// The clauses with new results, and the results; empty if a value could not be used, because that must be reported each time.
    pub fn learned(self) -> impl Iterator<Item = (&'q str, KnownAnswers)> {
        let has_unusable = !self.notes.unusable().is_empty();
        let learned = self.answers.into_iter();
        learned
            .filter(move |answers| answers.has_learned && !has_unusable)
            .map(|answers| (answers.clause.text.as_str(), answers.known))
    }

    /// Whether the combination satisfies the term at `place`; unknown, such as a condition on a missing attribute, does not.
    pub fn accepts(&mut self, place: usize, combination: &[Option<usize>]) -> bool {
        let query = self.query;
        let condition = &query.terms[place].condition;
        condition.truth(&mut |clause| self.clause(clause, combination)) == Some(true)
    }

    /// The result of a clause for a combination.
    fn clause(&mut self, place: usize, combination: &[Option<usize>]) -> Option<bool> {
        let answers = &mut self.answers[place];
        let only_category = answers.clause.only_category;
        let slot = only_category
            .and_then(|category| combination[category])
            .map(|at| &mut answers.known[at]);
        if let Some(Some(known)) = slot {
            return *known;
        }
        self.row.clear();
        self.row.extend(self.hub.row(combination));
        let truth = answers.clause.plan.truth(&self.row, &self.notes);
        if let Some(slot) = slot {
            *slot = Some(truth);
            answers.has_learned = true;
        }
        truth
    }

    /// Values that the query cannot use.
    pub fn unusable(&self) -> Vec<Unusable> {
        self.notes.unusable()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::hub::OuterJoin;
    use proptest::prelude::*;
    use serde_json::json;

    /// Clauses that are true, false or unknown, by the object, on one category, on several and on none.
    const CLAUSES: [&str; 7] = [
        "tracks.content->'a' ? 'x'",
        "tracks.content->'b' = '1'",
        "samples.content->>'a' LIKE 'x%'",
        "samples.content->'b' ? 'y'",
        "tracks.content->'a' = samples.content->'a'",
        "true",
        "null",
    ];

    /// Which combinations of a small hub satisfy a query, and the texts of the clauses that were learned from it.
    fn ask(text: &str) -> (Vec<bool>, Vec<String>) {
        let objects = [
            json!({"a": "x", "b": 1}),
            json!({"a": "y", "b": ["y"]}),
            json!({"b": "x"}),
            json!({}),
        ];
        let category = |name: &str| (name.to_owned(), objects.iter().collect());
        let hub = Hub::new(vec![category("tracks"), category("samples")], Vec::new());
        let query = Query::new(text, hub.categories()).unwrap();
        let mut asked = QueryEvaluation::new(&query, &hub);
        let mut accepted = Vec::new();
        hub.combinations(OuterJoin::Inner, |combination| {
            accepted.push((0..query.terms().len()).all(|term| asked.accepts(term, combination)));
        });
        let learned = asked.learned().map(|(text, _)| text.to_owned());
        (accepted, learned.collect())
    }

    #[test]
    fn clauses_are_learned_one_by_one_within_brackets_too() {
        let [track, other, sample, ..] = CLAUSES;
        for (query, expected) in [
            (
                format!("({track} AND {sample}) AND {other}"),
                vec![track, sample, other],
            ),
            (format!("NOT ({track} AND {sample})"), vec![track, sample]),
            (format!("{track} OR {sample}"), vec![track, sample]),
            // A clause on a single category is evaluated once as a whole.
            (
                format!("{track} OR NOT {other}"),
                vec![&*format!("{track} OR NOT {other}")],
            ),
        ] {
            assert_eq!(ask(&query).1, expected, "{query}");
        }
    }

    fn condition() -> impl Strategy<Value = String> {
        let clause = prop::sample::select(&CLAUSES[..]).prop_map(str::to_owned);
        clause.prop_recursive(4, 24, 3, |inner| {
            let several = prop::collection::vec(inner.clone(), 2..4);
            prop_oneof![
                inner.prop_map(|part| format!("(NOT {part})")),
                several
                    .clone()
                    .prop_map(|parts| format!("({})", parts.join(" AND "))),
                several.prop_map(|parts| format!("({})", parts.join(" OR "))),
            ]
        })
    }

    proptest! {
        /// A test by IS is one clause, which is asked about each row: taking a condition apart changes no answer.
        #[test]
        fn a_condition_taken_apart_says_the_same(condition in condition()) {
            prop_assert_eq!(ask(&condition).0, ask(&format!("({condition}) IS TRUE")).0);
            prop_assert_eq!(ask(&format!("NOT {condition}")).0, ask(&format!("({condition}) IS FALSE")).0);
        }
    }
}

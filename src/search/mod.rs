//! Search: a document and a query → the tracks that satisfy it, and why others do not.

use std::collections::{HashMap, HashSet};

use serde_json::Value as Json;

use crate::model::category::Category;
use crate::model::document::Document;
use crate::model::hit::{Hit, LeftOut};
use crate::query::hub::Combination;
use crate::query::{Hub, Query};

pub mod message;

/// What a search found.
#[derive(Debug)]
pub struct Answer<'d> {
    /// The tracks found, in the document's order.
    pub hits: Vec<Hit<'d>>,
    /// Their positions in the document's list of tracks.
    pub positions: Vec<usize>,
    /// How many tracks the joins leave to be searched.
    pub searched: usize,
    /// The tracks that the joins drop.
    pub left_out: Vec<LeftOut>,
    /// What each of the query's outermost AND terms keeps.
    pub terms: Vec<TermCount>,
}

/// How many tracks one term of a query keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermCount {
    /// The term as written.
    pub text: String,
    /// Tracks that satisfy it.
    pub alone: usize,
    /// Tracks that satisfy it and all terms before it.
    pub left: usize,
}

/// Finds the tracks of `document` that satisfy `query`.
///
/// A track is found if one combination of it with its experiment, sample and study satisfies all of the query.
pub fn search<'d>(document: &'d Document, query: &Query) -> Answer<'d> {
    let hub = Hub::of(document);
    let combinations = hub.combinations();
    let mut terms: Vec<Counter<'_>> = query
        .terms()
        .iter()
        .map(|term| Counter::new(&term.text))
        .collect();
    let mut hits: Vec<(usize, Hit<'d>)> = Vec::new();
    for combination in &combinations {
        let row = hub.row(combination);
        let mut all = true;
        for (term, counter) in query.terms().iter().zip(&mut terms) {
            let accepts = term.accepts(&row);
            all &= accepts;
            counter.count(combination[0], accepts, all);
        }
        // Combinations come track by track, so the same track again is the last one.
        if all
            && hits
                .last()
                .is_none_or(|(position, _)| *position != combination[0])
            && let Ok(objects) = row.try_into()
        {
            hits.push((combination[0], Hit::new(objects)));
        }
    }
    let (positions, hits) = hits.into_iter().unzip();
    let (searched, left_out) = left_out(document, &combinations);
    Answer {
        hits,
        positions,
        searched,
        left_out,
        terms: terms.into_iter().map(Counter::finish).collect(),
    }
}

/// Counts tracks, each once however many combinations it is in.
struct Counter<'q> {
    text: &'q str,
    alone: HashSet<usize>,
    left: HashSet<usize>,
}

impl<'q> Counter<'q> {
    fn new(text: &'q str) -> Self {
        Counter {
            text,
            alone: HashSet::new(),
            left: HashSet::new(),
        }
    }

    fn count(&mut self, track: usize, accepts: bool, with_all_before: bool) {
        if accepts {
            self.alone.insert(track);
        }
        if with_all_before {
            self.left.insert(track);
        }
    }

    fn finish(self) -> TermCount {
        TermCount {
            text: self.text.to_owned(),
            alone: self.alone.len(),
            left: self.left.len(),
        }
    }
}

/// How many tracks are in a combination, and the tracks that are in none, with the reason.
fn left_out(document: &Document, combinations: &[Combination]) -> (usize, Vec<LeftOut>) {
    let joined: HashSet<usize> = combinations
        .iter()
        .map(|combination| combination[0])
        .collect();
    let experiments = by_local_id(document, Category::Experiments);
    let samples = by_local_id(document, Category::Samples);
    let reason = |track: &Json| -> String {
        let missing = |object: &Json, attribute: &str, what: &str| match object
            .get(attribute)
            .and_then(Json::as_str)
        {
            Some(id) => format!("has the {attribute} {id}, which names no {what} of the document"),
            None => format!("has no {attribute}"),
        };
        let Some(experiment) = target(track, "experiment_ref", &experiments) else {
            return missing(track, "experiment_ref", "experiment");
        };
        let of_experiment = |text: String| {
            let id = experiment
                .get("local_id")
                .and_then(Json::as_str)
                .unwrap_or_default();
            format!("its experiment {id} {text}")
        };
        if target(experiment, "sample_ref", &samples).is_none() {
            let aggregated = experiment.get("aggregated_from").is_some()
                && experiment.get("sample_ref").is_none();
            let why = missing(experiment, "sample_ref", "sample");
            return of_experiment(if aggregated {
                format!("{why} (it is aggregated_from others)")
            } else {
                why
            });
        }
        of_experiment(missing(experiment, "study_ref", "study"))
    };
    let tracks = document.objects(Category::Tracks);
    let left_out = tracks
        .iter()
        .enumerate()
        .filter(|(position, _)| !joined.contains(position))
        .map(|(_, track)| LeftOut {
            local_id: track
                .get("local_id")
                .and_then(Json::as_str)
                .unwrap_or_default()
                .to_owned(),
            reason: reason(track),
        })
        .collect();
    (joined.len(), left_out)
}

type ById<'d> = HashMap<&'d str, &'d Json>;

fn by_local_id(document: &Document, category: Category) -> ById<'_> {
    document
        .objects(category)
        .into_iter()
        .filter_map(|object| Some((object.get("local_id")?.as_str()?, object)))
        .collect()
}

/// The object that `attribute` names.
fn target<'d>(object: &Json, attribute: &str, by_id: &ById<'d>) -> Option<&'d Json> {
    by_id.get(object.get(attribute)?.as_str()?).copied()
}

//! Search: a document and a query → the tracks that satisfy it, and why others do not.

use std::collections::{HashMap, HashSet};

use serde_json::Value as Json;

use crate::fairtracks::category::Category;
use crate::fairtracks::document::Document;
use crate::fairtracks::document_object::DocumentObject;
use crate::fairtracks::hit::{Hit, LeftOut};
use crate::fairtracks::objects::{Experiment, Track, read};
use crate::query::advice::advise;
use crate::query::hub::OuterJoin;
use crate::query::picked_objects::PickedObjects;
use crate::query::{Hub, Query, QueryEvaluation, Unusable};

/// The result of a search.
#[derive(Debug)]
pub struct SearchAnswer<'d> {
    /// The tracks found, in the document's order.
    pub hits: Vec<Hit<'d>>,
    /// Their indices in the document's list of tracks.
    pub positions: Vec<usize>,
    /// The number of tracks after the joins.
    pub searched: usize,
    /// The tracks that the joins drop.
    pub left_out: Vec<LeftOut>,
    /// The number of tracks that each of the query's outermost AND terms matches.
    pub terms: Vec<ConjunctCount>,
    /// Values that the query cannot use, which count as unknown.
    pub unusable: Vec<Unusable>,
    /// Likely mistakes in the query.
    pub advice: Vec<String>,
}

/// The number of tracks that a term matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConjunctCount {
    /// The term as written.
    pub text: String,
    /// Tracks that satisfy it.
    pub alone: usize,
    /// Tracks that satisfy it and all terms before it.
    pub left: usize,
}

/// The scope of a search.
#[derive(Debug, Clone)]
pub struct Scope {
    categories: Vec<Category>,
    join: OuterJoin,
}

impl Default for Scope {
    /// All categories; a track needs its experiment, sample and study, as on a TrackFind server.
    fn default() -> Self {
        Scope {
            categories: Category::ALL.to_vec(),
            join: OuterJoin::Inner,
        }
    }
}

impl Scope {
    /// A search in some categories, which must include the tracks; `doc_info` and `collection_info` are always added, as in
    /// TrackFind.
    ///
    /// # Errors
    /// A sentence about an unknown category, or about missing tracks.
    pub fn new(names: &[String], join: OuterJoin) -> Result<Self, String> {
        let mut categories = vec![Category::CollectionInfo, Category::DocInfo];
        for name in names {
            let known = Category::ALL.map(Category::name).join(", ");
            categories.push(Category::named(name).ok_or_else(|| {
                format!("found the unknown category `{name}`, expected some of {known}")
            })?);
        }
        if !categories.contains(&Category::Tracks) {
            return Err(format!(
                "found the categories {}, expected tracks among them",
                names.join(", ")
            ));
        }
        let in_order = Category::ALL
            .into_iter()
            .filter(|category| categories.contains(category));
        Ok(Scope {
            categories: in_order.collect(),
            join,
        })
    }

    /// The names of the categories, in row order.
    pub fn names(&self) -> Vec<String> {
        self.categories
            .iter()
            .map(|category| category.name().to_owned())
            .collect()
    }
}

/// Finds the tracks of `document` that satisfy `query`, in all categories.
pub fn search<'d>(document: &'d Document, query: &Query) -> SearchAnswer<'d> {
    search_within(document, query, &Scope::default())
}

/// Finds the tracks of `document` that satisfy `query`, which was parsed with the names of `scope`.
///
/// A track is found if one combination of it with its experiment, sample and study satisfies all of the query.
pub fn search_within<'d>(document: &'d Document, query: &Query, scope: &Scope) -> SearchAnswer<'d> {
    let picked = PickedObjects::of(document, &scope.categories, query.expression());
    let hub = Hub::of_picked(&picked);
    let mut asked = QueryEvaluation::new(query, &hub);
    let mut terms: Vec<Counter<'_>> = query
        .terms()
        .iter()
        .map(|term| Counter::new(&term.text))
        .collect();
    let mut searched = HashSet::new();
    let mut found: Vec<(usize, Hit<'d>)> = Vec::new();
    hub.combinations(scope.join, |combination| {
        // Tracks are the first category, which always has an object.
        let Some(track) = combination[0] else { return };
        searched.insert(track);
        let mut all = true;
        for (place, counter) in terms.iter_mut().enumerate() {
            let accepts = asked.accepts(place, combination);
            all &= accepts;
            counter.count(track, accepts, all);
        }
        // Combinations are ordered by track, so a repeated track is the last one.
        if all && found.last().is_none_or(|(position, _)| *position != track) {
            let objects = scope.categories.iter().zip(combination);
            let objects = objects
                .filter_map(|(&category, &at)| Some((category, document.object(category, at?)?)));
            found.push((track, Hit::new(objects.collect())));
        }
    });
    let unusable = asked.unusable();
    let (positions, hits) = found.into_iter().unzip();
    SearchAnswer {
        hits,
        positions,
        searched: searched.len(),
        left_out: left_out(document, scope, &searched),
        terms: terms.into_iter().map(Counter::finish).collect(),
        unusable,
        advice: advise(query.expression(), &hub),
    }
}

/// Counts tracks, each once.
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

    fn finish(self) -> ConjunctCount {
        ConjunctCount {
            text: self.text.to_owned(),
            alone: self.alone.len(),
            left: self.left.len(),
        }
    }
}

/// The tracks that are in no combination, with the reason.
fn left_out(document: &Document, scope: &Scope, searched: &HashSet<usize>) -> Vec<LeftOut> {
    if searched.len() == document.count(Category::Tracks) {
        return Vec::new();
    }
    let experiments = by_local_id(document, Category::Experiments);
    let samples = by_local_id(document, Category::Samples);
    let reason = |track: Track<'_>| -> String {
        let position = track.experiment_ref.and_then(|id| experiments.get(id));
        let object = position.and_then(|at| document.object(Category::Experiments, *at));
        let Some(object) = object else {
            return missing("experiment_ref", track.experiment_ref, "experiment");
        };
        let experiment: Experiment<'_> = read(object);
        let has_sample = || {
            experiment
                .sample_ref
                .is_some_and(|id| samples.contains_key(id))
        };
        let why = if scope.categories.contains(&Category::Samples) && !has_sample() {
            let note = match object.get("aggregated_from") {
                Some(_) => " (it has aggregated_from)",
                None => "",
            };
            missing("sample_ref", experiment.sample_ref, "sample") + note
        } else {
            missing("study_ref", experiment.study_ref, "study")
        };
        let id = experiment.local_id.unwrap_or_default();
        format!("its experiment {id} {why}")
    };
    let tracks = document.list(Category::Tracks).iter().enumerate();
    let unsearched = tracks.filter(|(position, _)| !searched.contains(position));
    let left_out = |object: &DocumentObject| {
        let object = object.read();
        let track: Track<'_> = read(&object);
        LeftOut {
            local_id: track.local_id.unwrap_or_default().to_owned(),
            reason: reason(track),
        }
    };
    unsearched.map(|(_, object)| left_out(object)).collect()
}

/// The fault of a dangling reference.
fn missing(attribute: &str, id: Option<&str>, what: &str) -> String {
    match id {
        Some(id) => format!("has the {attribute} {id}, but the document has no such {what}"),
        None => format!("has no {attribute}"),
    }
}

/// The positions of the objects of a category by their ids.
fn by_local_id(document: &Document, category: Category) -> HashMap<String, usize> {
    let objects = document.list(category).iter().enumerate();
    let named = objects.filter_map(|(position, object)| match object.member("local_id")? {
        Json::String(id) => Some((id, position)),
        _ => None,
    });
    named.collect()
}

//! The query and the candidates, cut to the universe and ready to meet tracks.

use std::collections::BTreeMap;

use super::coverage::Placed;
use super::line::{LineSet, UniverseLine};
use super::options::NullModel;
use super::random_sets::RandomSets;
use super::ranking::SetSize;
use super::sweep::{touch_blocks, visit_pairs};
use super::universe::Universe;
use super::warnings::OverlapWarning;
use crate::genome::intervals::{Interval, IntervalSet};

/// The query on one chromosome.
#[derive(Clone, Debug, Default)]
pub(super) struct QueryChromosome {
    /// The elements, sorted.
    pub(super) elements: Vec<Interval>,
    /// The covered bases.
    pub(super) merged: Vec<Interval>,
    /// The bases that decide about touching.
    pub(super) touching: Vec<Interval>,
    /// The midpoint of each merged block.
    pub(super) midpoints: Vec<Interval>,
    /// The candidates, sorted, each once.
    pub(super) candidates: Vec<Interval>,
    /// For each candidate whether the query chooses it.
    pub(super) is_chosen: Vec<bool>,
}

/// The query in the universe.
#[derive(Clone, Debug)]
pub(super) struct PreparedQuery {
    pub(super) chromosomes: BTreeMap<String, QueryChromosome>,
    pub(super) size: SetSize,
    pub(super) on_line: LineSet,
    pub(super) has_candidates: bool,
    pub(super) candidates: u64,
    pub(super) chosen: u64,
    pub(super) midpoints: u64,
    pub(super) warnings: Vec<OverlapWarning>,
}

/// The warnings about what is left out of a set.
pub(super) fn clip_warnings(
    clipped: &super::universe::Clipped,
    elements: usize,
) -> Vec<OverlapWarning> {
    let (outside, cut) = (clipped.outside, clipped.cut);
    let mut warnings = Vec::new();
    if outside > 0 {
        warnings.push(OverlapWarning::Outside { outside, elements });
    }
    if cut > 0 {
        warnings.push(OverlapWarning::Cut { cut, elements });
    }
    if !clipped.unknown_chromosomes.is_empty() {
        let names = clipped.unknown_chromosomes.keys().take(10);
        warnings.push(OverlapWarning::UnknownChromosomes {
            names: names.cloned().collect(),
        });
    }
    warnings
}

impl PreparedQuery {
    pub(super) fn of(
        universe: &Universe,
        line: &UniverseLine,
        query: &IntervalSet,
        candidates: Option<&IntervalSet>,
        null: Option<NullModel>,
    ) -> Self {
        let clipped = universe.clip(query.clone());
        let mut warnings = clip_warnings(&clipped, query.count());
        if clipped.set.count() == 0 {
            warnings.push(OverlapWarning::QueryEmpty);
        }
        let merged = clipped.set.merged();
        let mut chromosomes: BTreeMap<String, QueryChromosome> = BTreeMap::new();
        for (name, elements) in clipped.set.chromosomes() {
            let blocks = merged.on(name);
            let midpoints = blocks.iter().map(|block| {
                let start = block.start + block.len() / 2;
                Interval {
                    start,
                    end: start + 1,
                }
            });
            let on = QueryChromosome {
                elements: elements.to_vec(),
                merged: blocks.to_vec(),
                touching: touch_blocks(elements),
                midpoints: midpoints.collect(),
                ..QueryChromosome::default()
            };
            chromosomes.insert(name.to_owned(), on);
        }
        let mut outside = 0;
        if let Some(candidates) = candidates {
            for (name, candidates) in universe.clip(candidates.clone()).set.chromosomes() {
                let on = chromosomes.entry(name.to_owned()).or_default();
                on.candidates = candidates.to_vec();
                on.candidates.dedup();
            }
            outside = chromosomes.values_mut().map(QueryChromosome::choose).sum();
        }
        if outside > 0 {
            let elements = clipped.set.count();
            warnings.push(OverlapWarning::NotCandidates { outside, elements });
        }
        let all = chromosomes.values();
        let chosen = all
            .clone()
            .flat_map(|on| &on.is_chosen)
            .filter(|is_chosen| **is_chosen);
        PreparedQuery {
            size: SetSize {
                elements: clipped.set.count() as u64,
                base_pairs: merged.base_pairs(),
            },
            on_line: line.project(&clipped.set, null),
            has_candidates: candidates.is_some(),
            candidates: all.clone().map(|on| on.candidates.len() as u64).sum(),
            chosen: chosen.count() as u64,
            midpoints: all.map(|on| on.midpoints.len() as u64).sum(),
            chromosomes,
            warnings,
        }
    }

    /// The query as a null model sees it.
    pub(super) fn random_sets(&self, line: &UniverseLine, model: NullModel) -> RandomSets {
        if model != NullModel::Candidates {
            return RandomSets::of(&self.on_line, line, model);
        }
        let on = self.chromosomes.iter();
        let candidates = on.map(|(name, on)| (name.clone(), on.candidates.clone()));
        let places = line.pieces(&IntervalSet::new(candidates.collect()));
        let all: Vec<Placed> = places
            .into_iter()
            .map(|(chromosome, at)| Placed::of(chromosome, at))
            .collect();
        let is_chosen = self.chromosomes.values().flat_map(|on| &on.is_chosen);
        let chosen = all
            .iter()
            .zip(is_chosen)
            .filter(|(_, is_chosen)| **is_chosen);
        let chosen = chosen.map(|(place, _)| *place).collect();
        RandomSets::of_candidates(all, chosen)
    }
}

impl QueryChromosome {
    /// Chooses for each element of the query the same candidate, or all that it touches if there is none. Returns the
    /// number of elements that touch none.
    fn choose(&mut self) -> usize {
        self.is_chosen = vec![false; self.candidates.len()];
        let mut others = Vec::new();
        for element in &self.elements {
            match self.candidates.binary_search(element) {
                Ok(place) => self.is_chosen[place] = true,
                Err(_) => others.push(*element),
            }
        }
        let mut has_candidate = vec![false; others.len()];
        visit_pairs(&others, &self.candidates, |element, candidate| {
            has_candidate[element] = true;
            self.is_chosen[candidate] = true;
        });
        has_candidate.iter().filter(|has| !**has).count()
    }
}

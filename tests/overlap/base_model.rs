//! All counts against a model that looks at each base by itself.

use super::{Pairs, ranking_of, set_of, sweep_only};
use fairtracks::genome::intervals::IntervalSet;
use fairtracks::overlap::{
    Analysis, Contact, NullModel, OverlapOptions, Statistic, SuiteTrack, Universe,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const LENGTHS: [(&str, u32); 3] = [("chr1", 60), ("chr2", 35), ("chrM", 1)];

type Bases = BTreeSet<(String, u32)>;

fn pairs() -> impl Strategy<Value = Pairs> {
    let name = prop::sample::select(vec!["chr1", "chr2", "chrM", "chrUn"]).prop_map(str::to_owned);
    let pair = (0_u32..66, 0_u32..12).prop_map(|(start, length)| (start, start + length));
    prop::collection::btree_map(name, prop::collection::vec(pair, 0..9), 0..4)
}

fn lengths() -> BTreeMap<String, u32> {
    let lengths = LENGTHS.iter();
    lengths
        .map(|(name, length)| ((*name).to_owned(), *length))
        .collect()
}

/// The bases of the universe.
fn free_bases(mask: &Pairs) -> Bases {
    let masked = bases(mask);
    let all = LENGTHS
        .iter()
        .flat_map(|(name, length)| (0..*length).map(|base| ((*name).to_owned(), base)));
    all.filter(|base| !masked.contains(base)).collect()
}

fn bases(pairs: &Pairs) -> Bases {
    let all = pairs.iter().flat_map(|(name, pairs)| {
        let bases = pairs.iter().flat_map(|&(start, end)| start..end);
        bases.map(|base| (name.clone(), base))
    });
    all.collect()
}

/// The bases that decide about touching: an insertion site touches what covers a base beside it.
fn touching(name: &str, (start, end): (u32, u32), free: &Bases) -> Bases {
    let span = if start == end {
        start.saturating_sub(1)..end + 1
    } else {
        start..end
    };
    let all = span.map(|base| (name.to_owned(), base));
    all.filter(|base| free.contains(base)).collect()
}

/// The parts of an element between masked bases.
fn pieces(name: &str, (start, end): (u32, u32), free: &Bases) -> Vec<(u32, u32)> {
    if start == end {
        let is_free = !touching(name, (start, end), free).is_empty();
        return if is_free { vec![(start, end)] } else { vec![] };
    }
    let mut pieces: Vec<(u32, u32)> = Vec::new();
    for base in (start..end).filter(|base| free.contains(&(name.to_owned(), *base))) {
        match pieces.last_mut() {
            Some(last) if last.1 == base => last.1 = base + 1,
            _ => pieces.push((base, base + 1)),
        }
    }
    pieces
}

fn clipped(pairs: &Pairs, free: &Bases) -> Pairs {
    let clipped = pairs.iter().map(|(name, pairs)| {
        let pieces = pairs.iter().flat_map(|pair| pieces(name, *pair, free));
        (name.clone(), pieces.collect())
    });
    clipped.collect()
}

fn hits(query: &Pairs, track: &Pairs, free: &Bases) -> u64 {
    let targets = track.iter().flat_map(|(name, pairs)| {
        let spans = pairs.iter().flat_map(|pair| touching(name, *pair, free));
        spans.collect::<Vec<_>>()
    });
    let targets: Bases = targets.collect();
    let all = query
        .iter()
        .flat_map(|(name, pairs)| pairs.iter().map(move |pair| (name, *pair)));
    let touches =
        |(name, pair): &(&String, (u32, u32))| !touching(name, *pair, free).is_disjoint(&targets);
    all.filter(touches).count() as u64
}

fn in_universe(mask: &Pairs) -> Option<Universe> {
    let universe = Universe::new(lengths(), &set_of(mask));
    (universe.base_pairs() > 0).then_some(universe)
}

proptest! {
    #[test]
    fn counts_are_those_of_the_bases(query in pairs(), track in pairs(), mask in pairs()) {
        let free = free_bases(&mask);
        let Some(universe) = in_universe(&mask) else { return Ok(()) };
        prop_assert_eq!(universe.base_pairs(), free.len() as u64);
        let ranking = ranking_of(universe.clone(), set_of(&query), vec![set_of(&track)], sweep_only());
        let found = &ranking.tracks[0];
        let (query, track) = (clipped(&query, &free), clipped(&track, &free));
        let count = |pairs: &Pairs| pairs.values().map(|pairs| pairs.len() as u64).sum::<u64>();
        let both: Bases = bases(&query).intersection(&bases(&track)).cloned().collect();
        prop_assert_eq!(ranking.query.elements, count(&query));
        prop_assert_eq!(ranking.query.base_pairs, bases(&query).len() as u64);
        prop_assert_eq!(found.size.elements, count(&track));
        prop_assert_eq!(found.size.base_pairs, bases(&track).len() as u64);
        prop_assert_eq!(found.overlap_base_pairs, both.len() as u64);
        prop_assert_eq!(found.query_hits, hits(&query, &track, &free));
        prop_assert_eq!(found.track_hits, hits(&track, &query, &free));
        for measure in [found.measures.forbes, found.measures.odds_ratio, found.measures.ochiai].into_iter().flatten() {
            prop_assert!(measure.is_finite());
        }
    }

    #[test]
    fn contacts_are_all_pairs_that_share_a_base(query in pairs(), track in pairs(), mask in pairs()) {
        let free = free_bases(&mask);
        let Some(universe) = in_universe(&mask) else { return Ok(()) };
        let (query, track) = (set_of(&query), set_of(&track));
        let analysis = Analysis::new(universe, query.clone(), None, sweep_only()).unwrap();
        let mut found = Vec::new();
        analysis.contacts(&track, |contact| found.push(contact));
        let mut expected = Vec::new();
        for (chromosome, elements) in query.chromosomes() {
            for (one, element) in elements.iter().enumerate() {
                for (other, target) in track.on(chromosome).iter().enumerate() {
                    let spans = touching(chromosome, (element.start, element.end), &free);
                    let others = touching(chromosome, (target.start, target.end), &free);
                    if !spans.is_disjoint(&others) {
                        let shared = element.start.max(target.start)..element.end.min(target.end);
                        let shared = shared.filter(|base| free.contains(&(chromosome.to_owned(), *base)));
                        let base_pairs = shared.count() as u32;
                        expected.push(Contact { chromosome, query: one, track: other, base_pairs });
                    }
                }
            }
        }
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn random_sets_are_compared_with_the_query_itself(query in pairs(), track in pairs(), mask in pairs(), null in null_model()) {
        let Some(universe) = in_universe(&mask) else { return Ok(()) };
        let (query, track): (IntervalSet, IntervalSet) = (set_of(&query), set_of(&track));
        for statistic in [Statistic::BasePairs, Statistic::Forbes, Statistic::Jaccard] {
            let options = OverlapOptions { null: Some(null), permutations: Some(5), statistic, ..OverlapOptions::default() };
            let analysis = Analysis::new(universe.clone(), query.clone(), None, options).unwrap();
            let ranking = analysis.run(vec![SuiteTrack::new(track.clone())]).unwrap();
            let found = &ranking.tracks[0];
            let expected = match statistic {
                Statistic::BasePairs => Some(found.overlap_base_pairs as f64),
                Statistic::Forbes => found.measures.forbes,
                _ => found.measures.jaccard,
            };
            if let Some(test) = found.monte_carlo {
                prop_assert_eq!(Some(test.observed), expected);
                prop_assert!(test.p_more >= test.floor && test.p_more <= 1.0);
            }
        }
    }
}

pub fn null_model() -> impl Strategy<Value = NullModel> {
    prop::sample::select(vec![
        NullModel::Uniform,
        NullModel::PerChromosome,
        NullModel::PermutedGaps,
        NullModel::CircularShift,
    ])
}

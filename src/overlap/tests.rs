//! What each null model promises, looked at in the random sets themselves.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::coverage::{Coverage, Placed};
use super::line::UniverseLine;
use super::options::NullModel;
use super::random_sets::RandomSets;
use super::random_stream::{RandomStream, Scratch};
use super::universe::Universe;
use crate::genome::intervals::{Interval, IntervalSet};

fn set(chromosomes: &[(&str, &[(u32, u32)])]) -> IntervalSet {
    let chromosomes = chromosomes.iter().map(|(name, pairs)| {
        let intervals = pairs.iter().map(|&(start, end)| Interval { start, end });
        ((*name).to_owned(), intervals.collect())
    });
    IntervalSet::new(chromosomes.collect())
}

fn line(lengths: &[(&str, u32)], mask: &IntervalSet) -> (Universe, UniverseLine) {
    let lengths = lengths
        .iter()
        .map(|(name, length)| ((*name).to_owned(), *length));
    let universe = Universe::new(lengths.collect(), mask);
    let line = UniverseLine::of(&universe);
    (universe, line)
}

fn draw(sets: &RandomSets, permutation: u64) -> Vec<Placed> {
    let mut drawn = Vec::new();
    let mut random = RandomStream::new(1, 0, permutation);
    sets.draw(&mut random, &mut Scratch::default(), &mut drawn);
    drawn.sort_unstable();
    drawn
}

fn lengths_of(set: &[Placed], is_by_chromosome: bool) -> Vec<(u32, u32)> {
    let chromosome = |unit: &Placed| if is_by_chromosome { unit.chromosome } else { 0 };
    let mut lengths: Vec<(u32, u32)> = set
        .iter()
        .map(|unit| (chromosome(unit), unit.length))
        .collect();
    lengths.sort_unstable();
    lengths
}

fn pairs() -> impl Strategy<Value = Vec<(u32, u32)>> {
    let pair = (0_u32..200, 0_u32..20).prop_map(|(start, length)| (start, start + length));
    prop::collection::vec(pair, 0..10)
}

/// The gaps of sorted elements, the smallest first.
fn gaps(set: &[Placed], chromosome: u32, length: u32) -> Vec<u32> {
    let mut end = 0;
    let mut gaps = Vec::new();
    for unit in set.iter().filter(|unit| unit.chromosome == chromosome) {
        gaps.push(unit.start - end);
        end = unit.start + unit.length;
    }
    gaps.push(length - end);
    gaps.sort_unstable();
    gaps
}

proptest! {
    #[test]
    fn random_sets_keep_what_their_model_promises(one in pairs(), other in pairs(), mask in pairs(), permutation in 0_u64..100) {
        let mask = set(&[("chr1", &mask), ("chr2", &[(50, 60)])]);
        let (universe, line) = line(&[("chr1", 220), ("chr2", 150)], &mask);
        let elements = universe.clip(set(&[("chr1", &one), ("chr2", &other)])).set;
        for model in [NullModel::Uniform, NullModel::PerChromosome, NullModel::PermutedGaps, NullModel::CircularShift] {
            let on_line = line.project(&elements, Some(model));
            let sets = RandomSets::of(&on_line, &line, model);
            let drawn = draw(&sets, permutation);
            let is_by_chromosome = model != NullModel::Uniform;
            prop_assert_eq!(lengths_of(&drawn, is_by_chromosome), lengths_of(sets.observed(), is_by_chromosome));
            for unit in &drawn {
                let on = &line.chromosomes[unit.chromosome as usize];
                let end = unit.start + unit.length;
                prop_assert!(unit.start <= on.length);
                if matches!(model, NullModel::Uniform | NullModel::PerChromosome) {
                    let holds = |offset: u32, length: u32| offset <= unit.start && end <= offset + length;
                    prop_assert!(on.stretches.iter().any(|stretch| holds(stretch.offset, stretch.at.len())));
                }
            }
            if matches!(model, NullModel::PerChromosome | NullModel::PermutedGaps) {
                let apart = |pair: &[Placed]| pair[0].chromosome < pair[1].chromosome || pair[0].start + pair[0].length <= pair[1].start;
                prop_assert!(drawn.windows(2).all(apart));
            }
            if model == NullModel::PermutedGaps {
                for chromosome in 0..2 {
                    let length = line.chromosomes[chromosome as usize].length;
                    let observed: Vec<Placed> = sets.observed().to_vec();
                    prop_assert_eq!(gaps(&drawn, chromosome, length), gaps(&observed, chromosome, length));
                }
            }
        }
    }

    #[test]
    fn look_ups_count_the_covered_bases(elements in pairs(), start in 0_u32..220, length in 0_u32..220) {
        let (universe, line) = line(&[("chr1", 220)], &IntervalSet::default());
        let on_line = line.project(&universe.clip(set(&[("chr1", &elements)])).set, None);
        let coverage = Coverage::of(&on_line, &line);
        let is_covered = |base: u32| elements.iter().any(|&(start, end)| start <= base && base < end);
        // The place goes on at the begin where the line ends.
        let expected = (start..start + length).filter(|base| is_covered(base % 220)).count();
        prop_assert_eq!(coverage.covered(Placed { chromosome: 0, start, length }), expected as u64);
    }
}

#[test]
fn all_circular_shifts_of_a_toy_genome() {
    let (universe, line) = line(&[("chr1", 1000)], &IntervalSet::default());
    let project = |pairs| line.project(&universe.clip(set(&[("chr1", pairs)])).set, None);
    let query = project(&[(100, 200), (300, 400), (700, 750)]);
    let track = project(&[(150, 250), (390, 420), (800, 900)]);
    let coverage = Coverage::of(&track, &line);
    let overlap = |distance: u32| {
        let units = query.blocks[0].iter().map(|unit| Placed {
            chromosome: 0,
            start: (unit.start + distance) % 1000,
            length: unit.len(),
        });
        units.map(|unit| coverage.covered(unit)).sum::<u64>()
    };
    let overlaps: Vec<u64> = (0..1000).map(overlap).collect();
    assert_eq!(overlaps.iter().sum::<u64>(), 57_500);
    assert_eq!(
        overlaps.iter().filter(|overlap| **overlap >= 60).count(),
        429
    );
    assert_eq!(
        overlaps.iter().filter(|overlap| **overlap <= 60).count(),
        579
    );
    assert_eq!(overlap(1000), overlap(0));
}

/// How often each random set is drawn, of as many draws.
fn frequencies(sets: &RandomSets, draws: u64) -> BTreeMap<Vec<Placed>, u64> {
    let mut frequencies = BTreeMap::new();
    for permutation in 0..draws {
        *frequencies.entry(draw(sets, permutation)).or_default() += 1;
    }
    frequencies
}

#[track_caller]
fn assert_equally_frequent(frequencies: &BTreeMap<Vec<Placed>, u64>, kinds: usize) {
    assert_eq!(frequencies.len(), kinds);
    for (set, count) in frequencies {
        assert!((850..1150).contains(count), "{count} times {set:?}");
    }
}

#[test]
fn placement_on_the_chromosome_prefers_no_arrangement() {
    let (universe, line) = line(&[("chr1", 5)], &IntervalSet::default());
    let elements = universe.clip(set(&[("chr1", &[(0, 1), (3, 5)])])).set;
    let on_line = line.project(&elements, None);
    let sets = RandomSets::of(&on_line, &line, NullModel::PerChromosome);
    // Two orders, and six ways to divide two free bases among three gaps.
    assert_equally_frequent(&frequencies(&sets, 12_000), 12);
}

#[test]
fn uniform_placement_prefers_no_place() {
    let mask = set(&[("chr1", &[(4, 6)])]);
    let (universe, line) = line(&[("chr1", 9), ("chr2", 2)], &mask);
    let elements = universe.clip(set(&[("chr1", &[(1, 3)])])).set;
    let on_line = line.project(&elements, Some(NullModel::Uniform));
    let sets = RandomSets::of(&on_line, &line, NullModel::Uniform);
    // Three places before the mask, two behind it, one on the other chromosome.
    assert_equally_frequent(&frequencies(&sets, 6_000), 6);
    assert_eq!(sets.distinct(), 6);
}

#[test]
fn permuted_gaps_prefer_no_order() {
    let (universe, line) = line(&[("chr1", 10)], &IntervalSet::default());
    let elements = universe.clip(set(&[("chr1", &[(1, 2), (4, 6)])])).set;
    let sets = RandomSets::of(
        &line.project(&elements, None),
        &line,
        NullModel::PermutedGaps,
    );
    // Two orders of elements, six of the gaps 1, 2 and 4.
    assert_equally_frequent(&frequencies(&sets, 12_000), 12);
    assert_eq!(sets.distinct(), 12);
}

#[test]
fn choices_of_candidates_are_equally_frequent() {
    let place = |start| Placed {
        chromosome: 0,
        start,
        length: 1,
    };
    for (chosen, kinds) in [(2, 10), (3, 10)] {
        let all: Vec<Placed> = (0..5).map(place).collect();
        let sets = RandomSets::of_candidates(all.clone(), all[..chosen].to_vec());
        assert_equally_frequent(&frequencies(&sets, 10_000), kinds);
        assert_eq!(sets.distinct(), 10);
    }
}

#[test]
fn elements_that_fill_a_chromosome_stay_possible() {
    // In each order the longest element may choose the stretch that the others need.
    let mask = set(&[("chr1", &[(10, 12)])]);
    let (universe, line) = line(&[("chr1", 22)], &mask);
    let elements = universe
        .clip(set(&[("chr1", &[(0, 4), (5, 9), (12, 20)])]))
        .set;
    let sets = RandomSets::of(
        &line.project(&elements, None),
        &line,
        NullModel::PerChromosome,
    );
    for permutation in 0..200 {
        assert_eq!(
            lengths_of(&draw(&sets, permutation), true),
            [(0, 4), (0, 4), (0, 8)]
        );
    }
}

/// A result that was published with its seed can be made again: the numbers never change.
#[test]
fn the_stream_of_a_seed_and_a_permutation_is_fixed() {
    let numbers = |seed, set, permutation| {
        let mut random = RandomStream::new(seed, set, permutation);
        [0; 4].map(|_| random.below(1_000_000))
    };
    assert_eq!(numbers(1, 0, 0), FIRST);
    assert_eq!(numbers(1, 0, 1), SECOND);
    assert_ne!(numbers(2, 0, 0), FIRST);
    assert_ne!(numbers(1, 1, 0), FIRST);
}

// As ChaCha8 with the seed as key and the permutation as nonce gives them, times 10^6.
const FIRST: [u64; 4] = [381_489, 294_927, 798_254, 916_153];
const SECOND: [u64; 4] = [103_533, 817_991, 638_139, 327_511];

//! Bins: what lies outside does not count, and random sets keep elements in their bins.

use std::fs;

use fairtracks::overlap::{NullModel, OverlapError, OverlapOptions, TrackScore};
use proptest::prelude::*;

use super::tool::rows;
use super::{ranking_of, set, sweep_only, universe};
use crate::support::folder;
use crate::support::running::{OVERLAP, run_in};

const LENGTH: u32 = 1000;

fn tested(null: NullModel) -> OverlapOptions {
    OverlapOptions {
        null: Some(null),
        permutations: Some(199),
        ..OverlapOptions::default()
    }
}

fn score(
    bins: Option<&[(u32, u32)]>,
    query: &[(u32, u32)],
    track: &[(u32, u32)],
    options: OverlapOptions,
) -> TrackScore {
    let mut universe = universe(LENGTH, &[]);
    if let Some(bins) = bins {
        universe = universe.within(&set(bins)).unwrap();
    }
    let ranking = ranking_of(universe, set(query), vec![set(track)], options);
    ranking.tracks.into_iter().next().unwrap()
}

#[test]
fn random_sets_keep_elements_in_their_bins() {
    let query = [(10, 20), (50, 65), (80, 83)];
    let track = [(0, 100)];
    let bins = [(0, 100), (100, LENGTH)];
    for null in [
        NullModel::PerChromosome,
        NullModel::PermutedGaps,
        NullModel::CircularShift,
    ] {
        // All of the query is in the bin that the track covers, so every random set has the same overlap.
        let p = |bins| {
            let score = score(bins, &query, &track, tested(null));
            (score.overlap_base_pairs, score.p.unwrap())
        };
        assert_eq!(p(Some(&bins)), (28, 1.0), "{null:?}");
        let (both, p) = p(None);
        assert!(both == 28 && p < 0.5, "{null:?} {p}");
    }
}

#[test]
fn only_bases_in_bins_count() {
    let bins = [(100, 300), (600, 700), (900, 900)];
    let masked = universe(LENGTH, &[(250, 650)]).within(&set(&bins)).unwrap();
    assert_eq!(masked.base_pairs(), 200);
    let query = set(&[(0, 50), (90, 120), (200, 400), (690, 710), (950, 960)]);
    let ranking = ranking_of(masked, query, vec![set(&[(110, 210)])], sweep_only());
    assert_eq!(
        (ranking.query.elements, ranking.query.base_pairs),
        (3, 20 + 50 + 10)
    );
    assert_eq!(ranking.tracks[0].overlap_base_pairs, 20);
    let overlapping = universe(LENGTH, &[]).within(&set(&[(0, 100), (90, 200)]));
    let expected = OverlapError::OverlappingBins {
        chromosome: "chr1".to_owned(),
        start: 90,
        end: 100,
    };
    assert_eq!(overlapping.unwrap_err(), expected);
}

fn pairs() -> impl Strategy<Value = Vec<(u32, u32)>> {
    let pair =
        (0..LENGTH, 1..60_u32).prop_map(|(start, length)| (start, (start + length).min(LENGTH)));
    prop::collection::vec(pair, 1..20)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn laws_bins_without_a_gap_change_no_count_of_bases(
        query in pairs(),
        track in pairs(),
        mut borders in prop::collection::btree_set(1..LENGTH, 0..8),
    ) {
        borders.extend([0, LENGTH]);
        let borders: Vec<u32> = borders.into_iter().collect();
        let bins: Vec<(u32, u32)> = borders.windows(2).map(|two| (two[0], two[1])).collect();
        let whole = score(None, &query, &track, sweep_only());
        let binned = score(Some(&bins), &query, &track, sweep_only());
        prop_assert_eq!(binned.overlap_base_pairs, whole.overlap_base_pairs);
        prop_assert_eq!(binned.size.base_pairs, whole.size.base_pairs);
        prop_assert_eq!(binned.measures.forbes, whole.measures.forbes);
        prop_assert!(binned.query_hits >= whole.query_hits);
    }
}

#[test]
fn the_tool_reads_bins_as_it_reads_a_mask() {
    let place = folder();
    for (name, text) in [
        ("sizes", "chr1\t10000\n"),
        ("q.bed", "chr1\t100\t200\nchr1\t5000\t5100\n"),
        ("bins.bed", "chr1\t4000\t6000\nchr1\t0\t1000\n"),
        ("overlapping.bed", "chr1\t0\t1000\nchr1\t500\t2000\n"),
        ("beyond.bed", "chr1\t0\t10001\n"),
    ] {
        fs::write(place.join(name), text).unwrap();
    }
    let run = |bins| {
        let query = [
            "q.bed",
            "--query-set",
            "q.bed",
            "--chromosome-sizes",
            "sizes",
        ];
        let more = [
            "--permutations",
            "9",
            "--output-settings",
            "s.json",
            "--bins",
            bins,
        ];
        run_in(OVERLAP, &place, &[&query[..], &more[..]].concat())
    };
    let done = run("bins.bed");
    assert_eq!(done.status, 0, "{}", done.stderr);
    // 200 of the 3000 bases in the bins.
    assert_eq!(rows(&done.stdout)[0]["forbes"], "15");
    let settings = fs::read_to_string(place.join("s.json")).unwrap();
    assert!(settings.contains(r#""universe_bp": 3000"#), "{settings}");
    assert!(settings.contains(r#""role": "bins""#), "{settings}");
    for (bins, expected) in [
        (
            "overlapping.bed",
            "overlapping.bed: found bins on chr1 that overlap from 500 to 1000",
        ),
        ("beyond.bed", "line 1: found the end 10001 on chr1"),
    ] {
        let done = run(bins);
        assert_eq!(done.status, 1, "{}", done.stdout);
        assert!(done.stderr.contains(expected), "{}", done.stderr);
    }
}

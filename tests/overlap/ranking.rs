//! Rankings that a user would expect, and what is said where there is nothing to rank.

use super::calibration::Numbers;
use super::{Pairs, ranking_of, set, set_of, sweep_only, universe};
use fairtracks::genome::intervals::IntervalSet;
use fairtracks::overlap::{
    Adjustment, Analysis, NullModel, OverlapError, OverlapOptions, OverlapWarning, PValueSource,
    Randomised, RankedBy, Statistic, SuiteTrack, Universe,
};
use std::collections::BTreeMap;

const LENGTH: u32 = 1_000_000;

/// Elements anywhere.
fn anywhere(numbers: &mut Numbers, count: u32, length: u32) -> Vec<(u32, u32)> {
    let elements = (0..count).map(|_| {
        let start = numbers.below(LENGTH - length);
        (start, start + length)
    });
    elements.collect()
}

/// 60 points; a track with 30 of them, one of three times its size without preference, and 18 small ones.
fn planted() -> (IntervalSet, Vec<IntervalSet>) {
    let mut numbers = Numbers(41);
    let query = anywhere(&mut numbers, 60, 1);
    let mut tracks = Vec::new();
    let mut planted = anywhere(&mut numbers, 170, 200);
    planted.extend(
        query[..30]
            .iter()
            .map(|(start, _)| (start.saturating_sub(50), start + 150)),
    );
    tracks.push(set(&planted));
    tracks.push(set(&anywhere(&mut numbers, 5_000, 200)));
    tracks.extend((0..18).map(|_| set(&anywhere(&mut numbers, 200, 200))));
    (set(&query), tracks)
}

#[test]
fn the_planted_track_wins_and_the_large_one_does_not() {
    let (query, tracks) = planted();
    for adjustment in [Adjustment::BenjaminiHochberg, Adjustment::MaxT] {
        for statistic in [
            Statistic::BasePairs,
            Statistic::Hits,
            Statistic::NormalisedForbes,
        ] {
            let options = OverlapOptions {
                adjustment,
                statistic,
                ..OverlapOptions::default()
            };
            let ranking = ranking_of(
                universe(LENGTH, &[]),
                query.clone(),
                tracks.clone(),
                options,
            );
            assert_eq!(ranking.adjusted_from, Some(PValueSource::MonteCarlo));
            assert_eq!(ranking.permutations, 999);
            assert_eq!(ranking.tracks[0].rank, 1);
            assert!(ranking.tracks[0].adjusted_p.unwrap() < 0.05);
            assert!(ranking.tracks[0].monte_carlo.unwrap().z.unwrap() > 5.0);
            let others = ranking.tracks[1..].iter();
            let bold = others.filter(|track| track.adjusted_p.unwrap() < 0.05);
            assert_eq!(bold.count(), 0, "{adjustment:?} {statistic:?}");
        }
    }
    let options = OverlapOptions {
        ranked_by: RankedBy::BasePairs,
        ..sweep_only()
    };
    let ranking = ranking_of(universe(LENGTH, &[]), query, tracks, options);
    assert_eq!(ranking.tracks[1].rank, 1);
    assert_eq!(ranking.adjusted_from, Some(PValueSource::Binomial));
}

#[test]
fn randomising_the_suite_finds_the_planted_track_too() {
    let (query, mut tracks) = planted();
    tracks.truncate(4);
    let options = OverlapOptions {
        randomised: Randomised::Suite,
        permutations: Some(199),
        ..OverlapOptions::default()
    };
    let ranking = ranking_of(universe(LENGTH, &[]), query, tracks, options);
    assert_eq!(ranking.tracks[0].rank, 1);
    assert!(ranking.tracks[0].adjusted_p.unwrap() < 0.05);
    assert!(ranking.tracks[2].adjusted_p.unwrap() > 0.05);
}

#[test]
fn max_t_knows_that_equal_tracks_are_one() {
    let (query, tracks) = planted();
    let run = |adjustment| {
        let tracks = vec![tracks[2].clone(); 5];
        let options = OverlapOptions {
            adjustment,
            permutations: Some(499),
            ..OverlapOptions::default()
        };
        ranking_of(universe(LENGTH, &[]), query.clone(), tracks, options)
    };
    let track = &run(Adjustment::MaxT).tracks[3];
    assert_eq!(track.adjusted_p, track.p);
    let track = &run(Adjustment::Bonferroni).tracks[3];
    assert_eq!(track.adjusted_p, Some((5.0 * track.p.unwrap()).min(1.0)));
}

#[test]
fn groups_are_tested_by_their_median() {
    let (query, tracks) = planted();
    let analysis = Analysis::new(
        universe(LENGTH, &[]),
        query,
        None,
        OverlapOptions::default(),
    )
    .unwrap();
    let group = |elements: &IntervalSet, name: Option<&str>| SuiteTrack {
        group: name.map(str::to_owned),
        ..SuiteTrack::new(elements.clone())
    };
    let suite = vec![
        group(&tracks[0], Some("B cell")),
        group(&tracks[0], Some("B cell")),
        group(&tracks[2], Some("B cell")),
        group(&tracks[3], Some("fibroblast")),
        group(&tracks[4], Some("fibroblast")),
        group(&tracks[5], None),
    ];
    let ranking = analysis.run(suite).unwrap();
    let names: Vec<(&str, usize)> = ranking
        .groups
        .iter()
        .map(|group| (group.name.as_str(), group.tracks))
        .collect();
    assert_eq!(names, [("B cell", 3), ("fibroblast", 2)]);
    let [cells, others] = &ranking.groups[..] else {
        panic!("two groups")
    };
    assert_eq!((cells.rank, others.rank), (1, 2));
    assert_eq!(
        cells.median_normalised_forbes,
        ranking.tracks[0].measures.normalised_forbes
    );
    assert_eq!(
        cells.monte_carlo.unwrap().observed,
        ranking.tracks[0].overlap_base_pairs as f64
    );
    assert!(cells.adjusted_p.unwrap() <= 0.002 && others.adjusted_p.unwrap() > 0.05);
}

#[test]
fn reference_tracks_are_the_unit_of_the_normalised_forbes_coefficient() {
    let (query, tracks) = planted();
    let analysis = Analysis::new(universe(LENGTH, &[]), query, None, sweep_only()).unwrap();
    let track = |number: usize, is_reference| SuiteTrack {
        is_reference,
        ..SuiteTrack::new(tracks[number].clone())
    };
    let ranking = analysis
        .run(vec![track(0, false), track(1, true), track(2, false)])
        .unwrap();
    assert_eq!(ranking.tracks[1].measures.normalised_forbes, Some(1.0));
    let all = analysis
        .run(vec![track(0, false), track(1, false), track(2, false)])
        .unwrap();
    let normalised = all
        .tracks
        .iter()
        .map(|track| track.measures.normalised_forbes.unwrap());
    assert!((normalised.sum::<f64>() - 3.0).abs() < 1e-9);
    let ranks = |ranking: &fairtracks::overlap::Ranking| {
        ranking
            .tracks
            .iter()
            .map(|track| track.rank)
            .collect::<Vec<_>>()
    };
    assert_eq!(ranks(&all), ranks(&ranking));
}

#[test]
fn masked_elements_do_not_count() {
    let query = set(&[(100, 200), (5_000, 5_100), (9_950, 10_050)]);
    let track = set(&[(150, 160), (5_000, 6_000), (9_990, 9_995)]);
    let ranking = ranking_of(
        universe(10_000, &[(4_000, 7_000)]),
        query,
        vec![track],
        sweep_only(),
    );
    assert_eq!(ranking.universe_base_pairs, 7_000);
    assert_eq!(ranking.tracks[0].overlap_base_pairs, 15);
    assert_eq!(
        (ranking.tracks[0].query_hits, ranking.tracks[0].track_hits),
        (2, 2)
    );
    let warnings: Vec<String> = ranking.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "1 of 3 elements left out: outside of the analysis universe",
            "1 of 3 elements cut at the end of a chromosome or bin, or by the mask",
        ]
    );
}

#[test]
fn empty_sets_have_no_values() {
    let some = set(&[(10, 20)]);
    for null in [
        None,
        Some(NullModel::Uniform),
        Some(NullModel::CircularShift),
    ] {
        let options = OverlapOptions {
            null,
            ..OverlapOptions::default()
        };
        let elsewhere = set_of(&Pairs::from([("1".to_owned(), vec![(10, 20)])]));
        let tracks = vec![some.clone(), IntervalSet::default(), elsewhere];
        let ranking = ranking_of(universe(100, &[]), some.clone(), tracks, options.clone());
        for track in &ranking.tracks[1..] {
            assert_eq!(
                (track.measures.forbes, track.p, track.adjusted_p),
                (None, None, None)
            );
            assert_eq!(track.rank, 2);
            assert!(track.warnings.contains(&OverlapWarning::TrackEmpty));
        }
        let names = vec!["1".to_owned()];
        assert!(
            ranking.tracks[2]
                .warnings
                .contains(&OverlapWarning::UnknownChromosomes { names })
        );
        let ranking = ranking_of(
            universe(100, &[]),
            IntervalSet::default(),
            vec![some.clone()],
            options.clone(),
        );
        assert_eq!(ranking.warnings, [OverlapWarning::QueryEmpty]);
        assert_eq!(
            (
                ranking.adjusted_from,
                ranking.tracks[0].p,
                ranking.tracks[0].monte_carlo
            ),
            (None, None, None)
        );
        let ranking = ranking_of(universe(100, &[]), some.clone(), Vec::new(), options);
        assert!(ranking.tracks.is_empty());
    }
}

#[test]
fn too_few_random_sets_are_noticed() {
    let options = OverlapOptions {
        null: Some(NullModel::PermutedGaps),
        permutations: Some(19),
        ..OverlapOptions::default()
    };
    let tracks = vec![set(&[(40, 60)]), set(&[(1, 3)])];
    let ranking = ranking_of(universe(100, &[]), set(&[(10, 20)]), tracks, options);
    let expected = [
        OverlapWarning::FewPermutations {
            permutations: 19,
            tracks: 2,
            fewest: 39,
        },
        OverlapWarning::FewRandomSets {
            distinct: 2,
            permutations: 19,
        },
    ];
    assert_eq!(ranking.warnings, expected);
    assert_eq!(ranking.tracks[0].warnings, [OverlapWarning::ConstantNull]);
}

#[test]
fn the_query_chooses_among_candidates() {
    let candidates = set(&[(10, 11), (20, 21), (30, 31), (40, 41), (50, 51), (60, 61)]);
    // One candidate by itself, two inside a region, one element that is none.
    let query = set(&[(10, 11), (25, 45), (90, 91)]);
    let track = SuiteTrack::new(set(&[(0, 35), (85, 95)]));
    let analysis =
        Analysis::new(universe(100, &[]), query, Some(candidates), sweep_only()).unwrap();
    let ranking = analysis.run(vec![track]).unwrap();
    let test = ranking.tracks[0].fisher.unwrap();
    let table = [
        test.chosen_inside,
        test.chosen_outside,
        test.other_inside,
        test.other_outside,
    ];
    assert_eq!(table, [2, 1, 1, 2]);
    assert_eq!(ranking.adjusted_from, Some(PValueSource::Fisher));
    assert_eq!(ranking.tracks[0].p, Some(test.p_more));
    assert_eq!(
        ranking.warnings,
        [OverlapWarning::NotCandidates {
            outside: 1,
            elements: 3
        }]
    );
}

#[test]
fn contradictory_settings_are_refused() {
    let new = |options| {
        Analysis::new(universe(100, &[]), set(&[(1, 2)]), None, options)
            .map(|_| ())
            .unwrap_err()
    };
    let default = OverlapOptions::default;
    let null = Some(NullModel::Candidates);
    assert_eq!(
        new(OverlapOptions { null, ..default() }),
        OverlapError::NoCandidates
    );
    let randomised = Randomised::Suite;
    assert_eq!(
        new(OverlapOptions {
            null,
            randomised,
            ..default()
        }),
        OverlapError::CandidatesForSuite
    );
    let adjustment = Adjustment::MaxT;
    assert_eq!(
        new(OverlapOptions {
            adjustment,
            ..sweep_only()
        }),
        OverlapError::MaxTWithoutNull
    );
    let permutations = Some(0);
    assert_eq!(
        new(OverlapOptions {
            permutations,
            ..default()
        }),
        OverlapError::NoPermutations
    );
    let nothing = Universe::new(BTreeMap::from([("chr1".to_owned(), 10)]), &set(&[(0, 10)]));
    let empty = Analysis::new(nothing, set(&[]), None, default());
    assert_eq!(empty.map(|_| ()).unwrap_err(), OverlapError::EmptyUniverse);
}

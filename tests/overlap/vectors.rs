//! Numbers that other programs or exact arithmetic give.

use super::{assert_close, ranking_of, set, sweep_only, universe};
use fairtracks::overlap::{
    Adjustment, BinomialTest, FisherTest, NullModel, OverlapOptions, Tail, adjust,
};

const QUERY: [(u32, u32); 3] = [(100, 200), (300, 400), (700, 750)];
const TRACK: [(u32, u32); 3] = [(150, 250), (390, 420), (800, 900)];

#[test]
fn measures_of_a_toy_genome() {
    let ranking = ranking_of(
        universe(1000, &[]),
        set(&QUERY),
        vec![set(&TRACK)],
        sweep_only(),
    );
    let track = &ranking.tracks[0];
    let measures = &track.measures;
    assert_eq!(ranking.query.base_pairs, 250);
    assert_eq!(track.size.base_pairs, 230);
    assert_eq!(track.overlap_base_pairs, 60);
    assert_eq!((track.query_hits, track.track_hits), (2, 2));
    assert_close(measures.expected.unwrap(), 57.5, 1e-12);
    assert_close(measures.forbes.unwrap(), 1.043_478_3, 1e-7);
    assert_close(measures.jaccard.unwrap(), 0.142_857, 1e-5);
    assert_close(measures.query_proportion.unwrap(), 0.24, 1e-12);
    assert_close(measures.track_proportion.unwrap(), 0.260_869_6, 1e-6);
    assert_close(measures.union_proportion.unwrap(), 230.0 / 420.0, 1e-12);
    assert_close(measures.ochiai.unwrap(), 0.250_217_3, 1e-6);
    assert_close(measures.odds_ratio.unwrap(), 1.077_399_4, 1e-7);
}

#[test]
fn uniform_placement_of_a_toy_genome() {
    let options = OverlapOptions {
        null: Some(NullModel::Uniform),
        permutations: Some(19_999),
        ..OverlapOptions::default()
    };
    let ranking = ranking_of(universe(1000, &[]), set(&QUERY), vec![set(&TRACK)], options);
    let test = ranking.tracks[0].monte_carlo.unwrap();
    assert_eq!(test.observed, 60.0);
    assert!((test.p_more - 0.462_579_5).abs() < 0.02, "{}", test.p_more);
    assert!((test.mean - 57.778).abs() < 1.0, "{}", test.mean);
    assert_eq!(test.floor, 1.0 / 20_000.0);
}

#[test]
fn circular_shifts_of_a_toy_genome() {
    let options = OverlapOptions {
        null: Some(NullModel::CircularShift),
        permutations: Some(19_999),
        ..OverlapOptions::default()
    };
    let ranking = ranking_of(universe(1000, &[]), set(&QUERY), vec![set(&TRACK)], options);
    let test = ranking.tracks[0].monte_carlo.unwrap();
    assert!((test.p_more - 0.429).abs() < 0.02, "{}", test.p_more);
    assert!((test.p_less - 0.579).abs() < 0.02, "{}", test.p_less);
    assert!((test.mean - 57.5).abs() < 1.0, "{}", test.mean);
}

#[test]
fn fisher_tables_of_bedtools() {
    let toy = FisherTest::of(2, 1, 1, 2);
    assert_close(toy.p_less, 0.95, 1e-12);
    assert_close(toy.p_more, 0.5, 1e-12);
    assert_close(toy.p_two_sided, 1.0, 1e-12);
    assert_eq!(toy.sample_odds_ratio, Some(4.0));

    let large = FisherTest::of(2, 1, 0, 31);
    assert_close(large.p_more, 0.005_347_6, 1e-5);
    assert_close(large.p_two_sided, 0.005_347_6, 1e-5);
    assert_eq!(large.sample_odds_ratio, None);
    assert_eq!(large.conditional_odds_ratio, None);

    let small = FisherTest::of(2, 1, 0, 1);
    assert_close(small.p_more, 0.5, 1e-12);
    assert_close(small.p_two_sided, 1.0, 1e-12);
}

#[test]
fn fisher_table_of_lola() {
    let test = FisherTest::of(12, 88, 38, 862);
    assert_close(test.p_more, 0.002_458_339, 1e-6);
    assert_close(test.sample_odds_ratio.unwrap(), 3.093_301_4, 1e-7);
    assert_close(test.conditional_odds_ratio.unwrap(), 3.088_180, 1e-6);
}

#[test]
fn fisher_tables_at_their_edges() {
    let never = FisherTest::of(0, 5, 5, 5);
    assert_eq!(never.conditional_odds_ratio, Some(0.0));
    assert_eq!(never.p_more, 1.0);
    let empty = FisherTest::of(0, 0, 0, 0);
    assert_eq!(
        (empty.p_more, empty.p_less, empty.p_two_sided),
        (1.0, 1.0, 1.0)
    );
    assert_eq!(empty.sample_odds_ratio, None);
    // 10^6 candidates, half of them hit, all 5,000 chosen ones hit: far below what a number of 8 bytes can hold.
    let extreme = FisherTest::of(5_000, 0, 495_000, 500_000);
    assert!(extreme.p_more > 0.0 && extreme.p_more < 1e-300);
}

#[test]
fn binomial_tails() {
    let more = |inside| BinomialTest::of(57, inside, 0.02).p_more;
    assert_close(more(6), 9.697_432e-4, 1e-6);
    assert_close(more(4), 0.027_318_51, 1e-6);
    assert_close(more(7), 1.408_933e-4, 1e-6);
    assert_close(BinomialTest::of(57, 6, 0.02).fold.unwrap(), 5.263_158, 1e-6);
    assert_eq!(more(0), 1.0);
    assert_eq!(BinomialTest::of(57, 57, 1.0).p_more, 1.0);
    assert_eq!(BinomialTest::of(57, 0, 0.0).fold, None);
}

#[test]
fn adjusted_p_values() {
    let p = [
        0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216,
    ];
    let expected = [
        0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.105_714, 0.216, 0.216, 0.216,
    ];
    for (found, expected) in adjust(&p, Adjustment::BenjaminiHochberg)
        .iter()
        .zip(expected)
    {
        assert_close(*found, expected, 1e-5);
    }
    let dependent = adjust(&p, Adjustment::BenjaminiYekutieli);
    assert_close(dependent[0], 0.01 * 2.928_968, 1e-6);
    assert_close(dependent[9], 0.216 * 2.928_968, 1e-6);
    let holm = adjust(&p, Adjustment::Holm);
    assert_close(holm[1], 0.072, 1e-12);
    assert_close(holm[2], 0.312, 1e-12);
    assert_close(holm[9], 0.615, 1e-12);
    let bonferroni = adjust(&[0.04, 0.01, 0.5], Adjustment::Bonferroni);
    assert_close(bonferroni[0], 0.12, 1e-12);
    assert_eq!(bonferroni[2], 1.0);
}

#[test]
fn permutations_for_a_number_of_tracks() {
    let options = OverlapOptions::default();
    assert_eq!(options.fewest_permutations(40), 799);
    assert_eq!(options.fewest_permutations(100), 1999);
    assert_eq!(options.fewest_permutations(800), 15_999);
    assert_eq!(options.permutations_for(40), 999);
    assert_eq!(options.permutations_for(800), 15_999);
    let adjusted = |adjustment, tail| {
        let options = OverlapOptions {
            adjustment,
            tail,
            ..OverlapOptions::default()
        };
        let permutations = options.fewest_permutations(10);
        let floor = 1.0 / (1.0 + f64::from(permutations));
        let p = if tail == Tail::TwoSided {
            2.0 * floor
        } else {
            floor
        };
        let mut p_values = [1.0; 10];
        p_values[0] = p;
        (permutations, adjust(&p_values, adjustment)[0])
    };
    for tail in [Tail::More, Tail::TwoSided] {
        for adjustment in [
            Adjustment::BenjaminiHochberg,
            Adjustment::BenjaminiYekutieli,
            Adjustment::Holm,
            Adjustment::Bonferroni,
        ] {
            let (permutations, best) = adjusted(adjustment, tail);
            assert!(
                best < 0.05 + 1e-9 && best > 0.0499,
                "{adjustment:?} {tail:?} {permutations}: {best}"
            );
        }
    }
    assert_eq!(adjusted(Adjustment::MaxT, Tail::More).0, 19);
}

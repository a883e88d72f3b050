//! What stays the same however a set is written, and on any number of threads.

use super::base_model::null_model;
use super::{ranking_of, set, sweep_only, universe};
use fairtracks::overlap::{
    Adjustment, NullModel, OverlapOptions, Randomised, Ranking, Statistic, Tail, adjust,
};
use proptest::prelude::*;

const LENGTH: u32 = 500;

fn pairs() -> impl Strategy<Value = Vec<(u32, u32)>> {
    let pair = (0..LENGTH - 40, 1_u32..40).prop_map(|(start, length)| (start, start + length));
    prop::collection::vec(pair, 1..12)
}

fn options(null: NullModel, statistic: Statistic) -> OverlapOptions {
    OverlapOptions {
        null: Some(null),
        permutations: Some(39),
        statistic,
        ..OverlapOptions::default()
    }
}

fn compared(query: &[(u32, u32)], track: &[(u32, u32)], options: OverlapOptions) -> Ranking {
    ranking_of(
        universe(LENGTH, &[(90, 110)]),
        set(query),
        vec![set(track)],
        options,
    )
}

proptest! {
    #[test]
    fn measures_are_symmetric(query in pairs(), track in pairs()) {
        let one = compared(&query, &track, sweep_only()).tracks.remove(0);
        let other = compared(&track, &query, sweep_only()).tracks.remove(0);
        prop_assert_eq!(one.measures.forbes, other.measures.forbes);
        prop_assert_eq!(one.measures.jaccard, other.measures.jaccard);
        prop_assert_eq!(one.measures.ochiai, other.measures.ochiai);
        prop_assert_eq!(one.measures.query_proportion, other.measures.track_proportion);
        prop_assert_eq!(one.query_hits, other.track_hits);
    }

    #[test]
    fn bases_count_however_they_are_written(query in pairs(), track in pairs(), null in null_model(), which in any::<prop::sample::Index>()) {
        // Uniform placement keeps the elements as they are.
        prop_assume!(null != NullModel::Uniform);
        let plain = compared(&query, &track, options(null, Statistic::BasePairs)).tracks.remove(0);
        let mut written = query.clone();
        let (start, end) = written[which.index(query.len())];
        let middle = u32::midpoint(start, end);
        // Twice, in two parts, in another order.
        written.extend([(start, end), (start, middle), (middle, end)].into_iter().filter(|(start, end)| start < end));
        written.reverse();
        let other = compared(&written, &track, options(null, Statistic::BasePairs)).tracks.remove(0);
        prop_assert_eq!(plain.measures, other.measures);
        prop_assert_eq!(plain.monte_carlo, other.monte_carlo);
        prop_assert_eq!(plain.binomial, other.binomial);
    }

    #[test]
    fn a_set_is_like_itself(query in pairs()) {
        let track = compared(&query, &query, sweep_only()).tracks.remove(0);
        if track.size.base_pairs > 0 {
            let forbes = f64::from(LENGTH - 20) / track.size.base_pairs as f64;
            prop_assert_eq!(track.measures.jaccard, Some(1.0));
            prop_assert!((track.measures.forbes.unwrap() - forbes).abs() < 1e-9);
            prop_assert_eq!(track.measures.odds_ratio, None);
        }
    }

    #[test]
    fn threads_do_not_matter(query in pairs(), track in pairs(), other in pairs(), null in null_model(), suite in any::<bool>()) {
        let options = OverlapOptions {
            randomised: if suite { Randomised::Suite } else { Randomised::Query },
            permutations: Some(300),
            adjustment: Adjustment::MaxT,
            tail: Tail::TwoSided,
            ..options(null, Statistic::NormalisedForbes)
        };
        let run = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let tracks = vec![set(&track), set(&other), set(&track)];
            pool.install(|| ranking_of(universe(LENGTH, &[(90, 110)]), set(&query), tracks, options.clone()))
        };
        prop_assert_eq!(format!("{:?}", run(1)), format!("{:?}", run(3)));
    }

    #[test]
    fn adjusted_p_values_keep_their_order(p_values in prop::collection::vec(1e-9_f64..1.0, 1..30)) {
        use Adjustment::{BenjaminiHochberg, BenjaminiYekutieli, Bonferroni, Holm};
        for adjustment in [BenjaminiHochberg, BenjaminiYekutieli, Bonferroni, Holm] {
            let adjusted = adjust(&p_values, adjustment);
            for (one, p) in adjusted.iter().zip(&p_values) {
                prop_assert!(*one >= *p * (1.0 - 1e-12) && *one <= 1.0);
                for (other, q) in adjusted.iter().zip(&p_values) {
                    prop_assert!(p > q || one <= other);
                }
            }
        }
        let [fdr, fwer] = [BenjaminiHochberg, Holm].map(|adjustment| adjust(&p_values, adjustment));
        prop_assert!(fdr.iter().zip(&fwer).all(|(fdr, fwer)| *fdr <= fwer * (1.0 + 1e-12)));
    }
}

//! The order of tracks.

use super::options::RankedBy;
use super::ranking::TrackScore;

/// Two numbers to order by, the larger one first.
pub(super) type RankKey = (f64, f64);

pub(super) fn key(score: &TrackScore, ranked_by: RankedBy) -> RankKey {
    let measures = &score.measures;
    let normalised = measures.normalised_forbes.unwrap_or(f64::NAN);
    let value = match ranked_by {
        // Divided by one number for all tracks, so the order is the same, and there is one where the mean is 0.
        RankedBy::NormalisedForbes | RankedBy::Forbes => measures.forbes,
        RankedBy::BasePairs => Some(score.overlap_base_pairs as f64),
        RankedBy::Hits => Some(score.query_hits as f64),
        RankedBy::Jaccard => measures.jaccard,
        RankedBy::Ochiai => measures.ochiai,
        RankedBy::OddsRatio => measures.odds_ratio,
        RankedBy::PValue => return (score.p.map_or(f64::NAN, |p| -p), normalised),
    };
    (value.unwrap_or(f64::NAN), 0.0)
}

/// Ranks from 1, the largest key first, undefined ones last; equal keys share the better rank.
pub(super) fn ranks(keys: &[RankKey]) -> Vec<usize> {
    let number = |value: f64| {
        if value.is_nan() {
            f64::NEG_INFINITY
        } else {
            value
        }
    };
    let keys: Vec<RankKey> = keys
        .iter()
        .map(|key| (number(key.0), number(key.1)))
        .collect();
    let compare = |one: &RankKey, other: &RankKey| {
        let first = other.0.total_cmp(&one.0);
        first.then(other.1.total_cmp(&one.1))
    };
    let mut sorted = keys.clone();
    sorted.sort_by(compare);
    let rank = |key: &RankKey| sorted.partition_point(|other| compare(other, key).is_lt()) + 1;
    keys.iter().map(rank).collect()
}

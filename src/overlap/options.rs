//! What a user chooses: null model, statistic, tail, adjustment, order.

/// How random sets are made. Each keeps what its name says and breaks the rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NullModel {
    /// Each element anywhere in the universe, whole; random elements may overlap. Keeps number and lengths of the elements,
    /// each once. All other models keep those of merged blocks, so overlapping elements of a set count as one.
    Uniform,
    /// Each element anywhere on its own chromosome, whole, none over another. Keeps also the number for each chromosome.
    PerChromosome,
    /// Elements and gaps of each chromosome in random order. Keeps the exact lengths of both.
    #[default]
    PermutedGaps,
    /// All elements of a chromosome shifted by one random distance, around its end. Keeps all structure inside the set.
    CircularShift,
    /// As many candidate positions as the query has, drawn without replacement. Needs candidate positions.
    Candidates,
}

/// Which side a random set replaces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Randomised {
    /// The query; the tracks stay, and with them what they have in common.
    #[default]
    Query,
    /// Each track by itself; the query stays.
    Suite,
}

/// What a random set is compared by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Statistic {
    /// The overlap in base pairs, each base once.
    #[default]
    BasePairs,
    /// The number of elements of the query that touch the track.
    Hits,
    /// The Forbes coefficient.
    Forbes,
    /// The Forbes coefficient divided by its mean over the reference tracks.
    NormalisedForbes,
    /// The Jaccard coefficient.
    Jaccard,
}

/// Which random values count against the observed one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tail {
    /// Values as large as the observed one, or larger: enrichment.
    #[default]
    More,
    /// Values as small as the observed one, or smaller: depletion.
    Less,
    /// Twice the smaller of the two, at most 1.
    TwoSided,
}

/// The adjustment of p-values for the number of tracks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Adjustment {
    /// Benjamini and Hochberg: false discovery rate under independence or positive dependence.
    #[default]
    BenjaminiHochberg,
    /// Benjamini and Yekutieli: false discovery rate under any dependence.
    BenjaminiYekutieli,
    /// Holm: family-wise error rate, step-down.
    Holm,
    /// Bonferroni: family-wise error rate.
    Bonferroni,
    /// Westfall and Young's step-down max-T over the shared permutations: family-wise error rate under the dependence that the tracks have.
    MaxT,
}

/// What tracks are ranked by, the largest first; p-values the smallest first. A track without the value comes last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RankedBy {
    /// The normalised Forbes coefficient. Within one suite the order is that of the Forbes coefficient.
    #[default]
    NormalisedForbes,
    /// The Forbes coefficient.
    Forbes,
    /// The overlap in base pairs.
    BasePairs,
    /// The number of elements of the query that touch the track.
    Hits,
    /// The Jaccard coefficient.
    Jaccard,
    /// The Ochiai coefficient.
    Ochiai,
    /// The odds ratio of the base pairs.
    OddsRatio,
    /// The p-value that is adjusted, then the normalised Forbes coefficient.
    PValue,
}

/// All settings of an analysis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverlapOptions {
    /// The null model of the Monte-Carlo test; no test without it.
    pub null: Option<NullModel>,
    /// Which side is randomised.
    pub randomised: Randomised,
    /// The number of random sets; [`OverlapOptions::permutations_for`] says how many if none is given.
    pub permutations: Option<u32>,
    /// The seed: the same seed gives the same answer on any number of threads.
    pub seed: u64,
    /// The statistic of the Monte-Carlo test.
    pub statistic: Statistic,
    /// The tail of all tests whose p-value is adjusted.
    pub tail: Tail,
    /// The adjustment for the number of tracks.
    pub adjustment: Adjustment,
    /// The order of the tracks.
    pub ranked_by: RankedBy,
}

impl Default for OverlapOptions {
    fn default() -> Self {
        OverlapOptions {
            null: Some(NullModel::default()),
            randomised: Randomised::default(),
            permutations: None,
            seed: 1,
            statistic: Statistic::default(),
            tail: Tail::default(),
            adjustment: Adjustment::default(),
            ranked_by: RankedBy::default(),
        }
    }
}

impl OverlapOptions {
    /// The fewest permutations that let one of some tracks reach an adjusted p-value of 0.05: 20 K − 1 for K tracks; twice
    /// as many if two tails count, and more where the adjustment is stricter.
    #[must_use]
    pub fn fewest_permutations(&self, tracks: usize) -> u32 {
        let tracks = tracks.max(1);
        let factor = match self.adjustment {
            Adjustment::BenjaminiHochberg | Adjustment::Holm | Adjustment::Bonferroni => {
                tracks as f64
            }
            Adjustment::BenjaminiYekutieli => {
                let harmonic: f64 = (1..=tracks).map(|number| 1.0 / number as f64).sum();
                tracks as f64 * harmonic
            }
            // All tracks meet the same random sets, so the smallest p-value is the same before and after.
            Adjustment::MaxT => 1.0,
        };
        let tails = match self.tail {
            Tail::TwoSided if self.adjustment != Adjustment::MaxT => 2.0,
            _ => 1.0,
        };
        // A conversion of numbers saturates: more than 4,294,967,295 permutations are refused anyway.
        (20.0 * factor * tails - 1e-6).ceil() as u32 - 1
    }

    /// The number of permutations for some tracks: the one chosen, or else the fewest that do, and 999 at least.
    #[must_use]
    pub fn permutations_for(&self, tracks: usize) -> u32 {
        self.permutations
            .unwrap_or_else(|| self.fewest_permutations(tracks).max(999))
    }
}

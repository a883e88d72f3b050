//! The settings of an analysis and its limits as sentences, for readers of a report.

use crate::drawing::words::{count, counted};
use crate::overlap::{Adjustment, NullModel, OverlapWarning, Randomised, Ranking, Tail};

use super::arguments::OverlapArguments;

/// How the ranking was made, one sentence a setting; `genome` is the name of the assembly.
pub fn method(ranking: &Ranking, arguments: &OverlapArguments, genome: &str) -> Vec<String> {
    let elements = counted(as_size(ranking.query.elements), "element");
    let expanded = match arguments.expand {
        0 => String::new(),
        base_pairs => format!(
            ", extended by {} bp on both sides",
            count(base_pairs as usize)
        ),
    };
    let mut sentences = vec![
        format!(
            "The query has {elements}{expanded}; it covers {} bp.",
            count(as_size(ranking.query.base_pairs))
        ),
        format!(
            "The universe is {} bp of {genome}.",
            count(as_size(ranking.universe_base_pairs))
        ),
    ];
    if arguments.exclude_mhc {
        sentences.push("The MHC is left out: its many associated variants are in linkage disequilibrium, so one locus would count many times.".to_owned());
    }
    if let Some(null) = arguments.null.setting() {
        sentences.push(null_model(null, arguments.randomise.setting()));
        let extreme = match arguments.tail.setting() {
            Tail::More => "the share of random sets that overlap at least as much as",
            Tail::Less => "the share of random sets that overlap at most as much as",
            Tail::TwoSided => {
                "twice the share of random sets that are at least as extreme, on its side, as"
            }
        };
        sentences.push(format!(
            "The p-value is {extreme} the set itself, which counts as one of them. {} were drawn with the seed {2}, so the smallest possible share is 1/{1}.",
            count(ranking.permutations as usize),
            count(ranking.permutations as usize + 1),
            arguments.seed
        ));
    }
    if ranking.adjusted_from.is_some() {
        sentences.push(adjustment(arguments.adjust.setting()).to_owned());
    }
    sentences.push("Linkage disequilibrium, allele frequency and distance to genes are not modelled: use one lead variant for each locus, and candidates that match the query in them.".to_owned());
    sentences
}

/// What random sets keep and what is random in them.
fn null_model(null: NullModel, randomised: Randomised) -> String {
    let what = match randomised {
        Randomised::Query => "the query",
        Randomised::Suite => "each track",
    };
    let sentence = match null {
        NullModel::Uniform => {
            "with its elements anywhere in the universe. They keep their number and lengths, not their clusters"
        }
        NullModel::PerChromosome => {
            "with its elements anywhere on their chromosomes, none over another. They keep their number and lengths, not their clusters"
        }
        NullModel::PermutedGaps => {
            "with its elements and gaps in another order on each chromosome. The lengths of elements and gaps stay the same"
        }
        NullModel::CircularShift => {
            "shifted by a random distance on each chromosome. All distances inside the set stay the same"
        }
        NullModel::Candidates => {
            "with other candidate positions, as many as it has. What all candidates have in common, such as nearby genes, is then no reason for a small p-value"
        }
    };
    format!("A random set is {what} {sentence}.")
}

/// What the adjusted p-value bounds.
fn adjustment(adjustment: Adjustment) -> &'static str {
    match adjustment {
        Adjustment::BenjaminiHochberg => {
            "q is the p-value adjusted by the method of Benjamini and Hochberg: of the tracks with q ≤ 0.05, about one in twenty is expected to be false. It holds for tracks that are independent or positively dependent."
        }
        Adjustment::BenjaminiYekutieli => {
            "q is the p-value adjusted by the method of Benjamini and Yekutieli: of the tracks with q ≤ 0.05, at most about one in twenty is expected to be false, whatever the dependence of the tracks."
        }
        Adjustment::Holm => {
            "q is the p-value adjusted by the method of Holm: with q ≤ 0.05, the chance of even one false track is at most 5 %."
        }
        Adjustment::Bonferroni => {
            "q is the p-value adjusted by the method of Bonferroni: with q ≤ 0.05, the chance of even one false track is at most 5 %."
        }
        Adjustment::MaxT => {
            "q compares each track with the best track of each random set (max-T): with q ≤ 0.05, the chance of even one false track is at most 5 %, and the dependence of the tracks is taken into account."
        }
    }
}

/// The elements of all tracks that the analysis leaves out or cuts, in one sentence each instead of one for each track.
pub fn elements_left_out(ranking: &Ranking) -> Vec<String> {
    let warnings = || ranking.tracks.iter().flat_map(|score| &score.warnings);
    let outside = total(warnings().filter_map(|warning| match warning {
        OverlapWarning::Outside { outside, elements } => Some((*outside, *elements)),
        _ => None,
    }));
    let cut = total(warnings().filter_map(|warning| match warning {
        OverlapWarning::Cut { cut, elements } => Some((*cut, *elements)),
        _ => None,
    }));
    [
        (
            outside,
            "left out, because they are outside of the analysis universe",
        ),
        (cut, "cut at the end of a chromosome or bin, or by the mask"),
    ]
    .into_iter()
    .filter(|((tracks, ..), _)| *tracks > 0)
    .map(|((tracks, some, all), what)| {
        let of = counted(tracks, "track");
        format!("{} of {} elements of {of} {what}", count(some), count(all))
    })
    .collect()
}

/// Whether `elements_left_out` has a warning.
pub fn is_summed_up(warning: &OverlapWarning) -> bool {
    matches!(
        warning,
        OverlapWarning::Outside { .. } | OverlapWarning::Cut { .. }
    )
}

/// The number of pairs and their sums.
fn total(pairs: impl Iterator<Item = (usize, usize)>) -> (usize, usize, usize) {
    pairs.fold((0, 0, 0), |(tracks, some, all), (more, of)| {
        (tracks + 1, some + more, all + of)
    })
}

fn as_size(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::genome::intervals::{Interval, IntervalSet};
    use crate::overlap::{Analysis, OverlapOptions, SuiteTrack, Universe};

    fn ranking(arguments: &OverlapArguments) -> Ranking {
        let set = |intervals: &[(u32, u32)]| {
            let intervals = intervals
                .iter()
                .map(|&(start, end)| Interval { start, end });
            IntervalSet::new([("chr1".to_owned(), intervals.collect())].into())
        };
        let universe = Universe::new([("chr1".to_owned(), 9000)].into(), &set(&[(8000, 9000)]));
        let options = OverlapOptions {
            null: arguments.null.setting(),
            permutations: Some(99),
            ..OverlapOptions::default()
        };
        let candidates = set(&[(10, 20), (500, 600), (3000, 3001), (7000, 7001)]);
        let query = set(&[(10, 20), (500, 600)]);
        let analysis = Analysis::new(universe, query, Some(candidates), options).unwrap();
        let tracks = [
            set(&[(5, 15), (8100, 8200)]),
            set(&[(510, 520), (7990, 8010)]),
        ];
        let tracks = tracks.into_iter().map(SuiteTrack::new).collect();
        analysis.run(tracks).unwrap()
    }

    fn arguments(options: &[&str]) -> OverlapArguments {
        let fixed = ["fairtracks_overlap", "tracks", "--query-set", "query.bed"];
        OverlapArguments::parse_from(fixed.iter().chain(options))
    }

    #[test]
    fn the_method_names_each_setting_and_its_limits() {
        let arguments = arguments(&["--expand", "10000", "--exclude-mhc", "--null", "candidates"]);
        let sentences = method(&ranking(&arguments), &arguments, "hg38");
        let starts = [
            "The query has 2 elements, extended by 10,000 bp on both sides; it covers 110 bp.",
            "The universe is 8,000 bp of hg38.",
            "The MHC is left out",
            "A random set is the query with other candidate positions",
            "The p-value is the share of random sets that overlap at least as much as the set itself, which counts as one of them. 99 were drawn with the seed 1, so the smallest possible share is 1/100.",
            "q is the p-value adjusted by the method of Benjamini and Hochberg",
            "Linkage disequilibrium, allele frequency and distance to genes are not modelled",
        ];
        assert_eq!(sentences.len(), starts.len(), "{sentences:#?}");
        for (sentence, start) in sentences.iter().zip(starts) {
            assert!(sentence.starts_with(start), "{sentence}");
        }
    }

    #[test]
    fn without_a_null_model_there_is_no_sentence_on_random_sets() {
        let arguments = arguments(&["--null", "none"]);
        let sentences = method(&ranking(&arguments), &arguments, "hg38");
        assert!(
            !sentences.iter().any(|sentence| sentence.contains("random")),
            "{sentences:#?}"
        );
    }

    #[test]
    fn elements_of_all_tracks_are_summed_up() {
        let arguments = arguments(&[]);
        assert_eq!(
            elements_left_out(&ranking(&arguments)),
            [
                "1 of 2 elements of 1 track left out, because they are outside of the analysis universe",
                "1 of 2 elements of 1 track cut at the end of a chromosome or bin, or by the mask"
            ]
        );
    }
}

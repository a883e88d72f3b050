//! The arguments and the manual of the tool.

use std::path::{Path, PathBuf};

use clap::{Parser, ValueEnum};

use crate::cli::dataset_options::DatasetOptions;
use crate::overlap::{Adjustment, NullModel, Randomised, RankedBy, Statistic, Tail};

/// Definitions of the columns, in lines that need no wrapping.
const DEFINITIONS: &str = "\
Columns of the ranking, for a universe of N bases of which the query covers a,
a track b, and both i:
  expected_bp    ab / N
  forbes         iN / ab: the overlap divided by the expected one
  norm_forbes    forbes divided by its mean over the tracks (--reference names
                 others): does the query prefer this track to the others?
                 Within one suite its order is that of forbes
  jaccard        i / (a + b - i)
  ochiai         i / sqrt(ab)
  prop_query     i / a
  prop_track     i / b
  prop_union     b / (a + b - i)
  bp_odds_ratio  i(N - a - b + i) / ((a - i)(b - i)); a description: base pairs
                 are not independent
  hits           elements of the query that touch the track, never pairs
  fisher_a to d  candidates in query and track, in the track alone, in the
                 query alone, in neither (--candidates)
  fisher_p       Fisher's exact test of that table
  fisher_or_sample, fisher_or_mle
                 odds ratio ad / bc, and its conditional maximum-likelihood
                 estimate, which R and LOLA print
  binom_p        binomial test: k of n midpoints of the query lie in the track,
                 each with probability b / N
  mc_p           (1 + r) / (1 + m): r of m random sets reach the observed
                 statistic; never below mc_floor = 1 / (1 + m)
  mc_z           (observed - mean) / standard deviation; a description
  q_value        p_value adjusted for the number of tracks; p_value is mc_p,
                 else fisher_p, else binom_p
  coordinates    how names and lengths of the chromosomes fit the genome
NA is an undefined value, or one that no option asked for.";

/// Rank tracks by their overlap with a set of regions or variants
///
/// The query is a set of regions (BED, narrowPeak, broadPeak, gappedPeak, bigBed), of variants (VCF), or of associations (a
/// table with the columns CHR_ID and CHR_POS, as in the GWAS Catalog). Each track is a file of regions, or of a signal
/// (bedGraph, bigWig) whose values above `--threshold` are regions. Text can be compressed by gzip or bgzip. Labels of the
/// tracks come from their crates (`--crates`) or from a FAIRtracks document (`--document`).
///
/// Positions are 0-based and half-open. A variant covers the bases of REF, a symbolic allele those up to END; records
/// without an alternative allele are left out. A position in a table of associations counts once. Rows may come in any
/// order and overlap. A region of length 0 is an insertion site: it touches a track that has one of the two bases around
/// it. Comments, `track` and `browser` lines and a header line are passed over. A negative position, an end before the
/// start, an end beyond the chromosome, a chromosome name of more than 1024 bytes, text in place of a number, and truncated
/// gzip are errors with file and line. Values that an empty query or track leaves undefined are NA, with a warning.
///
/// The universe is all bases of the chromosomes of the genome without the mask. A file on another assembly, or with
/// other chromosome names, is an error: an overlap is never 0 because of names. The same seed gives the same result on any
/// number of threads.
///
/// Exit status: 0 success; 1 failure; 2 usage error.
#[derive(Parser)]
#[command(name = super::NAME, version, max_term_width = 100, after_long_help = DEFINITIONS)]
pub struct OverlapArguments {
    /// Tracks, files or folders of files
    #[arg(required = true, value_name = "TRACK")]
    pub tracks: Vec<PathBuf>,

    /// Regions or variants to compare with the tracks
    #[arg(long, value_name = "FILE")]
    pub query_set: PathBuf,

    /// Candidate positions: all regions or variants that could have been in the query, for Fisher's test and `--null candidates`
    #[arg(long, value_name = "FILE")]
    pub candidates: Option<PathBuf>,

    /// Regions to leave out of the analysis, such as assembly gaps
    #[arg(long, value_name = "FILE")]
    pub mask: Option<PathBuf>,

    /// Bins, such as chromosome arms: nothing outside of them counts, and the null models per-chromosome, permuted-gaps and
    /// circular-shift keep each element in its bin [default: the chromosomes]
    #[arg(long, value_name = "FILE")]
    pub bins: Option<PathBuf>,

    /// Leave out the major histocompatibility complex (chr6:25,000,000-35,000,000 on hg19 and hg38): one locus with many
    /// associated variants in linkage disequilibrium would decide the result
    #[arg(long)]
    pub exclude_mhc: bool,

    #[command(flatten)]
    pub given: DatasetOptions,

    /// File with the Galaxy metadata of query, candidates, mask, bins, chromosome sizes and document, as far as they are given, in
    /// this order: a JSON list like that of `--described`
    #[arg(long, value_name = "FILE")]
    pub described_inputs: Option<PathBuf>,

    /// FAIRtracks document with the metadata of the tracks; tracks are matched by checksum, local_id, or file name
    #[arg(long, value_name = "FILE", conflicts_with = "crates")]
    pub document: Option<PathBuf>,

    /// Genome of all files, such as hg38 or b37 [default: the genome that metadata of query and tracks name]
    #[arg(long, value_name = "NAME", conflicts_with = "chromosome_sizes")]
    pub genome: Option<String>,

    /// Names and lengths of the chromosomes, tab-separated, for another genome
    #[arg(long, value_name = "FILE")]
    pub chromosome_sizes: Option<PathBuf>,

    /// Include mitochondrion and scaffolds in the universe [default: the assembled chromosomes]
    #[arg(long)]
    pub all_sequences: bool,

    /// Accept other names of the same chromosomes, such as 1 for chr1; tables of the GWAS Catalog are accepted in any case
    #[arg(long)]
    pub map_names: bool,

    /// Base pairs to add on both sides of each element of the query and of the candidates
    #[arg(long, value_name = "BP", default_value_t = 0)]
    pub expand: u32,

    /// Threshold that makes regions of bedGraph and bigWig: values above it count
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub threshold: Option<f64>,

    /// Null model of the Monte-Carlo test
    #[arg(long, value_enum, default_value_t)]
    pub null: NullChoice,

    /// Set that is placed at random
    #[arg(long, value_enum, default_value_t)]
    pub randomise: RandomiseChoice,

    /// Number of random sets [default: 20 K - 1 for K tracks, at least 999]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub permutations: Option<u32>,

    /// Seed of the random numbers
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub seed: u64,

    /// Statistic of the Monte-Carlo test
    #[arg(long, value_enum, default_value_t)]
    pub statistic: StatisticChoice,

    /// Tail of the tests
    #[arg(long, value_enum, default_value_t)]
    pub tail: TailChoice,

    /// Adjustment of the p-values for the number of tracks
    #[arg(long, value_enum, default_value_t)]
    pub adjust: AdjustChoice,

    /// Order of the tracks
    #[arg(long, value_enum, default_value_t)]
    pub rank_by: RankChoice,

    /// Metadata columns of the ranking: cell_or_tissue, assay, target, phenotype, assembly, or an attribute such as
    /// samples->sample_type->summary [default: cell_or_tissue assay target]
    #[arg(long, value_name = "COLUMN", num_args = 1..)]
    pub columns: Vec<String>,

    /// Column by whose values tracks form groups; each group is tested by its median
    #[arg(long, value_name = "COLUMN")]
    pub group_by: Option<String>,

    /// Tracks whose mean Forbes coefficient normalises the others, by element identifier or local_id [default: all tracks]
    #[arg(long, value_name = "TRACK", num_args = 1..)]
    pub reference: Vec<String>,

    /// File with the inputs of the Galaxy form (JSON)
    #[arg(long, value_name = "FILE")]
    pub form: Option<PathBuf>,

    /// Write the ranking, tab-separated, one line per track; without this option it is printed
    #[arg(long, value_name = "FILE")]
    pub output_table: Option<PathBuf>,

    /// Write the groups, tab-separated, one line per group
    #[arg(long, value_name = "FILE")]
    pub output_groups: Option<PathBuf>,

    /// Write which element of the query touches which element of which track, tab-separated
    #[arg(long, value_name = "FILE")]
    pub output_contacts: Option<PathBuf>,

    /// Write all settings and the checksums of all inputs (JSON)
    #[arg(long, value_name = "FILE")]
    pub output_settings: Option<PathBuf>,

    /// Write the tracks with metadata and scores as a FAIRtracks document
    #[arg(long, value_name = "FILE")]
    pub output_document: Option<PathBuf>,

    /// Write the tracks with metadata and scores as a GSuite file
    #[arg(long, value_name = "FILE")]
    pub output_gsuite: Option<PathBuf>,

    /// Write a picture of the ranking (PNG)
    #[arg(long, value_name = "FILE")]
    pub output_picture: Option<PathBuf>,

    /// Write a picture of the ranking (SVG)
    #[arg(long, value_name = "FILE")]
    pub output_svg: Option<PathBuf>,

    /// Write a report in Galaxy's Markdown
    #[arg(long, value_name = "FILE")]
    pub output_report: Option<PathBuf>,

    /// Write the Galaxy metadata of the outputs (`galaxy.json`)
    #[arg(long, value_name = "FILE")]
    pub galaxy_metadata: Option<PathBuf>,

    /// Time of the analysis, RFC 3339 [default: SOURCE_DATE_EPOCH, else now]
    #[arg(long, value_name = "TIME")]
    pub date: Option<String>,
}

impl OverlapArguments {
    /// All files that are read.
    pub fn inputs(&self) -> Vec<&Path> {
        let tracks = self.tracks.iter().chain([&self.query_set]);
        let others = [
            &self.candidates,
            &self.mask,
            &self.bins,
            &self.described_inputs,
            &self.document,
            &self.chromosome_sizes,
            &self.form,
        ];
        let all = tracks.chain(others.into_iter().flatten());
        all.map(PathBuf::as_path)
            .chain(self.given.inputs())
            .collect()
    }
}

/// Defines the values of an option by those of a type of the room `overlap`.
macro_rules! choices {
    ($(#[$about:meta])* $name:ident of $of:ty { $($(#[$doc:meta])* $value:ident => $meaning:expr),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
        pub enum $name {
            $($(#[$doc])* $value),+
        }

        impl $name {
            /// The setting of the analysis.
            pub fn setting(self) -> $of {
                match self {
                    $($name::$value => $meaning),+
                }
            }
        }
    };
}

choices! {
    /// The null models.
    NullChoice of Option<NullModel> {
        /// Each element anywhere in the universe; elements may overlap. Keeps number and lengths
        Uniform => Some(NullModel::Uniform),
        /// Each element anywhere on its chromosome, none over another. Keeps also the number for each chromosome
        PerChromosome => Some(NullModel::PerChromosome),
        /// Elements and gaps of each chromosome in random order. Keeps the exact lengths of both
        #[default]
        PermutedGaps => Some(NullModel::PermutedGaps),
        /// All elements of a chromosome shifted by one random distance. Keeps all structure inside the set
        CircularShift => Some(NullModel::CircularShift),
        /// As many candidates as the query has; the model for variants
        Candidates => Some(NullModel::Candidates),
        /// No Monte-Carlo test
        None => None,
    }
}

choices! {
    /// What is randomised.
    RandomiseChoice of Randomised {
        /// The query; all tracks are tested by the same random sets
        #[default]
        Query => Randomised::Query,
        /// Each track by itself
        Suite => Randomised::Suite,
    }
}

choices! {
    /// The statistics.
    StatisticChoice of Statistic {
        /// Overlap in base pairs
        #[default]
        OverlapBp => Statistic::BasePairs,
        /// Elements of the query that touch the track
        Hits => Statistic::Hits,
        /// Forbes coefficient
        Forbes => Statistic::Forbes,
        /// Forbes coefficient divided by its mean over the tracks: is the track hit more than the others?
        NormForbes => Statistic::NormalisedForbes,
        /// Jaccard coefficient
        Jaccard => Statistic::Jaccard,
    }
}

choices! {
    /// The tails.
    TailChoice of Tail {
        /// Enrichment
        #[default]
        More => Tail::More,
        /// Depletion
        Less => Tail::Less,
        /// Both: twice the smaller p-value
        TwoSided => Tail::TwoSided,
    }
}

choices! {
    /// The adjustments.
    AdjustChoice of Adjustment {
        /// Benjamini and Hochberg: false discovery rate under independence or positive dependence
        #[default]
        Bh => Adjustment::BenjaminiHochberg,
        /// Benjamini and Yekutieli: false discovery rate under any dependence
        By => Adjustment::BenjaminiYekutieli,
        /// Holm: family-wise error rate
        Holm => Adjustment::Holm,
        /// Bonferroni: family-wise error rate
        Bonferroni => Adjustment::Bonferroni,
        /// Westfall and Young's max-T over the shared random sets: family-wise error rate under the dependence of the tracks
        MaxT => Adjustment::MaxT,
    }
}

choices! {
    /// The orders.
    RankChoice of RankedBy {
        /// Normalised Forbes coefficient
        #[default]
        NormForbes => RankedBy::NormalisedForbes,
        /// Forbes coefficient
        Forbes => RankedBy::Forbes,
        /// Overlap in base pairs
        OverlapBp => RankedBy::BasePairs,
        /// Elements of the query that touch the track
        Hits => RankedBy::Hits,
        /// Jaccard coefficient
        Jaccard => RankedBy::Jaccard,
        /// Ochiai coefficient
        Ochiai => RankedBy::Ochiai,
        /// Odds ratio of the base pairs
        BpOddsRatio => RankedBy::OddsRatio,
        /// p-value, then the normalised Forbes coefficient
        PValue => RankedBy::PValue,
    }
}

/// The name of a choice on the command line.
pub fn name_of(choice: impl ValueEnum) -> String {
    let value = choice.to_possible_value();
    value.map_or_else(String::new, |value| value.get_name().to_owned())
}

//! The genome of an analysis: built in, or from a file of chromosome sizes, and whether the coordinates of a file are on it.

use std::collections::BTreeMap;

use crate::cli::{self, Failure};
use crate::galaxy::genome_build::UNKNOWN;
use crate::genome::assembly::{self, Named};
use crate::genome::coordinate_system::{
    CoordinateJudgement, CoordinateVerdict, KnownGenome, NameMapping, contradiction, judge,
    read_sizes,
};
use crate::genome::intervals::{ChromosomeExtents, IntervalSet};

use super::arguments::OverlapArguments;

/// The set of sequences that make the universe unless all are asked for.
const ASSEMBLED: &str = "chromosomes";
/// The region of the major histocompatibility complex on hg19 and hg38, with a margin.
pub const MHC: (&str, u32, u32) = ("chr6", 25_000_000, 35_000_000);

/// A claim of metadata: what names an assembly, and which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssemblyClaim {
    /// The file.
    pub file: String,
    /// The name of the assembly as it stands there.
    pub assembly: String,
}

/// The genome of an analysis.
#[derive(Debug)]
pub struct AnalysisGenome {
    pub known: KnownGenome,
    map_names: bool,
    /// Whether the genome is one that names stand for.
    is_built_in: bool,
}

impl AnalysisGenome {
    /// The genome that the arguments name, or else the only one that the claims name.
    pub fn new(
        arguments: &OverlapArguments,
        sizes_name: &str,
        claims: &[AssemblyClaim],
    ) -> Result<Self, Failure> {
        let (known, is_built_in) = match (&arguments.chromosome_sizes, &arguments.genome) {
            (Some(path), _) => {
                let sizes = cli::read(path)?;
                let sizes = read_sizes(sizes_name, &String::from_utf8_lossy(&sizes));
                let known = sizes.map_err(|error| Failure::at(sizes_name, error))?;
                (known, false)
            }
            (None, Some(name)) => (built_in(name).cloned().ok_or_else(|| unknown(name))?, true),
            (None, None) => (claimed(claims)?, true),
        };
        let genome = AnalysisGenome {
            known,
            map_names: arguments.map_names,
            is_built_in,
        };
        genome.refuse_other_claims(claims)?;
        Ok(genome)
    }

    /// The lengths of the chromosomes that make the universe.
    pub fn lengths(&self, with_all: bool) -> BTreeMap<String, u32> {
        let assembled = self.known.sets().find(|(name, _)| *name == ASSEMBLED);
        let sequences = match assembled {
            Some((_, sequences)) if !with_all => sequences,
            _ => self.known.sequences().iter().collect(),
        };
        let sequences = sequences.into_iter().map(|sequence| {
            let length = u32::try_from(sequence.length).unwrap_or(u32::MAX);
            (sequence.name.clone(), length)
        });
        sequences.collect()
    }

    /// The length of a chromosome.
    pub fn length_of(&self, name: &str) -> Option<u64> {
        self.known.sequence(name).map(|sequence| sequence.length)
    }

    /// Whether the MHC is known on this genome.
    pub fn has_mhc(&self) -> bool {
        self.is_built_in && matches!(self.known.name(), "hg19" | "hg38")
    }

    /// Compares the coordinates of a file with the genome. `has_own_names` if the format has names of its own, which are
    /// accepted.
    ///
    /// # Errors
    /// The file is on another genome, or names its chromosomes otherwise.
    pub fn accept(
        &self,
        file: &str,
        extents: &ChromosomeExtents,
        has_own_names: bool,
    ) -> Result<CoordinateJudgement, Failure> {
        let evidence = extents.evidence();
        let judgement = judge(&evidence, &self.known);
        match judgement.verdict {
            CoordinateVerdict::Contradicted => {}
            CoordinateVerdict::SameButForNames if self.map_names || has_own_names => {}
            CoordinateVerdict::SameButForNames => {
                let problem = format!(
                    "{judgement}: use --map-names (in the form, Accept other chromosome names), or rename the chromosomes"
                );
                return Err(Failure::at(file, problem));
            }
            _ => {}
        }
        let of = |name: &str| {
            let name = judgement.mapping.renamed(name).unwrap_or(name);
            self.length_of(name)
        };
        let beyond = extents.within(of).err();
        if judgement.verdict == CoordinateVerdict::Contradicted {
            let line = beyond.map_or_else(String::new, |error| format!(" ({error})"));
            let found = contradiction(&judgement, &evidence).unwrap_or_default();
            let problem = format!(
                "{found}{line}: select the genome of the file, or convert the file with Galaxy's liftOver tool"
            );
            return Err(Failure::at(file, problem));
        }
        // Files on GRCh37 have two mitochondria, of which the longer one may pass.
        match beyond {
            Some(error) if judgement.other_bases.is_empty() => Err(Failure::at(file, error)),
            _ => Ok(judgement),
        }
    }

    fn refuse_other_claims(&self, claims: &[AssemblyClaim]) -> Result<(), Failure> {
        if !self.is_built_in {
            return Ok(());
        }
        for claim in claims {
            let Some(other) = built_in(&claim.assembly) else {
                continue;
            };
            // b37 has the coordinates of hg19; the names are compared in the file.
            let family = |name: &str| {
                if name == "b37" {
                    "hg19".to_owned()
                } else {
                    name.to_owned()
                }
            };
            if family(other.name()) != family(self.known.name()) {
                let problem = format!(
                    "found the assembly `{}` in the metadata, expected {}: coordinates are not comparable; select the genome of the file, or convert the file with Galaxy's liftOver tool",
                    claim.assembly,
                    self.known.name()
                );
                return Err(Failure::at(&claim.file, problem));
            }
        }
        Ok(())
    }
}

/// The same set under the names of the genome.
pub fn renamed(set: IntervalSet, mapping: &NameMapping) -> IntervalSet {
    if mapping.is_empty() {
        return set;
    }
    let mut by_name: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for (name, intervals) in set.chromosomes() {
        let name = mapping.renamed(name).unwrap_or(name);
        by_name
            .entry(name.to_owned())
            .or_default()
            .extend_from_slice(intervals);
    }
    IntervalSet::new(by_name)
}

/// A built-in genome by any name of its assembly.
fn built_in(name: &str) -> Option<&'static KnownGenome> {
    let direct = KnownGenome::built_in(name.trim());
    direct.or_else(|| match assembly::by_name(name) {
        Named::One(key, naming) => KnownGenome::of_assembly(key, naming),
        _ => None,
    })
}

fn unknown(name: &str) -> Failure {
    let names: Vec<&str> = KnownGenome::built_in_names().collect();
    let problem = format!(
        "found the genome `{name}`, expected one of {}: give another genome by --chromosome-sizes",
        names.join(", ")
    );
    Failure::at("--genome", problem)
}

/// The genome that the metadata name.
fn claimed(claims: &[AssemblyClaim]) -> Result<KnownGenome, Failure> {
    let says_something = |claim: &&AssemblyClaim| {
        claim.assembly != UNKNOWN && !assembly::says_nothing(&claim.assembly)
    };
    let Some(first) = claims.iter().find(says_something) else {
        let problem =
            "found no genome in the metadata of query and tracks, expected one: select the genome";
        return Err(Failure::at("--genome", problem));
    };
    built_in(&first.assembly)
        .cloned()
        .ok_or_else(|| unknown(&first.assembly))
}

//! The assembly that a file shows by itself, without a claim.

use super::claim::fitting;
use super::evidence::{CoordinateEvidence, Extent};
use super::known_genome::KnownGenome;
use super::verdict::CoordinateVerdict;
use crate::genome::assembly::{self, Named};

/// What the names and lengths in a file say about its assembly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InferredAssembly {
    /// The header states lengths, and of the known assemblies these are those of one alone.
    ByLengths(&'static str),
    /// Intervals reach almost to the ends of most chromosomes of one assembly, and contradict all others that are known.
    ByEnds(&'static str),
    /// Several fit, or nothing shows which: the known assemblies that fit.
    Open(Vec<&'static str>),
}

/// An interval beyond this share of a chromosome, in tenths, reaches almost to its end.
const ALMOST: u64 = 9;

/// The known assembly, by UCSC's name, that the evidence of a file shows.
#[must_use]
pub fn inferred(evidence: &CoordinateEvidence) -> InferredAssembly {
    let has_lengths = |extent: &Extent| matches!(extent, Extent::Length(_));
    let sequences = evidence.sequences();
    let is_stated = sequences.iter().any(|seen| has_lengths(&seen.extent));
    let fitting = fitting(evidence).into_iter();
    // Names of scaffolds alone fit all genomes whose tables lack them.
    let fitting = fitting.filter(|one| !is_stated || one.verdict != CoordinateVerdict::Possible);
    let mut keys: Vec<(&'static str, &'static KnownGenome)> = Vec::new();
    for judgement in fitting {
        let genome = KnownGenome::built_in(&judgement.genome);
        // hg19 and b37 are one assembly.
        let key = match assembly::by_name(&judgement.genome) {
            Named::One(key, _) => Some(key),
            _ => None,
        };
        if let Some(found) = key.zip(genome)
            && !keys.iter().any(|(known, _)| *known == found.0)
        {
            keys.push(found);
        }
    }
    match keys.as_slice() {
        [(key, _)] if is_stated => InferredAssembly::ByLengths(key),
        [(key, genome)] if reaches_ends(evidence, genome) => InferredAssembly::ByEnds(key),
        keys => InferredAssembly::Open(keys.iter().map(|(key, _)| *key).collect()),
    }
}

/// Whether intervals reach almost to the ends of at least half of the chromosomes. Otherwise a genome without a table may fit.
fn reaches_ends(evidence: &CoordinateEvidence, genome: &KnownGenome) -> bool {
    let Some((_, chromosomes)) = genome.sets().next() else {
        return false;
    };
    let reached = evidence.sequences().iter().filter(|seen| {
        let known = genome.sequence(&seen.name);
        let known = known.or_else(|| genome.by_other_name(&seen.name));
        let (Extent::Length(end) | Extent::LargestEnd(end)) = seen.extent;
        known.is_some_and(|known| {
            chromosomes.contains(&known)
                && end.saturating_mul(10) >= known.length.saturating_mul(ALMOST)
        })
    });
    reached.count() * 2 >= chromosomes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chromosomes(name: &str) -> Vec<(&'static str, u64)> {
        let (_, all) = KnownGenome::built_in(name).unwrap().sets().next().unwrap();
        let all = all.into_iter();
        all.map(|one| (one.name.as_str(), one.length)).collect()
    }

    #[test]
    fn lengths_in_a_header_show_the_assembly() {
        for (genome, key) in [("hg38", "hg38"), ("b37", "hg19"), ("mm10", "mm10")] {
            let evidence = CoordinateEvidence::from_lengths(chromosomes(genome));
            assert_eq!(inferred(&evidence), InferredAssembly::ByLengths(key));
        }
        let one = CoordinateEvidence::from_lengths([("chr21", 46_709_983)]);
        assert_eq!(inferred(&one), InferredAssembly::ByLengths("hg38"));
        let mitochondrion = CoordinateEvidence::from_lengths([("chrM", 16_569)]);
        let InferredAssembly::Open(keys) = inferred(&mitochondrion) else {
            panic!("one assembly of many with this mitochondrion");
        };
        assert!(keys.contains(&"hg19") && keys.contains(&"hg38"), "{keys:?}");
    }

    #[test]
    fn intervals_show_it_where_they_reach_the_ends_of_most_chromosomes() {
        let ends = chromosomes("hg38").into_iter();
        let ends: Vec<(&str, u64)> = ends.map(|(name, length)| (name, length - 100)).collect();
        let all = CoordinateEvidence::from_largest_ends(ends.clone());
        assert_eq!(inferred(&all), InferredAssembly::ByEnds("hg38"));
        // Only hg19 has room on its first chromosome among those that are known, but others are not known.
        let one = CoordinateEvidence::from_largest_ends([("chr1", 249_200_000)]);
        assert_eq!(inferred(&one), InferredAssembly::Open(vec!["hg19"]));
        let small = CoordinateEvidence::from_largest_ends([("chr1", 1_000)]);
        let InferredAssembly::Open(keys) = inferred(&small) else {
            panic!("one assembly of many with a first chromosome");
        };
        assert!(keys.len() > 5, "{keys:?}");
    }
}

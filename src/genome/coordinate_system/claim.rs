//! The claim of a document and the evidence of a file.

use std::io::{self, Read, Seek};

use super::evidence::CoordinateEvidence;
use super::judgement::judge;
use super::known_genome::KnownGenome;
use super::reading::{EvidenceError, evidence_of};
use super::verdict::{CoordinateJudgement, CoordinateVerdict};
use crate::genome::assembly::{self, Naming};

/// The claim of an assembly compared with the evidence of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedClaim {
    /// The comparison.
    pub judgement: CoordinateJudgement,
    /// What contradicts the claim, as of [`contradiction`].
    pub contradiction: Option<String>,
}

impl ComparedClaim {
    /// Compares the evidence of a file with the genome that is claimed.
    #[must_use]
    pub fn new(evidence: &CoordinateEvidence, genome: &KnownGenome) -> Self {
        let judgement = judge(evidence, genome);
        let contradiction = contradiction(&judgement, evidence);
        ComparedClaim {
            judgement,
            contradiction,
        }
    }

    /// Compares a file with the genome that is claimed, and reads no more of it than needed; none for a file that names no
    /// sequences.
    ///
    /// # Errors
    /// The file cannot be read; the inner result: its header is truncated, damaged or too large.
    pub fn of_file(
        reader: impl Read + Seek,
        genome: &KnownGenome,
    ) -> io::Result<Result<Option<Self>, EvidenceError>> {
        let evidence = evidence_of(reader)?;
        Ok(evidence.map(|evidence| Some(Self::new(&evidence?, genome))))
    }
}

/// The built-in genome that a name and an accession claim, the name first; the accession may have a prefix such as
/// `insdc.gca:`. None if both are unknown or contradict each other.
#[must_use]
pub fn claimed_genome(name: &str, accession: &str) -> Option<&'static KnownGenome> {
    let accession = accession.rsplit(':').next().unwrap_or_default();
    let by_accession = assembly::by_accession(accession);
    match assembly::by_name(name) {
        assembly::Named::One(key, _) if by_accession.is_some_and(|other| other != key) => None,
        assembly::Named::One(key, naming) => KnownGenome::of_assembly(key, naming),
        assembly::Named::Two(..) => None,
        _ => KnownGenome::of_assembly(by_accession?, Naming::NotStated),
    }
}

/// The built-in genomes that the evidence does not contradict, from the strongest verdict to the weakest.
#[must_use]
pub fn fitting(evidence: &CoordinateEvidence) -> Vec<CoordinateJudgement> {
    let genomes = KnownGenome::built_in_names().filter_map(KnownGenome::built_in);
    let mut fitting: Vec<CoordinateJudgement> = genomes
        .map(|genome| judge(evidence, genome))
        .filter(|judgement| judgement.verdict != CoordinateVerdict::Contradicted)
        .collect();
    // Names as in the file say more than the strongest proof under other names.
    fitting.sort_by_key(|one| (!one.verdict.is_comparable(), one.verdict));
    fitting
}

/// What contradicts the claim, in a clause, with the genomes that fit instead; none if nothing does.
///
/// Names that differ contradict too, because positions are compared by name.
#[must_use]
pub fn contradiction(
    judgement: &CoordinateJudgement,
    evidence: &CoordinateEvidence,
) -> Option<String> {
    match judgement.verdict {
        CoordinateVerdict::Contradicted => {
            let fitting = fitting(evidence);
            let best = fitting.first().map(|best| best.verdict);
            let names = fitting.iter().filter(|one| Some(one.verdict) == best);
            let names: Vec<&str> = names.map(|one| one.genome.as_str()).collect();
            // Small data are possible on almost any genome, which says nothing.
            Some(match names.as_slice() {
                [] | [_, _, _, ..] => judgement.to_string(),
                names => format!("{judgement}; they fit {}", names.join(" and ")),
            })
        }
        CoordinateVerdict::SameButForNames => Some(format!(
            "{judgement}: rename the chromosomes before comparing with other tracks on {}",
            judgement.genome
        )),
        _ => None,
    }
}

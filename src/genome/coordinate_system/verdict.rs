//! How the sequences of a file relate to those of a genome.

use std::fmt;

use super::evidence::Extent;

/// The sentences name this many sequences; the others are counted.
const MOST_NAMED: usize = 3;

/// How the coordinates of a file relate to a genome, from the strongest proof to the refutation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoordinateVerdict {
    /// The names, lengths and MD5s of all sequences are those of a set of the genome.
    SameSequences,
    /// The names and lengths of all sequences are those of a set of the genome.
    SameCoordinateSystem,
    /// The names and lengths in the file are those of the genome, as far as the genome lists them; one has more than the other.
    Compatible,
    /// As far as the file shows, the sequences are those of the genome under other names, such as `1` for `chr1`.
    SameButForNames,
    /// The genome has all names and no interval ends beyond its sequence; the file states no lengths.
    Possible,
    /// A name, a length or an end in the file does not fit the genome.
    Contradicted,
}

/// One fact in a file that does not fit a genome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The name in the file.
    pub sequence: String,
    /// What was found there.
    pub found: Extent,
    /// The length that the genome gives; none if it has no such sequence.
    pub expected: Option<u64>,
}

/// The names in a file and the names of the same sequences in a genome.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameMapping {
    pub(super) pairs: Vec<(String, String)>,
}

/// The comparison of a file with a genome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoordinateJudgement {
    /// The verdict.
    pub verdict: CoordinateVerdict,
    /// The name of the genome.
    pub genome: String,
    /// The set of sequences that is proven equal, such as `chr1-22,X,Y`, and its digest.
    pub proven: Option<ProvenSet>,
    /// The digest of the sequences in the order of the file ([`super::digest::collection`]), if the MD5s of all are known.
    pub top_digest: Option<String>,
    /// What does not fit; not empty only if the verdict is [`CoordinateVerdict::Contradicted`].
    pub contradictions: Vec<Contradiction>,
    /// The names that differ; the verdict may still be [`CoordinateVerdict::Contradicted`] for other reasons.
    pub mapping: NameMapping,
    /// Names that the genome does not list, such as alternate loci, decoys and spike-ins.
    pub unlisted: Vec<String>,
    /// Sequences with other bases: another MD5 at the same length, such as after masking, or the other one of the two human
    /// mitochondria that files on GRCh37 have.
    pub other_bases: Vec<String>,
}

/// A set of sequences that a file proves to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenSet {
    /// The name of the set in the genome.
    pub name: String,
    /// The number of its sequences.
    pub count: usize,
    /// The digest of its sorted name-length pairs ([`super::digest`]), without a prefix.
    pub sorted_name_length_pairs: String,
}

impl CoordinateVerdict {
    /// The name in tables and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            CoordinateVerdict::SameSequences => "same sequences",
            CoordinateVerdict::SameCoordinateSystem => "same coordinate system",
            CoordinateVerdict::Compatible => "compatible",
            CoordinateVerdict::SameButForNames => "same but for names",
            CoordinateVerdict::Possible => "possible",
            CoordinateVerdict::Contradicted => "contradicted",
        }
    }

    /// Whether positions in the file may be compared with positions on the genome by name.
    #[must_use]
    pub fn is_comparable(self) -> bool {
        !matches!(
            self,
            CoordinateVerdict::SameButForNames | CoordinateVerdict::Contradicted
        )
    }
}

impl NameMapping {
    /// The pairs of different names: in the file, in the genome.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.pairs.iter();
        pairs.map(|(file, genome)| (file.as_str(), genome.as_str()))
    }

    /// The name in the genome of a sequence in the file, if it differs.
    #[must_use]
    pub fn renamed(&self, name: &str) -> Option<&str> {
        let mut pairs = self.pairs();
        pairs
            .find(|(file, _)| *file == name)
            .map(|(_, genome)| genome)
    }

    /// Whether no name differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

impl fmt::Display for Contradiction {
    /// A clause without the name of the genome, such as `chr1 has length 5, expected 248956422`.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.sequence;
        match (self.found, self.expected) {
            (_, None) => write!(to, "{name} is not a sequence of it"),
            (Extent::Length(found), Some(expected)) => {
                write!(to, "{name} has length {found}, expected {expected}")
            }
            (Extent::LargestEnd(found), Some(expected)) => {
                write!(
                    to,
                    "{name} has an interval to {found}, expected at most {expected}"
                )
            }
        }
    }
}

impl fmt::Display for CoordinateJudgement {
    /// What was seen, without a full stop: `contradicted by hg38: chr1 has length 5, expected 248956422`.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let genome = &self.genome;
        match self.verdict {
            CoordinateVerdict::Contradicted => {
                write!(to, "coordinates contradict {genome}: ")?;
                let (known, unknown): (Vec<_>, Vec<_>) = self
                    .contradictions
                    .iter()
                    .partition(|one| one.expected.is_some());
                list(to, &known, "; ")?;
                if unknown.is_empty() {
                    return Ok(());
                }
                let between = if known.is_empty() { "" } else { "; " };
                write!(to, "{between}it has no ")?;
                let names: Vec<&str> = unknown.iter().map(|one| one.sequence.as_str()).collect();
                list(to, &names, ", ")
            }
            CoordinateVerdict::SameButForNames => {
                write!(to, "chromosome names differ from {genome}: ")?;
                let pairs = self.mapping.pairs();
                let pairs: Vec<String> = pairs
                    .map(|(file, genome)| format!("{file} is {genome}"))
                    .collect();
                list(to, &pairs, "; ")
            }
            CoordinateVerdict::Possible => write!(to, "coordinates are possible on {genome}"),
            CoordinateVerdict::Compatible => write!(to, "coordinates are compatible with {genome}"),
            CoordinateVerdict::SameCoordinateSystem => {
                write!(to, "same coordinate system as {genome}")
            }
            CoordinateVerdict::SameSequences => write!(to, "same sequences as {genome}"),
        }
    }
}

/// The first items, and the number of the others.
fn list(to: &mut fmt::Formatter<'_>, items: &[impl fmt::Display], between: &str) -> fmt::Result {
    for (position, item) in items.iter().take(MOST_NAMED).enumerate() {
        if position > 0 {
            to.write_str(between)?;
        }
        item.fmt(to)?;
    }
    match items.len().saturating_sub(MOST_NAMED) {
        0 => Ok(()),
        more => write!(to, "{between}and {more} more"),
    }
}

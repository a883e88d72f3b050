//! Assembly by evidence: whether the coordinates of a file are those of a genome, by the names and lengths of its sequences.
//!
//! The name of an assembly in a document is a claim. A header with the lengths of all chromosomes proves or refutes it; the
//! largest ends of intervals refute it or leave it possible. [`judge`] compares both with a genome and says what it saw.
//!
//! ```
//! use fairtracks::genome::coordinate_system::{CoordinateEvidence, CoordinateVerdict, KnownGenome, judge};
//!
//! let hg38 = KnownGenome::built_in("hg38").unwrap();
//! let peaks = CoordinateEvidence::from_largest_ends([("1", 248_000_000), ("MT", 16_569)]);
//! let judgement = judge(&peaks, hg38);
//! assert_eq!(judgement.verdict, CoordinateVerdict::SameButForNames);
//! assert_eq!(judgement.mapping.renamed("MT"), Some("chrM"));
//!
//! let too_far = CoordinateEvidence::from_largest_ends([("chr1", 249_250_621)]);
//! assert_eq!(
//!     judge(&too_far, hg38).to_string(),
//!     "coordinates contradict hg38: chr1 has an interval to 249250621, expected at most 248956422"
//! );
//! ```

mod chromosome_sizes;
mod claim;
pub mod digest;
mod evidence;
mod inferred;
mod judgement;
mod known_collection;
mod known_genome;
pub(super) mod reading;
mod verdict;

pub use chromosome_sizes::{SizesError, read_sizes};
pub use claim::{ComparedClaim, claimed_genome, contradiction, fitting};
pub use evidence::{CoordinateEvidence, Extent, SeenSequence};
pub use inferred::{InferredAssembly, inferred};
pub use judgement::judge;
pub use known_collection::KnownCollection;
pub use known_genome::{KnownGenome, KnownSequence};
pub use reading::{EvidenceCollector, EvidenceError, evidence_of};
pub use verdict::{Contradiction, CoordinateJudgement, CoordinateVerdict, NameMapping, ProvenSet};

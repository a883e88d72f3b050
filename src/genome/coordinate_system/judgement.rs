//! The comparison of what a file shows with a genome.

use super::digest;
use super::evidence::{CoordinateEvidence, Extent, SeenSequence};
use super::known_genome::{KnownGenome, KnownSequence};
use super::verdict::{
    Contradiction, CoordinateJudgement, CoordinateVerdict, NameMapping, ProvenSet,
};

/// Compares the sequences that a file shows with those of a genome.
#[must_use]
pub fn judge(evidence: &CoordinateEvidence, genome: &KnownGenome) -> CoordinateJudgement {
    let mut found = Found::default();
    for seen in evidence.sequences() {
        found.compare(seen, genome);
    }
    // A file may have data on scaffolds and alternate loci alone, such as `chrUn_CP007071v1`, of which the tables lack some.
    let is_scaffold = |one: &Contradiction| {
        let name = &one.sequence;
        name.starts_with("chr") && name.contains('_')
    };
    let is_foreign = found.matched == 0 && !found.unlisted.iter().any(is_scaffold);
    if is_foreign && found.contradictions.is_empty() {
        found.contradictions = std::mem::take(&mut found.unlisted);
    }
    let (verdict, proven) = found.verdict(evidence, genome);
    let top_digest = found.top_digest(evidence);
    CoordinateJudgement {
        verdict,
        genome: genome.name().to_owned(),
        proven,
        top_digest,
        contradictions: found.contradictions,
        mapping: NameMapping {
            pairs: found.renamed,
        },
        unlisted: found.unlisted.into_iter().map(|one| one.sequence).collect(),
        other_bases: found.other_bases,
    }
}

/// The comparison so far.
#[derive(Default)]
struct Found {
    matched: usize,
    /// Matched sequences with a length from a header.
    with_length: usize,
    /// The digests of the bases of matched sequences, where their MD5s are known.
    bases: Vec<String>,
    contradictions: Vec<Contradiction>,
    unlisted: Vec<Contradiction>,
    renamed: Vec<(String, String)>,
    other_bases: Vec<String>,
}

impl Found {
    fn compare(&mut self, seen: &SeenSequence, genome: &KnownGenome) {
        let contradiction = |expected| Contradiction {
            sequence: seen.name.clone(),
            found: seen.extent,
            expected,
        };
        let by_name = genome.sequence(&seen.name);
        let Some(known) = by_name.or_else(|| genome.by_other_name(&seen.name)) else {
            let unknown = contradiction(None);
            match names_a_chromosome(&seen.name) {
                true => self.contradictions.push(unknown),
                false => self.unlisted.push(unknown),
            }
            return;
        };
        let is_other = match seen.extent {
            Extent::Length(length) if length == known.length => false,
            Extent::LargestEnd(end) if end <= known.length => false,
            Extent::Length(length) if Some(length) == known.other_length => true,
            Extent::LargestEnd(end) if Some(end) <= known.other_length => true,
            _ => {
                self.contradictions.push(contradiction(Some(known.length)));
                return;
            }
        };
        self.matched += 1;
        self.with_length += usize::from(matches!(seen.extent, Extent::Length(_)));
        if by_name.is_none() {
            let pair = (seen.name.clone(), known.name.clone());
            self.renamed.push(pair);
        }
        let bases = seen.md5.as_ref().map(|md5| known.digest_of_bases(md5));
        if is_other || bases == Some(None) && known.has_known_bases() {
            self.other_bases.push(seen.name.clone());
        }
        let bases = bases.flatten().filter(|_| !is_other);
        self.bases.extend(bases.map(str::to_owned));
    }

    /// The top digest of the sequences in the order of the file, if the bases of all are known.
    fn top_digest(&self, evidence: &CoordinateEvidence) -> Option<String> {
        let all = evidence.sequences();
        if all.is_empty() || self.bases.len() < all.len() {
            return None;
        }
        let names = digest::texts(all.iter().map(|seen| seen.name.as_str()));
        let bases: Vec<String> = self.bases.iter().map(|one| format!("SQ.{one}")).collect();
        let sequences = digest::texts(bases.iter().map(String::as_str));
        Some(digest::collection(&names, &sequences))
    }

    fn verdict(
        &self,
        evidence: &CoordinateEvidence,
        genome: &KnownGenome,
    ) -> (CoordinateVerdict, Option<ProvenSet>) {
        if !self.contradictions.is_empty() {
            return (CoordinateVerdict::Contradicted, None);
        }
        if !self.renamed.is_empty() {
            return (CoordinateVerdict::SameButForNames, None);
        }
        if self.with_length < self.matched || self.matched == 0 {
            return (CoordinateVerdict::Possible, None);
        }
        let all = evidence.sequences();
        let is_seen = |known: &&KnownSequence| {
            let same = |seen: &SeenSequence| {
                seen.name == known.name && seen.extent == Extent::Length(known.length)
            };
            all.iter().any(same)
        };
        let set = genome
            .sets()
            .find(|(_, sequences)| sequences.len() == all.len() && sequences.iter().all(is_seen));
        match set {
            None => (CoordinateVerdict::Compatible, None),
            Some((name, sequences)) => {
                let verdict = match self.bases.len() == all.len() {
                    true => CoordinateVerdict::SameSequences,
                    false => CoordinateVerdict::SameCoordinateSystem,
                };
                (verdict, Some(genome.proven(name, &sequences)))
            }
        }
    }
}

/// Whether a name is that of a chromosome of some genome, rather than of a scaffold, an alternate locus, a decoy or a spike-in.
fn names_a_chromosome(name: &str) -> bool {
    let bare = name
        .get(..3)
        .filter(|start| start.eq_ignore_ascii_case("chr"));
    let has_prefix = bare.is_some();
    let bare = if has_prefix { &name[3..] } else { name };
    let digits = bare.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_number = |text: &str| {
        (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_roman = !bare.is_empty() && bare.bytes().all(|byte| b"IVX".contains(&byte));
    let is_arm = is_number(digits) && bare.len() <= digits.len() + 1;
    is_number(bare) || is_arm || is_roman || matches!(bare, "X" | "Y" | "Z" | "W" | "M" | "MT")
}

#[cfg(test)]
mod tests;

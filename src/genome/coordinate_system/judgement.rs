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
    // Names of which the genome has none say nothing good about it, whatever form they have.
    if found.matched == 0 && found.contradictions.is_empty() {
        let unlisted = std::mem::take(&mut found.unlisted);
        found.contradictions = unlisted;
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
mod tests {
    use super::*;
    use crate::genome::coordinate_system::{KnownCollection, contradiction};

    fn genome(name: &str) -> &'static KnownGenome {
        KnownGenome::built_in(name).unwrap()
    }

    /// The evidence of a header with the sequences of a set.
    fn header(genome: &KnownGenome, set: &str) -> Vec<(String, u64)> {
        let mut sets = genome.sets();
        let (_, sequences) = sets.find(|(name, _)| *name == set).unwrap();
        let pairs = sequences.iter();
        pairs.map(|one| (one.name.clone(), one.length)).collect()
    }

    fn judged(lengths: &[(String, u64)], name: &str) -> CoordinateJudgement {
        let lengths = lengths.iter();
        let lengths = lengths.map(|(name, length)| (name.as_str(), *length));
        judge(&CoordinateEvidence::from_lengths(lengths), genome(name))
    }

    #[test]
    fn a_header_with_all_chromosomes_proves_the_coordinate_system_in_any_order() {
        for name in KnownGenome::built_in_names() {
            for (set, sequences) in genome(name).sets() {
                let mut lengths = header(genome(name), set);
                lengths.reverse();
                let judgement = judged(&lengths, name);
                let expected = CoordinateVerdict::SameCoordinateSystem;
                assert_eq!(judgement.verdict, expected, "{name} {set}");
                assert_eq!(judgement.proven.unwrap().count, sequences.len());
                assert_eq!(judgement.top_digest, None);
            }
        }
    }

    #[test]
    fn a_part_of_the_chromosomes_is_compatible_and_proves_no_digest() {
        let lengths = header(genome("hg38"), "chromosomes");
        let judgement = judged(&lengths[..5], "hg38");
        assert_eq!(judgement.verdict, CoordinateVerdict::Compatible);
        assert_eq!(judgement.proven, None);
        let with_more = [&lengths[..], &[("HLA-A*01:01:01:01".to_owned(), 3503)]].concat();
        let judgement = judged(&with_more, "hg38");
        assert_eq!(judgement.verdict, CoordinateVerdict::Compatible);
        assert_eq!(judgement.unlisted, ["HLA-A*01:01:01:01"]);
    }

    #[test]
    fn another_assembly_is_contradicted_with_what_was_seen() {
        let judgement = judged(&header(genome("hg19"), "chromosomes"), "hg38");
        assert_eq!(judgement.verdict, CoordinateVerdict::Contradicted);
        assert_eq!(
            judgement.to_string(),
            "coordinates contradict hg38: chr1 has length 249250621, expected 248956422; chr2 has length 243199373, expected 242193529; chr3 has length 198022430, expected 198295559; and 21 more"
        );
    }

    #[test]
    fn what_fits_instead_is_named() {
        let lengths = header(genome("mm10"), "mitochondrion");
        let lengths = lengths.iter();
        let lengths = lengths.map(|(name, length)| (name.as_str(), *length));
        let evidence = CoordinateEvidence::from_lengths(lengths);
        let clause = contradiction(&judge(&evidence, genome("mm39")), &evidence).unwrap();
        assert!(clause.ends_with("; they fit mm10"), "{clause}");
        assert_eq!(
            contradiction(&judge(&evidence, genome("mm10")), &evidence),
            None
        );
    }

    #[test]
    fn names_without_chr_are_mapped() {
        for (own, other, pair) in [
            ("b37", "hg19", ("MT", "chrMT")),
            ("hg19", "b37", ("chr7", "7")),
        ] {
            let judgement = judged(&header(genome(own), "chromosomes"), other);
            assert_eq!(judgement.verdict, CoordinateVerdict::SameButForNames);
            let with_all = judged(&header(genome(own), "mitochondrion"), other);
            assert_eq!(with_all.verdict, CoordinateVerdict::SameButForNames);
            assert_eq!(with_all.mapping.renamed(pair.0), Some(pair.1));
            assert_eq!(with_all.mapping.renamed("nothing"), None);
        }
        let accessions = CoordinateEvidence::from_lengths([("NC_000001.11", 248_956_422)]);
        let judgement = judge(&accessions, genome("hg38"));
        assert_eq!(judgement.mapping.renamed("NC_000001.11"), Some("chr1"));
        assert!(!judgement.verdict.is_comparable());
    }

    #[test]
    fn largest_ends_refute_or_leave_it_possible() {
        let ends = |ends: &[(&'static str, u64)]| {
            CoordinateEvidence::from_largest_ends(ends.iter().copied())
        };
        let verdict = |seen: &[(&'static str, u64)], name| judge(&ends(seen), genome(name)).verdict;
        let last_base = [("chr1", 248_956_422), ("chrM", 16_569)];
        assert_eq!(verdict(&last_base, "hg38"), CoordinateVerdict::Possible);
        let behind = [("chr1", 248_956_423)];
        assert_eq!(verdict(&behind, "hg38"), CoordinateVerdict::Contradicted);
        let human_names = [("chr1", 10), ("chr22", 10)];
        assert_eq!(
            verdict(&human_names, "mm10"),
            CoordinateVerdict::Contradicted
        );
        assert_eq!(verdict(&[], "mm10"), CoordinateVerdict::Possible);
        assert_eq!(
            verdict(&[("contig_7", 10)], "mm10"),
            CoordinateVerdict::Contradicted
        );
    }

    #[test]
    fn either_mitochondrion_is_accepted_on_hg19_and_named() {
        let lengths = [
            ("chr1".to_owned(), 249_250_621),
            ("chrM".to_owned(), 16_569),
        ];
        let judgement = judged(&lengths, "hg19");
        assert_eq!(judgement.verdict, CoordinateVerdict::Compatible);
        assert_eq!(judgement.other_bases, ["chrM"]);
    }

    #[test]
    fn md5s_of_all_sequences_prove_the_collection() {
        let b37 = genome("b37");
        let evidence = |change: &str| {
            CoordinateEvidence::new(b37.sequences().iter().map(|one| SeenSequence {
                name: one.name.clone(),
                extent: Extent::Length(one.length),
                md5: match change == one.name {
                    true => Some("0".repeat(32)),
                    false => one.md5s().next().map(str::to_owned),
                },
            }))
        };
        let judgement = judge(&evidence(""), b37);
        assert_eq!(judgement.verdict, CoordinateVerdict::SameSequences);
        assert!(judgement.top_digest.is_some());
        let masked = judge(&evidence("Y"), b37);
        assert_eq!(masked.verdict, CoordinateVerdict::SameCoordinateSystem);
        assert_eq!(
            (masked.other_bases, masked.top_digest),
            (vec!["Y".to_owned()], None)
        );
    }

    #[test]
    fn top_digests_are_looked_up() {
        let known = KnownCollection::by_digest("ga4gh:SC.EiFob05aCWgVU_B_Ae0cypnQut3cxUP1");
        assert_eq!(known.unwrap().genome, "hg38");
        assert_eq!(
            KnownCollection::by_digest("EiFob05aCWgVU_B_Ae0cypnQut3cxUP2"),
            None
        );
    }
}

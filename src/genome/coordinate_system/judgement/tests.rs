//! Verdicts on headers and largest ends.

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
    let ends =
        |ends: &[(&'static str, u64)]| CoordinateEvidence::from_largest_ends(ends.iter().copied());
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
        verdict(&[("chrUn_CP007071v1", 10)], "dm6"),
        CoordinateVerdict::Possible
    );
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

/// The evidence of a header with the first sequences of b37 and their MD5s, in the order of its FASTA files: scaffolds by
/// length, then the virus and the decoy.
fn b37_with_md5s(count: usize) -> CoordinateEvidence {
    let mut sequences: Vec<&KnownSequence> = genome("b37").sequences().iter().collect();
    let scaffolds = |one: &KnownSequence| one.name.starts_with("GL");
    sequences.sort_by_key(|one| if scaffolds(one) { one.length } else { 0 });
    sequences.sort_by_key(|one| match one.name.as_str() {
        "NC_007605" => 2,
        "hs37d5" => 3,
        _ => u8::from(scaffolds(one)),
    });
    let sequences = sequences.into_iter().take(count);
    CoordinateEvidence::new(sequences.map(|one| SeenSequence {
        name: one.name.clone(),
        extent: Extent::Length(one.length),
        md5: one.md5s().next().map(str::to_owned),
    }))
}

#[test]
fn md5s_of_all_sequences_prove_the_collection() {
    for (count, name) in [(84, "hs37"), (85, "b37"), (86, "hs37d5")] {
        let judgement = judge(&b37_with_md5s(count), genome("b37"));
        assert_eq!(judgement.verdict, CoordinateVerdict::SameSequences);
        let known = KnownCollection::by_digest(&judgement.top_digest.unwrap());
        assert_eq!(
            known.map(|known| (known.name, known.sequences)),
            Some((name, count as u32))
        );
    }
}

#[test]
fn other_bases_leave_the_coordinate_system_the_same() {
    let sequences = b37_with_md5s(85);
    let masked = sequences.sequences().iter().cloned().map(|mut one| {
        if one.name == "Y" {
            one.md5 = Some("0".repeat(32));
        }
        one
    });
    let judgement = judge(&CoordinateEvidence::new(masked), genome("b37"));
    assert_eq!(judgement.verdict, CoordinateVerdict::SameCoordinateSystem);
    assert_eq!(judgement.other_bases, ["Y"]);
    assert_eq!(judgement.top_digest, None);
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

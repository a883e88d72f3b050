//! What headers and rows say of the sequences of a file, in all formats, whole and broken.

use std::io::{Cursor, Write as _};

use fairtracks::genome::coordinate_system::{
    CoordinateEvidence, CoordinateVerdict, EvidenceCollector, EvidenceError, Extent, KnownGenome,
    digest, evidence_of, judge,
};
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::support::headers::{MD5, bam, big_wig, cram, cram_block, sam_header};
use crate::support::importing::gzip;
use crate::support::text;

type Found = Result<Option<CoordinateEvidence>, EvidenceError>;

/// The evidence of a file, which is the same whether its bytes can be sought or pass once in pieces.
fn found(bytes: &[u8]) -> Found {
    let sought = evidence_of(Cursor::new(bytes)).unwrap();
    for size in [1, 7, 100_000] {
        let mut collector = EvidenceCollector::default();
        for piece in bytes.chunks(size) {
            collector.write_all(piece).unwrap();
        }
        assert_eq!(collector.finish(), sought, "in pieces of {size}");
    }
    sought
}

fn sequences(bytes: &[u8]) -> Vec<(String, Extent, Option<String>)> {
    let evidence = found(bytes).unwrap().unwrap();
    let all = evidence.sequences().iter();
    all.map(|one| (one.name.clone(), one.extent, one.md5.clone()))
        .collect()
}

fn length(name: &str, length: u64) -> (String, Extent, Option<String>) {
    (name.to_owned(), Extent::Length(length), None)
}

fn end(name: &str, end: u64) -> (String, Extent, Option<String>) {
    (name.to_owned(), Extent::LargestEnd(end), None)
}

#[test]
fn alignments_state_their_sequences_with_their_md5s() {
    let with_md5 = (
        "chr1".to_owned(),
        Extent::Length(248_956_422),
        Some(MD5.to_owned()),
    );
    let expected = [with_md5, length("chrM", 16_569)];
    let references = [("chr1", 248_956_422), ("chrM", 16_569)];
    let block = cram_block();
    for (name, bytes) in [
        (
            "SAM",
            format!("{}r1\t0\tchr9\t1\n", sam_header()).into_bytes(),
        ),
        ("BAM", gzip(&bam(&sam_header(), &references))),
        ("CRAM", cram(0, block.len(), &block)),
        ("CRAM with gzip", cram(1, block.len(), &gzip(&block))),
    ] {
        assert_eq!(sequences(&bytes), expected, "{name}");
    }
    let without_text = gzip(&bam("", &references));
    assert_eq!(sequences(&without_text)[0], length("chr1", 248_956_422));
}

#[test]
fn variants_state_lengths_or_show_ends() {
    let header = format!(
        "##fileformat=VCFv4.2\n##contig=<ID=1,length=249250621,assembly=\"a,b\">\n##contig=<ID=MT,md5={MD5},length=16569>\n#CHROM\tPOS\tID\tREF\tALT\n"
    );
    let expected = [
        length("1", 249_250_621),
        (
            "MT".to_owned(),
            Extent::Length(16_569),
            Some(MD5.to_owned()),
        ),
    ];
    let rows = "2\t100\t.\tACGT\tA\n";
    for bytes in [
        format!("{header}{rows}").into_bytes(),
        gzip(header.as_bytes()),
    ] {
        assert_eq!(sequences(&bytes), expected);
    }
    let mut bcf = b"BCF\x02\x02".to_vec();
    bcf.extend((header.len() as u32 + 1).to_le_bytes());
    bcf.extend(header.as_bytes());
    bcf.push(0);
    assert_eq!(sequences(&gzip(&bcf)), expected);
    let without =
        format!("##fileformat=VCFv4.2\n##contig=<ID=2>\n#CHROM\tPOS\tID\tREF\tALT\n{rows}");
    assert_eq!(sequences(without.as_bytes()), [end("2", 103)]);
}

#[test]
fn big_files_have_a_tree_of_chromosomes_at_any_place() {
    let chromosomes = [("chr1", 248_956_422), ("chr10", 133_797_422)];
    let expected = chromosomes.map(|(name, size)| length(name, u64::from(size)));
    for at in [64, 300, 200_000] {
        assert_eq!(
            sequences(&big_wig(at, 2, &chromosomes)),
            expected,
            "at {at}"
        );
    }
    for name in ["cells_signal.bigWig", "cells_peaks.bigBed"] {
        let bytes = std::fs::read(crate::support::project("test-data/tracks").join(name)).unwrap();
        let expected = [length("chr1", 248_956_422), length("chr2", 242_193_529)];
        assert_eq!(sequences(&bytes), expected, "{name}");
    }
}

#[test]
fn rows_show_the_largest_end_on_each_chromosome() {
    let expected = [end("chr2", 90), end("chr1", 1700)];
    for (name, text) in [
        (
            "BED",
            "track name=x\nchr2\t30\t90\nchr1\t1500\t1700\tx\nchr1\t100\t200\n",
        ),
        (
            "CRLF",
            "chr2\t30\t90\r\nchr1\t1500\t1700\r\nchr1\t9\t20\r\n",
        ),
        ("no line end", "chr2\t30\t90\nchr1\t1500\t1700"),
        ("bedGraph", "chr2\t30\t90\t1.5\nchr1\t1500\t1700\t-2\n"),
        (
            "GFF3",
            "##gff-version 3\nchr2\tm\tgene\t31\t90\t.\t+\t.\tID=a\nchr1\tm\tgene\t9\t1700\t.\t+\t.\tID=b\n##FASTA\n>chr3\nACGT\n",
        ),
        (
            "wiggle",
            "track type=wiggle_0\nvariableStep chrom=chr2 span=10\n81 1.5\nfixedStep chrom=chr1 start=1691 step=5 span=5\n1\n2\n",
        ),
    ] {
        assert_eq!(sequences(text.as_bytes()), expected, "{name}");
        assert_eq!(
            sequences(&gzip(text.as_bytes())),
            expected,
            "{name} in gzip"
        );
    }
}

#[test]
fn files_without_sequences_give_no_evidence() {
    for bytes in [
        b"" as &[u8],
        b"PK\x03\x04",
        b">chr1\nACGT\n",
        b"a,b\n1,2\n",
        b"\x1f\x8b",
    ] {
        let found = found(bytes);
        assert!(matches!(found, Ok(None)), "{found:?}");
    }
}

#[test]
fn broken_headers_say_what_was_found() {
    let references = [("chr1", 5)];
    let whole = bam("@HD\tVN:1.6\n", &references);
    let huge = |at: usize, value: u32| {
        let mut bytes = whole.clone();
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        gzip(&bytes)
    };
    let block = cram_block();
    let mut cut_gzip = gzip(&whole);
    cut_gzip.truncate(cut_gzip.len() / 2);
    let circle = {
        let mut bytes = big_wig(64, 2, &[("chr1", 5), ("chr2", 5)]);
        // The second child is the first.
        let (first, second) = (64 + 36 + 8, 64 + 36 + 24);
        bytes.copy_within(first..first + 8, second);
        bytes
    };
    for (name, bytes, message) in [
        (
            "BAM cut in its text",
            gzip(&whole[..10]),
            "truncated header: the file ends after 10 bytes, within the header of the BAM file",
        ),
        (
            "BAM cut in its references",
            gzip(&whole[..whole.len() - 2]),
            "truncated header",
        ),
        (
            "BAM with a huge text",
            huge(4, u32::MAX),
            "header not read: found a header of 4294967295 bytes, expected at most 16777216",
        ),
        (
            "BAM with a huge count",
            huge(19, u32::MAX),
            "header not read: found 4294967295 sequences",
        ),
        (
            "BAM with a huge name",
            huge(23, u32::MAX),
            "damaged header: found a reference name of 4294967295 bytes",
        ),
        ("BAM whose gzip is cut", cut_gzip, "truncated header"),
        (
            "CRAM of the future",
            b"CRAM\x04\x00".to_vec(),
            "damaged header: found CRAM of version 4, expected version 2 or 3",
        ),
        (
            "CRAM cut",
            cram(0, block.len(), &block)[..60].to_vec(),
            "truncated header",
        ),
        (
            "CRAM with another compression",
            cram(4, block.len(), &block),
            "damaged header: found a header block with the compression method 4",
        ),
        (
            "CRAM with a huge block",
            cram(0, 1 << 30, &block),
            "header not read: found a header of 1073741824 bytes",
        ),
        (
            "CRAM whose gzip is damaged",
            cram(1, 100, b"\x1f\x8b\x08\x00xxxxxxxxx"),
            "header not read: ",
        ),
        (
            "bigWig cut in its header",
            big_wig(64, 1, &[])[..12].to_vec(),
            "truncated header",
        ),
        (
            "bigWig cut in its tree",
            big_wig(64, 2, &[("chr1", 5), ("chr2", 5)])[..120].to_vec(),
            "truncated header",
        ),
        (
            "bigWig with a tree in its header",
            big_wig(8, 1, &[]),
            "damaged header: found the chromosome tree at byte 8",
        ),
        (
            "bigWig with a huge count",
            big_wig(64, u64::MAX, &[("chr1", 5)]),
            "header not read: found 18446744073709551615 sequences",
        ),
        (
            "bigWig with more than it counts",
            big_wig(64, 1, &[("chr1", 5), ("chr2", 5)]),
            "damaged header: found more chromosomes than the tree states",
        ),
        (
            "bigWig with a circle",
            circle,
            "damaged header: found a chromosome tree whose nodes form a circle",
        ),
        (
            "BED with an endless name",
            format!("{}\t1\t2\n", "x".repeat(2_000)).into_bytes(),
            "header not read: found a sequence name of 2000 bytes, expected at most 1024",
        ),
    ] {
        let error = found(&bytes).expect_err(name).to_string();
        assert!(error.starts_with(message), "{name}: {error}");
    }
}

#[test]
fn random_collections_have_the_digests_of_refget() {
    let vectors: Json = serde_json::from_str(&text("test-data/refget_digests.json")).unwrap();
    let vectors = vectors.as_array().unwrap();
    assert_eq!(vectors.len(), 40);
    for vector in vectors {
        let list = |key: &str| vector[key].as_array().unwrap();
        let strings = |key: &str| list(key).iter().map(|one| one.as_str().unwrap());
        let names: Vec<&str> = strings("names").collect();
        let lengths: Vec<u64> = list("lengths")
            .iter()
            .map(|one| one.as_u64().unwrap())
            .collect();
        let bases = strings("bases").map(|one| digest::sequence(one.as_bytes()));
        let bases: Vec<String> = bases.collect();
        let pairs = || names.iter().copied().zip(lengths.iter().copied());
        let of_names = digest::texts(names.iter().copied());
        let of_sequences = digest::texts(bases.iter().map(String::as_str));
        for (key, digest) in [
            ("names", of_names.clone()),
            ("lengths", digest::lengths(lengths.iter().copied())),
            ("sequences", of_sequences.clone()),
            ("name_length_pairs", digest::name_length_pairs(pairs())),
            (
                "sorted_name_length_pairs",
                digest::sorted_name_length_pairs(pairs()),
            ),
            ("collection", digest::collection(&of_names, &of_sequences)),
        ] {
            assert_eq!(vector["digests"][key], digest, "{key} of {names:?}");
        }
    }
}

proptest! {
    #[test]
    fn laws_any_bytes_after_a_signature_are_read_without_panic(
        signature in prop::sample::select(vec![
            b"BAM\x01" as &[u8], b"BCF\x02\x02", b"CRAM\x03\x00", b"CRAM\x02\x01", b"\x26\xfc\x8f\x88", b"\x87\x89\xf2\xeb",
            b"\x1f\x8b\x08\x00", b"chr1\t1\t2\n", b"##fileformat=VCFv4.2\n", b"fixedStep chrom=c start=1\n", b"@SQ\t",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let bytes = [signature, &rest].concat();
        let _ = found(&bytes);
        let _ = found(&gzip(&bytes));
    }

    #[test]
    fn laws_a_part_of_a_genome_never_contradicts_it_and_a_longer_chromosome_always_does(
        name in prop::sample::select(KnownGenome::built_in_names().collect::<Vec<_>>()),
        seed in any::<prop::sample::Index>(),
        excess in 1_u64..1_000_000,
    ) {
        let genome = KnownGenome::built_in(name).unwrap();
        let one = &genome.sequences()[seed.index(genome.sequences().len())];
        let verdict = |ends, length: u64| {
            let seen = [(one.name.as_str(), length)];
            let evidence = match ends {
                true => CoordinateEvidence::from_largest_ends(seen),
                false => CoordinateEvidence::from_lengths(seen),
            };
            judge(&evidence, genome).verdict
        };
        prop_assert_eq!(verdict(true, one.length), CoordinateVerdict::Possible);
        prop_assert_ne!(verdict(false, one.length), CoordinateVerdict::Contradicted);
        // The two mitochondria of GRCh37 differ by two bases.
        let beyond = one.length + excess + 2;
        prop_assert_eq!(verdict(true, beyond), CoordinateVerdict::Contradicted);
        prop_assert_eq!(verdict(false, beyond), CoordinateVerdict::Contradicted);
    }
}

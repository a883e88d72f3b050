//! What bytes are: true files of every format that a track can have pass without a word, whatever their authors are free
//! to do; and no bytes at all make the recogniser fail.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::Cursor;

use fairtracks::genome::content::{
    Claim, Content, Delivery, FileBytes, Format, Packing, Verdict, identify, judge, packing,
};
use proptest::collection::vec;
use proptest::prelude::*;

const CLAIMS: [Claim; 15] = [
    Claim::Format(Format::Bed),
    Claim::Format(Format::EncodePeak),
    Claim::Format(Format::BedGraph),
    Claim::Format(Format::Wig),
    Claim::Format(Format::Gff),
    Claim::Format(Format::Gff3),
    Claim::Format(Format::Gtf),
    Claim::Format(Format::Vcf),
    Claim::Format(Format::VcfBgzip),
    Claim::Format(Format::Bam),
    Claim::Format(Format::Cram),
    Claim::Format(Format::BigBed),
    Claim::Format(Format::BigWig),
    Claim::Table,
    Claim::Anything,
];

fn content(bytes: &[u8]) -> Content {
    identify(&mut FileBytes::new(Cursor::new(bytes)).unwrap()).unwrap()
}

/// From a server, which makes the recogniser most suspicious.
const DELIVERY: Delivery<'static> = Delivery {
    media_type: None,
    content_encoding: None,
    is_verified: false,
    from_server: true,
    file_name: "track",
};

/// Asserts that a text passes as what it was declared to be, without a remark.
fn passes(format: Format, text: impl AsRef<[u8]>) {
    let text = text.as_ref();
    let content = content(text);
    let shown = String::from_utf8_lossy(&text[..text.len().min(300)]).into_owned();
    let verdict = judge(Claim::Format(format), &content, &DELIVERY);
    assert_eq!(verdict, Verdict::AsDeclared, "{format:?}: {shown}");
    match content {
        Content::Text(text) => assert!(text.remarks().is_empty(), "{format:?}: {shown}"),
        other => panic!("{format:?}: {shown}: {other:?}"),
    }
}

#[test]
fn bed_may_have_any_columns_lines_and_names_that_its_standard_allows() {
    for text in [
        "chr1\t1\t2\n",
        "chr1\t1\t2",
        "chr1\t1\t2\tx\n",
        "chr1\t1\t2\t3.5\n",
        "chr1\t1\t2\tx\t960\n",
        "chr1\t1\t2\tx\t960\t+\t1\t2\t255,0,0\n",
        "chr1\t11873\t14409\tuc001\t0\t+\t11873\t11873\t0\t3\t354,109,1189,\t0,739,1347,\n",
        "chr1\t1\t2\tn\t0\t.\t1.5e-10\tNA\tfoo bar\t-1\n",
        "chr1\t1\t2\tn\t1e-300\t+\t2.5E+3\n",
        "chr1\t1e+05\t100500\n",
        "chr1\t1\t2\t\n",
        "chr1\t1\t2\tchr2\t3\t4\n",
        "browser position chr1:1-2\nbrowser hide all\ntrack name=\"x y\" visibility=2\nchr1\t1\t2\n",
        "# a heading\n#chrom\tstart\tend\nchr1\t1\t2\n",
        "\n\nchr1\t1\t2\n\n\nchr1\t3\t4\n\n",
        "track name=nothing\n",
        "# no peaks were found in this sample\n",
        "chr1\t1\t2\tError: not found\n",
        "chr1\t1\t2\t<html>\n",
        "chr1\t-1\t-1\tunplaced\n",
        "chr1\t1\t2\tген\n",
    ] {
        passes(Format::Bed, text);
    }
    passes(Format::Bed, b"chr1\t1\t2\tg\xe8ne\n");
    passes(Format::Bed, "chr1\t1\t2\tx\n".repeat(30_000));
    passes(
        Format::Bed,
        format!("chr1\t1\t2\t{}\nchr1\t1\t2\ta\n", "x".repeat(200_000)),
    );
    for name in [
        "1",
        "X",
        "MT",
        "2L",
        "chrUn_KI270742v1",
        "HLA-A*01:01:01:01",
        "NC_000001.11",
        "a|b",
        "track1",
        "track",
        "browser7",
        "PAR1",
        "CRAM",
        "LZIP",
        "GIF",
        "II",
        "BAM",
        "PK",
        "<unk>",
        "@c",
        "chr 1",
        "{1}",
        "[x]",
        "é",
        "contig=3",
        "HTTP",
    ] {
        passes(Format::Bed, format!("{name}\t1\t2\tn\n{name}\t5\t9\tm\n"));
    }
}

#[test]
fn peaks_graphs_and_wiggles_pass() {
    for text in [
        "chr1\t9356548\t9356648\t.\t0\t.\t182\t5.0945\t-1\t50\n",
        "chr1\t1\t2\tp\t0\t.\t1e-5\tinf\t-1\n",
        "chr1\t1\t20\tp\t0\t.\t1\t20\t0\t2\t3,4\t0,9\t1.5\t-1\t-1\n",
        "track type=narrowPeak\nchr1\t1\t2\tp\t0\t.\t1\t2\t-1\t5\n",
    ] {
        passes(Format::EncodePeak, text);
        passes(Format::Bed, text);
    }
    for text in [
        "chr1\t1\t2\t3\nchr1\t2\t3\t-1.5e-7\nchr1\t3\t4\tNaN\n",
        "browser x\ntrack type=bedGraph name=x\nchr1\t1\t2\t3\n",
        "#bedGraph section chr1:1-2\nchr1\t1\t2\t3\n",
    ] {
        passes(Format::BedGraph, text);
    }
    for text in [
        "fixedStep chrom=chr1 start=1 step=1\n1\n2.5\n-3\n1e-5\nNaN\n",
        "track type=wiggle_0 name=x\nvariableStep chrom=chr1 span=5\n10 1.5\n20\t2\nvariableStep chrom=chr2\n1 2\n",
        "# x\nfixedStep chrom=chr1 start=1 step=1 span=2\n0\n",
        "fixedStep chrom=chr1 start=1 step=1\n1\nvariableStep chrom=chr1\n1 2\n",
        "track type=wiggle_0\nchr1\t1\t2\t3\n",
    ] {
        passes(Format::Wig, text);
    }
    let long = "1.25\n".repeat(60_000);
    passes(
        Format::Wig,
        format!("fixedStep chrom=chr1 start=1 step=1\n{long}"),
    );
}

#[test]
fn annotations_and_variants_of_all_versions_pass() {
    let row = "chr1\tx\tgene\t1\t9\t.\t+\t.\t";
    for attributes in ["gene x", "ID=a", "gene_id \"a\";", "", "."] {
        passes(Format::Gff, format!("{row}{attributes}\n"));
    }
    passes(Format::Gff, format!("##gff-version 2\n{row}x y\n"));
    for text in [
        format!("##gff-version 3\n{row}ID=a;Note=b c\n###\n"),
        format!("##gff-version   3.1.26\n#!x\n{row}ID=a\n"),
        format!("{row}ID=a\n"),
        format!("{row}.\n"),
        format!("##gff-version 3\n{row}ID=a\n##FASTA\n>chr1\nACGT\n"),
        "##gff-version 3\n".to_owned(),
    ] {
        passes(Format::Gff3, text);
    }
    for text in [
        format!("#!genome-build x\n{row}gene_id \"a\"; transcript_id \"b\";\n"),
        format!("{row}gene_name \"a\";\n"),
        format!("##gff-version 2\n{row}gene_id \"a\";\n"),
        format!("{row}gene_id a; transcript_id b;\n"),
    ] {
        passes(Format::Gtf, text);
    }
    let titles = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n";
    for first in [
        "##fileformat=VCFv4.2\n",
        "##fileformat=VCFv4.5\n",
        "##fileformat=VCFv3.3\n",
        "##format=VCFv3.2\n",
        "##source=x\n##fileformat=VCFv4.1\n",
        "",
    ] {
        passes(Format::Vcf, format!("{first}{titles}"));
        passes(
            Format::Vcf,
            format!("{first}{titles}chr1\t1\t.\tA\tG\t.\t.\t.\n"),
        );
    }
    let contigs = "##contig=<ID=c,length=5>\n".repeat(20_000);
    passes(
        Format::Vcf,
        format!("##fileformat=VCFv4.2\n{contigs}{titles}"),
    );
}

#[test]
fn tables_and_files_of_no_declared_format_are_not_judged_by_their_lines() {
    for text in [
        "gene\tlog2\nA\t1\n",
        "a,b\n1,2\n",
        "chr1\t1\t2\n",
        "GENE1\nGENE2\n",
        "TP53\n",
        "1\n2\n",
        "sample\terror rate\nx\t0.5\n",
        "%%MatrixMarket matrix coordinate\n3 3 2\n",
        "dots",
    ] {
        for claim in [Claim::Table, Claim::Anything] {
            let verdict = judge(claim, &content(text.as_bytes()), &DELIVERY);
            assert_eq!(verdict, Verdict::AsDeclared, "{claim:?}: {text}");
        }
    }
    let xml = content(b"<?xml version=\"1.0\"?><data/>");
    assert_eq!(
        judge(Claim::Anything, &xml, &DELIVERY),
        Verdict::Other(Format::Xml)
    );
    let page = content(b"<!DOCTYPE html><html></html>");
    assert!(matches!(
        judge(Claim::Anything, &page, &DELIVERY),
        Verdict::Refused(_)
    ));
    let named = Delivery {
        file_name: "report.html",
        ..DELIVERY
    };
    assert_eq!(judge(Claim::Anything, &page, &named), Verdict::AsDeclared);
}

#[test]
fn a_line_that_breaks_off_at_the_end_of_a_large_file_is_noticed() {
    let text = "chr1\t100\t200\n".repeat(10_000) + "chr1\t10";
    let verdict = judge(
        Claim::Format(Format::Bed),
        &content(text.as_bytes()),
        &DELIVERY,
    );
    assert!(matches!(verdict, Verdict::Doubtful(remark) if remark.contains("middle of a line")));
}

#[test]
fn what_is_shown_of_a_file_is_one_short_line_without_controls_addresses_and_keys() {
    let text = "Denied \u{1b}[2J\u{202e}\u{200b} for https://example.org/?token=s3cret key=s3cret ann@example.org\n\
                0123456789abcdef0123456789abcdef0123456789abcdef end";
    let verdict = judge(
        Claim::Format(Format::Bed),
        &content(text.as_bytes()),
        &DELIVERY,
    );
    let Verdict::Refused(reason) = verdict else {
        panic!("{verdict:?}");
    };
    assert!(reason.contains("`Denied [2J for … end`"), "{reason}");
}

/// Judges bytes in every way.
fn judged(bytes: &[u8]) {
    let content = content(bytes);
    for claim in CLAIMS {
        for is_verified in [false, true] {
            let delivery = Delivery {
                media_type: Some("text/html"),
                content_encoding: Some("deflate"),
                is_verified,
                ..DELIVERY
            };
            let _: Option<Packing> = packing(claim, &content, &delivery);
            let shown = match judge(claim, &content, &delivery) {
                Verdict::Refused(text) | Verdict::Doubtful(text) | Verdict::Empty(text) => text,
                _ => String::new(),
            };
            assert!(!shown.chars().any(char::is_control), "{shown:?}");
            assert!(shown.len() < 1200, "{shown}");
        }
    }
}

/// The beginnings of all formats, and what text is made of.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let known: Vec<&'static [u8]> = vec![
        b"\x26\xfc\x8f\x88\x04\0\x02\0",
        b"\x87\x89\xf2\xeb",
        b"\x43\x27\x41\x1a\0\0\0\0\x01\0\0\0",
        b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\x06\0BC\x02\0\x1b\0\x03\0\0\0\0\0\0\0\0\0",
        b"\x1f\x8b\x08\0",
        b"\x89HDF\r\n\x1a\n\x02\x08",
        b"PK\x03\x04",
        b"SQLite format 3\0",
        b"CRAM\x03\0",
        b"7z\xbc\xaf\x27\x1c",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"<!--",
        b"-->",
        b"<!DOCTYPE x [",
        b"<?xml",
        b"<title>",
        b"</title>",
        b"<script",
        b"{\"error\": ",
        b"[{",
        b"}",
        b"chr1\t1\t2",
        b"\n",
        b"\r",
        b"\t",
        b" ",
        b"track type=bedGraph",
        b"##gff-version 3\n",
        b"fixedStep chrom=c\n",
        b"##fileformat=VCF",
        b"@HD\tVN:1",
        b">s\nACGT\n",
        b"\x78\x9c",
        b"\xc3\xa9",
        b"\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\0\0\0\0\0\0\0\0",
    ];
    prop_oneof![
        3 => proptest::sample::select(known).prop_map(<[u8]>::to_vec),
        1 => vec(any::<u8>(), 0..40),
    ]
}

proptest! {
    #[test]
    fn laws_no_bytes_make_it_fail(bytes in vec(any::<u8>(), 0..300)) {
        judged(&bytes);
    }

    #[test]
    fn laws_no_mixture_of_formats_makes_it_fail(pieces in vec(piece(), 0..12)) {
        judged(&pieces.concat());
    }

    #[test]
    fn laws_rows_of_bed_pass(
        rows in vec(("[!-\"$-;=?-~][!-~]{0,20}", 0..1_000_000_u32, 0..1_000_000_u32, "[ -~]{0,12}"), 1..40),
        columns in 3..5_usize,
    ) {
        let lines = rows.iter().map(|(name, start, length, more)| {
            let cells = [name.clone(), start.to_string(), (start + length).to_string(), more.clone()];
            cells[..columns].join("\t") + "\n"
        });
        let text: String = lines.collect();
        // Letters that a binary format begins with may be followed by anything else.
        prop_assume!(!["%!PS", "%PDF-", "{\\rtf", "GIF8"].iter().any(|start| text.starts_with(start)));
        passes(Format::Bed, text);
    }
}

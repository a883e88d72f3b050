//! What bytes are: true files of every format that a track can have pass without a word, whatever their authors are free
//! to do.

use crate::support::recognising::{DELIVERY, content, passes};
use fairtracks::genome::content::{Claim, Delivery, Format, Verdict, judge};

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
    let data = format!("{{\"details\": \"measured\", \"values\": {:?}}}", [1; 3000]);
    let data = content(data.as_bytes());
    assert_eq!(
        judge(Claim::Anything, &data, &DELIVERY),
        Verdict::Other(Format::Json)
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
    assert!(matches!(verdict, Verdict::Doubtful(remark) if remark.contains("ends within a line")));
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

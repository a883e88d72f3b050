//! Intervals as they are read from files of all formats.

use std::fs::File;
use std::io::{Cursor, Write as _};

use fairtracks::genome::intervals::{
    IntervalError, IntervalFile, IntervalOptions, IntervalSet, QueryElement, read_query, read_track,
};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use crate::support;

fn track(bytes: impl AsRef<[u8]>) -> Result<IntervalFile<IntervalSet>, IntervalError> {
    read_track(Cursor::new(bytes.as_ref()), IntervalOptions::default())
}

fn above(threshold: f64) -> IntervalOptions {
    IntervalOptions {
        threshold: Some(threshold),
        ..IntervalOptions::default()
    }
}

/// Intervals as `chr1:10-20`, in the order of chromosomes and positions.
fn shown(set: &IntervalSet) -> Vec<String> {
    let of = |(name, intervals): (&str, &[fairtracks::genome::intervals::Interval])| {
        let shown = intervals.iter();
        let shown = shown.map(|interval| format!("{name}:{}-{}", interval.start, interval.end));
        shown.collect::<Vec<_>>()
    };
    set.chromosomes().flat_map(of).collect()
}

fn elements(bytes: impl AsRef<[u8]>) -> Vec<(String, u32, u32, String)> {
    let read = read_query(Cursor::new(bytes.as_ref()), IntervalOptions::default()).unwrap();
    let plain = |element: QueryElement| {
        let (start, end) = (element.interval.start, element.interval.end);
        (element.chromosome, start, end, element.name)
    };
    read.intervals.into_iter().map(plain).collect()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn refusal(bytes: impl AsRef<[u8]>) -> String {
    track(bytes).unwrap_err().to_string()
}

#[test]
fn rows_of_the_bed_family_give_their_first_three_columns() {
    let text = "\u{feff}browser position chr1:1-100\n\
        track name=\"peaks\" description=\"x\"\n\
        # a comment\n\
        \n\
        chrom\tstart\tend\tname\n\
        chr2\t5\t9\tb\t0\t+\t1.5\t-1\t-1\t3\r\n\
        chr1\t30\t40\n\
        chr1\t10\t20\ta\n\
        chr1\t15\t1e+05\ta\n\
        chr1 50 50 site\n\
        track\t1\t2";
    let read = track(text).unwrap();
    assert_eq!(
        shown(&read.intervals),
        [
            "chr1:10-20",
            "chr1:15-100000",
            "chr1:30-40",
            "chr1:50-50",
            "chr2:5-9",
            "track:1-2"
        ]
    );
    let extent = read.extents.of("chr1").unwrap();
    assert_eq!((extent.largest_end, extent.line), (100_000, Some(9)));
    assert_eq!(extent.length, None);
}

#[test]
fn elements_of_a_query_keep_order_and_names() {
    let name = "n".repeat(1_000_000);
    let text = format!("chr2\t7\t8\t{name}\t0\nchr1\t1\t2\t.\nchr1\t0\t2\n");
    let expected = [
        ("chr2".to_owned(), 7, 8, name.clone()),
        ("chr1".to_owned(), 1, 2, String::new()),
        ("chr1".to_owned(), 0, 2, String::new()),
    ];
    assert_eq!(elements(&text), expected);
    assert_eq!(elements(packed(text.as_bytes())), expected);
}

#[test]
fn a_row_that_is_no_interval_is_refused_with_its_line() {
    for (row, found) in [
        (
            "chr1\t-5\t10",
            "line 3: found the negative start -5, expected 0 or more",
        ),
        (
            "chr1\t30\t20",
            "line 3: found the end 20 before the start 30",
        ),
        (
            "chr1\t10\tx",
            "line 3: found the end `x`, expected a whole number",
        ),
        ("chr1\t1.5\t2", "line 3: found the start `1.5`"),
        ("chr1\t10", "line 3: found 2 columns, expected at least 3"),
        ("chr1\t10\t5000000000", "line 3: found the end `5000000000`"),
        ("\t1\t2", "line 3: found no chromosome name"),
        (
            &format!("{}\t1\t2", "c".repeat(1_000_000)),
            "line 3: found a chromosome name of 1000000 bytes, expected at most 1024",
        ),
        ("chr1,1,2", "line 3: found 1 columns"),
    ] {
        let message = refusal(format!("#x\nchr1\t1\t2\n{row}\n"));
        assert!(message.starts_with(found), "{row}: {message}");
        assert!(
            message.contains(", expected ") && message.contains(": "),
            "{message}"
        );
    }
    for (text, found) in [
        (
            "chr1\t1\t2\rchr1\t3\t4\r",
            "line 1: found line ends of CR alone",
        ),
        ("##gff-version 3\n", "found GFF, expected BED"),
        ("fixedStep chrom=chr1 start=1\n1\n", "found wiggle"),
        ("<html>", "found a web page"),
        ("\0\u{1}", "line 1: found a NUL byte"),
        (
            "track type=bedGraph\nchr1\t1\t2\t3\n",
            "found bedGraph, expected regions or a threshold",
        ),
    ] {
        let message = refusal(text);
        assert!(message.starts_with(found), "{text}: {message}");
    }
}

#[test]
fn an_end_beyond_the_chromosome_is_refused_with_its_line() {
    let read = track("chr1\t1\t90\nchr1\t5\t101\nchr2\t1\t999\n").unwrap();
    let length = |name: &str| (name == "chr1").then_some(100);
    let message = read.extents.within(length).unwrap_err().to_string();
    assert!(
        message.starts_with("line 2: found the end 101 on chr1, expected at most 100"),
        "{message}"
    );
    assert!(read.extents.within(|_| Some(1000)).is_ok());
}

#[test]
fn an_empty_file_has_no_interval() {
    for bytes in [&b""[..], b"\n\n", b"# only a comment", &packed(b"")] {
        assert_eq!(track(bytes).unwrap().intervals.count(), 0);
    }
}

#[test]
fn gzip_comes_in_members_and_whole() {
    let mut two = packed(b"chr1\t1\t2\nchr1\t");
    two.extend(packed(b"3\t4\n"));
    assert_eq!(
        shown(&track(&two).unwrap().intervals),
        ["chr1:1-2", "chr1:3-4"]
    );
    let message = refusal(&two[..two.len() - 10]);
    assert!(
        message.starts_with("line 2: the gzip file is truncated"),
        "{message}"
    );
    two.extend(b"more");
    assert!(refusal(&two).contains("trailing bytes"));
}

#[test]
fn bedgraph_above_a_threshold_is_regions() {
    let text = "chr1\t0\t10\t1\nchr1\t10\t20\t2.5\nchr1\t20\t30\tNaN\nchr2\t0\t5\t1e3\n";
    let options = IntervalOptions {
        is_bedgraph: true,
        ..above(1.0)
    };
    let read = read_track(Cursor::new(text), options).unwrap();
    assert_eq!(shown(&read.intervals), ["chr1:10-20", "chr2:0-5"]);
    let declared = format!("track type=bedGraph\n{text}");
    let read = read_track(Cursor::new(declared), above(1.0)).unwrap();
    assert_eq!(shown(&read.intervals), ["chr1:10-20", "chr2:0-5"]);
    let message = read_track(Cursor::new("chr1\t0\t10\tname\n"), options).unwrap_err();
    assert!(
        message
            .to_string()
            .starts_with("line 1: found the value `name`")
    );
}

#[test]
fn variants_cover_the_reference_bases_and_symbolic_alleles_up_to_their_end() {
    let text = "##fileformat=VCFv4.3\n\
        ##contig=<ID=chr1,length=248956422,assembly=x>\n\
        #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n\
        chr1\t100\trs1\tA\tG\t.\t.\t.\n\
        chr1\t200\t.\tACGT\tA\t.\t.\tDP=3\n\
        chr1\t300\tdel\tA\t<DEL>\t.\t.\tSVTYPE=DEL;END=400\n\
        chr1\t500\tdup\tA\t<DUP>\t.\t.\tSVLEN=-50\n\
        chr1\t600\tins\tA\t<INS>\t.\t.\tSVTYPE=INS;SVLEN=70\n\
        chr1\t700\tblock\tA\t<NON_REF>\t.\t.\tEND=900\n\
        chr1\t800\tmono\tA\t.\t.\t.\t.\n\
        chr1\t810\tgone\tA\t*\t.\t.\t.\n\
        chr1\t0\tend\tN\t]chr1:9]A\t.\t.\t.\n";
    let read = read_query(
        Cursor::new(packed(text.as_bytes())),
        IntervalOptions::default(),
    );
    let read = read.unwrap();
    let found = read.intervals.iter();
    let found: Vec<(u32, u32, &str)> = found
        .map(|it| (it.interval.start, it.interval.end, it.name.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (99, 100, "rs1"),
            (199, 203, ""),
            (299, 400, "del"),
            (499, 550, "dup"),
            (599, 600, "ins")
        ]
    );
    assert_eq!(read.left_out, 4);
    assert_eq!(read.extents.of("chr1").unwrap().length, Some(248_956_422));
    let quoted = "##fileformat=VCFv4.3\n##contig=<ID=1,note=\"a, b\",length=9>\r\n";
    let extents = track(quoted).unwrap().extents;
    assert_eq!(extents.of("1").unwrap().length, Some(9));
    let long = format!(
        "##fileformat=VCFv4.3\n##contig=<ID={},length=9>\n",
        "c".repeat(2000)
    );
    assert!(
        refusal(long).starts_with("line 2: header not read: found a sequence name of 2000 bytes")
    );
    let wrong = "##fileformat=VCFv4.3\nchr1\tten\t.\tA\tG\n";
    assert!(refusal(wrong).starts_with("line 2: found the position `ten`"));
    let reversed = "##fileformat=VCFv4.3\nchr1\t100\t.\tA\t<DEL>\t.\t.\tEND=50\n";
    assert!(refusal(reversed).starts_with("line 2: found the end 50 before the start 100"));
}

#[test]
fn associations_are_read_by_the_titles_of_their_columns() {
    let text = "DATE\tCHR_ID\tCHR_POS\tSNPS\tP-VALUE\n\
        2013\t6\t100\trs1\t1E-9\n\
        2014\t6\t100\trs1\t1E-20\n\
        2014\t1;2\t10;20\trs2;rs3\t1E-9\n\
        2014\t3 x 4\t30 x 40\trs4 x rs5\t1E-9\n\
        2014\t\t\trs6\t1E-9\n\
        2015\tX\t7\trs7\t1E-9\n";
    let found = elements(text);
    let expected = [
        ("6", 99, 100, "rs1"),
        ("1", 9, 10, "rs2"),
        ("2", 19, 20, "rs3"),
        ("3", 29, 30, "rs4"),
        ("4", 39, 40, "rs5"),
        ("X", 6, 7, "rs7"),
    ];
    assert_eq!(
        found,
        expected.map(|(chromosome, start, end, name)| {
            (chromosome.to_owned(), start, end, name.to_owned())
        })
    );
    let read = read_query(Cursor::new(text), IntervalOptions::default()).unwrap();
    assert_eq!((read.left_out, read.repeated), (1, 1));
    let unpaired = "CHR_ID\tCHR_POS\n1;2\t10;20;30\n";
    assert!(refusal(unpaired).starts_with("line 2: found 2 chromosomes and 3 positions"));
    assert!(refusal("CHR_ID\tCHR_POS\n1\t0\n").starts_with("line 2: found the position 0"));
}

#[test]
fn big_files_give_their_records_and_the_lengths_of_their_chromosomes() {
    let peaks = File::open(support::project("test-data/tracks/cells_peaks.bigBed")).unwrap();
    let peaks = read_track(peaks, IntervalOptions::default()).unwrap();
    assert!(peaks.intervals.count() > 0);
    assert!(peaks.extents.has_lengths());
    let open = || File::open(support::project("test-data/tracks/cells_signal.bigWig")).unwrap();
    let message = read_track(open(), IntervalOptions::default()).unwrap_err();
    assert!(
        message
            .to_string()
            .starts_with("found bigWig, expected regions or a threshold")
    );
    let all = read_track(open(), above(0.0)).unwrap().intervals;
    let some = read_track(open(), above(5.0)).unwrap().intervals;
    assert!(
        some.count() < all.count(),
        "{} {}",
        some.count(),
        all.count()
    );
    assert!(all.count() > 0);
}

#[test]
fn a_damaged_big_file_is_refused_and_breaks_nothing() {
    for name in ["cells_peaks.bigBed", "cells_signal.bigWig"] {
        let whole = std::fs::read(support::project("test-data/tracks").join(name)).unwrap();
        for length in 4..whole.len() {
            // The end repeats the magic number, which readers need not look at.
            let read = read_track(Cursor::new(&whole[..length]), above(0.0));
            assert!(
                read.is_err() || length + 4 >= whole.len(),
                "{name} {length}"
            );
        }
        for place in 4..whole.len() {
            for value in [0, 1, 0x7f, 0xff] {
                let mut bytes = whole.clone();
                bytes[place] = value;
                let _ = read_track(Cursor::new(bytes), above(0.0));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn laws_a_set_is_read_whatever_the_order_and_the_line_ends(
        rows in prop::collection::vec(
            (0..5_usize, prop_oneof![0..5000_u32, 0..u32::MAX - 300], 0..300_u32), 0..60,
        ),
        has_names in any::<bool>(),
        ends in prop::sample::select(vec!["\n", "\r\n"]),
        is_packed in any::<bool>(),
    ) {
        // The last two differ after the eighth byte.
        let chromosomes = ["1", "chr1", "chr10", "chr1_KI270706v1_random", "chr1_KI270707v1_random"];
        let line = |&(chromosome, start, length): &(usize, u32, u32)| {
            let (name, end) = (chromosomes[chromosome], start + length);
            let rest = if has_names { format!("\tn{start}") } else { String::new() };
            format!("{name}\t{start}\t{end}{rest}{ends}")
        };
        let text: String = rows.iter().map(line).collect();
        let bytes = if is_packed { packed(text.as_bytes()) } else { text.into_bytes() };
        let mut expected = rows.clone();
        expected.sort_unstable();
        let expected: Vec<String> = expected
            .iter()
            .map(|(chromosome, start, length)| format!("{}:{start}-{}", chromosomes[*chromosome], start + length))
            .collect();
        let mut found = shown(&track(&bytes).unwrap().intervals);
        found.sort_by_key(|text| expected.iter().position(|other| other == text));
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn laws_any_bytes_are_read_or_refused(bytes in prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        "([chr0-9\\t\\n\\r #.;,x-]{0,80})".prop_map(String::into_bytes),
    ]) {
        let _ = track(&bytes);
        let _ = read_query(Cursor::new(&bytes), above(0.0));
    }
}

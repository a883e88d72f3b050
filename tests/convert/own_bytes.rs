//! What the bytes of own files tell: format, geometry and assembly.

use std::fs;

use serde_json::{Value as Json, json};

use crate::support::own_files::{files_alone, gzip, reasons, run, with_table};
use crate::support::{folder, project};

#[test]
fn the_bytes_tell_each_format_also_within_gzip() {
    let bed = "chr1\t10\t20\nchr1\t50\t70\n";
    let wig = "track type=wiggle_0\nfixedStep chrom=chr1 start=1 step=1\n1.0\n2.0\n";
    let gff = "##gff-version 3\nchr1\tx\tgene\t10\t20\t.\t+\t.\tID=a\n";
    let gtf = "chr1\tx\texon\t10\t20\t.\t+\t.\tgene_id \"a\"; transcript_id \"b\";\n";
    let vcf = "##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\nchr1\t10\t.\tA\tT\t.\t.\t.\n";
    let texts = [
        (bed, 3003, Some("Segments")),
        (
            "chr1\t1\t9\ta\t0\t+\nchr1\t20\t30\tb\t0\t-\n",
            3585,
            Some("Segments"),
        ),
        ("chr1\t1\t9\ta\t0\t+\t1\t9\t0\t1\t8\t0\n", 3586, None),
        (
            "chr1\t10\t20\t.\t5\t.\t4.5\t3.1\t-1\n",
            3614,
            Some("Valued segments"),
        ),
        (
            "chr1\t10\t20\t.\t5\t.\t4.5\t-1\t-1\t7\n",
            3613,
            Some("Valued segments"),
        ),
        (
            "chr1\t1\t20\ta\t5\t.\t1\t20\t0\t1\t19\t0\t4.5\t3.1\t-1\n",
            3612,
            Some("Valued segments"),
        ),
        (
            "chr1\t10\t20\t1.5\nchr1\t20\t30\t2\n",
            3583,
            Some("Step function"),
        ),
        (wig, 3005, None),
        (gff, 1975, Some("Segments")),
        (gtf, 2306, Some("Segments")),
        (vcf, 3016, Some("Points")),
    ];
    let read = |name: &str| fs::read(project(&format!("test-data/tracks/{name}"))).unwrap();
    let bam_header = b"BAM\x01\x00\x00\x00\x00\x00\x00\x00\x00";
    let mut inputs: Vec<(String, Vec<u8>, u32, Option<&str>)> = vec![
        (
            "x0".into(),
            read("cells_signal.bigWig"),
            3006,
            Some("Step function"),
        ),
        ("x1".into(), read("cells_peaks.bigBed"), 3004, None),
        ("x2".into(), gzip(bam_header), 2572, Some("Segments")),
    ];
    for (number, (text, format, geometry)) in texts.into_iter().enumerate() {
        // Names without suffixes leave the bytes alone to tell.
        inputs.push((format!("t{number}"), text.into(), format, geometry));
        inputs.push((
            format!("z{number}"),
            gzip(text.as_bytes()),
            format,
            geometry,
        ));
    }
    let files: Vec<(&str, &[u8])> = inputs
        .iter()
        .map(|(name, bytes, ..)| (name.as_str(), bytes.as_slice()))
        .collect();
    let document = files_alone(&files, &[]).document();
    for ((name, _, format, geometry), track) in
        inputs.iter().zip(document["tracks"].as_array().unwrap())
    {
        assert_eq!(
            track["file_format"]["term_id"],
            format!("http://edamontology.org/format_{format}"),
            "{name}"
        );
        assert_eq!(track["geometric_track_type"].as_str(), *geometry, "{name}");
    }
}

#[test]
fn what_is_no_track_is_reported() {
    let bomb = gzip(&vec![b'x'; 20 << 20]);
    let inputs: [(&str, &[u8]); 6] = [
        ("page.bed", b"<html><body>404 Not Found</body></html>"),
        ("empty.bed", b""),
        ("cut.bed.gz", &gzip(&[b'a'; 4000])[..16]),
        ("blanks.bed", b"chr1 10 20\nchr1 30 40\n"),
        ("reads.fasta", b">a\nACGT\n"),
        ("bomb.gz", &bomb),
    ];
    let converted = files_alone(&inputs, &[]);
    assert_eq!(converted.outcome.status, 0, "{:?}", converted.outcome);
    for (name, words) in [
        ("page.bed", "found a web page"),
        ("empty.bed", "the file is empty"),
        ("cut.bed.gz", "the file is truncated"),
        ("blanks.bed", "its columns are separated by blanks"),
        ("reads.fasta", "found FASTA, expected a format of tracks"),
        ("bomb.gz", "found no format of tracks"),
    ] {
        let rows = converted.rows_of("not taken over").into_iter();
        let mut rows = rows.filter(|row| row[1] == name);
        assert!(
            rows.any(|row| row[5].contains(words)),
            "{name}: {:?}",
            converted.rows
        );
    }
    let document = converted.document();
    let tracks = document["tracks"].as_array().unwrap().iter();
    let formats: Vec<&Json> = tracks
        .filter_map(|track| track.get("file_format"))
        .collect();
    assert!(formats.is_empty(), "{formats:?}");
}

/// A bedGraph that reaches the ends of the chromosomes of hg38.
fn whole_genome() -> String {
    let lengths = [
        ("chr1", 248_956_422),
        ("chr2", 242_193_529),
        ("chr3", 198_295_559),
        ("chr4", 190_214_555),
        ("chr5", 181_538_259),
        ("chr6", 170_805_979),
        ("chr7", 159_345_973),
        ("chr8", 145_138_636),
        ("chr9", 138_394_717),
        ("chr10", 133_797_422),
        ("chr11", 135_086_622),
        ("chr12", 133_275_309),
        ("chrX", 156_040_895),
    ];
    let line = |(name, length): (&str, u64)| format!("{name}\t{}\t{length}\t1.5\n", length - 10);
    lengths.map(line).concat()
}

#[test]
fn the_assembly_is_what_is_stated_unless_the_bytes_contradict() {
    let place = folder();
    let genome = whole_genome();
    let signal = fs::read(project("test-data/tracks/cells_signal.bigWig")).unwrap();
    let small = b"chr1\t10\t20\n";
    let described: Vec<Json> = [
        ("signal", "bigwig", "?"),
        ("signal_of_mouse", "bigwig", "mm10"),
        ("genome", "bedgraph", "?"),
        ("genome_of_hg19", "bedgraph", "hg19"),
        ("small", "bed", "hg19"),
        ("unknown", "bed", "?"),
        ("odd", "bed", "noGenome1"),
    ]
    .iter()
    .map(|(name, extension, dbkey)| {
        json!({"element_identifier": name, "extension": extension, "dbkey": dbkey})
    })
    .collect();
    let described = serde_json::to_vec(&described).unwrap();
    let inputs: [(&str, &[u8]); 8] = [
        ("0", &signal),
        ("1", &signal),
        ("2", genome.as_bytes()),
        ("3", genome.as_bytes()),
        ("4", small),
        ("5", small),
        ("6", small),
        ("described.json", &described),
    ];
    let names = ["--files", "0", "1", "2", "3", "4", "5", "6"];
    let given = [&names[..], &["--described", "described.json"]].concat();
    let converted = run(&place, &inputs, &given);
    assert_eq!(converted.outcome.status, 0, "{:?}", converted.outcome);
    let document = converted.document();
    let tracks = document["tracks"].as_array().unwrap().iter();
    let found: Vec<Option<&str>> = tracks
        .map(|track| track["assembly_name"].as_str())
        .collect();
    let hg38 = Some("hg38");
    assert_eq!(found, [hg38, hg38, hg38, hg38, Some("hg19"), None, None]);
    let reason_of = |name: &str, outcome: &str| {
        let rows = converted.rows_of(outcome).into_iter();
        let mut rows = rows.filter(|row| row[1] == name && row[2] == "tracks.assembly_name");
        rows.next().map(|row| row[5].clone()).unwrap_or_default()
    };
    assert!(reason_of("signal", "derived").contains("lengths of chromosomes"));
    let mouse = reason_of("signal_of_mouse", "not taken over");
    assert!(
        mouse.starts_with("genome build in Galaxy: coordinates contradict mm10"),
        "{mouse}"
    );
    assert!(reason_of("genome", "derived").contains("fit no other known assembly"));
    let hg19 = reason_of("genome_of_hg19", "not taken over");
    assert!(hg19.contains("contradict hg19"), "{hg19}");
    assert!(reason_of("small", "derived").contains("genome build in Galaxy"));
    let unknown = reason_of("unknown", "not taken over");
    assert!(
        unknown.contains("do not show one assembly") && unknown.contains("hg19, hg38"),
        "{unknown}"
    );
    let odd = reason_of("odd", "not taken over");
    assert!(odd.contains("found an unknown assembly"), "{odd}");
}

#[test]
fn a_table_that_the_bytes_contradict_is_reported_and_the_bytes_count() {
    let signal = fs::read(project("test-data/tracks/cells_signal.bigWig")).unwrap();
    let table = "file,format,assembly\na.bw,narrowPeak,mm10\nb.bed,BED,hg38\n";
    let bed = b"chr1\t1\t9\ta\t0\t+\n";
    let converted = with_table(table, &[("a.bw", &signal), ("b.bed", bed)], &[]);
    let document = converted.document();
    let track = &document["tracks"][0];
    assert_eq!(track["file_format"]["term_label"], "bigWig");
    assert_eq!(track["assembly_name"], "hg38");
    assert_eq!(track["assembly_id"], "insdc.gca:GCF_000001405.26");
    let refused = converted.rows_of("not taken over");
    assert_eq!(refused.len(), 2, "{refused:?}");
    assert_eq!(refused[0][5], "contradicts the bytes: found bigWig");
    assert_eq!(refused[1][3], "mm10");
    assert!(refused[1][5].contains("they fit hg38"), "{refused:?}");
    // A more general format is no contradiction, and the bytes are more precise.
    assert_eq!(document["tracks"][1]["file_format"]["term_label"], "bed6");
    let refined = reasons(&converted, "changed", "which is more precise");
    assert_eq!(refined.len(), 1, "{:?}", converted.rows);
}

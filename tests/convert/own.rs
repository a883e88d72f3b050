//! Own files: with a table, without one, and what in them contradicts it.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value as Json, json};

use crate::support::converting::{COLLECTION, Converted};
use crate::support::running::{CHECK, CONVERT, run_in};
use crate::support::{folder, project, text};

/// The example of the test data: three files and a table of three rows.
const FILES: [&str; 3] = [
    "cells_dnase.bed",
    "cells_h3k4me3.narrowPeak.gz",
    "cells_h3k27me3.broadPeak",
];
const NI: &str = "ni:///sha-256;";

/// Runs the tool in a folder that holds the files of `inputs`.
fn run(place: &Path, inputs: &[(&str, &[u8])], arguments: &[&str]) -> Converted {
    for (name, bytes) in inputs {
        let path = place.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let outputs = ["--output-document", "out.json", "--output-table", "out.tsv"];
    let outcome = run_in(CONVERT, place, &[arguments, &outputs].concat());
    let table = fs::read_to_string(place.join("out.tsv")).unwrap_or_default();
    let rows = table.lines().skip(1);
    Converted {
        rows: rows
            .map(|row| row.split('\t').map(str::to_owned).collect())
            .collect(),
        document_bytes: fs::read(place.join("out.json")).unwrap_or_default(),
        outcome,
    }
}

/// Files without a table.
fn files_alone(inputs: &[(&str, &[u8])], options: &[&str]) -> Converted {
    let names: Vec<&str> = inputs.iter().map(|(name, _)| *name).collect();
    run(
        &folder(),
        inputs,
        &[&["--files"], names.as_slice(), options].concat(),
    )
}

/// Files in a folder beside a table.
fn with_table(table: &str, inputs: &[(&str, &[u8])], options: &[&str]) -> Converted {
    let place = folder();
    fs::create_dir(place.join("files")).unwrap();
    let placed: Vec<(String, &[u8])> = inputs
        .iter()
        .map(|(name, bytes)| (format!("files/{name}"), *bytes))
        .collect();
    let mut all: Vec<(&str, &[u8])> = placed
        .iter()
        .map(|(name, bytes)| (name.as_str(), *bytes))
        .collect();
    all.push(("table.csv", table.as_bytes()));
    let given = ["table.csv", "--files", "files"];
    run(&place, &all, &[&given[..], options].concat())
}

fn example_files() -> Vec<(&'static str, Vec<u8>)> {
    let read = |name| fs::read(project(&format!("test-data/tracks/{name}"))).unwrap();
    FILES.map(|name| (name, read(name))).to_vec()
}

fn borrowed<'b>(files: &'b [(&'static str, Vec<u8>)]) -> Vec<(&'b str, &'b [u8])> {
    let files = files.iter();
    files
        .map(|(name, bytes)| (*name, bytes.as_slice()))
        .collect()
}

/// The conversion of the example.
pub fn example(options: &[&str]) -> Converted {
    let files = example_files();
    let table = text("test-data/conversion/own_files.csv");
    let converted = with_table(&table, &borrowed(&files), options);
    assert_eq!(converted.outcome.status, 0, "{:?}", converted.outcome);
    converted
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Field and reason of the rows of an outcome with a part in one of both.
fn reasons<'c>(converted: &'c Converted, outcome: &str, part: &str) -> Vec<(&'c str, &'c str)> {
    let rows = converted.rows_of(outcome).into_iter();
    let rows = rows.map(|row| (row[2].as_str(), row[5].as_str()));
    rows.filter(|(field, reason)| field.contains(part) || reason.contains(part))
        .collect()
}

#[test]
fn published_files_and_a_table_of_three_rows_become_a_valid_document() {
    let base = [
        "--base-url",
        "https://tracks.example.org/deposit",
        "--strict",
    ];
    let converted = example(&[&COLLECTION[..], &base].concat());
    assert_eq!(
        converted.outcome.stderr,
        "converted to 3 tracks, 3 experiments, 1 sample, 1 study; the document conforms to FAIRtracks\n"
    );
    let document = converted.document();
    let track = &document["tracks"][1];
    assert_eq!(track["local_id"], "lab:F2");
    assert_eq!(
        track["file_url"],
        "https://tracks.example.org/deposit/cells_h3k4me3.narrowPeak.gz"
    );
    assert_eq!(track["file_name"], "cells_h3k4me3.narrowPeak.gz");
    assert_eq!(
        track["checksum"],
        json!({"cs_method": "SHA-256", "cs_hash": "32da2c60e50d0ddcfeec4f318eb39295ef2cec8a4123a605ed76418b044ec4c3"})
    );
    assert_eq!(track["type_of_condensed_data"], "Narrow peaks");
    let formats = document["tracks"].as_array().unwrap().iter();
    let formats: Vec<&Json> = formats
        .map(|track| &track["file_format"]["term_label"])
        .collect();
    assert_eq!(
        formats,
        [
            "bed6",
            "ENCODE narrow peak format",
            "ENCODE broad peak format"
        ]
    );
    assert_eq!(document["tracks"][0]["geometric_track_type"], "Segments");
    let md5 = reasons(&converted, "changed", "tracks.checksum");
    assert!(md5[0].1.contains("which agrees"), "{md5:?}");
    let from = &document["converted_from"];
    assert_eq!(from["source"]["kind"], "own");
    assert_eq!(from["source"]["files"].as_array().unwrap().len(), 4);
    assert_eq!(
        from["options"]["base_url"],
        "https://tracks.example.org/deposit"
    );
}

#[test]
fn a_file_without_a_url_has_the_name_of_its_bytes_until_one_is_known() {
    let converted = example(&COLLECTION);
    let tracks = converted.document()["tracks"].clone();
    assert_eq!(
        tracks[0]["file_url"],
        "ni:///sha-256;mjBJaKPz72B1kkF0nm-Bk5QUPhm-tCGgS0aTsMcfXNI"
    );
    let broken = converted.rows_of("breaks a rule");
    assert_eq!(broken.len(), 3, "{broken:?}");
    assert!(
        broken[0][5].contains("the file is not published"),
        "{broken:?}"
    );
    let told = reasons(&converted, "derived", "tracks.file_url");
    assert!(told[0].1.contains("RFC 6920"), "{told:?}");

    let place = folder();
    fs::write(place.join("out.json"), &converted.document_bytes).unwrap();
    let checked = run_in(CHECK, &place, &["out.json", "--strict"]);
    assert_eq!(checked.status, 1);
    assert_eq!(checked.stdout.matches("must\t").count(), 3, "{checked:?}");
    assert!(
        checked.stdout.contains("the file is not published"),
        "{}",
        checked.stdout
    );

    let edits = "record\tfield\tvalue\n\
        lab:F1\ttracks.file_url\thttps://archive.example.org/1/dnase.bed\n\
        lab:F2\ttracks.file_url\thttps://archive.example.org/2/h3k4me3.narrowPeak.gz\n\
        lab:F3\ttracks.file_url\thttps://archive.example.org/3/h3k27me3.broadPeak\n";
    fs::write(place.join("edits.tsv"), edits).unwrap();
    let edits = place.join("edits.tsv");
    let edits = ["--edits", edits.to_str().unwrap(), "--strict"];
    let published = example(&[&COLLECTION[..], &edits].concat());
    assert_eq!(
        published.document()["tracks"][0]["file_url"],
        "https://archive.example.org/1/dnase.bed"
    );
    assert_eq!(
        published.document()["tracks"][0]["checksum"],
        tracks[0]["checksum"]
    );
}

#[test]
fn files_without_a_table_are_tracks() {
    let peaks = b"chr1\t10\t20\t.\t5\t.\t4.5\t-1\t-1\t7\n";
    let options = [
        "--set",
        "tracks.assembly_name=hg38",
        "--set",
        "samples.species_id=human",
    ];
    let converted = files_alone(&[("a.bed", peaks), ("b.bed", b"chr1\t1\t2\n")], &options);
    let document = converted.document();
    let tracks = document["tracks"].as_array().unwrap();
    assert_eq!(tracks.len(), 2);
    assert_eq!(tracks[0]["local_id"], "a.bed");
    assert_eq!(tracks[0]["assembly_name"], "hg38");
    assert_eq!(tracks[0]["type_of_condensed_data"], "Narrow peaks");
    assert_eq!(tracks[1]["geometric_track_type"], "Points");
    assert!(tracks[1]["file_url"].as_str().unwrap().starts_with(NI));
    assert_eq!(document["samples"].as_array().unwrap().len(), 2);
    // The log names each file.
    let checksums = converted.rows_of("derived").into_iter();
    let checksums: Vec<&str> = checksums
        .filter(|row| row[2] == "tracks.checksum")
        .map(|row| row[1].as_str())
        .collect();
    assert_eq!(checksums, ["a.bed", "b.bed"]);
}

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

#[test]
fn rows_find_their_files_by_name_or_checksum_and_the_others_are_reported() {
    let bed = b"chr1\t10\t20\n";
    let other = b"chr1\t10\t30\n";
    let third = b"chr1\t10\t40\n";
    let url = b"chr1\t10\t50\n";
    let sha256 = "2f4a3f4d9e2c0b2f9a7d7c6b5a4938271605f4e3d2c1b0a99887766554433221";
    let md5_of_third = md5(third);
    let table = format!(
        "file,track id,md5,sha256\n\
         C:/data/lab/a.bed.gz,T1,,\n\
         https://tracks.example.org/x/my%20peaks.bed?download=1,T2,,\n\
         ,T3,{md5_of_third},\n\
         gone.bed,T4,,{sha256}\n"
    );
    let inputs: [(&str, &[u8]); 4] = [
        ("a.bed", bed),
        ("my peaks.bed", url),
        ("renamed.bed", third),
        ("left.bed", other),
    ];
    // A path of Windows with slashes has a colon, which no name before a slash has.
    let table = table.replace("C:/data", "data");
    let converted = with_table(&table, &inputs, &[]);
    let document = converted.document();
    let tracks = document["tracks"].as_array().unwrap();
    let names: Vec<Option<&str>> = tracks
        .iter()
        .map(|track| track["file_name"].as_str())
        .collect();
    assert_eq!(
        names,
        [
            Some("a.bed"),
            Some("my peaks.bed"),
            Some("renamed.bed"),
            Some("gone.bed")
        ]
    );
    assert_eq!(
        tracks[1]["file_url"],
        "https://tracks.example.org/x/my%20peaks.bed?download=1"
    );
    assert!(tracks[2]["checksum"]["cs_method"] == "SHA-256");
    assert_eq!(tracks[3]["checksum"]["cs_hash"], sha256);
    let unmatched = reasons(&converted, "not taken over", "tracks.file_name");
    assert_eq!(unmatched.len(), 2, "{unmatched:?}");
    assert!(unmatched[0].1.starts_with("no file has this name"));
    assert!(unmatched[1].1.starts_with("no row has this name"));
    let left = converted.rows_of("not taken over");
    assert!(left.iter().any(|row| row[1] == "left.bed"), "{left:?}");
}

fn md5(bytes: &[u8]) -> String {
    let place = folder();
    fs::write(place.join("x"), bytes).unwrap();
    let outcome = run_in(
        CONVERT,
        &place,
        &["--files", "x", "--output-table", "t.tsv"],
    );
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let table = fs::read_to_string(place.join("t.tsv")).unwrap();
    let (_, digest) = table.split_once(", MD5 ").unwrap();
    digest.chars().take_while(char::is_ascii_hexdigit).collect()
}

#[test]
fn a_checksum_that_the_bytes_do_not_have_is_reported() {
    let table = text("test-data/conversion/own_files.csv");
    let wrong = "00000000000000000000000000000000";
    let table = table.replace("aecd16972514b4b200fabf60d76c7430", wrong);
    let files = example_files();
    let converted = with_table(&table, &borrowed(&files), &COLLECTION);
    let rows = converted.rows_of("not taken over");
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0][2..4], ["tracks.checksum", wrong]);
    assert!(
        rows[0][5].starts_with(
            "checksum mismatch: found the MD5 aecd16972514b4b200fabf60d76c7430 of cells_h3k27me3.broadPeak"
        ),
        "{rows:?}"
    );
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

#[test]
fn two_rows_or_two_files_with_one_name_are_refused() {
    let bed: &[u8] = b"chr1\t10\t20\n";
    let said = |table: &str, files: &[(&str, &[u8])]| {
        let converted = with_table(table, files, &[]);
        assert!(converted.document_bytes.is_empty());
        (converted.outcome.status, converted.outcome.stderr)
    };
    assert_eq!(
        said("file,id\na.bed,T1\nx/a.bed.gz,T2\n", &[("a.bed", bed)]),
        (
            1,
            "error: table.csv, row 3: found a second row for the file `a.bed`, expected one: it is in table.csv, row 2\n".to_owned()
        )
    );
    let both: [(&str, &[u8]); 2] = [("a.bed.gz", &gzip(bed)), ("a.bed.bgz", &gzip(bed))];
    let (status, message) = said("file,id\na.bed,T1\n", &both);
    assert_eq!(status, 1);
    assert!(
        message.contains("found two files for `a.bed`, `a.bed.bgz` and `a.bed.gz`, expected one"),
        "{message}"
    );
    let place = folder();
    let inputs = [("x/a.bed", bed), ("y/a.bed", bed)];
    let converted = run(&place, &inputs, &["--files", "x", "y"]);
    assert_eq!(
        converted.outcome.stderr,
        "error: --files: found two files with the name `a.bed`, expected each name once: rename one, or leave one out\n"
    );
}

#[test]
fn files_and_options_that_cannot_be_used_are_errors() {
    let place = folder();
    fs::write(place.join("a.bed"), "chr1\t10\t20\n").unwrap();
    fs::create_dir(place.join("empty")).unwrap();
    let said = |arguments: &[&str]| {
        let outcome = run_in(CONVERT, &place, arguments);
        (outcome.status, outcome.stderr)
    };
    for (arguments, status, words) in [
        (&["--files", "gone.bed"][..], 1, "gone.bed"),
        (&["--files", "empty"], 1, "found no file in the folders"),
        (&["--files", "/dev/null"], 1, "found a device or a pipe"),
        (
            &["--files", "a.bed", "--base-url", "tracks.example.org"],
            2,
            "--base-url: found `tracks.example.org`, expected the URL of a folder",
        ),
        (
            &["--files", "a.bed", "--source", "encode"],
            2,
            "found track files beside another source",
        ),
        (&["a.bed", "--source", "own"], 2, "found no track file"),
        (
            &["--files", "a.bed", "--described", "one.json"],
            1,
            "one.json",
        ),
    ] {
        let (found, message) = said(arguments);
        assert_eq!(found, status, "{arguments:?}: {message}");
        assert!(message.contains(words), "{arguments:?}: {message}");
    }
    fs::write(place.join("two.json"), "[]").unwrap();
    let (_, message) = said(&["--files", "a.bed", "--described", "two.json"]);
    assert!(
        message.contains("found descriptions of 0 datasets, expected 1"),
        "{message}"
    );
}

#[test]
fn tables_of_other_objects_leave_each_file_a_track() {
    let place = folder();
    let tables: [(&str, &[u8]); 3] = [
        ("samples.csv", b"local_id,species\nS1,human\n"),
        ("experiments.csv", b"local_id,sample_ref\nE1,S1\n"),
        ("a.bed", b"chr1\t10\t20\n"),
    ];
    let given = ["samples.csv", "experiments.csv", "--files", "a.bed"];
    let options = ["--set", "tracks.experiment_ref=E1"];
    let converted = run(&place, &tables, &[&given[..], &options].concat());
    let document = converted.document();
    assert_eq!(document["tracks"][0]["experiment_ref"], "E1");
    assert_eq!(document["samples"].as_array().unwrap().len(), 1);
}

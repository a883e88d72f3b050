//! Family files of GEO become documents.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value as Json, json};

use super::portals::{converted, file, refusal, texts};
use crate::support::converting::{COLLECTION, Converted, convert_files, without_source};

const SOFT: &str = "GSE999001_family.soft";
const MINIML: &str = "GSE999001_family.xml";

fn soft() -> String {
    file(SOFT)
}

fn of_text(text: &str) -> Converted {
    converted("geo", &[(SOFT, text)])
}

fn of_bytes(name: &str, bytes: &[u8]) -> Converted {
    convert_files(
        &[(name, bytes)],
        &[&["--source", "geo"], &COLLECTION[..]].concat(),
    )
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_series_becomes_a_document_that_lacks_checksums_alone() {
    let converted = of_text(&soft());
    assert_eq!(
        converted.outcome.stderr,
        "converted to 3 tracks, 2 experiments, 2 samples, 1 study; 3 values are missing or break a rule of FAIRtracks\n"
    );
    let missing = converted.rows_of("missing");
    assert!(missing.iter().all(|row| row[2] == "tracks.checksum"));
    let records = missing.iter().map(|row| row[6].parse::<u64>().unwrap());
    assert_eq!(records.sum::<u64>(), 3);
    assert!(converted.rows_of("breaks a rule").is_empty());
    let document = converted.document();
    assert_eq!(
        texts(&document, "tracks", "/local_id"),
        [
            "geo:GSM9990001_B_peaks.bed.gz",
            "geo:GSM9990001_B_signal.bw",
            "geo:GSM9990002_K562.narrowPeak.gz"
        ]
    );
    assert_eq!(
        texts(&document, "tracks", "/file_format/term_label"),
        ["BED", "bigWig", "ENCODE narrow peak format"]
    );
    assert_eq!(
        texts(&document, "tracks", "/type_of_condensed_data"),
        ["Peaks", "Signal values (other)", "Narrow peaks"]
    );
    assert_eq!(texts(&document, "tracks", "/assembly_name"), ["hg38"; 3]);
    assert_eq!(
        document["tracks"][0]["raw_file_ids"],
        json!(["ena.embl:SRX99990001"])
    );
    assert_eq!(
        texts(
            &document,
            "experiments",
            "/target/sequence_feature/term_label"
        ),
        ["DNaseI_hypersensitive_site", "H3K4_trimethylation"]
    );
    assert_eq!(
        texts(&document, "samples", "/sample_type/summary"),
        ["B cell (blood, blood of a donor)", "K562"]
    );
    assert_eq!(
        document["studies"][0],
        json!({
            "local_id": "geo:GSE999001", "global_id": "geo:GSE999001", "study_name": "Chromatin of invented blood cells",
            "publication": "pubmed:99999001", "contact": {"name": "Ada M Invented", "e-mail": "ada@tracks.example.org"}
        })
    );
}

#[test]
fn soft_miniml_and_gzip_give_the_same_document() {
    let whole = without_source(&of_text(&soft()).document_bytes);
    let miniml = converted("geo", &[(MINIML, &file(MINIML))]);
    assert_eq!(without_source(&miniml.document_bytes), whole);
    let name = "GSE999001_family.soft.gz";
    let gzip = of_bytes(name, &packed(soft().as_bytes()));
    assert_eq!(without_source(&gzip.document_bytes), whole);
    let windows = of_text(&format!("\u{feff}{}", soft().replace('\n', "\r\n")));
    assert_eq!(without_source(&windows.document_bytes), whole);
}

#[test]
fn what_is_no_track_is_reported() {
    let converted = of_text(&soft());
    for (value, reason) in [
        (
            "GSE999001_RAW.tar",
            "an archive of the files of samples is no track",
        ),
        (
            "GSE999001_all_peaks.bed.gz",
            "a file of the whole series belongs to no one sample",
        ),
        (
            "GSM9990003_counts.txt.gz",
            "expected the ending of a format of tracks",
        ),
    ] {
        let rows = converted.rows_of("not read");
        let row = rows.iter().find(|row| row[3].ends_with(value)).unwrap();
        assert!(row[5].starts_with(reason), "{row:?}");
    }
    let left_out = "found no supplementary file with the format of a track: left out";
    let rows = converted.rows_of("not read");
    let row = rows.iter().find(|row| row[5] == left_out).unwrap();
    assert_eq!(row[1], "GSE999001_family.soft, sample 3");
}

#[test]
fn two_builds_two_marks_and_a_word_for_other_assays_are_no_values() {
    let text = soft()
        .replacen(
            "Genome_build: hg38",
            "Genome_build: hg38\n!Sample_data_processing = Genome_build: mm10",
            1,
        )
        .replace("DNase-Hypersensitivity", "OTHER")
        .replace("anti-H3K4me3 (invented, lot 7)", "H3K4me3 and H3K27me3");
    let converted = of_text(&text);
    assert!(refusal(&converted, "tracks.assembly_name", "hg38;mm10").starts_with("found"));
    assert!(
        refusal(&converted, "experiments.technique", "OTHER")
            .starts_with("found in no table of terms")
    );
    let document = converted.document();
    assert!(document["tracks"][0].get("assembly_name").is_none());
    assert!(document["experiments"][0].get("technique").is_none());
    let target = &document["experiments"][1]["target"];
    assert_eq!(target["target_details"], "H3K4me3 and H3K27me3");
    assert!(target.get("sequence_feature").is_none());
    assert_eq!(
        document["experiments"][1]["technique"]["term_label"],
        "ChIP-seq assay"
    );
}

#[test]
fn a_sample_is_of_the_series_beside_its_superseries() {
    let superseries = "^SERIES = GSE999009\n!Series_title = All of it\n!Series_relation = SuperSeries of: GSE999001\n\
        !Series_sample_id = GSM9990001\n!Series_sample_id = GSM9990002\n!Series_sample_id = GSM9990003\n";
    let whole = of_text(&soft());
    let both = converted(
        "geo",
        &[("GSE999009_family.soft", superseries), (SOFT, &soft())],
    );
    assert_eq!(
        without_source(&both.document_bytes),
        without_source(&whole.document_bytes)
    );
    // Two series of one rank: the first counts, and the other is reported.
    let other = superseries.replace("SuperSeries of", "Related to");
    let both = converted("geo", &[("GSE999009_family.soft", &other), (SOFT, &soft())]);
    assert_eq!(
        refusal(&both, "studies.local_id", "GSE999009"),
        "the sample is of several series, and a track of one: left out"
    );
}

#[test]
fn a_value_in_another_encoding_is_reported_and_not_used() {
    let mut bytes = soft().into_bytes();
    let title = b"!Series_title = Chromatin";
    let place = bytes
        .windows(title.len())
        .position(|part| part == title)
        .unwrap();
    bytes[place + title.len() - 1] = 0xe9;
    let converted = of_bytes(SOFT, &bytes);
    let rows = converted.rows_of("not taken over");
    let row = rows
        .iter()
        .find(|row| row[2] == "studies.study_name")
        .unwrap();
    assert!(
        row[5].starts_with("found bytes of another encoding"),
        "{row:?}"
    );
}

#[test]
fn tables_of_data_take_no_memory_and_values_beside_them_stay() {
    let mut table = String::from("!platform_table_begin\n");
    for row in 0..200_000 {
        table.push_str(&format!("{row}\t!a = b\t^c = d\n"));
    }
    table.push_str("!platform_table_end\n");
    let text = soft().replacen(
        "!platform_table_begin\nID\n1\n2\n!platform_table_end\n",
        &table,
        1,
    );
    assert!(text.len() > 3_000_000);
    let whole = without_source(&of_text(&soft()).document_bytes);
    assert_eq!(without_source(&of_text(&text).document_bytes), whole);
}

#[test]
fn files_that_are_none_or_damaged_are_errors() {
    let said = |name: &str, bytes: &[u8]| {
        let converted = of_bytes(name, bytes);
        assert_eq!(converted.outcome.status, 1);
        assert!(converted.document_bytes.is_empty());
        converted.outcome.stderr
    };
    let expected = "error: a: found another kind of file, expected a family file of GEO in SOFT or MINiML, such as GSE1000_family.soft.gz\n";
    assert_eq!(said("a", b"title\turl\n"), expected);
    assert_eq!(
        said("a", b""),
        expected.replace("another kind of file", "an empty file")
    );
    assert!(
        said("a", b"<html><body/></html>")
            .ends_with("found the element `html`, expected `MINiML`\n")
    );
    let gzip = packed(soft().as_bytes());
    assert!(said("a", &gzip[..gzip.len() / 2]).contains("the gzip file is truncated"));
    let xml = file(MINIML);
    let cut = said("a", &xml.as_bytes()[..xml.len() / 2]);
    assert!(
        cut.contains("expected the end of the element") || cut.contains("byte "),
        "{cut}"
    );
    let entity = xml.replacen("<MINiML", "<!DOCTYPE MINiML [<!ENTITY a \"b\">]><MINiML", 1);
    assert!(
        said("a", entity.as_bytes()).contains("found a document type definition, expected none")
    );
    let entity = xml
        .replacen("Cells of", "&a;", 1)
        .replacen("blood of", "&a; of", 1);
    assert!(
        said("a", entity.as_bytes()).contains("found the entity `a`, expected none of its own")
    );
    let series = "^SERIES = GSE999001\n!Series_title = x\n";
    assert_eq!(
        said("a", series.as_bytes()),
        "error: found none in all files, expected a sample with a supplementary file in a format of tracks, such as .bw or .bed.gz\n"
    );
    let line = format!("^SAMPLE = GSM1\n!Sample_title = {}\n", "x".repeat(1 << 24));
    assert!(said("a", line.as_bytes()).contains("line 2: found more than 16777216 bytes"));
}

/// One sample, so that each value is the first of its kind.
fn small() -> String {
    let text = soft();
    let end = text.find("^SAMPLE = GSM9990002").unwrap();
    text[..end]
        .replace(
            "!Series_sample_id = GSM9990002\n!Series_sample_id = GSM9990003\n",
            "",
        )
        .replace("!Series_summary = No cell was harmed.\n", "")
}

#[test]
fn each_damaged_value_is_reported_or_a_text_of_the_document() {
    let text = small();
    let lines: Vec<&str> = text.lines().collect();
    let mut damaged = 0;
    for (place, line) in lines.iter().enumerate() {
        let Some((key, value)) = line
            .split_once(" = ")
            .filter(|(key, _)| key.starts_with('!'))
        else {
            continue;
        };
        // The accession of an entity stands behind `^` too.
        if key.ends_with("geo_accession") || value.starts_with("Genome_build") {
            continue;
        }
        let mut changed: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        changed[place] = format!("{key} = ¿damaged?");
        let converted = of_text(&changed.join("\n"));
        assert_eq!(
            converted.outcome.status, 0,
            "{line}: {:?}",
            converted.outcome
        );
        let is_reported = converted
            .rows
            .iter()
            .any(|row| row[3].contains("¿damaged?"));
        let mut document = converted.document();
        document.as_object_mut().unwrap().remove("converted_from");
        let is_text = document.to_string().contains("¿damaged?");
        assert!(is_reported || is_text, "{line}: {:?}", converted.rows);
        damaged += 1;
    }
    assert!(damaged > 40, "{damaged}");
}

#[test]
fn a_dropped_value_changes_no_other_value_without_a_row() {
    let text = small();
    let lines: Vec<&str> = text.lines().collect();
    let whole: Json = of_text(&text).document();
    for (place, line) in lines.iter().enumerate() {
        if !line.starts_with("!Sample_") || line.contains("supplementary_file") {
            continue;
        }
        let mut fewer = lines.clone();
        fewer.remove(place);
        let document = of_text(&fewer.join("\n")).document();
        // What is left of an object is what it was.
        for list in ["tracks", "experiments", "samples"] {
            let objects = document[list].as_array().unwrap().iter();
            for (object, known) in objects.zip(whole[list].as_array().unwrap()) {
                for (key, value) in object.as_object().unwrap() {
                    let is_derived = [
                        "target",
                        "sample_type",
                        "biospecimen_class",
                        "label_long",
                        "compute_protocol_description",
                    ];
                    assert!(
                        known.get(key) == Some(value) || is_derived.contains(&key.as_str()),
                        "{line}: {key} is {value}"
                    );
                }
            }
        }
    }
}

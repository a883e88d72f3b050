//! Own files: with a table, and without one.

use std::fs;

use serde_json::{Value as Json, json};

use crate::support::converting::{COLLECTION, cells, csv};
use crate::support::own_files::{
    borrowed, example, example_files, files_alone, gzip, reasons, run, with_table,
};
use crate::support::running::{CHECK, CONVERT, run_in};
use crate::support::{folder, text};

const NI: &str = "ni:///sha-256;";

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

#[test]
fn an_element_of_a_collection_is_found_by_the_name_of_its_dataset_too() {
    let described = json!([
        {"element_identifier": "a", "name": "a.bed.gz", "extension": "bed"},
        {"element_identifier": "b", "name": "Sort on data 1", "extension": "bed"},
    ]);
    let described = serde_json::to_vec(&described).unwrap();
    let inputs: [(&str, &[u8]); 4] = [
        ("0", b"chr1\t10\t20\n"),
        ("1", b"chr1\t30\t40\n"),
        ("described.json", &described),
        ("table.csv", b"file name,id\na.bed.gz,T1\nb,T2\n"),
    ];
    let given = ["table.csv", "--files", "0", "1", "--described"];
    let options = [
        "described.json",
        "--base-url",
        "https://tracks.example.org/deposit",
    ];
    let converted = run(&folder(), &inputs, &[&given[..], &options].concat());
    let document = converted.document();
    let tracks = document["tracks"].as_array().unwrap().iter();
    let urls: Vec<&Json> = tracks.map(|track| &track["file_url"]).collect();
    assert_eq!(
        urls,
        [
            "https://tracks.example.org/deposit/a.bed.gz",
            "https://tracks.example.org/deposit/b"
        ]
    );
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

#[test]
fn a_damaged_cell_of_the_table_is_reported_or_a_text_of_the_document() {
    const DAMAGED: &str = "¿damaged?";
    let files = example_files();
    let whole = cells(&text("test-data/conversion/own_files.csv"));
    let mut damaged = 0;
    for row in 1..whole.len() {
        for column in 0..whole[0].len() {
            if whole[row][column].is_empty() {
                continue;
            }
            let mut changed = whole.clone();
            changed[row][column] = DAMAGED.to_owned();
            let converted = with_table(&csv(&changed), &borrowed(&files), &COLLECTION);
            let record = format!("table.csv, row {}", row + 1);
            let is_reported = converted
                .rows
                .iter()
                .any(|cells| cells[1] == record && cells[3] == DAMAGED);
            let title = whole[0][column].as_str();
            let is_id = title.ends_with("ID") || title == "Study name";
            let in_document = String::from_utf8_lossy(&converted.document_bytes).contains(DAMAGED);
            assert!(
                is_reported || is_id && in_document,
                "{title}: {:?}",
                converted.rows
            );
            damaged += 1;
        }
    }
    assert!(damaged > 30);
}

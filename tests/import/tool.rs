//! `fairtracks_import` as its users meet it: the tracks that come, the table, the report, and what Galaxy is told.

use std::collections::BTreeSet;
use std::fs;

use crate::support::importing::{
    CREDITS, DATE, FAULTY, NINE, gunzip, import, import_in, nine, settings, sha256,
};
use crate::support::{folder, project};
use serde_json::{Value as Json, json};

/// The nine tracks, and the datatype and genome build that a biologist expects of each.
const EXPECTED: [(&str, &str, &str, &str); 9] = [
    ("dnase", "cells_dnase.bed", "bed", "hg38"),
    ("h3k4me3", "cells_h3k4me3.narrowPeak.gz", "bed", "hg38"),
    ("h3k27me3", "cells_h3k27me3.broadPeak", "bed", "hg38"),
    ("signal", "cells_signal.bigWig", "bigwig", "hg38"),
    ("peaks", "cells_peaks.bigBed", "bigbed", "hg38"),
    ("coverage", "cells_coverage.bedGraph.gz", "bedgraph", "hg19"),
    ("variants", "cells_variants.vcf.gz", "vcf_bgzip", "hg38"),
    ("genes", "cells_genes.gff3.gz", "gff3", "hg38"),
    ("scores", "cells_scores.wig", "wig", "mm10"),
];

fn local_id(name: &str) -> String {
    format!("example:cells_{name}")
}

/// The bytes that Galaxy is to have of a file.
fn wanted(file: &str, datatype: &str) -> Vec<u8> {
    let bytes = fs::read(project("test-data/tracks").join(file)).unwrap();
    if file.ends_with(".gz") && datatype != "vcf_bgzip" {
        gunzip(&bytes)
    } else {
        bytes
    }
}

#[test]
fn all_tracks_come_with_their_bytes_datatypes_and_genome_builds() {
    let came = nine(&[]);
    for (name, file, datatype, dbkey) in EXPECTED {
        let id = local_id(name);
        let element = came.element("output_tracks", &id);
        assert_eq!(element["ext"], datatype, "{id}");
        assert_eq!(element["dbkey"], dbkey, "{id}");
        assert_eq!(came.bytes(&element), wanted(file, datatype), "{id}");
        let unpacked = if datatype == "vcf_bgzip" {
            file
        } else {
            file.trim_end_matches(".gz")
        };
        assert_eq!(element["created_from_basename"], unpacked, "{id}");
    }
}

#[test]
fn the_table_has_a_row_for_each_track_in_the_order_of_the_document() {
    let came = nine(&[]);
    let ids: Vec<String> = EXPECTED.iter().map(|(name, ..)| local_id(name)).collect();
    assert_eq!(came.column("local_id"), ids);
    for (name, file, datatype, dbkey) in EXPECTED {
        let row = came.row(&local_id(name));
        let bytes = wanted(file, datatype);
        for (title, value) in [
            ("status", "imported"),
            ("reason", ""),
            ("element_identifier", &local_id(name)),
            ("datatype", datatype),
            ("dbkey", dbkey),
            ("assembly", dbkey),
            ("cell_or_tissue", "K562"),
            ("bytes", &bytes.len().to_string()),
            ("sha256", &sha256(&bytes)),
        ] {
            assert_eq!(row[title], value, "{title} of {name}");
        }
        assert!(row["source_url"].ends_with(&format!(".example.org/cells/{file}")));
        assert_eq!(row["checksum_wanted"], row["checksum_found"], "{name}");
        assert!(row["seconds"].parse::<f64>().unwrap() >= 0.0);
    }
    let row = came.row("example:cells_h3k4me3");
    assert_eq!(row["label"], "Cells, H3K4me3: narrow peaks");
    assert_eq!(
        row["assay"],
        "histone modification identification by ChIP-Seq assay"
    );
    assert_eq!(row["target"], "H3K4_trimethylation");
    assert_eq!(
        row["checksum_wanted"], "12a7d0fe4d885267f7864b021c3d60c7",
        "of the bytes as served"
    );
}

#[test]
fn the_columns_of_the_table_are_named_for_galaxy() {
    let came = nine(&[]);
    let expected = "local_id label cell_or_tissue assay target assembly status reason element_identifier datatype \
                    dbkey bytes seconds source_url checksum_wanted checksum_found sha256 described_in";
    let expected: Vec<&str> = expected.split_whitespace().collect();
    assert_eq!(
        came.galaxy()["output_table"]["metadata"]["column_names"],
        json!(expected)
    );
    let table = String::from_utf8(came.files()["outcomes.tsv"].clone()).unwrap();
    assert_eq!(
        table.lines().next().unwrap(),
        format!("#{}", expected.join("\t"))
    );
}

#[test]
fn report_and_table_say_in_their_names_how_many_tracks_came() {
    let galaxy = nine(&[]).galaxy();
    let table = &galaxy["output_table"];
    assert_eq!(table["name"], "9 tracks imported: table of outcomes");
    assert_eq!(galaxy["output_report"]["name"], "9 tracks imported: report");
    assert!(table.get("dbkey").is_none(), "three builds: {table}");
    let galaxy = import(&[&project(FAULTY)], &[]).galaxy();
    assert_eq!(
        galaxy["output_table"]["name"],
        "2 of 6 tracks imported: table of outcomes"
    );
    assert_eq!(galaxy["output_table"]["dbkey"], "hg38");
    let report = &galaxy["output_report"];
    assert_eq!(report["name"], "2 of 6 tracks imported: report");
    assert_eq!(report["info"], "2 of 6 tracks imported, 4 failed");
    assert_eq!(galaxy["output_table"]["info"], report["info"]);
}

#[test]
fn tracks_and_crates_have_the_same_names_in_the_same_order() {
    let came = nine(&[]);
    assert_eq!(came.names("output_tracks").len(), 9);
    assert_eq!(came.names("output_tracks"), came.names("output_crates"));
    assert_eq!(
        came.names("output_tracks"),
        came.column("element_identifier")
    );
    for (track, crate_) in came
        .elements("output_tracks")
        .iter()
        .zip(came.elements("output_crates"))
    {
        assert_eq!(crate_["ext"], "zip");
        assert_eq!(crate_["dbkey"], track["dbkey"]);
        assert_eq!(crate_["tags"], track["tags"]);
    }
}

#[test]
fn galaxy_is_told_hashes_and_sources_of_each_track() {
    let came = nine(&[]);
    for row in came.rows() {
        let element = came.element("output_tracks", &row["element_identifier"]);
        let sum = sha256(&came.bytes(&element));
        assert!(
            element["hashes"]
                .as_array()
                .unwrap()
                .contains(&json!({"hash_function": "SHA-256", "hash_value": sum})),
            "{element}"
        );
        for hash in element["hashes"].as_array().unwrap() {
            // An MD5 of the packed bytes would make Galaxy call the unpacked dataset damaged.
            let is_packed = row["source_url"].ends_with(".gz");
            assert!(
                hash["hash_function"] == "SHA-256" || !is_packed,
                "{element}"
            );
        }
        assert_eq!(
            element["sources"],
            json!([{"source_uri": row["source_url"]}])
        );
    }
}

#[test]
fn name_tags_are_added_on_request_and_are_readable() {
    let came = nine(&["--tags"]);
    for output in ["output_tracks", "output_crates"] {
        let element = came.element(output, "example:cells_dnase");
        assert_eq!(element["tags"], json!(["name:cells_dnase"]));
        let tags = came.elements(output).into_iter();
        let tags: BTreeSet<String> = tags.map(|element| element["tags"].to_string()).collect();
        assert_eq!(tags.len(), 9, "each track has a tag of its own: {tags:?}");
    }
    let crate_ = came.crate_of("example:cells_dnase").metadata.to_string();
    assert!(crate_.contains("\"name:cells_dnase\""), "{crate_}");
}

#[test]
fn name_tags_are_ids_even_where_labels_name_the_tracks() {
    let came = nine(&["--tags", "--identifiers", "label"]);
    let element = came.element("output_tracks", "Cells__H3K4me3:_narrow_peaks");
    assert_eq!(element["tags"], json!(["name:cells_h3k4me3"]));
}

#[test]
fn by_default_there_are_no_name_tags() {
    let came = nine(&[]);
    for output in ["output_tracks", "output_crates"] {
        for element in came.elements(output) {
            assert!(
                element.get("tags").is_none_or(|tags| tags == &json!([])),
                "{element}"
            );
        }
    }
    assert!(
        !came
            .crate_of("example:cells_dnase")
            .metadata
            .to_string()
            .contains("name tag")
    );
}

#[test]
fn a_sample_sheet_has_the_tracks_once_more_with_their_metadata_as_columns() {
    let came = nine(&["--sample-sheet"]);
    let galaxy = came.galaxy();
    let unnamed = galaxy["__unnamed_outputs"].as_array().unwrap();
    assert_eq!(unnamed.len(), 1);
    let sheet = &unnamed[0];
    assert_eq!(sheet["destination"], json!({"type": "hdca"}));
    assert_eq!(sheet["collection_type"], "sample_sheet");
    assert_eq!(sheet["name"], "9 tracks imported: sample sheet");
    let columns = sheet["column_definitions"].as_array().unwrap();
    let elements = sheet["elements"].as_array().unwrap();
    assert_eq!(elements.len(), 9);
    let cell = |element: &Json, title: &str| {
        let at = columns.iter().position(|column| column["name"] == title);
        element["row"][at.unwrap_or_else(|| panic!("no column {title}"))].clone()
    };
    for (element, track) in elements.iter().zip(came.elements("output_tracks")) {
        assert_eq!(element["name"], track["name"]);
        assert_eq!(element["row"].as_array().unwrap().len(), columns.len());
        assert_eq!(came.bytes(element), came.bytes(&track));
        assert_ne!(
            element["filename"], track["filename"],
            "Galaxy moves the files that it is told of"
        );
        assert_eq!(cell(element, "cell_or_tissue"), "K562");
        assert_eq!(cell(element, "species"), "Homo sapiens");
        // Galaxy takes letters, digits, blanks and _ - ? only.
        for value in element["row"].as_array().unwrap() {
            let fits =
                |character: char| character.is_ascii_alphanumeric() || " _-?".contains(character);
            assert!(value.as_str().unwrap().chars().all(fits), "{value}");
        }
    }
    assert_eq!(cell(&elements[1], "target"), "H3K4_trimethylation");
    assert_eq!(
        cell(&elements[1], "assay"),
        "histone modification identification by ChIP-Seq assay"
    );
    assert!(columns.iter().any(|column| column["name"] == "donor"));
    assert!(
        nine(&[]).galaxy().get("__unnamed_outputs").is_none(),
        "only where it is asked for"
    );
}

#[test]
fn the_report_says_what_came_from_whom_and_whether_it_is_right() {
    let report = nine(&[]).report();
    for expected in [
        "All 9 tracks were imported",
        "Tracks of cells made for tests",
        "K562 (9)",
        "histone modification identification by ChIP-Seq assay (4)",
        "hg38 (7), hg19 (1), mm10 (1)",
        "9 tracks: checksum matches the provider's",
        "output=\"output_table\"",
        "ni:///sha-256;",
        "licence",
    ] {
        assert!(report.contains(expected), "{expected}: {report}");
    }
    assert!(!report.contains("## Missing tracks"));
}

#[test]
fn a_report_of_complete_credits_has_no_advice_on_them() {
    let credits = CREDITS;
    assert!(
        nine(&[])
            .report()
            .contains("- Missing: creator, licence, organisation; ")
    );
    assert!(!nine(&credits).report().contains("- Missing: "));
}

#[test]
fn without_an_output_option_the_table_is_printed() {
    let document = project(NINE);
    let arguments = [document.to_str().unwrap(), "--output-folder", "here"];
    let came = import_in(
        &folder(),
        &settings(&folder(), ""),
        &[&arguments[..], &DATE].concat(),
    );
    assert_eq!(came.status, 0);
    assert!(
        came.stdout.starts_with("#local_id\tlabel\t"),
        "{}",
        came.stdout
    );
    assert_eq!(came.stdout.lines().count(), 10);
    let files: Vec<String> = came.files().into_keys().collect();
    assert_eq!(files.len(), 18, "{files:?}");
    assert!(
        files
            .iter()
            .all(|file| file.starts_with("here/tracks/") || file.starts_with("here/crates/"))
    );
}

#[test]
fn what_is_said_of_a_good_import_never_sounds_like_a_failure() {
    let came = nine(&["--sample-sheet"]);
    let said = format!("{}{}", came.stdout, came.stderr).to_lowercase();
    for word in ["error", "exception", "fail", "warning", "panicked"] {
        assert!(!said.contains(word), "{said}");
    }
    assert!(came.stderr.contains("All 9 tracks were imported"));
}

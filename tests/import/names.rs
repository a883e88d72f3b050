//! `fairtracks_import`: the names, datatypes and genome builds that Galaxy sees, of usual and of odd tracks.

use crate::support;
use crate::support::Outcome;
use crate::support::importing::{NINE, changed, import, import_from, nine, with_track, written};
use crate::support::project;
use serde_json::{Value as Json, json};

/// The BED track changed, beside a track that is good.
fn changed_track(change: impl FnOnce(&mut Json), options: &[&str]) -> Outcome {
    let came = import(&[&with_track(change)], options);
    assert_eq!(came.status, 0, "{}", came.stderr);
    came
}

/// The element and the row of the track that was changed.
fn element(came: &Outcome) -> Json {
    let elements = came.elements("output_tracks");
    let mut others = elements
        .into_iter()
        .filter(|element| element["name"] != "example:cells_scores");
    others
        .next()
        .unwrap_or_else(|| panic!("the track did not come: {}", came.stderr))
}

fn row(came: &Outcome) -> support::outcome::Row {
    came.rows()
        .into_iter()
        .find(|row| row["local_id"] != "example:cells_scores")
        .unwrap()
}

#[test]
fn a_name_keeps_letters_digits_and_six_signs_and_nothing_leaves_the_folder() {
    for (id, name) in [
        ("encode:ENCFF955LOC", "encode:ENCFF955LOC"),
        ("a b", "a_b"),
        ("Az09._:+-", "Az09._:+-"),
        ("é", "_"),
        ("../x", ".._x"),
        ("/etc/passwd", "_etc_passwd"),
        ("a\tb\nc", "a_b_c"),
        ("x'; rm -rf /", "x___rm_-rf__"),
        ("C:\\x", "C:_x"),
    ] {
        let came = changed_track(|track| track["local_id"] = id.into(), &[]);
        assert_eq!(element(&came)["name"], name, "{id}");
        for output in ["output_tracks", "output_crates"] {
            for element in came.elements(output) {
                let path = element["filename"].as_str().unwrap();
                let file = came.folder.join(path).canonicalize().unwrap();
                assert!(
                    file.starts_with(came.folder.canonicalize().unwrap()),
                    "{id}: {path}"
                );
                assert!(
                    !path.contains("..") || path.contains(".._x"),
                    "{id}: {path}"
                );
            }
        }
    }
}

#[test]
fn the_names_of_devices_dots_and_nothing_are_files_like_others() {
    for id in [".", "..", "-", "--help", "CON", "aux.bed"] {
        let came = changed_track(|track| track["local_id"] = id.into(), &[]);
        assert_eq!(came.elements("output_tracks").len(), 2, "{id}");
        assert_eq!(came.bytes(&element(&came)).len(), 78, "{id}");
    }
}

#[test]
fn an_id_of_500_characters_comes() {
    let id = format!("example:{}", "x".repeat(492));
    let came = changed_track(|track| track["local_id"] = id.clone().into(), &[]);
    assert_eq!(row(&came)["local_id"], id);
    assert_eq!(came.bytes(&element(&came)).len(), 78);
    // Galaxy's column for element identifiers holds 255 characters.
    assert!(element(&came)["name"].as_str().unwrap().len() <= 255);
}

#[test]
fn two_long_ids_that_differ_at_their_end_are_two_tracks() {
    let long = "y".repeat(490);
    let document = with_track(|track| track["local_id"] = format!("{long}1").into());
    let mut json: Json = serde_json::from_slice(&std::fs::read(&document).unwrap()).unwrap();
    json["tracks"][1]["local_id"] = format!("{long}2").into();
    std::fs::write(&document, json.to_string()).unwrap();
    let came = import(&[&document], &[]);
    let names = came.names("output_tracks");
    assert_eq!(names.len(), 2, "{}", came.stderr);
    assert_ne!(names[0], names[1]);
    assert_eq!(came.bytes(&came.elements("output_tracks")[0]).len(), 78);
    assert_eq!(came.bytes(&came.elements("output_tracks")[1]).len(), 71);
}

#[test]
fn names_that_would_be_the_same_are_numbered() {
    let document = changed(|document| {
        for track in document["tracks"]
            .as_array_mut()
            .unwrap()
            .iter_mut()
            .take(3)
        {
            track["local_id"] = "example:same".into();
        }
    });
    let came = import(&[&document], &[]);
    assert_eq!(came.status, 0, "{}", came.stderr);
    let names = came.names("output_tracks");
    assert_eq!(
        names[..3],
        ["example:same", "example:same (2)", "example:same (3)"]
    );
    let sizes: Vec<usize> = came
        .elements("output_tracks")
        .iter()
        .map(|element| came.bytes(element).len())
        .collect();
    assert_eq!(sizes[..3], [78, 117, 108], "each keeps its own file");
    assert_eq!(came.names("output_crates"), names);
}

#[test]
fn names_that_differ_in_case_only_do_not_share_a_file() {
    let document = changed(|document| {
        document["tracks"][0]["local_id"] = "example:A".into();
        document["tracks"][1]["local_id"] = "example:a".into();
    });
    let came = import(&[&document], &[]);
    let files: std::collections::BTreeSet<String> = came
        .elements("output_tracks")
        .iter()
        .map(|element| element["filename"].as_str().unwrap().to_lowercase())
        .collect();
    assert_eq!(files.len(), 9, "{files:?}");
}

#[test]
fn tracks_can_be_named_by_their_labels() {
    let came = nine(&["--identifiers", "label"]);
    let labels = came.names("output_tracks");
    assert_eq!(labels[0], "Cells__DNase:_regions");
    assert_eq!(
        came.row("example:cells_dnase")["element_identifier"],
        "Cells__DNase:_regions"
    );
    let facts = came.crate_of("Cells__DNase:_regions").metadata.to_string();
    assert!(
        facts.contains("Cells__DNase:_regions"),
        "the crate records the name as given"
    );
}

#[test]
fn peaks_can_have_the_datatype_that_knows_their_columns() {
    let came = nine(&["--peaks", "encodepeak"]);
    for (id, datatype) in [
        ("example:cells_h3k4me3", "encodepeak"),
        ("example:cells_h3k27me3", "encodepeak"),
        ("example:cells_dnase", "bed"),
    ] {
        assert_eq!(came.element("output_tracks", id)["ext"], datatype);
        assert_eq!(came.row(id)["datatype"], datatype);
    }
}

#[test]
fn a_format_that_nobody_knows_becomes_data_and_is_told() {
    let odd = support::folder();
    std::fs::write(odd.join("cells_dnase.braille"), "dots").unwrap();
    let document = with_track(|track| {
        track["file_format"] =
            json!({"term_id": "http://edamontology.org/format_9999", "term_label": "Braille"});
        track["file_name"] = "cells_dnase.braille".into();
        track["file_url"] = "https://odd.example.org/cells_dnase.braille".into();
        track.as_object_mut().unwrap().remove("checksum");
    });
    let came = import_from(&odd, "", &[&document], &[]);
    assert_eq!(element(&came)["ext"], "data");
    let reason = &row(&came)["reason"];
    assert!(
        reason.contains("Braille") || reason.contains("format_9999"),
        "{reason}"
    );
    assert_eq!(row(&came)["status"], "imported");
    let report = came.report();
    assert!(
        report.contains("Braille")
            || report.contains("format_9999")
            || report.contains("format\\_9999"),
        "{report}"
    );
}

#[test]
fn an_assembly_that_nobody_knows_has_no_genome_build_and_is_told() {
    let came = changed_track(
        |track| {
            track["assembly_name"] = "yeti1".into();
            track["assembly_id"] = "insdc.gca:GCA_999999999.1".into();
        },
        &[],
    );
    assert_eq!(element(&came)["dbkey"], "?");
    assert_eq!(row(&came)["dbkey"], "?");
    assert!(
        row(&came)["reason"].contains("yeti1"),
        "{}",
        row(&came)["reason"]
    );
    assert!(came.report().contains("yeti1"));
}

#[test]
fn name_and_accession_of_different_genomes_give_no_genome_build_and_both_are_told() {
    let came = changed_track(|track| track["assembly_name"] = "mm10".into(), &[]);
    assert_eq!(element(&came)["dbkey"], "?");
    let reason = row(&came)["reason"].clone();
    assert!(
        reason.contains("mm10") && reason.contains("GCF_000001405.26"),
        "{reason}"
    );
}

#[test]
fn a_genome_build_is_found_by_synonym_and_by_accession() {
    for (name, accession, dbkey) in [
        (json!("GRCh38"), json!("insdc.gca:GCF_000001405.26"), "hg38"),
        (json!("GRCh37"), json!("insdc.gca:GCA_000001405.1"), "hg19"),
        (json!("GRCm38"), Json::Null, "mm10"),
        (Json::Null, json!("insdc.gca:GCA_000001405.15"), "hg38"),
        (json!("HG38"), Json::Null, "hg38"),
    ] {
        let came = changed_track(
            |track| {
                let track = track.as_object_mut().unwrap();
                for (key, value) in [("assembly_name", &name), ("assembly_id", &accession)] {
                    if value.is_null() {
                        track.remove(key);
                    } else {
                        track.insert(key.to_owned(), value.clone());
                    }
                }
            },
            &[],
        );
        assert_eq!(
            element(&came)["dbkey"],
            dbkey,
            "{name} {accession}: {}",
            row(&came)["reason"]
        );
    }
}

#[test]
fn a_file_that_is_something_else_gets_the_datatype_that_it_is_and_a_remark() {
    let came = changed_track(
        |track| {
            let track = track.as_object_mut().unwrap();
            track.insert(
                "file_url".to_owned(),
                "https://tracks.example.org/cells/cells_signal.bigWig".into(),
            );
            track.insert("file_name".to_owned(), "cells_signal.bed".into());
            track.remove("checksum");
        },
        &[],
    );
    assert_eq!(element(&came)["ext"], "bigwig");
    let reason = row(&came)["reason"].clone();
    assert!(reason.to_lowercase().contains("bigwig"), "{reason}");
}

#[test]
fn a_label_with_tabs_newlines_and_signs_of_markup_stays_in_its_cell() {
    let came = changed_track(
        |track| track["label_long"] = "a\tb\nc | <b>d</b> [e](javascript:f) `g`".into(),
        &[],
    );
    assert_eq!(
        row(&came)["label"],
        "a\\tb\\nc | <b>d</b> [e](javascript:f) `g`"
    );
    assert!(!came.report().contains("<b>d</b>"), "{}", came.report());
    assert!(
        !came.report().contains("[e](javascript:"),
        "{}",
        came.report()
    );
}

#[test]
fn the_same_document_twice_gives_tracks_that_can_be_told_apart() {
    let document = project(NINE);
    let came = import(&[&document, &document], &[]);
    assert_eq!(came.status, 0, "{}", came.stderr);
    let names = came.names("output_tracks");
    let unique: std::collections::BTreeSet<&String> = names.iter().collect();
    assert_eq!(unique.len(), names.len(), "{names:?}");
    for element in came.elements("output_tracks") {
        assert!(!came.bytes(&element).is_empty());
    }
    assert_eq!(came.rows().len() % 9, 0);
}

#[test]
fn a_name_that_a_workflow_gives_an_output_is_kept() {
    let given = r#"{"output_table": "My tracks", "output_report": "FAIRtracks import on dataset 1: report"}"#;
    let file = written("output_names.json", given);
    let came = nine(&["--output-names", file.to_str().unwrap()]);
    assert_eq!(came.status, 0, "{}", came.stderr);
    let metadata = came.galaxy();
    assert_eq!(metadata["output_table"]["name"], "My tracks");
    assert_eq!(
        metadata["output_report"]["name"],
        "9 tracks imported: report"
    );
}

#[test]
fn output_names_that_are_no_json_are_an_error() {
    let file = written("output_names.json", "My tracks");
    let asked = ["--output-names", file.to_str().unwrap()];
    let came = import(&[&project(NINE)], &asked);
    assert_eq!(came.status, 1);
    assert!(
        came.stderr.contains("output_names.json: "),
        "{}",
        came.stderr
    );
}

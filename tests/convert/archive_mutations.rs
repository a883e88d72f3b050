//! Each text of answers of FAANG, of the Genomic Data Commons and of reports of the European Nucleotide Archive, and each cell of
//! the table of ICGC is damaged in turn: it is reported, or is a text of the document.

use serde_json::{Value as Json, json};

use super::portals::{converted, file, json_of};
use crate::support::converting::Converted;
use crate::support::json_leaves::texts;

const DAMAGED: &str = "¿damaged?";

/// Whether the damaged value is in the log or in the document.
fn is_seen(converted: &Converted) -> bool {
    let cells = |row: &Vec<String>| row[2..6].iter().any(|cell| cell.contains(DAMAGED));
    let is_reported = converted.rows.iter().any(cells);
    let mut document = converted.document();
    document.as_object_mut().unwrap().remove("converted_from");
    is_reported || document.to_string().contains(DAMAGED)
}

/// Damages each text of some files, but for those whose pointer ends with one of `links`.
fn check(source: &str, files: &[(&str, Json)], links: &[&str]) {
    let mut damaged = 0;
    for (place, (_, whole)) in files.iter().enumerate() {
        for pointer in texts(whole) {
            if links.iter().any(|link| pointer.ends_with(link)) {
                continue;
            }
            let mut value = whole.clone();
            *value.pointer_mut(&pointer).unwrap() = DAMAGED.into();
            let named = files.iter().enumerate();
            let named: Vec<(&str, String)> = named
                .map(|(other, (name, known))| match other == place {
                    true => (*name, value.to_string()),
                    false => (*name, known.to_string()),
                })
                .collect();
            let named: Vec<(&str, &str)> = named
                .iter()
                .map(|(name, text)| (*name, &text[..]))
                .collect();
            let converted = converted(source, &named);
            assert_eq!(
                converted.outcome.status, 0,
                "{pointer}: {:?}",
                converted.outcome
            );
            assert!(is_seen(&converted), "{pointer}: {:?}", converted.rows);
            damaged += 1;
        }
    }
    assert!(damaged > 20);
}

/// The answer with its first hit alone: the first value of a column that no rule reads is shown.
fn first_hit(name: &str, hits: &str) -> Json {
    let mut answer = json_of(name);
    let list = answer.pointer_mut(hits).unwrap().as_array_mut().unwrap();
    list.truncate(1);
    answer
}

#[test]
fn a_damaged_text_of_an_answer_of_faang_is_reported() {
    let mut analysis = first_hit("faang_analysis.json", "/hits/hits");
    // The first file alone has values that are shown.
    let files = analysis.pointer_mut("/hits/hits/0/_source/files").unwrap();
    files.as_array_mut().unwrap().truncate(1);
    let specimen = first_hit("faang_specimen.json", "/hits/hits");
    let hub = first_hit("faang_trackhubs.json", "/hits/hits");
    // What a search server adds to a hit.
    let links = ["/_index", "/_id", "/relation"];
    check(
        "faang",
        &[("a.json", analysis), ("s.json", specimen)],
        &links,
    );
    check("faang", &[("h.json", hub)], &links);
}

#[test]
fn a_damaged_text_of_an_answer_of_the_gdc_is_reported() {
    let mut answer = json_of("gdc_files.json");
    let hits = answer["data"]["hits"].as_array_mut().unwrap();
    let whole = hits[1].clone();
    *hits = vec![whole];
    answer["data"].as_object_mut().unwrap().remove("pagination");
    check("gdc", &[("g.json", answer)], &["/hits/0/id"]);
}

#[test]
fn a_damaged_text_of_a_report_of_the_ena_is_reported() {
    let analysis = json!([{"analysis_accession": "ERZ9999101", "study_accession": "PRJEB999911", "sample_accession": "SAMEA999911",
        "experiment_accession": "ERX9999101", "run_accession": "ERR9999101", "analysis_type": "PROCESSED_READS",
        "analysis_title": "DNase peaks", "tax_id": "9606", "reference_genome": "GRCh38",
        "submitted_ftp": "ftp.sra.ebi.ac.uk/vol1/a.bed.gz", "submitted_md5": "00000000000000000000000000001eef",
        "submitted_format": "BED", "submitted_bytes": "1000"}]);
    let mut runs = json_of("ena_runs.json");
    runs.as_array_mut().unwrap().truncate(1);
    let samples = json!([{"sample_accession": "SAMEA999911", "secondary_sample_accession": "ERS9999011", "cell_type": "B cell",
        "tissue_type": "blood", "disease": "Healthy", "scientific_name": "Homo sapiens", "description": "cells"}]);
    let studies = json!([{"study_accession": "PRJEB999911", "study_title": "Invented", "center_name": "Centre"}]);
    let files = [
        ("a.json", analysis),
        ("r.json", runs),
        ("s.json", samples),
        ("t.json", studies),
    ];
    check("ena", &files, &[]);
}

#[test]
fn a_damaged_cell_of_the_table_of_icgc_is_reported() {
    let table = file("icgc_locations.tsv");
    let lines: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    let mut damaged = 0;
    for line in [1, 3] {
        for column in 1..lines[0].len() {
            // A file of the open bucket needs no location, and one without an id of the commons has no such id.
            if lines[line][column].is_empty() {
                continue;
            }
            let mut cells = lines[line].clone();
            cells[column] = DAMAGED;
            // A second row stays a track where the damaged one is none any more.
            let rows = [&lines[0], &cells, &lines[2]].map(|cells| cells.join("\t"));
            let converted = converted("icgc", &[("l.tsv", &rows.join("\n"))]);
            assert_eq!(converted.outcome.status, 0, "{:?}", converted.outcome);
            let title = lines[0][column];
            assert!(is_seen(&converted), "{title}: {:?}", converted.rows);
            damaged += 1;
        }
    }
    assert!(damaged > 20);
}

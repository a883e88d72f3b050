//! What a source holds beside tracks is counted: relationships of a SEEK, samples of an investigation, indices of FAANG.

use serde_json::{Value as Json, json};

use super::labs::seek;
use super::online_pages::{answer, convert, document};
use super::portals::{converted_json, file, json_of, texts};
use crate::support::converting::Converted;
use crate::support::scripted_server::Server;

/// Value, reason and count of the rows of a field that is not read.
fn not_read(converted: &Converted, field: &str) -> Vec<(String, String, String)> {
    let rows = converted.rows_of("not read").into_iter();
    let rows = rows.filter(|row| row[2] == field);
    rows.map(|row| (row[3].clone(), row[5].clone(), row[6].clone()))
        .collect()
}

fn row(value: &str, reason: &str, count: &str) -> Vec<(String, String, String)> {
    vec![(value.to_owned(), reason.to_owned(), count.to_owned())]
}

const NO_RULE: &str = "no rule reads what this relationship leads to: left out";

#[test]
fn relationships_of_seek_that_no_rule_reads_are_rows_with_their_count() {
    let (mut files, mut related) = (
        json_of("seek_data_files.json"),
        json_of("seek_related.json"),
    );
    let to = |kind: &str, id: &str| json!({"data": [{"id": id, "type": kind}]});
    for item in files["data"].as_array_mut().unwrap() {
        item["relationships"]["projects"] = to("projects", "1");
        item["relationships"]["events"] = json!({"data": []});
    }
    related["data"][0]["relationships"]["sops"] = to("sops", "12");
    let studies = &mut related["data"][2]["relationships"];
    studies["projects"] = to("projects", "1");
    // Another name of what is read.
    studies["people"] = to("people", "9");
    let converted = seek(&files, &related);
    let of = |field: &str| not_read(&converted, field);
    assert_eq!(
        of("data_files.relationships.projects"),
        row("projects/1", NO_RULE, "2")
    );
    assert_eq!(
        of("assays.relationships.sops"),
        row("sops/12", NO_RULE, "1")
    );
    assert_eq!(
        of("studies.relationships.projects"),
        row("projects/1", NO_RULE, "1")
    );
    let rows = converted.rows_of("not read");
    let fields: Vec<&str> = rows
        .iter()
        .map(|row| &row[2][..])
        .filter(|field| field.contains(".relationships."))
        .collect();
    assert_eq!(fields.len(), 3, "{fields:?}");
}

#[test]
fn included_items_of_seek_that_no_rule_reads_are_a_row() {
    let (mut files, related) = (
        json_of("seek_data_files.json"),
        json_of("seek_related.json"),
    );
    files["included"] = json!([
        {"id": "1", "type": "projects", "attributes": {"title": "Immune cells"}},
        {"id": "4", "type": "institutions", "attributes": {"title": "Invented Institute"}}]);
    let converted = seek(&files, &related);
    let reason = "items of institutions are not read: left out";
    assert_eq!(not_read(&converted, "institutions"), row("4", reason, "1"));
}

#[test]
fn the_creator_of_an_assay_is_the_contact_where_file_and_study_have_none() {
    let (mut files, mut related) = (
        json_of("seek_data_files.json"),
        json_of("seek_related.json"),
    );
    for item in files["data"].as_array_mut().unwrap() {
        item["relationships"]["creators"] = json!({"data": []});
    }
    related["data"][2]["relationships"]["creators"] = json!({"data": []});
    for assay in 0..2 {
        related["data"][assay]["relationships"]["creators"] =
            json!({"data": [{"id": "9", "type": "people"}]});
    }
    let document = seek(&files, &related).document();
    assert_eq!(
        texts(&document, "studies", "/contact/name"),
        ["Ada Invented"]
    );
}

#[test]
fn samples_of_an_investigation_without_a_data_file_are_counted() {
    let mut whole = json_of("isa_investigation.json");
    let reason = "samples without a derived data file: left out";
    let of = |whole: &Json| not_read(&converted_json("isa", whole), "materials.samples");
    assert_eq!(of(&whole), []);
    let samples = &mut whole["investigation"]["studies"][0]["materials"]["samples"];
    for id in 3..6 {
        let sample = json!({"@id": format!("#sample/{id}"), "name": format!("S{id}")});
        samples.as_array_mut().unwrap().push(sample);
    }
    assert_eq!(of(&whole), row("S3", reason, "3"));
    // A sample of raw data alone.
    let files = &mut whole["investigation"]["studies"][0]["assays"][1]["dataFiles"];
    for file in files.as_array_mut().unwrap() {
        file["type"] = "Raw Data File".into();
    }
    assert_eq!(of(&whole), row("S2", reason, "4"));
}

#[test]
fn an_index_of_faang_with_a_date_leads_to_specimens_of_the_same_date() {
    let server = Server::start(|request| match request.path() {
        "/data/2026_03_26_analysis/_search/" => answer("200 OK", &file("faang_analysis.json")),
        "/data/2026_03_26_specimen/_search/" => answer("200 OK", &file("faang_specimen.json")),
        _ => answer("200 OK", "This index doesn't exist!"),
    });
    let convert_index = |index: &str| {
        let url = server.url(&format!("/data/{index}/_search/?q=liver"));
        convert(&["--source", "faang", "--url", &url], "")
    };
    let outcome = convert_index("2026_03_26_analysis");
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let document = document(&outcome);
    assert!(texts(&document, "samples", "/species_id").contains(&"taxonomy:9823"));
    let table = std::fs::read_to_string(outcome.folder.join("out.tsv")).unwrap();
    assert!(
        table.contains("/data/2026_03_26_dataset/_search/") && table.contains(DATES),
        "{table}"
    );
    let outcome = convert_index("file");
    assert_eq!(outcome.status, 1);
    assert!(outcome.stderr.contains(DATES), "{}", outcome.stderr);
}

const DATES: &str = "the portal names some indices with a date, such as 2026_03_26_file: search the index by that name";

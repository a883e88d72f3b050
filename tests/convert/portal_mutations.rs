//! Each text of a Data Hub and of an answer is damaged in turn: it is reported, or is a text of the document.

use serde_json::Value as Json;

use super::portals::{converted_json, file};
use crate::support::json_leaves::texts;

const DAMAGED: &str = "¿damaged?";

/// Members that the readers of sources use to find others, with what becomes of a damaged one.
const LINKS: [&str; 4] = ["@type", "@id", "experiment_type", "assay_type"];

fn check(source: &str, whole: &Json) {
    let damaged = check_rows(source, whole, "");
    assert!(damaged > 20);
}

/// Damages each text below a pointer: how many there are.
fn check_rows(source: &str, whole: &Json, below: &str) -> usize {
    let mut damaged = 0;
    for pointer in texts(whole) {
        if !pointer.starts_with(below) {
            continue;
        }
        let last = pointer
            .split('/')
            .rfind(|key| key.parse::<usize>().is_err());
        if LINKS.contains(&last.unwrap_or_default()) {
            continue;
        }
        let mut value = whole.clone();
        *value.pointer_mut(&pointer).unwrap() = DAMAGED.into();
        let converted = converted_json(source, &value);
        assert_eq!(
            converted.outcome.status, 0,
            "{pointer}: {:?}",
            converted.outcome
        );
        let is_reported = converted
            .rows
            .iter()
            .any(|row| row[3].contains(DAMAGED) || row[5].contains(DAMAGED));
        let mut document = converted.document();
        document.as_object_mut().unwrap().remove("converted_from");
        let is_text = document.to_string().contains(DAMAGED);
        assert!(is_reported || is_text, "{pointer}: {:?}", converted.rows);
        damaged += 1;
    }
    assert!(damaged > 5);
    damaged
}

#[test]
fn a_damaged_text_of_a_data_hub_is_reported() {
    let mut hub: Json = serde_json::from_str(&file("ihec_hub.json")).unwrap();
    // The first value of a column that no rule reads is shown, so one dataset is enough.
    for id in ["S2_H3K4me3", "S3_RNA"] {
        hub["datasets"].as_object_mut().unwrap().remove(id);
        hub["samples"].as_object_mut().unwrap().remove(&id[..2]);
    }
    check("ihec", &hub);
}

#[test]
fn a_damaged_text_of_an_answer_is_reported() {
    let mut answer: Json = serde_json::from_str(&file("encode_files.json")).unwrap();
    answer["@graph"].as_array_mut().unwrap().truncate(1);
    let answer = serde_json::json!({"@graph": answer["@graph"]});
    check("encode", &answer);
}

#[test]
fn a_damaged_text_of_a_table_of_data_connect_is_reported() {
    let mut page: Json = serde_json::from_str(&file("data_connect_page.json")).unwrap();
    // The data model describes columns; its texts are no metadata of tracks.
    let model = page["data_model"].take();
    let rows = page["data"].as_array().unwrap();
    for row in rows {
        let page = serde_json::json!({"data_model": model, "data": [row]});
        check_rows("data-connect", &page, "/data/");
    }
}

#[test]
fn a_damaged_text_of_an_object_of_drs_is_reported() {
    let answer: Json = serde_json::from_str(&file("drs_objects.json")).unwrap();
    for object in answer["resolved_drs_object"].as_array().unwrap() {
        check_rows("drs", object, "");
    }
}

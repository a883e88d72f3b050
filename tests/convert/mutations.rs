//! Every cell that rules read is dropped and damaged in turn: what that changes is reported, and a damaged value never becomes
//! another one.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::support::converting::{COLLECTION, Converted, cells, convert, csv, laboratory};

const DAMAGED: &str = "¿damaged?";

/// Columns whose values are texts of the laboratory, so that any text is one.
const TEXTS: [&str; 6] = [
    "Track ID",
    "Experiment ID",
    "Sample ID",
    "Study ID",
    "Study name",
    // What is no sequence feature stays as details of the target, with a row.
    "Target",
];
/// The column that no rule reads.
const UNREAD: &str = "Freezer";

fn changed(row: usize, column: usize, text: &str) -> Converted {
    let mut cells = cells(&laboratory());
    cells[row][column] = text.to_owned();
    convert(&[("laboratory.csv", &csv(&cells))], &COLLECTION)
}

/// Each cell with a value: row and column, and the title of the column.
fn filled() -> Vec<(usize, usize, String)> {
    let cells = cells(&laboratory());
    let mut filled = Vec::new();
    for (row, texts) in cells.iter().enumerate().skip(1) {
        for (column, text) in texts.iter().enumerate() {
            if !text.is_empty() && text != "NA" && cells[0][column] != UNREAD {
                filled.push((row, column, cells[0][column].clone()));
            }
        }
    }
    assert!(filled.len() > 50);
    filled
}

#[test]
fn a_damaged_value_is_taken_over_as_text_or_reported_with_its_row() {
    for (row, column, title) in filled() {
        let converted = changed(row, column, DAMAGED);
        let record = format!("laboratory.csv, row {}", row + 1);
        let reported = converted.rows.iter().any(|cells| {
            ["not taken over", "breaks a rule"].contains(&cells[0].as_str())
                && cells[1] == record
                && cells[3] == DAMAGED
        });
        let mut document = converted.document();
        document.as_object_mut().unwrap().remove("converted_from");
        let is_in = document.to_string().contains(DAMAGED);
        let is_text = TEXTS.contains(&title.as_str());
        assert!(
            reported || (is_text && is_in),
            "{title} of row {}: {:?}",
            row + 1,
            converted.rows
        );
        assert!(is_text || !is_in, "{title} of row {}", row + 1);
    }
}

/// The values of objects by category, id and path.
fn values(document: &Json) -> BTreeMap<(String, String, String), String> {
    fn walk(value: &Json, path: &str, found: &mut Vec<(String, String)>) {
        match value {
            Json::Object(members) => {
                for (key, value) in members {
                    walk(value, &format!("{path}.{key}"), found);
                }
            }
            other => found.push((path.to_owned(), other.to_string())),
        }
    }
    let mut all = BTreeMap::new();
    for list in ["tracks", "experiments", "samples", "studies"] {
        for object in document[list].as_array().unwrap() {
            let mut found = Vec::new();
            walk(object, list, &mut found);
            for (path, value) in found {
                let id = object["local_id"].to_string();
                all.insert((list.to_owned(), id, path), value);
            }
        }
    }
    all
}

#[test]
fn a_dropped_value_brings_no_other_value_without_a_row() {
    let whole = values(&convert(&[("laboratory.csv", &laboratory())], &COLLECTION).document());
    for (row, column, title) in filled() {
        let converted = changed(row, column, "");
        for (key, value) in values(&converted.document()) {
            if whole.get(&key) == Some(&value) {
                continue;
            }
            let (list, _, path) = &key;
            // A reference and all values of an object follow from its id.
            let names = [path.clone(), format!("{list}.local_id"), reference(path)];
            let has_row = converted.rows.iter().any(|cells| names.contains(&cells[2]));
            assert!(
                has_row,
                "{title} of row {}: {key:?} is {value}: {:?}",
                row + 1,
                converted.rows
            );
        }
    }
}

/// The id that a reference names.
fn reference(path: &str) -> String {
    match path.rsplit('.').next() {
        Some("experiment_ref") => "experiments.local_id",
        Some("sample_ref") => "samples.local_id",
        Some("study_ref") => "studies.local_id",
        _ => "",
    }
    .to_owned()
}

//! Each text of the sources of laboratories is damaged in turn: it is reported, or is a text of the document.

use serde_json::{Value as Json, json};

use super::portals::{converted, file};
use crate::support::json_leaves::texts;

const DAMAGED: &str = "¿damaged?";

fn json_of(name: &str) -> Json {
    serde_json::from_str(&file(name)).unwrap()
}

/// Damages each text of a value but for some, which the reader uses to find others or which are of the envelope.
fn check(source: &str, whole: &Json, beside: &[(&str, &str)], without: &[&str], at_least: usize) {
    let mut damaged = 0;
    for pointer in texts(whole) {
        // The name of a relationship says of which type it is.
        let is_said = pointer.contains("/relationships/") && pointer.ends_with("/type");
        if is_said || pointer.split('/').any(|key| without.contains(&key)) {
            continue;
        }
        let mut value = whole.clone();
        *value.pointer_mut(&pointer).unwrap() = DAMAGED.into();
        let text = value.to_string();
        let files = [&[("source.json", &text[..])], beside].concat();
        let converted = converted(source, &files);
        // A source whose only track is lost is an error that says so.
        if converted.outcome.status != 0 {
            let said = &converted.outcome.stderr;
            assert!(said.starts_with("error: "), "{pointer}: {said}");
            continue;
        }
        let mut cells = converted.rows.iter().flatten();
        let is_reported = cells.any(|cell| cell.contains(DAMAGED));
        let mut document = converted.document();
        document.as_object_mut().unwrap().remove("converted_from");
        let is_text = document.to_string().contains(DAMAGED);
        assert!(is_reported || is_text, "{pointer}: {:?}", converted.rows);
        damaged += 1;
    }
    assert!(damaged >= at_least, "{damaged}");
}

#[test]
fn a_damaged_text_of_a_seek_is_reported() {
    let (files, related) = (
        json_of("seek_data_files.json"),
        json_of("seek_related.json"),
    );
    // The first value of a column that no rule reads is shown, so one data file with its items is enough.
    let mut file = files["data"][0].clone();
    file["attributes"]["content_blobs"]
        .as_array_mut()
        .unwrap()
        .truncate(1);
    let mut items = related["data"].as_array().unwrap().clone();
    items.remove(1);
    items[3]["relationships"]["assays"]["data"]
        .as_array_mut()
        .unwrap()
        .truncate(1);
    items[0]["relationships"]
        .as_object_mut()
        .unwrap()
        .remove("data_files");
    items[3].as_object_mut().unwrap().remove("relationships");
    let whole = json!({"data": file, "included": items});
    // Relationships to items of other types are of no use here.
    check("seek", &whole, &[], &["links", "meta", "projects"], 60);
}

#[test]
fn a_damaged_text_of_epico_is_reported() {
    let mut tables = json_of("epico_tables.json");
    for list in tables.as_object_mut().unwrap().values_mut() {
        list.as_array_mut().unwrap().truncate(1);
    }
    let tracks = file("epico_tracks.tsv");
    let tracks: String = tracks
        .lines()
        .take(2)
        .map(|line| format!("{line}\n"))
        .collect();
    check("epico", &tables, &[("tracks.tsv", &tracks)], &[], 18);
}

#[test]
fn a_damaged_text_of_an_investigation_is_reported() {
    let mut whole = json_of("isa_investigation.json");
    let study = &mut whole["investigation"]["studies"][0];
    // One track of one sample.
    study["assays"].as_array_mut().unwrap().remove(0);
    study["materials"]["sources"]
        .as_array_mut()
        .unwrap()
        .remove(0);
    study["materials"]["samples"]
        .as_array_mut()
        .unwrap()
        .remove(0);
    study["processSequence"].as_array_mut().unwrap().remove(0);
    study["people"].as_array_mut().unwrap().remove(0);
    // `termSource` repeats the ontology of the term.
    check("isa", &whole, &[], &["@id", "termSource"], 60);
}

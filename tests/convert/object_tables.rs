//! Documents as tables, and back.

use std::fs;

use fairtracks::conversion::object_tables::ObjectTable;
use fairtracks::conversion::write::workbook as workbook_writer;
use serde_json::{Value as Json, json};

use crate::support::converting::{Converted, convert_files};
use crate::support::running::{CONVERT, run_in};
use crate::support::{Outcome, folder, project, text};

pub const DATE: &str = "2026-01-31T00:00:00+00:00";
const DOCUMENTS: [&str; 5] = ["blood", "epigenome", "h1_h3k4me3", "no_hits", "tracks"];

/// A document without what a conversion states anew.
pub fn kept(document: &[u8]) -> Json {
    let mut document: Json = serde_json::from_slice(document).unwrap();
    document.as_object_mut().unwrap().remove("converted_from");
    let doc_info = document["doc_info"].as_object_mut().unwrap();
    doc_info.remove("doc_version");
    doc_info.remove("doc_date");
    document
}

/// Files with their names.
type NamedFiles = Vec<(String, Vec<u8>)>;

/// The tables of a document as a workbook or as CSV files.
fn tables(form: &str, document: &[u8]) -> (Outcome, NamedFiles) {
    let place = folder();
    fs::write(place.join("document.json"), document).unwrap();
    let output = if form == "xlsx" {
        "tables.xlsx"
    } else {
        "tables"
    };
    let options = [
        "--to",
        form,
        "--output-tables",
        output,
        "--date",
        "2026-01-31",
    ];
    let outcome = run_in(
        CONVERT,
        &place,
        &[&["document.json"], &options[..]].concat(),
    );
    let path = place.join(output);
    let mut files = Vec::new();
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            files.push((name, fs::read(entry.path()).unwrap()));
        }
        files.sort();
    } else if let Ok(bytes) = fs::read(path) {
        files.push((output.to_owned(), bytes));
    }
    (outcome, files)
}

fn converted(files: &NamedFiles, options: &[&str]) -> Converted {
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes)| (&name[..], &bytes[..]))
        .collect();
    convert_files(&files, options)
}

fn document(name: &str) -> Vec<u8> {
    fs::read(project(&format!("test-data/{name}.fairtracks.json"))).unwrap()
}

#[test]
fn documents_are_the_same_after_the_way_to_tables_and_back() {
    for name in DOCUMENTS {
        let original = document(name);
        for form in ["xlsx", "csv"] {
            let (outcome, files) = tables(form, &original);
            assert_eq!(outcome.status, 0, "{outcome:?}");
            let back = converted(&files, &["--date", "2026-01-31"]);
            assert_eq!(back.outcome.status, 0, "{:?}", back.outcome);
            assert_eq!(kept(&back.document_bytes), kept(&original), "{name} {form}");
            let mut rows = back.rows.iter();
            assert!(rows.all(|row| row[0] == "doubtful"), "{name} {form}");
            assert_eq!(tables(form, &original).1, files, "{name} {form}");
        }
    }
}

#[test]
fn tables_of_omnipy_give_the_same_objects() {
    let original = document("tracks");
    let (outcome, files) = tables("omnipy", &original);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.contains(&"tracks.checksum.json"), "{names:?}");
    let technique: Json = serde_json::from_slice(
        &files
            .iter()
            .find(|(name, _)| name == "experiments.technique.json")
            .unwrap()
            .1,
    )
    .unwrap();
    assert_eq!(technique[0]["_omnipy_ref"], "experiments.0");
    let back = converted(&files, &["--date", "2026-01-31"]);
    for outcome in ["not read", "not taken over", "changed"] {
        assert!(back.rows_of(outcome).is_empty(), "{:?}", back.rows);
    }
    let (back, original) = (back.document(), kept(&original));
    for list in ["tracks", "experiments", "samples", "studies"] {
        assert_eq!(back[list], original[list], "{list}");
    }
    for field in ["short_name", "contact"] {
        assert_eq!(
            back["collection_info"][field],
            original["collection_info"][field]
        );
    }
}

#[test]
fn a_table_is_edited_and_values_stay_as_they_are_typed() {
    let (_, mut files) = tables("csv", &document("tracks"));
    let (name, bytes) = files.last_mut().unwrap();
    assert_eq!(name, "tracks.csv");
    let edited = String::from_utf8(bytes.clone()).unwrap();
    let edited = edited.replacen("\"Cells, DNase: regions\"", "An edited label", 1);
    *bytes = edited.replacen("Segments", "Lines", 1).into_bytes();
    let back = converted(&files, &["--date", "2026-01-31"]);
    let found = back.document();
    assert_eq!(found["tracks"][0]["label_long"], "An edited label");
    assert_eq!(found["tracks"][0]["geometric_track_type"], "Lines");
    let broken = back.rows_of("breaks a rule");
    assert_eq!(
        broken[0][1..3],
        ["tracks.csv, row 2", "tracks.geometric_track_type"]
    );

    // Without the table of the document, the rules of tables read the same titles.
    let files: NamedFiles = files
        .into_iter()
        .filter(|(name, _)| name != "document.csv")
        .collect();
    let back = converted(&files, &["--date", "2026-01-31"]);
    assert_eq!(
        back.document()["tracks"][0]["label_long"],
        "An edited label"
    );
    let refused = back.rows_of("not taken over");
    assert_eq!(
        refused[0][1..4],
        ["tracks.csv, row 2", "tracks.geometric_track_type", "Lines"]
    );
}

#[test]
fn options_and_edits_apply_to_tables_of_a_document() {
    let mut original: Json = serde_json::from_slice(&document("tracks")).unwrap();
    original["collection_info"]
        .as_object_mut()
        .unwrap()
        .remove("short_name");
    original["samples"][0]
        .as_object_mut()
        .unwrap()
        .remove("phenotype");
    let (_, files) = tables("xlsx", original.to_string().as_bytes());
    let options = [
        "--set",
        "collection_info.short_name=Cells",
        "--set",
        "collection_info.long_name=Another name",
        "--set",
        "samples.phenotype=Normal",
    ];
    let back = converted(&files, &options).document();
    assert_eq!(back["collection_info"]["short_name"], "Cells");
    assert_eq!(
        back["collection_info"]["long_name"],
        "Tracks of cells made for tests"
    );
    assert_eq!(back["samples"][0]["phenotype"]["term_label"], "Normal");
}

#[test]
fn texts_that_look_like_formulas_and_lists_with_semicolons_survive() {
    let mut original: Json = serde_json::from_slice(&document("tracks")).unwrap();
    for (position, label) in ["=1+1", "+1", "@SUM(A1)", "-2", "'quoted", "a;b", "a\nb\r\n"]
        .into_iter()
        .enumerate()
    {
        original["tracks"][position]["label_long"] = label.into();
    }
    original["tracks"][0]["raw_file_ids"] = json!(["a;b", "c"]);
    original["tracks"][1]["raw_file_ids"] = json!(["a", "b"]);
    let bytes = original.to_string();
    for form in ["xlsx", "csv"] {
        let (_, files) = tables(form, bytes.as_bytes());
        assert_eq!(
            kept(&converted(&files, &[]).document_bytes),
            kept(bytes.as_bytes()),
            "{form}"
        );
    }
    let (_, files) = tables("csv", bytes.as_bytes());
    let tracks = String::from_utf8(files.last().unwrap().1.clone()).unwrap();
    assert!(tracks.contains(",\"=1+1\","), "{tracks}");
    assert!(
        tracks.contains(",a;b") || tracks.contains(",\"a;b\""),
        "{tracks}"
    );
}

#[test]
fn what_no_table_can_hold_is_an_error_with_its_place() {
    let changed = |change: fn(&mut Json)| {
        let mut document: Json = serde_json::from_slice(&document("tracks")).unwrap();
        change(&mut document);
        let (outcome, files) = tables("xlsx", document.to_string().as_bytes());
        assert_eq!(outcome.status, 1, "{outcome:?}");
        assert!(files.is_empty());
        outcome.stderr
    };
    assert_eq!(
        changed(|document| document["tracks"][1]["label_long"] = "x".repeat(40_000).into()),
        "error: document.json: tracks, object 2, `label_long`: found a value of 40000 characters, expected at most 32767, the limit of a cell\n"
    );
    assert_eq!(
        changed(|document| document["samples"]
            .as_array_mut()
            .unwrap()
            .push(json!({"local_id": "example:cells-sample"}))),
        "error: document.json: samples, object 2: found the id `example:cells-sample` of object 1, expected an id of its own: rows with one id are one object\n"
    );
    assert_eq!(
        changed(|document| document["tracks"][2] = json!({})),
        "error: document.json: tracks, object 3: found an object without members, expected at least a `local_id`\n"
    );
}

#[test]
fn more_objects_than_a_sheet_has_rows_are_an_error() {
    let table = ObjectTable {
        name: "tracks",
        titles: vec!["local_id".to_owned()],
        rows: vec![vec!["a".to_owned()]; 1_048_576],
    };
    let error = workbook_writer::of_tables(&[table], DATE)
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "tracks: found 1048576 objects, expected at most 1048575, the limit of a sheet: write CSV"
    );
}

#[test]
fn wrong_options_and_places_are_errors() {
    let place = folder();
    fs::write(
        place.join("a.json"),
        text("test-data/tracks.fairtracks.json"),
    )
    .unwrap();
    let run = |options: &[&str]| {
        let outcome = run_in(CONVERT, &place, options);
        (outcome.status, outcome.stderr)
    };
    assert_eq!(run(&["a.json", "--to", "xlsx"]).0, 2);
    let both = [
        "a.json",
        "--to",
        "csv",
        "--output-tables",
        "t",
        "--output-report",
        "r.md",
    ];
    assert_eq!(
        run(&both),
        (
            2,
            "error: --to: found another output, expected `--output-tables` alone\n".to_owned()
        )
    );
    fs::create_dir(place.join("full")).unwrap();
    fs::write(place.join("full/tracks.csv"), "x").unwrap();
    assert_eq!(
        run(&["a.json", "--to", "csv", "--output-tables", "full"]),
        (
            1,
            "error: full: found a folder with files, expected an empty or a new one\n".to_owned()
        )
    );
    let two = ["a.json", "a.json", "--to", "csv", "--output-tables", "t"];
    assert_eq!(
        run(&two),
        (
            2,
            "error: --to: found 2 files, expected one document\n".to_owned()
        )
    );
}

#[test]
fn tables_of_a_later_version_or_of_other_kinds_are_refused() {
    let refused = |document: &str, other: &str| {
        let files = vec![
            ("document.csv".to_owned(), document.as_bytes().to_vec()),
            (other.to_owned(), b"local_id\na\n".to_vec()),
        ];
        converted(&files, &[]).outcome.stderr
    };
    assert_eq!(
        refused("fairtracks_tables\n2\n", "tracks.csv"),
        "error: document.csv, row 2: found the version \"2\" in `fairtracks_tables`, expected \"1\": use a newer fairtracks_convert\n"
    );
    assert_eq!(
        refused("fairtracks_tables\n1\n", "notes.csv"),
        "error: notes.csv: found a table of no known kind beside the tables of a document, expected a name such as `tracks` or `samples`: convert it alone\n"
    );
}

#[test]
fn columns_are_in_the_order_of_the_standard_and_options_of_the_conversion_stay() {
    use crate::support::converting::{COLLECTION, convert};
    // The first track lacks what the second one has.
    let table =
        "track_id,file_url,label_short,assembly\na,https://l.example.org/a.bw,,\nb,,B,hg38\n";
    let first = convert(&[("a.csv", table)], &COLLECTION);
    let (_, files) = tables("csv", &first.document_bytes);
    let tracks = files.iter().find(|(name, _)| name == "tracks.csv").unwrap();
    let tracks = String::from_utf8(tracks.1.clone()).unwrap();
    let titles = "local_id,assembly_id,assembly_name,file_url,file_name,label_short,label_long,file_format.term_id,\
        file_format.term_label,geometric_track_type";
    assert_eq!(tracks.lines().next().unwrap(), titles);
    let back = converted(&files, &["--date", "2026-01-31"]);
    let options = |document: &Json| document["converted_from"]["options"].clone();
    assert_eq!(options(&back.document()), options(&first.document()));
    assert_eq!(kept(&back.document_bytes), kept(&first.document_bytes));
    // Members stay in their places, also those that are stated anew.
    let order = |document: &Json| -> Vec<String> {
        document["doc_info"]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect()
    };
    assert_eq!(order(&back.document()), order(&first.document()));
    assert!(order(&back.document()).contains(&"doc_date".to_owned()));
    // `doc_info` has the version of the document, which follows from its bytes.
    let of_objects = |files: &NamedFiles| {
        let mut files = files.clone();
        files.retain(|(name, _)| name != "doc_info.csv");
        files
    };
    let again = tables("csv", &back.document_bytes).1;
    assert_eq!(of_objects(&again), of_objects(&files));
}

#[test]
fn the_edits_of_the_conversion_stay_unless_there_are_others() {
    use crate::support::converting::convert;
    let place = folder();
    let edits = |name: &str, value: &str| {
        let path = place.join(name);
        fs::write(
            &path,
            format!("record\tfield\tvalue\n*\ttracks.label_short\t{value}\n"),
        )
        .unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (first, second) = (edits("first.tsv", "A"), edits("second.tsv", "B"));
    let of_edits = |converted: &Converted| converted.document()["converted_from"]["edits"].clone();
    let edited = convert(&[("a.csv", "track_id\nT1\n")], &["--edits", &first]);
    for form in ["csv", "xlsx"] {
        let (_, files) = tables(form, &edited.document_bytes);
        let back = converted(&files, &[]);
        assert!(of_edits(&back)["sha256"].is_string(), "{:?}", back.outcome);
        assert_eq!(of_edits(&back), of_edits(&edited), "{form}");
        let again = converted(&files, &["--edits", &second]);
        assert!(
            of_edits(&again)["sha256"].is_string(),
            "{:?}",
            again.outcome
        );
        assert_ne!(of_edits(&again), of_edits(&edited), "{form}");
    }
}

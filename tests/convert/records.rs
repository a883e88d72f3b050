//! Records in JSON, tables that Omnipy exports, and folders and archives of tables.

use std::fs;

use serde_json::{Map, Value as Json, json};

use super::databases::database;
use crate::support::converting::{
    COLLECTION, Converted, cells, convert, convert_files, csv, laboratory, without_source,
};
use crate::support::folder;
use crate::support::running::{CONVERT, run_in};
use crate::support::workbooks::{workbook, zipped};

/// The records of a table with a row of titles; cells without a value are left out.
fn records(cells: &[Vec<String>]) -> Vec<Json> {
    let rows = cells.iter().skip(1);
    let records = rows.map(|row| {
        let members = cells[0].iter().zip(row);
        let members = members.filter(|(_, text)| !text.is_empty());
        let members = members.map(|(title, text)| (title.clone(), Json::from(text.as_str())));
        Json::Object(members.collect::<Map<_, _>>())
    });
    records.collect()
}

/// A table of texts as a database.
fn database_of(table: &str, cells: &[Vec<String>]) -> Vec<u8> {
    let quoted = |text: &String| format!("'{}'", text.replace('\'', "''"));
    let list = |row: &[String]| row.iter().map(quoted).collect::<Vec<_>>().join(", ");
    let titles = cells[0].iter().map(|title| format!("\"{title}\""));
    let mut statements = format!(
        "CREATE TABLE \"{table}\" ({});",
        titles.collect::<Vec<_>>().join(", ")
    );
    for row in &cells[1..] {
        statements += &format!("INSERT INTO \"{table}\" VALUES ({});", list(row));
    }
    database(&statements)
}

#[test]
fn the_same_records_in_any_kind_of_table_give_the_same_document() {
    let wide = cells(&laboratory());
    // Numbers are numbers in a workbook, and in JSON here.
    let numbers = csv_cells(
        "track_id,url,md5,genome,species,Long label\n\
         n:1,https://tracks.example.org/n1.bigWig,0123456789abcdef0123456789abcdef,hg38,9606,One\n\
         n:2,https://tracks.example.org/n2.bigWig,1123456789abcdef0123456789abcdef,hg38,10090,\n",
    );
    for table in [wide, numbers] {
        let text = csv(&table);
        let first = convert(&[("metadata.csv", &text)], &COLLECTION);
        assert_eq!(first.outcome.status, 0, "{:?}", first.outcome);
        let mut typed = records(&table);
        for record in &mut typed {
            for (_, value) in record.as_object_mut().unwrap() {
                if let Some(number) = value.as_str().and_then(|text| text.parse::<u32>().ok()) {
                    *value = number.into();
                }
            }
        }
        for (name, bytes) in [
            ("metadata.xlsx", workbook("Sheet1", &table)),
            ("metadata.json", json!(typed).to_string().into_bytes()),
            ("named.json", json!({"all": typed}).to_string().into_bytes()),
            ("metadata.sqlite", database_of("all", &table)),
            (
                "metadata.zip",
                zipped(&[("inside/metadata.csv", &text), ("README", "text")]),
            ),
        ] {
            let other = convert_files(&[(name, &bytes)], &COLLECTION);
            assert_eq!(other.outcome.status, 0, "{:?}", other.outcome);
            assert_eq!(
                without_source(&other.document_bytes),
                without_source(&first.document_bytes),
                "{name}"
            );
            let twice = convert_files(&[(name, &bytes)], &COLLECTION);
            assert_eq!(twice.document_bytes, other.document_bytes, "{name}");
            let unread = |converted: &Converted| -> Vec<Vec<String>> {
                let rows = converted.rows_of("not read").into_iter();
                rows.map(|row| row[2..7].to_vec()).collect()
            };
            assert_eq!(unread(&other), unread(&first), "{name}");
        }
    }
}

fn csv_cells(table: &str) -> Vec<Vec<String>> {
    cells(table)
}

#[test]
fn nested_records_are_read_by_the_objects_that_they_name() {
    let nested = json!([
        {"id": "n:T1", "url": "https://tracks.example.org/T1.narrowPeak", "md5": "0123456789abcdef0123456789abcdef",
            "assembly": "hg38", "raw_files": ["ena:1", "ena:2"],
            "experiment": {"id": "n:E1", "assay": "Histone ChIP-seq", "target": "H3K4me3"},
            "sample": {"id": "n:S1", "species": "human", "cell_type": "B cell", "phenotype": {"term_id": "NCIT:C14165"}},
            "study": {"id": "n:ST1", "study_name": "Nested"}, "machine": {"rack": 7}},
        {"id": "n:T2", "sample": {"id": "n:S2", "colour": "red"}, "machine": {"rack": 8}},
    ]);
    let bytes = nested.to_string().into_bytes();
    let converted = convert_files(&[("tracks.json", &bytes)], &COLLECTION);
    let document = converted.document();
    assert_eq!(
        document["tracks"][0]["raw_file_ids"],
        json!(["ena:1", "ena:2"])
    );
    assert_eq!(document["tracks"][0]["experiment_ref"], "n:E1");
    assert_eq!(document["experiments"][0]["sample_ref"], "n:S1");
    assert_eq!(document["experiments"][0]["study_ref"], "n:ST1");
    let sample = &document["samples"][0];
    assert_eq!(sample["local_id"], "n:S1");
    assert_eq!(sample["species_id"], "taxonomy:9606");
    assert_eq!(sample["sample_type"]["cell_type"]["term_label"], "B cell");
    assert_eq!(sample["phenotype"]["term_label"], "Normal");
    assert_eq!(document["studies"][0]["study_name"], "Nested");
    let unread: Vec<(&str, &str, &str)> = converted
        .rows_of("not read")
        .into_iter()
        .map(|row| (row[2].as_str(), row[3].as_str(), row[6].as_str()))
        .collect();
    assert_eq!(
        unread,
        [("machine.rack", "7", "2"), ("sample.colour", "red", "1")]
    );
}

/// The records of two tracks and their nested values, as Omnipy exports them after `flatten_nested_json`.
const OMNIPY: [(&str, &str); 3] = [
    (
        "tracks.json",
        r#"[{"_omnipy_id": "tracks.0", "id": "o:T1", "url": "https://tracks.example.org/T1.bigWig", "genome": "hg38"},
            {"_omnipy_id": "tracks.1", "id": "o:T2", "url": "https://tracks.example.org/T2.bigWig", "genome": "hg38"}]"#,
    ),
    (
        "tracks.raw_files.json",
        r#"[{"_omnipy_id": "tracks.raw_files.0", "_omnipy_ref": "tracks.1", "__root__": "ena:1"},
            {"_omnipy_id": "tracks.raw_files.1", "_omnipy_ref": "tracks.1", "__root__": "ena:2"}]"#,
    ),
    (
        "tracks.sample.json",
        r#"[{"_omnipy_id": "tracks.sample.0", "_omnipy_ref": "tracks.0", "id": "o:S1", "species": "human"},
            {"_omnipy_id": "tracks.sample.1", "_omnipy_ref": "tracks.1", "id": "o:S2", "species": "mouse"}]"#,
    ),
];

#[test]
fn tables_of_omnipy_are_put_together_by_their_references() {
    let expected = json!([
        {"id": "o:T1", "url": "https://tracks.example.org/T1.bigWig", "genome": "hg38",
            "sample": {"id": "o:S1", "species": "human"}},
        {"id": "o:T2", "url": "https://tracks.example.org/T2.bigWig", "genome": "hg38", "raw_files": ["ena:1", "ena:2"],
            "sample": {"id": "o:S2", "species": "mouse"}},
    ]);
    let bytes = expected.to_string().into_bytes();
    let first = convert_files(&[("tracks.json", &bytes)], &COLLECTION);
    let document = first.document();
    assert_eq!(
        document["tracks"][1]["raw_file_ids"],
        json!(["ena:1", "ena:2"])
    );
    assert_eq!(document["samples"][1]["species_id"], "taxonomy:10090");

    let files: Vec<(&str, &[u8])> = OMNIPY.map(|(name, text)| (name, text.as_bytes())).to_vec();
    let zip = zipped(&OMNIPY);
    let all: Map<String, Json> = OMNIPY
        .iter()
        .map(|(name, text)| {
            let name = name.strip_suffix(".json").unwrap().to_owned();
            (name, serde_json::from_str(text).unwrap())
        })
        .collect();
    let one = json!(all).to_string().into_bytes();
    let as_csv: Vec<(String, String)> = all
        .iter()
        .map(|(name, rows)| {
            let rows = rows.as_array().unwrap();
            let titles: Vec<&String> = rows[0].as_object().unwrap().keys().collect();
            let mut text = titles
                .iter()
                .map(|title| title.as_str())
                .collect::<Vec<_>>()
                .join(",");
            for row in rows {
                let cells = titles
                    .iter()
                    .map(|title| row[title.as_str()].as_str().unwrap());
                text += &format!("\n{}", cells.collect::<Vec<_>>().join(","));
            }
            (format!("{name}.csv"), text + "\n")
        })
        .collect();
    let as_csv: Vec<(&str, &[u8])> = as_csv
        .iter()
        .map(|(name, text)| (&name[..], text.as_bytes()))
        .collect();
    for files in [
        files,
        vec![("export.zip", &zip[..])],
        vec![("all.json", &one[..])],
        as_csv,
    ] {
        let converted = convert_files(&files, &COLLECTION);
        assert_eq!(converted.outcome.status, 0, "{:?}", converted.outcome);
        assert_eq!(
            without_source(&converted.document_bytes),
            without_source(&first.document_bytes),
            "{}",
            files[0].0
        );
        assert!(
            converted.rows_of("not read").is_empty(),
            "{:?}",
            converted.rows
        );
    }
}

#[test]
fn a_folder_of_tables_is_read_and_a_row_without_its_record_is_reported() {
    let place = folder();
    let export = place.join("export");
    fs::create_dir_all(export.join(".hidden")).unwrap();
    for (name, text) in OMNIPY {
        fs::write(
            export.join(name),
            text.replace(
                "\"_omnipy_ref\": \"tracks.0\"",
                "\"_omnipy_ref\": \"tracks.9\"",
            ),
        )
        .unwrap();
    }
    fs::write(export.join(".hidden/x.csv"), "").unwrap();
    fs::write(export.join("notes.md"), "# Notes").unwrap();
    let outcome = run_in(
        CONVERT,
        &place,
        &[
            "export",
            "--output-document",
            "out.json",
            "--output-table",
            "out.tsv",
        ],
    );
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let document: Json =
        serde_json::from_slice(&fs::read(place.join("out.json")).unwrap()).unwrap();
    assert_eq!(document["samples"].as_array().unwrap().len(), 1);
    let names: Vec<&Json> = document["converted_from"]["source"]["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| &file["name"])
        .collect();
    assert_eq!(
        names,
        ["tracks.json", "tracks.raw_files.json", "tracks.sample.json"]
    );
    let table = fs::read_to_string(place.join("out.tsv")).unwrap();
    assert!(
        table.contains("not taken over\ttracks.sample.json, record 1\t_omnipy_ref\t\ttable reader\tfound a reference to no record"),
        "{table}"
    );
}

#[test]
fn json_that_holds_no_records_is_an_error() {
    for (text, problem) in [
        (
            "[1, 2]",
            "error: a.json: found another kind of JSON, expected a list of records (JSON objects), or such lists by the names of tables\n",
        ),
        (
            "[]",
            "error: a.json: found another kind of JSON, expected a list of records (JSON objects), or such lists by the names of tables\n",
        ),
        ("[{\"a\": ", "error: a.json: line 1, column 7: "),
    ] {
        let converted = convert_files(&[("a.json", text.as_bytes())], &[]);
        assert_eq!(converted.outcome.status, 1);
        assert!(
            converted.outcome.stderr.starts_with(problem),
            "{}",
            converted.outcome.stderr
        );
    }
    let deep = format!(
        "[{{\"a\": {}1{}}}]",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let converted = convert_files(&[("a.json", deep.as_bytes())], &[]);
    assert_eq!(converted.outcome.status, 1);
    assert!(
        converted.outcome.stderr.contains("recursion limit"),
        "{}",
        converted.outcome.stderr
    );
    let wide: Vec<Json> = (0..8000)
        .map(|n| json!({format!("tracks.x{n}"): n}))
        .collect();
    let converted = convert_files(&[("a.json", json!(wide).to_string().as_bytes())], &[]);
    assert!(
        converted
            .outcome
            .stderr
            .contains("found more than 50000000 values"),
        "{}",
        converted.outcome.stderr
    );
}

#[test]
fn a_fault_in_an_archive_has_the_name_of_its_file() {
    let zip = zipped(&[
        ("one/tracks.csv", "id,url\na,b\n"),
        ("two/samples.csv", "id\n\"a\n"),
    ]);
    let converted = convert_files(&[("a.zip", &zip)], &[]);
    assert_eq!(
        converted.outcome.stderr,
        "error: a.zip/two/samples.csv: row 2: found a quotation mark without its end, expected `\"` at the end of the cell\n"
    );
}

#[test]
fn two_tables_of_one_name_cannot_be_referred_to() {
    let rows = r#"[{"_omnipy_id": "tracks.0", "id": "o:T1"}]"#;
    let zip = zipped(&[("a/tracks.json", rows), ("b/tracks.json", rows)]);
    let converted = convert_files(&[("a.zip", &zip)], &[]);
    assert_eq!(
        converted.outcome.stderr,
        "error: b/tracks.json: found the name of the table a/tracks.json among tables that refer to each other, expected a name of its own\n"
    );
}

#[test]
fn a_text_with_a_semicolon_in_a_list_is_one_text_in_json() {
    let table = "id,raw_files\na,\"[\"\"x;y\"\", \"\"z\"\"]\"\nb,x;y\nc,[x\n";
    let document = convert(&[("tracks.csv", table)], &COLLECTION).document();
    let lists: Vec<&Json> = document["tracks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|track| &track["raw_file_ids"])
        .collect();
    let records = json!([{"id": "a", "raw_files": ["x;y", "z"]}]).to_string();
    let document = convert(&[("tracks.json", &records)], &COLLECTION);
    let first = &document.document()["tracks"][0]["raw_file_ids"];
    assert_eq!(first, &json!(["x;y", "z"]));
    assert_eq!(
        lists,
        [&json!(["x;y", "z"]), &json!(["x", "y"]), &json!(["[x"])]
    );
}

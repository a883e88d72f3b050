//! Tables of GA4GH Data Connect become documents.

use serde_json::{Value as Json, json};

use super::portals::{converted, converted_json, file};

fn page() -> Json {
    serde_json::from_str(&file("data_connect_page.json")).unwrap()
}

#[test]
fn columns_are_fields_by_the_schema_that_they_refer_to_or_by_their_titles() {
    let converted = converted_json("data-connect", &page());
    assert_eq!(
        converted.outcome.stderr,
        "converted to 2 tracks, 2 experiments, 1 sample, 1 study; the document conforms to FAIRtracks\n"
    );
    let document = converted.document();
    let track = &document["tracks"][0];
    assert_eq!(track["local_id"], "dc:T1");
    assert_eq!(
        track["checksum"],
        json!({"cs_method": "MD5", "cs_hash": "0123456789abcdef0123456789abcdef"})
    );
    assert_eq!(track["assembly_name"], "hg38");
    let sample = &document["samples"][0];
    assert_eq!(sample["sample_type"]["cell_type"]["term_label"], "B cell");
    assert_eq!(sample["species_id"], "taxonomy:9606");
    // Numbers of any size are texts of their column.
    let unread = converted.rows_of("not read");
    let unread: Vec<(&str, &str, &str)> = unread
        .iter()
        .map(|row| (&row[2][..], &row[3][..], &row[6][..]))
        .collect();
    assert_eq!(unread, [("peaks", "120", "1"), ("score", "0.50", "2")]);
}

#[test]
fn saved_pages_share_a_data_model_in_any_order() {
    let whole = page();
    let model = json!({"name": "lab", "data_model": whole["data_model"]}).to_string();
    let rows = whole["data"].as_array().unwrap();
    let of = |row: &Json| json!({"data": [row], "pagination": null}).to_string();
    let (first, second) = (of(&rows[0]), of(&rows[1]));
    let empty = json!({"data": [], "pagination": {"next_page_url": "x"}}).to_string();
    let files = [
        ("1.json", &first[..]),
        ("0.json", &empty),
        ("info.json", &model),
        ("2.json", &second),
    ];
    let converted = converted("data-connect", &files);
    assert_eq!(
        converted.outcome.stderr,
        "converted to 2 tracks, 2 experiments, 1 sample, 1 study; the document conforms to FAIRtracks\n"
    );
}

#[test]
fn tables_of_one_kind_of_objects_are_joined_by_their_references() {
    let tracks = json!({"data": [{"local_id": "T", "file_url": "https://h.example.org/T.bed", "experiment_ref": "E"}]});
    let experiments = json!({"data": [{"local_id": "E", "sample_ref": "S", "technique": {"term_id": "OBI:0001853"}}]});
    let samples = json!({"data": [{"local_id": "S", "species_id": "taxonomy:9606"}]});
    let converted = converted(
        "data-connect",
        &[
            ("tracks.json", &tracks.to_string()),
            ("experiments.json", &experiments.to_string()),
            ("samples.json", &samples.to_string()),
        ],
    );
    let document = converted.document();
    for list in ["tracks", "experiments", "samples"] {
        assert_eq!(document[list].as_array().unwrap().len(), 1, "{list}");
    }
    assert_eq!(document["samples"][0]["species_name"], "Homo sapiens");
}

#[test]
fn errors_of_a_server_are_reported_or_end_the_conversion() {
    let mut beside = page();
    beside["errors"] = json!([{"title": "Source offline", "detail": "rows are missing"}]);
    let converted = converted_json("data-connect", &beside);
    let rows = converted.rows_of("not taken over");
    assert!(
        rows.iter()
            .any(|row| row[2] == "errors" && row[3] == "Source offline"),
        "{rows:?}"
    );
    for (value, said) in [
        (
            json!({"errors": [{"title": "Unknown table"}]}),
            "error: source.json: found an answer that states an error: Unknown table\n",
        ),
        (
            json!({"errors": [{"title": "Bad", "detail": "no table x"}]}),
            "error: source.json: found an answer that states an error: Bad: no table x\n",
        ),
        (
            json!({"rows": []}),
            "error: source.json: found another kind of JSON, expected a page of a table of Data Connect with `data`, or its `data_model`\n",
        ),
        (
            json!({"data": []}),
            "error: found none in all files, expected a row in `data`\n",
        ),
    ] {
        let outcome = converted_json("data-connect", &value).outcome;
        assert_eq!((outcome.status, &outcome.stderr[..]), (1, said));
    }
}

#[test]
fn odd_rows_are_reported() {
    let odd = json!({"data_model": {"properties": {
            "a": {"$ref": "https://s.example.org/fairtracks_track.schema.json#/properties/label_short"},
            "b": {"allOf": [{"$ref": "fairtracks_track.schema.json#/properties/label_short"}]}}},
        "data": [{"a": "one", "b": "two"}, "three", {"a": "same", "b": "same"}]});
    let converted = converted_json("data-connect", &odd);
    let rows = converted.rows_of("not taken over");
    let shown: Vec<(&str, &str, &str)> = rows
        .iter()
        .map(|row| (&row[1][..], &row[3][..], &row[5][..]))
        .collect();
    assert_eq!(
        shown,
        [
            (
                "source.json, row 1",
                "two",
                "another column of the same field has another value"
            ),
            (
                "source.json, row 2",
                "\"three\"",
                "found a row that is no object: left out"
            ),
        ]
    );
}

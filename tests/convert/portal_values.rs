//! References of portals that are no texts, values that are read together with others, and records of which a source has several.

use serde_json::{Value as Json, json};

use super::portals::{converted, converted_json, json_of, refusal, texts};
use crate::support::converting::Converted;

/// Field, value and number of records of the rows with an outcome.
pub fn rows<'c>(converted: &'c Converted, outcome: &str) -> Vec<(&'c str, &'c str, &'c str)> {
    let rows = converted.rows_of(outcome).into_iter();
    rows.map(|row| (&row[2][..], &row[3][..], &row[6][..]))
        .collect()
}

pub fn unread_fields(converted: &Converted) -> Vec<&str> {
    let rows = rows(converted, "not read").into_iter();
    rows.map(|(field, ..)| field).collect()
}

/// The value in place of the one at a pointer of a fixture, converted.
pub fn with(source: &str, name: &str, pointer: &str, value: Json) -> Converted {
    let mut whole = json_of(name);
    let place = whole.pointer_mut(pointer);
    *place.unwrap_or_else(|| panic!("{pointer}")) = value;
    converted_json(source, &whole)
}

#[test]
fn references_that_are_no_texts_are_reported() {
    let number = || json!(77);
    let list = || json!(["q1", "q2"]);
    let object = || json!({"zz": "q3"});
    for (source, name, pointer, value, field, shown) in [
        (
            "ihec",
            "ihec_hub.json",
            "/datasets/S1_DNase/sample_id",
            number(),
            "dataset.sample_id",
            "77",
        ),
        (
            "ihec",
            "ihec_hub.json",
            "/datasets/S1_DNase/sample_id",
            object(),
            "dataset.sample_id",
            r#"{"zz":"q3"}"#,
        ),
        (
            "encode",
            "encode_files.json",
            "/@graph/0/dataset",
            number(),
            "experiments.local_id",
            "77",
        ),
        (
            "encode",
            "encode_files.json",
            "/@graph/0/dataset",
            list(),
            "experiments.local_id",
            "q1;q2",
        ),
        (
            "encode",
            "encode_files.json",
            "/@graph/0/derived_from/0",
            number(),
            "file.derived_from",
            "77",
        ),
        (
            "encode",
            "encode_files.json",
            "/@graph/1/output_type",
            number(),
            "tracks.type_of_condensed_data",
            "bigWig: 77",
        ),
        (
            "seek",
            "seek_data_files.json",
            "/data/0/attributes/title",
            list(),
            "file.title",
            r#"["q1","q2"]"#,
        ),
        (
            "seek",
            "seek_data_files.json",
            "/data/0/attributes/content_blobs/0/link",
            list(),
            "blob.link",
            r#"["q1","q2"]"#,
        ),
        (
            "gdc",
            "gdc_files.json",
            "/data/hits/0/access",
            number(),
            "file.access",
            "77",
        ),
    ] {
        let converted = with(source, name, pointer, value);
        assert_eq!(converted.outcome.status, 0, "{:?}", converted.outcome);
        let refused = rows(&converted, "not taken over");
        let mut refused = refused.iter();
        assert!(
            refused.any(|(of, value, _)| (*of, *value) == (field, shown)),
            "{source} {pointer}: {:?}",
            converted.rows
        );
    }
    // A number may be an id.
    let mut answer = json_of("faang_specimen.json");
    answer["hits"]["hits"][0]["_source"]["biosampleId"] = 77.into();
    let analysis = super::portals::file("faang_analysis.json");
    let converted = converted(
        "faang",
        &[("a.json", &analysis), ("s.json", &answer.to_string())],
    );
    assert!(
        rows(&converted, "not read").contains(&("specimen.biosampleId", "77", "1")),
        "{:?}",
        converted.rows
    );
}

#[test]
fn parts_of_another_kind_are_reported() {
    for (source, name, pointer, value) in [
        (
            "gdc",
            "gdc_files.json",
            "/data/hits/0/cases/0/samples",
            json!("shown"),
        ),
        (
            "gdc",
            "gdc_files.json",
            "/data/hits/1/analysis/input_files/0",
            json!("shown"),
        ),
        ("ihec", "ihec_hub.json", "/samples", json!(["shown"])),
        (
            "seek",
            "seek_data_files.json",
            "/data/0/relationships/projects/data/0",
            json!("shown"),
        ),
        (
            "seek",
            "seek_data_files.json",
            "/data/0/attributes",
            json!("shown"),
        ),
        (
            "drs",
            "drs_objects.json",
            "/resolved_drs_object/0/checksums/0/checksum",
            json!({"x": "shown"}),
        ),
        (
            "drs",
            "drs_objects.json",
            "/resolved_drs_object/1/access_methods/0/access_url",
            json!("https://shown.example.org/"),
        ),
    ] {
        let converted = with(source, name, pointer, value);
        let mut rows = converted.rows.iter();
        assert!(
            rows.any(|row| row[0].starts_with("not ") && row[3].contains("shown")),
            "{source} {pointer}: {:?}",
            converted.rows
        );
    }
    let hub = super::portals::file("ihec_hub.json");
    let mut record = json_of("epirr_record.json");
    record["raw_data"][0]["primary_id"] = json!({"x": "shown"});
    let converted = converted("ihec", &[("h.json", &hub), ("e.json", &record.to_string())]);
    let unread = rows(&converted, "not read");
    assert!(
        unread
            .iter()
            .any(|(field, value, _)| *field == "epirr.other_raw_data" && value.contains("shown")),
        "{unread:?}"
    );
    let tracks = super::portals::file("faang_analysis.json");
    let mut trackhubs = json_of("faang_trackhubs.json");
    trackhubs["hits"]["hits"][0]["_source"]["subdirectories"] = json!(["shown"]);
    let trackhubs = trackhubs.to_string();
    let converted =
        super::portals::converted("faang", &[("a.json", &tracks), ("h.json", &trackhubs)]);
    assert!(
        refusal(&converted, "hub.subdirectories", "\"shown\"").starts_with("expected a folder")
    );
}

#[test]
fn samples_and_records_that_no_dataset_of_ihec_has_are_counted() {
    let mut hub = json_of("ihec_hub.json");
    hub["samples"]["S8"] = json!({"cell_type": "B cell"});
    hub["samples"]["S9"] = json!({"cell_type": "T cell"});
    let record = json!({"accession": "IHECRE99999999", "meta_data": {"cell_type": "B cell"}});
    let converted = converted(
        "ihec",
        &[
            ("h.json", &hub.to_string()),
            ("e.json", &record.to_string()),
        ],
    );
    let unread = rows(&converted, "not read");
    for row in [
        ("sample.id", "S8", "2"),
        ("epirr.accession", "IHECRE99999999", "1"),
    ] {
        assert!(unread.contains(&row), "{unread:?}");
    }
}

#[test]
fn values_that_are_read_with_others_count_as_read() {
    let encode = converted_json("encode", &json_of("encode_files.json"));
    let unread = unread_fields(&encode);
    assert!(!unread.contains(&"file.output_type"), "{unread:?}");
    let dbxrefs: Vec<_> = rows(&encode, "not read")
        .into_iter()
        .filter(|(field, ..)| *field == "file.target.genes.dbxrefs")
        .collect();
    // The id of the gene is read, that of the transcripts is not.
    assert!(
        dbxrefs
            .iter()
            .all(|(_, value, _)| !value.contains("HGNC:13723")),
        "{dbxrefs:?}"
    );
    assert_eq!(dbxrefs.len(), 1);

    let gdc = converted_json("gdc", &json_of("gdc_files.json"));
    let unread = unread_fields(&gdc);
    for field in [
        "case.primary_site",
        "case.diagnoses.primary_diagnosis",
        "sample.tissue_type",
    ] {
        assert!(!unread.contains(&field), "{field}: {unread:?}");
    }

    let names = [
        "faang_analysis.json",
        "faang_specimen.json",
        "faang_file.json",
        "faang_trackhubs.json",
    ];
    let faang = converted(
        "faang",
        &names.map(|name| (name, &*super::portals::file(name).leak())),
    );
    let unread = unread_fields(&faang);
    for field in [
        "file.content type",
        "file.folder",
        "file.track",
        "analysis.accession",
        "analysis.datasetAccession",
        "specimen.biosampleId",
    ] {
        assert!(!unread.contains(&field), "{field}: {unread:?}");
    }

    let report = super::portals::file("ena_analysis.tsv");
    let ena = converted("ena", &[("a.tsv", &report)]);
    let unread = unread_fields(&ena);
    for field in ["file.content type", "analysis.analysis_accession"] {
        assert!(!unread.contains(&field), "{field}: {unread:?}");
    }
}

#[test]
fn a_dataset_of_several_samples_of_ihec_has_none_that_is_made_up() {
    let several = || json!(["S1", "S2"]);
    let converted = with(
        "ihec",
        "ihec_hub.json",
        "/datasets/S3_RNA/sample_id",
        several(),
    );
    let document = converted.document();
    let samples = texts(&document, "samples", "/local_id");
    assert_eq!(samples, ["S1", "S2"]);
    let experiments = document["experiments"].as_array().unwrap();
    assert!(experiments[2].get("sample_ref").is_none());
    assert!(refusal(&converted, "dataset.sample_id", "S1;S2").starts_with("found several samples"),);
    // No other dataset has the samples.
    let mut hub = json_of("ihec_hub.json");
    for id in ["S1_DNase", "S2_H3K4me3"] {
        hub["datasets"].as_object_mut().unwrap().remove(id);
    }
    hub["datasets"]["S3_RNA"]["sample_id"] = several();
    let converted = converted_json("ihec", &hub);
    let document = converted.document();
    assert_eq!(
        texts(&document, "samples", "/sample_type/summary"),
        ["B cell", "liver"]
    );
    assert_eq!(
        texts(&document, "samples", "/species_id"),
        ["taxonomy:9606"; 2]
    );
    // Samples of GEO can be referred to.
    let samples = hub["samples"].as_object_mut().unwrap();
    for (id, accession) in [("S1", "GSM999001"), ("S2", "GSM999002")] {
        let sample = samples.remove(id).unwrap();
        samples.insert(accession.to_owned(), sample);
    }
    hub["datasets"]["S3_RNA"]["sample_id"] = json!(["GSM999001", "GSM999002"]);
    let document = converted_json("ihec", &hub).document();
    assert_eq!(
        document["experiments"][0]["aggregated_from"],
        json!(["geo:GSM999001", "geo:GSM999002"])
    );
}

#[test]
fn a_file_of_two_projects_of_the_gdc_has_a_study_without_a_name() {
    let mut answer = json_of("gdc_files.json");
    let cases = answer["data"]["hits"][0]["cases"].as_array_mut().unwrap();
    let mut other = cases[0].clone();
    let project = cases[0]["project"].clone();
    other["project"]["project_id"] = "TCGA-XYZ".into();
    other["project"]["name"] = "Another Carcinoma".into();
    cases.push(other);
    let converted = converted_json("gdc", &answer);
    let both = |key: &str, other: &str| format!("{};{other}", project[key].as_str().unwrap());
    for (field, value) in [
        ("case.project.project_id", both("project_id", "TCGA-XYZ")),
        ("case.project.name", both("name", "Another Carcinoma")),
    ] {
        assert!(refusal(&converted, field, &value).starts_with("found several projects"));
    }
    let document = converted.document();
    assert!(
        !document["studies"]
            .to_string()
            .contains("Another Carcinoma")
    );
}

#[test]
fn a_saved_page_of_data_connect_that_another_one_follows_is_reported() {
    let whole = json_of("data_connect_page.json");
    let rows_of = |position: usize| json!([whole["data"][position]]);
    let next = "https://d.example.org/dc/table/lab/data?page=2";
    let first = json!({"data_model": whole["data_model"], "data": rows_of(0), "pagination": {"next_page_url": next}});
    let last = json!({"data_model": whole["data_model"], "data": rows_of(1), "pagination": null});
    let alone = converted_json("data-connect", &first);
    assert_eq!(
        refusal(&alone, "pagination.next_page_url", next),
        "no file has the page that follows: add it"
    );
    let (first, last) = (first.to_string(), last.to_string());
    let both = converted("data-connect", &[("1.json", &first), ("2.json", &last)]);
    assert!(
        !rows(&both, "not taken over")
            .iter()
            .any(|(field, ..)| *field == "pagination.next_page_url")
    );
    // The page of another table is not the one that follows.
    let other = json!({"data": [{"local_id": "S", "species_id": "taxonomy:9606"}]}).to_string();
    let other = converted(
        "data-connect",
        &[("1.json", &first), ("samples.json", &other)],
    );
    refusal(&other, "pagination.next_page_url", next);
}

//! Values of answers of ENCODE that are several members together, items beside files, and links in place of values.

use serde_json::json;

use super::portal_values::{rows, unread_fields, with};
use super::portals::{converted_json, json_of, refusal, texts};

#[test]
fn a_type_of_a_file_of_encode_is_format_and_specification() {
    let mut answer = json_of("encode_files.json");
    let file = answer["@graph"][0].as_object_mut().unwrap();
    file.remove("file_type");
    file.insert("file_format_type".to_owned(), "narrowPeak".into());
    let converted = converted_json("encode", &answer);
    let document = converted.document();
    assert_eq!(
        document["tracks"][0]["file_format"]["term_label"],
        "ENCODE narrow peak format"
    );
    assert!(!unread_fields(&converted).contains(&"file.file_format_type"));
}

#[test]
fn a_file_of_encode_that_is_stated_twice_is_one_source() {
    let mut answer = json_of("encode_files.json");
    answer["@graph"][0]["derived_from"] = json!(["/files/ENCFF999BAM/", "/files/ENCFF999BAM/"]);
    let document = converted_json("encode", &answer).document();
    assert_eq!(
        document["tracks"][0]["raw_file_ids"],
        json!(["encode:ENCFF999BAM"])
    );
}

#[test]
fn items_of_other_types_in_an_answer_are_counted() {
    let mut answer = json_of("encode_files.json");
    let items = answer["@graph"].as_array_mut().unwrap();
    items.push(json!({"@type": ["QualityMetric", "Item"], "@id": "/q/1/"}));
    items.push(json!({"@type": ["QualityMetric", "Item"], "@id": "/q/2/"}));
    items.push(json!({"@type": "Biosample", "@id": "/b/1/"}));
    items.push(json!({"@type": ["Experiment", "Item"], "@id": "/experiments/ENCSR999ZZZ/"}));
    let converted = converted_json("encode", &answer);
    let unread = rows(&converted, "not read");
    for row in [
        ("item.@type", "Biosample", "1"),
        ("item.@type", "QualityMetric", "2"),
        ("dataset.@id", "/experiments/ENCSR999ZZZ/", "1"),
    ] {
        assert!(unread.contains(&row), "{row:?}: {unread:?}");
    }
}

#[test]
fn a_new_term_of_encode_has_the_id_of_its_label() {
    for (class, label, pointer, expected) in [
        (
            "primary cell",
            "B cell",
            "/sample_type/cell_type/term_label",
            "B cell",
        ),
        (
            "tissue",
            "liver",
            "/sample_type/organism_part/term_label",
            "liver",
        ),
        (
            "cell line",
            "K562",
            "/sample_type/cell_line/term_label",
            "K562",
        ),
    ] {
        let term = json!({"term_id": "NTR:0000001", "term_name": label, "classification": class});
        let converted = with(
            "encode",
            "encode_files.json",
            "/@graph/0/biosample_ontology",
            term,
        );
        let document = converted.document();
        assert_eq!(texts(&document, "samples", pointer)[0], expected, "{class}");
        // The request for a term is no id.
        assert!(
            rows(&converted, "not taken over")
                .iter()
                .any(|(_, value, _)| *value == "NTR:0000001"),
            "{:?}",
            converted.rows
        );
    }
    let term = json!({"term_id": "NTR:0000001", "term_name": "an unknown cell", "classification": "primary cell"});
    let converted = with(
        "encode",
        "encode_files.json",
        "/@graph/0/biosample_ontology",
        term,
    );
    let value = "primary cell: an unknown cell";
    assert!(
        refusal(&converted, "samples.sample_type.cell_type", value)
            .starts_with("found in no table of terms"),
        "{:?}",
        converted.rows
    );
}

#[test]
fn links_of_encode_are_no_names() {
    let mut answer = json_of("encode_files.json");
    let items = answer["@graph"].as_array_mut().unwrap();
    for item in items.iter_mut() {
        item["lab"] = "/labs/ann-lab/".into();
        item["target"] = "/targets/CTCF-human/".into();
        item["biosample_ontology"] = "/biosample-types/cell_line_EFO_0002067/".into();
    }
    let converted = converted_json("encode", &answer);
    let refused = rows(&converted, "not taken over");
    for (field, link) in [
        ("file.lab", "/labs/ann-lab/"),
        ("file.target", "/targets/CTCF-human/"),
        (
            "file.biosample_ontology",
            "/biosample-types/cell_line_EFO_0002067/",
        ),
    ] {
        // Without the file of raw data.
        assert!(refused.contains(&(field, link, "4")), "{refused:?}");
        assert_eq!(
            refusal(&converted, field, link),
            "found a link, expected values: search again without frame=object"
        );
    }
    let mut document = converted.document();
    document.as_object_mut().unwrap().remove("converted_from");
    assert!(!document.to_string().contains("/labs/"));
}

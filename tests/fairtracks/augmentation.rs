//! What is filled in to a document, what is left alone, and what stays unknown.

use crate::support;
use std::collections::BTreeMap;

use crate::support::searching::{BLOOD, TWIN};
use fairtracks::fairtracks::augment::{Filled, FilledFrom, Given, augment, unlabelled};
use fairtracks::fairtracks::category::Category;
use fairtracks::fairtracks::document::Document;
use fairtracks::fairtracks::document_json;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

const MINIMAL: &str = "test-data/valid/minimal.json";

fn read(path: &str) -> Document {
    document_json::read(support::text(path).as_bytes()).unwrap()
}

/// What is filled in, by place.
fn places(filled: &[Filled]) -> BTreeMap<&str, &str> {
    let places = filled
        .iter()
        .map(|filled| (filled.pointer.as_str(), filled.value.as_str()));
    places.collect()
}

/// The minimal document with a change.
fn changed(change: impl FnOnce(&mut Json)) -> Document {
    let mut json = Json::from(read(MINIMAL));
    change(&mut json);
    Document::from_json(json).unwrap()
}

/// What the minimal document with a change gets at a place.
fn filled_at(pointer: &str, change: impl FnOnce(&mut Json)) -> Option<String> {
    let (document, _) = augment(changed(change), Given::Keep);
    Json::from(document)
        .pointer(pointer)?
        .as_str()
        .map(str::to_owned)
}

#[test]
fn a_minimal_document_gets_its_labels_and_summaries() {
    let (document, filled) = augment(read(MINIMAL), Given::Keep);
    let expected = [
        (
            "/experiments/0/technique/term_label",
            "histone modification identification by ChIP-Seq assay",
        ),
        (
            "/experiments/0/target/sequence_feature/term_label",
            "H3K4_trimethylation",
        ),
        ("/experiments/0/target/summary", "H3K4_trimethylation"),
        ("/samples/0/species_name", "Homo sapiens"),
        ("/samples/0/biospecimen_class/term_label", "Cell Line"),
        ("/samples/0/sample_type/cell_line/term_label", "H1-hESC"),
        ("/samples/0/sample_type/summary", "H1-hESC"),
        ("/samples/0/phenotype/term_label", "Normal"),
        ("/tracks/0/file_format/term_label", "bigBed"),
        ("/tracks/0/file_name", "ENCFF718EPO.bigBed"),
    ];
    assert_eq!(places(&filled), BTreeMap::from(expected));
    let json = Json::from(document);
    for (pointer, value) in expected {
        assert_eq!(json.pointer(pointer).unwrap(), value);
    }
}

#[test]
fn complete_documents_stay_as_they_are() {
    for path in [TWIN, BLOOD] {
        let (document, filled) = augment(read(path), Given::Keep);
        assert_eq!(filled, [], "{path}");
        assert_eq!(
            document_json::write(&document),
            document_json::write(&read(path))
        );
        assert_eq!(unlabelled(&document), [""; 0], "{path}");
    }
}

#[test]
fn the_tables_agree_with_what_complete_documents_say() {
    let (_, filled) = augment(read(BLOOD), Given::Replace);
    assert_eq!(
        filled
            .iter()
            .filter(|filled| filled.origin == FilledFrom::Table)
            .count(),
        0,
        "{filled:?}"
    );
    let (_, filled) = augment(read(TWIN), Given::Replace);
    // The summary and the file names of the standard's example are not those that its service makes.
    let replaced = [
        ("/samples/0/sample_type/summary", "H1-hESC (embryo)"),
        ("/tracks/0/file_name", "ENCFF625ZYB.bed.gz"),
        ("/tracks/1/file_name", "ENCFF718EPO.bigBed"),
        ("/tracks/2/file_name", "ENCFF717PIO.bigWig"),
        ("/tracks/3/file_name", "ENCFF955LOC.bigWig"),
    ];
    assert_eq!(places(&filled), BTreeMap::from(replaced));
}

#[test]
fn a_label_that_no_table_has_is_taken_from_the_document_if_it_is_unambiguous() {
    let cell = |label: Option<&str>| {
        let mut sample = Json::from(read(MINIMAL))["samples"][0].clone();
        sample["sample_type"]["cell_line"] =
            json!({"term_id": "http://www.ebi.ac.uk/efo/EFO_0000001"});
        if let Some(label) = label {
            sample["sample_type"]["cell_line"]["term_label"] = label.into();
        }
        sample
    };
    let place = "/samples/2/sample_type/summary";
    let with = |labels: [&str; 2]| {
        filled_at(place, |json| {
            json["samples"] = json!([cell(Some(labels[0])), cell(Some(labels[1])), cell(None)]);
        })
    };
    assert_eq!(with(["Jurkat", "Jurkat"]).as_deref(), Some("Jurkat"));
    assert_eq!(with(["Jurkat", "jurkat"]), None);
    let unknown = changed(|json| json["samples"] = json!([cell(None), cell(None)]));
    let (unknown, _) = augment(unknown, Given::Keep);
    assert_eq!(
        unlabelled(&unknown),
        ["http://www.ebi.ac.uk/efo/EFO_0000001"]
    );
}

#[test]
fn file_names_come_from_the_path_of_the_address() {
    for (url, expected) in [
        (
            "https://tracks.example.org/a/peaks.bed.gz?download=1&from=/x/y",
            Some("peaks.bed.gz"),
        ),
        (
            "https://tracks.example.org/a/peaks.bed#top/left",
            Some("peaks.bed"),
        ),
        ("https://tracks.example.org/a/peaks.bed/", Some("peaks.bed")),
        (
            "https://tracks.example.org/a%20b/CD20%2B.bed",
            Some("CD20%2B.bed"),
        ),
        ("ftp://tracks.example.org/peaks.bed", Some("peaks.bed")),
        ("https://tracks.example.org/", None),
        ("https://tracks.example.org", None),
        ("https://tracks.example.org?file=peaks.bed", None),
        ("https://tracks.example.org/a/..", None),
        ("peaks.bed", None),
    ] {
        let name = filled_at("/tracks/0/file_name", |json| {
            json["tracks"][0]["file_url"] = url.into()
        });
        assert_eq!(name.as_deref(), expected, "{url}");
    }
}

#[test]
fn a_target_is_summed_up_by_its_first_member_and_its_details() {
    let gene = json!({"gene_id": "hgnc:11998", "gene_product_type": {"term_id": "http://purl.obolibrary.org/obo/NCIT_C17207"}});
    let messenger = json!({"gene_product_type": {"term_id": "http://purl.obolibrary.org/obo/NCIT_C813"}, "target_details": "poly(A)"});
    let unknown = json!({"sequence_feature": {"term_id": "http://purl.obolibrary.org/obo/SO_0"}, "gene_id": "hgnc:1"});
    for (target, expected) in [
        (gene, Some("hgnc:11998")),
        (messenger, Some("Messenger RNA (poly(A))")),
        (unknown, None),
        (json!({}), None),
    ] {
        // An experiment before it has a target, which must not be passed on.
        let summary = filled_at("/experiments/1/target/summary", |json| {
            let mut experiment = json["experiments"][0].clone();
            experiment["target"] = target.clone();
            json["experiments"].as_array_mut().unwrap().push(experiment);
        });
        assert_eq!(summary.as_deref(), expected, "{target}");
    }
}

#[test]
fn a_sample_is_summed_up_by_what_its_class_asks_for() {
    let organ = |label: &str| json!({"term_id": "http://purl.obolibrary.org/obo/UBERON_0", "term_label": label});
    for (class, sample_type, expected) in [
        (
            "NCIT_C16403",
            json!({"cell_line": {"term_id": "x", "term_label": "K562"}, "organism_part": organ("blood")}),
            Some("K562 (blood)"),
        ),
        (
            "NCIT_C16403",
            json!({"cell_line": {"term_id": "x", "term_label": "K562"}, "details": "day 3"}),
            Some("K562 (day 3)"),
        ),
        (
            "NCIT_C103199",
            json!({"organism_part": organ("liver")}),
            Some("liver"),
        ),
        (
            "NCIT_C12508",
            json!({"cell_line": {"term_id": "x", "term_label": "K562"}}),
            None,
        ),
        (
            "NCIT_C0",
            json!({"cell_line": {"term_id": "x", "term_label": "K562"}}),
            None,
        ),
    ] {
        let summary = filled_at("/samples/0/sample_type/summary", |json| {
            json["samples"][0]["biospecimen_class"]["term_id"] =
                format!("http://purl.obolibrary.org/obo/{class}").into();
            json["samples"][0]["sample_type"] = sample_type.clone();
        });
        assert_eq!(summary.as_deref(), expected, "{class} {sample_type}");
    }
}

#[test]
fn given_values_stay_and_blank_ones_do_not_count() {
    let name = |given: Json| {
        filled_at("/samples/0/species_name", |json| {
            json["samples"][0]["species_name"] = given
        })
    };
    assert_eq!(name("human".into()).as_deref(), Some("human"));
    assert_eq!(name(" ".into()).as_deref(), Some("Homo sapiens"));
    assert_eq!(name(Json::Null).as_deref(), Some("Homo sapiens"));
    assert_eq!(name(7.into()), None);
}

#[test]
fn assemblies_are_known_by_either_accession_and_its_patches() {
    for (id, expected) in [
        ("insdc.gca:GCF_000001405.26", Some("hg38")),
        ("insdc.gca:GCA_000001405.28", Some("hg38")),
        ("refseq.gcf:GCF_000001405.25", Some("hg19")),
        ("insdc.gca:GCF_000001635.20", Some("mm10")),
        ("insdc.gca:GCF_000001405", None),
        ("insdc.gca:GCF_000001405.12", Some("hg18")),
        ("insdc.gca:GCF_000001405.9", None),
    ] {
        let name = filled_at("/tracks/0/assembly_name", |json| {
            json["tracks"][0]
                .as_object_mut()
                .unwrap()
                .shift_remove("assembly_name");
            json["tracks"][0]["assembly_id"] = id.into();
        });
        assert_eq!(name.as_deref(), expected, "{id}");
    }
    let by_another_name = changed(|json| json["tracks"][0]["assembly_name"] = "GRCh38".into());
    let (document, _) = augment(by_another_name, Given::Replace);
    assert_eq!(
        document.objects(Category::Tracks)[0]["assembly_name"],
        "GRCh38"
    );
}

proptest! {
    #[test]
    fn to_augment_again_changes_nothing(
        labels in prop::collection::vec(option::of("[ab]?"), 3),
        target in option::of("[ab]{1,2}"),
        replaces: bool,
    ) {
        let document = changed(|json| {
            let sample = json["samples"][0].clone();
            let of_label = |label: &Option<String>| {
                let mut sample = sample.clone();
                sample["sample_type"]["cell_line"] = json!({"term_id": "http://www.ebi.ac.uk/efo/EFO_0", "term_label": label});
                sample
            };
            json["samples"] = labels.iter().map(of_label).collect();
            if let Some(details) = &target {
                json["experiments"][0]["target"] = json!({"gene_id": "hgnc:1", "target_details": details, "summary": "given"});
            }
        });
        let given = if replaces { Given::Replace } else { Given::Keep };
        let (once, _) = augment(document, given);
        prop_assert_eq!(augment(once.clone(), given), (once, Vec::new()));
    }
}

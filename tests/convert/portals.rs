//! Data Hubs of IHEC, `data.index` of BLUEPRINT and answers of ENCODE become documents.

use serde_json::{Value as Json, json};

use crate::support::converting::{COLLECTION, Converted, convert_files, without_source};
use crate::support::text;

/// A file of the test data.
pub fn file(name: &str) -> String {
    text(&format!("test-data/conversion/{name}"))
}

/// Converts files of a source, by name and text.
pub fn converted(source: &str, files: &[(&str, &str)]) -> Converted {
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    convert_files(&files, &[&["--source", source], &COLLECTION[..]].concat())
}

/// Converts one value of JSON.
pub fn converted_json(source: &str, value: &Json) -> Converted {
    converted(source, &[("source.json", &value.to_string())])
}

pub fn json_of(name: &str) -> Json {
    serde_json::from_str(&file(name)).unwrap()
}

/// The texts at a pointer in the objects of a list; `-` for none.
pub fn texts<'d>(document: &'d Json, list: &str, pointer: &str) -> Vec<&'d str> {
    let objects = document[list].as_array().unwrap().iter();
    objects
        .map(|object| {
            let value = object.pointer(pointer).and_then(Json::as_str);
            value.unwrap_or("-")
        })
        .collect()
}

/// The reason that a value is not taken over for a field.
pub fn refusal(converted: &Converted, field: &str, value: &str) -> String {
    let mut rows = converted.rows_of("not taken over").into_iter();
    let row = rows.find(|row| row[2] == field && row[3] == value);
    let row = row.unwrap_or_else(|| panic!("{field} {value}: {:?}", converted.rows));
    row[5].clone()
}

#[test]
fn a_data_hub_of_ihec_becomes_a_valid_document() {
    let (hub, record) = (file("ihec_hub.json"), file("epirr_record.json"));
    let converted = converted("ihec", &[("hub.json", &hub), ("epirr.json", &record)]);
    assert_eq!(
        converted.outcome.stderr,
        "converted to 5 tracks, 3 experiments, 3 samples, 1 study; the document conforms to FAIRtracks\n"
    );
    let document = converted.document();
    assert_eq!(
        texts(&document, "tracks", "/local_id"),
        [
            "S1_DNase/peak_calls",
            "S1_DNase/signal_unstranded",
            "S2_H3K4me3/peak_calls/1",
            "S2_H3K4me3/peak_calls/2",
            "S3_RNA/signal_forward"
        ]
    );
    // The raw data of this experiment alone, from the record of EpiRR.
    assert_eq!(
        document["tracks"][0]["raw_file_ids"],
        json!(["ena.embl:ERX9999001"])
    );
    assert!(document["tracks"][2].get("raw_file_ids").is_none());
    assert_eq!(
        texts(&document, "samples", "/sample_type/summary"),
        ["B cell", "liver", "K562"]
    );
    assert_eq!(
        texts(&document, "samples", "/phenotype/term_label"),
        [
            "Healthy",
            "Healthy",
            "Chronic Myelogenous Leukemia, BCR-ABL1 Positive"
        ]
    );
    assert_eq!(
        texts(&document, "experiments", "/target/summary"),
        [
            "DNaseI_hypersensitive_site",
            "H3K4_trimethylation",
            "Messenger RNA"
        ]
    );
    assert_eq!(document["converted_from"]["source"]["kind"], "ihec");
}

#[test]
fn a_list_of_one_value_is_the_value() {
    let mut hub = json_of("ihec_hub.json");
    let whole = converted_json("ihec", &hub);
    for id in ["S1_DNase", "S2_H3K4me3", "S3_RNA"] {
        let members = hub["datasets"][id]["experiment_attributes"].as_object_mut();
        for value in members.unwrap().values_mut() {
            *value = match value.take() {
                Json::Array(mut items) => items.remove(0),
                single => json!([single]),
            };
        }
    }
    let listed = converted_json("ihec", &hub);
    assert_eq!(
        without_source(&listed.document_bytes),
        without_source(&whole.document_bytes)
    );
}

#[test]
fn traps_of_ihec_are_rows_and_no_values() {
    let mut hub = json_of("ihec_hub.json");
    let page = "http://ncit.nci.nih.gov/ncitbrowser/pages/multiple_search.jsf";
    hub["samples"]["S1"]["disease_ontology_uri"] = page.into();
    hub["samples"]["S1"]["disease"] = "unknown".into();
    // Seven digits are of the Metathesaurus.
    hub["samples"]["S2"]["disease_ontology_curie"] = "ncit:C1336077".into();
    let converted = converted_json("ihec", &hub);
    assert!(
        refusal(&converted, "samples.phenotype", page).starts_with("found in no table of terms")
    );
    assert!(
        refusal(&converted, "samples.phenotype", "ncit:C1336077")
            .starts_with("found in no table of terms")
    );
    let missing: Vec<&str> = converted
        .rows_of("missing")
        .into_iter()
        .map(|row| row[2].as_str())
        .collect();
    assert_eq!(
        missing
            .iter()
            .filter(|field| **field == "samples.phenotype")
            .count(),
        2,
        "{missing:?}"
    );

    hub["datasets"]["S3_RNA"]["sample_id"] = json!(["S3", "S1"]);
    hub["datasets"]["S1_DNase"]["sample_id"] = "S9".into();
    let converted = converted_json("ihec", &hub);
    assert_eq!(
        refusal(&converted, "dataset.sample_id", "S9"),
        "found no sample of this id, expected it in `samples`"
    );
    assert_eq!(
        refusal(&converted, "dataset.sample_id", "S3;S1"),
        "found several samples, expected one or accessions of GEO: the document has the samples, and the experiment refers to none"
    );
}

#[test]
fn further_members_of_a_data_hub_are_not_read() {
    let mut hub = json_of("ihec_hub.json");
    hub["provenance"] = json!({"build": "2026-01"});
    let converted = converted_json("ihec", &hub);
    let mut rows = converted.rows.iter();
    let row = rows.find(|row| row[2] == "hub.provenance.build").unwrap();
    assert_eq!((&*row[0], &*row[3]), ("not read", "2026-01"));
}

#[test]
fn other_json_is_no_data_hub() {
    let said = |files: &[(&str, &str)]| {
        let converted = converted("ihec", files);
        assert_eq!(converted.outcome.status, 1);
        assert!(converted.document_bytes.is_empty());
        converted.outcome.stderr
    };
    assert_eq!(
        said(&[("a.json", "{\"@graph\": []}")]),
        "error: a.json: found another kind of JSON, expected a Data Hub of IHEC with `datasets`, or records of EpiRR with `accession`: select the source `encode`\n"
    );
    assert_eq!(
        said(&[("a.json", &file("epirr_record.json"))]),
        "error: found none in all files, expected a Data Hub of IHEC with `datasets`\n"
    );
    assert_eq!(
        said(&[("a.json", "{\"datasets\": {\"a\": {}}}")]),
        "error: found none in all files, expected a dataset with tracks in `browser`\n"
    );
    assert!(said(&[("a.json", "{\"datasets\": ")]).starts_with("error: a.json: line 1, column 13"));
    let deep = format!("{{\"datasets\": {}", "[".repeat(100_000));
    assert!(said(&[("a.json", &deep)]).starts_with("error: a.json: "));
}

#[test]
fn data_index_of_blueprint_becomes_a_valid_document() {
    let index = file("data.index");
    let converted = converted("blueprint", &[("data.index", &index)]);
    assert_eq!(
        converted.outcome.stderr,
        "converted to 2 tracks, 2 experiments, 2 samples, 2 studies; the document conforms to FAIRtracks\n"
    );
    let document = converted.document();
    assert!(
        texts(&document, "tracks", "/file_url")[0]
            .starts_with("https://ftp.ebi.ac.uk/pub/databases/blueprint/data/homo_sapiens/GRCh38/")
    );
    assert_eq!(
        texts(&document, "samples", "/sample_type/summary"),
        ["B cell (venous blood)", "monocyte (umbilical cord blood)"]
    );
    assert_eq!(
        texts(&document, "samples", "/phenotype/term_label"),
        ["Healthy", "Acute Myeloid Leukemia"]
    );
    assert_eq!(
        texts(&document, "tracks", "/type_of_condensed_data"),
        ["Peaks", "Signal values (other)"]
    );

    // The order of columns differs between releases.
    let turned: String = index
        .lines()
        .map(|line| {
            let mut cells: Vec<&str> = line.split('\t').collect();
            cells.reverse();
            cells.join("\t") + "\n"
        })
        .collect();
    let other = self::converted("blueprint", &[("data.index", &turned)]);
    assert_eq!(
        without_source(&other.document_bytes),
        without_source(&converted.document_bytes)
    );
}

#[test]
fn answers_of_encode_become_a_document() {
    let (files, experiments) = (file("encode_files.json"), file("encode_experiments.json"));
    let converted = converted("encode", &[("f.json", &files), ("e.json", &experiments)]);
    assert_eq!(
        converted.outcome.stderr,
        "converted to 4 tracks, 3 experiments, 3 samples, 1 study; 1 value is missing or breaks a rule of FAIRtracks\n"
    );
    // A disease in words that no table has is no term.
    assert!(
        refusal(
            &converted,
            "samples.phenotype",
            "chronic myelogenous leukemia (CML)"
        )
        .starts_with("found in no table of terms (phenotypes)")
    );
    let document = converted.document();
    assert_eq!(
        texts(&document, "tracks", "/file_url")[0],
        "https://www.encodeproject.org/files/ENCFF999AAA/@@download/ENCFF999AAA.bed"
    );
    assert_eq!(
        texts(&document, "tracks", "/file_format/term_label"),
        ["ENCODE narrow peak format", "bigWig", "bigBed", "bigWig"]
    );
    assert_eq!(
        texts(&document, "tracks", "/type_of_condensed_data"),
        [
            "Narrow peaks",
            "Signal values (fold change)",
            "Narrow peaks",
            "Read coverage"
        ]
    );
    assert_eq!(texts(&document, "tracks", "/assembly_name"), ["hg38"; 4]);
    assert_eq!(
        document["tracks"][1]["raw_file_ids"],
        json!(["encode:ENCFF999BAN", "encode:ENCFF999BAO"])
    );
    assert_eq!(
        document["experiments"][0]["target"]["gene_id"],
        "hgnc:13723"
    );
    // A modified histone is no gene.
    assert!(
        document["experiments"][1]["target"]
            .get("gene_id")
            .is_none()
    );
    // Two samples of one experiment are neither.
    assert_eq!(
        texts(&document, "samples", "/local_id"),
        [
            "encode:ENCBS999AAA",
            "encode:ENCSR999AAB/sample",
            "encode:ENCBS999AAD"
        ]
    );
    let raw: Vec<&[String]> = converted
        .rows_of("not read")
        .into_iter()
        .filter(|row| row[3] == "raw data")
        .map(|row| &row[1..])
        .collect();
    assert_eq!(raw.len(), 1);
    assert_eq!(raw[0][5], "1");

    let turned = self::converted("encode", &[("e.json", &experiments), ("f.json", &files)]);
    assert_eq!(
        without_source(&turned.document_bytes),
        without_source(&converted.document_bytes)
    );
}

#[test]
fn pages_of_an_answer_may_overlap() {
    let files = json_of("encode_files.json");
    let items = files["@graph"].as_array().unwrap();
    let page = |items: &[Json]| json!({"@graph": items, "notification": "Success"}).to_string();
    let pages = converted(
        "encode",
        &[
            ("1.json", &page(&items[..3])),
            ("2.json", &page(&items[2..])),
        ],
    );
    let whole = converted_json("encode", &files);
    assert_eq!(
        without_source(&pages.document_bytes),
        without_source(&whole.document_bytes)
    );
}

#[test]
fn answers_without_files_are_errors_with_what_they_say() {
    let said = |value: &Json| {
        let converted = converted_json("encode", value);
        assert_eq!(converted.outcome.status, 1);
        converted.outcome.stderr
    };
    assert_eq!(
        said(&json!({"@graph": [], "total": 0, "notification": "No results found"})),
        "error: found no file in all answers (No results found), expected at least one: change the search\n"
    );
    assert_eq!(
        said(
            &json!({"@type": ["HTTPForbidden", "Error"], "status": "error", "code": 403, "title": "Forbidden", "description": "Access was denied."})
        ),
        "error: source.json: found an answer that states an error: Access was denied.\n"
    );
    assert_eq!(
        said(&json!({"datasets": {}})),
        "error: source.json: found another kind of JSON, expected an answer of the search of ENCODE with `@graph`: select the source `ihec`\n"
    );
    assert!(said(&json!([1])).starts_with("error: source.json: line 1, column"));
    assert!(said(&json!({"@graph": [1]})).contains("expected an object"));
}

#[test]
fn traps_of_encode_are_rows_and_no_values() {
    let mut answer = json_of("encode_files.json");
    answer["@graph"][0]["biosample_ontology"]["term_id"] = "NTR:0000001".into();
    answer["@graph"][1]["assembly"] = "ENC001.1".into();
    answer["@graph"][2]["href"] = "s3://bucket/file.bigBed".into();
    let converted = converted_json("encode", &answer);
    for (field, value, reason) in [
        (
            "samples.sample_type.cell_type",
            "NTR:0000001",
            "found in no table of terms",
        ),
        (
            "tracks.assembly_name",
            "ENC001.1",
            "found an unknown assembly",
        ),
        (
            "tracks.file_url",
            "s3://bucket/file.bigBed",
            "expected a path of the portal",
        ),
    ] {
        let found = refusal(&converted, field, value);
        assert!(found.starts_with(reason), "{field}: {found}");
    }
    let document = converted.document();
    assert!(document["tracks"][1].get("assembly_name").is_none());
    assert!(document["tracks"][2].get("file_url").is_none());
}
